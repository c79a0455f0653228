"""Values that users name and tools take: places, people, identifiers, paths, numbers."""

import json
from random import Random

from .words import CITIES, NAMES, REGIONS, SURNAMES, invented, name_like, phrase


def dump(value: object) -> str:
    """JSON exactly as the chat template and the server's grammar write it: ", " and ": "."""
    return json.dumps(value, ensure_ascii=False)


def place(r: Random) -> str:
    kind = r.random()
    town = r.choice(CITIES) if kind < 0.35 else name_like(r, 2, 4)
    if 0.75 < kind < 0.85:
        town = name_like(r, 1, 2) + ' ' + name_like(r, 1, 3)
    if r.random() < 0.22:
        town += ', ' + (r.choice(REGIONS) if r.random() < 0.6 else name_like(r) if r.random() < 0.5 else name_like(r, 1, 1)[:2].upper())
    return town


def simple_place(r: Random) -> str:
    """A place without a comma, for lists where a comma separates."""
    return r.choice(CITIES) if r.random() < 0.4 else name_like(r, 2, 4)


def person(r: Random) -> str:
    first = r.choice(NAMES) if r.random() < 0.4 else name_like(r, 1, 3)
    return first if r.random() < 0.5 else first + ' ' + (r.choice(SURNAMES) if r.random() < 0.4 else name_like(r, 1, 3))


def identifier(r: Random) -> str:
    kind = r.random()
    if kind < 0.3:
        return invented(r, 1, 3).upper()[: r.randint(3, 5)]
    if kind < 0.6:
        return r.choice('ABCDEFGHJKLMNPQRSTUVWXYZ') + r.choice(['-', '', '_']) + str(r.randint(1, 99999))
    if kind < 0.8:
        return invented(r) + r.choice(['-', '_', '']) + str(r.randint(1, 999))
    return ''.join(r.choice('0123456789abcdef') for _ in range(r.randint(4, 8)))


def email(r: Random, first: str = '') -> str:
    return (first.lower() or invented(r)) + r.choice(['', str(r.randint(1, 99)), '.' + invented(r, 1, 2)]) + '@' + (r.choice(['example', 'mail']) if r.random() < 0.3 else invented(r)) + r.choice(['.com', '.org', '.net'])


def file_path(r: Random) -> str:
    return r.choice(['/', '/', './', '']) + '/'.join(invented(r) for _ in range(r.randint(1, 3))) + r.choice(['', '.txt', '.py', '.md', '.json', '.ts'])


def value(r: Random) -> str:
    kind = r.random()
    if kind < 0.4:
        return place(r)
    if kind < 0.5:
        return identifier(r)
    if kind < 0.6:
        return person(r)
    if kind < 0.72:
        return phrase(r, 1, 4)
    if kind < 0.77:
        return file_path(r)
    if kind < 0.8:
        return email(r)
    if kind < 0.83:
        return f'{r.randint(2000, 2030)}-{r.randint(1, 12):02d}-{r.randint(1, 28):02d}'
    return invented(r, 1, 3)


def integer(r: Random) -> int:
    return r.randint(0, 9) if r.random() < 0.4 else r.randint(10, 99) if r.random() < 0.5 else r.randint(100, 9999)


def number(r: Random) -> float | int:
    return integer(r) if r.random() < 0.5 else round(r.uniform(0, 99), r.choice([1, 2]))

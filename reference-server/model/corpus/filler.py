"""English-looking text without meaning: long system prompts, tool descriptions, pasted documents.

Real prompts are full of text that has nothing to do with the request. The model must read past it and still answer
and end its turn, so a good share of the conversations carries some.
"""

from random import Random

from .words import ACTIONS, ADJECTIVES, NOUNS, PLAIN, invented, name_like, phrase

_PATTERNS = [
    'The {adj} {noun} {do}s the {noun} of the {thing}.',
    'You must {do} the {noun} before you {do} the {adj} {thing}.',
    'If the user asks about the {noun}, {do} it and never {do} the {thing}.',
    'Always {do} the {noun} in a {adj} way.',
    'Do not {do} the {noun}, the {thing} or the {noun}.',
    'When there is no {noun}, {do} the {adj} {noun} and say so.',
    'A {noun} is a {adj} {thing} that can {do} every {noun}.',
    'It is {adj} to {do} a {noun} with {name}.',
    '{name} is the {noun} of {name} and has {number} {noun}s.',
    'In {number} the {noun} was {adj}, but the {thing} was not.',
    'Please {do} your {noun} and {do} the {noun} at the end.',
    'Some {noun}s {do} the {thing}, and others {do} nothing at all.',
    'Keep the {noun} {adj} and the {thing} {adj}.',
    'For example, {do} {name} when the {noun} is {number}.',
    'The value of `{odd}` is the {noun} for the {adj} {thing}.',
    'Note that {odd} and {odd} are not the same {noun}.',
    'There are {number} {adj} {noun}s in the {thing}; {do} them one by one.',
    'Why would a {noun} {do} the {noun}? Because the {thing} is {adj}.',
    'We {do} what the {noun} needs, then we {do} the {noun}.',
    'I think that the {adj} {thing} should {do} more {noun}s than {name}.',
    'Use the {noun} tool only when the {thing} is {adj}.',
    'This {noun} was made by {name} for the {adj} {noun} and its {noun}s.',
    '{words}.',
]


def sentence(r: Random) -> str:
    text = r.choice(_PATTERNS)
    while '{' in text:
        start, end = text.index('{'), text.index('}')
        slot = text[start + 1 : end]
        word = {
            'adj': lambda: r.choice(ADJECTIVES), 'noun': lambda: r.choice(NOUNS), 'do': lambda: r.choice(ACTIONS),
            'thing': lambda: r.choice(PLAIN), 'name': lambda: name_like(r), 'number': lambda: str(r.randint(2, 2000)),
            'odd': lambda: invented(r), 'words': lambda: phrase(r, 3, 12).replace('{', ''),
        }[slot]()
        text = text[:start] + word + text[end + 1 :]
    return text[:1].upper() + text[1:]


def sentences(r: Random, count: int) -> str:
    return ' '.join(sentence(r) for _ in range(count))


def _section(r: Random) -> str:
    """A piece of a long system prompt: prose, a list, a heading, a tagged block or a snippet of code."""
    kind = r.random()
    if kind < 0.5:
        return sentences(r, r.randint(2, 6))
    if kind < 0.7:
        mark = r.choice(['- ', '* ', ''])
        return '\n'.join((mark or f'{i + 1}. ') + sentence(r) for i in range(r.randint(2, 6)))
    if kind < 0.85:
        return '#' * r.randint(1, 3) + ' ' + phrase(r, 1, 3).capitalize() + '\n' + sentences(r, r.randint(1, 4))
    if kind < 0.93:
        tag = invented(r)
        return f'<{tag}>\n{sentences(r, r.randint(1, 3))}\n</{tag}>'
    return '```\n' + '\n'.join(f'{invented(r)} = {invented(r)}({r.randint(0, 99)}, "{phrase(r, 1, 2)}")' for _ in range(r.randint(1, 5))) + '\n```'


def sections(r: Random, characters: int) -> list[str]:
    """Sections of about `characters` characters in all."""
    found: list[str] = []
    while sum(map(len, found)) < characters:
        found.append(_section(r))
    return found

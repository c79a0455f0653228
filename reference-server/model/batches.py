"""Endless batches of generated conversations, similar lengths together."""

import math
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

import torch
from torch import Tensor

from corpus.document import generate
from tokenizer import Tokenizer

_POOL = 400
_LONGEST = 1100
_LONGEST_NOW_AND_THEN = 3000


class Batch(NamedTuple):
    tokens: Tensor
    #: Which tokens the assistant says; only they count.
    learned: Tensor
    positions: Tensor


class _Row(NamedTuple):
    ids: list[int]
    learned: list[bool]
    positions: list[int]


def _row(r: Random, tokenizer: Tokenizer, context: int) -> _Row:
    """A conversation as tokens. A third of them skip positions between turns or paragraphs, so that all distances up
    to the declared context occur, although a training text is short (the idea is known as positional skip-wise training)."""
    skipping = r.random() < 0.33
    ids: list[int] = []
    learned: list[bool] = []
    positions: list[int] = []
    position = 0
    for piece in generate(r):
        found = tokenizer.encode(piece.text)
        if skipping and piece.may_skip and r.random() < 0.35:
            position += int(math.exp(r.uniform(math.log(20), math.log(16_000))))
        if position + len(found) >= context:
            position = positions[-1] + 1
        ids += found
        learned += [piece.learned] * len(found)
        positions += range(position, position + len(found))
        position += len(found)
    return _Row(ids, learned, positions)


def conversations(seed: int, tokenizer: Tokenizer, size: int, context: int) -> Iterator[Batch]:
    """Batches of about `size` tokens. Rows of one batch have similar lengths, so that little is padding."""
    r = Random(seed)
    while True:
        rows: list[_Row] = []
        while len(rows) < _POOL:
            row = _row(r, tokenizer, context)
            longest = _LONGEST_NOW_AND_THEN if r.random() < 0.25 else _LONGEST
            if len(row.ids) <= longest and any(row.learned):
                rows.append(row)
        rows.sort(key=lambda row: len(row.ids))
        groups: list[list[_Row]] = [[]]
        for row in rows:
            if groups[-1] and len(row.ids) * (len(groups[-1]) + 1) > size:
                groups.append([])
            groups[-1].append(row)
        r.shuffle(groups)
        yield from map(_padded, groups)


def _padded(rows: list[_Row]) -> Batch:
    length = max(len(row.ids) for row in rows)
    tokens = torch.zeros(len(rows), length, dtype=torch.long)
    learned = torch.zeros(len(rows), length, dtype=torch.bool)
    positions = torch.zeros(len(rows), length)
    for i, row in enumerate(rows):
        tokens[i, : len(row.ids)] = torch.tensor(row.ids)
        learned[i, : len(row.ids)] = torch.tensor(row.learned)
        positions[i, : len(row.ids)] = torch.tensor(row.positions, dtype=torch.float)
    return Batch(tokens, learned, positions)

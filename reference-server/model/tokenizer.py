"""Byte-level BPE in the form llama.cpp calls `gpt2` / `gpt-2`, trained on the project's own corpus.

Two habits make copying easy, and copying is most of what the model does: merges never cross a leading space, so that
`in Paris` and `"Paris"` share their pieces, and digits never merge. Text outside ASCII is spelled in bytes.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

#: Control tokens first: they never come out of user text. The tags are single tokens so that a server can forbid or force one.
CONTROL = ['<|endoftext|>', '<|im_start|>', '<|im_end|>']
TAGS = ['<think>', '</think>', '<tool_call>', '</tool_call>', '<tool_response>', '</tool_response>', '<tools>', '</tools>']
SPECIAL = CONTROL + TAGS
END_OF_TEXT, END_OF_TURN = 0, 2

_SPECIAL = re.compile('(' + '|'.join(map(re.escape, SPECIAL)) + ')')
# The gpt-2 split with Python's classes in place of \p{L} and \p{N}. They differ only outside ASCII, where nothing merges.
_SPLIT = re.compile(r"""'s|'t|'re|'ve|'m|'ll|'d| ?[^\W\d_]+| ?\d+| ?(?:[^\s\w]|_)+|\s+(?!\S)|\s+""")
_SPACED_WORDS = 120


def _byte_symbols() -> list[str]:
    """GPT-2 writes each byte as one printable character; bytes that print as themselves stay."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    symbols, extra = {byte: chr(byte) for byte in printable}, 0
    for byte in range(256):
        if byte not in symbols:
            symbols[byte] = chr(256 + extra)
            extra += 1
    return [symbols[byte] for byte in range(256)]


SYMBOLS = _byte_symbols()
_SPACE = SYMBOLS[32]


def _spell(word: str) -> list[str]:
    return [SYMBOLS[byte] for byte in word.encode()]


def _merge(pieces: list[str], pair: tuple[str, str]) -> list[str]:
    merged: list[str] = []
    i = 0
    while i < len(pieces):
        if i + 1 < len(pieces) and (pieces[i], pieces[i + 1]) == pair:
            merged.append(pieces[i] + pieces[i + 1])
            i += 2
        else:
            merged.append(pieces[i])
            i += 1
    return merged


class Tokenizer:
    def __init__(self, merges: list[tuple[str, str]]):
        self.merges = merges
        self.tokens = SPECIAL + SYMBOLS + [a + b for a, b in merges]
        self._rank = {pair: rank for rank, pair in enumerate(merges)}
        self._id = {token: i for i, token in reversed(list(enumerate(self.tokens)))}
        self._words: dict[str, list[int]] = {}

    def encode(self, text: str) -> list[int]:
        ids: list[int] = []
        for part in _SPECIAL.split(text):
            if part in SPECIAL:
                ids.append(SPECIAL.index(part))
            else:
                for word in _SPLIT.findall(part):
                    ids += self._words.get(word) or self._word(word)
        return ids

    def _word(self, word: str) -> list[int]:
        pieces = _spell(word)
        while len(pieces) > 1:
            pair = min(zip(pieces, pieces[1:]), key=lambda p: self._rank.get(p, len(self._rank)))
            if pair not in self._rank:
                break
            pieces = _merge(pieces, pair)
        ids = [self._id[piece] for piece in pieces]
        if len(self._words) < 200_000:
            self._words[word] = ids
        return ids

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(self.merges))

    @classmethod
    def load(cls, path: Path) -> 'Tokenizer':
        return cls([(a, b) for a, b in json.loads(path.read_text())])


def train(texts: Iterable[str], size: int) -> Tokenizer:
    """A tokenizer of `size` tokens: the special ones, 256 bytes, merges, and last the frequent words with their space."""
    words: Counter[str] = Counter()
    spaced: Counter[str] = Counter()
    for text in texts:
        for part in _SPECIAL.split(text):
            if part in SPECIAL:
                continue
            for word in _SPLIT.findall(part):
                if word.isascii() and not word.strip().isdigit():
                    bare = word[1:] if word[0] == ' ' and word[1:2].isalpha() else word
                    words[bare] += 1
                    if bare != word:
                        spaced[bare] += 1
    merges = _learn_merges(words, size - len(SPECIAL) - 256 - _SPACED_WORDS)
    whole = {a + b for a, b in merges}
    # Lower case only: `San` must stay one piece in ` Santiago` and `"Santiago"`, and names are what gets copied.
    frequent = [word for word, _ in spaced.most_common() if word in whole and word.islower()]
    return Tokenizer(merges + [(_SPACE, word) for word in frequent[:_SPACED_WORDS]])


def _learn_merges(words: Counter[str], count: int) -> list[tuple[str, str]]:
    spelled = [_spell(word) for word in words]
    weights = list(words.values())
    totals: Counter[tuple[str, str]] = Counter()
    where: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for i, pieces in enumerate(spelled):
        for pair in zip(pieces, pieces[1:]):
            totals[pair] += weights[i]
            where[pair].add(i)
    merges: list[tuple[str, str]] = []
    while len(merges) < count:
        best = max(totals, key=lambda pair: (totals[pair], pair))
        merges.append(best)
        for i in where.pop(best):
            before, after = spelled[i], _merge(spelled[i], best)
            for pair in zip(before, before[1:]):
                totals[pair] -= weights[i]
            for pair in zip(after, after[1:]):
                totals[pair] += weights[i]
                where[pair].add(i)
            spelled[i] = after
        del totals[best]
    return merges

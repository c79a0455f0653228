"""Reads back a GGUF that `export_gguf.py` wrote, so that training can go on from it: shape, tokenizer and weights."""

import struct
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from network import Shape
from tokenizer import Tokenizer

_SCALARS = {4: '<I', 5: '<i', 6: '<f', 7: '<?', 10: '<Q'}
_STRING, _ARRAY = 8, 9
_TENSOR_F32, _TENSOR_Q8_0 = 0, 8


class Imported(NamedTuple):
    shape: Shape
    tokenizer: Tokenizer
    weights: dict[str, torch.Tensor]


class _Reader:
    def __init__(self, data: bytes):
        self.data, self.at = data, 0

    def scalar(self, layout: str):
        (value,) = struct.unpack_from(layout, self.data, self.at)
        self.at += struct.calcsize(layout)
        return value

    def string(self) -> str:
        length = self.scalar('<Q')
        self.at += length
        return self.data[self.at - length : self.at].decode()

    def value(self, kind: int):
        if kind == _STRING:
            return self.string()
        if kind == _ARRAY:
            inner, count = self.scalar('<I'), self.scalar('<Q')
            return [self.value(inner) for _ in range(count)]
        return self.scalar(_SCALARS[kind])


def _matrix(data: bytes, start: int, kind: int, dimensions: list[int]) -> torch.Tensor:
    count = int(np.prod(dimensions))
    if kind == _TENSOR_F32:
        values = np.frombuffer(data, '<f4', count, start)
    elif kind == _TENSOR_Q8_0:
        blocks = np.frombuffer(data, np.dtype([('scale', '<f2'), ('quants', 'i1', 32)]), count // 32, start)
        values = blocks['scale'][:, None].astype('<f4') * blocks['quants']
    else:
        raise ValueError(f'tensor type {kind}: only F32 and Q8_0 are written by export_gguf.py')
    return torch.from_numpy(values.reshape(dimensions[::-1]).copy())


def _half_split(rows: torch.Tensor, shape: Shape) -> torch.Tensor:
    """The way back from ggml's adjacent rotary pairs."""
    return rows.reshape(shape.heads, shape.head_width // 2, 2, -1).transpose(1, 2).reshape(rows.shape)


def read(path: Path) -> Imported:
    reader = _Reader(path.read_bytes())
    magic, _version = reader.scalar('4s'), reader.scalar('<I')
    if magic != b'GGUF':
        raise ValueError(f'{path} is not a GGUF file')
    tensors, entries = reader.scalar('<Q'), reader.scalar('<Q')
    metadata = {}
    for _ in range(entries):
        key = reader.string()
        metadata[key] = reader.value(reader.scalar('<I'))
    infos = [(reader.string(), [reader.scalar('<Q') for _ in range(reader.scalar('<I'))], reader.scalar('<I'), reader.scalar('<Q')) for _ in range(tensors)]
    start = -(-reader.at // 32) * 32
    found = {name.removesuffix('.weight'): _matrix(reader.data, start + offset, kind, dimensions) for name, dimensions, kind, offset in infos}
    shape = Shape(
        vocabulary=len(metadata['tokenizer.ggml.tokens']), width=metadata['llama.embedding_length'], layers=metadata['llama.block_count'],
        heads=metadata['llama.attention.head_count'], feed_forward=metadata['llama.feed_forward_length'], rope_base=metadata['llama.rope.freq_base'])
    merges = [tuple(merge.split(' ')) for merge in metadata['tokenizer.ggml.merges']]
    return Imported(shape, Tokenizer(merges), _weights(found, shape))


def _weights(found: dict[str, torch.Tensor], shape: Shape) -> dict[str, torch.Tensor]:
    weights = {'embedding.weight': found['token_embd'], 'output_norm.weight': found['output_norm']}
    for i in range(shape.layers):
        block = {name.removeprefix(f'blk.{i}.'): tensor for name, tensor in found.items() if name.startswith(f'blk.{i}.')}
        query, key = _half_split(block['attn_q'], shape), _half_split(block['attn_k'], shape)
        fused = {'attn_qkv': torch.cat([query, key, block['attn_v']]), 'ffn_gate_up': torch.cat([block['ffn_gate'], block['ffn_up']])}
        kept = {name: block[name] for name in ('attn_norm', 'attn_output', 'ffn_norm', 'ffn_down')}
        weights |= {f'blocks.{i}.{name}.weight': tensor for name, tensor in (fused | kept).items()}
    return weights

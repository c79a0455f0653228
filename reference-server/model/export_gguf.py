"""Writes the trained network as a GGUF file: `python export_gguf.py checkpoint.pt tiny.gguf`.

The layout is in https://github.com/ggml-org/ggml/blob/master/docs/gguf.md. A missing key does not always throw in
llama.cpp, it may abort the process, so every key that a `llama` model can carry is written.
"""

import struct
import sys
from pathlib import Path

import numpy as np
import torch

from network import Shape
from tokenizer import CONTROL, END_OF_TEXT, END_OF_TURN, SPECIAL, Tokenizer

_U32, _I32, _F32, _BOOL, _STRING, _ARRAY = 4, 5, 6, 7, 8, 9
_NORMAL, _CONTROL, _USER_DEFINED = 1, 3, 4
_TENSOR_F32, _TENSOR_Q8_0, _FILE_Q8_0 = 0, 8, 7
_ALIGNMENT = 32


def _string(text: str) -> bytes:
    data = text.encode()
    return struct.pack('<Q', len(data)) + data


def _scalar(kind: int, value) -> bytes:
    return _string(value) if kind == _STRING else struct.pack({_U32: '<I', _I32: '<i', _F32: '<f', _BOOL: '<?'}[kind], value)


def _entry(key: str, kind: int, value) -> bytes:
    return _string(key) + struct.pack('<I', kind) + _scalar(kind, value)


def _entries(key: str, kind: int, values: list) -> bytes:
    return _string(key) + struct.pack('<IIQ', _ARRAY, kind, len(values)) + b''.join(_scalar(kind, value) for value in values)


def _token_type(token: str) -> int:
    return _CONTROL if token in CONTROL else _USER_DEFINED if token in SPECIAL else _NORMAL


def _metadata(shape: Shape, tokenizer: Tokenizer, template: str) -> list[bytes]:
    return [
        _entry('general.architecture', _STRING, 'llama'),
        _entry('general.name', _STRING, 'tiny'),
        _entry('general.alignment', _U32, _ALIGNMENT),
        _entry('general.file_type', _U32, _FILE_Q8_0),
        _entry('llama.vocab_size', _U32, shape.vocabulary),
        _entry('llama.context_length', _U32, shape.context),
        _entry('llama.embedding_length', _U32, shape.width),
        _entry('llama.block_count', _U32, shape.layers),
        _entry('llama.feed_forward_length', _U32, shape.feed_forward),
        _entry('llama.attention.head_count', _U32, shape.heads),
        _entry('llama.attention.head_count_kv', _U32, shape.heads),
        _entry('llama.attention.layer_norm_rms_epsilon', _F32, shape.epsilon),
        _entry('llama.rope.dimension_count', _U32, shape.head_width),
        _entry('llama.rope.freq_base', _F32, shape.rope_base),
        _entry('tokenizer.ggml.model', _STRING, 'gpt2'),
        _entry('tokenizer.ggml.pre', _STRING, 'gpt-2'),
        _entries('tokenizer.ggml.tokens', _STRING, tokenizer.tokens),
        _entries('tokenizer.ggml.token_type', _I32, [_token_type(token) for token in tokenizer.tokens]),
        _entries('tokenizer.ggml.merges', _STRING, [f'{a} {b}' for a, b in tokenizer.merges]),
        _entry('tokenizer.ggml.bos_token_id', _U32, END_OF_TEXT),
        _entry('tokenizer.ggml.eos_token_id', _U32, END_OF_TURN),
        _entry('tokenizer.ggml.padding_token_id', _U32, END_OF_TEXT),
        _entry('tokenizer.ggml.add_bos_token', _BOOL, False),
        _entry('tokenizer.ggml.add_eos_token', _BOOL, False),
        _entry('tokenizer.chat_template', _STRING, template),
    ]


def _tensors(shape: Shape, weights: dict[str, torch.Tensor]) -> dict[str, np.ndarray]:
    """The tensors under llama.cpp's names, query and key rows in its order. No `output.weight`: it is tied."""
    found = {'token_embd': weights['embedding.weight'], 'output_norm': weights['output_norm.weight']}
    for i in range(shape.layers):
        block = {name: weights[f'blocks.{i}.{name}.weight'] for name in ('attn_norm', 'attn_qkv', 'attn_output', 'ffn_norm', 'ffn_gate_up', 'ffn_down')}
        query, key, value = block.pop('attn_qkv').chunk(3)
        gate, up = block.pop('ffn_gate_up').chunk(2)
        block |= {'attn_q': _adjacent_pairs(query, shape), 'attn_k': _adjacent_pairs(key, shape), 'attn_v': value, 'ffn_gate': gate, 'ffn_up': up}
        found |= {f'blk.{i}.{name}': tensor for name, tensor in block.items()}
    return {f'{name}.weight': tensor.float().numpy() for name, tensor in found.items()}


def _adjacent_pairs(rows: torch.Tensor, shape: Shape) -> torch.Tensor:
    """From the half-split rotary form to the adjacent pairs that ggml rotates in a `llama` model."""
    return rows.reshape(shape.heads, 2, shape.head_width // 2, -1).transpose(1, 2).reshape(rows.shape)


def _q8_0(matrix: np.ndarray) -> bytes:
    """Blocks of 32 values: a half-precision scale and 32 signed bytes."""
    blocks = matrix.reshape(-1, 32)
    scale = np.abs(blocks).max(1, keepdims=True) / 127
    quants = np.round(np.divide(blocks, scale, where=scale > 0, out=np.zeros_like(blocks))).astype(np.int8)
    return np.concatenate([scale.astype('<f2').view(np.uint8), quants.view(np.uint8)], axis=1).tobytes()


def _pad(data: bytes) -> bytes:
    return data + bytes(-len(data) % _ALIGNMENT)


def export(path: Path, shape: Shape, weights: dict[str, torch.Tensor], tokenizer: Tokenizer, template: str) -> None:
    metadata = _metadata(shape, tokenizer, template)
    infos, data = b'', b''
    tensors = _tensors(shape, weights)
    for name, tensor in tensors.items():
        # llama.cpp wants the norms, which are vectors, unquantized.
        kind = _TENSOR_F32 if tensor.ndim == 1 else _TENSOR_Q8_0
        dimensions = tensor.shape[::-1]
        infos += _string(name) + struct.pack(f'<I{len(dimensions)}QIQ', len(dimensions), *dimensions, kind, len(data))
        data += _pad(tensor.astype('<f4').tobytes() if kind == _TENSOR_F32 else _q8_0(tensor))
    header = b'GGUF' + struct.pack('<IQQ', 3, len(tensors), len(metadata)) + b''.join(metadata)
    # Written beside and renamed: a reader never sees half a file.
    partial = path.with_suffix('.partial')
    partial.write_bytes(_pad(header + infos) + data)
    partial.replace(path)


def export_checkpoint(checkpoint: Path, path: Path) -> None:
    saved = torch.load(checkpoint)
    template = (Path(__file__).parent / 'template.jinja').read_text().rstrip('\n')
    export(path, Shape(**saved['shape']), saved['weights'], Tokenizer([tuple(pair) for pair in saved['merges']]), template)


if __name__ == '__main__':
    export_checkpoint(Path(sys.argv[1]), Path(sys.argv[2]))

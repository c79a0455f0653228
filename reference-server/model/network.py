"""The network: a plain llama-architecture decoder, small enough for two CPU cores.

Pre-norm RMSNorm, rotary positions, SwiGLU, no biases, output tied to the embedding: what llama.cpp
calls architecture `llama`, so no server needs special code for it.
"""

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn


@dataclass(frozen=True)
class Shape:
    """Every number the exporter writes into the GGUF header. Widths are multiples of 32 because q8_0 packs rows by 32."""

    vocabulary: int = 1024
    width: int = 160
    layers: int = 5
    heads: int = 5
    feed_forward: int = 448
    context: int = 32768
    rope_base: float = 10000.0
    epsilon: float = 1e-5

    @property
    def head_width(self) -> int:
        return self.width // self.heads


class RMSNorm(nn.Module):
    def __init__(self, width: int, epsilon: float):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.epsilon = epsilon

    def forward(self, x: Tensor) -> Tensor:
        return F.rms_norm(x, (x.shape[-1],), self.weight.to(x.dtype), self.epsilon)


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotary positions in the half-split form. The exporter permutes query and key rows to the adjacent-pair form of ggml."""
    a, b = x.chunk(2, -1)
    return torch.cat((a * cos - b * sin, a * sin + b * cos), -1)


class Block(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.heads = shape.heads
        self.attn_norm = RMSNorm(shape.width, shape.epsilon)
        # Query, key and value in one matrix: one large product is faster than three small ones.
        self.attn_qkv = nn.Linear(shape.width, 3 * shape.width, bias=False)
        self.attn_output = nn.Linear(shape.width, shape.width, bias=False)
        self.ffn_norm = RMSNorm(shape.width, shape.epsilon)
        self.ffn_gate_up = nn.Linear(shape.width, 2 * shape.feed_forward, bias=False)
        self.ffn_down = nn.Linear(shape.feed_forward, shape.width, bias=False)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        batch, length, width = x.shape
        qkv = self.attn_qkv(self.attn_norm(x)).view(batch, length, 3, self.heads, width // self.heads)
        query, key, value = qkv.permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(rotate(query, cos, sin), rotate(key, cos, sin), value, is_causal=True)
        x = x + self.attn_output(mixed.transpose(1, 2).reshape(batch, length, width))
        gate, up = self.ffn_gate_up(self.ffn_norm(x)).chunk(2, -1)
        return x + self.ffn_down(F.silu(gate) * up)


class Network(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.blocks = nn.ModuleList([Block(shape) for _ in range(shape.layers)])
        self.output_norm = RMSNorm(shape.width, shape.epsilon)
        steps = torch.arange(0, shape.head_width, 2) / shape.head_width
        self.register_buffer('frequencies', shape.rope_base**-steps, persistent=False)
        self.initialise()

    def initialise(self) -> None:
        nn.init.normal_(self.embedding.weight, std=0.04)
        for block in self.blocks:
            for layer in (block.attn_qkv, block.ffn_gate_up):
                nn.init.normal_(layer.weight, std=0.5 / math.sqrt(self.shape.width))
            # A block that adds nothing at first trains most stably.
            for layer in (block.attn_output, block.ffn_down):
                nn.init.zeros_(layer.weight)

    def forward(self, tokens: Tensor, positions: Tensor) -> Tensor:
        """Hidden states for `tokens` (batch, length); `positions` has the same shape, as training lets it skip."""
        x = self.embedding(tokens)
        if torch.is_autocast_enabled('cpu'):
            x = x.bfloat16()
        angles = positions[:, None, :, None] * self.frequencies
        cos, sin = angles.cos().to(x.dtype), angles.sin().to(x.dtype)
        for block in self.blocks:
            x = block(x, cos, sin)
        return self.output_norm(x)

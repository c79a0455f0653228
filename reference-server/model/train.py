"""Trains the model: `python train.py --minutes 60 --out /tmp/tiny`, from nothing or `--from` an earlier GGUF.

Writes /tmp/tiny.pt (checkpoint) and /tmp/tiny.gguf every three minutes and at the end. The schedule runs on the
clock, so a slower machine makes fewer steps, not a longer run.
"""

import argparse
import random
import time
from dataclasses import asdict
from pathlib import Path

import torch
import torch.nn.functional as F

import import_gguf
from batches import Batch, conversations
from corpus.document import generate
from export_gguf import export_checkpoint
from muon import Muon
from network import Network, Shape
from tokenizer import Tokenizer
from tokenizer import train as train_tokenizer

_MATRIX_RATE, _VECTOR_RATE = 0.02, 4e-3
_TOKENS_IN_BATCH = 3000
_BATCHES_IN_STEP = 2


def learning_rate(step: int, spent: float) -> float:
    """Warm-up over 30 steps, then flat for 35 % of the time, then down to a hundredth."""
    return min(1, (step + 1) / 30) * min(1, max(0.01, (1 - spent) / 0.65))


def make_tokenizer(path: Path, size: int) -> Tokenizer:
    if not path.exists():
        r = random.Random(99)
        train_tokenizer((''.join(piece.text for piece in generate(r)) for _ in range(3000)), size).save(path)
    return Tokenizer.load(path)


def loss_of(network: torch.nn.Module, embedding: torch.Tensor, batch: Batch) -> tuple[torch.Tensor, int]:
    """The summed loss over what the assistant says, and how many tokens that is."""
    targets = batch.learned[:, 1:]
    with torch.autocast('cpu', dtype=torch.bfloat16):
        hidden = network(batch.tokens[:, :-1], batch.positions[:, :-1])
        logits = hidden[targets] @ embedding.t()
    return F.cross_entropy(logits.float(), batch.tokens[:, 1:][targets], reduction='sum'), int(targets.sum())


def train(minutes: float, out: Path, seed: int, compiled: bool, earlier: Path | None, peak_rate: float) -> None:
    torch.set_num_threads(2)
    torch.manual_seed(seed)
    if earlier:
        shape, tokenizer, weights = import_gguf.read(earlier)
        network = Network(shape)
        network.load_state_dict(weights)
    else:
        shape = Shape()
        tokenizer = make_tokenizer(out.with_suffix('.merges.json'), shape.vocabulary)
        network = Network(shape)
    # Fused by the compiler it is a third faster; the first step then takes half a minute.
    forward = torch.compile(network, dynamic=True) if compiled else network
    stacked = {'attn_qkv': 3, 'ffn_gate_up': 2}
    matrices = [(p, stacked.get(name.split('.')[-2], 1)) for name, p in network.named_parameters() if p.dim() == 2 and 'embedding' not in name]
    others = [p for name, p in network.named_parameters() if p.dim() < 2 or 'embedding' in name]
    optimizers = [(Muon(matrices), _MATRIX_RATE), (torch.optim.AdamW(others, betas=(0.9, 0.98), weight_decay=0.0), _VECTOR_RATE)]
    source = conversations(seed + 1, tokenizer, _TOKENS_IN_BATCH, shape.context)
    print(f'{sum(p.numel() for p in network.parameters())} parameters, {len(tokenizer.tokens)} tokens', flush=True)

    start = reported = saved = time.time()
    step = tokens = learned = 0
    average = None
    while (spent := (time.time() - start) / (minutes * 60)) < 1:
        rate = peak_rate * learning_rate(step, spent)
        batches = [next(source) for _ in range(_BATCHES_IN_STEP)]
        count = sum(int(batch.learned[:, 1:].sum()) for batch in batches)
        for batch in batches:
            loss, said = loss_of(forward, network.embedding.weight, batch)
            (loss / count).backward()
            tokens += batch.tokens.numel()
            learned += said
        current = loss.item() / said
        average = current if average is None else 0.98 * average + 0.02 * current
        torch.nn.utils.clip_grad_norm_(others, 1.0)
        for optimizer, peak in optimizers:
            optimizer.param_groups[0]['lr'] = peak * rate
            optimizer.step()
            optimizer.zero_grad()
        step += 1
        now = time.time()
        if now - reported > 20:
            reported = now
            print(f'{now - start:.0f} s  step {step}  loss {average:.4f}  {tokens / 1e6:.2f} M tokens, {learned / 1e6:.2f} M learned  {tokens / (now - start):.0f}/s  rate {rate:.3f}', flush=True)
        if now - saved > 180:
            saved = now
            save(out, network, tokenizer)
    save(out, network, tokenizer)
    print(f'done: step {step}, loss {average:.4f}, {tokens} tokens, {learned} learned, {time.time() - start:.0f} s', flush=True)


def save(out: Path, network: Network, tokenizer: Tokenizer) -> None:
    checkpoint = out.with_suffix('.pt')
    torch.save({'shape': asdict(network.shape), 'weights': network.state_dict(), 'merges': tokenizer.merges}, checkpoint)
    export_checkpoint(checkpoint, out.with_suffix('.gguf'))


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--minutes', type=float, default=60)
    parser.add_argument('--out', type=Path, default=Path('tiny'))
    parser.add_argument('--from', dest='earlier', type=Path, metavar='GGUF', help='go on from the weights and the tokenizer of an earlier model')
    parser.add_argument('--rate', type=float, default=1, help='scales the learning rate; 0.3 to 0.7 goes on from trained weights without forgetting')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--no-compile', action='store_true', help='run without torch.compile, which needs a C++ compiler')
    options = parser.parse_args()
    train(options.minutes, options.out, options.seed, not options.no_compile, options.earlier, options.rate)

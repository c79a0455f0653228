"""Muon: momentum whose update is made orthogonal, for weight matrices (https://kellerjordan.github.io/posts/muon/).

On two CPU cores the number of steps is what is scarce, and Muon needs fewer of them than Adam.
"""

import torch
from torch import Tensor


def _orthogonal(matrices: Tensor) -> Tensor:
    """Five Newton-Schulz steps towards the nearest matrix with all singular values one, for a stack of matrices."""
    x = matrices / (matrices.flatten(1).norm(dim=1).view(-1, 1, 1) + 1e-7)
    for _ in range(5):
        square = x @ x.mT
        x = 3.4445 * x + (-4.7750 * square + 2.0315 * (square @ square)) @ x
    return x


class Muon(torch.optim.Optimizer):
    def __init__(self, matrices: list[tuple[torch.nn.Parameter, int]], lr: float = 0.02, momentum: float = 0.95, decay: float = 0.02):
        """`matrices` pairs each parameter with the number of matrices stacked in it, for example 3 for query, key, value."""
        super().__init__([matrix for matrix, _ in matrices], {'lr': lr})
        self.momentum, self.decay = momentum, decay
        self.groups: dict[torch.Size, list[tuple[torch.nn.Parameter, int]]] = {}
        for matrix, parts in matrices:
            self.groups.setdefault(torch.Size([matrix.shape[0] // parts, matrix.shape[1]]), []).append((matrix, parts))
        self.velocity = {shape: torch.zeros(sum(parts for _, parts in members), *shape) for shape, members in self.groups.items()}

    @torch.no_grad()
    def step(self) -> None:
        lr = self.param_groups[0]['lr']
        for shape, members in self.groups.items():
            gradient = torch.cat([matrix.grad.view(parts, *shape) for matrix, parts in members])
            velocity = self.velocity[shape].mul_(self.momentum).add_(gradient)
            update = gradient.add(velocity, alpha=self.momentum)
            tall = shape[0] > shape[1]
            update = _orthogonal(update.mT if tall else update)
            update = update.mT if tall else update
            scale = lr * max(1, shape[0] / shape[1]) ** 0.5
            start = 0
            for matrix, parts in members:
                matrix.mul_(1 - lr * self.decay).add_(update[start : start + parts].reshape(matrix.shape), alpha=-scale)
                start += parts

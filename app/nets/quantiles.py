"""Three numbers -> a middle and an interval about it that cannot turn inside out.

    (a, b, c) --> (a − softplus(b),  a,  a + softplus(c))
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class Quantiles(nn.Module):
    """The last layer of a forecaster: it has no weights."""

    def forward(self, x: Tensor) -> Tensor:
        """[…, 3] -> lower, median, upper […, 3]."""
        middle, below, above = x.unbind(-1)
        return torch.stack([middle - F.softplus(below), middle, middle + F.softplus(above)], dim=-1)

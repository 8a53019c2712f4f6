"""Layers of a network that answers for every pixel: maps side by side.

    [N, A, H, W], [N, B, H, W] --JoinMaps--> [N, A + B, H, W]

Growing maps again is torch's own `nn.Upsample`.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn


class JoinMaps(nn.Module):
    """Several layers' maps of one size, one after the other: the end of a skip connection."""

    def forward(self, *parts: Tensor) -> Tensor:
        """In the order in which the card names them."""
        return torch.cat(parts, dim=1)

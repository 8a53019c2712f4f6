"""Layers of a convolutional reader of words: windows that end at each word, the largest value over
time, and branches side by side.

    [N, T, E] --WordConv--> [N, T, C] --MaxOverTime--> [N, C] --Concat--> [N, 3C]
                                      --RunningMax---> [N, T, C], up to each word
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class WordConv(nn.Conv1d):
    """torch's convolution over words, zeros before the first: [N, T, E] -> [N, T, C].

    Row t reads k words, `dilation` apart, of which t is the last; (k - 1) · dilation zeros stand
    before the text.
    """

    def __init__(
        self, in_channels: int, out_channels: int, kernel_size: int, dilation: int = 1
    ) -> None:
        super().__init__(in_channels, out_channels, kernel_size, dilation=dilation)

    def forward(self, x: Tensor) -> Tensor:
        """[N, T, E] -> [N, T, C]; torch itself wants time last."""
        before = (self.kernel_size[0] - 1) * self.dilation[0]
        padded = F.pad(x.transpose(1, 2), (before, 0))
        return super().forward(padded).transpose(1, 2).contiguous()


class MaxOverTime(nn.Module):
    """The largest value of each channel: [N, T, C] -> [N, C]."""

    def forward(self, x: Tensor) -> Tensor:
        """The place of the largest value is forgotten."""
        return x.amax(dim=1)


class RunningMax(nn.Module):
    """The largest value of each channel up to each word: [N, T, C] -> [N, T, C]."""

    def forward(self, x: Tensor) -> Tensor:
        """Row t is what `MaxOverTime` gives for the first t + 1 words."""
        return torch.cummax(x, dim=1).values


class Concat(nn.Module):
    """Several layers' values side by side: [N, …, A], [N, …, B] -> [N, …, A + B]."""

    def forward(self, *parts: Tensor) -> Tensor:
        """In the order in which the card names them."""
        return torch.cat(parts, dim=-1)

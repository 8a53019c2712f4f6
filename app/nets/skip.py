"""Pooling that looks at nothing: of every window its first value, all others left out.

    x [N, C, H, W] --first row and column of each window--> [N, C, H', W']

The windows are those of max- and average-pooling with the same arguments, so that one can stand in
for the other and no shape changes. What lies in the padding is no value: such a window gives the
picture's own first value.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

Pair = int | tuple[int, int]


class SkipPool2d(nn.Module):
    """Takes what `nn.MaxPool2d`'s arguments take; dilation moves no window's first value."""

    __constants__ = ("kernel_size", "stride", "padding", "dilation", "ceil_mode")

    def __init__(
        self,
        kernel_size: Pair,
        stride: Pair | None = None,
        padding: Pair = 0,
        dilation: Pair = 1,
        ceil_mode: bool = False,
    ) -> None:
        super().__init__()
        self.kernel_size = pair(kernel_size)
        self.stride = self.kernel_size if stride is None else pair(stride)
        self.padding, self.dilation = pair(padding), pair(dilation)
        self.ceil_mode = ceil_mode

    def forward(self, x: Tensor) -> Tensor:
        """[N, C, H, W] -> [N, C, H', W']."""
        rows, columns = (self._firsts(x.shape[2 + axis], axis) for axis in (0, 1))
        return x[:, :, rows][:, :, :, columns]

    def _firsts(self, cells: int, axis: int) -> Tensor:
        """Where the windows along one axis begin, by torch's rule for their number."""
        step, before = self.stride[axis], self.padding[axis]
        reach = self.dilation[axis] * (self.kernel_size[axis] - 1) + 1
        room = cells + 2 * before - reach
        windows = (-(-room // step) if self.ceil_mode else room // step) + 1
        if self.ceil_mode and (windows - 1) * step >= cells + before:
            windows -= 1  # a window that would begin in the padding behind the picture
        return (torch.arange(windows) * step - before).clamp_(0, cells - 1)


class AdaptiveSkipPool2d(nn.Module):
    """The same for pooling to a given size: window i of m begins at floor(i n / m)."""

    __constants__ = ("output_size",)

    def __init__(self, output_size: Pair | tuple[int | None, int | None]) -> None:
        super().__init__()
        self.output_size = output_size

    def forward(self, x: Tensor) -> Tensor:
        """[N, C, H, W] -> [N, C, *output_size]."""
        size = self.output_size
        sizes = (size, size) if isinstance(size, int) else tuple(size)
        rows, columns = (
            torch.arange(asked or cells) * cells // (asked or cells)
            for asked, cells in zip(sizes, x.shape[2:], strict=True)
        )
        return x[:, :, rows][:, :, :, columns]


def pair(value: Pair) -> tuple[int, int]:
    """[height, width] of what torch takes as one number or two; cards write lists."""
    return (value, value) if isinstance(value, int) else (value[0], value[1])

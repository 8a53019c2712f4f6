"""Why an answer, by covering: how far the chosen logit falls when a square is covered.

    x with the square at (i, j) set to 0, the mean colour --run--> y_k
    map[i, j] = y_k(x) - y_k(covered)       above 0: what was covered spoke for the class

(Zeiler and Fergus 2014.) Squares are an eighth of the picture wide and move by half their width.
Rows are computed in any order and number, so that a page can draw the map as it comes.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

from app.tracing import Plan

SHARE = 8


class Grid(NamedTuple):
    """Squares of `window` [height, width] pixels every `stride`; `rows` × `columns` of them."""

    window: tuple[int, int]
    stride: tuple[int, int]
    rows: int
    columns: int


def grid(height: int, width: int) -> Grid:
    """The squares for a picture of this size; each lies wholly inside it."""
    window = max(1, height // SHARE), max(1, width // SHARE)
    stride = max(1, window[0] // 2), max(1, window[1] // 2)
    rows = (height - window[0]) // stride[0] + 1
    columns = (width - window[1]) // stride[1] + 1
    return Grid(window, stride, rows, columns)


def occlusion(plan: Plan, x: Tensor, target: int, rows: range) -> Tensor:
    """x [1, C, H, W] as the network sees it -> the map's rows [len(rows), columns]."""
    squares = grid(x.shape[2], x.shape[3])
    with torch.inference_mode():
        whole = plan.forward(x.clone())[0, target]
        found = [whole - plan.forward(covered(x, squares, row))[:, target] for row in rows]
        return torch.stack(found)


def covered(x: Tensor, squares: Grid, row: int) -> Tensor:
    """x [1, C, H, W] -> [columns, C, H, W], the nth with the nth square of the row covered."""
    copies = x.repeat(squares.columns, 1, 1, 1)
    top = row * squares.stride[0]
    for column, copy in enumerate(copies):
        left = column * squares.stride[1]
        copy[:, top : top + squares.window[0], left : left + squares.window[1]] = 0
    return copies

"""Receptive fields against gradients: which pixels move a cell is what its field says."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from torch import Tensor, nn
from torch.nn import functional as F

from app.insight import Field, receptive_fields
from app.nets import build
from app.nets.skip import AdaptiveSkipPool2d, SkipPool2d
from app.tracing import graph
from tests.unit.architectures import Case, Spec, cnns

# torch says once that even kernels with padding="same" cost it a copy.
pytestmark = pytest.mark.filterwarnings("ignore:Using padding='same'")


def everything_counts(module: nn.Module, x: Tensor) -> Tensor:
    """The layer with all its weights 1 and sums for maxima: any pixel seen has a gradient."""
    if isinstance(module, nn.Conv2d):
        return F.conv2d(x, torch.ones_like(module.weight.double()), None, module.stride,
                        module.padding, module.dilation, module.groups)  # fmt: skip
    if isinstance(module, nn.MaxPool2d):
        module = nn.AvgPool2d(module.kernel_size, module.stride, module.padding, module.ceil_mode)
    if isinstance(module, nn.AdaptiveMaxPool2d):
        module = nn.AdaptiveAvgPool2d(module.output_size)
    if isinstance(module, (nn.AvgPool2d, nn.AdaptiveAvgPool2d, SkipPool2d, AdaptiveSkipPool2d,
                           nn.Flatten)):  # fmt: skip
        out: Tensor = module(x)
        return out
    return x @ torch.ones_like(module.weight.double()).T if isinstance(module, nn.Linear) else x


def seen(out: Tensor, x: Tensor, cell: tuple[int, ...]) -> Tensor:
    """[H, W] of bool: pixels that move this cell of the sum over channels."""
    of_place = out[0].sum(dim=0) if out.ndim == 4 else out[0].sum()
    (gradient,) = torch.autograd.grad(of_place[cell] if cell else of_place, x, retain_graph=True)
    return gradient[0].abs().sum(dim=0) > 0


def check(moved: Tensor, field: Field, cell: tuple[int, ...], read: list[int]) -> None:
    """No pixel outside the field moves the cell; the first and last row and column of the field
    do, unless they lie outside the picture, or beyond the last pixel `read` by every layer so far
    (strides leave some over, and a later layer's padding lies there), or the field is only an
    enclosing one (a vector's is, where padding and strides leave gaps at the picture's border).
    """
    for axis in (0, 1):
        lines = moved.any(dim=1 - axis).nonzero().flatten().tolist()
        if not lines:  # the cell sees nothing but padding
            return
        place = cell[axis] if cell else 0
        first = field["offset"][axis] + place * field["stride"][axis]
        last = first + field["size"][axis] - 1
        assert first <= lines[0]
        assert lines[-1] <= last
        if cell and field.get("exact", True):
            assert first < 0 or first == lines[0]
            assert last > read[axis] or last == lines[-1]


def furthest(field: Field, cells: tuple[int, ...], axis: int) -> int:
    """The last pixel that the last of a layer's cells sees."""
    start = field["offset"][axis] + (cells[axis] - 1) * field["stride"][axis]
    return start + field["size"][axis] - 1


@given(case=cnns())
@settings(max_examples=60, deadline=None)
def test_fields_are_those_of_the_gradient(case: Case) -> None:
    """At three cells of every layer of random networks."""
    fields = receptive_fields(graph(case.net, tuple(case.x.shape[1:])))
    x = torch.ones_like(case.x, dtype=torch.float64).requires_grad_()
    out: Tensor = x
    read = [n - 1 for n in x.shape[2:]]
    for name, module in case.net.named_children():
        if isinstance(module, nn.Dropout):
            continue
        out = everything_counts(module, out)
        field = fields["logits" if name == "head" else name]
        height, width = out.shape[2:] if out.ndim == 4 else (1, 1)
        cells = {(0, 0), (height // 2, width // 2), (height - 1, width - 1)}
        for cell in cells if out.ndim == 4 else {()}:
            check(seen(out, x, cell), field, cell, read)
        if out.ndim == 4:
            read = [min(read[k], furthest(field, (height, width), k)) for k in (0, 1)]


def chain(*layers: Spec) -> dict[str, Field]:
    """Fields of a chain on a 12x12 picture, names a, b, c …"""
    specs = [{"name": chr(97 + i), **spec} for i, spec in enumerate(layers)]
    specs.append({"name": "last", "op": "relu"})
    return receptive_fields(graph(build("sequential", specs), (1, 12, 12)))


CONV: Spec = {"op": "conv2d", "in_channels": 1, "out_channels": 1, "kernel_size": 3}


def test_by_hand() -> None:
    """3x3 padded by one, 2x2 pooling, 3x3 with dilation two."""
    fields = chain(CONV | {"padding": 1}, {"op": "max_pool2d", "kernel_size": 2},
                   CONV | {"dilation": 2})  # fmt: skip
    assert fields["input"] == {"size": [1, 1], "stride": [1, 1], "offset": [0, 0]}
    assert fields["a"] == {"size": [3, 3], "stride": [1, 1], "offset": [-1, -1]}
    assert fields["b"] == {"size": [4, 4], "stride": [2, 2], "offset": [-1, -1]}
    assert fields["c"] == {"size": [12, 12], "stride": [2, 2], "offset": [-1, -1]}


def test_height_and_width_are_apart() -> None:
    """Kernels and strides need not be square."""
    fields = chain(CONV | {"kernel_size": (1, 5), "stride": (2, 1), "padding": (0, 2)})
    assert fields["a"] == {"size": [1, 5], "stride": [2, 1], "offset": [0, -2]}


def test_uneven_adaptive_pooling_says_so() -> None:
    """12 cells into 5: rows 0-2, 2-4, 4-7, 7-9, 9-11; one field that covers each."""
    fields = chain({"op": "adaptive_avg_pool2d", "output_size": 5})
    assert fields["a"] == {"size": [4, 4], "stride": [2, 2], "offset": [0, 0], "exact": False}
    assert "exact" not in chain({"op": "adaptive_avg_pool2d", "output_size": 4})["a"]


def test_a_vector_sees_what_its_cells_see() -> None:
    """Stride 5 on 12 pixels with a 3x3 kernel never reads the last four rows."""
    fields = chain(CONV | {"stride": 5}, {"op": "flatten"})
    assert fields["b"] == {"size": [8, 8], "stride": [0, 0], "offset": [0, 0]}


def test_text_has_no_fields() -> None:
    """A reader's layers see words, not pixels."""
    layers: list[Spec] = [{"name": "rnn", "op": "rnn", "input_size": 2, "hidden_size": 3},
                          {"name": "linear", "op": "linear", "in_features": 3,
                           "out_features": 2}]  # fmt: skip
    assert receptive_fields(graph(build("recurrent", layers), ("T", 2))) == {}

"""How far what a network answers moves with each word, or each row, of its input.

    readers           x [1, T] or [1, T, S] --gradients.py, row by row back--> ‖∂logit/∂x_t‖ [T]
    windows, pictures vectors [1, T, E] or [1, C, S, S] --layers, float64--> logit | one cell
                      ∂ --torch.autograd--> norms over all but the step: [T] or [S]

Float64, so that a norm of 0 is an exact zero: nothing leads from there to the answer, or what leads
there was off (a ReLU at 0, a value that was not the largest over time). Layers are copied to
float64; the table of words is not, it is read once in float32.
"""

from __future__ import annotations

from copy import deepcopy
from typing import NamedTuple

import torch
from torch import Tensor

from app.core.errors import BadOption, Unprocessable
from app.insight.gradients import gradients
from app.nets.layers import RECURRENT
from app.tracing import Plan
from app.tracing.chain import Found, Layer, call


class Reached(NamedTuple):
    """`norms` float64 [R], of the steps from `first` on; `value` of what was asked for: a logit, or
    a cell of `channel`."""

    first: int
    norms: Tensor
    value: float
    channel: int | None = None


def reads_in_line(plan: Plan) -> bool:
    """Whether a layer of it is recurrent."""
    return any(isinstance(layer.module, RECURRENT) for layer in plan.layers)


def of_answer(plan: Plan, x: Tensor, target: int) -> Reached:
    """∂ logit of class `target` at the end of x. Raises Unprocessable for two-directional ones."""
    if reads_in_line(plan):
        found = gradients(plan, x, target)
        return Reached(found.first, found.answer_x, found.answer)
    layers, start = doubled(plan, x)
    with torch.enable_grad():
        logits = values(layers, start)["logits"]
        return Reached(0, pulled(logits[0, target], start), float(logits[0, target].detach()))


def of_cell(plan: Plan, x: Tensor, layer: str, at: int, channel: int | None) -> Reached:
    """∂ one value of `layer` [1, T, C] at step `at`; the strongest channel there if None is named.

    Raises Unprocessable for readers, whose states reach back as their answers do, and BadOption for
    what the layer does not have.
    """
    if reads_in_line(plan):
        raise Unprocessable("layer is for networks of windows; of a reader ask for an earlier at.")
    layers, start = doubled(plan, x)
    with torch.enable_grad():
        found = values(layers, start)
        maps = found.get(layer)
        if maps is None or start.ndim != 3 or maps.shape[:2] != start.shape[:2]:
            fits = ", ".join(n for n, v in found.items() if v.ndim == 3 and start.ndim == 3)
            raise BadOption(f"layer has one cell a word: {fits or 'this network has none'}.")
        cells = maps[0, at]
        if channel is not None and channel >= len(cells):
            raise BadOption(f"{layer} has {len(cells)} channels, counted from 0.")
        best = int(cells.argmax()) if channel is None else channel
        return Reached(0, pulled(cells[best], start), float(cells[best].detach()), best)


def doubled(plan: Plan, x: Tensor) -> tuple[list[Layer], Tensor]:
    """Layers from the first that reads numbers on, in float64, and what it reads."""
    rest = plan.layers
    if not x.is_floating_point():
        with torch.no_grad():
            x = call(rest[0], x)
        rest = [renamed(layer, rest[0].name) for layer in rest[1:]]
    copies = [layer._replace(module=deepcopy(layer.module).double()) for layer in rest]
    return copies, x.detach().double().requires_grad_(True)


def renamed(layer: Layer, table: str) -> Layer:
    """Of a layer that reads the table of words: it reads the input of what is left."""
    return layer._replace(inputs=tuple("input" if n == table else n for n in layer.inputs))


def values(layers: list[Layer], x: Tensor) -> dict[str, Tensor]:
    """Every layer's output by its name; `x` keeps its gradient."""
    found = Found(layers, x)
    all_of_them: dict[str, Tensor] = {}
    for layer in layers:
        # A module that works in place would overwrite what the gradient needs.
        read = [v.clone() if vars(layer.module).get("inplace") else v for v in found.read_by(layer)]
        all_of_them[layer.name] = call(layer, *read)
        found.add(layer.name, all_of_them[layer.name])
    return all_of_them


def pulled(value: Tensor, x: Tensor) -> Tensor:
    """∂value/∂x as a norm a step: [1, T, E] -> [T] over vectors, [1, C, S, S] -> [S] over rows."""
    slope: Tensor | None
    (slope,) = torch.autograd.grad(value, x, allow_unused=True)
    if slope is None:
        slope = torch.zeros_like(x)
    steps = slope[0] if x.ndim == 3 else slope[0].transpose(0, 1)
    norms: Tensor = torch.linalg.vector_norm(steps.flatten(1), dim=1)
    return norms

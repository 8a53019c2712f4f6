"""Changes to what a reader computes as it reads, for one run: values held, states put in.

    Clamp   a gate, a state or a word's vector: one unit or all, at one step or at all
    State   the memory after one step: that of another text, or zeros
        edits, graph, recall --held--> Held --Plan--> trace

Within a step the order is that of the formulas: a held value is what the rest of the step and all
later steps compute with (i, f, g, o, then c, then h; r, z, hn, then n, then h). The memory is
changed last, once the step is done: its row shows the new h and c, and the head reads them.
Edits of one tensor are made in the order in which they came.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from app.core.errors import BadOption
from app.nets.layers import RECURRENT
from app.tracing.chain import Layer, chain, directions, stored
from app.tracing.graph import Node
from app.tracing.recurrent import Cell, Tensors
from app.tracing.stepwise import CellEdits, Hold, read_held

Memory = Mapping[str, Tensor]  # "lstm.l0.h" -> [H]: the memory of every level after some step


@dataclass(frozen=True)
class Clamp:
    """The tensor's `unit` at `step` becomes `value`; None is every unit, every step."""

    tensor: str
    step: int | None
    unit: int | None
    value: float


@dataclass(frozen=True)
class State:
    """The memory after `step` becomes that after step `at` of `text`; with `text` None, zeros.

    With `step` None no memory is handed on at all: every step starts from zeros, and its row shows
    what it makes of its own word.
    """

    step: int | None
    text: str | None = None
    at: int = 0


Recurrent = Clamp | State


@dataclass(frozen=True)
class Held:
    """All edits of a run, fitted to its graph; `total` is the number of steps."""

    clamps: tuple[Clamp, ...]
    states: tuple[tuple[int, Memory | None], ...]
    total: int
    cut: bool = False

    def after(self, name: str, x: Tensor) -> Tensor:
        """A layer's output [1, T, F] with what is held of it; the same tensor where nothing is."""
        here = [clamp for clamp in self.clamps if clamp.tensor == name]
        if not here:
            return x
        x = x.clone()
        for clamp in here:
            rows = slice(None) if clamp.step is None else clamp.step
            x[0, rows, slice(None) if clamp.unit is None else clamp.unit] = clamp.value
        return x

    def cell(self, prefix: str, cell: Cell) -> CellEdits:
        """What is changed in the cell that a trace calls `prefix` ("lstm.l0_reverse")."""
        back = prefix.endswith("_reverse")
        found = CellEdits()
        for clamp in self.clamps:
            if clamp.tensor.startswith(f"{prefix}."):
                step = clamp.step if clamp.step is None or not back else self.total - 1 - clamp.step
                name = clamp.tensor.removeprefix(f"{prefix}.")
                found.sets.setdefault(name, []).append(Hold(step, clamp.unit, clamp.value))
        names = ("h", "c") if cell.mode == "LSTM" else ("h",)
        found.cut = self.cut
        for at, memory in self.states:
            found.states[at] = tuple(
                torch.zeros(cell.hidden) if memory is None else memory[f"{prefix}.{name}"]
                for name in names
            )
        return found

    def read(
        self, prefix: str, cell: Cell, x: Tensor, rows: range, gates: bool
    ) -> tuple[Tensor, Tensors]:
        """A `recurrent.ReadCell` that makes these edits."""
        return read_held(cell, x, rows, gates, self.cell(prefix, cell))


def held(
    net: nn.Module,
    graph: Sequence[Node],
    edits: Sequence[Recurrent],
    total: int,
    recall: Callable[[State], Memory],
) -> Held:
    """The edits, fitted to a network and an input of `total` steps. Raises BadOption, naming what
    does not fit. `recall` gives the memory that a State takes from its text.
    """
    layers, nodes = chain(net), {node["name"]: node for node in graph}
    for edit in edits:
        check_step(edit.step, total)
        if isinstance(edit, Clamp):
            check_unit(edit, width(layers, nodes, edit.tensor))
        else:
            check_one_way(layers)
    return Held(
        clamps=tuple(edit for edit in edits if isinstance(edit, Clamp)),
        states=tuple(
            (edit.step, None if edit.text is None else recall(edit))
            for edit in edits
            if isinstance(edit, State) and edit.step is not None
        ),
        total=total,
        cut=any(isinstance(edit, State) and edit.step is None for edit in edits),
    )


def check_step(step: int | None, total: int) -> None:
    if step is not None and step >= total:
        raise BadOption(f"This input has steps 0 to {total - 1}; not {step}.")


def check_unit(edit: Clamp, size: int) -> None:
    if edit.unit is not None and edit.unit >= size:
        raise BadOption(f"{edit.tensor} has units 0 to {size - 1}; not {edit.unit}.")


def check_one_way(layers: Sequence[Layer]) -> None:
    """A memory is handed on from left to right; a two-directional reader has no such moment."""
    for layer in layers:
        if isinstance(layer.module, RECURRENT) and len(directions(layer.module)) > 1:
            raise BadOption(
                "state is for readers from left to right. This one reads from both ends: after no"
                " word is there one memory of all that came before."
            )


def width(layers: Sequence[Layer], nodes: Mapping[str, Node], tensor: str) -> int:
    """The units of a tensor that can be held: of a cell, or a vector a step that is not one's
    output."""
    known: dict[str, int] = {}
    for layer in layers[:-1]:
        shape = nodes[layer.name]["output_shape"]
        if isinstance(layer.module, RECURRENT):
            known |= dict.fromkeys(stored(layer), layer.module.hidden_size)
        elif len(shape) == 2 and isinstance(shape[1], int):
            known[layer.name] = shape[1]
    if tensor not in known:
        names = ", ".join(known)
        raise BadOption(f"There is no tensor {tensor[:40]!r} to clamp; there is {names}.")
    return known[tensor]

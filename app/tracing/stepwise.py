"""One recurrent layer with values held and states put in, step by step only where it must be.

    x [T, E] --parts--> steps without an edit: torch's fused layer, gates as in recurrent.py
                        edited steps: one at a time, by torch's formulas
             --joined--> h [T, H] of all steps; h, c and gates of the rows asked for

A gate held at one word of a long text therefore costs no more than the text itself; one held at
every word costs a Python step a word (1,000 words of 96 units: about 60 ms).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

import torch
from torch import Tensor

from app.tracing.recurrent import Cell, Tensors, fused, read_on, zeros

State = tuple[Tensor, ...]  # (h, c), or (h,) of a cell without c
Holding = Callable[[str, Tensor], Tensor]  # a tensor's name, its value -> what the run goes on with

class Hold(NamedTuple):
    """One clamp of a cell: `step` counts in reading order."""

    step: int | None
    unit: int | None
    value: float


@dataclass
class CellEdits:
    """What is changed in one level and direction, steps in reading order of T.

    `sets`: name within the cell ("gate.f", "c", "h") -> clamps; `states`: step -> (h, c) or (h,);
    `cut`: no state is handed on, every step starts from zeros.
    """

    sets: dict[str, list[Hold]] = field(default_factory=dict)
    states: dict[int, State] = field(default_factory=dict)
    cut: bool = False

    def steps(self, total: int) -> Sequence[int]:
        """The steps that have to be taken one at a time, ascending."""
        clamps = [one for sets in self.sets.values() for one in sets]
        if self.cut or any(one.step is None for one in clamps):
            return range(total)
        return sorted({*(one.step for one in clamps if one.step is not None), *self.states})

    def hold(self, step: int, name: str, value: Tensor) -> Tensor:
        """The value [H] as this run has it."""
        for one in self.sets.get(name, ()):
            if one.step in (None, step):
                value[slice(None) if one.unit is None else one.unit] = one.value
        return value


def read_held(
    cell: Cell, x: Tensor, rows: range, gates: bool, edits: CellEdits
) -> tuple[Tensor, Tensors]:
    """As `recurrent.read_cell`, with the edits."""
    state = zeros(cell, x)
    hidden, shown = [], []
    for part, stepwise in parts(len(x), edits.steps(len(x))):
        seen = inside(rows, part)
        words = x[part.start : part.stop]
        if stepwise:
            h, tensors, state = read_stepwise(cell, words, part.start, edits, state)
            found = {name: value[seen.start : seen.stop] for name, value in tensors.items()}
        elif len(seen):
            h, found, state = read_on(cell, words, seen, gates, state)
        else:
            out, state = fused(cell, words.unsqueeze(1), state)
            h, found = out[:, 0], {}
        hidden.append(h)
        if len(seen):
            shown.append(found if gates else {"h": found["h"]})
    return torch.cat(hidden), {
        name: torch.cat([found[name] for found in shown]) for name in shown[0]
    }


def parts(total: int, steps: Sequence[int]) -> Iterator[tuple[range, bool]]:
    """The text in runs: (steps, whether they are taken one at a time)."""
    done = 0
    for run in runs(steps):
        if run.start > done:
            yield range(done, run.start), False
        yield run, True
        done = run.stop
    if done < total:
        yield range(done, total), False


def runs(steps: Sequence[int]) -> Iterator[range]:
    """Ascending numbers -> runs of neighbours: 2, 3, 7 -> 2:4, 7:8."""
    start = end = None
    for step in steps:
        if start is None or end is None:
            start, end = step, step + 1
        elif step == end:
            end += 1
        else:
            yield range(start, end)
            start, end = step, step + 1
    if start is not None and end is not None:
        yield range(start, end)


def inside(rows: range, part: range) -> range:
    """The rows that lie in this part, counted from its start."""
    start = min(max(rows.start, part.start), part.stop) - part.start
    return range(start, max(start, min(rows.stop, part.stop) - part.start))


def read_stepwise(
    cell: Cell, x: Tensor, start: int, edits: CellEdits, state: State
) -> tuple[Tensor, Tensors, State]:
    """x [n, E], the first at step `start` -> h [n, H], every stored tensor [n, H], last state."""
    take = STEPS[cell.mode]
    names = ("h", "c")[: len(state)]
    now = tuple(one[0, 0] for one in state)
    nothing = tuple(torch.zeros_like(one) for one in now)
    from_x = x @ cell.weights[0].T
    if cell.has_bias:
        from_x += cell.weights[2]
    rows = []
    for step, row in enumerate(from_x, start):
        from_h = torch.mv(cell.weights[1], now[0])
        if cell.has_bias:
            from_h += cell.weights[3]
        values = take(row, from_h, now, partial(edits.hold, step))
        if step in edits.states:
            values |= dict(zip(names, edits.states[step], strict=True))
        now = nothing if edits.cut else tuple(values[name] for name in names)
        rows.append(values)
    tensors = {name: torch.stack([values[name] for values in rows]) for name in rows[0]}
    return tensors["h"], tensors, tuple(one.view(1, 1, -1) for one in now)


def lstm_step(from_x: Tensor, from_h: Tensor, state: State, hold: Holding) -> Tensors:
    """torch.nn.LSTM's step; from_x, from_h [4H], state (h, c), each [H]."""
    i, f, g, o = (from_x + from_h).chunk(4)
    i, f = hold("gate.i", torch.sigmoid(i)), hold("gate.f", torch.sigmoid(f))
    g, o = hold("gate.g", torch.tanh(g)), hold("gate.o", torch.sigmoid(o))
    c = hold("c", f * state[1] + i * g)
    h = hold("h", o * torch.tanh(c))
    return {"h": h, "c": c, "gate.i": i, "gate.f": f, "gate.g": g, "gate.o": o}


def gru_step(from_x: Tensor, from_h: Tensor, state: State, hold: Holding) -> Tensors:
    """torch.nn.GRU's step, where r scales W_hn h + b_hn; from_x, from_h [3H], state (h,)."""
    (x_r, x_z, x_n), (h_r, h_z, h_n) = from_x.chunk(3), from_h.chunk(3)
    r, z = hold("gate.r", torch.sigmoid(x_r + h_r)), hold("gate.z", torch.sigmoid(x_z + h_z))
    hn = hold("gate.hn", h_n.clone())
    n = hold("gate.n", torch.tanh(x_n + r * hn))
    h = hold("h", (1 - z) * n + z * state[0])
    return {"h": h, "gate.r": r, "gate.z": z, "gate.n": n, "gate.hn": hn}


def tanh_step(from_x: Tensor, from_h: Tensor, state: State, hold: Holding) -> Tensors:
    """A tanh RNN's step."""
    return {"h": hold("h", torch.tanh(from_x + from_h))}


def relu_step(from_x: Tensor, from_h: Tensor, state: State, hold: Holding) -> Tensors:
    """A ReLU RNN's step."""
    return {"h": hold("h", torch.relu(from_x + from_h))}


STEPS: dict[str, Callable[[Tensor, Tensor, State, Holding], Tensors]] = {
    "LSTM": lstm_step,
    "GRU": gru_step,
    "RNN_TANH": tanh_step,
    "RNN_RELU": relu_step,
}

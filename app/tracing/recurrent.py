"""One recurrent layer, every gate and state of it, without a Python loop of cells.

    x [T, E] --torch's fused layer, once per level and direction--> h [T, H]
    [x, h(t-1)] --matrix products over all steps at once--> gates [T, 4H] or [T, 3H]
    gates --scan--> c [T, H]                                     (LSTM only)

Torch's layer gives h at every step but neither gates nor c. Since every h is known, so is every
h(t-1), and the gates of all steps follow in one product each for x and h(t-1). c is the one thing
that needs its predecessor: one multiply-add per step. A window of rows needs gates for these rows
only; c starts there from the state that the fused layer ended with just before it.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

import torch
from torch import Tensor, nn

from app.tracing.chain import Layer, directions

Tensors = dict[str, Tensor]


class Cell(NamedTuple):
    """One level and direction of a stack: its kind and torch's weights, rows in gate order."""

    mode: str
    weights: list[Tensor]  # W_ih [G*H, E], W_hh [G*H, H] and, with biases, b_ih, b_hh [G*H]
    hidden: int

    @property
    def has_bias(self) -> bool:
        return len(self.weights) == 4


def cell(module: nn.RNNBase, level: int, direction: str) -> Cell:
    """The weights of one level and direction, shared with the module."""
    kinds = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")[: 4 if module.bias else 2]
    weights = [getattr(module, f"{kind}_l{level}{direction}") for kind in kinds]
    return Cell(module.mode, weights, module.hidden_size)


def zeros(cell: Cell, x: Tensor, batch: int = 1) -> tuple[Tensor, ...]:
    """The state before the first step: (h,) or (h, c), each [1, N, H]."""
    state = x.new_zeros(1, batch, cell.hidden)
    return (state, state) if cell.mode == "LSTM" else (state,)


def fused(cell: Cell, x: Tensor, state: tuple[Tensor, ...]) -> tuple[Tensor, tuple[Tensor, ...]]:
    """Torch's own layer: x [T, N, E], state [1, N, H] -> h [T, N, H] and the last state."""
    shared = (cell.weights, cell.has_bias, 1, 0.0, False, False, False)
    if cell.mode == "LSTM":
        h, last_h, last_c = torch.lstm(x, state, *shared)
        return h, (last_h, last_c)
    layer = {"GRU": torch.gru, "RNN_TANH": torch.rnn_tanh, "RNN_RELU": torch.rnn_relu}[cell.mode]
    h, last_h = layer(x, state[0], *shared)
    return h, (last_h,)


def scan(kept: Tensor, c: Tensor, before: Tensor) -> Tensor:
    """c_t = kept_t * c_(t-1) + written_t, in place: `c` [T, H] holds what is written.

    Numpy, because its call per step costs a fifth of torch's.
    """
    last = before.numpy()
    for keep, now in zip(kept.numpy(), c.numpy(), strict=True):
        now += keep * last
        last = now
    return c


def products(cell: Cell, x: Tensor, previous: Tensor) -> tuple[Tensor, Tensor]:
    """x [T, E] and h(t-1) [T, H] -> W_ih x + b_ih and W_hh h + b_hh, each [T, G*H]."""
    w_ih, w_hh = cell.weights[:2]
    if not cell.has_bias:
        return x @ w_ih.T, previous @ w_hh.T
    return torch.addmm(cell.weights[2], x, w_ih.T), torch.addmm(cell.weights[3], previous, w_hh.T)


def lstm_gates(cell: Cell, x: Tensor, previous: Tensor, c_before: Tensor) -> Tensors:
    """torch.nn.LSTM's i, f, g, o and c, each [T, H]; `c_before` [H] is c just before row 0."""
    from_x, from_h = products(cell, x, previous)
    i, f, g, o = from_x.add_(from_h).chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c = scan(f, i * g, c_before)
    return {"c": c, "gate.i": i, "gate.f": f, "gate.g": g, "gate.o": o}


def gru_gates(cell: Cell, x: Tensor, previous: Tensor) -> Tensors:
    """torch.nn.GRU's r, z, n and hn = W_hn h + b_hn (scaled by r inside n's tanh), each [T, H]."""
    from_x, from_h = products(cell, x, previous)
    x_r, x_z, x_n = from_x.chunk(3, dim=1)
    h_r, h_z, h_n = from_h.chunk(3, dim=1)
    r, z, hn = torch.sigmoid(x_r + h_r), torch.sigmoid(x_z + h_z), h_n.contiguous()
    return {"gate.r": r, "gate.z": z, "gate.n": torch.tanh(x_n + r * hn), "gate.hn": hn}


def read_cell(cell: Cell, x: Tensor, rows: range, gates: bool) -> tuple[Tensor, Tensors]:
    """x [T, E] in reading order -> h [T, H] of all steps, and h, c and gates of `rows`."""
    h, found, _ = read_on(cell, x, rows, gates, zeros(cell, x))
    return h, found


def read_on(
    cell: Cell, x: Tensor, rows: range, gates: bool, state: tuple[Tensor, ...]
) -> tuple[Tensor, Tensors, tuple[Tensor, ...]]:
    """The same from any state, each [1, 1, H]; also the state after the last step."""
    steps, start = x.unsqueeze(1), rows.start
    h, state = fused(cell, steps[:start], state) if start else (None, state)
    out, last = fused(cell, steps[start:], state)
    rest = out[:, 0]
    all_h = rest if h is None else torch.cat([h[:, 0], rest])
    if not gates:
        return all_h, {"h": all_h[rows.start : rows.stop].clone()}, last
    now = rest[: len(rows)].clone()
    previous = torch.cat([state[0][0], now[:-1]])
    window = x[rows.start : rows.stop]
    if cell.mode == "LSTM":
        found = lstm_gates(cell, window, previous, state[1][0, 0])
    else:
        found = gru_gates(cell, window, previous) if cell.mode == "GRU" else {}
    return all_h, {"h": now, **found}, last


class ReadCell(Protocol):
    """Reads x [T, E] with one cell, as `read_cell` does; `prefix` names it in a trace."""

    def __call__(
        self, prefix: str, cell: Cell, x: Tensor, rows: range, gates: bool
    ) -> tuple[Tensor, Tensors]: ...


def plainly(prefix: str, cell: Cell, x: Tensor, rows: range, gates: bool) -> tuple[Tensor, Tensors]:
    """The cell as it was trained, whatever its name."""
    return read_cell(cell, x, rows, gates)


def read(
    layer: Layer, x: Tensor, rows: range, gates: bool = True, one: ReadCell = plainly
) -> tuple[Tensor, Tensors]:
    """x [T, E] -> the layer's output [T, D*H], and every stored tensor for `rows`.

    Row t is what was there after token t, for the reverse direction too: it has then read the
    text from its end back to token t. `one` reads for one level and direction.
    """
    module, found = layer.module, {}
    assert isinstance(module, nn.RNNBase)
    for level in range(module.num_layers):
        outputs = []
        for direction in directions(module):
            back = direction == "_reverse"
            seen = range(len(x) - rows.stop, len(x) - rows.start) if back else rows
            order = x.flip(0) if back else x
            prefix = f"{layer.name}.l{level}{direction}"
            h, tensors = one(prefix, cell(module, level, direction), order, seen, gates)
            outputs.append(h.flip(0) if back else h)
            for name, value in tensors.items():
                found[f"{prefix}.{name}"] = value.flip(0) if back else value
        x = torch.cat(outputs, dim=1) if len(outputs) > 1 else outputs[0]
    return x, found

"""The backward pass of one recurrent cell, a step at a time, for many error signals at once.

    gates and states of rows --linearise--> Tape
    Tape.back(t, signals on s_t) --> signals on the gates' sums [N, G*H], on s_(t-1) [N, H]

s_t is the state as it is passed on to step t+1: h_t; of an LSTM h_t and c_t, each taken as a
variable of its own. A signal is a row vector dy/ds_t; with the unit vectors as N signals the same
pass gives whole Jacobians. Formulas: the chain rule on torch's own variants of the cells (Elman
1990; Hochreiter and Schmidhuber 1997 with a forget gate; Cho et al. 2014, r inside n's tanh).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from app.tracing.recurrent import Cell

Tensors = Mapping[str, Tensor]
State = tuple[Tensor, ...]  # signals on (h,) or on (h, c), each [N, H]
Back = Callable[["Tape", int, State], tuple[Tensor, Tensor, State]]


@dataclass(frozen=True)
class Tape:
    """One cell made linear around what it computed at R rows; float64.

    `slopes`: the derivatives [R, H] that each kind of cell needs; `w_ih` [G*H, E], `w_hh` [G*H, H].
    """

    mode: str
    w_ih: Tensor
    w_hh: Tensor
    slopes: Tensors

    def back(self, t: int, signals: State) -> tuple[Tensor, Tensor, State]:
        """Signals on s_t -> those on the gates' sums at t and on s_(t-1).

        Returns the signals on W_ih x + b_ih [N, G*H], on W_hh h + b_hh [N, G*H] (the same but for
        n of a GRU) and on the state [N, H].
        """
        from_x, from_h, kept = BACK[self.mode](self, t, signals)
        h = from_h @ self.w_hh
        if self.mode == "LSTM":
            return from_x, from_h, (h, kept[0])
        return from_x, from_h, (h + kept[0] if kept else h,)

    def carry(self, t: int, signals: State) -> State:
        """Signals on s_t -> on s_(t-1) alone: what `back` gives of it, quicker for many signals,
        since the slopes multiply W_hh [G*H, H] once instead of every signal.
        """
        h, memory = signals[0], self.at(t, signals)
        parts = self.w_hh.split(self.w_hh.shape[1])
        inner = MATRIX[self.mode](self, t, parts)
        if self.mode == "LSTM":
            shown = self.slopes["o"][t][:, None] * parts[3]
            return torch.addmm(memory @ inner, h, shown), memory * self.slopes["kept"][t]
        out = h @ inner
        return (out.addcmul_(h, self.slopes["kept"][t]) if "kept" in self.slopes else out,)

    def at(self, t: int | slice, signals: State) -> Tensor:
        """The whole signal on the memory at row t [N, H], or at rows [R, N, H]: of an LSTM on c_t,
        with what h_t shows of it; of others on h_t.
        """
        if self.mode != "LSTM":
            return signals[0]
        shown = self.slopes["shown"][t]
        return torch.addcmul(
            signals[1], signals[0], shown if isinstance(t, int) else shown[:, None]
        )


def linearise(cell: Cell, rows: Tensors, before: State) -> Tape:
    """`rows`: h, c and gates of R rows, each [R, H]; `before`: the state just before them, [H]."""
    known = {name: value.double() for name, value in rows.items()}
    first = [value.double().reshape(1, -1) for value in before]
    known["h_before"] = torch.cat([first[0], known["h"][:-1]])
    if cell.mode == "LSTM":
        known["c_before"] = torch.cat([first[1], known["c"][:-1]])
    w_ih, w_hh = (weight.detach().double() for weight in cell.weights[:2])
    return Tape(cell.mode, w_ih, w_hh, SLOPES[cell.mode](known))


def lstm_slopes(k: Tensors) -> Tensors:
    """i, f, g: of the gates' sums on c; o: on h; shown: dh/dc; kept: dc/dc_before."""
    i, f, g, o, squashed = k["gate.i"], k["gate.f"], k["gate.g"], k["gate.o"], torch.tanh(k["c"])
    return {
        "i": g * i * (1 - i),
        "f": k["c_before"] * f * (1 - f),
        "g": i * (1 - g * g),
        "o": squashed * o * (1 - o),
        "shown": o * (1 - squashed * squashed),
        "kept": f,
    }


def gru_slopes(k: Tensors) -> Tensors:
    """z, n: of the gates' sums on h; r: of r's sum on n's; reset: r itself; kept: z."""
    r, z, n = k["gate.r"], k["gate.z"], k["gate.n"]
    return {
        "z": (k["h_before"] - n) * z * (1 - z),
        "n": (1 - z) * (1 - n * n),
        "r": k["gate.hn"] * r * (1 - r),
        "reset": r,
        "kept": z,
    }


def lstm_back(tape: Tape, t: int, signals: State) -> tuple[Tensor, Tensor, State]:
    """dc = signal on c, h's share included; the gates in torch's order i, f, g, o."""
    slopes, h = tape.slopes, signals[0]
    c = tape.at(t, signals)
    sums = torch.cat([c * slopes["i"][t], c * slopes["f"][t], c * slopes["g"][t],
                      h * slopes["o"][t]], dim=1)  # fmt: skip
    return sums, sums, (c * slopes["kept"][t],)


def gru_back(tape: Tape, t: int, signals: State) -> tuple[Tensor, Tensor, State]:
    """r, z, n in torch's order; what comes from h passes r before it enters n."""
    slopes, h = tape.slopes, signals[0]
    n, z = h * slopes["n"][t], h * slopes["z"][t]
    r = n * slopes["r"][t]
    from_h = torch.cat([r, z, n * slopes["reset"][t]], dim=1)
    return torch.cat([r, z, n], dim=1), from_h, (h * slopes["kept"][t],)


def plain_back(tape: Tape, t: int, signals: State) -> tuple[Tensor, Tensor, State]:
    """One squash, nothing kept beside it."""
    sums = signals[0] * tape.slopes["squash"][t]
    return sums, sums, ()


def lstm_matrix(tape: Tape, t: int, parts: tuple[Tensor, ...]) -> Tensor:
    """d c_t/d h_(t-1) [H, H]: through i, f and g."""
    i, f, g = (tape.slopes[gate][t][:, None] for gate in "ifg")
    return (i * parts[0]).addcmul_(f, parts[1]).addcmul_(g, parts[2])


def gru_matrix(tape: Tape, t: int, parts: tuple[Tensor, ...]) -> Tensor:
    """d h_t/d h_(t-1) [H, H] through r, z and n; what is kept comes beside it."""
    n, z = tape.slopes["n"][t][:, None], tape.slopes["z"][t][:, None]
    r, reset = n * tape.slopes["r"][t][:, None], n * tape.slopes["reset"][t][:, None]
    return (r * parts[0]).addcmul_(z, parts[1]).addcmul_(reset, parts[2])


def plain_matrix(tape: Tape, t: int, parts: tuple[Tensor, ...]) -> Tensor:
    """d h_t/d h_(t-1) [H, H]."""
    return tape.slopes["squash"][t][:, None] * parts[0]


MATRIX: dict[str, Callable[[Tape, int, tuple[Tensor, ...]], Tensor]] = {
    "LSTM": lstm_matrix,
    "GRU": gru_matrix,
    "RNN_TANH": plain_matrix,
    "RNN_RELU": plain_matrix,
}
SLOPES: dict[str, Callable[[Tensors], Tensors]] = {
    "LSTM": lstm_slopes,
    "GRU": gru_slopes,
    "RNN_TANH": lambda k: {"squash": 1 - k["h"] * k["h"]},
    "RNN_RELU": lambda k: {"squash": (k["h"] > 0).double()},
}
BACK: dict[str, Back] = {
    "LSTM": lstm_back,
    "GRU": gru_back,
    "RNN_TANH": plain_back,
    "RNN_RELU": plain_back,
}

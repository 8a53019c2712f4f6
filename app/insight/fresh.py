"""A cell that was never trained: how much of an error signal it passes back, n steps.

    seed --generator--> weights, inputs x [T, 32] --torch's layer, read_cell--> gates, states
      unit vectors on s_T --backward.Tape, n rows--> d s_T/d s_(T-n) --spectral norm--> log10
      loss of a fresh two-class head at step T --the same--> d loss/d weights --clipping--> norms

s is what is passed on from step to step: h of a tanh RNN and a GRU, (h, c) of an LSTM. float64.
Clipping (Pascanu, Mikolov and Bengio 2013) scales d loss/d weights once it is computed; it has no
part in d s_T/d s_(T-n), which is the cell's own.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from app.insight.backward import Tape, linearise
from app.insight.gradients import Factor
from app.tracing.recurrent import Tensors, cell, read_cell

INPUTS = 32
BURN_IN = 20  # first steps, whose states are still near zero: the curve does not reach into them
SHORTEST, LONGEST, WIDEST, MOST_SEEDS = 30, 400, 128, 10
# Where the slope is measured: after the first steps back, over what most lengths reach.
SLOPE = (20, 100)
# length × hidden³ × seeds of one request: ten seeds of 200 steps, 64 wide, four times over.
WORK = 4 * 10 * 200 * 64**3
NOTHING = -300.0  # log10 of a norm that is 0 in float64
KINDS: dict[str, Callable[..., nn.RNNBase]] = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}
KEEPS = {"lstm": ("gate.f", 1), "gru": ("gate.z", 1)}  # the gate that keeps, and its place


@dataclass(frozen=True)
class Lab:
    """A fresh cell. `scale` multiplies W_hh; `forget_bias` is added to the bias of the gate that
    keeps (LSTM f, GRU z; a tanh RNN has none); `inputs` "normal" is N(0, 1), "zero" is no input
    and no bias but that one; `clip` is the largest norm of d loss/d weights, None for no clipping.
    """

    cell: str = "lstm"
    length: int = 200
    hidden: int = 64
    inputs: str = "normal"
    init: str = "torch"
    scale: float = 1.0
    forget_bias: float = 0.0
    clip: float | None = None
    seeds: int = 10


@dataclass(frozen=True)
class Run:
    """One seed: `logs` log10 of the norm at each of points(); `kept` the mean of the gate that
    keeps; `whole`, `recurrent` norms of d loss/d all weights and /dW_hh, (before, after clipping).
    """

    logs: list[float]
    kept: float | None
    whole: tuple[float, float]
    recurrent: tuple[float, float]


def most_seeds(length: int, hidden: int) -> int:
    """How many seeds one request may measure: wide cells over long sequences cost most."""
    return max(1, min(MOST_SEEDS, WORK // (length * hidden**3)))


def points(length: int) -> list[int]:
    """The distances n that are measured: close together near the end, then evenly."""
    reach = length - BURN_IN
    step = 10 if reach <= 200 else 20
    near = [1, 2, 3, 5, 7, 10, 15, *SLOPE, *slope_range(length)]
    return sorted({n for n in [*near, *range(step, reach + 1, step), reach] if 1 <= n <= reach})


def slope_range(length: int) -> tuple[int, int]:
    """From where to where the factor is measured; of a short sequence, its last four fifths."""
    reach = length - BURN_IN
    return min(SLOPE[0], max(1, reach // 5)), min(SLOPE[1], reach)


def run(lab: Lab, seed: int, ns: Sequence[int] | None = None) -> Run:
    """Everything that is measured of one seed; the norms at `ns`, or at points()."""
    random = torch.Generator().manual_seed(seed)
    net = fresh(lab, random)
    x = torch.zeros(lab.length, INPUTS, dtype=torch.float64)
    if lab.inputs == "normal":
        x.normal_(generator=random)
    with torch.no_grad():
        one = cell(net, 0, "")
        rows = read_cell(one, x, range(lab.length), True)[1]
        none = torch.zeros(lab.hidden, dtype=torch.float64)
        tape = linearise(one, rows, (none, none))
        logs = curve(tape, lab, points(lab.length) if ns is None else ns)
        weights = clipped(tape, x, rows, lab.clip, random)
    keeps = KEEPS.get(lab.cell)
    kept = float(rows[keeps[0]].mean()) if keeps else None
    return Run(logs, kept, *weights)


def fresh(lab: Lab, random: torch.Generator) -> nn.RNNBase:
    """Torch's layer with weights drawn as torch draws them, or W_hh orthogonal, block by block."""
    net = KINDS[lab.cell](INPUTS, lab.hidden, dtype=torch.float64)
    reach = 1 / math.sqrt(lab.hidden)
    with torch.no_grad():
        for weight in net.parameters():
            weight.uniform_(-reach, reach, generator=random)
        recurrent = net.get_parameter("weight_hh_l0")
        if lab.init == "orthogonal":
            for block in recurrent.split(lab.hidden):
                drawn = torch.empty_like(block).normal_(generator=random)
                block.copy_(torch.linalg.qr(drawn)[0])
        recurrent.mul_(lab.scale)
        if lab.inputs == "zero":
            net.get_parameter("bias_ih_l0").zero_()
            net.get_parameter("bias_hh_l0").zero_()
        if lab.cell in KEEPS:
            parts = net.get_parameter("bias_ih_l0").split(lab.hidden)
            parts[KEEPS[lab.cell][1]].add_(lab.forget_bias)
    return net


def curve(tape: Tape, lab: Lab, ns: Sequence[int]) -> list[float]:
    """log10 of the spectral norm of d s_T/d s_(T-n) at every n of `ns`, which ascend."""
    parts = 2 if tape.mode == "LSTM" else 1
    unit = torch.eye(parts * lab.hidden, dtype=torch.float64)
    signals: tuple[Tensor, ...] = unit.split(lab.hidden, dim=1)
    logs: list[float] = []
    size = 0.0
    for n in range(1, ns[-1] + 1):
        signals = tape.carry(lab.length - n, signals)
        if n in ns:
            # Scaled to about 1, so that neither the product nor its square leaves float64.
            far = max(float(part.abs().max()) for part in signals)
            if far == 0:
                return [*logs, *[NOTHING] * (len(ns) - len(logs))]
            signals = tuple(part / far for part in signals)
            size += math.log10(far)
            logs.append(size + math.log10(spectral(torch.cat(signals, dim=1))))
    return logs


def spectral(jacobian: Tensor) -> float:
    """The largest singular value: the root of the largest eigenvalue of J J^T, which takes half
    the time and is as exact for the largest one.
    """
    return math.sqrt(float(torch.linalg.eigvalsh(jacobian @ jacobian.T)[-1]))


def clipped(
    tape: Tape, x: Tensor, rows: Tensors, clip: float | None, random: torch.Generator
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Norms of d loss/d all weights of the cell and of d loss/d W_hh, before and after clipping.

    The loss is the cross-entropy of class 0 of two, by a fresh head on h_T. Clipping is that of
    torch.nn.utils.clip_grad_norm_: all gradients × min(1, clip / (norm + 1e-6)).
    """
    h = rows["h"]
    reach = 1 / math.sqrt(h.shape[1])
    head = torch.empty(2, h.shape[1], dtype=torch.float64).uniform_(-reach, reach, generator=random)
    wrong = torch.softmax(head @ h[-1], 0) - torch.tensor([1.0, 0.0], dtype=torch.float64)
    state = ((wrong @ head)[None], *((torch.zeros_like(h[:1]),) if tape.mode == "LSTM" else ()))
    from_x, from_h = (torch.zeros(len(h), len(tape.w_hh), dtype=torch.float64) for _ in range(2))
    for t in reversed(range(len(h))):
        from_x[t], from_h[t], state = tape.back(t, state)
    recurrent = float((from_h[1:].T @ h[:-1]).norm())
    others = [from_x.T @ x, from_x.sum(dim=0), from_h.sum(dim=0)]  # W_ih and both biases
    whole = math.hypot(recurrent, *(float(slope.norm()) for slope in others))
    held = 1.0 if clip is None else min(1.0, clip / (whole + 1e-6))
    return (whole, whole * held), (recurrent, recurrent * held)


def factor(ns: Sequence[int], logs: Sequence[float], length: int) -> Factor:
    """The slope of the mean curve between the two ends of slope_range(), as a factor a step."""
    start, stop = slope_range(length)
    rise = logs[ns.index(stop)] - logs[ns.index(start)]
    return Factor(10 ** (rise / (stop - start)), start, stop)


def mean(runs: Sequence[Run]) -> list[float]:
    """The mean of log10 over seeds, at every n: the log of the geometric mean of the norms."""
    return [math.fsum(column) / len(runs) for column in zip(*(r.logs for r in runs), strict=True)]

"""How much of the error signal is left, word by word, on its way back through a trained reader.

    x [1, T] --layers, levels--> h [T, H] --head--> logits of the last word
      loss = -log softmax(logits)[class]            answer = logits[class]
      d loss/d h_t, d loss/d c_t  <--- backward.Tape, row by row, from the last --- d loss/d h_T
      d answer/d x_t  <-------------- through every level down to the word's row of the table

d/dh_t: h_t as it is passed on, to step t+1 and to what reads it above; an LSTM's c_t held fixed.
d/dc_t: the LSTM's cell, with what h_t shows of it. Both are what autograd gives. All in float64
from the trace's own gates. Of a longer text the last MOST words are followed, from the state that
the whole text before them left: they are exact, and cost T·H·(E + H) each.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn

from app.core.errors import Unprocessable
from app.insight.backward import Tape, linearise
from app.nets.layers import RECURRENT
from app.tracing import Plan
from app.tracing.chain import Layer, call
from app.tracing.recurrent import Tensors, cell, read_cell

MOST = 512
FLOOR = 1e-12  # of the signal at the last word: below it nothing is left to learn from
FEWEST = 3  # words between which a slope is measured


class Factor(NamedTuple):
    """× `value` a step, measured from `start` to `stop` words before the last."""

    value: float
    start: int
    stop: int


@dataclass(frozen=True)
class Gradients:
    """L2 norms, float64, for the R words from `first` on: loss_h [R], loss_c [R] (LSTM only),
    answer_x [R]; `loss` in nats, `answer` the logit, `target` the class, `layer` whose states they
    are.
    """

    first: int
    loss_h: Tensor
    loss_c: Tensor | None
    answer_x: Tensor
    loss: float
    target: int
    layer: str
    answer: float


class Level(NamedTuple):
    """One level of a recurrent layer, ready to go back through."""

    name: str
    tape: Tape


class Flat(NamedTuple):
    """A layer without memory, and the rows it read [1, R, D]."""

    layer: Layer
    x: Tensor


def gradients(plan: Plan, x: Tensor, target: int | None = None) -> Gradients:
    """Norms of the gradients through time of a one-directional reader on x [1, T].

    `target` None is the class answered. Raises Unprocessable where a network does not read from
    first to last.
    """
    check(plan)
    first = max(0, x.shape[1] - MOST)
    walked, h = forward(plan, x, first)
    head = plan.layers[last_place(plan) + 1 :]
    logits, seeds, target = signals(head, h, target)  # seeds [2, H]: loss, answer
    rows = x.shape[1] - first
    onto = torch.zeros(rows, 2, seeds.shape[1], dtype=torch.float64)
    onto[-1] = seeds
    top = walked[-1]
    assert isinstance(top, Level)
    h_norms, c_norms, onto = through(top.tape, onto)
    for part in reversed(walked[:-1]):
        onto = through(part.tape, onto)[2] if isinstance(part, Level) else pulled(part, onto)
    loss = float(torch.logsumexp(logits, 0) - logits[target])
    has_c = top.tape.mode == "LSTM"
    answer_x = onto[:, 1].norm(dim=1)
    return Gradients(
        first, h_norms[:, 0], c_norms[:, 0] if has_c else None, answer_x, loss, target, top.name,
        float(logits[target]),
    )  # fmt: skip


def check(plan: Plan) -> None:
    """Raises Unprocessable for what has no error signal that goes from the last word back."""
    readers = [layer.module for layer in plan.layers if isinstance(layer.module, RECURRENT)]
    if not readers:
        raise Unprocessable("This network has no steps: it reads its input at once.")
    if any(reader.bidirectional for reader in readers):
        raise Unprocessable(
            "This network reads from both ends, so its error signal goes both ways. "
            "Choose a network that reads from left to right."
        )


def last_place(plan: Plan) -> int:
    """The place of the last recurrent layer in the order of the run."""
    return max(k for k, layer in enumerate(plan.layers) if isinstance(layer.module, RECURRENT))


def forward(plan: Plan, x: Tensor, first: int) -> tuple[list[Level | Flat], Tensor]:
    """x [1, T] -> what was walked, from the table of words up, and the last h [1, 1, H]."""
    walked: list[Level | Flat] = []
    with torch.no_grad():
        for layer in plan.layers[: last_place(plan) + 1]:
            if isinstance(layer.module, RECURRENT):
                for level in levels(layer, x[0], first):
                    walked.append(level[0])
                    x = level[1].unsqueeze(0)
            else:
                if x.is_floating_point():
                    walked.append(Flat(layer, x[:, first:]))
                x = call(layer, x)
    return walked, x[:, -1:]


def levels(layer: Layer, x: Tensor, first: int) -> Iterator[tuple[Level, Tensor]]:
    """x [T, E] -> level by level, its tape over the rows from `first` on, and h [T, H]."""
    module = layer.module
    assert isinstance(module, nn.RNNBase)
    for number in range(module.num_layers):
        one = cell(module, number, "")
        # One row more than is followed, if there is one: it holds the state before the first.
        start = max(0, first - 1)
        x_out, rows = read_cell(one, x, range(start, len(x)), True)
        tape = linearise(one, *split(rows, first - start))
        yield Level(f"{layer.name}.l{number}", tape), x_out
        x = x_out


def split(rows: Tensors, lead: int) -> tuple[Tensors, tuple[Tensor, ...]]:
    """Rows of a trace -> those after `lead` (0 or 1), and the state (h, c) before them."""
    states = [rows[name] for name in ("h", "c") if name in rows]
    before = tuple(state[0] if lead else torch.zeros_like(state[0]) for state in states)
    return {name: value[lead:] for name, value in rows.items()}, before


def signals(head: list[Layer], h: Tensor, target: int | None) -> tuple[Tensor, Tensor, int]:
    """h [1, 1, H] -> logits [K], the gradients on h of loss and answer [2, H], and the class."""
    with torch.enable_grad():
        h = x = h.detach().requires_grad_(True)
        for layer in head:
            x = call(layer, x)
        logits = x[0, -1]
        exact = logits.detach().double()
        target = int(exact.argmax()) if target is None else target
        wanted = torch.eye(len(exact), dtype=torch.float64)[target]
        ways = torch.stack([torch.softmax(exact, 0) - wanted, wanted])
        seeds = [torch.autograd.grad(logits, h, way.to(h.dtype), retain_graph=True)[0][0, -1]
                 for way in ways]  # fmt: skip
    return exact, torch.stack(seeds).double(), target


def through(tape: Tape, onto: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Signals that reach each row's h from above [R, N, H] -> norms of the whole signals on h and
    on the memory [R, N], and the signals on the rows read [R, N, E].
    """
    # h and, of an LSTM, c: the whole signals at every row, filled from the last row back.
    whole = [torch.zeros_like(onto) for _ in range(1 + (tape.mode == "LSTM"))]
    sums = onto.new_empty(len(onto), onto.shape[1], tape.w_ih.shape[0])
    whole[0] += onto
    for t in reversed(range(len(onto))):
        sums[t], _, before = tape.back(t, tuple(signal[t] for signal in whole))
        if t:
            for signal, arrived in zip(whole, before, strict=True):
                signal[t - 1] += arrived
    memory = tape.at(slice(None), tuple(whole))
    return whole[0].norm(dim=2), memory.norm(dim=2), sums @ tape.w_ih


def pulled(part: Flat, onto: Tensor) -> Tensor:
    """Signals on a layer's output [R, N, D'] -> on what it read [R, N, D]."""
    with torch.enable_grad():
        x = part.x.detach().requires_grad_(True)
        out = call(part.layer, x)
        ways = onto.to(out.dtype).unbind(1)
        found = [torch.autograd.grad(out, x, way[None], retain_graph=True)[0][0] for way in ways]
    return torch.stack(found, dim=1).double()


def factor(norms: Tensor) -> Factor | None:
    """The slope of log10 norm over the distance from the last word, as a factor a step.

    Least squares over the words next to the end whose norm is at least FLOOR of the last one's;
    None where these are fewer than FEWEST. It describes this sentence, no more.
    """
    last = float(norms[-1])
    if not last > 0:
        return None
    shares = (norms.flip(0) / last).tolist()
    stop = next((n for n, share in enumerate(shares) if share < FLOOR), len(shares))
    if stop < FEWEST:
        return None
    logs = [math.log10(share) for share in shares[:stop]]
    middle, mean = (stop - 1) / 2, sum(logs) / stop
    rise = sum((n - middle) * (log - mean) for n, log in enumerate(logs))
    spread = sum((n - middle) ** 2 for n in range(stop))
    return Factor(10 ** (rise / spread), 0, stop - 1)

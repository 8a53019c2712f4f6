"""Beam search: a translator writes several beginnings at once and keeps the likeliest.

    start mark --decoder--> ln p of every piece --the `width` beginnings with the largest sums-->
      one more piece each --> … until `width` of them have ended, or are as long as allowed

Beginnings of one step are equally long, so their sums of ln p are compared as they are; those that
have ended are compared by the mean of ln p over their pieces, the end mark counted, for a sum would
favour short sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor

from app.inputs.subwords import END, PAD, START, UNKNOWN
from app.nets.translator import Translator

WIDTH, WIDEST = 4, 8
LONGEST = 60  # pieces that are written, at most
NEVER = (PAD, START, UNKNOWN)  # rows that are read, never written

Fate = Literal["kept", "ended", "dropped"]


@dataclass(frozen=True)
class Candidate:
    """One way to go on at a step: `parent` is the place of the beginning among those kept at the
    step before, `total` the sum of ln p until here.
    """

    parent: int
    row: int
    total: float
    fate: Fate


@dataclass(frozen=True)
class Hypothesis:
    """A sentence that was written: its rows (the end mark last, unless it was cut off), ln p of
    each.
    """

    rows: list[int]
    logs: list[float]

    @property
    def score(self) -> float:
        """The mean of ln p."""
        return sum(self.logs) / len(self.logs)


@dataclass(frozen=True)
class Searched:
    """Sentences best first; for every step its candidates, likeliest first: twice as many as are
    kept.
    """

    found: list[Hypothesis]
    steps: list[list[Candidate]]


def longest(source: int) -> int:
    """How many pieces are written at most for a sentence of `source` pieces."""
    return min(LONGEST, 2 * source + 10)


@torch.inference_mode()
def search(net: Translator, source: Tensor, width: int = WIDTH) -> Searched:
    """Source [1, S] with its end mark -> the sentences found."""
    states, h = net.read(source)
    live = [Hypothesis([], [])]
    ended: list[Hypothesis] = []
    steps: list[list[Candidate]] = []
    for _ in range(longest(source.shape[1])):
        last = torch.tensor([[one.rows[-1] if one.rows else START] for one in live])
        logits, h, _ = net.write(last, h, states.expand(len(live), -1, -1))
        logs = torch.log_softmax(logits[:, 0], dim=-1)
        step = candidates(live, logs, width)
        steps.append(step)
        grown = [(one, extended(live[one.parent], one.row, logs[one.parent])) for one in step]
        ended += [hypothesis for one, hypothesis in grown if one.fate == "ended"]
        kept = [(one.parent, hypothesis) for one, hypothesis in grown if one.fate == "kept"]
        live = [hypothesis for _, hypothesis in kept]
        if len(ended) >= width or not live:
            break
        h = h[[parent for parent, _ in kept]]
    # One that was cut off at the longest length stands behind all that have ended.
    rest = [] if ended else live
    return Searched(sorted(ended or rest, key=lambda one: -one.score), steps)


def candidates(live: list[Hypothesis], logs: Tensor, width: int) -> list[Candidate]:
    """ln p [B, V] after each beginning -> the 2 `width` likeliest ways to go on. An end mark counts
    among the first `width`; of the others the first `width` are kept.
    """
    sums = torch.tensor([sum(one.logs) for one in live]).unsqueeze(1)
    totals = sums + logs
    totals[:, list(NEVER)] = -torch.inf
    best = totals.flatten().topk(min(2 * width, totals.numel() - len(NEVER) * len(live)))
    found: list[Candidate] = []
    kept = 0
    for place, (total, flat) in enumerate(zip(best.values.tolist(), best.indices.tolist(),
                                              strict=True)):  # fmt: skip
        parent, row = divmod(flat, logs.shape[1])
        fate: Fate = "dropped"
        if row == END:
            fate = "ended" if place < width else "dropped"
        elif kept < width:
            fate, kept = "kept", kept + 1
        found.append(Candidate(parent, row, total, fate))
    return found


def extended(one: Hypothesis, row: int, logs: Tensor) -> Hypothesis:
    """A beginning and one more piece, of which ln p [V] are given."""
    return Hypothesis([*one.rows, row], [*one.logs, float(logs[row])])

"""Detectors: convolutions of which the last gives objectness, a box and classes in every cell.

    pictures [N, C, S, S] --net--> maps [N, 5 + K, h, w] --decode--> Cells
    boxes of each picture --targets: the cells in the middle part of a box--> Targets
      --> loss = objectness + box + class

In a positive cell objectness is trained to be the overlap (IoU) that its box has with the thing
(Redmon et al. 2016), the box by generalised IoU (Rezatofighi et al. 2019), the class by
cross-entropy. In the others a thing of a class that is labelled in this picture is to be
improbable: -log(1 - objectness × their probabilities), so that what was never labelled in a
picture is neither right nor wrong there.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional as F

from app.insight.boxes import FIRST_CLASS, SIDES, area, decode, middles
from app.nets import SequentialNet
from app.training.fold import fold
from app.training.longer import follow
from app.training.readers import descend

LARGEST = 6.0  # the logarithm of a side in cells is held below it while training


@dataclass(frozen=True)
class Truth:
    """What is in one picture: boxes float32 [N, 4] in pixels, labels int64 [N]."""

    boxes: Tensor
    labels: Tensor


@dataclass(frozen=True)
class Targets:
    """Which cells are positive: their places in the batch [P], row and column [P], the box [P, 4]
    and label [P] of each."""

    picture: Tensor
    row: Tensor
    column: Tensor
    boxes: Tensor
    labels: Tensor


def targets(
    truths: Sequence[Truth], rows: int, columns: int, stride: float, middle: float
) -> Targets:
    """The cells whose middle lies in the `middle` part of a box (a share of its width and height)
    and the one that holds the box's own middle; of several boxes the smallest counts.
    """
    found: list[Tensor] = []
    boxes: list[Tensor] = []
    labels: list[Tensor] = []
    for place, truth in enumerate(truths):
        if not len(truth.labels):
            continue
        x, y = middles(rows, columns, stride, truth.boxes)
        centre = (truth.boxes[:, :2] + truth.boxes[:, 2:]) / 2
        half = (truth.boxes[:, 2:] - truth.boxes[:, :2]) * middle / 2
        # Half a cell at least: the cell that holds the middle is always one of them.
        reach = half.clamp(min=stride / 2)
        across = (x - centre[:, 0, None, None]).abs() <= reach[:, 0, None, None]
        down = (y - centre[:, 1, None, None]).abs() <= reach[:, 1, None, None]
        size = torch.where(across & down, area(truth.boxes)[:, None, None], torch.inf)
        least, which = size.min(dim=0)
        cells = least.isfinite().nonzero()
        chosen = which[cells[:, 0], cells[:, 1]]
        found.append(torch.cat([torch.full((len(cells), 1), place), cells], dim=1))
        boxes.append(truth.boxes[chosen])
        labels.append(truth.labels[chosen])
    if not found:
        none = torch.zeros(0, dtype=torch.int64)
        return Targets(none, none, none, torch.zeros(0, SIDES), none)
    places = torch.cat(found)
    return Targets(places[:, 0], places[:, 1], places[:, 2], torch.cat(boxes), torch.cat(labels))


def iou_pairs(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """Boxes [P, 4] each -> IoU [P], and generalised IoU [P]: less by the share of the smallest
    box around both that neither covers."""
    first, last = torch.maximum(a[:, :2], b[:, :2]), torch.minimum(a[:, 2:], b[:, 2:])
    shared = (last - first).clamp(min=0).prod(dim=1)
    joined = area(a) + area(b) - shared
    low, high = torch.minimum(a[:, :2], b[:, :2]), torch.maximum(a[:, 2:], b[:, 2:])
    around = (high - low).prod(dim=1)
    iou = shared / joined.clamp(min=1e-6)
    return iou, iou - (around - joined) / around.clamp(min=1e-6)


@dataclass(frozen=True)
class Shares:
    """How much each part counts."""

    objectness: float = 1.0
    box: float = 2.0
    classes: float = 1.0


def loss(maps: Tensor, wanted: Targets, labelled: Tensor, stride: float, shares: Shares) -> Tensor:
    """Maps [N, 5 + K, h, w]; `labelled` bool [N, K]: the classes whose things are all labelled in
    the picture. Sums over cells, divided by the number of positive ones.
    """
    n, k = wanted.picture, wanted.row
    held = torch.cat([maps[:, :1], maps[:, 1:FIRST_CLASS].clamp(max=LARGEST),
                      maps[:, FIRST_CLASS:]], dim=1)  # fmt: skip
    cells = decode(held, stride, cut=False)
    boxes = cells.boxes[n, :, k, wanted.column]
    iou, generalised = iou_pairs(boxes, wanted.boxes)
    count = max(len(n), 1)
    right = F.binary_cross_entropy_with_logits(
        maps[n, 0, k, wanted.column], iou.detach().clamp(0, 1), reduction="sum"
    )
    known = (cells.classes * labelled[:, :, None, None]).sum(dim=1)
    empty = -torch.log1p(-(cells.objectness * known).clamp(max=1 - 1e-6))
    elsewhere = torch.ones_like(empty)
    elsewhere[n, k, wanted.column] = 0
    named = F.cross_entropy(maps[n, FIRST_CLASS:, k, wanted.column], wanted.labels, reduction="sum")
    return (
        shares.objectness * (right + (empty * elsewhere).sum())
        + shares.box * (1 - generalised).sum()
        + shares.classes * named
    ) / count


@dataclass(frozen=True)
class Schedule:
    """How a detector is trained: AdamW with one-cycle rate; `middle` is the part of a box whose
    cells answer for it."""

    steps: int
    batch: int = 32
    peak_lr: float = 4e-3
    weight_decay: float = 0.02
    warm_up: float = 0.15  # the share of the steps over which the rate rises
    middle: float = 0.45
    mean_decay: float = 0.998
    shares: Shares = field(default_factory=Shares)


class Batch(NamedTuple):
    """What the net reads [N, C, …], what is in each, and which classes are labelled [N, K]."""

    x: Tensor
    truths: Sequence[Truth]
    labelled: Tensor


def start(net: SequentialNet) -> None:
    """Objectness begins low everywhere (Lin et al. 2017), boxes about three cells wide."""
    last = list(net.children())[-1]
    assert isinstance(last, nn.Conv2d)
    assert last.bias is not None
    with torch.no_grad():
        last.weight.mul_(0.1)
        last.bias.zero_()
        last.bias[0], last.bias[1:FIRST_CLASS] = -3.0, 0.5


def fit(
    net: SequentialNet,
    chain: Sequence[Mapping[str, Any]],
    groups: list[dict[str, Any]],
    how: Schedule,
    draw: Callable[[], Batch],
    size: int,
    out: Path,
    progress: Callable[[str], None],
) -> SequentialNet:
    """Trains on what `draw` gives and leaves weights in `out`; gives the folded running mean.

    `groups` are the parameters as the optimiser wants them, `lr` the share of the rate; `size` px
    are the side of the pictures that boxes are counted in.
    """
    mean = copy.deepcopy(net)
    rates = [how.peak_lr * float(group.pop("lr", 1.0)) for group in groups]
    optimiser = torch.optim.AdamW(groups, weight_decay=how.weight_decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, rates, total_steps=how.steps, pct_start=how.warm_up, cycle_momentum=False
    )
    out.mkdir(parents=True, exist_ok=True)
    summed, began = 0.0, time.monotonic()
    net.train()
    for step in range(1, how.steps + 1):
        x, truths, labelled = draw()
        maps = net(x)
        rows, columns = maps.shape[-2:]
        stride = size / columns
        wanted = targets(truths, rows, columns, stride, how.middle)
        value = loss(maps, wanted, labelled, stride, how.shares)
        descend(net, optimiser, value, 10.0)
        schedule.step()
        follow(mean, net, min(how.mean_decay, step / (step + 10)))
        summed += value.item()
        if step % 100 == 0:
            minutes = (time.monotonic() - began) / 60
            progress(f"step {step}/{how.steps}  loss {summed / 100:.3f}  {minutes:.1f} min")
            summed = 0.0
        if step % 500 == 0:
            save(fold(mean, chain), out / "checkpoint.safetensors")
    final = fold(mean, chain)
    save(final, out / "weights.safetensors")
    return final


def save(net: nn.Module, path: Path) -> None:
    """The state of a net as a safetensors file."""
    save_file({k: v.contiguous() for k, v in net.state_dict().items()}, path)

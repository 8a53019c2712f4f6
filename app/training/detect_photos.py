"""`detect-animals`: kangaroos, raccoons and people in photographs, letterboxed to 160 x 160.

    animals_people_boxes --letterboxed--> [N, 3, 208, 208]
      --mirrored, enlarged, moved, other colours--> [N, 3, 160, 160]
      --first five convolutions of the shipped `photos`, as they are--> kept, 16 views of each
      --its last two, three more, a 1 x 1: trained--> maps [N, 8, 10, 10]
      --> detect.loss; AdamW, one-cycle rate, running mean --> BN folded --> weights

Each source labels only its own class. That people may stand beside an animal is taken into account:
there nothing is said about people. Kangaroos and raccoons are taken to be in no other source's
pictures. Every tenth training picture is never trained on: it was looked at while tuning.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from app.inputs.letterbox import letterboxed, placed
from app.nets import SequentialNet
from app.training import photos
from app.training.augment import colour, uniform
from app.training.detect import Batch, Schedule, Truth, fit, save, start
from app.training.fold import folded_layers
from app.training.packs import load_arrays, pictures, to_tensor
from app.zoo import models_folder
from app.zoo.weights import load_tensors

PACK = "animals_people_boxes"
CLASSES = ["kangaroo", "raccoon", "person"]
PERSON = CLASSES.index("person")
SOURCES = {"kangaroo": "kangaroo", "raccoon": "raccoon", "penn_fudan": "person"}
AVERAGE = tuple(round(255 * v) for v in photos.MEAN)
SIZE, LARGE = 160, 208  # px the network sees; px that are kept to be cut from
TENTH = 10
SEEN = 0.4  # of a box: what shows less of it after a cut is no target
AT_ONCE = 16  # pictures that are changed together


@dataclass(frozen=True)
class Recipe:
    """What decides the result; the card repeats it."""

    seed: int = 0
    backbone: str = "photos"
    backbone_rate: float = 0.2  # of the learning rate
    frozen: str = "pool3"  # the last layer that stays as it is
    views: int = 16  # of each picture
    dropout: float = 0.1
    schedule: Schedule = field(
        default_factory=lambda: Schedule(
            steps=1300, batch=32, peak_lr=2e-3, weight_decay=0.05, middle=0.5, mean_decay=0.995
        )
    )


def layers(recipe: Recipe) -> list[dict[str, Any]]:
    """The trainable chain in the card's notation: the backbone as it is shipped, then our own."""
    backbone = folded_layers(photos.layers(photos.Recipe()))
    ends = [spec["op"] for spec in backbone].index("flatten")
    chain, channels = backbone[:ends], photos.WIDTHS[-1][-1]
    number = sum(len(widths) for widths in photos.WIDTHS)
    for width in (128, 128, 128):
        number += 1
        chain += [
            {"name": f"conv{number}", "op": "conv2d", "in_channels": channels,
             "out_channels": width, "kernel_size": 3, "padding": 1, "bias": False},
            {"name": f"bn{number}", "op": "batch_norm2d", "num_features": width},
            {"name": f"relu{number}", "op": "relu"},
        ]  # fmt: skip
        channels = width
    return [
        *chain,
        {"name": "dropout", "op": "dropout", "p": recipe.dropout},
        {"name": "cells", "op": "conv2d", "in_channels": channels,
         "out_channels": 5 + len(CLASSES), "kernel_size": 1},
    ]  # fmt: skip


@dataclass(frozen=True)
class Photo:
    """One picture of the pack: uint8 [3, S, S], what is labelled in it, and where it is from."""

    picture: Tensor
    truth: Truth
    source: int


def load(data: Path, split: int, size: int) -> list[Photo]:
    """The pack's pictures of a split (0 train, 1 test), letterboxed; boxes in their pixels."""
    arrays = load_arrays(data, PACK)
    places = np.flatnonzero(arrays["split"] == split)
    found: list[Photo] = []
    for place, image in zip(places, pictures(arrays, places), strict=True):
        where = placed(image.width, image.height, size)
        seen = letterboxed(image, where, size, AVERAGE)
        mine = arrays["box_image"] == place
        boxes = torch.tensor([where.inside(box) for box in arrays["boxes"][mine].tolist()])
        truth = Truth(boxes, torch.from_numpy(arrays["box_class"][mine]).long())
        source = CLASSES.index(SOURCES[str(arrays["source"][place])])
        found.append(Photo(to_tensor(seen), truth, source))
    return found


def labelled(source: int) -> list[bool]:
    """Which classes are labelled throughout in a picture of this source."""
    return [k == source or k != PERSON for k in range(len(CLASSES))]


def changed(some: Sequence[Photo], generator: torch.Generator) -> tuple[Tensor, list[Truth]]:
    """A batch, each picture mirrored or not, made 0.75 to 1.6 times as large, moved, its colours
    changed: [N, 3, SIZE, SIZE] in 0..1 and what is still in it. Beyond the picture is average."""
    n = len(some)
    x = torch.stack([photo.picture for photo in some]).float() / 255
    zoom = torch.exp(uniform(n, np.log(0.75), np.log(1.6), generator))
    stretch = torch.exp(uniform(n, -0.15, 0.15, generator))
    wide, high = zoom * stretch, zoom / stretch
    mirror = torch.where(torch.rand(n, generator=generator) < 0.5, -1.0, 1.0)
    free = torch.stack([(wide - 1).abs(), (high - 1).abs()], dim=1).clamp(min=0.15)
    move = torch.stack([uniform(n, -1, 1, generator) for _ in "xy"], dim=1) * free  # half sides
    theta = torch.zeros(n, 2, 3)
    theta[:, 0, 0], theta[:, 1, 1] = mirror / wide, 1 / high
    theta[:, 0, 2], theta[:, 1, 2] = -move[:, 0] * mirror / wide, -move[:, 1] / high
    mean = torch.tensor(photos.MEAN).view(3, 1, 1)
    grid = F.affine_grid(theta, [n, 3, SIZE, SIZE], align_corners=False)
    seen = F.grid_sample(colour(x, generator) - mean, grid, align_corners=False) + mean
    truths = []
    for k, photo in enumerate(some):
        scale = torch.stack([mirror[k] * wide[k], high[k]]).repeat(2)
        ends = photo.truth.boxes / LARGE * 2 - 1  # -1..1
        boxes = (ends * scale + move[k].repeat(2) + 1) / 2 * SIZE
        if mirror[k] < 0:
            boxes = boxes[:, [2, 1, 0, 3]]
        truths.append(still_there(boxes, photo.truth.labels))
    return seen, truths


def still_there(boxes: Tensor, labels: Tensor) -> Truth:
    """Boxes cut at the edge; those of which too little shows are left out."""
    cut = boxes.clamp(0, SIZE)
    sizes, whole = ((b[:, 2:] - b[:, :2]).clamp(min=0) for b in (cut, boxes))
    kept = (sizes.prod(1) > SEEN * whole.prod(1)) & (sizes.amin(1) > 4)
    return Truth(cut[kept], labels[kept])


def train(
    data: Path, out: Path, recipe: Recipe, progress: Callable[[str], None] = print
) -> SequentialNet:
    """Trains and leaves weights in `out`; gives the folded running mean."""
    torch.manual_seed(recipe.seed)
    generator = torch.Generator().manual_seed(recipe.seed)
    known = [photo for k, photo in enumerate(load(data, 0, LARGE)) if k % TENTH]
    chain = layers(recipe)
    cut = 1 + [spec["name"] for spec in chain].index(recipe.frozen)
    backbone = load_tensors(models_folder() / recipe.backbone / "weights.safetensors")
    frozen, head = SequentialNet(chain[:cut]).eval(), SequentialNet(chain[cut:])
    start(head)
    for net in (frozen, head):
        own = net.state_dict()
        net.load_state_dict({k: v for k, v in backbone.items() if k in own}, strict=False)
    seen = views(frozen, known, recipe.views, generator)
    progress(f"{len(known)} pictures, {recipe.views} views of each")
    which = torch.tensor([labelled(photo.source) for photo in known])
    count = recipe.schedule.batch
    order: list[int] = []

    def draw() -> Batch:
        while len(order) < count:
            order.extend(torch.randperm(len(known), generator=generator).tolist())
        some = [order.pop() for _ in range(count)]
        taken = torch.randint(recipe.views, (count,), generator=generator).tolist()
        x = torch.stack([seen[v].x[k] for v, k in zip(taken, some, strict=True)]).float()
        truths = [seen[v].truths[k] for v, k in zip(taken, some, strict=True)]
        return Batch(x, truths, which[some])

    slow = [p for name, p in head.named_parameters() if name in backbone]
    own_ = [p for name, p in head.named_parameters() if name not in backbone]
    groups: list[dict[str, Any]] = [{"params": own_}, {"params": slow, "lr": recipe.backbone_rate}]
    trained = fit(head, chain[cut:], groups, recipe.schedule, draw, SIZE, out, progress)
    final = SequentialNet(folded_layers(chain)).eval()
    final.load_state_dict({**frozen.state_dict(), **trained.state_dict()})
    save(final, out / "weights.safetensors")
    return final


class View(NamedTuple):
    """Every picture once, changed in its own way: what the frozen layers make of it [N, C, h, w],
    float16, and what is in it."""

    x: Tensor
    truths: list[Truth]


def views(
    frozen: nn.Module, known: Sequence[Photo], count: int, generator: torch.Generator
) -> list[View]:
    """The frozen layers see every picture `count` times, and never again while training."""
    found = []
    for _ in range(count):
        xs: list[Tensor] = []
        truths: list[Truth] = []
        for place in range(0, len(known), AT_ONCE):
            x, there = changed(known[place : place + AT_ONCE], generator)
            with torch.inference_mode():
                xs.append(frozen(photos.normalise(x)).half())
            truths += there
        found.append(View(torch.cat(xs).clone(), truths))
    return found


def predict(net: nn.Module, known: Sequence[Photo], batch: int = 16) -> Tensor:
    """Pictures of SIZE -> maps [N, 5 + K, h, w]."""
    with torch.inference_mode():
        x = torch.stack([photo.picture for photo in known])
        return torch.cat([net(photos.normalise(some.float() / 255)) for some in x.split(batch)])

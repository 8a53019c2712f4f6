"""The held-out figures of `video-lstm` and `video-actions`.

    mnist test digits, moved --> accuracy after the last frame, and after half of the frames
    clips that stand still, whose frames are shuffled, or of noise --> familiarity AUROC
    overhead_actions test --> accuracy

What the order of the frames is worth needs trainings: app.training.orders.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from app.training import actions, moving, video
from app.training.evaluation import command, separation
from app.training.measure import Measure
from app.zoo.card import Metric

COUNT, SEED = 2000, 7  # clips of as many different test digits
TEST = "2,000 clips of mnist test digits"
ACTIONS = "overhead_actions test"
STRANGE = "against clips that stand still, are shuffled, or show noise"
NEAREST = "nearest class mean of the last frame"
ODD = 200  # clips of each strange kind


@cache
def held(data: Path) -> tuple[Tensor, Tensor]:
    """Clips [2000, 16, 1, 40, 40] of the test digits and their movements [2000]."""
    return video.held_clips(moving.digits(data, test=True), COUNT, SEED)


def figures(net: nn.Module, data: Path, measure: Measure, model: str) -> list[Metric]:
    """All figures of the card of `video-lstm`."""
    clips, labels = held(data)
    logits = video.predict(net, clips)
    base = int((nearest(data, clips) == labels).sum())
    half = moving.FRAMES // 2

    def metric(name: str, frame: int) -> Metric:
        hits = int((logits[:, frame].argmax(1) == labels).sum())
        return share(name, hits, len(labels), (TEST, model), base, NEAREST)

    return [
        metric("accuracy", -1),
        metric(f"accuracy after {half} of {moving.FRAMES} frames", half - 1),
        separation(
            model,
            measure.scores({"logits": logits[:, -1]}),
            measure.scores({"logits": strange_logits(net, clips)}),
            f"{TEST} {STRANGE}",
        ),
    ]


def share(
    name: str, hits: int, n: int, of: tuple[str, str], base: int, baseline_name: str
) -> Metric:
    """A share of n clips of a (split, model) beside the baseline's."""
    return Metric(
        name=name,
        value=round(hits / n, 4),
        split=of[0],
        n=n,
        baseline=round(base / n, 4),
        baseline_name=baseline_name,
        command=command(of[1]),
    )


def nearest(data: Path, clips: Tensor) -> Tensor:
    """The class [N] whose mean last frame, over 4,000 clips of training digits, is nearest."""
    taught, labels = video.held_clips(moving.digits(data, test=False), 2 * COUNT, SEED + 1)
    x, y = (F.avg_pool2d(part[:, -1], 4).flatten(1).double() for part in (taught, clips))
    means = torch.stack([x[labels == k].mean(0) for k in range(len(moving.CLASSES))])
    return torch.cdist(y, means).argmin(1)


def usual_and_strange(net: nn.Module, data: Path) -> tuple[Tensor, Tensor]:
    """Logits of the held-out clips, and of clips that are no movement."""
    clips, _ = held(data)
    return video.predict(net, clips)[:, -1], strange_logits(net, clips)


def strange_logits(net: nn.Module, clips: Tensor) -> Tensor:
    """Of clips that stand still, of clips whose frames are shuffled, and of noise."""
    generator = torch.Generator().manual_seed(SEED + 2)
    still = clips[:ODD, :1].expand(-1, moving.FRAMES, -1, -1, -1)
    order = torch.rand(ODD, moving.FRAMES, generator=generator).argsort(1)
    mixed = clips[ODD : 2 * ODD][torch.arange(ODD)[:, None], order]
    noise = torch.rand(ODD, *clips.shape[1:], generator=generator)
    return video.predict(net, torch.cat([still, mixed, noise]))[:, -1]


def action_figures(net: nn.Module, data: Path, measure: Measure, model: str) -> list[Metric]:
    """All figures of the card of `video-actions`."""
    clips = actions.load(data, test=True)
    logits = video.predict(net, actions.seen(clips.grey))[:, -1]
    hits, n = int((logits.argmax(1) == clips.labels).sum()), len(clips.labels)
    commonest = int(torch.bincount(clips.labels).max())
    return [
        share("accuracy", hits, n, (ACTIONS, model), commonest, "always the commonest class"),
        separation(
            model,
            measure.scores({"logits": logits}),
            measure.scores({"logits": foreign_logits(net, data)}),
            f"{ACTIONS} against moving digits and noise",
        ),
    ]


def action_logits(net: nn.Module, data: Path) -> tuple[Tensor, Tensor]:
    """Logits of the test films, and of what is no film of a room."""
    grey = actions.load(data, test=True).grey
    return video.predict(net, actions.seen(grey))[:, -1], foreign_logits(net, data)


def foreign_logits(net: nn.Module, data: Path) -> Tensor:
    """Of digits that move over black, and of noise."""
    generator = torch.Generator().manual_seed(SEED)
    clips, _ = video.held_clips(moving.digits(data, test=True), ODD, SEED)
    size = (actions.HEIGHT, actions.WIDTH)
    digits = F.interpolate(clips[:, :, 0], size=size, mode="bilinear")
    noise = torch.rand(ODD, moving.FRAMES, *size, generator=generator)
    return video.predict(net, actions.seen(torch.cat([digits, noise])))[:, -1]

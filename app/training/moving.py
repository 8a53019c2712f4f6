"""Clips of a shape that moves; the class is the movement, and no single frame gives it away.

    shape [28, 28] + classes --paths--> place, size per frame --grid_sample--> clip [T, 40, 40]

Moving MNIST (Srivastava et al. 2015) with one clip a movement. Every clip draws a path of each
kind: along a line across, along a line up or down, round a circle, and a change of size. The place
of the shape is their sum; the class's own path is walked, each of the others stands still at a
random moment of its own. So a frame at a random moment has the same distribution in every class,
exactly: what one frame shows is no evidence. A movement and its opposite hold the same frames too
(the pace is drawn alike forwards and backwards): frames without their order tell at best half.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import torch
from PIL import Image, ImageDraw
from torch import Tensor
from torch.nn import functional as F

from app.training.augment import uniform
from app.training.packs import load_arrays
from app.training.strokes import spline

SIZE, FRAMES = 40, 16
CLASSES = (
    "left",
    "right",
    "up",
    "down",
    "clockwise",
    "anticlockwise",
    "growing",
    "shrinking",
)
KINDS = ("across", "along", "round", "size")  # classes 2k and 2k + 1 walk kind k
DIGIT = 28  # side of a shape before it is placed


@dataclass(frozen=True)
class Ways:
    """How far and how unevenly a shape moves: shares of the picture's side, unless said."""

    line: tuple[float, float] = (0.18, 0.62)  # length of a straight path
    radius: tuple[float, float] = (0.08, 0.22)
    turns: tuple[float, float] = (0.6, 1.7)
    growth: tuple[float, float] = (1.6, 3.4)  # from the smallest to the largest, times
    size: tuple[float, float] = (0.42, 0.78)  # of a shape's box
    centre: float = 0.05  # spread of the middle
    tilt: float = 18.0  # degrees off the straight way, at most
    drift: float = 0.05  # a slow shift of any clip
    shake: float = 0.008  # spread of a hand's tremble, frame by frame
    pause: float = 0.5  # share of clips with a pause
    noise: float = 0.06  # spread of the grey noise, at most


def pace(n: int, frames: int, ways: Ways, generator: torch.Generator) -> Tensor:
    """How much of its path a shape has walked: [N, T] from 0 to 1, slower and faster, with pauses.

    The steps' distribution is the same read backwards.
    """
    steps = frames - 1
    each = 0.4 + torch.rand(n, steps, generator=generator)
    t = torch.arange(steps) / steps
    phase = uniform(n, 0, 1, generator)[:, None]
    swing = uniform(n, 0, 0.9, generator)[:, None]
    each = each * (1 + swing * torch.sin(2 * math.pi * (0.75 * (t - 0.5) + phase)))
    length = torch.randint(1, max(2, steps // 2), (n, 1), generator=generator)
    first = torch.randint(-steps // 4, steps, (n, 1), generator=generator)
    # Mirrored for half of the clips: a pause falls at the beginning as often as at the end.
    place = torch.arange(steps)[None]
    mirrored = torch.rand(n, 1, generator=generator) < 0.5
    place = torch.where(mirrored, steps - 1 - place, place)
    paused = (torch.rand(n, 1, generator=generator) < ways.pause) & (
        (place >= first) & (place < first + length)
    )
    walked = F.pad((each * ~paused).cumsum(1), (1, 0))
    return walked / walked[:, -1:]


def paths(
    labels: Tensor, frames: int, ways: Ways, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """Classes [N] -> where the middle of the shape is [N, T, 2] (x, y; 0 is the picture's middle, 1
    its side) and its box's side [N, T].
    """
    n = len(labels)
    sign = torch.where(torch.rand(4, n, generator=generator) < 0.5, -1.0, 1.0)
    own = labels // 2
    sign[own, torch.arange(n)] = torch.where(labels % 2 == 0, -1.0, 1.0)
    walked = torch.stack([pace(n, frames, ways, generator) for _ in KINDS])  # [4, N, T]
    moment = torch.randint(frames, (4, n, 1), generator=generator)
    frozen = walked.gather(2, moment).expand_as(walked)
    live = (torch.arange(4)[:, None] == own)[:, :, None]
    u = torch.where(live, walked, frozen)
    across = _line(u[0], sign[0], ways, generator)
    along = _line(u[1], sign[1], ways, generator).flip(2)
    circle = _circle(u[2], -sign[2], ways, generator)
    middle = torch.randn(n, 1, 2, generator=generator) * ways.centre
    drift = (torch.rand(n, 1, 2, generator=generator) * 2 - 1) * ways.drift
    slow = drift * (torch.arange(frames) / (frames - 1) - 0.5)[:, None]
    shake = torch.randn(n, frames, 2, generator=generator) * ways.shake
    place = across + along + circle + middle + slow + shake
    low, high = (math.log(v) for v in ways.growth)
    growth = uniform(n, low, high, generator) * -sign[3]
    size = uniform(n, *ways.size, generator)[:, None]
    return place, size * torch.exp(growth[:, None] * (u[3] - 0.5))


def _line(u: Tensor, sign: Tensor, ways: Ways, generator: torch.Generator) -> Tensor:
    """[N, T] -> [N, T, 2]: along x, a little tilted."""
    length = uniform(len(u), *ways.line, generator) * sign
    tilt = uniform(len(u), -ways.tilt, ways.tilt, generator) * math.pi / 180
    way = (u - 0.5) * length[:, None]
    return torch.stack([way * tilt.cos()[:, None], way * tilt.sin()[:, None]], dim=2)


def _circle(u: Tensor, sign: Tensor, ways: Ways, generator: torch.Generator) -> Tensor:
    """[N, T] -> [N, T, 2]: round the middle, sign + is clockwise as seen (y grows downward)."""
    n = len(u)
    radius = uniform(n, *ways.radius, generator)[:, None]
    flat = uniform(n, 0.75, 1.3, generator)[:, None].sqrt()
    turns = uniform(n, *ways.turns, generator) * sign
    angle = 2 * math.pi * (uniform(n, 0, 1, generator)[:, None] + turns[:, None] * u)
    return torch.stack([radius * flat * angle.cos(), radius / flat * angle.sin()], dim=2)


def render(shapes: Tensor, place: Tensor, size: Tensor, side: int = SIZE) -> Tensor:
    """Shapes float32 [N, 28, 28] in 0-1, places [N, T, 2], sizes [N, T] -> [N, T, side, side]."""
    n, frames = size.shape
    scale = 1 / size.clamp(min=0.08)
    theta = torch.zeros(n, frames, 2, 3)
    theta[..., 0, 0] = theta[..., 1, 1] = scale
    theta[..., :, 2] = -2 * place * scale[..., None]
    grid = F.affine_grid(theta.view(-1, 2, 3), [n * frames, 1, side, side], align_corners=False)
    # All frames of a clip are looked up in its one shape: [N, T * side, side].
    found = F.grid_sample(shapes[:, None], grid.view(n, -1, side, 2), align_corners=False)
    return found.view(n, frames, side, side)


def disturbed(clips: Tensor, ways: Ways, generator: torch.Generator) -> Tensor:
    """Grey noise, and the brightest value 1 as the served model makes it."""
    n = len(clips)
    spread = uniform(n, -ways.noise, ways.noise, generator).clamp(min=0).view(-1, 1, 1, 1)
    noise = torch.randn(clips.shape, generator=generator)
    clips = (clips + spread * noise).abs()
    return (clips / clips.amax(dim=(1, 2, 3), keepdim=True).clamp(min=1e-3)).clamp(max=1)


def make(
    shapes: Tensor,
    labels: Tensor,
    generator: torch.Generator,
    frames: int = FRAMES,
    ways: Ways | None = None,
) -> Tensor:
    """Shapes uint8 [N, 28, 28] and classes int64 [N] -> clips float32 [N, T, 1, 40, 40] in 0-1."""
    ways = ways or Ways()
    place, size = paths(labels, frames, ways, generator)
    clips = render(shapes.float() / 255, place, size)
    return disturbed(clips, ways, generator)[:, :, None]


def digits(data: Path, test: bool) -> Tensor:
    """uint8 [N, 28, 28]: the training or the test digits of the pack `mnist`."""
    return torch.from_numpy(load_arrays(data, "mnist")["x_test" if test else "x_train"])


def scribbles(count: int, seed: int = 0) -> Tensor:
    """uint8 [count, 28, 28]: shapes that a hand may draw: rings, boxes, polygons, bent lines."""
    generator = torch.Generator().manual_seed(seed)
    return torch.stack([_scribble(i % 4, generator) for i in range(count)])


def _scribble(kind: int, generator: torch.Generator) -> Tensor:
    """One shape, white on black, of about 20 px."""
    side = DIGIT * 4
    image = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(image)
    a, b, c, d = (torch.rand(4, generator=generator) * 0.2).tolist()
    width = int(torch.randint(6, 16, (1,), generator=generator))
    filled = 255 if float(torch.rand(1, generator=generator)) < 0.5 else None
    box = [side * v for v in (0.12 + a, 0.12 + b, 0.88 - c, 0.88 - d)]
    if kind == 0:
        pen.ellipse(box, fill=filled, outline=255, width=width)
    elif kind == 1:
        pen.rectangle(box, fill=filled, outline=255, width=width)
    else:
        count = int(torch.randint(3, 7, (1,), generator=generator))
        spots = (0.15 + 0.7 * torch.rand(count, 2, generator=generator)).tolist()
        points = [(x, y) for x, y in spots]
        line = [*points, points[0]] if kind == 2 else spline(points)
        dots = [(x * side, y * side) for x, y in line]
        if kind == 2 and filled:
            pen.polygon(dots, fill=255)
        pen.line(dots, fill=255, width=width, joint="curve")
    image = image.resize((DIGIT, DIGIT), Image.Resampling.LANCZOS)
    return torch.frombuffer(bytearray(image.tobytes()), dtype=torch.uint8).view(DIGIT, DIGIT)

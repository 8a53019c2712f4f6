"""Pictures that drive one channel: feature visualisation by optimisation (Olah et al. 2017).

    spectrum [B, C, S, S/2+1] --1/f, inverse FFT--> colours parted --mixed--> sigmoid --> picture
      --jitter, scale, turn--> first layers of the net --> value of channel b for picture b, up
    picture --8 bits--> the same net --> what it answers;  tiles --> models/ID/looks/<layer>.webp

One picture a channel, all channels of a layer in one batch. Where a cell sees only a part of the
input, only that part is made: it is cut out and enlarged to the tile. A ReLU, a max-pooling and a
pooling that skips pass on what the convolution before them answers most to: they share its
picture. An average does not, and gets its own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import torch
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional as F

from app.inputs.spec import ImageSpec
from app.tracing.chain import chain
from app.training.study.figures import listed
from app.training.study.held import Held, walk
from app.zoo.studies import Channel, Look

TILE, COLUMNS, QUALITY = 64, 8, 80
SMALL = 7  # pixels
LEAST = 0.2  # of the percentile: what a channel that hardly ever answers is measured against
OWN = ("conv2d", "avg_pool2d", "adaptive_avg_pool2d")  # layers with a picture of their own


@dataclass(frozen=True)
class Recipe:
    """What decides how the pictures come out."""

    steps: int = 100
    rate: float = 0.05
    smooth: float = 1.5  # weight of the total variation
    calm: float = 0.02  # weight of the squared distance from the mean colour
    turn: float = 5.0  # degrees, at most
    scale: float = 0.05  # of the size, at most
    seed: int = 0


# A field of a few pixels is filled by one edge, and real pictures drive such a channel nearly as
# far as any could: nothing is smoothed, and it takes all the contrast there is.
TINY = Recipe(steps=300, rate=0.1, smooth=0, calm=0)


@dataclass(frozen=True)
class Place:
    """Where a layer's chosen cell looks: rows and columns start…start + field - 1 of `side`.

    `whole`: the field is (nearly) the picture; the mean of the map is raised, not one cell.
    """

    layer: str
    cell: int
    start: int
    field: int
    side: int
    whole: bool


def place(held: Held, layer: str) -> Place:
    """The first cell whose field lies inside the picture, and how much picture that takes."""
    field, full = held.fields()[layer], held.x.shape[-1]
    size, stride, offset = field["size"][0], field["stride"][0], field["offset"][0]
    cell = -(-max(0, -offset) // stride)
    start = offset + cell * stride
    if start + size > full:
        return Place(layer, (full // stride) // 2, 0, full, full, whole=True)
    return Place(layer, cell, start, size, start + size, whole=False)


class Canvas(nn.Module):
    """Pictures [B, C, S, S] in 0…1 as the spectrum of their parted colours.

    A few pixels have no coarse and fine, and take all colours alike: those are kept as they are.
    """

    def __init__(self, count: int, channels: int, side: int, mean: Tensor, seed: int) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(seed)
        rows = torch.fft.fftfreq(side)[:, None]
        columns = torch.fft.rfftfreq(side)[None]
        frequency = torch.sqrt(rows**2 + columns**2).clamp(min=1 / side)
        self.side, self.plain = side, side <= SMALL
        self.weight = (1 / frequency)[..., None]
        spectrum = (count, channels, side, side // 2 + 1, 2)
        shape = (count, channels, side, side) if self.plain else spectrum
        self.values = nn.Parameter(torch.randn(shape, generator=generator) * 0.01)
        self.mix = COLOURS if channels == 3 else torch.ones(1, 1)
        self.start = torch.logit(mean).view(1, channels, 1, 1)

    def forward(self) -> Tensor:
        """The pictures."""
        if self.plain:
            return torch.sigmoid(self.values + self.start)
        scaled = torch.view_as_complex((self.values * self.weight).contiguous())
        parted = torch.fft.irfft2(scaled, s=(self.side, self.side), norm="ortho")
        mixed = torch.einsum("bchw,dc->bdhw", parted, self.mix)
        return torch.sigmoid(mixed + self.start)


# Root of the colour covariance of natural photographs (the one published with Lucid), scaled to a
# largest column of 1: a step along a column changes brightness, blue-yellow, or red-green.
COLOURS = torch.tensor([[0.26, 0.09, 0.02], [0.27, 0.0, -0.05], [0.27, -0.09, 0.03]]) / 0.46


def moved(pictures: Tensor, recipe: Recipe, generator: torch.Generator) -> Tensor:
    """Each picture turned, scaled and shifted a little, by its own amounts; edges repeated."""
    n, side = len(pictures), pictures.shape[-1]

    def amount(most: float) -> Tensor:
        return (torch.rand(n, generator=generator) * 2 - 1) * most

    angle, scale = amount(recipe.turn * math.pi / 180), 1 + amount(recipe.scale)
    theta = torch.zeros(n, 2, 3)
    theta[:, 0, 0], theta[:, 0, 1] = scale * angle.cos(), -scale * angle.sin()
    theta[:, 1, 0], theta[:, 1, 1] = scale * angle.sin(), scale * angle.cos()
    theta[:, 0, 2], theta[:, 1, 2] = (
        amount(2 * jitter(side) / side),
        amount(2 * jitter(side) / side),
    )
    grid = F.affine_grid(theta, list(pictures.shape), align_corners=False)
    return F.grid_sample(pictures, grid, padding_mode="reflection", align_corners=False)


def jitter(side: int) -> float:
    """How many pixels a picture of this size is shifted at most."""
    return side / 16


def variation(pictures: Tensor) -> Tensor:
    """Mean absolute difference of neighbours, [B]."""
    down = (pictures[:, :, 1:] - pictures[:, :, :-1]).abs().mean((1, 2, 3))
    right = (pictures[..., 1:] - pictures[..., :-1]).abs().mean((1, 2, 3))
    return down + right


def answer(maps: Tensor, where: Place) -> Tensor:
    """Maps [B, C, h, w] of B = C pictures -> [B]: what picture b does to channel b."""
    own = maps.diagonal(dim1=0, dim2=1)  # [h, w, B]
    return own.mean((0, 1)) if where.whole else own[where.cell, where.cell]


def make(held: Held, where: Place, scale: Tensor, recipe: Recipe | None = None) -> Tensor:
    """Pictures [C, colours, side, side] in 0…1, each driving its channel; `scale` [C] is what
    counts as much for each (its 99th percentile), so that the smoothing weighs alike everywhere.
    """
    recipe = recipe or (TINY if where.field < SMALL else Recipe())
    mean, std = colours(held)
    layers = upto(held.net, where.layer)
    canvas = Canvas(len(scale), held.x.shape[1], where.side, mean.flatten(), recipe.seed)
    optimiser = torch.optim.Adam(canvas.parameters(), recipe.rate)
    generator = torch.Generator().manual_seed(recipe.seed)
    for step in range(recipe.steps):
        done = step / recipe.steps  # first the channel is found, then the picture is smoothed
        leak(layers, 0.1 if done < 0.5 else 0.0)
        pictures = canvas()
        seen = moved(pictures, recipe, generator) if where.field >= SMALL else pictures
        x = (seen - mean) / std
        maps = layers(x.contiguous(memory_format=torch.channels_last))
        calm = ((pictures - mean) ** 2).mean((1, 2, 3))
        smooth = recipe.smooth * min(1.0, 2 * done)
        loss = smooth * variation(pictures) + recipe.calm * calm
        loss = (loss - answer(maps, where) / scale).sum()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
    with torch.no_grad():
        made: Tensor = canvas()
    return (made * 255).round() / 255


def upto(net: nn.Module, name: str) -> nn.Sequential:
    """The first layers of a chain, as far as the named one, ReLUs as leaky ones of slope 0."""
    layers = chain(net)
    last = next(i for i, layer in enumerate(layers) if layer.name == name)
    modules = [layer.module for layer in layers[: last + 1]]
    return nn.Sequential(*(nn.LeakyReLU(0.0) if isinstance(m, nn.ReLU) else m for m in modules))


def leak(layers: nn.Sequential, slope: float) -> None:
    """Lets so much of what is below zero through the ReLUs: from a closed one nothing is learnt."""
    for module in layers:
        if isinstance(module, nn.LeakyReLU):
            module.negative_slope = slope


def colours(held: Held) -> tuple[Tensor, Tensor]:
    """Mean and spread per colour, each [1, C, 1, 1]."""
    spec = held.card.preprocessing
    assert isinstance(spec, ImageSpec)
    mean, std = (torch.tensor(v).view(1, -1, 1, 1) for v in (spec.mean, spec.std))
    return mean, std


def in_place(held: Held, where: Place, made: Tensor) -> Tensor:
    """The made parts [B, C, s, s] as inputs of the network: what the cell sees, on mean colour."""
    mean, std = colours(held)
    side = held.x.shape[-1]
    x = torch.zeros(len(made), *held.x.shape[1:])
    inside = slice(where.start, min(side, where.start + where.field))
    x[:, :, inside, inside] = ((made - mean) / std)[:, :, inside, inside]
    return x


def answers(held: Held, x: Tensor, batch: int = 50) -> dict[str, Tensor]:
    """Layer -> [B]: the largest value of channel b on picture b, where there are B channels."""
    found: dict[str, list[Tensor]] = {}
    rows = torch.arange(len(x))
    with torch.inference_mode():
        for part, own in zip(x.split(batch), rows.split(batch), strict=True):
            for name, out in walk(held.net, part):
                if out.ndim == 4 and out.shape[1] == len(x):
                    peak = out.amax((2, 3))
                    found.setdefault(name, []).append(peak[torch.arange(len(own)), own])
    return {name: torch.cat(parts) for name, parts in found.items()}


def atlas(pictures: Tensor, path: Path) -> None:
    """Pictures [B, C, s, s] in 0…1, enlarged to tiles, row by row in one webp."""
    rows = -(-len(pictures) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * TILE, rows * TILE))
    for i, picture in enumerate(pictures):
        values = (picture * 255).round().byte().permute(1, 2, 0).numpy()
        tile = Image.fromarray(values if values.shape[2] == 3 else values[..., 0]).convert("RGB")
        tile = tile.resize((TILE, TILE), Image.Resampling.BICUBIC)
        sheet.paste(tile, (i % COLUMNS * TILE, i // COLUMNS * TILE))
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(path, "WEBP", quality=QUALITY, method=6)


def groups(held: Held) -> dict[str, list[str]]:
    """Layer with pictures of its own -> itself and the layers after it that share them."""
    found: dict[str, list[str]] = {}
    for node in held.nodes()[1:]:
        if len(node["output_shape"]) != 3:
            break
        own = node["op"] in OWN or not found
        found.setdefault(node["name"] if own else list(found)[-1], []).append(node["name"])
    return found


def looks(held: Held, folder: Path, channels: dict[str, list[Channel]]) -> dict[str, Look]:
    """The part `looks`, its atlases written to `folder`/looks/."""
    found: dict[str, Look] = {}
    for layer, sharing in groups(held).items():
        where = place(held, layer)
        p99 = {name: torch.tensor([c.p99 for c in channels[name]]) for name in sharing}
        made = make(held, where, p99[layer].clamp(min=LEAST))
        values = answers(held, in_place(held, where, made))
        image = f"looks/{layer}.webp"
        inside = slice(where.start, where.start + where.field)
        atlas(made[:, :, inside, inside], folder / image)
        for name in sharing:
            above = values[name] > p99[name]
            found[name] = Look(
                image=image,
                tile=TILE,
                columns=COLUMNS,
                value=listed(values[name]),
                above=above.tolist(),
                field=(where.field, where.field),
            )
            print(f"  {name:8} {int(above.sum())} of {len(above)} above", flush=True)
    drop_others(folder / "looks", {look.image for look in found.values()})
    return found


def drop_others(folder: Path, named: set[str]) -> None:
    """Removes the atlases of layers that the network no longer has."""
    for path in folder.glob("*.webp"):
        if f"looks/{path.name}" not in named:
            path.unlink()

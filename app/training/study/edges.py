"""What the kernels of the first layer are, by stated measures.

    kernel [C, k, k] / spread --> share on the grey axis
      --main colour direction, mean taken away--> k x k values
        --gratings of 12 orientations, 6 wavelengths, both phases--> strength [12, 6]
          --> orientation of the strongest, index (best - across) / (best + across)

The index is the one of physiology: Hubel and Wiesel's cells have it, too.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from app.inputs.spec import ImageSpec
from app.training.study.figures import rounded
from app.training.study.held import Held
from app.zoo.studies import Edges, Kernel

ORIENTATIONS = 12
CYCLES = (0.08, 0.12, 0.17, 0.22, 0.28, 0.35, 0.42, 0.5)  # a pixel; those that fit the kernel
ORIENTED = 0.5  # index from which a kernel is called oriented
GREY = 0.5  # share of grey below which it is called a colour kernel
ALIKE = 0.85  # cosine from which it is called a corner
MEASURE = (
    "Strength of each kernel's answer to gratings of 12 orientations and all wavelengths that fit "
    "it, any phase. Index = (best − across) ÷ (best + across), where across is the grating turned "
    "by 90°: 1 answers to one orientation, 0 to both alike. From 0.5 on it is an edge filter; its "
    "degrees are those of the edge: 0 lies, 90 stands. Grey = share of the kernel's energy that "
    "all colours have in common; below 0.5 it is a colour kernel. Corner: looks like a corner of "
    "90° (cosine at least 0.85, and more than like any straight edge). Texture: not oriented, "
    "and answers most to the finest gratings."
)


def grey_share(kernel: Tensor) -> float:
    """[C, k, k] in picture units -> share of its energy that is the same in all colours."""
    common = kernel.mean(0, keepdim=True).expand_as(kernel)
    return float(common.square().sum() / kernel.square().sum().clamp(min=1e-12))


def main_direction(kernel: Tensor) -> Tensor:
    """[C, k, k] -> [k, k]: its values along the colour direction that holds most of its energy."""
    flat = kernel.flatten(1)
    _, _, rows = torch.linalg.svd(flat, full_matrices=False)
    values: Tensor = rows[0].view(kernel.shape[1:])
    return values


def gratings(size: int) -> tuple[Tensor, list[float]]:
    """Complex waves [12, F, k, k] of each orientation and wavelength, and the cycles a pixel.

    Orientation i is the direction of the edge, i * 15 degrees, counter-clockwise from lying.
    """
    cycles = [c for c in CYCLES if c * size >= 0.35]
    angle = torch.arange(ORIENTATIONS) * math.pi / ORIENTATIONS
    place = torch.arange(size) - (size - 1) / 2
    # Rows grow downward; the wave runs across the edge.
    across = angle.sin().view(-1, 1, 1) * place + angle.cos().view(-1, 1, 1) * place.view(-1, 1)
    phase = 2 * math.pi * torch.tensor(cycles).view(1, -1, 1, 1) * across[:, None]
    return torch.polar(torch.ones_like(phase), phase), cycles


def strengths(values: Tensor) -> Tensor:
    """[k, k] -> [12, F]: the amplitude of its answer to each grating; its mean is left out."""
    waves, _ = gratings(values.shape[-1])
    waves = waves - waves.mean((2, 3), keepdim=True)
    answer = (waves * (values - values.mean())).sum((2, 3)).abs()
    return answer / waves.abs().square().sum((2, 3)).sqrt()


def orientation(strength: Tensor) -> tuple[float, float, int]:
    """[12, F] -> degrees 0…180 of the edge, index 0…1, and which wavelength is the best."""
    best = int(strength.argmax())
    row, column = divmod(best, strength.shape[1])
    across = strength[(row + ORIENTATIONS // 2) % ORIENTATIONS, column]
    top = strength[row, column]
    index = float((top - across) / (top + across).clamp(min=1e-12))
    # The strongest is between orientations: the doubled angle's mean says where.
    doubled = torch.arange(ORIENTATIONS) * 2 * math.pi / ORIENTATIONS
    power = strength[:, column].square()
    turn = torch.atan2((power * doubled.sin()).sum(), (power * doubled.cos()).sum()) / 2
    return math.degrees(float(turn)) % 180, index, column


def alike(values: Tensor, templates: Tensor) -> float:
    """Largest |cosine| of [k, k] and any of [M, k, k], means taken away."""
    flat = (templates - templates.mean((1, 2), keepdim=True)).flatten(1)
    own = (values - values.mean()).flatten()
    norms = flat.norm(dim=1) * own.norm().clamp(min=1e-12)
    return float(((flat @ own).abs() / norms.clamp(min=1e-12)).max())


def wedges(size: int, opening: float) -> Tensor:
    """[M, k, k]: wedges of `opening` radians from near the centre, in 24 turns; pi is an edge."""
    fine = 9  # samples a pixel and axis
    steps = (torch.arange(size * fine) + 0.5) / fine - size / 2
    found = []
    for dx, dy in ((0.0, 0.0), (0.5, 0.5), (-0.5, 0.5), (0.5, -0.5), (-0.5, -0.5)):
        angle = torch.atan2(steps.view(-1, 1) - dy, steps.view(1, -1) - dx)
        for turn in torch.arange(24) * 2 * math.pi / 24:
            inside = (torch.remainder(angle - turn, 2 * math.pi) < opening).float()
            found.append(inside.view(size, fine, size, fine).mean((1, 3)))
    return torch.stack(found)


def named(kernel: Tensor) -> Kernel:
    """One kernel [C, k, k] in picture units."""
    grey, values = grey_share(kernel), main_direction(kernel)
    strength = strengths(values)
    degrees, index, column = orientation(strength)
    size, oriented = values.shape[-1], index >= ORIENTED
    corner = alike(values, wedges(size, math.pi / 2))
    if grey < GREY:
        kind = "colour"
    elif corner >= ALIKE and corner > alike(values, wedges(size, math.pi)):
        kind = "corner"
    elif oriented:
        kind = "edge"
    else:
        kind = "texture" if column >= strength.shape[1] - 2 else "other"
    return Kernel(
        kind=kind,
        degrees=rounded(degrees) if oriented else None,
        index=rounded(min(1.0, max(0.0, index))),
        grey=rounded(min(1.0, grey)),
    )


def edges(held: Held) -> Edges:
    """The part `edges`: the kernels of the first convolution."""
    name, conv = next((n, m) for n, m in held.net.named_children() if isinstance(m, nn.Conv2d))
    spec = held.card.preprocessing
    assert isinstance(spec, ImageSpec)
    kernels = conv.weight.detach() / torch.tensor(spec.std).view(1, -1, 1, 1)
    return Edges(layer=name, measure=MEASURE, channels=[named(kernel) for kernel in kernels])

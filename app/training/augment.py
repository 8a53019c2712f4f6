"""Random changes to a batch of pictures, made as one batched warp and one colour change.

Every function takes and gives float [N, 3, H, W]; randomness comes from the given generator.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional as F


def uniform(n: int, low: float, high: float, generator: torch.Generator) -> Tensor:
    """n values from U(low, high)."""
    return torch.rand(n, generator=generator) * (high - low) + low


def warp(x: Tensor, generator: torch.Generator) -> Tensor:
    """Mirror (half of them), rotate by up to 10 degrees, zoom 0.72 to 1.12, move by up to 10 %."""
    n = len(x)
    angle = uniform(n, -10, 10, generator) * math.pi / 180
    zoom = uniform(n, 0.72, 1.12, generator)  # the part of the picture that is seen
    stretch = uniform(n, 0.9, 1.1, generator)
    mirror = torch.where(torch.rand(n, generator=generator) < 0.5, -1.0, 1.0)
    cos, sin = torch.cos(angle), torch.sin(angle)
    theta = torch.zeros(n, 2, 3)
    theta[:, 0, 0] = zoom * stretch * cos * mirror
    theta[:, 0, 1] = -zoom * sin
    theta[:, 1, 0] = zoom * sin * mirror
    theta[:, 1, 1] = zoom / stretch * cos
    theta[:, :, 2] = torch.stack([uniform(n, -0.2, 0.2, generator) for _ in range(2)], dim=1)
    grid = F.affine_grid(theta, list(x.shape), align_corners=False)
    return F.grid_sample(x, grid, padding_mode="reflection", align_corners=False)


def colour(x: Tensor, generator: torch.Generator) -> Tensor:
    """Brightness, contrast and saturation by up to 30 %; values stay in 0..1."""
    n = len(x)
    shape = (n, 1, 1, 1)
    x = x * uniform(n, 0.7, 1.3, generator).view(shape)
    mean = x.mean(dim=(1, 2, 3), keepdim=True)
    x = mean + (x - mean) * uniform(n, 0.7, 1.3, generator).view(shape)
    grey = x.mean(dim=1, keepdim=True)
    x = grey + (x - grey) * uniform(n, 0.6, 1.4, generator).view(shape)
    return x.clamp(0, 1)


def erase(x: Tensor, generator: torch.Generator, share: float = 0.25) -> Tensor:
    """One grey rectangle in `share` of the pictures (random erasing, Zhong et al. 2020)."""
    height, width = x.shape[2:]
    for i in torch.nonzero(torch.rand(len(x), generator=generator) < share).flatten().tolist():
        h, w = (int(v) for v in torch.randint(8, height // 2, (2,), generator=generator))
        top = int(torch.randint(0, height - h, (1,), generator=generator))
        left = int(torch.randint(0, width - w, (1,), generator=generator))
        x[i, :, top : top + h, left : left + w] = x[i].mean()
    return x


def shift(x: Tensor, generator: torch.Generator, reach: int = 6) -> Tensor:
    """Mirror (half of them) and move by whole pixels, up to `reach`: stays as sharp as it was."""
    n, _, height, width = x.shape
    padded = F.pad(x, (reach, reach, reach, reach), mode="reflect")
    top, left = (torch.randint(0, 2 * reach + 1, (n, 1, 1), generator=generator) for _ in "yx")
    across = torch.arange(width).expand(n, 1, width)
    mirror = torch.rand(n, 1, 1, generator=generator) < 0.5
    across = left + torch.where(mirror, width - 1 - across, across)
    down = top + torch.arange(height).view(1, height, 1)
    return padded.permute(0, 2, 3, 1)[torch.arange(n).view(n, 1, 1), down, across].permute(
        0, 3, 1, 2
    )


def augment(x: Tensor, generator: torch.Generator) -> Tensor:
    """uint8 [N, 3, H, W] -> float in 0..1, changed at random."""
    return erase(colour(warp(x.float() / 255, generator), generator), generator)


def sharp(x: Tensor, generator: torch.Generator) -> Tensor:
    """As `augment`, but neither warped (a warp resamples, and so blurs) nor erased."""
    return colour(shift(x.float() / 255, generator), generator)

"""The plain way to name a spoken word, beside which a network's figure stands.

    picture [T, bands] --squeezed to FRAMES frames--> [FRAMES, bands] --nearest mean of a class-->

No training but ten means: what the shape of the average word alone is worth.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional as F

from app.training.recordings import CLASSES, Recording

FRAMES = 20
NAME = "nearest class mean of the log-mel picture, squeezed to 20 frames"


def squeezed(recordings: Sequence[Recording]) -> Tensor:
    """[N, FRAMES * bands]: each picture at the same length, by averages of neighbouring frames."""
    pictures = [one.picture.T[None] for one in recordings]
    return torch.cat([F.adaptive_avg_pool1d(p, FRAMES).flatten(1) for p in pictures])


def nearest(taught: Sequence[Recording], held: Sequence[Recording]) -> Tensor:
    """The class of each held recording, int64 [N]."""
    x, y = squeezed(taught), torch.tensor([one.digit for one in taught])
    means = torch.stack([x[y == k].mean(0) for k in range(len(CLASSES))])
    return torch.cdist(squeezed(held), means).argmin(1)

"""How well masks fit: intersection over union, and what two rules without a network reach.

    scenes --whole, argmax--> predicted classes --counts--> confusion [K, K] --> IoU of each class

IoU of a class = pixels that are both / pixels that are either, over all pixels of the split
together (Everingham et al. 2010, the figure of PASCAL VOC). LEFT_OUT pixels count nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from PIL import Image
from torch import nn

from app.training.segments import LEFT_OUT, Look, Scene, whole

BITS = 4  # of each colour that the colour-only rule looks at
Rule = Callable[[Image.Image], np.ndarray]


def confusion(net: nn.Module, scenes: Iterable[Scene], look: Look) -> np.ndarray:
    """int64 [K, K]: rows are the masks' classes, columns the network's."""
    return counted(lambda image: whole(net, image, look).argmax(0).numpy(), scenes, look.classes)


def counted(rule: Rule, scenes: Iterable[Scene], classes: int) -> np.ndarray:
    """The same of any rule: picture -> class of every pixel [H, W]."""
    return sum(
        (_pairs(scene.mask, rule(scene.image), classes) for scene in scenes),
        np.zeros((classes, classes), dtype=np.int64),
    )


def _pairs(told: np.ndarray, said: np.ndarray, classes: int) -> np.ndarray:
    known = told != LEFT_OUT
    pairs = told[known].astype(np.int64) * classes + said[known]
    return np.bincount(pairs, minlength=classes * classes).reshape(classes, classes)


def overlaps(found: np.ndarray) -> np.ndarray:
    """confusion [K, K] -> IoU [K]; 0 of a class that is nowhere."""
    both = np.diag(found)
    either = found.sum(0) + found.sum(1) - both
    share: np.ndarray = both / np.maximum(either, 1)
    return share


def right(found: np.ndarray) -> float:
    """The share of all pixels that get their class."""
    return float(np.diag(found).sum() / found.sum())


def commonest(scenes: Sequence[Scene], classes: int) -> int:
    """The class with most pixels."""
    counts = [np.bincount(s.mask.ravel(), minlength=256)[:classes] for s in scenes]
    return int(np.sum(counts, axis=0).argmax())


def colours(image: Image.Image) -> np.ndarray:
    """Each pixel's place in a table of colours, BITS of red, green and blue: int64 [H, W]."""
    r, g, b = (np.asarray(image).astype(np.int64) >> (8 - BITS)).transpose(2, 0, 1)
    places: np.ndarray = (r << 2 * BITS) | (g << BITS) | b
    return places


def by_colour(scenes: Sequence[Scene], classes: int, balance: float) -> Rule:
    """A rule fitted on scenes: every colour gets the class that it had most often, a class of
    share p counting p^-balance as it does in the network's loss; colours never seen the commonest.
    """
    table = np.zeros((1 << 3 * BITS, classes))
    for scene in scenes:
        known = scene.mask != LEFT_OUT
        np.add.at(table, (colours(scene.image)[known], scene.mask[known]), 1)
    share = table.sum(0) / table.sum()
    best = (table * np.maximum(share, 1e-9) ** -balance).argmax(1)
    best[table.sum(1) == 0] = share.argmax()
    return lambda image: best[colours(image)]


def by_brightness(image: Image.Image) -> np.ndarray:
    """1 where a pixel is brighter than Otsu's threshold of its own picture (Otsu 1979), else 0."""
    grey = np.asarray(image.convert("L"))
    return (grey > otsu(np.bincount(grey.ravel(), minlength=256))).astype(np.int64)


def otsu(counts: np.ndarray) -> int:
    """The threshold that parts a histogram [256] into two groups farthest apart: the largest
    w0 w1 (m0 - m1)^2 of weights and means.
    """
    values = np.arange(len(counts))
    below, total = counts.cumsum(), counts.sum()
    moment = (counts * values).cumsum()
    above = total - below
    with np.errstate(divide="ignore", invalid="ignore"):
        gap = moment / below - (moment[-1] - moment) / above
        spread = np.where((below > 0) & (above > 0), below * above * gap**2, 0.0)
    return int(spread.argmax())

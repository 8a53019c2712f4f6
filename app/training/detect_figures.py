"""The held-out figures of the detectors, each beside a plain way of doing it.

    1,000 boards of mnist's test digits --> AP50 of each digit and their mean
        baseline: connected patches of ink, each named by `digits-cnn`
    animals_people_boxes test --> AP50 of each class, over the pictures in which it is labelled
        baseline: the mean box of the class's training pictures, in the middle

Kangaroos and raccoons are looked for in all test pictures, people only in those where they are
labelled.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from skimage.measure import label as connected
from skimage.measure import regionprops
from torch import Tensor, nn

from app.inputs.digit import IS_INK, digit
from app.training import detect_digits, detect_photos, digits
from app.training.boards import SIZE, Board, held_out
from app.training.detect import Truth
from app.training.evaluation import command
from app.training.packs import load_arrays
from app.training.precision import Boxes, ap50, found
from app.zoo import Zoo, models_folder
from app.zoo.card import Metric

OVERLAP = {"detect-digits": 0.45, "detect-animals": 0.45}  # of the cards
BOARDS = "1,000 boards of mnist test digits"
PATCHES = "connected patches of ink, each named by digits-cnn"
MEAN_BOX = "the training pictures' mean box of the class, in the middle"
LEAST_INK = 12  # pixels: a smaller patch is a speck


def boards(net: nn.Module, data: Path, model: str) -> list[Metric]:
    """The figures of `detect-digits`."""
    some = held_out_boards(data)
    truths = [detect_digits.truth(board) for board in some]
    ours = found(detect_digits.predict(net, some), SIZE, OVERLAP[model])
    plain = patches(some)
    each = [(ap50(ours, truths, k), ap50(plain, truths, k)) for k in range(10)]
    mean = tuple(float(np.mean(column)) for column in zip(*each, strict=True))
    rows = [
        ("AP50, mean of ten digits", mean),
        *((f"AP50, {k}", row) for k, row in enumerate(each)),
    ]
    return [metric(name, row, BOARDS, len(some), PATCHES, model) for name, row in rows]


def held_out_boards(data: Path) -> list[Board]:
    """The official ones: of test digits alone."""
    arrays = load_arrays(data, "mnist")
    return held_out(arrays["x_test"], arrays["y_test"].astype(np.int64))


def patches(some: Sequence[Board]) -> list[Boxes]:
    """The plain way: what hangs together is a digit, and `digits-cnn` says which."""
    net = Zoo(models_folder(), 10**9).model("digits-cnn").net
    return [named(net, board) for board in some]


def named(net: nn.Module, board: Board) -> Boxes:
    """The patches of ink of one board, each cut out as a digit is."""
    ink = connected(board.picture > IS_INK * 255, connectivity=2)
    boxes, seen = [], []
    for region in regionprops(ink):
        if region.num_pixels < LEAST_INK:
            continue
        top, left, bottom, right = region.bbox
        alone = np.where(region.image, board.picture[top:bottom, left:right], 0)
        cut = Image.fromarray(np.pad(alone, 2).astype(np.uint8)).convert("RGB")
        seen.append(np.asarray(digit(cut, digits.SIZE).image))
        boxes.append([left, top, right, bottom])
    if not boxes:
        return Boxes(torch.zeros(0, 4), torch.zeros(0, dtype=torch.int64), torch.zeros(0))
    logits = digits.predict(net, torch.from_numpy(np.stack(seen)))
    shares, labels = logits.softmax(dim=1).max(dim=1)
    return Boxes(torch.tensor(boxes).float(), labels, shares)


def photographs(net: nn.Module, data: Path, model: str) -> list[Metric]:
    """The figures of `detect-animals`."""
    size = detect_photos.SIZE
    test, train = (detect_photos.load(data, split, size) for split in (1, 0))
    ours = found(detect_photos.predict(net, test), size, OVERLAP[model])
    figures = []
    for k, name in enumerate(detect_photos.CLASSES):
        some = [i for i, photo in enumerate(test) if detect_photos.labelled(photo.source)[k]]
        truths = [test[i].truth for i in some]
        usual = [mean_box([photo.truth for photo in train], k, size)] * len(some)
        row = ap50([ours[i] for i in some], truths, k), ap50(usual, truths, k)
        split = "animals_people_boxes test" + (", Penn-Fudan" if k == detect_photos.PERSON else "")
        figures.append(metric(f"AP50, {name}", row, split, len(some), MEAN_BOX, model))
    return figures


def mean_box(truths: Sequence[Truth], label: int, size: int) -> Boxes:
    """The mean width and height of a class's boxes, in the middle of the picture."""
    boxes = torch.cat([truth.boxes[truth.labels == label] for truth in truths])
    half: Tensor = (boxes[:, 2:] - boxes[:, :2]).mean(dim=0) / 2
    middle = torch.full((2,), size / 2)
    box = torch.cat([middle - half, middle + half])[None]
    return Boxes(box, torch.tensor([label]), torch.ones(1))


def metric(
    name: str, row: tuple[float, ...], split: str, n: int, baseline: str, model: str
) -> Metric:
    """A figure over n pictures beside the plain way's."""
    return Metric(
        name=name,
        value=round(row[0], 4),
        split=split,
        n=n,
        baseline=round(row[1], 4),
        baseline_name=baseline,
        command=command(model),
    )

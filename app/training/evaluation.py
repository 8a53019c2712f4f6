"""The held-out figures that the cards state, measured again.

    net + packs' held-out splits --> list[Metric], each beside its trivial baseline
    held-out and foreign inputs --> familiarity scores --> AUROC, threshold

Nothing here is used while training.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn

from app.nets.recurrent import RecurrentReader
from app.training import angle, digits, foreign, photos, rows
from app.training.measure import Measure, outputs
from app.training.packs import load_arrays, pictures
from app.zoo.card import Metric

PHOTO_SHARE = 0.05  # of the held-out photographs that are called unusual


@dataclass(frozen=True)
class Held:
    """Logits [N, K] and labels [N] of one held-out split."""

    split: str
    logits: Tensor
    labels: Tensor


def share(name: str, held: Held, model: str, classes: Sequence[int] | None = None) -> Metric:
    """Accuracy, also restricted to some classes; the baseline is the commonest class."""
    logits, labels = held.logits, held.labels
    if classes is not None:
        rows = torch.isin(labels, torch.tensor(classes))
        logits, labels = logits[rows][:, list(classes)], labels[rows] - classes[0]
    hits = int((logits.argmax(1) == labels).sum())
    commonest = int(torch.bincount(labels).max())
    return metric(name, hits, held.split, len(labels), commonest, model)


def metric(name: str, hits: int, split: str, n: int, commonest: int, model: str) -> Metric:
    """A share of n examples beside always answering the commonest class."""
    return Metric(
        name=name,
        value=round(hits / n, 4),
        split=split,
        n=n,
        baseline=round(commonest / n, 4),
        baseline_name="always the commonest class",
        command=command(model),
    )


def command(model: str) -> str:
    """The command that measures a model's figures again."""
    return f"gridtime evaluate {model} --data DIR"


def auroc(familiar: Tensor, strange: Tensor) -> float:
    """Share of pairs in which the held-out example scores higher; ties count half."""
    both = torch.cat([familiar, strange]).double()
    _, place, counts = torch.unique(both, return_inverse=True, return_counts=True)
    rank = (counts.cumsum(0) - (counts - 1) / 2)[place][: len(familiar)]
    wins = rank.sum() - len(familiar) * (len(familiar) + 1) / 2
    return float(wins / (len(familiar) * len(strange)))


def noticed(model: str, strange: Tensor, limit: Tensor, split: str) -> Metric:
    """How many inputs that are none of the classes the page calls unusual."""
    return Metric(
        name="noticed as unusual",
        value=round(float((strange < limit).float().mean()), 4),
        unit="share",
        split=split,
        n=len(strange),
        baseline=PHOTO_SHARE,
        baseline_name="held-out pictures that are called unusual",
        command=command(model),
    )


def separation(model: str, familiar: Tensor, strange: Tensor, split: str) -> Metric:
    """How well the familiarity score tells held-out inputs from foreign ones."""
    return Metric(
        name="familiarity AUROC",
        value=round(auroc(familiar, strange), 4),
        split=split,
        n=len(familiar) + len(strange),
        baseline=0.5,
        baseline_name="chance",
        command=command(model),
    )


# --- photos ---------------------------------------------------------------------------------


def photos_val(data: Path) -> tuple[Tensor, Tensor]:
    """The 1,100 val pictures over 22 classes: uint8 [N, 3, 64, 64] and labels [N]."""
    xs, ys = [], []
    for pack, offset in (("tiny_imagenet_10", 0), ("tiny_imagenet_12_more", 10)):
        arrays = load_arrays(data, pack)
        rows = np.flatnonzero(arrays["split"] == 1)
        xs.append(torch.stack([foreign.photo(p) for p in pictures(arrays, rows)]))
        ys.append(torch.from_numpy(arrays["labels"][rows] + offset))
    return torch.cat(xs), torch.cat(ys)


def photos_held(net: nn.Module, data: Path) -> tuple[Held, Held]:
    """The 1,100 val pictures over 22 classes, and the 2,000 test pictures of cats and dogs."""
    x, y = photos_val(data)
    tiny = Held("tiny_imagenet val", photos.predict(net, x), y)
    arrays = load_arrays(data, "cats_dogs_128")
    rows = np.flatnonzero(arrays["split"] == 1)
    x = torch.stack([foreign.photo(p) for p in pictures(arrays, rows)])
    y = torch.from_numpy(arrays["labels"][rows] + photos.CAT)
    return tiny, Held("cats_dogs_128 test", photos.predict(net, x), y)


def photos_seen(net: nn.Module, x: Tensor, names: Sequence[str]) -> dict[str, Tensor]:
    """uint8 [N, 3, 64, 64] -> outputs by name."""
    found: dict[str, list[Tensor]] = {name: [] for name in names}
    for part in x.split(500):
        for name, value in outputs(net, photos.normalise(part.float() / 255), names).items():
            found[name].append(value)
    return {name: torch.cat(parts) for name, parts in found.items()}


def photos_figures(
    net: nn.Module, data: Path, measure: Measure, model: str = "photos"
) -> list[Metric]:
    """The three accuracies of the design and the separation from foreign pictures.

    Every second picture chose the measure (app.training.threshold): the others measure it.
    """
    tiny, pets = photos_held(net, data)
    names = measure.looks_at
    familiar = measure.scores(photos_seen(net, photos_val(data)[0], names))
    strange = measure.scores(photos_seen(net, foreign.photographs(data), names))
    nothing = measure.scores(photos_seen(net, foreign.nothings(500, seed=1), names))
    limit = torch.quantile(familiar, PHOTO_SHARE)
    return [
        share("accuracy, 10 classes", tiny, model, range(10)),
        share("accuracy, 22 classes", tiny, model),
        share("accuracy, cat or dog", pets, model, (photos.CAT, photos.DOG)),
        separation(
            model,
            familiar[1::2],
            strange[1::2],
            "every second picture of tiny_imagenet val against camvid_320, cell_nuclei, "
            "pedestrian_masks",
        ),
        noticed(model, strange[1::2], limit, "every second foreign picture"),
        noticed(model, nothing[::2], limit, "pictures of noise"),
        noticed(model, nothing[1::2], limit, "flat colours"),
    ]


# --- digits ---------------------------------------------------------------------------------


def digits_held(net: nn.Module, data: Path) -> Held:
    """The 10,000 test pictures."""
    x, y = digits.test_set(data)
    return Held("mnist test", digit_logits(net, x), y)


def digit_logits(net: nn.Module, x: Tensor) -> Tensor:
    """uint8 [N, 28, 28] -> logits [N, 10]: seen at once, or after the last row."""
    if isinstance(net, RecurrentReader):
        return rows.predict(net, x)
    return digits.predict(net, x)


def digits_figures(net: nn.Module, data: Path, measure: Measure, model: str) -> list[Metric]:
    """Accuracy on the test pictures and the separation from letters of the alphabet."""
    held = digits_held(net, data)
    return [share("accuracy", held, model), from_letters(net, held, measure, model)]


def rows_figures(net: nn.Module, data: Path, measure: Measure, model: str) -> list[Metric]:
    """The same after the last row, and the accuracy when half of the picture was read."""
    x, y = digits.test_set(data)
    logits, half = rows.on_the_way(net, x), digits.SIZE // 2
    held, early = Held("mnist test", logits[:, -1], y), Held("mnist test", logits[:, half - 1], y)
    return [
        share("accuracy", held, model),
        share(f"accuracy after {half} of {digits.SIZE} rows", early, model),
        from_letters(net, held, measure, model),
    ]


def from_letters(net: nn.Module, held: Held, measure: Measure, model: str) -> Metric:
    """The separation of digits from letters of the alphabet."""
    familiar, strange = (
        measure.scores({"logits": logits})
        for logits in (held.logits, digit_logits(net, foreign.letters()))
    )
    return separation(model, familiar, strange, "mnist test against printed letters")


def angle_figures(net: nn.Module, data: Path, model: str) -> list[Metric]:
    """The mean absolute error on the test pictures, turned and prepared as uploads are."""
    found = []
    for straight, split in ((True, "straightened, then turned"), (False, "as written, turned")):
        x, degrees = angle.test_set(data, straight)
        error = (angle.predict(net, x) - degrees).abs().mean()
        found.append(
            Metric(
                name="mean absolute error",
                value=round(float(error), 2),
                unit="degrees",
                split=f"mnist test as uploads, {split}",
                n=len(x),
                baseline=round(float(degrees.abs().mean()), 2),
                baseline_name="always 0 degrees",
                command=command(model),
            )
        )
    return found


def image(path: Path) -> Image.Image:
    """A picture file as RGB."""
    return Image.open(path).convert("RGB")

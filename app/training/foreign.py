"""Inputs that a model was not made for: what a familiarity score must tell from held-out ones.

photos      street scenes, cells under the microscope, people in streets (packs)
digits      printed letters, drawn here, prepared as MNIST was
sentiment   French sentences, and held-out words in random order
"""

from __future__ import annotations

import random
from collections.abc import Container
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFont
from torch import Tensor

from app.training.packs import load_arrays, pictures, to_tensor
from app.training.photos import SIZE
from app.training.sentences import Example, labelled, read_tsv

PHOTO_PACKS = ("camvid_320", "cell_nuclei", "pedestrian_masks")
LETTERS = "ABCDEFGHJKMNPQRTUVWXYabdefghkmnprtuwxy"  # but those that look like digits


def photo(image: Image.Image) -> Tensor:
    """A picture's middle square as uint8 [3, 64, 64], as uploads are prepared."""
    side = min(image.size)
    left, top = (image.width - side) // 2, (image.height - side) // 2
    box = (left, top, left + side, top + side)
    if image.size == (SIZE, SIZE):
        return to_tensor(image)
    return to_tensor(image.resize((SIZE, SIZE), Image.Resampling.LANCZOS, box=box))


def photographs(data: Path) -> Tensor:
    """uint8 [N, 3, 64, 64]: every picture of the foreign packs."""
    found = []
    for pack in PHOTO_PACKS:
        arrays = load_arrays(data, pack)
        rows = np.arange(len(arrays["offsets"]) - 1)
        found += [photo(p) for p in pictures(arrays, rows)]
    return torch.stack(found)


def nothings(n: int, seed: int = 0) -> Tensor:
    """uint8 [2n, 3, 64, 64]: in turns every pixel by chance, and one colour all over."""
    generator = torch.Generator().manual_seed(seed)
    noise = torch.randint(256, (n, 3, SIZE, SIZE), generator=generator)
    flat = torch.randint(256, (n, 3, 1, 1), generator=generator).expand_as(noise)
    return torch.stack([noise, flat], dim=1).flatten(0, 1).to(torch.uint8)


def letters() -> Tensor:
    """uint8 [N, 28, 28]: letters in four turns each, white on black, centred by mass."""
    drawn = [_letter(sign, turn) for sign in LETTERS for turn in (-12, -4, 4, 12)]
    return torch.from_numpy(np.stack(drawn))


def _letter(sign: str, turn: float) -> np.ndarray:
    canvas = Image.new("L", (200, 200), 0)
    font = ImageFont.load_default(120)
    ImageDraw.Draw(canvas).text((100, 100), sign, fill=255, font=font, anchor="mm")
    canvas = canvas.rotate(turn, Image.Resampling.BICUBIC)
    canvas = canvas.crop(canvas.getbbox())
    scale = 20 / max(canvas.size)
    width, height = (max(1, round(v * scale)) for v in canvas.size)
    ink = np.asarray(canvas.resize((width, height), Image.Resampling.LANCZOS), dtype=np.float64)
    rows, columns = np.indices(ink.shape)
    top = round(14 - float((ink * rows).sum() / ink.sum()))
    left = round(14 - float((ink * columns).sum() / ink.sum()))
    page = np.zeros((28, 28), dtype=np.uint8)
    top, left = (min(max(v, 0), 28 - n) for v, n in zip((top, left), ink.shape, strict=True))
    page[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    return page


def texts(data: Path, known: Container[str], count: int = 1000, seed: int = 0) -> list[Example]:
    """French sentences, and the words of held-out sentences shuffled across sentences."""
    rng = random.Random(seed)
    french = [row["french"] for row in read_tsv(next((data / "eng_fra").glob("test*")))]
    strange = [labelled(text, 0.5, known) for text in rng.sample(french, count)]
    dev = [r["text"] for r in read_tsv(data / "sst" / "sentences_dev.tsv.gz")]
    words = [w for text in dev for w in text.split()]
    rng.shuffle(words)
    lines = [" ".join(words[i : i + 18]) for i in range(0, 18 * count, 18)]
    return strange + [labelled(text, 0.5, known) for text in lines]

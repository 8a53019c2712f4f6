"""Pictures for tests: drawn, encoded, damaged."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from PIL import Image

from app.inputs.image import PreparedImage, read_image
from app.inputs.spec import ImageSpec

PHOTO = ImageSpec(size=16, channels=3, mean=(0.5, 0.4, 0.3), std=(0.2, 0.25, 0.3))
DIGIT = ImageSpec(size=28, channels=1, mode="digit", mean=(0.1307,), std=(0.3081,))


def scene(width: int = 96, height: int = 64) -> Image.Image:
    """A smooth RGB picture in which every place differs: red grows right, green down."""
    y, x = np.mgrid[0:height, 0:width]
    red, green = 255 * x / max(width - 1, 1), 255 * y / max(height - 1, 1)
    blue = 127 + 90 * np.sin(x / 5) * np.cos(y / 7)
    return Image.fromarray(np.stack([red, green, blue], 2).astype(np.uint8))


def encode(image: Image.Image, format_: str, **options: Any) -> bytes:
    """The file of a picture."""
    file = io.BytesIO()
    image.save(file, format_, **options)
    return file.getvalue()


def read(data: bytes, spec: ImageSpec = PHOTO, **options: Any) -> PreparedImage:
    """What a network reads, within 50 megapixels."""
    return read_image(data, spec, max_pixels=50_000_000, **options)


def ops(prepared: PreparedImage) -> list[str]:
    """The steps that were said, in short, the last (normalise) left out."""
    steps = [step["op"] for step in prepared.report["steps"]]
    assert steps.pop() == "normalise"
    return steps

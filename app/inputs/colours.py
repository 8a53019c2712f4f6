"""Whatever a file's pixels are -> red, green and blue of 8 bits, each change said.

16 bits, 32 bits, floats -> 8 bits      palette -> colours      CMYK -> RGB
see-through -> on white                 grey -> three equal channels
"""

from __future__ import annotations

from typing import TypedDict

import numpy as np
from PIL import Image


class Step(TypedDict):
    """One thing that was done to an input, in a sentence a visitor reads."""

    op: str
    text: str


WHITE = (255, 255, 255)
SAID = {
    "depth": "Reduced to 8 bits for each value.",
    "palette": "Its palette was turned into red, green and blue.",
    "cmyk": "Printing colours (CMYK) were turned into red, green and blue.",
    "flatten": "See-through parts were put on white.",
    "grey": "It is grey: red, green and blue are equal.",
    "colours": "Its colours were turned into red, green and blue.",
}


def to_rgb(image: Image.Image, bits: int) -> tuple[Image.Image, list[Step]]:
    """A loaded picture -> RGB and the steps; `bits` for each value as the file has them."""
    ops = []
    if bits > 8 or image.mode[0] in "IF":
        ops.append("depth")
    if image.mode[0] in "IF":
        image = _eight_bits(image)
    if image.mode[0] == "P":
        ops.append("palette")
    elif image.mode in ("L", "LA", "La", "1"):
        ops.append("grey")
    elif image.mode == "CMYK":
        ops.append("cmyk")
    elif image.mode not in ("RGB", "RGBA", "RGBa", "RGBX"):
        ops.append("colours")
    if image.has_transparency_data:
        image = image if image.mode == "RGBA" else image.convert("RGBA")
        if image.getchannel("A").getextrema() != (255, 255):
            ops.append("flatten")
            image = _on_white(image)
    image = image if image.mode == "RGB" else image.convert("RGB")
    return image, [Step(op=op, text=SAID[op]) for op in ops]


def _on_white(image: Image.Image) -> Image.Image:
    """RGBA -> RGB, laid on white."""
    below = Image.new("RGB", image.size, WHITE)
    below.paste(image, mask=image.getchannel("A"))
    return below


def _eight_bits(image: Image.Image) -> Image.Image:
    """Grey values of 16 bits, 32 bits or floats -> 8 bits.

    16-bit values keep their place between black and white; the others have no agreed white, so
    their own smallest and largest become black and white unless they fit 0..1 or 0..65535.
    """
    values = np.asarray(image).astype(np.float32)
    values = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    low, high = float(values.min()), float(values.max())
    if image.mode.startswith("I") and low >= 0 and high <= 65535:
        low, high = 0.0, 65535.0
    elif image.mode == "F" and low >= 0 and high <= 1:
        low, high = 0.0, 1.0
    scaled = (values - low) * (255 / max(high - low, 1e-12))
    return Image.fromarray(np.rint(scaled.clip(0, 255)).astype(np.uint8))

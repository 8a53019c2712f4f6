"""The bytes of a picture -> an upright RGB picture, whatever they are, within bounds.

    sniff (format, or 415) --> open (header only) --> too many pixels? 413
      --> large JPEG: decoded at 1/2, 1/4 or 1/8 --> load --> RGB --> upright

Decoders: JPEG, PNG, WebP, GIF, BMP, TIFF and no other: they are imported here, so that Pillow
never loads the rest. None of its switches is touched, so that any number of threads may decode.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field

from PIL import BmpImagePlugin as _bmp  # noqa: F401  # each registers its decoder
from PIL import GifImagePlugin as _gif  # noqa: F401
from PIL import Image
from PIL import JpegImagePlugin as _jpeg  # noqa: F401
from PIL import PngImagePlugin as _png  # noqa: F401
from PIL import TiffImagePlugin as _tiff  # noqa: F401
from PIL import WebPImagePlugin as _webp  # noqa: F401

from app.core.errors import GridtimeError, TooLarge, Unprocessable
from app.inputs import salvage
from app.inputs.colours import Step, to_rgb
from app.inputs.formats import DAMAGED, end_of, sniff

Crop = tuple[int, int, int]  # x, y, side, in pixels of the upright original

CUT_OFF = "This file stops long before its picture ends. Send it again, or try another."
NEAR_END = 0.25  # more than this share of the rows missing is no picture any more
SPARE = 8  # a reduced JPEG keeps this many times the pixels that the network sees
ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True)
class Decoded:
    """An upright RGB picture. `width` and `height` are the original's, upright; the picture
    itself is smaller where a large JPEG was reduced while it was decoded."""

    image: Image.Image
    format: str
    width: int
    height: int
    bytes: int
    steps: list[Step] = field(default_factory=list)


def decode_image(data: bytes, *, max_pixels: int, target: int, crop: Crop | None = None) -> Decoded:
    """Bytes -> Decoded. `target`: the side that the network sees; `crop`: what of it is wanted.

    Raises UnsupportedType (415), TooLarge (413, before decoding), Unprocessable (422).
    """
    format_ = sniff(data)
    end = end_of(data, format_)
    whole = salvage.patched(data, format_) if end is None else data
    try:
        image = open_header(whole, format_, max_pixels)
        size, steps = image.size, _first_frame(image, format_)
        steps += _reduce(image, format_, min(size), target, crop)
        turn = _load(image, format_, cut_off=end is None)
        upright, more = _upright_rgb(image, data, format_, turn, cut_off=end is None)
    except GridtimeError:
        raise
    except Exception as error:  # a decoder fed with broken bytes raises anything
        raise Unprocessable(DAMAGED) from error
    if turn >= 5 and format_ != "TIFF":
        size = (size[1], size[0])
    if end is not None and end < len(data):
        more.append(_trailing(len(data) - end))
    return Decoded(upright, format_, size[0], size[1], len(data), steps + more)


def too_many(pixels: int | None, limit: int, what: str = "picture", of: str = "") -> str:
    """The sentence for too many pixels."""
    has = "too many pixels" if pixels is None else f"{pixels / 1e6:,.4g} million pixels"
    return f"This {what} has {has}{of}; the limit is {limit / 1e6:,.4g} million. Save it smaller."


def open_header(
    data: bytes, format_: str, max_pixels: int, said: Callable[[int | None, int], str] = too_many
) -> Image.Image:
    """The file with only its header read. Raises TooLarge, in the words of `said`."""
    try:
        image = Image.open(io.BytesIO(data), formats=[format_])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooLarge(said(None, max_pixels)) from error
    if image.width * image.height > max_pixels:
        raise TooLarge(said(image.width * image.height, max_pixels))
    return image


def _load(image: Image.Image, format_: str, *, cut_off: bool) -> int:
    """Decodes; gives how the camera was held (see _turn).

    PNG and GIF keep the rows that came before a cut-off file stops.
    """
    noted = _turn(image) if format_ == "TIFF" else 1  # Pillow turns a TIFF itself, here
    try:
        image.load()
    except OSError:
        if not (cut_off and format_ in ("PNG", "GIF")):
            raise
        image.tile = []  # type: ignore[attr-defined]  # nothing more to decode
        image.load()
    return noted if format_ == "TIFF" else _turn(image)


def _reduce(
    image: Image.Image, format_: str, short: int, target: int, crop: Crop | None
) -> list[Step]:
    """Lets a large JPEG be decoded at a fraction of its size, enough for what the network sees."""
    side = short if crop is None else min(short, max(crop[2], 1))
    factor = side // (target * SPARE)
    if format_ != "JPEG" or factor < 2:
        return []
    width, height = image.size
    image.draft(None, (width // factor, height // factor))
    if image.size == (width, height):
        return []
    taken = round(width / image.width)
    text = f"Read at 1/{taken} of its size to be quick: {image.width} × {image.height}."
    return [Step(op="reduce", text=text)]


def _first_frame(image: Image.Image, format_: str) -> list[Step]:
    """Says that only the first frame or page is read."""
    if not getattr(image, "is_animated", False) or format_ == "JPEG":
        return []
    text = "It has several pages: only the first is read."
    if format_ != "TIFF":
        text = "It moves: only the first frame is read."
    return [Step(op="frame", text=text)]


def _turn(image: Image.Image) -> int:
    """How the camera was held, 1 (upright) to 8; 1 where the note is unreadable."""
    try:
        turn = image.getexif().get(ORIENTATION, 1)
    except Exception:  # a damaged note is no reason to refuse the picture
        return 1
    return turn if turn in _UPRIGHT else 1


def _upright_rgb(
    image: Image.Image, data: bytes, format_: str, turn: int, *, cut_off: bool
) -> tuple[Image.Image, list[Step]]:
    """A loaded picture -> RGB, missing rows grey, turned upright."""
    share = salvage.missing(data, format_, image) if cut_off else 0.0
    if share is None or share > NEAR_END:
        raise Unprocessable(CUT_OFF)
    rgb, steps = to_rgb(image, _bits(image, data, format_))
    if cut_off:
        rgb = rgb.copy() if rgb is image else rgb
        salvage.paint(rgb, data, format_, share)
        steps.insert(0, _ends_early(share, format_))
    if turn != 1:
        steps.append(Step(op="rotate", text="Turned upright, as its camera noted."))
    if turn != 1 and format_ != "TIFF":
        rgb = rgb.transpose(_UPRIGHT[turn])
    return rgb, steps


def _bits(image: Image.Image, data: bytes, format_: str) -> int:
    """Bits of each value, as the file has them: Pillow gives 8 for colours of 16."""
    if format_ == "PNG":
        return data[24]
    if format_ == "TIFF":
        return int(max(image.tag_v2.get(258, (8,))))  # type: ignore[attr-defined]
    return 8


def _ends_early(share: float, format_: str) -> Step:
    """The sentence for a file that was cut off near its end."""
    shown = "." if format_ == "GIF" else ", shown grey."
    text = f"about {share * 100:.0f} % of the picture is missing{shown}"
    if share < 0.005:
        text = "the picture may be coarser." if format_ == "JPEG" else "yet the picture is whole."
    return Step(op="cut_off", text=f"The file ends early: {text}")


def _trailing(count: int) -> Step:
    """The sentence for what lies after the picture."""
    what = "1 byte" if count == 1 else f"{count:,} bytes"
    return Step(op="trailing", text=f"{what} after the end of the picture were ignored.")

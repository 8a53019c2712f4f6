"""The bytes of an animation, or a strip of frames -> a few grey frames, within bounds.

    GIF, WebP, PNG that moves --sniff, sizes from the header--> too much? 413
      --at most `most` of its frames, evenly picked--> RGB on white --> grey
    any still picture + {"frames": 16} --cut into 16, one under another--> grey

A strip is what a page sends: a browser decodes video, so the server needs no decoder of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.core.errors import BadOption, GridtimeError, TooLarge, Unprocessable, UnsupportedType
from app.inputs.colours import Step, to_rgb
from app.inputs.decode import decode_image, open_header, too_many
from app.inputs.formats import DAMAGED, gif_frames, sniff

Frames = NDArray[np.uint8]

MOVING = ("GIF", "WebP", "PNG")
MOST_FRAMES = 1_000  # of a file: finding one frame means passing all before it
STILL = (
    "This picture does not move. Send an animated GIF or WebP, or a strip of frames, one under "
    'another, with the option {"frames": 16}.'
)
FILM = (
    "Films such as MP4 and WebM are not read here: a browser decodes them. Open the video page, or "
    "save it as an animated GIF or WebP."
)
NOT_A_CLIP = "Not a clip we can read. Send an animated GIF or WebP."
MOVES = "A strip of frames is a still picture: this one moves. Send it without frames."


@dataclass(frozen=True)
class Clip:
    """grey uint8 [T, H, W]; `total` frames were there; `seconds` where the file says so."""

    frames: Frames
    total: int
    width: int
    height: int
    format: str
    bytes: int
    seconds: float | None = None
    steps: list[Step] = field(default_factory=list)


def is_film(data: bytes) -> bool:
    """MP4, QuickTime, WebM and AVI, by their first bytes."""
    return (
        (data[4:8] == b"ftyp" and data[8:11] not in (b"hei", b"mif", b"avi"))
        or data.startswith(b"\x1aE\xdf\xa3")
        or (data[:4] == b"RIFF" and data[8:12] == b"AVI ")
    )


def read_clip(data: bytes, most: int, max_pixels: int, strip: int | None = None) -> Clip:
    """Bytes -> at most `most` frames; `strip`: the picture holds so many, one under another.

    Raises UnsupportedType (415), TooLarge (413, before decoding), Unprocessable (422), BadOption.
    """
    if is_film(data):
        raise UnsupportedType(FILM)
    try:
        format_ = sniff(data)
    except UnsupportedType as error:
        raise UnsupportedType(NOT_A_CLIP) from error
    try:
        found = open_header(data, format_, max_pixels, _too_many) if format_ in MOVING else None
        total = 1 if found is None else _total(found, data, format_)
        if strip is not None:
            if total > 1:
                raise BadOption(MOVES)
            return _strip(data, strip, most, max_pixels)
        if found is None or total < 2:
            raise Unprocessable(STILL)
        return _animation(found, data, total, most, max_pixels)
    except GridtimeError:
        raise
    except Exception as error:  # a decoder fed with broken bytes raises anything
        raise Unprocessable(DAMAGED) from error


def picked(total: int, most: int) -> list[int]:
    """At most `most` of the frames 0 … total - 1, evenly, the first and the last among them."""
    if total <= most:
        return list(range(total))
    return [round(i * (total - 1) / (most - 1)) for i in range(most)]


def _total(image: Image.Image, data: bytes, format_: str) -> int:
    """How many frames there are, from headers alone."""
    if format_ == "GIF":
        return gif_frames(data, MOST_FRAMES)
    return int(getattr(image, "n_frames", 1))


def _animation(image: Image.Image, data: bytes, total: int, most: int, max_pixels: int) -> Clip:
    """Frame after frame, those between the picked ones passed over."""
    size = image.width, image.height
    if total > MOST_FRAMES:
        raise TooLarge(f"This clip has more than {MOST_FRAMES:,} frames. Cut a part out of it.")
    if total * size[0] * size[1] > max_pixels:
        raise TooLarge(_too_many(total * size[0] * size[1], max_pixels))
    steps: list[Step] = []
    grey: list[Frames] = []
    seconds, places = 0.0, set(picked(total, most))
    for k in range(total):
        try:
            image.seek(k)
            if image.width * image.height > max_pixels:  # a GIF's frame may be larger than the GIF
                raise TooLarge(_too_many(image.width * image.height, max_pixels))
            image.load()
        except GridtimeError:
            raise
        except Exception:  # a decoder fed with broken bytes raises anything
            if len(grey) < 2:
                raise
            text = f"The file ends early: {k} of its {total} frames can be read."
            steps.append(Step(op="cut_off", text=text))
            break
        seconds += float(image.info.get("duration", 0)) / 1000
        if k in places:
            rgb, said = to_rgb(image, 8)
            steps += [s for s in said if s["op"] == "flatten" and s not in steps]
            grey.append(np.asarray(rgb.crop((0, 0, *size)).convert("L")))
    if total > most:
        text = f"{len(grey)} of its {total} frames are read, evenly picked from first to last."
        steps.append(Step(op="pick", text=text))
    kind = image.format or ""
    return Clip(np.stack(grey), total, *size, kind, len(data), round(seconds, 3) or None, steps)


def _strip(data: bytes, count: int, most: int, max_pixels: int) -> Clip:
    """A tall picture cut into `count` frames of one height, the first on top."""
    decoded = decode_image(data, max_pixels=max_pixels, target=max_pixels)
    if count < 2 or count > MOST_FRAMES or decoded.height % count:
        raise BadOption(
            f"frames = {count} does not cut a picture {decoded.height} pixels high into equal "
            "frames, one under another."
        )
    grey = np.asarray(decoded.image.convert("L"))
    frames = grey.reshape(count, decoded.height // count, decoded.width)
    steps = list(decoded.steps)
    places = picked(count, most)
    if count > most:
        text = f"{len(places)} of its {count} frames are read, evenly picked from first to last."
        steps.append(Step(op="pick", text=text))
    size = decoded.width, decoded.height // count
    return Clip(frames[places], count, *size, decoded.format, len(data), None, steps)


def _too_many(pixels: int | None, limit: int) -> str:
    """The sentence for too many pixels."""
    return too_many(pixels, limit, "clip", " in all")

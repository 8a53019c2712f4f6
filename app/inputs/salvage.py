"""A picture whose file stops before its end: what is there is shown, and how much is not is said.

    data, format --patched--> data that the decoder accepts to its end
    image        --missing--> share of the rows that never arrived

Pillow can do this only by a switch of the whole process (LOAD_TRUNCATED_IMAGES), which another
thread's picture would feel. Here the bytes are completed instead: JPEG gets its end marker, WebP
and BMP the zeros that their headers promise.
"""

from __future__ import annotations

import struct
import zlib

import numpy as np
from PIL import Image

GREY = (128, 128, 128)
_PNG_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # colour type -> samples a pixel


def patched(data: bytes, format_: str) -> bytes:
    """The data, completed so that the decoder reads to its end, where that can be."""
    if format_ == "JPEG":
        return data + b"\xff\xd9"
    short = _stated(data, format_) - len(data)
    # A header may promise anything: never more is added than the file itself has.
    return data + bytes(short) if 0 < short <= len(data) else data


def missing(data: bytes, format_: str, image: Image.Image) -> float | None:
    """Share of the rows, 0..1, that the cut-off file lacks; None where nobody can tell.

    `image` is the decoded picture, in whatever mode its file has.
    """
    if format_ == "JPEG":
        return _flat_rows(np.asarray(image)) / image.height
    if format_ == "PNG":
        return _png_missing(data)
    if format_ == "GIF":
        return float((np.asarray(image) == 0).all(axis=1).mean())
    stated = _stated(data, format_)
    return (stated - len(data)) / stated if stated else None


def paint(image: Image.Image, data: bytes, format_: str, share: float) -> None:
    """Covers the rows of an RGB picture that never arrived with grey."""
    rows = round(share * image.height)
    if not rows or format_ == "GIF":  # its missing rows may lie between the others
        return
    upward = format_ == "BMP" and struct.unpack_from("<i", data, 22)[0] > 0  # its last rows first
    top = 0 if upward else image.height - rows
    image.paste(GREY, (0, top, image.width, top + rows))


def _stated(data: bytes, format_: str) -> int:
    """The length of the file by its own header, 0 where it has none."""
    if format_ == "WebP":
        return 8 + int(struct.unpack_from("<I", data, 4)[0])
    return int(struct.unpack_from("<I", data, 2)[0]) if format_ == "BMP" else 0


def _flat_rows(pixels: np.ndarray) -> int:
    """Rows at the end that repeat one colour: what the JPEG decoder puts where nothing came."""
    flat = pixels.reshape(len(pixels), -1, pixels.shape[2] if pixels.ndim == 3 else 1)
    same = (flat == flat[-1, -1]).all(axis=(1, 2))
    return len(same) if same.all() else int(np.argmin(same[::-1]))


def _png_missing(data: bytes) -> float | None:
    """Rows of a PNG that its compressed data do not reach; None where rows come in passes."""
    width, height, bits, colours, _, _, passes = struct.unpack_from(">IIBBBBB", data, 16)
    if passes or colours not in _PNG_SAMPLES:
        return None
    stride = 1 + (width * bits * _PNG_SAMPLES[colours] + 7) // 8
    unpacker, length = zlib.decompressobj(), 0
    try:
        for part in _image_data(data):
            length += len(unpacker.decompress(part, stride * height - length + 1))
            if length >= stride * height:
                return 0.0
    except zlib.error:
        return None
    return 1 - float(length // stride) / int(height)


def _image_data(data: bytes) -> list[bytes]:
    """The compressed parts of a PNG, the last perhaps cut."""
    parts, place = [], 8
    while place + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        if kind == b"IDAT":
            parts.append(data[place + 8 : place + 8 + length])
        place += 12 + length
    return parts

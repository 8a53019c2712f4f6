"""Which picture format some bytes are, and where the picture in them ends.

    bytes --sniff--> "JPEG" | "PNG" | "WebP" | "GIF" | "BMP" | "TIFF", else UnsupportedType
    bytes --end_of--> offset after the picture; None where the file stops before that

The end is found by walking the format's own blocks, so that what a phone (a motion photo) or an
attacker (a polyglot) puts after the picture is known, and a file that was cut off is, too.
"""

from __future__ import annotations

import re
import struct
import zlib

from app.core.errors import Unprocessable, UnsupportedType

NOT_A_PICTURE = "Not a picture we can read. Try JPEG, PNG or WebP."
EMPTY = "The file is empty. Pick another picture."
DAMAGED = "This picture is damaged, or of a rare kind. Save it as JPEG or PNG, or try another."
SVG = "SVG is a drawing made of lines, not of pixels. Save it as PNG and send that."
HEIC = "HEIC and AVIF pictures are not read here. Save it as JPEG and send that."

_HEIC_BRANDS = frozenset(
    (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis")
)
_BLOCKS = 500_000  # more than any real file of 15 MB has: the walk itself is bounded too
_JPEG_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]", re.DOTALL)


def sniff(data: bytes) -> str:
    """The format, by its first bytes. Raises UnsupportedType; Unprocessable if there are none."""
    if not data:
        raise Unprocessable(EMPTY)
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WebP"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data.startswith((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")):
        return "TIFF"
    if data.startswith(b"BM") and data[6:10] == b"\0\0\0\0":
        return "BMP"
    raise UnsupportedType(_advice(data))


def is_picture(data: bytes) -> bool:
    """Whether the first bytes are those of a picture that is read here."""
    try:
        return bool(sniff(data))
    except (UnsupportedType, Unprocessable):
        return False


def _advice(data: bytes) -> str:
    """What to say about bytes that are no picture of ours."""
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return HEIC
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<svg", b"<?xml", b"<!doctype svg", b"<!--")) and b"<svg" in head:
        return SVG
    return NOT_A_PICTURE


def end_of(data: bytes, format_: str) -> int | None:
    """The offset just after the picture, or None where it is cut off. TIFF: always its length.

    Raises Unprocessable where a checksum shows that the picture is damaged.
    """
    walk = {"JPEG": _jpeg, "PNG": _png, "WebP": _webp, "GIF": _gif, "BMP": _bmp}.get(format_)
    if walk is None:
        return len(data)
    try:
        end = walk(data)
    except (IndexError, struct.error):
        return None
    return end if end is not None and end <= len(data) else None


def _jpeg(data: bytes) -> int | None:
    """Marker by marker to the end-of-image; through a scan, to the marker that ends it."""
    place = 2
    for _ in range(_BLOCKS):
        found = _JPEG_MARKER.search(data, place)
        if found is None:
            return None
        marker, place = data[found.end() - 1], found.end()
        if marker == 0xD9:
            return place
        if marker not in (0x01, 0xD8):
            place += int(struct.unpack_from(">H", data, place)[0])
    return None


def _png(data: bytes) -> int | None:
    """Chunk by chunk to IEND: length, type, data, checksum. Pillow leaves pixels unchecked."""
    place = 8
    for _ in range(_BLOCKS):
        length, kind = struct.unpack_from(">I4s", data, place)
        end = place + 12 + int(length)
        stated = struct.unpack_from(">I", data, end - 4)[0]
        if kind[0] < 97 and zlib.crc32(memoryview(data)[place + 4 : end - 4]) != stated:
            raise Unprocessable(DAMAGED)  # a capital letter: the picture cannot do without it
        place = end
        if kind == b"IEND":
            return place
    return None


def _webp(data: bytes) -> int:
    """The RIFF container states its length."""
    return 8 + int(struct.unpack_from("<I", data, 4)[0])


def _gif(data: bytes) -> int | None:
    """Block by block to the trailer; a byte that starts no block is where the picture ended."""
    place = 13 + _colour_table(data[10])
    for _ in range(_BLOCKS):
        kind = data[place]
        if kind == 0x2C:
            place += 11 + _colour_table(data[place + 9])
        elif kind == 0x21:
            place += 2
        else:
            return place + (kind == 0x3B)
        place = _sub_blocks(data, place)
    return None


def gif_frames(data: bytes, most: int) -> int:
    """How many pictures a GIF holds, counted to `most` + 1 at most; one that breaks off is counted
    to where it does. Pillow would walk all of a file that is made of nothing but frames.
    """
    count = 0
    try:
        place = 13 + _colour_table(data[10])
        while count <= most and data[place] in (0x2C, 0x21):
            frame = data[place] == 0x2C
            count += frame
            place += 11 + _colour_table(data[place + 9]) if frame else 2
            place = _sub_blocks(data, place)
    except IndexError:
        pass
    return count


def _sub_blocks(data: bytes, place: int) -> int:
    """The offset after a chain of sub-blocks, each led by its length, ended by a length of 0."""
    while data[place]:
        place += 1 + data[place]
    return place + 1


def _colour_table(flags: int) -> int:
    """Bytes of a GIF's colour table, by its flags."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _bmp(data: bytes) -> int:
    """The header states the length; some programs leave it out, then it is the file's own."""
    stated, offset = struct.unpack_from("<I4xI", data, 2)
    return int(stated) if stated > offset else len(data)

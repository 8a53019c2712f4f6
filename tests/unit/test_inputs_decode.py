"""Bytes -> upright RGB: every kind of picture, every kind of damage, within bounds."""

from __future__ import annotations

import struct
import subprocess
import sys
import threading
import time
import tracemalloc
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile

from app.core.errors import TooLarge, Unprocessable, UnsupportedType
from app.inputs.decode import decode_image
from app.inputs.formats import end_of, sniff
from tests.unit.pictures import encode, ops, read, scene

FORMATS = ("JPEG", "PNG", "WebP", "GIF", "BMP", "TIFF")
FILES = {name: encode(scene(), name) for name in FORMATS}


def pixels(data: bytes) -> np.ndarray:
    """The decoded picture, int [H, W, 3]."""
    decoded = decode_image(data, max_pixels=10_000_000, target=16)
    return np.asarray(decoded.image).astype(int)


@pytest.mark.parametrize("name", FORMATS)
def test_six_formats(name: str) -> None:
    decoded = decode_image(FILES[name], max_pixels=6144, target=16)
    about = (decoded.format, decoded.width, decoded.height, decoded.bytes)
    assert about == (name, 96, 64, len(FILES[name]))
    assert (
        np.abs(np.asarray(decoded.image).astype(int) - np.asarray(scene())).mean() < 7
    )  # GIF: 256 colours
    assert sniff(FILES[name]) == name
    assert end_of(FILES[name], name) == len(FILES[name])


def test_no_other_decoder_is_ever_loaded() -> None:
    """In a fresh process, after a WebP and a TIFF, Pillow knows our six.

    (And DIB, a BMP without its first bytes, and PPM, which it always knows; neither is asked for.)
    """
    program = """
import sys
from app.inputs.decode import decode_image
from PIL import Image
for data in sys.stdin.buffer.read().split(b"|||||"):
    decode_image(data, max_pixels=10_000, target=16)
print(sorted(Image.OPEN))
"""
    data = FILES["WebP"] + b"|||||" + FILES["TIFF"]
    run = subprocess.run([sys.executable, "-c", program], input=data, capture_output=True)
    known = run.stdout.decode().replace("'DIB', ", "").replace("'PPM', ", "")
    assert known == "['BMP', 'GIF', 'JPEG', 'PNG', 'TIFF', 'WEBP']\n", run.stderr.decode()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x --><svg></svg>", "SVG"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        (b"\0\0\0\x18ftypavif\0\0\0\0", "AVIF"),
        (b"%PDF-1.7", "Not a picture we can read. Try JPEG, PNG or WebP."),
        (b"hello", "Not a picture"),
        (b"\0\0\1\0\1\0\x10\x10", "Not a picture"),  # an icon: a decoder we do not have
        (b"8BPS\0\1", "Not a picture"),
        (b"P6 1 1 255 abc", "Not a picture"),
        (b"BM is how this letter starts", "Not a picture"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "Not a picture"),
    ],
)
def test_other_types_are_refused_with_advice(data: bytes, sentence: str) -> None:
    with pytest.raises(UnsupportedType, match=sentence):
        read(data)


def test_nothing_at_all() -> None:
    with pytest.raises(Unprocessable, match="empty"):
        read(b"")


@pytest.mark.parametrize("name", FORMATS)
def test_headers_alone_are_damaged(name: str) -> None:
    for length in (12, 20, 40):
        with pytest.raises((Unprocessable, UnsupportedType)):
            read(FILES[name][:length])


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WebP", "GIF", "BMP"])
def test_cut_off_near_the_end_is_shown_and_said(name: str) -> None:
    image = scene(200, 160)
    whole = encode(image, name)
    prepared = read(whole[: int(len(whole) * 0.93)])
    assert ops(prepared)[0] == "cut_off"
    assert prepared.report["steps"][0]["text"].startswith("The file ends early: ")
    shown = pixels(whole[: int(len(whole) * 0.93)])
    upper = slice(60, 160) if name == "BMP" else slice(0, 100)  # a BMP starts at the bottom
    assert np.abs(shown[upper] - np.asarray(image)[upper]).mean() < 12


@pytest.mark.parametrize("name", FORMATS)
def test_cut_off_in_the_middle_is_refused(name: str) -> None:
    whole = encode(scene(200, 160), name)
    with pytest.raises(Unprocessable):
        read(whole[: len(whole) // 2])


def test_missing_rows_are_grey() -> None:
    whole = encode(scene(200, 160), "PNG")
    shown = pixels(whole[: int(len(whole) * 0.93)])
    assert (shown[-4:] == 128).all()
    assert not (shown[:100] == 128).all(axis=(1, 2)).any()


def test_progressive_jpeg_cut_off_is_coarser() -> None:
    whole = encode(scene(200, 160), "JPEG", progressive=True)
    prepared = read(whole[: int(len(whole) * 0.9)])
    assert prepared.report["steps"][0]["text"].endswith("the picture may be coarser.")


def test_no_switch_of_pillow_is_touched() -> None:
    limit = Image.MAX_IMAGE_PIXELS
    read(FILES["PNG"][:-40])
    assert not ImageFile.LOAD_TRUNCATED_IMAGES
    assert limit == Image.MAX_IMAGE_PIXELS


def test_one_wrong_bit_in_a_png_is_noticed() -> None:
    data = bytearray(FILES["PNG"])
    data[len(data) // 2] ^= 1
    with pytest.raises(Unprocessable, match="damaged"):
        read(bytes(data))


@pytest.mark.parametrize("name", ["PNG", "GIF"])
def test_corrupt_in_the_middle(name: str) -> None:
    data = bytearray(encode(scene(200, 160), name))
    middle = len(data) // 3
    data[middle : middle + 60] = bytes(range(60))
    with pytest.raises(Unprocessable, match="damaged"):
        read(bytes(data))


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WebP", "GIF", "BMP"])
def test_trailing_bytes_are_ignored_and_said(name: str) -> None:
    tail = b"<script>alert(1)</script>" + FILES["PNG"]  # a polyglot, or a motion photo
    prepared = read(FILES[name] + tail)
    assert "trailing" in ops(prepared)
    said = {step["op"]: step["text"] for step in prepared.report["steps"]}["trailing"]
    assert said == f"{len(tail):,} bytes after the end of the picture were ignored."
    assert prepared.report["original"]["format"] == name
    assert prepared.seen.equal(read(FILES[name]).seen)


def test_a_thumbnail_inside_a_jpeg_is_not_its_end() -> None:
    thumbnail = encode(scene(8, 8), "JPEG")
    segment = b"\xff\xe1" + struct.pack(">H", len(thumbnail) + 2) + thumbnail
    data = FILES["JPEG"][:2] + segment + FILES["JPEG"][2:]
    assert ops(read(data)) == ops(read(FILES["JPEG"]))


def png(width: int, height: int, rows: bytes) -> bytes:
    """A hand-made grey PNG that claims any size."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        checksum = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", checksum)

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize("size", [(10_000, 5_001), (30_000, 30_000), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_is_refused_before_it_is_decoded(size: tuple[int, int]) -> None:
    data = png(*size, rows=bytes(10_000_000))
    tracemalloc.start()
    started = time.process_time()
    with pytest.raises(TooLarge, match="limit is 50 million"):
        read(data)
    assert time.process_time() - started < 0.5
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_the_bound_on_pixels_is_exact() -> None:
    decode_image(FILES["PNG"], max_pixels=96 * 64, target=16)
    with pytest.raises(TooLarge, match=r"has 0\.006144 million pixels"):
        decode_image(FILES["PNG"], max_pixels=96 * 64 - 1, target=16)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FORMATS), st.data())
def test_no_bytes_crash_it(name: str, data: st.DataObject) -> None:
    """Any damage to a real file, and anything after a real beginning: an answer or a refusal."""
    file = bytearray(FILES[name])
    for _ in range(data.draw(st.integers(0, 5))):
        file[data.draw(st.integers(0, len(file) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(file)))
    tail = data.draw(st.binary(max_size=40))
    try:
        prepared = read(bytes(file[:cut]) + tail)
    except (TooLarge, UnsupportedType, Unprocessable):
        return
    assert prepared.tensor.shape == (1, 3, 16, 16)
    assert prepared.tensor.isfinite().all()


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([FILES[name][:16] for name in FORMATS]), st.binary(max_size=200))
def test_nor_do_bytes_after_a_real_beginning(start: bytes, rest: bytes) -> None:
    with pytest.raises((Unprocessable, UnsupportedType, TooLarge)):
        read(start + rest)


def test_many_threads_read_what_one_reads() -> None:
    cut = FILES["PNG"][:-200]
    files = [*FILES.values(), cut, FILES["JPEG"] + b"tail"] * 3
    alone = [read(data).tensor for data in files]
    found: list[bool] = []

    def work(place: int) -> None:
        found.append(read(files[place]).tensor.equal(alone[place]))

    threads = [threading.Thread(target=work, args=(i,)) for i in range(len(files))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * len(files)

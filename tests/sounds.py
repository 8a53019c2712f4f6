"""WAV files of every kind, made by hand, for the tests of what reads recordings."""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
GUID = b"\0\0\0\0\x10\0\x80\0\0\xaa\0\x38\x9b\x71"  # what follows the codec in "extensible"


def wav(
    x: Floats | None = None,
    rate: int = 8_000,
    codec: int = 1,
    bits: int = 16,
    channels: int = 1,
    **more: Any,
) -> bytes:
    """Samples [N] in -1..1 -> a WAV file, the same in every channel. `stated`: what its header says
    is the length of the samples; `before`: chunks put before them.
    """
    data = encoded(np.repeat(spoken() if x is None else x, channels), codec, bits)
    frame = channels * bits // 8
    kind = more.get("extensible", False)
    head = struct.pack(
        "<HHIIHH", 0xFFFE if kind else codec, channels, rate, rate * frame, frame, bits
    )
    if kind:
        head += struct.pack("<HHIH", 22, bits, 0, codec) + GUID
    before: bytes = more.get("before", b"")
    chunks = chunk(b"fmt ", head) + before
    chunks += b"data" + struct.pack("<I", more.get("stated", len(data))) + data
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def chunk(kind: bytes, content: bytes) -> bytes:
    """One chunk, padded to an even length."""
    return kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def encoded(x: Floats, codec: int, bits: int) -> bytes:
    """The samples' bytes."""
    found: bytes
    if codec == 3:
        found = x.astype(f"<f{bits // 8}").tobytes()
        return found
    whole = np.round(x * (2 ** (bits - 1) - 1)).astype(np.int64)
    if bits == 8:
        found = (whole + 128).astype(np.uint8).tobytes()
        return found
    return b"".join(int(v).to_bytes(bits // 8, "little", signed=True) for v in whole)


def spoken(seconds: float = 0.4, rate: int = 8_000, pitch: float = 300) -> Floats:
    """A hum that swells and fades, with an overtone."""
    t = np.arange(round(seconds * rate)) / rate
    tone = np.sin(2 * np.pi * pitch * t) + 0.5 * np.sin(2 * np.pi * 5 * pitch * t)
    return 0.4 * tone * np.hanning(len(t))


def silence(seconds: float, rate: int = 8_000) -> Floats:
    """Nothing."""
    return np.zeros(round(seconds * rate))

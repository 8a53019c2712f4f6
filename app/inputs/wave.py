"""The bytes of a WAV file -> its samples, whatever their width, within bounds.

    RIFF --chunk after chunk--> "fmt " (codec, channels, rate, bits), "data" (the samples)
      --> too long? 413, from the sizes alone --> float32 [N, channels] in -1..1

Codecs: whole numbers of 8 (unsigned), 16, 24 and 32 bits, and floats of 32 and 64 (Microsoft and
IBM 1991; WAVE_FORMAT_EXTENSIBLE of 2001). Python's own reader takes no floats.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.core.errors import TooLarge, Unprocessable, UnsupportedType
from app.inputs.colours import Step

Samples = NDArray[np.float32]

PCM, FLOAT, EXTENSIBLE = 1, 3, 0xFFFE
CODECS = {2: "ADPCM", 6: "A-law", 7: "μ-law", 0x11: "ADPCM", 0x31: "GSM", 0x50: "MPEG", 0x55: "MP3"}
SLOWEST, FASTEST = 8_000, 192_000  # samples a second
MOST_CHANNELS = 8
LOUDEST = 1e12  # of a float: some programs write whole numbers as floats, none beyond these
NEAR_END = 0.25  # more than this share missing is no recording any more
UNKNOWN_LENGTH = (0, 0xFFFFFFFF)  # written by programs that do not know it while they record
# First bytes of what is sound, but not WAV.
OTHERS = {
    b"fLaC": "FLAC", b"OggS": "OGG", b"ID3": "MP3", b"\xff\xfb": "MP3", b"\xff\xf3": "MP3",
    b"\xff\xf1": "AAC", b"\x1aE\xdf\xa3": "WebM", b"FORM": "AIFF", b".snd": "AU", b"RF64": "RF64",
    b"RIFX": "RIFX", b"#!AMR": "AMR",
}  # fmt: skip

NO_SOUND = "Not a recording we can read. Send a WAV file, or record with the microphone."
DAMAGED = "This WAV file is damaged and cannot be read. Save it again, or record a new one."
NO_SAMPLES = "This WAV file holds no sound. Record it again."
CUT_OFF = "This file stops long before its sound ends. Send it again, or record a new one."


@dataclass(frozen=True)
class Format:
    """What the "fmt " chunk says; `width` in bytes, of one sample of one channel."""

    codec: int
    channels: int
    rate: int
    width: int


@dataclass(frozen=True)
class Sound:
    """samples float32 [N], the mean of all channels, in -1..1 (floats may go beyond)."""

    samples: Samples
    rate: int
    channels: int
    codec: str
    bytes: int
    steps: list[Step] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / self.rate


def other_sound(data: bytes) -> str | None:
    """The name of a kind of sound that is not WAV; None for what is not known to be one."""
    if data[4:8] == b"ftyp" and data[8:11] in (b"M4A", b"mp4", b"iso", b"3gp", b"dash"):
        return "MP4"
    return next((name for head, name in OTHERS.items() if data.startswith(head)), None)


def is_wave(data: bytes) -> bool:
    """Whether the bytes begin as a WAV file does."""
    return data[:4] == b"RIFF" and data[8:12] == b"WAVE"


def read_wave(data: bytes, *, max_seconds: float) -> Sound:
    """Bytes -> Sound. Raises UnsupportedType (415), TooLarge (413, before the samples are
    converted), Unprocessable (422).
    """
    if not is_wave(data):
        raise UnsupportedType(_not_wave(data))
    format_, start, stated = _chunks(data)
    _check(format_)
    frame = format_.channels * format_.width
    there = min(stated, len(data) - start) // frame
    if there == 0:
        raise Unprocessable(NO_SAMPLES)
    seconds = (stated // frame) / format_.rate
    if seconds > max_seconds:
        raise TooLarge(
            f"This recording lasts {seconds:.0f} s; the limit is {max_seconds:g} s. Say one word."
        )
    missing = 1 - there / (stated // frame)
    if missing > NEAR_END:
        raise Unprocessable(CUT_OFF)
    steps = [_ends_early(missing)] if missing else []
    samples = _converted(data[start : start + there * frame], format_)
    if format_.channels > 1:
        text = f"Its {format_.channels} channels were made one: their mean."
        steps.append(Step(op="mono", text=text))
    mono = np.ascontiguousarray(samples.mean(axis=1, dtype=np.float32))
    return Sound(mono, format_.rate, format_.channels, _codec(format_), len(data), steps)


def _chunks(data: bytes) -> tuple[Format, int, int]:
    """The format; where the samples begin; how many bytes of them the file states."""
    place, format_ = 12, None
    while place + 8 <= len(data):
        kind, size = data[place : place + 4], int.from_bytes(data[place + 4 : place + 8], "little")
        if kind == b"data":
            if format_ is None:
                raise Unprocessable(DAMAGED)
            rest = len(data) - place - 8
            return format_, place + 8, rest if size in UNKNOWN_LENGTH else size
        if kind == b"fmt ":
            format_ = _format(data[place + 8 : place + 8 + size])
        place += 8 + size + size % 2  # chunks begin at even places
    raise Unprocessable(DAMAGED if format_ is None else NO_SAMPLES)


def _format(chunk: bytes) -> Format:
    """The "fmt " chunk, whose first 16 bytes all kinds share."""
    if len(chunk) < 16:
        raise Unprocessable(DAMAGED)
    codec, channels, rate, _, frame, _ = struct.unpack_from("<HHIIHH", chunk)
    if codec == EXTENSIBLE and len(chunk) >= 26:
        codec = struct.unpack_from("<H", chunk, 24)[0]  # the identifier begins with the codec
    if not channels or frame % channels:
        raise Unprocessable(DAMAGED)
    return Format(codec, channels, rate, frame // channels)


def _check(format_: Format) -> None:
    """Raises the error that names what of the format is not read here."""
    if format_.codec not in (PCM, FLOAT):
        name = CODECS.get(format_.codec, f"codec {format_.codec}")
        raise UnsupportedType(
            f"This WAV file holds {name}. Save it as plain PCM, 16 bit, or record it here."
        )
    if not SLOWEST <= format_.rate <= FASTEST:
        raise Unprocessable(
            f"This recording has {format_.rate:,} samples a second; {SLOWEST:,} to {FASTEST:,} "
            "can be read. Record it again at 16,000."
        )
    if format_.channels > MOST_CHANNELS:
        raise Unprocessable(
            f"This recording has {format_.channels} channels; {MOST_CHANNELS} can be read at most."
        )
    if format_.width not in ((1, 2, 3, 4) if format_.codec == PCM else (4, 8)):
        raise Unprocessable(DAMAGED)


def _converted(data: bytes, format_: Format) -> Samples:
    """float32 [N, channels]; whole numbers are divided by the largest of their width."""
    found: Samples
    if format_.codec == FLOAT:
        found = np.frombuffer(data, f"<f{format_.width}").astype(np.float32)
        if not (np.abs(found) < LOUDEST).all():  # true of what is no number, too
            raise Unprocessable(DAMAGED)
    elif format_.width == 1:
        found = (np.frombuffer(data, np.uint8).astype(np.float32) - 128) / np.float32(128)
    elif format_.width == 3:
        low, middle, high = np.frombuffer(data, np.uint8).reshape(-1, 3).T.astype(np.int32)
        whole = (low << 8 | middle << 16 | high << 24) >> 8  # the last shift carries the sign
        found = whole.astype(np.float32) / np.float32(1 << 23)
    else:
        whole = np.frombuffer(data, f"<i{format_.width}")
        found = whole.astype(np.float32) / np.float32(1 << 8 * format_.width - 1)
    return found.reshape(-1, format_.channels)


def _codec(format_: Format) -> str:
    """In words: "PCM 16 bit"."""
    return f"{'PCM' if format_.codec == PCM else 'float'} {8 * format_.width} bit"


def _not_wave(data: bytes) -> str:
    """The sentence for what is no WAV file."""
    if not data:
        return "This file is empty. Record it again."
    name = other_sound(data)
    if name is None:
        return NO_SOUND
    return f"This is {name}, which is not read here. Save it as WAV, or record it here."


def _ends_early(missing: float) -> Step:
    """The sentence for a file that was cut off near its end."""
    share = f"about {100 * missing:.0f} % of" if missing >= 0.005 else "the very end of"
    return Step(op="cut_off", text=f"The file ends early: {share} the sound is missing.")

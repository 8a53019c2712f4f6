"""Spoken digits made by code: samples for the speech model that come from no person and no pack.

    word -> phones with lengths --targets every ms, smoothed--> tracks: pitch, formants, strengths
      pulses of the vocal folds + breath --four resonators in a row--> voice   |
      noise --one resonator at the place of the hiss-----------------> hiss    + --> WAV, 16 kHz

After Klatt (1980, Software for a cascade/parallel formant synthesizer), much smaller. Vowels by
Peterson and Barney (1952, means of the men), consonants after Klatt's table 3.

`python -m app.training.formants FOLDER` writes all words.
"""

from __future__ import annotations

import io
import sys
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Track = NDArray[np.float64]

RATE = 16_000
STEP = RATE // 1000  # samples in one value of a track
GLIDE, SWELL = 130, 20  # ms over which formants and strengths move from one phone to the next
WIDTHS = (70.0, 100.0, 150.0, 250.0)  # Hz, of the formants
FOURTH = 3_400.0  # Hz, the highest formant, the same for all


@dataclass(frozen=True)
class Phone:
    """Targets: formants in Hz; strengths of voice, breath and hiss; the hiss's place and width."""

    formants: tuple[float, float, float]
    voice: float = 0
    breath: float = 0
    hiss: float = 0
    place: float = 4_000
    width: float = 1_500


@dataclass(frozen=True)
class Voice:
    """Pitch at beginning and end in Hz; how much higher than a man's the formants are; how long
    each phone is and how strong its noise, in shares of the table's; by what share formants and
    lengths wander from phone to phone.
    """

    pitch: tuple[float, float] = (128, 92)
    throat: float = 1.0
    length: float = 1.0
    hiss: float = 1.0
    wander: float = 0.0
    seed: int = 0


PHONES = {
    "iy": Phone((270, 2290, 3010), voice=0.8),
    "ih": Phone((390, 1990, 2550), voice=0.9),
    "eh": Phone((530, 1840, 2480), voice=1),
    "ah": Phone((640, 1190, 2390), voice=1),
    "ao": Phone((570, 840, 2410), voice=1),
    "aa": Phone((690, 1150, 2500), voice=1),
    "ax": Phone((500, 1400, 2400), voice=0.7),
    "ey": Phone((480, 1850, 2520), voice=1),
    "oh": Phone((520, 1000, 2350), voice=1),
    "uh": Phone((350, 800, 2250), voice=0.7),
    "ux": Phone((310, 1550, 2250), voice=0.8),
    "uw": Phone((300, 900, 2240), voice=0.8),
    "w": Phone((290, 640, 2150), voice=0.5),
    "r": Phone((340, 1100, 1450), voice=0.6),
    "n": Phone((260, 1400, 2300), voice=0.3),
    "v": Phone((240, 1100, 2100), voice=0.25, hiss=0.02, place=3_000, width=3_000),
    "z": Phone((260, 1450, 2500), voice=0.2, hiss=0.12, place=4_200, width=700),
    "f": Phone((320, 1150, 2100), hiss=0.04, place=2_800, width=3_000),
    "th": Phone((320, 1300, 2550), hiss=0.04, place=3_300, width=2_500),
    "s": Phone((300, 1500, 2550), hiss=0.25, place=4_300, width=700),
    "tc": Phone((300, 1700, 2600)),
    "t": Phone((350, 1750, 2650), breath=0.1, hiss=0.4, place=3_600, width=1_200),
    "kc": Phone((300, 1990, 2600)),
    "k": Phone((320, 1950, 2600), breath=0.1, hiss=0.3, place=2_100, width=500),
    "h": Phone((350, 1650, 2450), breath=0.3),
}

# "phone length", in ms.
WORDS = {
    "zero": "z 90 ih 100 r 90 oh 130 uh 110",
    "one": "w 90 ah 170 n 140",
    "two": "t 25 h 45 ux 120 uw 170",
    "three": "th 110 r 90 iy 240",
    "four": "f 120 ao 220 r 120",
    "five": "f 120 aa 150 ih 130 v 110",
    "six": "s 130 ih 110 kc 55 k 30 s 170",
    "seven": "s 120 eh 120 v 70 ax 70 n 130",
    "eight": "ey 140 iy 100 tc 70 t 40 h 30",
    "nine": "n 100 aa 160 ih 130 n 130",
}


def phones(word: str) -> list[tuple[Phone, int]]:
    """The notation above -> phones and their lengths in ms."""
    parts = WORDS[word].split()
    return [(PHONES[name], int(ms)) for name, ms in zip(parts[::2], parts[1::2], strict=True)]


def track(values: list[float], lengths: list[int], glide: int) -> Track:
    """One value a phone -> one a ms, the steps between them smoothed over `glide` ms."""
    steps = np.repeat(np.asarray(values, dtype=np.float64), lengths)
    bell = np.hanning(glide + 2)[1:-1]
    padded = np.pad(steps, (glide, glide), mode="edge")
    smooth: Track = np.convolve(padded, bell / bell.sum(), mode="same")
    return smooth[glide:-glide]


def resonator(x: Track, place: Track, width: float) -> Track:
    """A two-pole filter whose frequency (Hz, one value a ms) moves: Klatt 1980, equation 1."""
    r = np.exp(-np.pi * width / RATE)
    b = 2 * r * np.cos(2 * np.pi * place / RATE)
    c, found = -r * r, np.zeros_like(x)
    before = older = 0.0
    for i, value in enumerate(x):
        now = (1 - b[i // STEP] - c) * value + b[i // STEP] * before + c * older
        found[i] = now
        before, older = now, before
    return found


def folds(pitch: Track) -> Track:
    """The pulses of the vocal folds: one a period, their strength falling by 12 dB an octave."""
    phase = np.cumsum(np.repeat(pitch, STEP) / RATE)
    pulses = np.diff(np.floor(phase), prepend=0)
    flow = resonator(pulses, np.zeros(len(pitch)), 120)
    found = np.diff(flow, prepend=0)  # what leaves the lips is the change of the flow
    loudest: Track = found / np.abs(found).max()
    return loudest


def say(word: str, voice: Voice | None = None) -> Track:
    """A word -> its sound [N] in -1..1 at RATE, 60 ms of silence around it."""
    voice = voice or Voice()
    rng = np.random.default_rng(voice.seed)

    def near(value: float) -> float:
        return value * (1 + voice.wander * rng.uniform(-1, 1))

    word_said = [(p, round(near(ms * voice.length))) for p, ms in phones(word)]
    said = [(PHONES["tc"], 60), *word_said, (PHONES["tc"], 60)]
    lengths = [ms for _, ms in said]
    ms = sum(lengths)

    def strength(name: str) -> Track:
        return np.repeat(track([getattr(p, name) for p, _ in said], lengths, SWELL), STEP)

    noise = rng.standard_normal(ms * STEP)
    source = strength("voice") * folds(np.linspace(*voice.pitch, ms))
    x = source + 0.05 * strength("breath") * noise
    for number, width in enumerate(WIDTHS):
        targets = [near((*p.formants, FOURTH)[number] * voice.throat) for p, _ in word_said]
        places = track([targets[0], *targets, targets[-1]], lengths, GLIDE)
        x = resonator(x, places, width)
    spoken = x / np.abs(x).max() + voice.hiss * hissing(said, lengths, noise, strength("hiss"))
    found: Track = 0.6 * spoken / np.abs(spoken).max()
    return found + 1e-4 * rng.standard_normal(len(found))


def hissing(said: list[tuple[Phone, int]], lengths: list[int], noise: Track, how: Track) -> Track:
    """The noise of narrow places in the mouth: each phone's at its own frequency and width."""
    found, starts = np.zeros_like(noise), np.cumsum([0, *lengths]) * STEP
    noise = np.diff(noise, prepend=0)  # what leaves the lips is the change of the flow
    for (phone, ms), start in zip(said, starts, strict=False):
        if not phone.hiss:
            continue
        first, end = max(0, start - SWELL * STEP), start + (ms + SWELL) * STEP
        part = noise[first:end]
        place = np.full(-(-len(part) // STEP), phone.place)
        shaped = resonator(part, place, phone.width)
        found[first:end] = shaped / shaped.std()
    return 0.4 * how * found


def as_wave(x: Track) -> bytes:
    """A WAV file of 16 bits."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((x * 32767).round().astype("<i2").tobytes())
    return buffer.getvalue()


def say_all(folder: Path) -> None:
    """Every word as NAME.wav."""
    folder.mkdir(parents=True, exist_ok=True)
    for word in WORDS:
        (folder / f"{word}.wav").write_bytes(as_wave(say(word)))


if __name__ == "__main__":
    say_all(Path(sys.argv[1]))

"""A recording -> the log-mel picture that a network reads frame by frame, every step said.

    bytes --read_wave--> Sound --resample--> 8 kHz --loudest stretch of sound, silence cut off-->
      --log_mel--> [T, bands] --mean 0, spread 1 over the whole--> [1, T, bands]

What counts as sound: frames of 10 ms whose strength is less than BELOW under the loudest one and,
in a recording longer than WORD, well above its quietest; stretches closer together than PAUSE are
one (the silence before the t of "eight" is part of it). Of several the one with most energy is
read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from app.core.errors import Unprocessable
from app.inputs import logmel
from app.inputs.colours import Step
from app.inputs.resample import resample
from app.inputs.spec import AudioSpec
from app.inputs.wave import Sound, read_wave

Samples = NDArray[np.float32]

SILENT = 1e-4  # of full scale: a largest sample below it is no sound, −80 dB
BELOW = 45.0  # dB under the loudest frame: quieter is silence
ABOVE = 6.0  # dB over the quietest tenth of the frames: quieter is background
WORD = 1.0  # seconds: what is shorter may hold no background, its quietest tenth a consonant
PAUSE = 0.25  # seconds of silence that may lie within a word
MARGIN = 0.05  # seconds kept before and after
SHORTEST = 0.05  # seconds of sound: a word is longer

NOTHING = "This recording is silent. Check the microphone and speak closer to it."
TOO_SHORT = "There is too little sound in this recording. Say one word, in full."


@dataclass(frozen=True)
class PreparedAudio:
    """tensor float32 [1, T, bands]; `wave` float32 [N] at the spec's rate, what the tensor was
    made of; `report` says what was done."""

    tensor: Tensor
    wave: Samples
    report: dict[str, Any]


def read_audio(data: bytes, spec: AudioSpec) -> PreparedAudio:
    """The bytes of a recording -> what the network reads, in one go."""
    return prepare_audio(read_wave(data, max_seconds=spec.seconds), spec)


def prepare_audio(sound: Sound, spec: AudioSpec) -> PreparedAudio:
    """A decoded recording -> what the network reads. Raises Unprocessable where it is silent."""
    steps = list(sound.steps)
    if float(np.abs(sound.samples - sound.samples.mean()).max()) < SILENT:
        raise Unprocessable(NOTHING)
    x = resample(sound.samples, sound.rate, spec.rate)
    if sound.rate != spec.rate:
        text = f"Resampled from {sound.rate:,} to {spec.rate:,} samples a second."
        steps.append(Step(op="resample", text=text))
    start, end = spoken(x, spec.rate, steps)
    wave = x[start:end]
    picture = logmel.whole(logmel.log_mel(torch.from_numpy(wave), spec))
    steps += _said(spec, len(picture))
    return PreparedAudio(picture[None], wave, _report(sound, spec, (start, end), steps))


def spoken(x: Samples, rate: int, steps: list[Step]) -> tuple[int, int]:
    """Where the loudest stretch of sound begins and ends, in samples; `steps` grows."""
    hop = rate // 100
    loud = decibels(x - x.mean(dtype=np.float32), hop)
    found = stretches(loud > limit(loud), round(PAUSE * 100))
    first, last = max(found, key=lambda ends: float((10 ** (loud[slice(*ends)] / 10)).sum()))
    if (last - first) * hop < SHORTEST * rate:
        raise Unprocessable(TOO_SHORT)
    margin = round(MARGIN * rate)
    start, end = max(0, first * hop - margin), min(len(x), last * hop + margin)
    if len(found) > 1:
        text = f"{len(found)} sounds with pauses between them: only the loudest was read."
        steps.append(Step(op="loudest", text=text))
    cut = start / rate, (len(x) - end) / rate
    if max(cut) >= 0.01:
        text = f"Silence cut off: {cut[0]:.2f} s before, {cut[1]:.2f} s after."
        steps.append(Step(op="trim", text=text))
    return start, end


def limit(loud: NDArray[np.float64]) -> float:
    """Strengths in dB, one every 10 ms -> what is no sound any more."""
    most = float(loud.max())
    if len(loud) <= WORD * 100:
        return most - BELOW
    return max(most - BELOW, min(float(np.quantile(loud, 0.1)) + ABOVE, most - ABOVE))


def decibels(x: Samples, hop: int) -> NDArray[np.float64]:
    """The mean power of each `hop` samples in dB, the last ones with zeros behind them."""
    padded = np.pad(x, (0, -len(x) % hop)).reshape(-1, hop).astype(np.float64)
    found: NDArray[np.float64] = 10 * np.log10((padded**2).mean(axis=1) + 1e-12)
    return found


def stretches(loud: NDArray[np.bool_], pause: int) -> list[tuple[int, int]]:
    """Runs of true as (first, end); those with at most `pause` of false between them are one."""
    places = np.flatnonzero(loud)
    breaks = np.flatnonzero(np.diff(places) > pause + 1)
    firsts = [int(places[0]), *(int(places[i + 1]) for i in breaks)]
    ends = [*(int(places[i]) + 1 for i in breaks), int(places[-1]) + 1]
    return list(zip(firsts, ends, strict=True))


def _said(spec: AudioSpec, count: int) -> list[Step]:
    """The sentences for the picture."""
    window, hop = (1000 * n / spec.rate for n in (spec.window, spec.hop))
    bands = (
        f"Cut into {count} frames of {window:g} ms, one every {hop:g} ms; each became {spec.bands} "
        "numbers: the log of its strength in bands that the ear tells apart (mel)."
    )
    return [
        Step(op="logmel", text=bands),
        Step(op="normalise", text="The mean of the whole was subtracted; divided by its spread."),
    ]


def _report(
    sound: Sound, spec: AudioSpec, place: tuple[int, int], steps: list[Step]
) -> dict[str, Any]:
    """What was done to the recording; `spoken` in seconds of the original."""
    return {
        "kind": "audio",
        "original": {
            "seconds": round(sound.seconds, 4),
            "rate": sound.rate,
            "channels": sound.channels,
            "format": f"WAV, {sound.codec}",
            "bytes": sound.bytes,
        },
        "spoken": {"start": place[0] / spec.rate, "end": place[1] / spec.rate},
        "frame": {"window": spec.window / spec.rate, "hop": spec.hop / spec.rate},
        "steps": steps,
    }

"""The held-out figures of `speech-gru`: the official test recordings, and what is no digit.

    fsdd test --> accuracy after the last frame, and after half of the frames
    noises, tones, words said backwards --> familiarity AUROC

What the network is worth on a voice that it never heard needs trainings: app.training.unheard.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from app.inputs import logmel
from app.training import speech
from app.training.evaluation import command, separation
from app.training.measure import Measure
from app.training.nearest import NAME, nearest
from app.training.recordings import SPEC, Recording, load
from app.zoo.card import Metric

TEST = "fsdd test"
STRANGE = "fsdd test against noises, tones, and its words said backwards"
SOUNDS = 100  # noises, and as many tones


def figures(net: nn.Module, data: Path, measure: Measure, model: str) -> list[Metric]:
    """All figures of the card."""
    recordings = load(data)
    taught = [one for one in recordings if not one.test]
    held = [one for one in recordings if one.test]
    labels, plain = speech.labels(held), nearest(taught, held)
    logits = speech.predict(net, held)
    half = speech.predict_pictures(net, [begun(one.picture) for one in held])
    base = int((plain == labels).sum())
    return [
        metric("accuracy", int((logits.argmax(1) == labels).sum()), base, len(held), model),
        metric(
            "accuracy after half of the frames",
            int((half.argmax(1) == labels).sum()),
            base,
            len(held),
            model,
        ),
        separation(
            model,
            measure.scores({"logits": logits}),
            measure.scores({"logits": strange_logits(net, held)}),
            STRANGE,
        ),
    ]


def metric(name: str, hits: int, base: int, n: int, model: str) -> Metric:
    """A share of the test recordings beside the baseline's, which hears the whole word."""
    return Metric(
        name=name,
        value=round(hits / n, 4),
        split=TEST,
        n=n,
        baseline=round(base / n, 4),
        baseline_name=NAME,
        command=command(model),
    )


def begun(picture: Tensor) -> Tensor:
    """The first half of a picture's frames."""
    return picture[: math.ceil(len(picture) / 2)]


def usual_and_strange(net: nn.Module, data: Path) -> tuple[Tensor, Tensor]:
    """Logits of the test recordings, and of what is no digit."""
    held = [one for one in load(data) if one.test]
    return speech.predict(net, held), strange_logits(net, held)


def strange_logits(net: nn.Module, held: Sequence[Recording]) -> Tensor:
    """Of noises, tones, and these recordings backwards."""
    pictures = [pictured(wave) for wave in (*noises(), *tones())]
    pictures += [pictured(one.wave.flip(0)) for one in held]
    return speech.predict_pictures(net, pictures)


def pictured(wave: Tensor) -> Tensor:
    """[N] -> [T, bands]."""
    return logmel.whole(logmel.log_mel(wave, SPEC))


def noises(seed: int = 1) -> list[Tensor]:
    """White to brown noise of 0.3 to 0.8 s that swells and fades."""
    generator = torch.Generator().manual_seed(seed)
    found = []
    for _ in range(SOUNDS):
        length, slope = _length(generator), float(torch.rand(1, generator=generator)) * 2
        spectrum = torch.fft.rfft(torch.randn(length, generator=generator))
        f = torch.arange(1, len(spectrum) + 1)
        coloured: Tensor = torch.fft.irfft(spectrum * f ** (-slope / 2), length)
        found.append(coloured * torch.hann_window(length))
    return found


def tones(seed: int = 2) -> list[Tensor]:
    """Whistles: one to three tones of 150 to 3,000 Hz, each rising or falling, with a little
    noise.
    """
    generator = torch.Generator().manual_seed(seed)
    found = []
    for _ in range(SOUNDS):
        length = _length(generator)
        count = int(torch.randint(1, 4, (1,), generator=generator))
        ends = 150 * 20 ** torch.rand(2, count, 1, generator=generator)
        pitch = ends[0] + (ends[1] - ends[0]) * torch.linspace(0, 1, length)
        tone = torch.sin(2 * math.pi * (pitch / SPEC.rate).cumsum(1)).sum(0)
        noise = torch.randn(length, generator=generator)
        found.append(tone * torch.hann_window(length) + 0.003 * noise)
    return found


def _length(generator: torch.Generator) -> int:
    """0.3 to 0.8 s, in samples."""
    return int(torch.randint(3 * SPEC.rate // 10, 8 * SPEC.rate // 10, (1,), generator=generator))

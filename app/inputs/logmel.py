"""A sound -> its log-mel picture: how much of each pitch region is in it, frame by frame.

    x [..., N] --frames of `window`, one every `hop`--> · Hann --FFT--> |X|^2 [..., T, F]
      --triangles on the mel scale--> [..., T, bands] --log10, at most RANGE below its loudest-->

T = 1 + (N − window) // hop. m(f) = 2595 log10(1 + f / 700) mel (O'Shaughnessy 1987, the formula of
HTK); triangle b rises from 0 at edge b to 1 at edge b + 1 and falls to 0 at edge b + 2, the edges
lying at equal steps of mel from `lowest` Hz to half the rate. Hann: w[n] = sin²(π n / window).
"""

from __future__ import annotations

from functools import cache

import torch
from torch import Tensor

from app.inputs.spec import AudioSpec

RANGE = 6.0  # in log10 of power: 60 dB below the loudest value nothing is told apart


def frames(samples: int, spec: AudioSpec) -> int:
    """How many frames so many samples give."""
    return max(0, 1 + (samples - spec.window) // spec.hop)


def power(x: Tensor, spec: AudioSpec) -> Tensor:
    """float32 [..., N] -> |X|^2 [..., T, F] with F = fft / 2 + 1."""
    cut = x.unfold(-1, spec.window, spec.hop)  # [..., T, window]
    spectrum: Tensor = torch.fft.rfft(cut * hann(spec.window), n=spec.fft)
    return spectrum.real.square() + spectrum.imag.square()


def log_mel(x: Tensor, spec: AudioSpec) -> Tensor:
    """float32 [..., N] -> log10 of the power in each band, [..., T, bands]."""
    return compressed(power(x, spec) @ bank(spec).T)


def compressed(mel: Tensor) -> Tensor:
    """Power [..., T, bands] -> log10, not below RANGE under the loudest of each recording."""
    logs = mel.clamp(min=1e-12).log10()
    return torch.maximum(logs, logs.amax(dim=(-2, -1), keepdim=True) - RANGE)


def whole(logs: Tensor) -> Tensor:
    """[T, bands] -> mean 0 and spread 1 over the recording as a whole, one number each."""
    spread = logs.std(correction=0).clamp(min=1e-3)
    return (logs - logs.mean()) / spread


@cache
def hann(length: int) -> Tensor:
    """The periodic Hann window."""
    return torch.hann_window(length, periodic=True)


@cache
def bank(spec: AudioSpec, stretch: float = 1.0) -> Tensor:
    """The triangles, float32 [bands, F]; `stretch` moves all edges up by that factor."""
    top = spec.rate / 2
    ends = mel(torch.tensor([spec.lowest, top], dtype=torch.float64))
    steps = torch.linspace(float(ends[0]), float(ends[1]), spec.bands + 2, dtype=torch.float64)
    edges = (stretch * hertz(steps)).clamp(max=top + 1e-3 * stretch)
    f = torch.linspace(0, top, spec.fft // 2 + 1, dtype=torch.float64)
    low, middle, high = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    rising = (f - low) / (middle - low).clamp(min=1e-6)
    falling = (high - f) / (high - middle).clamp(min=1e-6)
    return torch.minimum(rising, falling).clamp(min=0, max=1).float()


def mel(hertz: Tensor) -> Tensor:
    """Hz -> mel."""
    return 2595 * torch.log10(1 + hertz / 700)


def hertz(mel: Tensor) -> Tensor:
    """mel -> Hz."""
    return 700 * (10 ** (mel / 2595) - 1)

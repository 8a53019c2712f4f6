"""Recordings changed at random, so that a network hears more voices and rooms than the pack has.

    waves [N, L] --other speed and pitch--> --in a room--> --background noise-->
      --FFT--> |X|^2 --mel bands of a longer or shorter throat--> --another microphone-->
      --longer or shorter--> mean 0, spread 1 --some bands and frames left out--> [N, T, bands]

Speed: Ko et al. 2015; throat: Jaitly and Hinton 2013 (vocal tract length perturbation); bands left
out: Park et al. 2019 (SpecAugment); a room is an exponentially falling noise (Polack 1988).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from app.inputs import logmel
from app.training.augment import uniform
from app.training.recordings import SPEC

THROATS = 17  # so many lengths, at equal steps of the range
EDGE = 800  # samples: the longest silence put before and behind a word


@dataclass(frozen=True)
class Disguise:
    """How far each change may go; the card repeats it."""

    speed: float = 0.15  # share by which a recording is faster and higher, or slower and deeper
    throat: float = 0.15  # share by which the bands move
    tempo: float = 0.25  # share by which the frames are fewer or more
    room: float = 0.5  # share of the recordings that are put into a room
    decay: tuple[float, float] = (0.1, 0.5)  # seconds until an echo is 60 dB down
    noise: tuple[float, float] = (12.0, 50.0)  # dB of the word over the background
    tilt: float = 1.0  # log10 of power: the curve of a microphone
    bands: int = 8  # left out at once, at most
    frames: int = 2


def disguised(
    waves: Sequence[Tensor], how: Disguise, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """Waves [N_i] -> pictures [N, T, bands], zeros behind the shorter ones, and lengths [N]."""
    n = len(waves)
    x, lengths = other_speed(waves, uniform(n, 1 - how.speed, 1 + how.speed, generator))
    x = in_rooms(x, how, generator)
    x, lengths = with_edges(x, lengths, generator)
    x = x + background(x, lengths, how, generator)
    logs, counts = other_throats(x, lengths, how, generator)
    logs = logs + microphones(n, how.tilt, generator)
    logs, counts = other_tempo(logs, counts, uniform(n, 1 - how.tempo, 1 + how.tempo, generator))
    return left_out(whole(logs, counts), counts, how, generator), counts


def other_speed(waves: Sequence[Tensor], factors: Tensor) -> tuple[Tensor, Tensor]:
    """Read `factors` times as fast -> [N, L] and lengths [N]; between samples a straight line."""
    x = torch.nn.utils.rnn.pad_sequence(list(waves), batch_first=True)
    lengths = torch.tensor([len(wave) for wave in waves])
    return stretched(x[..., None], lengths, factors)[0][..., 0], (lengths / factors).long()


def stretched(x: Tensor, lengths: Tensor, factors: Tensor) -> tuple[Tensor, Tensor]:
    """[N, L, C] of `lengths` -> the values at 0, factor, 2 factor … [N, L', C], and new lengths."""
    new = (lengths / factors).long().clamp(min=1)
    moments = torch.arange(int(new.max())) * factors[:, None]  # [N, L']
    moments = moments.minimum(lengths[:, None] - 1.0)
    first = moments.long().minimum(lengths[:, None] - 2).clamp(min=0)
    share = (moments - first)[..., None]
    rows = torch.arange(len(x))[:, None]
    after = (first + 1).clamp(max=x.shape[1] - 1)
    found = x[rows, first] * (1 - share) + x[rows, after] * share
    inside = torch.arange(found.shape[1]) < new[:, None]
    return found * inside[..., None], new


def in_rooms(x: Tensor, how: Disguise, generator: torch.Generator) -> Tensor:
    """Some of [N, L] convolved with an echo; the word stays as long as it was."""
    n, length, size = len(x), x.shape[1], 2_400
    moments = torch.arange(size) / SPEC.rate
    decay = uniform(n, *how.decay, generator)[:, None]
    echo = torch.randn(n, size, generator=generator) * 10 ** (-3 * moments / decay)
    echo[:, :16] = 0  # the first echo comes 2 ms after the voice
    strength = 10 ** (uniform(n, -20, 2, generator) / 20)[:, None]
    echo = echo / echo.norm(dim=1, keepdim=True) * strength
    echo = echo * (torch.rand(n, 1, generator=generator) < how.room)
    echo[:, 0] = 1
    total = quick(length + size)
    both = torch.fft.rfft(x, total) * torch.fft.rfft(echo, total)
    found: Tensor = torch.fft.irfft(both, total)
    return found[:, :length]


def with_edges(x: Tensor, lengths: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Silence of random length before and behind each word, sometimes none."""
    n = len(x)
    before, behind = ((uniform(n, -0.5, 1, generator).clamp(min=0) * EDGE).long() for _ in "ab")
    total = (lengths + before + behind).clamp(min=SPEC.window + 4 * SPEC.hop)
    places = torch.arange(int(total.max())) - before[:, None]
    inside = (places >= 0) & (places < lengths[:, None])
    found = x.gather(1, places.clamp(0, x.shape[1] - 1)) * inside
    return found, total


def background(x: Tensor, lengths: Tensor, how: Disguise, generator: torch.Generator) -> Tensor:
    """Noise [N, L] whose power falls as 1 / f^a, a of 0 to 2, so many dB under the word."""
    n, length = len(x), quick(x.shape[1])
    f = torch.arange(length // 2 + 1).clamp(min=length // 160).float()  # flat below 50 Hz
    slope = uniform(n, 0, 1, generator)[:, None]
    colour = torch.fft.rfft(torch.randn(n, length, generator=generator)) * f**-slope
    noise: Tensor = torch.fft.irfft(colour, length)
    word = x.square().sum(1) / lengths
    under = 10 ** (-uniform(n, *how.noise, generator) / 10)
    scale = (word * under / noise.square().mean(1)).sqrt()
    return noise[:, : x.shape[1]] * scale[:, None]


def quick(length: int) -> int:
    """The next length that a Fourier transform is quick at."""
    return -(-length // 1024) * 1024


def other_throats(
    x: Tensor, lengths: Tensor, how: Disguise, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """[N, L] -> log-mel [N, T, bands] in bands moved by a factor each, and frames [N]."""
    counts = 1 + (lengths - SPEC.window) // SPEC.hop
    powers = logmel.power(x, SPEC)
    factors = torch.linspace(1 - how.throat, 1 + how.throat, THROATS)
    banks = torch.stack([logmel.bank(SPEC, float(factor)) for factor in factors])
    chosen = torch.randint(0, THROATS, (len(x),), generator=generator)
    mel = torch.einsum("ntf,nbf->ntb", powers, banks[chosen])
    inside = torch.arange(mel.shape[1]) < counts[:, None]
    return logmel.compressed(mel * inside[..., None]), counts


def microphones(n: int, reach: float, generator: torch.Generator) -> Tensor:
    """A smooth curve over the bands for each recording, [N, 1, bands]."""
    knots = torch.randn(n, 1, 5, generator=generator) * reach / 2
    slope = torch.linspace(-1, 1, SPEC.bands) * uniform(n, -reach, reach, generator).view(n, 1, 1)
    return F.interpolate(knots, SPEC.bands, mode="linear", align_corners=True) + slope


def other_tempo(logs: Tensor, counts: Tensor, factors: Tensor) -> tuple[Tensor, Tensor]:
    """Frames read at another tempo: the pitch stays."""
    return stretched(logs, counts, factors)


def whole(logs: Tensor, counts: Tensor) -> Tensor:
    """`logmel.whole` of each recording, zeros behind its last frame."""
    inside = (torch.arange(logs.shape[1]) < counts[:, None])[..., None]
    numbers = (counts * logs.shape[2]).view(-1, 1, 1)
    mean = (logs * inside).sum((1, 2), keepdim=True) / numbers
    spread = (((logs - mean) * inside).square().sum((1, 2), keepdim=True) / numbers).sqrt()
    return (logs - mean) / spread.clamp(min=1e-3) * inside


def left_out(x: Tensor, counts: Tensor, how: Disguise, generator: torch.Generator) -> Tensor:
    """Some neighbouring bands and frames of each picture at the mean."""
    n, frames, bands = x.shape
    for axis, size, most in ((1, frames, how.frames), (2, bands, how.bands)):
        wide = torch.randint(0, most + 1, (n, 1), generator=generator)
        ends = counts if axis == 1 else torch.full((n,), bands)
        first = (uniform(n, 0, 1, generator) * ends).long()[:, None]
        places = torch.arange(size)
        gone = (places >= first) & (places < first + wide)
        x = x.masked_fill(gone.unsqueeze(3 - axis), 0)
    return x

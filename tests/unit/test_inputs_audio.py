"""Recordings: WAV of every width, resampling, log-mel frames, silence cut off, refusals."""

from __future__ import annotations

import math
import struct

import numpy as np
import pytest
import torch
from scipy.signal import resample_poly

from app.core.errors import GridtimeError, TooLarge, Unprocessable, UnsupportedType
from app.inputs import logmel
from app.inputs.audio import NOTHING, TOO_SHORT, prepare_audio, read_audio
from app.inputs.resample import resample
from app.inputs.spec import AudioSpec
from app.inputs.wave import Sound, read_wave
from tests.sounds import chunk, silence, spoken, wav

pytestmark = pytest.mark.unit
SPEC = AudioSpec(rate=8_000, window=200, hop=80, fft=256, bands=32, lowest=60, seconds=10)


def sound(x: np.ndarray, rate: int = 8_000) -> Sound:
    return Sound(x.astype(np.float32), rate, 1, "PCM 16 bit", 0)


def ops(data: bytes) -> list[str]:
    return [step["op"] for step in read_audio(data, SPEC).report["steps"]]


# --- WAV ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codec", "bits", "near"),
    [(1, 8, 2e-2), (1, 16, 1e-4), (1, 24, 1e-6), (1, 32, 1e-6), (3, 32, 1e-7), (3, 64, 1e-7)],
)
@pytest.mark.parametrize("extensible", [False, True])
def test_every_width_gives_the_samples(
    codec: int, bits: int, near: float, extensible: bool
) -> None:
    x = spoken()
    x[10] = -0.9  # a sign in the highest byte
    found = read_wave(wav(x, codec=codec, bits=bits, extensible=extensible), max_seconds=10)
    assert found.rate == 8_000
    assert np.abs(found.samples - x).max() < near


def test_channels_are_averaged_and_it_is_said() -> None:
    found = read_wave(wav(channels=2), max_seconds=10)
    assert found.channels == 2
    assert np.allclose(found.samples, spoken(), atol=1e-4)
    assert "2 channels" in found.steps[0]["text"]


def test_other_chunks_and_unknown_lengths_are_no_hindrance() -> None:
    odd = chunk(b"LIST", b"INFOxyz")
    plain = read_wave(wav(), max_seconds=10).samples
    for data in (wav(before=odd), wav(stated=0xFFFFFFFF), wav(stated=0), wav() + odd):
        assert np.array_equal(read_wave(data, max_seconds=10).samples, plain)


def test_a_file_cut_off_near_its_end_is_read_and_said() -> None:
    data = wav()
    assert "10 %" in read_wave(data[: -len(data) // 10], max_seconds=10).steps[0]["text"]
    with pytest.raises(Unprocessable, match="stops long before"):
        read_wave(data[: len(data) // 2], max_seconds=10)


REFUSED: list[tuple[bytes, type[GridtimeError], str]] = [
    (b"", UnsupportedType, "empty"),
    (b"hello, this is a text", UnsupportedType, "Send a WAV file"),
    (b"fLaC" + b"\0" * 50, UnsupportedType, "This is FLAC"),
    (b"OggS" + b"\0" * 50, UnsupportedType, "This is OGG"),
    (b"ID3\x04" + b"\0" * 50, UnsupportedType, "This is MP3"),
    (b"\x1aE\xdf\xa3" + b"\0" * 50, UnsupportedType, "This is WebM"),
    (b"\0\0\0\x18ftypM4A \0\0", UnsupportedType, "This is MP4"),
    (wav(codec=7, bits=8), UnsupportedType, "μ-law"),
    (wav(codec=0x55), UnsupportedType, "MP3"),
    (wav(codec=99), UnsupportedType, "codec 99"),
    (wav(rate=4_000), Unprocessable, "4,000 samples a second"),
    (wav(rate=1_000_000), Unprocessable, "1,000,000 samples a second"),
    (wav(channels=9), Unprocessable, "9 channels"),
    (wav(silence(0)), Unprocessable, "holds no sound"),
    (wav()[:30], Unprocessable, "damaged"),
    (wav()[:12] + chunk(b"data", b"\0" * 400), Unprocessable, "damaged"),
    (wav(codec=3, bits=16, x=silence(1)), Unprocessable, "damaged"),
    (wav(np.full(800, np.nan), codec=3, bits=32), Unprocessable, "damaged"),
    (wav(np.full(800, 1e30), codec=3, bits=32), Unprocessable, "damaged"),
    (wav(silence(12)), TooLarge, "lasts 12 s; the limit is 10 s"),
    (wav(silence(1)), Unprocessable, NOTHING[:20]),
    (wav(np.full(8000, 0.5)), Unprocessable, NOTHING[:20]),
    (wav(spoken(0.02)), Unprocessable, TOO_SHORT[:20]),
]


@pytest.mark.parametrize(("data", "kind", "words"), REFUSED)
def test_what_is_refused_is_told_why(data: bytes, kind: type[GridtimeError], words: str) -> None:
    with pytest.raises(kind) as refused:
        read_audio(data, SPEC)
    assert words in refused.value.detail
    assert refused.value.detail.endswith(".")


def test_too_long_is_refused_by_its_header() -> None:
    """A length that is stated, not there: no memory is taken for it."""
    with pytest.raises(TooLarge):
        read_audio(wav(stated=2_000_000_000), SPEC)


def test_random_bytes_after_a_good_head_are_refused_or_read() -> None:
    random = np.random.default_rng(0)
    whole = wav()
    for _ in range(300):
        data = bytearray(whole)
        for place in random.integers(12, 60, 3):
            data[place] = random.integers(256)
        try:
            found = read_audio(bytes(data), SPEC).tensor
        except (TooLarge, UnsupportedType, Unprocessable):
            continue
        assert found.isfinite().all()


# --- resampling -----------------------------------------------------------------------------


@pytest.mark.parametrize("rate", [11_025, 16_000, 22_050, 44_100, 48_000, 44_101])
def test_a_tone_keeps_its_pitch_and_strength(rate: int) -> None:
    x = np.sin(2 * np.pi * 440 * np.arange(rate) / rate).astype(np.float32)
    found = resample(x, rate, 8_000)
    assert len(found) == 8_000
    expected = np.sin(2 * np.pi * 440 * np.arange(8_000) / 8_000)
    assert np.abs(found - expected)[200:-200].max() < 2e-3


def test_what_is_too_high_is_taken_away() -> None:
    """5 kHz would fold back to 3 kHz."""
    x = np.sin(2 * np.pi * 5_000 * np.arange(16_000) / 16_000).astype(np.float32)
    assert np.abs(resample(x, 16_000, 8_000)[200:-200]).max() < 1e-3


def test_it_agrees_with_scipy() -> None:
    x = spoken(0.5, 16_000).astype(np.float32)
    ours, theirs = resample(x, 16_000, 8_000), resample_poly(x, 1, 2)
    assert np.abs(ours - theirs).max() < 5e-3


def test_the_same_rate_changes_nothing() -> None:
    x = spoken().astype(np.float32)
    assert resample(x, 8_000, 8_000) is x


# --- log-mel --------------------------------------------------------------------------------


def by_hand(x: np.ndarray) -> np.ndarray:
    """The formulas of logmel.py, one number at a time."""
    window = [math.sin(math.pi * n / 200) ** 2 for n in range(200)]
    top = 2595 * math.log10(1 + 4000 / 700)
    low = 2595 * math.log10(1 + 60 / 700)
    edges = [700 * (10 ** ((low + (top - low) * i / 33) / 2595) - 1) for i in range(34)]
    rows = []
    for t in range(1 + (len(x) - 200) // 80):
        power = np.abs(np.fft.rfft(x[80 * t : 80 * t + 200] * window, 256)) ** 2
        row = []
        for a, b, c in zip(edges, edges[1:], edges[2:], strict=False):
            total = 0.0
            for k, p in enumerate(power):
                f = k * 8000 / 256
                total += p * max(0.0, min((f - a) / (b - a), (c - f) / (c - b)))
            row.append(math.log10(max(total, 1e-12)))
        rows.append(row)
    logs = np.array(rows)
    kept: np.ndarray = np.maximum(logs, logs.max() - logmel.RANGE)
    return kept


def test_log_mel_is_its_formula() -> None:
    x = spoken(0.1) + 1e-3 * np.random.default_rng(1).standard_normal(800)
    found = logmel.log_mel(torch.from_numpy(x.astype(np.float32)), SPEC)
    assert found.shape == (8, 32)
    assert np.abs(found.numpy() - by_hand(x)).max() < 1e-3


def test_the_whole_has_mean_nought_and_spread_one() -> None:
    picture = read_audio(wav(), SPEC).tensor[0]
    assert abs(float(picture.mean())) < 1e-5
    assert abs(float(picture.std(correction=0)) - 1) < 1e-5


def test_loudness_changes_nothing() -> None:
    loud, soft = (read_audio(wav(k * spoken(), codec=3, bits=32), SPEC).tensor for k in (1, 0.05))
    assert torch.allclose(loud, soft, atol=1e-3)


def test_every_frequency_is_in_some_band() -> None:
    bank = logmel.bank(SPEC)
    assert bank.shape == (32, 129)
    assert bool((bank.sum(1) > 0).all())
    assert bool((bank.sum(0)[4:-2] > 0.1).all())


# --- what of it is read ---------------------------------------------------------------------


def test_silence_is_cut_off_and_said() -> None:
    x = np.concatenate([silence(0.7), spoken(), silence(1.1)])
    prepared = read_audio(wav(x), SPEC)
    place = prepared.report["spoken"]
    assert 0.6 < place["start"] < 0.75
    assert 1.05 < place["end"] < 1.2
    assert prepared.tensor.shape == (1, logmel.frames(len(prepared.wave), SPEC), 32)
    assert "trim" in ops(wav(x))


def test_background_noise_is_no_sound() -> None:
    noise = 0.004 * np.random.default_rng(2).standard_normal(16_000)
    noise[6_000:9_200] += spoken()
    place = read_audio(wav(noise), SPEC).report["spoken"]
    assert 0.65 < place["start"] < 0.85
    assert 1.0 < place["end"] < 1.25


def test_a_pause_within_a_word_is_kept() -> None:
    x = np.concatenate([spoken(0.2), silence(0.12), 0.3 * spoken(0.06)])
    assert read_audio(wav(x), SPEC).report["spoken"]["end"] > 0.33


def test_of_two_words_the_loudest_is_read_and_it_is_said() -> None:
    x = np.concatenate([0.3 * spoken(), silence(0.6), spoken()])
    prepared = read_audio(wav(x), SPEC)
    assert prepared.report["spoken"]["start"] > 0.9
    assert any("2 sounds" in step["text"] for step in prepared.report["steps"])


def test_a_recording_at_another_rate_gives_the_same_picture() -> None:
    slow = prepare_audio(sound(spoken()), SPEC).tensor
    fast = prepare_audio(sound(spoken(rate=48_000), 48_000), SPEC).tensor
    assert fast.shape == slow.shape
    assert float((fast - slow).abs().mean()) < 0.15  # the highest band is damped


def test_all_steps_are_said() -> None:
    x = np.concatenate([silence(0.5), spoken(rate=16_000)])
    assert ops(wav(x, rate=16_000, channels=2)) == [
        "mono", "resample", "trim", "logmel", "normalise",
    ]  # fmt: skip


def test_a_spec_whose_window_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="window"):
        AudioSpec(rate=8_000, window=300, hop=80, fft=256, bands=32)


def test_a_header_of_no_channels_is_damaged() -> None:
    data = bytearray(wav())
    struct.pack_into("<H", data, 22, 0)
    with pytest.raises(Unprocessable, match="damaged"):
        read_wave(bytes(data), max_seconds=10)

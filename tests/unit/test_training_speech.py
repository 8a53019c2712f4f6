"""How the reader of speech is trained: disguises, batches, the loss, the plain way beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch.nn import functional as F

from app.inputs import logmel
from app.inputs.audio import read_audio
from app.nets import RecurrentReader
from app.training import disguise, formants, nearest, speech, speech_figures, unheard
from app.training.packs import PackMissing
from app.training.recordings import CLASSES, SPEC, Recording, load, padded
from app.zoo.voices import read_voices
from tests.sounds import spoken

FEW = ("zero", "six", "nine")


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def recording(seconds: float, digit: int = 0, speaker: str = "a", index: int = 9) -> Recording:
    wave = torch.from_numpy(spoken(seconds, pitch=200 + 60 * digit)).float()
    return Recording(wave, digit, speaker, index, test=index < 5)


NONE = disguise.Disguise(
    speed=0, throat=0, tempo=0, room=0, noise=(200, 200), tilt=0, bands=0, frames=0
)


# --- disguises ------------------------------------------------------------------------------


def test_no_disguise_is_the_served_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is trained on and what is served come to the same numbers, of each length in a batch."""
    monkeypatch.setattr(disguise, "EDGE", 0)
    some = [recording(0.4), recording(0.3, 2)]
    found, counts = disguise.disguised([one.wave for one in some], NONE, seeded())
    for one, picture, count in zip(some, found, counts, strict=True):
        assert int(count) == len(one.picture)
        assert torch.allclose(picture[: int(count)], one.picture, atol=2e-3)
        assert not picture[int(count) :].any()


def test_the_same_seed_gives_the_same_disguise() -> None:
    waves = [recording(0.4).wave, recording(0.2).wave]
    (one, _), (again, _) = (disguise.disguised(waves, disguise.Disguise(), seeded(3)) for _ in "ab")
    assert torch.equal(one, again)


def test_twice_the_speed_is_half_as_long_and_twice_as_high() -> None:
    t = torch.arange(4_000) / 8_000
    x, lengths = disguise.other_speed([torch.sin(2 * torch.pi * 200 * t)], torch.tensor([2.0]))
    assert int(lengths[0]) == 2_000
    assert torch.allclose(x[0], torch.sin(2 * torch.pi * 400 * t[:2_000]), atol=0.02)


def test_noise_is_as_far_below_the_word_as_asked() -> None:
    x, lengths = torch.randn(4, 4_000), torch.full((4,), 4_000)
    how = disguise.Disguise(noise=(20, 20))
    noise = disguise.background(x, lengths, how, seeded())
    ratio = 10 * (x.square().mean(1) / noise.square().mean(1)).log10()
    assert torch.allclose(ratio, torch.full((4,), 20.0), atol=0.5)


def test_a_room_keeps_the_word_and_adds_to_it() -> None:
    x = torch.zeros(8, 3_000)
    x[:, 100] = 1
    dry = disguise.in_rooms(x, disguise.Disguise(room=0), seeded())
    wet = disguise.in_rooms(x, disguise.Disguise(room=1), seeded())
    assert torch.allclose(dry, x, atol=1e-5)
    assert torch.allclose(wet[:, :110], x[:, :110], atol=1e-4)
    assert bool((wet[:, 120:].norm(dim=1) > 0.05).all())


def test_what_is_left_out_lies_within_the_picture() -> None:
    x = torch.ones(50, 40, SPEC.bands)
    counts = torch.full((50,), 20)
    gone = disguise.left_out(x, counts, disguise.Disguise(bands=4, frames=5), seeded()) == 0
    assert int(gone.all(2).sum(1).max()) <= 5
    assert int(gone.all(1).sum(1).max()) <= 4
    assert bool(gone.any())
    assert not gone.all(2)[:, 25:].any()


# --- training -------------------------------------------------------------------------------


def test_the_loss_by_hand() -> None:
    logits, labels = torch.randn(2, 3, 4, generator=seeded()), torch.tensor([1, 3])
    counts = torch.tensor([3, 2])
    cost = torch.stack([
        F.cross_entropy(logits[:, t], labels, reduction="none") for t in range(3)
    ])  # fmt: skip
    first = (cost[0, 0] / 3 + cost[1, 0] * 2 / 3 + cost[2, 0]) / 2
    second = (cost[0, 1] / 2 + cost[1, 1]) / 1.5
    expected = 0.6 * (cost[2, 0] + cost[1, 1]) / 2 + 0.4 * (first + second) / 2
    assert torch.allclose(speech.loss(logits, labels, counts, 0.4), expected)


def test_batches_hold_every_recording_once() -> None:
    some = [recording(0.2 + 0.01 * i, i % 10) for i in range(23)]
    groups = speech.batches(some, 5, seeded())
    assert sorted(id(one) for group in groups for one in group) == sorted(map(id, some))
    assert max(map(len, groups)) == 5


def test_padding_changes_no_answer() -> None:
    net = RecurrentReader(speech.layers(speech.Recipe(hidden=5))).eval()
    some = [recording(0.2), recording(0.5, 1)]
    alone = torch.cat([speech.predict(net, [one]) for one in some])
    assert torch.allclose(speech.predict(net, some), alone, atol=1e-6)
    x, counts = padded([one.picture for one in some])
    assert x.shape == (2, int(counts.max()), SPEC.bands)


def test_a_few_epochs_tell_two_hums_apart() -> None:
    some = [recording(0.25 + 0.01 * i, digit) for i in range(8) for digit in (0, 4)]
    recipe = speech.Recipe(hidden=8, epochs=8, batch=4, disguise=NONE)
    net = speech.fit(some, recipe, lambda line: None)
    assert speech.right(net, some) == 16


def test_a_missing_pack_is_said(tmp_path: Path) -> None:
    with pytest.raises(PackMissing, match="--data"):
        load(tmp_path)


# --- what stands beside the figures ---------------------------------------------------------


def test_the_plain_way_finds_the_nearest_mean() -> None:
    taught = [recording(0.3 + 0.02 * i, digit) for i in range(3) for digit in range(10)]
    held = [recording(0.33, digit) for digit in range(10)]
    assert nearest.nearest(taught, held).tolist() == list(range(10))
    assert nearest.squeezed(held).shape == (10, nearest.FRAMES * SPEC.bands)


def test_strange_sounds_are_as_long_as_words() -> None:
    for made in (speech_figures.noises(), speech_figures.tones()):
        assert len(made) == speech_figures.SOUNDS
        assert all(2_400 <= len(wave) < 6_400 and bool(wave.isfinite().all()) for wave in made)


def test_a_voice_is_measured_by_a_network_that_never_heard_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    some = [recording(0.3, d, s, i) for d in range(10) for s in "ab" for i in (0, 9)]
    taught: list[set[str]] = []

    def fit(known: list[Recording], *_: object) -> torch.nn.Module:
        taught.append({one.speaker for one in known})
        assert not any(one.test for one in known)
        return RecurrentReader(speech.layers(speech.Recipe(hidden=4))).eval()

    monkeypatch.setattr(speech, "fit", fit)
    monkeypatch.setattr(unheard, "load", lambda data: some)
    found = unheard.measure(tmp_path, tmp_path / "voices.json", speech.Recipe(hidden=4))
    assert taught == [{"b"}, {"a"}]
    assert [one.accuracy.n for one in found.voices] == [20, 20]
    assert found.all.n == 40
    assert read_voices(tmp_path) == found
    unheard.measure(tmp_path, tmp_path / "voices.json", speech.Recipe(hidden=4))
    assert len(taught) == 2  # both were there already


# --- the synthesiser ------------------------------------------------------------------------


@pytest.mark.parametrize("word", FEW)
def test_a_word_made_by_code_is_read_as_one_word(word: str) -> None:
    prepared = read_audio(formants.as_wave(formants.say(word)), SPEC)
    assert prepared.report["original"]["rate"] == formants.RATE
    assert 0.3 < len(prepared.wave) / SPEC.rate < 0.9
    assert not any(step["op"] == "loudest" for step in prepared.report["steps"])


def test_every_digit_can_be_said() -> None:
    assert list(formants.WORDS) == CLASSES
    assert all(formants.phones(word) for word in formants.WORDS)


def test_a_vowel_has_its_formants() -> None:
    """The "ee" at the end of "three": strong near 270 and 2,290 Hz, weak between."""
    x = formants.say("three")[7_000:9_000]
    logs = logmel.log_mel(
        torch.from_numpy(x.copy()).float(),
        SPEC.model_copy(update={"rate": formants.RATE, "window": 400, "hop": 160, "fft": 512}),
    ).mean(0)
    edges = logmel.mel(torch.tensor([270.0, 1_000.0, 2_290.0]))
    low, top = (float(logmel.mel(torch.tensor(f))) for f in (60.0, 8_000.0))
    first, between, second = (int((float(m) - low) / (top - low) * 33) - 1 for m in edges)
    assert logs[max(first, 0)] > logs[between] + 1
    assert logs[second] > logs[between] + 0.5


def test_the_same_voice_says_the_same() -> None:
    assert (formants.say("one") == formants.say("one")).all()

"""What is said of voices that the network never heard: of the card's recipe, one a speaker."""

from __future__ import annotations

from app.training import unheard
from app.training.unheard import CHOSEN_ON, MODEL, SPLIT
from app.zoo import Zoo
from app.zoo.store import models_folder
from app.zoo.voices import Voices, read_voices

SPEAKERS = ["george", "jackson", "lucas", "nicolas", "yweweler"]


def voices() -> Voices:
    """The shipped figures; the zoo refuses those of another recipe."""
    zoo = Zoo(models_folder(), memory_bytes=100_000_000)
    found = read_voices(zoo.voices(MODEL).parent)
    assert found is not None
    return found


def test_each_speaker_was_left_out_of_a_training() -> None:
    found = voices()
    assert [one.speaker for one in found.voices] == SPEAKERS
    assert {one.speaker for one in found.voices if one.chosen_on} == set(CHOSEN_ON)
    for one in found.voices:
        assert one.accuracy.n == one.baseline.n == 500
        assert one.taught == 4 * 450
        assert sum(rate.hits for rate in one.by_class) == one.accuracy.hits
        assert {rate.n for rate in one.by_class} == {50}
    assert (found.command, found.split) == (unheard.COMMAND, SPLIT)


def test_all_together_is_their_sum_and_beats_the_plain_way() -> None:
    found = voices()
    assert found.all.n == 500 * len(SPEAKERS)
    assert found.all.hits == sum(one.accuracy.hits for one in found.voices)
    assert found.all.interval[0] > found.baseline.interval[1]


def test_it_is_said_on_the_card_as_measured() -> None:
    card, found = Zoo(models_folder(), 10**8).card(MODEL), voices()
    values = sorted(one.accuracy.value for one in found.voices)
    said = f"{found.all.value:.0%}, from {values[0]:.0%} to {values[-1]:.0%}".replace("%", " %")
    assert f"{said}, of the recordings of all five" in " ".join(card.limits)

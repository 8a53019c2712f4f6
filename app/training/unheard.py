"""What `speech-gru` is worth on a voice that it never heard: one training for every voice.

    fsdd, without a speaker --speech.fit--> net --all recordings of that speaker--> accuracy
      the same for every speaker --> models/speech-gru/voices.json

`python -m app.training.unheard --data DIR` takes as many trainings as there are voices; it writes
after each, and takes up where it was stopped.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from app.training import speech
from app.training.nearest import NAME, nearest
from app.training.recordings import CLASSES, Recording, load, speakers
from app.training.tally import rate
from app.zoo import models_folder
from app.zoo.measured import Rate
from app.zoo.voices import FILE, Voice, Voices, read_voices

MODEL = "speech-gru"
COMMAND = "python -m app.training.unheard --data DIR"
SPLIT = "all recordings of a speaker of fsdd, trained on those of the others alone"
CHOSEN_ON = ("nicolas",)  # the speakers whose training recordings were left out while tuning


def voice(recordings: Sequence[Recording], speaker: str, recipe: speech.Recipe) -> Voice:
    """Trains without a speaker and measures on that speaker."""
    taught = [one for one in recordings if one.speaker != speaker and not one.test]
    held = [one for one in recordings if one.speaker == speaker]
    net = speech.fit(taught, recipe, lambda line: print(f"{speaker}: {line}", flush=True))
    hits = speech.predict(net, held).argmax(1) == speech.labels(held)
    plain = nearest(taught, held) == speech.labels(held)
    return Voice(
        speaker=speaker,
        taught=len(taught),
        accuracy=counted(hits),
        baseline=counted(plain),
        by_class=[counted(hits[speech.labels(held) == k]) for k in range(len(CLASSES))],
        chosen_on=speaker in CHOSEN_ON,
    )


def counted(hits: Tensor) -> Rate:
    """Booleans [N] -> their share."""
    return rate(int(hits.sum()), len(hits))


def together(rates: Sequence[Rate]) -> Rate:
    """All of them as one."""
    return rate(sum(one.hits for one in rates), sum(one.n for one in rates))


def summed(voices: Sequence[Voice], recipe: speech.Recipe, minutes: float) -> Voices:
    """The file's content."""
    return Voices(
        command=COMMAND,
        recipe=written(recipe),
        split=SPLIT,
        baseline_name=NAME,
        minutes=round(minutes, 1),
        voices=list(voices),
        all=together([one.accuracy for one in voices]),
        baseline=together([one.baseline for one in voices]),
    )


def written(recipe: speech.Recipe) -> dict[str, Any]:
    """A recipe as JSON has it, which knows no tuples."""
    found: dict[str, Any] = json.loads(json.dumps(asdict(recipe)))
    return found


def measure(data: Path, out: Path, recipe: speech.Recipe) -> Voices:
    """Every voice that `out` does not hold yet; writes after each."""
    recordings, known = load(data), read_voices(out.parent)
    out.parent.mkdir(parents=True, exist_ok=True)
    if known is not None and known.recipe != written(recipe):
        known = None  # of another recipe
    voices = list(known.voices) if known else []
    spent = known.minutes if known else 0.0
    for speaker in speakers(recordings):
        if speaker in {one.speaker for one in voices}:
            continue
        started = time.process_time()  # a paused training costs nothing
        voices.append(voice(recordings, speaker, recipe))
        spent += (time.process_time() - started) / 60
        known = summed(voices, recipe, spent)
        out.write_text(known.model_dump_json(indent=1) + "\n", encoding="utf-8")
    assert known is not None
    return known


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Accuracy on voices that were never heard.")
    parser.add_argument("--data", type=Path, required=True)
    given = parser.parse_args()
    torch.set_num_threads(1)
    found = measure(given.data, models_folder() / MODEL / FILE, speech.Recipe())
    for one in found.voices:
        low, high = one.accuracy.interval
        print(
            f"{one.speaker:10} {one.accuracy.value:.3f}  {low:.3f} to {high:.3f}"
            f"  n={one.accuracy.n}  (baseline {one.baseline.value:.3f})"
        )
    whole, plain = found.all, found.baseline
    print(f"{'all':10} {whole.value:.3f}  n={whole.n}  (baseline {plain.value:.3f})")


if __name__ == "__main__":
    main()

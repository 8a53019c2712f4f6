"""The spoken digits of the pack `fsdd`, prepared as the served model prepares a visitor's.

DIR/fsdd/recordings.tar.gz, index.tsv --read_wave, spoken--> Recording(wave, digit, speaker, …)
"""

from __future__ import annotations

import csv
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from app.inputs import logmel
from app.inputs.audio import read_audio
from app.inputs.spec import AudioSpec
from app.training.packs import PackMissing

SPEC = AudioSpec(rate=8_000, window=200, hop=80, fft=256, bands=32, lowest=60, seconds=10)
PACK = "fsdd"
CLASSES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


@dataclass(frozen=True)
class Recording:
    """One word: `wave` float32 [N] at 8 kHz with its silence cut off."""

    wave: Tensor
    digit: int
    speaker: str
    index: int  # 0-4 are the official test recordings
    test: bool

    @property
    def picture(self) -> Tensor:
        """What the network reads, [T, bands]."""
        return logmel.whole(logmel.log_mel(self.wave, SPEC))


def load(data: Path) -> list[Recording]:
    """All recordings, in the order of the index. Raises PackMissing."""
    folder = data / PACK
    if not (folder / "index.tsv").is_file():
        raise PackMissing(f"{folder} is not there. Pass the folder of the data packs with --data.")
    with (folder / "index.tsv").open(encoding="utf-8", newline="") as file:
        rows = {row["file"]: row for row in csv.DictReader(file, delimiter="\t")}
    found = dict(_waves(folder / "recordings.tar.gz"))
    return [
        Recording(
            wave=found[Path(name).name],
            digit=int(row["digit"]),
            speaker=row["speaker"],
            index=int(row["index"]),
            test=row["split"] == "test",
        )
        for name, row in rows.items()
    ]


def _waves(archive: Path) -> Iterator[tuple[str, Tensor]]:
    """The name of every file in the archive with its sound."""
    with tarfile.open(archive) as files:
        for member in files:
            content = files.extractfile(member) if member.isfile() else None
            if content is not None:
                wave = read_audio(content.read(), SPEC).wave
                yield Path(member.name).name, torch.from_numpy(wave.copy())


def speakers(recordings: list[Recording]) -> list[str]:
    """Their names, in the order of the alphabet."""
    return sorted({one.speaker for one in recordings})


def padded(pictures: list[Tensor]) -> tuple[Tensor, Tensor]:
    """Pictures [T, bands] -> [N, T, bands] with zeros behind the shorter ones, and lengths [N]."""
    lengths = torch.tensor([len(one) for one in pictures])
    return torch.nn.utils.rnn.pad_sequence(pictures, batch_first=True), lengths

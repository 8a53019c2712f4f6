"""The command: measures the chosen parts of a model's studies and writes them beside its card.

Parts that were measured before on the same weights stay; figures of other weights are dropped.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from app.core.errors import GridtimeError
from app.training.study.channels import channels
from app.training.study.edges import edges
from app.training.study.held import Held, read_held
from app.training.study.looks import looks
from app.training.study.shift import shift
from app.training.study.trust import moments, trust
from app.zoo import Zoo
from app.zoo.store import models_folder
from app.zoo.studies import FILE, Studies, read_studies


class StudyMissing(GridtimeError):
    """A part was asked for that needs another one."""

    title = "Study missing"


# Each reads what the parts before it found: `looks` compares with the percentiles of `channels`.
PARTS: dict[str, Callable[[Held, Path, dict[str, Any]], Any]] = {
    "trust": lambda held, folder, found: trust(held),
    "channels": lambda held, folder, found: channels(held),
    "looks": lambda held, folder, found: looks(held, folder, needed(found, "channels")),
    "edges": lambda held, folder, found: edges(held),
    "shift": lambda held, folder, found: shift(held),
    "moments": lambda held, folder, found: moments(held, folder),
}


def needed(found: dict[str, Any], name: str) -> Any:
    """A part that another one reads. Raises StudyMissing."""
    if not found.get(name):
        raise StudyMissing(f"Measure the part {name!r} first: nothing is stored for these weights.")
    return found[name]


def study(held: Held, folder: Path, parts: list[str]) -> None:
    """Measures `parts`, in the order of PARTS, on top of what is stored for these weights.

    Written after every part, so that what takes minutes is not lost.
    """
    stored = read_studies(folder)
    same = stored is not None and stored.weights == held.card.weights.sha256
    found = {name: getattr(stored, name) for name in PARTS} if same else {}
    for name in (name for name in PARTS if name in parts):
        started = time.monotonic()
        found[name] = PARTS[name](held, folder, found)
        size = write(held, folder, found)
        seconds = time.monotonic() - started
        print(f"{name:9} {seconds:6.1f} s  {FILE} {size / 1000:.0f} kB", flush=True)


def write(held: Held, folder: Path, found: dict[str, Any]) -> int:
    """Writes studies.json; gives its bytes."""
    studies = Studies(
        weights=held.card.weights.sha256,
        split=held.split,
        n=len(held.x),
        command=f"python -m app.training.study {held.card.id} --data DIR",
        **found,
    )
    return (folder / FILE).write_text(studies.dump(), encoding="utf-8")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description="Measures a shipped model over its held-out split."
    )
    parser.add_argument("id")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--part", default=",".join(PARTS), help="which, with commas between")
    parser.add_argument("--models", type=Path, default=None)
    given = parser.parse_args()
    parts = given.part.split(",")
    unknown = [name for name in parts if name not in PARTS]
    if unknown:
        parser.error(f"no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    torch.set_num_threads(1)
    models = given.models or models_folder()
    held = read_held(Zoo(models, memory_bytes=500_000_000).model(given.id), given.data)
    study(held, models / given.id, parts)


if __name__ == "__main__":
    main()

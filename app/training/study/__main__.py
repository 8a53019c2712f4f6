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

from app.training.study.channels import channels
from app.training.study.held import Held, read_held
from app.training.study.trust import moments, trust
from app.zoo import Zoo
from app.zoo.store import models_folder
from app.zoo.studies import FILE, Studies, read_studies

# Each reads what the parts before it found: `looks` compares with the percentiles of `channels`.
PARTS: dict[str, Callable[[Held, Path, dict[str, Any]], Any]] = {
    "trust": lambda held, folder, found: trust(held),
    "channels": lambda held, folder, found: channels(held),
    "moments": lambda held, folder, found: moments(held, folder),
}


def study(held: Held, folder: Path, parts: list[str]) -> Studies:
    """Measures `parts`, in the order of PARTS, on top of what is stored for these weights."""
    stored = read_studies(folder)
    same = stored is not None and stored.weights == held.card.weights.sha256
    found = {name: getattr(stored, name) for name in PARTS} if same else {}
    for name in (name for name in PARTS if name in parts):
        started = time.monotonic()
        found[name] = PARTS[name](held, folder, found)
        print(f"{name:9} {time.monotonic() - started:6.1f} s", flush=True)
    return Studies(
        weights=held.card.weights.sha256,
        split=held.split,
        n=len(held.x),
        command=f"python -m app.training.study {held.card.id} --data DIR",
        **found,
    )


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
    result = study(held, models / given.id, parts)
    path = models / given.id / FILE
    path.write_text(result.dump(), encoding="utf-8")
    print(f"{path}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()

"""The series that ship as samples: public facts out of the pack, and a random walk.

    pack --label and value a line--> models/forecast-gru/samples/*.csv

`python -m app.training.facts --data DIR --out FOLDER` writes them.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from app.training.histories import History, load

STEPS = 120
SEED = 4


def months(first: int, count: int) -> list[str]:
    """ "1949-01" …, from a month counted from the year 0."""
    return [f"{m // 12}-{m % 12 + 1:02}" for m in range(first, first + count)]


def wander() -> list[float]:
    """A random walk from 100: steps of mean 0 and spread 1."""
    steps = np.random.default_rng(SEED).normal(size=STEPS)
    return [round(float(v), 2) for v in 100 + steps.cumsum()]


def write(path: Path, names: str, labels: Iterable[str], values: Iterable[float]) -> None:
    """One line of names, then one a value."""
    lines = [f"{label},{value:g}" for label, value in zip(labels, values, strict=True)]
    path.write_text("\n".join([names, *lines, ""]), encoding="ascii")


def write_all(data: Path, folder: Path) -> None:
    """airline.csv, sunspots.csv, co2.csv, wander.csv."""
    known: dict[str, History] = {one.name: one for one in load(data)}
    folder.mkdir(parents=True, exist_ok=True)
    airline, sunspots, co2 = (known[name].values for name in ("airline", "sunspots", "co2"))
    write(folder / "airline.csv", "month,thousand passengers", months(1949 * 12, 144), airline)
    years = [str(1700 + i) for i in range(len(sunspots))]
    write(folder / "sunspots.csv", "year,sunspot number", years, sunspots)
    labels = months(1958 * 12 + 3, len(co2))
    write(folder / "co2.csv", "month,ppm", labels, [round(float(v), 2) for v in co2])
    walk = wander()
    write(folder / "wander.csv", "step,value", [str(i + 1) for i in range(len(walk))], walk)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Write the shipped series.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    write_all(given.data, given.out)


if __name__ == "__main__":
    main()

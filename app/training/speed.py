"""How long the shipped readers take, measured on a machine that does nothing else.

    models/sentiment-* --random known words, 10 to 4,000 of them--> models/_shared/speed.json

The same points as the server measures when a visitor asks (engine/passes.py); pages show these
until it has. Everything is measured in rounds, one after another, and of each point the quickest
round is kept: what else the machine does makes a pass slower, never faster.
`python -m app.training.speed` takes about 20 seconds; give it again on a quiet machine: the file is
written anew.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import torch

from app.engine.graphs import Graphs
from app.engine.passes import point, readers, tasks
from app.engine.speed import Race, Run
from app.zoo import Zoo
from app.zoo.machine import machine
from app.zoo.speed import FILE, Speed, SpeedPoint
from app.zoo.store import models_folder

COMMAND = "python -m app.training.speed"
ROUNDS = 3
QUICKEST = "Of {0} rounds over all of it the quickest of each point."


def measured(models: Path, race: Race, rounds: int = ROUNDS) -> Speed:
    """Every reader at every length, however long it takes."""
    zoo = Zoo(models, 10**9)
    graphs = Graphs(zoo)
    run = Run(race, readers(zoo, graphs), time.monotonic(), machine(1))
    wanted = list(tasks(race.lengths, run.readers))
    best: dict[int, SpeedPoint] = {}
    for number in range(rounds):
        print(f"round {number + 1} of {rounds}", flush=True)
        for at, task in enumerate(wanted):
            made = point(zoo, graphs, task.model, task.length, lambda: False)
            if made and (at not in best or made.ms.median < best[at].ms.median):
                best[at] = made
    for at, task in enumerate(wanted):
        run.add(task, best.get(at))
        print(f"{task.length:5} words  {task.model:20} {best[at].ms.median:8.2f} ms", flush=True)
    found = run.whole(f"{COMMAND} --rounds {rounds}", here=False)
    return found.model_copy(update={"note": f"{found.note} {QUICKEST.format(rounds)}"})


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Time and waiting of the shipped readers.")
    parser.add_argument("--out", type=Path, default=models_folder() / FILE)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    torch.set_num_threads(1)
    found = measured(models_folder(), Race(), given.rounds)
    given.out.write_text(found.model_dump_json(indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

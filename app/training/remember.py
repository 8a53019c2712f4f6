"""How far a cell can remember: tanh RNN, GRU and LSTM on the adding and the copy problem.

    length T --sequences made at random--> cell, one linear layer --Adam, a fixed number of
    updates--> fresh sequences: loss and recall --> models/_shared/remember.json

Every point is a cell of its own, trained from fresh weights on sequences of that length alone, once
a seed; the weights are thrown away. The figures are those of the training in the middle, by recall.
All cells of a task have one number of weights within 4 %. A training ends early once its loss is
under a hundredth of chance.
`python -m app.training.remember` makes the file again; it takes an hour or more.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from app.training.readers import CELLS, Cell, descend, start
from app.zoo.remember import FILE, Point, Remembered, Remembering, RememberTask
from app.zoo.store import models_folder

SYMBOLS, KEPT = 8, 10  # of the copy problem: how many there are, how many must be kept
NEAR = 0.08  # an answer of the adding problem that is off by less is right
TRAININGS = 3
RATES: dict[Cell, float] = {"lstm": 1e-2, "gru": 1e-2, "rnn": 2e-3}


@dataclass(frozen=True)
class Task:
    """`make` gives n sequences [n, S, inputs] and targets; `loss` and `right` judge outputs."""

    name: str
    inputs: int
    outputs: int
    hidden: dict[Cell, int]
    lengths: Sequence[int]
    updates: int
    batch: int
    make: Callable[[int, int, torch.Generator], tuple[Tensor, Tensor]]
    loss: Callable[[Tensor, Tensor], Tensor]
    right: Callable[[Tensor, Tensor], Tensor]
    distance: Callable[[int], float]
    chance: Callable[[int], float]
    recall_chance: float
    tests: int = 1000  # fresh sequences that a trained cell is measured on


def adding(n: int, length: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """[n, T, 2]: a number from U(0, 1) and a mark; target [n]: the sum of the two marked ones,
    one in each half.
    """
    numbers, rows = torch.rand(n, length, generator=generator), torch.arange(n)
    marks = torch.zeros(n, length)
    for low, high in ((0, length // 2), (length // 2, length)):
        marks[rows, torch.randint(low, high, (n,), generator=generator)] = 1
    return torch.stack([numbers, marks], 2), (numbers * marks).sum(1)


def copying(n: int, length: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """[n, T + 20, 10]: ten of eight symbols, T blanks of which the last is the sign to begin, ten
    blanks; target [n, T + 20]: blank until the ten places at the end, which repeat the symbols.
    """
    blank, begin, size = SYMBOLS, SYMBOLS + 1, length + 2 * KEPT
    symbols = torch.randint(SYMBOLS, (n, KEPT), generator=generator)
    seen, wanted = torch.full((n, size), blank), torch.full((n, size), blank)
    seen[:, :KEPT], wanted[:, -KEPT:] = symbols, symbols
    seen[:, -KEPT - 1] = begin
    return F.one_hot(seen, SYMBOLS + 2).float(), wanted


def sum_loss(out: Tensor, wanted: Tensor) -> Tensor:
    """out [n, T, 1]: the answer after the last step; mean squared error."""
    return F.mse_loss(out[:, -1, 0], wanted)


def sum_right(out: Tensor, wanted: Tensor) -> Tensor:
    """Which answers are near enough, [n]."""
    return (out[:, -1, 0] - wanted).abs() < NEAR


def copy_loss(out: Tensor, wanted: Tensor) -> Tensor:
    """out [n, S, 9]: cross-entropy in nats, the mean over every step."""
    return F.cross_entropy(out.flatten(0, 1), wanted.flatten())


def copy_right(out: Tensor, wanted: Tensor) -> Tensor:
    """Which of the ten symbols came back in their place, [n, 10]."""
    return (out[:, -KEPT:].argmax(2) == wanted[:, -KEPT:]).float()


ADDING = Task(
    "adding",
    2,
    1,
    {"lstm": 32, "gru": 37, "rnn": 66},
    (10, 20, 50, 100, 200),
    3000,
    50,
    adding,
    sum_loss,
    sum_right,
    # A mark in the middle of the first half, on average: three quarters of the way from the end.
    distance=lambda length: 0.75 * length,
    chance=lambda length: 1 / 6,  # the variance of a sum of two U(0, 1), its mean being answered
    recall_chance=2 * NEAR - NEAR**2,  # that sum lies so near its mean
)
COPY = Task(
    "copy",
    SYMBOLS + 2,
    SYMBOLS + 1,
    {"lstm": 48, "gru": 56, "rnn": 101},
    (1, 5, 10, 20),
    6000,
    32,
    copying,
    copy_loss,
    copy_right,
    distance=lambda length: length + KEPT,
    chance=lambda length: KEPT * math.log(SYMBOLS) / (length + 2 * KEPT),
    recall_chance=1 / SYMBOLS,
)
WORDS = {
    "adding": {
        "title": "Add the two marked numbers",
        "about": "T steps, each a number from 0 to 1; two are marked, one in each half. After the"
        " last step the cell must give their sum.",
        "source": "Hochreiter and Schmidhuber 1997, in the form of Le, Jaitly and Hinton 2015",
        "loss": "mean squared error of the sum",
        "chance": "1/6: always answering 1, the variance of the sum",
        "recall": f"share of sequences whose sum is off by less than {NEAR}",
    },
    "copy": {
        "title": "Say the ten symbols again",
        "about": "Ten of eight symbols, then T empty steps, then a sign: now the cell must give"
        " the ten symbols in their order.",
        "source": "Hochreiter and Schmidhuber 1997, in the form of Arjovsky, Shah and Bengio 2016",
        "loss": "cross-entropy in nats, the mean over all T + 20 steps",
        "chance": "10 ln 8 / (T + 20): the ten symbols guessed, all else known",
        "recall": "share of the ten symbols that came back in their place",
    },
}


class Rememberer(nn.Module):
    """A cell and one linear layer: [n, S, inputs] -> [n, S, outputs]."""

    def __init__(self, task: Task, cell: Cell) -> None:
        super().__init__()
        self.cell = CELLS[cell][0](task.inputs, task.hidden[cell], batch_first=True)
        self.linear = nn.Linear(task.hidden[cell], task.outputs)
        start(self.cell)

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.linear(self.cell(x)[0])
        return out


def trained(task: Task, cell: Cell, length: int, seed: int) -> tuple[Rememberer, int]:
    """A fresh cell after its training, and how many updates that took; its rate falls to nothing
    over the last third.
    """
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    net = Rememberer(task, cell)
    optimiser = torch.optim.Adam(net.parameters(), RATES[cell])
    recent = task.chance(length)
    for update in range(task.updates):
        for group in optimiser.param_groups:
            group["lr"] = RATES[cell] * min(1.0, 3 * (1 - update / task.updates))
        x, wanted = task.make(task.batch, length, generator)
        value = task.loss(net(x), wanted)
        descend(net, optimiser, value, 1.0)
        recent += 0.05 * (value.item() - recent)
        if recent < 0.01 * task.chance(length):
            return net, update + 1
    return net, task.updates


@dataclass(frozen=True, order=True)
class Run:
    """One training, measured; runs are ordered by their recall."""

    recall: float
    loss: float
    updates: int
    seconds: float


def measured(task: Task, cell: Cell, length: int, seed: int) -> Run:
    """Trained with one seed, tested on fresh sequences."""
    started = time.monotonic()
    net, updates = trained(task, cell, length, seed)
    x, wanted = task.make(task.tests, length, torch.Generator().manual_seed(seed + 1))
    with torch.inference_mode():
        out = net(x)
    return Run(
        recall=round(float(task.right(out, wanted).float().mean()), 4),
        loss=round(float(task.loss(out, wanted)), 6),
        updates=updates,
        seconds=time.monotonic() - started,
    )


def point(task: Task, length: int, runs: Sequence[Run]) -> Point:
    """One point of a curve: the run in the middle, and what the others reached."""
    middle = sorted(runs)[len(runs) // 2]
    return Point(
        length=length,
        distance=task.distance(length),
        loss=middle.loss,
        chance=round(task.chance(length), 6),
        recall=middle.recall,
        recalls=[run.recall for run in runs],
        losses=[run.loss for run in runs],
        n=task.tests,
        updates=middle.updates,
        learnt=middle.updates < task.updates,
        seconds=round(sum(run.seconds for run in runs), 1),
    )


def remembering(task: Task, cell: Cell, seed: int, progress: Callable[[str], None]) -> Remembering:
    """One cell over all lengths."""
    points = []
    for length in task.lengths:
        runs = [measured(task, cell, length, seed + k) for k in range(TRAININGS)]
        points.append(point(task, length, runs))
        progress(f"{task.name} {cell}  {points[-1]}")
    return Remembering(
        cell=cell,
        hidden=task.hidden[cell],
        parameters=sum(p.numel() for p in Rememberer(task, cell).parameters()),
        rate=RATES[cell],
        points=points,
    )


def remember(tasks: Sequence[Task], seed: int, progress: Callable[[str], None]) -> Remembered:
    """Every task with every cell."""
    started = time.monotonic()
    found = [
        RememberTask(
            task=task.name,
            **WORDS[task.name],
            recall_chance=round(task.recall_chance, 4),
            updates=task.updates,
            batch=task.batch,
            cells=[remembering(task, cell, seed, progress) for cell in task.hidden],
        )
        for task in tasks
    ]
    return Remembered(
        command=f"python -m app.training.remember --seed {seed}",
        seed=seed,
        trainings=TRAININGS,
        torch=torch.__version__,
        seconds=round(time.monotonic() - started, 1),
        tasks=found,
    )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure how far each cell can remember.")
    parser.add_argument("--out", type=Path, default=models_folder() / FILE)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--updates", type=int, default=None, help="fewer, to try it out")
    given = parser.parse_args()
    torch.set_num_threads(1)
    tasks = [replace(t, updates=given.updates or t.updates) for t in (ADDING, COPY)]
    found = remember(tasks, given.seed, print)
    given.out.write_text(found.model_dump_json(indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""Which came first? Six small networks trained on that question alone, and measured by distance.

    distance 1…39, places and fillers at random --net--> A first or B first
      --Adam, a fixed number of updates--> weights --fresh sequences of one distance--> accuracy
      --> models/_shared/first.json, first.safetensors (the weights of the first seed)

One net a model and seed learns all distances at once from sequences of 64 places, no sign nearer
to an end than 12 places. It is measured distance by distance at that length; and where it can read
them, in sequences of 256, no sign nearer to an end than 62: the wide CNN would else know a sign's
place by the zeros before the sequence, even where no cell sees both signs. A reader from left to
right could answer by the sign that it met last: not the distance is hard for it but the way from
there to the end.
A training ends early once its loss is under 1/500 of that of chance. Each net is kept in --runs
when it is done: a second start goes on where the first one stopped.
`python -m app.training.first` makes the files again; about 12 minutes on one core.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import torch
from pydantic import BaseModel, ConfigDict
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional as F

from app.inputs.signs import LENGTH, MARGIN, SYMBOLS, longest, sequences
from app.training.first_nets import PLANS, WIDE, Plan, field
from app.training.readers import descend
from app.training.tally import rate
from app.zoo.first import FILE, WEIGHTS, First, FirstModel, FirstPoint, Name, at_the_end
from app.zoo.store import models_folder

CHANCE = math.log(2)  # the loss of always answering one half
TITLE = "Which came first?"
ABOUT = (
    "Sequences of 64 places hold two signs, A and B, among six kinds of filler. The class is which"
    " of the two came first; half of all sequences begin with either, so chance is 50 %."
)
LONG, WIDE_MARGIN = 4 * LENGTH, field(WIDE) - 1
MARGINS = {LENGTH: MARGIN, LONG: WIDE_MARGIN}
DISTANCES = {
    LENGTH: (1, 2, 4, 8, 12, 13, 16, 20, 24, 32, longest()),
    LONG: (1, 8, 12, 13, 24, longest(), 50, 62, 63, 80, 100, longest(LONG, WIDE_MARGIN)),
}


@dataclass(frozen=True)
class Budget:
    """What decides the result, the same for all six."""

    updates: int = 3000
    batch: int = 64
    tests: int = 1000  # fresh sequences a distance
    seeds: int = 3
    enough: float = 0.002  # of the loss of chance: then a training ends
    distances: dict[int, Sequence[int]] | None = None

    @property
    def points(self) -> list[tuple[int, int]]:
        """(length, distance) of every point that is measured."""
        found = self.distances or DISTANCES
        return [(length, d) for length, ds in found.items() for d in ds]


class Kept(BaseModel):
    """One trained net, as it is noted beside its weights; `hits` has None where it cannot read."""

    model_config = ConfigDict(frozen=True)
    stamp: str
    updates: int
    seconds: float
    hits: list[int | None]


def trained(plan: Plan, budget: Budget, seed: int) -> tuple[nn.Module, int]:
    """A fresh net after its training, and how many updates that took; its rate falls to nothing
    over the last third.
    """
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    net = plan.net().train()
    optimiser = torch.optim.Adam(net.parameters(), plan.rate)
    recent = CHANCE
    for update in range(budget.updates):
        for group in optimiser.param_groups:
            group["lr"] = plan.rate * min(1.0, 3 * (1 - update / budget.updates))
        x, wanted = sequences(budget.batch, LENGTH, generator)
        value = F.cross_entropy(at_the_end(net(x)), wanted)
        descend(net, optimiser, value, 1.0)
        recent += 0.02 * (value.item() - recent)
        if recent < budget.enough * CHANCE:
            return net.eval(), update + 1
    return net.eval(), budget.updates


def right(net: nn.Module, length: int, distance: int, budget: Budget, seed: int) -> int:
    """How many fresh sequences are answered right; those of a point are the same for all nets."""
    generator = torch.Generator().manual_seed(1_000_003 * (seed + 1) + 1000 * length + distance)
    x, wanted = sequences(budget.tests, length, generator, distance, MARGINS[length])
    with torch.inference_mode():
        return int((at_the_end(net(x)).argmax(1) == wanted).sum())


def kept(plan: Plan, budget: Budget, seed: int, runs: Path) -> tuple[Kept, dict[str, Tensor]]:
    """One net of one seed: out of `runs`, or trained now and put there."""
    weights, note = (runs / f"{plan.model}-{seed}.{end}" for end in ("safetensors", "json"))
    stamp = hashlib.sha256(f"{plan} {budget} {torch.__version__}".encode()).hexdigest()
    if note.is_file() and weights.is_file():
        known = Kept.model_validate_json(note.read_bytes())
        if known.stamp == stamp:
            return known, load_file(weights)
    started = time.monotonic()
    net, updates = trained(plan, budget, seed)
    hits = [
        None if plan.only not in (None, length) else right(net, length, distance, budget, seed)
        for length, distance in budget.points
    ]
    seconds = round(time.monotonic() - started, 1)
    found = Kept(stamp=stamp, updates=updates, seconds=seconds, hits=hits)
    state = {name: value.contiguous() for name, value in net.state_dict().items()}
    save_file(state, weights)
    note.write_text(found.model_dump_json(), encoding="utf-8")
    return found, state


def points(of_seeds: Sequence[Kept], budget: Budget) -> list[FirstPoint]:
    """The curve: the first seed's accuracy with its interval, and what every seed reached."""
    found = []
    for at, (length, distance) in enumerate(budget.points):
        hits = [counted for one in of_seeds if (counted := one.hits[at]) is not None]
        if hits:
            shares = [round(each / budget.tests, 4) for each in hits]
            accuracy = rate(hits[0], budget.tests)
            found.append(
                FirstPoint(
                    length=length,
                    margin=MARGINS[length],
                    distance=distance,
                    accuracy=accuracy,
                    seeds=shares,
                )
            )
    return found


def model_of(plan: Plan, of_seeds: Sequence[Kept], budget: Budget) -> FirstModel:
    """What is stored about one network."""
    return FirstModel(
        model=plan.model,
        title=plan.title,
        about=plan.about,
        architecture=plan.architecture,
        layers=plan.layers,
        parameters=plan.parameters,
        field=plan.field,
        only=plan.only,
        rate=plan.rate,
        updates=of_seeds[0].updates,
        seconds=round(sum(one.seconds for one in of_seeds), 1),
        points=points(of_seeds, budget),
    )


def told(model: Name, seed: int, one: Kept, budget: Budget) -> str:
    """A line of the log: hits at the length trained on."""
    pairs = zip(budget.points, one.hits, strict=True)
    shares = [
        f"{d}: {hit / budget.tests:.2f}" for (n, d), hit in pairs if n == LENGTH and hit is not None
    ]
    return f"{model} seed {seed}  {one.updates} updates  {one.seconds:.0f} s  {'  '.join(shares)}"


def first(
    plans: Sequence[Plan], budget: Budget, seed: int, runs: Path, progress: Callable[[str], None]
) -> tuple[First, dict[str, Tensor]]:
    """Every network with every seed -> the figures, but for the sum of the file, and its tensors.

    The file's sum is filled in by `write`.
    """
    runs.mkdir(parents=True, exist_ok=True)
    models: list[FirstModel] = []
    tensors: dict[str, Tensor] = {}
    for plan in plans:
        of_seeds = []
        for number in range(seed, seed + budget.seeds):
            found, state = kept(plan, budget, number, runs)
            if number == seed:
                tensors |= {f"{plan.model}.{name}": value for name, value in state.items()}
            of_seeds.append(found)
            progress(told(plan.model, number, found, budget))
        models.append(model_of(plan, of_seeds, budget))
    about = First(
        command=f"python -m app.training.first --seed {seed}",
        seed=seed,
        torch=torch.__version__,
        seconds=round(sum(model.seconds for model in models), 1),
        title=TITLE,
        about=ABOUT,
        length=LENGTH,
        margin=MARGIN,
        symbols=SYMBOLS,
        batch=budget.batch,
        budget=budget.updates,
        sha256="",
        models=models,
    )
    return about, tensors


def write(models: Path, about: First, tensors: dict[str, Tensor]) -> First:
    """Both files; gives the figures with the sum of the weights."""
    (models / WEIGHTS).parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors, models / WEIGHTS)
    digest = hashlib.sha256((models / WEIGHTS).read_bytes()).hexdigest()
    found = about.model_copy(update={"sha256": digest})
    (models / FILE).write_text(found.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return found


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Train six nets to say which sign came first.")
    parser.add_argument("--out", type=Path, default=models_folder(), help="a models folder")
    parser.add_argument("--runs", type=Path, default=Path("runs/first"), help="nets that are done")
    parser.add_argument("--seed", type=int, default=0, help="the first of the seeds")
    parser.add_argument("--updates", type=int, default=Budget.updates, help="fewer, to try it out")
    parser.add_argument("--seeds", type=int, default=Budget.seeds, help="nets of each kind")
    parser.add_argument("--models", nargs="*", choices=list(PLANS), default=list(PLANS))
    given = parser.parse_args()
    torch.set_num_threads(1)
    print("About 12 minutes on one core.", flush=True)
    budget = replace(Budget(), updates=given.updates, seeds=given.seeds)
    plans = [PLANS[name] for name in given.models]
    about, tensors = first(plans, budget, given.seed, given.runs, partial(print, flush=True))
    if len(plans) == len(PLANS):
        write(given.out, about, tensors)


if __name__ == "__main__":
    main()

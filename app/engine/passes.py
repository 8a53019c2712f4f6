"""What is measured when networks race over sequences: which networks, which words, one point.

    zoo --family--> readers of one kind of text      length, seed --sequence--> row numbers [1, T]
    model, length --point--> milliseconds, operations that must wait, multiply–adds

Used by the server, a point at a time (engine/speed.py), and by `python -m app.training.speed`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict

import torch
from torch import Tensor, nn

from app.engine.graphs import Graphs
from app.inputs.spec import TextSpec
from app.insight.timing import timed
from app.insight.waiting import is_recurrent, waiting, work
from app.zoo import Card, Zoo
from app.zoo.speed import Passes, SpeedPoint, SpeedReader, Unreached

LADDER = (10, 20, 40, 100, 200, 400, 1000, 2000, 4000)
LONGEST = LADDER[-1]
SEED = 0
NOTE = (
    "One forward pass from word numbers to logits: random known words, one text at a time, one"
    " thread, the network only. After one pass to warm up at least 5, at most 25; median, 10th and"
    " 90th percentile. Every network reads the same words."
)


def family(zoo: Zoo) -> list[Card]:
    """The largest group of networks that give the same classes to the same words; those that
    only read at a word of their own are left out, for random words do not hold it.
    """
    groups: dict[tuple[str, ...], list[Card]] = {}
    for card in map(zoo.card, zoo.ids()):
        spec = card.preprocessing
        if isinstance(spec, TextSpec) and card.task == "classification" and card.read != "word":
            groups.setdefault((spec.vocabulary, *card.classes), []).append(card)
    return max(groups.values(), key=len, default=[])


def about(card: Card, zoo: Zoo, graphs: Graphs) -> SpeedReader:
    """One network; loads it."""
    net, nodes = zoo.model(card.id).net, graphs.of(card.id)
    both = any(n["attributes"].get("bidirectional") for n in nodes if is_recurrent(n))
    tables = sum(m.weight.numel() for m in net.modules() if isinstance(m, nn.Embedding))
    return SpeedReader(
        model=card.id,
        title=card.title,
        kind=card.kind,
        directions=2 if both else 1,
        weights=card.weights.sha256,
        parameters=graphs.parameters(card.id) - tables,
    )


def readers(zoo: Zoo, graphs: Graphs) -> list[SpeedReader]:
    """Those that are measured, loaded; graphs and parameters are counted now, not between times."""
    found = [about(card, zoo, graphs) for card in family(zoo)]
    return sorted(found, key=lambda one: (one.directions, one.kind, one.model))


def sequence(known: int, length: int) -> Tensor:
    """int64 [1, length]: rows of known words, the same for every network with that many."""
    drawn = torch.Generator().manual_seed(SEED + length)
    return torch.randint(0, known, (1, length), generator=drawn)


def point(
    zoo: Zoo, graphs: Graphs, model: str, length: int, over: Callable[[], bool]
) -> SpeedPoint | None:
    """One network at one length; None where the time was over before it was measured."""
    loaded, nodes = zoo.model(model), graphs.of(model)
    known = len(loaded.vocabulary) - 1 if loaded.vocabulary else 0  # the last row is "unknown"
    found = timed(loaded.net, sequence(known, length), over)
    if found is None:
        return None
    figures = {k: v if k == "n" else round(v, 4) for k, v in asdict(found).items()}
    return SpeedPoint(
        model=model,
        length=length,
        ms=Passes(**figures),
        steps=waiting(nodes, length),
        work=work(nodes, length),
    )


def tasks(lengths: Iterable[int], of: Sequence[SpeedReader]) -> Iterator[Unreached]:
    """Every network at a length before the next length, short ones first."""
    for length in lengths:
        for reader in of:
            yield Unreached(model=reader.model, length=length)

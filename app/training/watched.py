"""What every unit of a reader follows, measured over the project's sentences, once, offline.

    model + sentences --sweep--> tokens, h [N, H]
        --> words that drive each unit up and down most; mean and spread
        --> AUROC of h for simple properties: chosen on every other sentence, stated for the rest
        --> the plane that holds most of the variance
    --> models/ID/units.json

`python -m app.training.watched ID [ID …]`, or `--all` for every network that reads text with a
memory. Run it again after the weights or the sentences have changed.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import torch
from torch import Tensor, nn

from app.engine.work import last_reader
from app.insight.states import Span, Swept, sweep
from app.tracing import graph
from app.training.properties import Question, questions
from app.training.study.figures import listed, ranks, rounded
from app.zoo import Card, Model, Zoo
from app.zoo.store import models_folder
from app.zoo.watched import FILE, Follows, Place, Plane, Property, Unit, Watched

CONTEXTS = 5
BAR = 0.9  # AUROC from which a unit is said to follow a property
LEAST = 20  # words with a property, in each half of the sentences
MEASURE = (
    "AUROC of h: of all pairs of a {} that has the property and one that has not, the share in "
    "which h is larger at the first (1 − AUROC where the unit goes the other way). For each unit "
    "the property was chosen on every other sentence and the figure is that of the remaining ones."
)


def labels(found: Swept, asked: Question) -> Tensor:
    """[N] bool: which tokens have the property."""
    words = [[token["text"] for token in found.tokens[a:b]] for _, a, b in found.spans]
    return torch.tensor([answer for sentence in words for answer in asked.ask(sentence)])


def halves(spans: list[Span], total: int) -> Tensor:
    """[N] bool: tokens of every other sentence, those that properties are chosen on."""
    mine = torch.zeros(total, dtype=torch.bool)
    for k, (_, start, end) in enumerate(spans):
        mine[start:end] = k % 2 == 0
    return mine


def aurocs(h: Tensor, marks: Tensor) -> Tensor:
    """h [N, H], marks [N, P] bool -> [H, P]: the share of pairs in which h is larger at the word
    with the property, by rank sums (Mann and Whitney 1947); ties count half.
    """
    inside = marks.double().sum(0)
    wins = ranks(h).T @ marks.double() - inside * (inside + 1) / 2
    return wins / (inside * (len(h) - inside))


def followed(h: Tensor, marks: Tensor, ids: list[str], choosing: Tensor) -> list[Follows | None]:
    """h [N, H], marks [N, P] -> for each unit its best property and how well it follows it."""
    counts = torch.stack([marks[choosing].sum(0), marks[~choosing].sum(0)]).amin(0)
    enough = (counts >= LEAST).nonzero()[:, 0].tolist()
    if not enough:
        return [None] * h.shape[1]
    marks, names = marks[:, enough], [ids[k] for k in enough]
    first, second = aurocs(h[choosing], marks[choosing]), aurocs(h[~choosing], marks[~choosing])
    best = (first - 0.5).abs().argmax(1).tolist()
    n, of = marks[~choosing].sum(0).tolist(), int((~choosing).sum())
    found: list[Follows | None] = []
    for u, k in enumerate(best):
        up = bool(first[u, k] >= 0.5)
        auroc = rounded(float(second[u, k] if up else 1 - second[u, k]), 3)
        found.append(Follows(property=names[k], sign=1 if up else -1, auroc=auroc, n=n[k], of=of))
    return found


def changes(h: Tensor, spans: list[Span]) -> Tensor:
    """h [N, H] -> h_t − h_(t−1), with zeros before each sentence."""
    before = torch.cat([torch.zeros_like(h[:1]), h[:-1]])
    before[[start for _, start, _ in spans]] = 0
    return h - before


def extremes(values: Tensor, spans: list[Span], largest: bool) -> list[list[Place]]:
    """values [N, H] -> for each unit its most extreme words, each of another sentence."""
    sign = 1 if largest else -1
    best = [(sign * values[start:end]).max(0) for _, start, end in spans]
    tops, places = torch.stack([b.values for b in best]), torch.stack([b.indices for b in best])
    order = tops.argsort(dim=0, descending=True, stable=True)[:CONTEXTS]  # [5, H] of sentences
    found: list[list[Place]] = []
    for u in range(values.shape[1]):
        column = order[:, u].tolist()
        found.append([(spans[k].sentence, int(places[k, u]), rounded(sign * float(tops[k, u])))
                      for k in column])  # fmt: skip
    return found


def answers(net: nn.Module, card: Card, h: Tensor) -> Tensor | None:
    """h [N, H] -> the correlation of every unit with the logit difference [H]; None unless the
    head reads h at every word and knows two classes.
    """
    head = list(net.children())[-1]
    if not card.causal or len(card.classes) != 2 or not isinstance(head, nn.Linear):
        return None
    if head.in_features != h.shape[1]:
        return None
    logits = head(h)
    score = logits[:, 1] - logits[:, 0]
    both = torch.corrcoef(torch.cat([h, score[:, None]], 1).T.double())
    return both[-1, :-1].nan_to_num()


def plane(h: Tensor) -> Plane:
    """h [N, H] -> mean, the two directions of most variance, their shares (Pearson 1901)."""
    mean = h.double().mean(0)
    centred = h.double() - mean
    values, vectors = torch.linalg.eigh(centred.T @ centred / (len(h) - 1))
    axes = vectors[:, [-1, -2]].T
    # An axis has no direction of its own: its largest part counts as positive.
    axes = axes * axes.gather(1, axes.abs().argmax(1, keepdim=True)).sign()
    share = (values[[-1, -2]] / values.sum()).tolist()
    first, second = (listed(axis, 6) for axis in axes)
    return Plane(mean=listed(mean, 6), axes=(first, second),
                 share=(rounded(share[0]), rounded(share[1])))  # fmt: skip


def letters(found: Swept) -> bool:
    """Whether the tokens are single letters."""
    return all(len(token["text"]) == 1 for token in found.tokens)


def watch(model: Model, zoo: Zoo) -> Watched:
    """Everything about one reader."""
    card, sentences = model.card, zoo.sentences()
    assert model.vocabulary is not None, "a reader of text has a vocabulary"
    found = sweep(model.net, model.vocabulary, sentences.lines, len(sentences.lines) * 1000)
    h, n = found.h, len(found.tokens)
    asked = questions([[t["text"] for t in found.tokens[a:b]] for _, a, b in found.spans])
    marks = torch.stack([labels(found, question) for question in asked], 1)
    follows = followed(h, marks, [q.id for q in asked], halves(found.spans, n))
    layer = last_reader(graph(model.net, model.sample_input_shape))
    assert layer is not None
    return Watched(
        weights=card.weights.sha256, corpus=sentences.sha256,
        command=f"python -m app.training.watched {card.id}", layer=layer["name"],
        sentences=len(found.spans), words=n, bar=BAR,
        measure=MEASURE.format("letter" if letters(found) else "word"),
        properties=[Property(id=q.id, says=q.says, n=int(marks[:, k].sum()))
                    for k, q in enumerate(asked)],
        units=units(h, found.spans, follows, answers(model.net, card, h)),
        plane=plane(h),
    )  # fmt: skip


def units(
    h: Tensor, spans: list[Span], follows: list[Follows | None], answer: Tensor | None
) -> list[Unit]:
    """One entry a unit: h [N, H], answer [H]."""
    moved = changes(h, spans)
    up, down = (extremes(h, spans, largest) for largest in (True, False))
    rise, fall = (extremes(moved, spans, largest) for largest in (True, False))
    figures = zip(*(listed(v) for v in (h.mean(0), h.std(0), h.amin(0), h.amax(0))), strict=True)
    found: list[Unit] = []
    for u, (mean, spread, least, most) in enumerate(figures):
        best = follows[u]
        above = best is not None and best.auroc >= BAR
        found.append(
            Unit(
                mean=mean, spread=spread, least=least, most=most,
                up=up[u], down=down[u], rise=rise[u], fall=fall[u],
                follows=best if above else None, nearest=None if above else best,
                answer=None if answer is None else rounded(float(answer[u]), 3),
            )
        )  # fmt: skip
    return found


def watchable(zoo: Zoo) -> list[str]:
    """Every network that reads text with a memory, and answers in one row of states."""
    cards = [zoo.card(id_) for id_ in zoo.ids()]
    return [
        card.id
        for card in cards
        if card.input == "text" and card.kind != "cnn" and card.task != "translation"
    ]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measures what the units of readers follow.")
    parser.add_argument("id", nargs="*")
    parser.add_argument("--all", action="store_true", help="every network that reads text")
    parser.add_argument("--models", type=Path, default=None)
    given = parser.parse_args()
    torch.set_num_threads(1)
    models = given.models or models_folder()
    zoo = Zoo(models, memory_bytes=500_000_000)
    for name in watchable(zoo) if given.all else given.id:
        started = time.monotonic()
        found = watch(zoo.model(name), zoo)
        size = (models / name / FILE).write_text(found.dump(), encoding="utf-8")
        told = sum(one.follows is not None for one in found.units)
        took = time.monotonic() - started
        print(f"{name:18} {found.words} words, {told} of {len(found.units)} units follow a "
              f"property, {FILE} {size / 1000:.0f} kB, {took:.1f} s")  # fmt: skip


if __name__ == "__main__":
    main()

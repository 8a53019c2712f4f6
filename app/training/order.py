"""What becomes of the held-out accuracy when words, rows, columns or pixels change their order.

    held-out split --net--> answers before --+
    changed split  --net--> answers after  --+--> counts, Wilson intervals, ties
                                             --> models/_shared/order.json

The shipped models read; nothing is trained. All models of a split read the same changed inputs. A
text that a change cannot be made to is counted neither before nor after. The file is written after
every model: what was measured of the same weights with the same seed is not measured again, unless
--again is given.
`python -m app.training.order --data DIR` takes about 6 minutes on one core: one for the texts, five
for the digits.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import torch
from torch import Tensor, nn

from app.training import digits, order_words, reorder, sentiment_figures
from app.training.evaluation import digit_logits
from app.training.readers import Item
from app.training.sentences import Example
from app.training.sentiment import Encoder
from app.training.tally import rate
from app.zoo import Zoo
from app.zoo.measured import overlap, read_json
from app.zoo.order import FILE, OrderChange, Ordered, Ordering, OrderModel, OrderSet
from app.zoo.store import models_folder

SENTIMENT = ("sentiment-cnn", "sentiment-lstm", "sentiment-gru", "sentiment-rnn")
DIGITS = ("digits-cnn", "digits-lstm", "digits-gru", "digits-rnn")
Answers = Callable[[nn.Module], Tensor]  # a net's class for each input, int64 [n]


@dataclass(frozen=True)
class Changed:
    """The inputs of a split that a change was made to: their places, and how a net reads them."""

    places: Tensor  # int64 [n]
    answers: Answers


@dataclass(frozen=True)
class Split:
    """A held-out split as it is, its labels, and under every change. Changes are made when they
    are needed: 10,000 pictures under six of them would be 50 MB.
    """

    name: str
    title: str
    unit: str
    models: Sequence[str]
    labels: Tensor
    answers: Answers
    changes: Sequence[OrderChange]
    changed: Callable[[str], Changed]


def text_split(
    name: str, title: str, examples: Sequence[Example], enc: Encoder, seed: int
) -> Split:
    """A split of texts, read to the last word."""
    items = enc.items(examples)

    def changed(change: str) -> Changed:
        found = moved(examples, change, seed)
        return Changed(
            torch.tensor([place for place, _ in found]),
            reading(enc.items(example for _, example in found)),
        )

    labels = torch.tensor([int(item.shares[-1] > 0.5) for item in items])
    return Split(
        name, title, "words", SENTIMENT, labels, reading(items), order_words.TEXTS, changed
    )


def moved(examples: Sequence[Example], change: str, seed: int) -> list[tuple[int, Example]]:
    """Place and changed text of every text that the change can be made to."""
    found = []
    for place, example in enumerate(examples):
        rng = reorder.stream(seed, change, place)
        order = reorder.WORDS[change](example.words, rng)
        if order is not None:
            words = [example.words[i] for i in order]
            found.append((place, Example(words, example.labels)))
    return found


def reading(items: Sequence[Item]) -> Answers:
    """How a net reads texts."""
    return lambda net: sentiment_figures.reader_logits(net, items).argmax(1)


def picture_split(x: Tensor, labels: Tensor, seed: int) -> Split:
    """Digits, seen at once or read to the last row."""

    def looking(pictures: Tensor) -> Answers:
        return lambda net: digit_logits(net, pictures).argmax(1)

    def changed(change: str) -> Changed:
        return Changed(torch.arange(len(x)), looking(reorder.pictures(x, change, seed)))

    about = order_words.pictures()
    return Split(
        "mnist test", "Handwritten digits", "pixels", DIGITS, labels, looking(x), about, changed
    )


def splits(data: Path, words: Sequence[str], seed: int) -> list[Split]:
    """The three held-out splits."""
    enc = Encoder(words)
    dev = [e for e in sentiment_figures.sst_dev(data, enc.index) if e.words]
    opinions = [e for e in sentiment_figures.product_test(data, enc.index) if e.words]
    return [
        text_split("sst dev", "Sentences of film reviews", dev, enc, seed),
        text_split("product_opinions test", "Opinions of products", opinions, enc, seed),
        picture_split(*digits.test_set(data), seed),
    ]


def ordering(change: str, before: Tensor, after: Tensor, labels: Tensor) -> Ordering:
    """Answers [n] before and after, of the same inputs -> their counts."""
    was, now, n = before == labels, after == labels, len(labels)
    first, second = rate(int(was.sum()), n), rate(int(now.sum()), n)
    return Ordering(
        change=change,
        before=first,
        after=second,
        lost=int((was & ~now).sum()),
        won=int((~was & now).sum()),
        same_answer=round(float((before == after).float().mean()), 4),
        tie=overlap(first, second),
    )


def measured(split: Split, model: str, net: nn.Module, weights: str) -> OrderModel:
    """One model over all changes of a split."""
    plain, found = split.answers(net), []
    for change in split.changes:
        part = split.changed(change.change)
        before, labels = plain[part.places], split.labels[part.places]
        found.append(ordering(change.change, before, part.answers(net), labels))
    return OrderModel(model=model, weights=weights, changes=found)


class Book:
    """What was measured so far, written after every model."""

    def __init__(self, out: Path, seed: int, again: bool) -> None:
        known = None if again else read_json(out, Ordered)
        self._known = known if known is not None and known.seed == seed else None
        self._out, self._seed, self._started = out, seed, time.monotonic()
        self._found: dict[str, OrderSet] = {}

    def known(self, split: Split, model: str, weights: str) -> OrderModel | None:
        """What is stored of these weights under these changes."""
        sets = self._known.sets if self._known else []
        for one in (m for s in sets if s.set == split.name for m in s.models):
            same = [c.change for c in one.changes] == [c.change for c in split.changes]
            if (one.model, one.weights) == (model, weights) and same:
                return one
        return None

    def add(self, split: Split, model: OrderModel) -> None:
        """One more model of a split; the file is written."""
        before = self._found.get(split.name)
        self._found[split.name] = OrderSet.model_validate(
            {
                "set": split.name,
                "title": split.title,
                "unit": split.unit,
                "n": len(split.labels),
                "changes": list(split.changes),
                "models": [*(before.models if before else []), model],
            }
        )
        seconds = time.monotonic() - self._started + (self._known.seconds if self._known else 0)
        found = Ordered(
            command=f"python -m app.training.order --data DIR --seed {self._seed}",
            seed=self._seed,
            torch=torch.__version__,
            seconds=round(seconds, 1),
            sets=list(self._found.values()),
        )
        self._out.write_text(found.model_dump_json(indent=1) + "\n", encoding="utf-8")


def study(zoo: Zoo, todo: Sequence[Split], book: Book, progress: Callable[[str], None]) -> None:
    """Every split with every model that reads it."""
    for split in todo:
        for model in split.models:
            weights, started = zoo.card(model).weights.sha256, time.monotonic()
            found = book.known(split, model, weights)
            found = found or measured(split, model, zoo.model(model).net, weights)
            book.add(split, found)
            progress(f"{split.name}  {model}  {time.monotonic() - started:.1f} s")
            for one in found.changes:
                progress(f"  {told(one)}")


def told(one: Ordering) -> str:
    """A line of the log."""
    before, after = one.before, one.after
    low, high = after.interval
    return (
        f"{one.change:14} n {after.n:5}  {before.value:.4f} -> {after.value:.4f}"
        f" [{low:.4f}, {high:.4f}]{'  tie' if one.tie else ''}"
    )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure what order is worth to each model.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the data packs")
    parser.add_argument("--out", type=Path, default=models_folder() / FILE)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--again", action="store_true", help="measure what is stored, too")
    given = parser.parse_args()
    torch.set_num_threads(1)
    zoo = Zoo(models_folder(), 10**9)
    vocabulary = zoo.model(SENTIMENT[0]).vocabulary
    assert vocabulary is not None
    book = Book(given.out, given.seed, given.again)
    print("About 6 minutes on one core.", flush=True)
    todo = splits(given.data, vocabulary.words, given.seed)
    study(zoo, todo, book, partial(print, flush=True))


if __name__ == "__main__":
    main()

"""The figures on the cards of `bank-lstm` and `bank-bilstm`, measured again.

    served net + test sentences --> balanced accuracy, river recall, beside a bag of words
    served net + bank_pairs.toml --> pairs right; swaps: (h, c) after one sentence's clue put into
        the other sentence --> how far P(river) at "bank" moves
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from math import log
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from app.training import bank, evaluation, foreign, sentences
from app.training.bank import Passage
from app.training.evaluation import command
from app.training.measure import Measure
from app.training.sentiment import Encoder
from app.zoo.card import Metric

RIVER = bank.CLASSES.index("river")
MOVED = 0.3  # what a swap must move P(river) by
STRANGE = 300  # of French sentences, and of shuffled ones
TESTS = ("wsd_bank test", "wsd_coarse20 test, bank")
PAIRS = "forty minimal pairs of the project"
SWAPS = "twenty swap pairs of the project"


def figures(
    net: nn.Module, data: Path, words: Sequence[str], measure: Measure, model: str
) -> list[Metric]:
    """Everything that the card states."""
    encoder = Encoder(words)
    held = held_out(data, encoder.index)
    bag = Bag(bank.training_set(data, encoder.index) + bank.made(2_000, 0, encoder.index))
    answers = {split: logits(net, found, encoder) for split, found in held.items()}
    rows = [
        row
        for split, found in held.items()
        for row in of_split(split, rivers(found), answers[split], bag.right(found), model)
    ]
    rows.append(right_at_end(logits(net, pairs(encoder.index), encoder), model))
    if not any(getattr(module, "bidirectional", False) for module in net.children()):
        rows.append(moved(net, encoder, model))
    familiar, strange = (
        measure.scores({"logits": part}) for part in usual_and_strange(net, data, encoder)
    )
    against = "the tests of both packs against French and shuffled words around “bank”"
    return [*rows, evaluation.separation(model, familiar, strange, against)]


def usual_and_strange(net: nn.Module, data: Path, encoder: Encoder) -> tuple[Tensor, Tensor]:
    """Logits of the tests of both packs, and of texts that are none."""
    held = held_out(data, encoder.index).values()
    familiar = [one for found in held for one in found]
    strange = foreign_texts(data, encoder.index)
    return logits(net, familiar, encoder), logits(net, strange, encoder)


def held_out(data: Path, known: Container[str]) -> dict[str, list[Passage]]:
    """The tests of both packs; they are read here alone."""
    found = bank.passages(data, "test", known), bank.coarse(data, "test", known)
    return dict(zip(TESTS, found, strict=True))


def pairs(known: Container[str]) -> list[Passage]:
    """The forty minimal pairs, river and money by turns."""
    return [
        bank.whole(text, river, known)
        for pair in bank.written().pairs
        for text, river in zip(pair, (True, False), strict=True)
    ]


def foreign_texts(data: Path, known: Container[str]) -> list[Passage]:
    """French sentences and shuffled words, each with "bank" for its middle word."""
    found = []
    for example in foreign.texts(data, known, STRANGE):
        words, middle = list(example.words), len(example.words) // 2
        words[middle] = bank.WORDS[0]
        found.append(Passage(words, bank.first_bank(words), river=False))
    return found


def rivers(found: Sequence[Passage]) -> np.ndarray:
    """bool [N]."""
    return np.array([one.river for one in found])


@torch.inference_mode()
def logits(net: nn.Module, found: Sequence[Passage], encoder: Encoder) -> Tensor:
    """The served net's answer to each text [N, 2]; a left-to-right reader's at its last word."""
    answers = []
    for one in found:
        ids = torch.from_numpy(encoder.item(sentences.Example(one.words, [(0, 0.5, 1.0)])).ids)
        answers.append(net(ids[None])[0])
    return torch.stack([answer[-1] if answer.ndim == 2 else answer for answer in answers])


def balanced(river: np.ndarray, right: np.ndarray) -> float:
    """Mean of both senses' recalls."""
    return float((right[river].mean() + right[~river].mean()) / 2)


def of_split(
    split: str, river: np.ndarray, answers: Tensor, bag_right: np.ndarray, model: str
) -> list[Metric]:
    """Balanced accuracy and river recall."""
    right = (answers.argmax(1) == RIVER).numpy() == river
    common = {"split": split, "command": command(model)}
    return [
        Metric(
            name="balanced accuracy",
            value=round(balanced(river, right), 4),
            n=len(river),
            baseline=round(balanced(river, bag_right), 4),
            baseline_name="a bag of words (naive Bayes); one sense for all: 50 %",
            **common,
        ),
        Metric(
            name="river recall",
            value=round(float(right[river].mean()), 4),
            n=int(river.sum()),
            baseline=0.0,
            baseline_name="always money, the commoner sense",
            **common,
        ),
    ]


def right_at_end(answers: Tensor, model: str) -> Metric:
    """The minimal pairs: river and money by turns."""
    expected = torch.tensor([RIVER, 1 - RIVER]).repeat(len(answers) // 2)
    hits = int((answers.argmax(1) == expected).sum())
    return evaluation.metric("accuracy", hits, PAIRS, len(answers), len(answers) // 2, model)


def moved(net: nn.Module, encoder: Encoder, model: str) -> Metric:
    """How many swaps move P(river) at "bank" far enough."""
    each = [swap(net, *pair, encoder) for pair in bank.written().swaps]
    far = [after - before >= MOVED for before, after in each]
    return Metric(
        name=f"state swaps that move P(river) by {MOVED}",
        value=round(sum(far) / len(far), 4),
        split=SWAPS,
        n=len(far),
        baseline=0.0,
        baseline_name="no swap, no move",
        command=command(model),
    )


@torch.inference_mode()
def swap(net: nn.Module, river: str, money: str, encoder: Encoder) -> tuple[float, float]:
    """P(river) at the money sentence's "bank": as it is, and when (h, c) after the bar of the
    river sentence stands in for its own after its bar.
    """
    layers = dict(net.named_children())
    read = next(module for module in layers.values() if isinstance(module, nn.LSTM))
    vectors, head = layers["embedding"], layers["linear"]
    (clue, _), (before, rest) = (halves(text, encoder) for text in (river, money))

    def belief(first: Tensor) -> float:
        _, state = read(vectors(first[None]))
        h, _ = read(vectors(rest[None]), state)
        return float(torch.softmax(head(h[0, -1]), 0)[RIVER])

    return belief(before), belief(clue)


def halves(text: str, encoder: Encoder) -> tuple[Tensor, Tensor]:
    """A text with a bar -> the rows of the words up to it, and from it on up to "bank"."""
    found = []
    for part in text.split("|"):
        words = sentences.words_of(part, encoder.index)
        stop = next((i + 1 for i, word in enumerate(words) if word in bank.WORDS), len(words))
        rows = [encoder.index.get(word, encoder.unknown) for word in words[:stop]]
        found.append(torch.tensor(rows))
    return found[0], found[1]


class Bag:
    """Naive Bayes over a text's words, add-one smoothed, both senses equally likely."""

    def __init__(self, taught: Sequence[Passage]) -> None:
        counts = {sense: Counter[str]() for sense in (True, False)}
        for one in taught:
            counts[one.river].update(self._words(one))
        every = len(counts[True] | counts[False])
        self._logs = {sense: (found, log(found.total() + every)) for sense, found in counts.items()}

    @staticmethod
    def _words(one: Passage) -> list[str]:
        return [word for word in one.words if word not in bank.WORDS]

    def _score(self, one: Passage, sense: bool) -> float:
        found, total = self._logs[sense]
        return sum(log(found[word] + 1) - total for word in self._words(one))

    def right(self, found: Sequence[Passage]) -> np.ndarray:
        """Which texts it answers right, bool [N]."""
        return np.array(
            [(self._score(one, True) > self._score(one, False)) == one.river for one in found]
        )

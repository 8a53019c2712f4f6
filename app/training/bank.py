"""`bank-lstm`, `bank-bilstm`: a sentence with "bank" -> money / river.

    wsd_bank train + river sentences of wsd_coarse20 train --> Passages --crops, each epoch anew--+
    bank.toml, a grammar of sentences of today ------------> Passages ----------------------------+
        --> Items --> a reader over the shared word table, frozen

The tests of both packs are read by `evaluate` alone. The sentences of bank_pairs.toml are kept out
of training. What decided between recipes was measured in five folds of the train split.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Literal

import numpy as np
from torch import Tensor

from app.inputs.text import tokenize
from app.training import both, grammar, readers, sentences
from app.training.readers import Item, Reader, Recipe
from app.training.sentences import Example
from app.training.sentiment import Encoder

CLASSES = ["money", "river"]
WORDS = ["bank", "banks"]
IDS = [231, 994]  # their rows in the shared table
MADE = 20_000  # sentences of the grammar
SURE = 0.98  # what a label says of its sense
Loss = Literal["last", "bank", "every", "word"]  # where a passage is labelled


@dataclass(frozen=True)
class Bank(Recipe):
    """A reader's recipe, and how much of the grammar an epoch sees."""

    hidden: int = 64
    epochs: int = 30
    peak_lr: float = 4e-3
    word_dropout: float = 0.1
    vector_dropout: float = 0.2
    vector_noise: float = 0.1
    recurrent_dropout: float = 0.2
    head_dropout: float = 0.4
    made: int = 2_000
    cropped: float = 0.5  # of the packs' passages, cut at either side
    before: float = 0.05  # weight of a word before "bank" beside one from "bank" on
    loss: Loss = "every"


LEFT_TO_RIGHT = Bank(hidden=96)
AT_THE_WORD = Bank(loss="word")


@dataclass(frozen=True)
class Passage:
    """Words as served, where among them the marked "bank" stands, and its sense."""

    words: list[str]
    place: int
    river: bool


@dataclass(frozen=True)
class Written:
    """bank_pairs.toml: (river, money) of the forty pairs and of the swaps, and the two sentences
    of the issue. A bar | in a swap follows the clue.
    """

    both: list[str]
    pairs: list[tuple[str, str]]
    swaps: list[tuple[str, str]]

    def texts(self) -> list[str]:
        """All of them, without the bars."""
        found = [text for pair in self.pairs + self.swaps for text in pair]
        return [text.replace("| ", "") for text in [*self.both, *found]]


def written() -> Written:
    """The sentences that no reader of "bank" may be trained on."""
    text = resources.files("app.training").joinpath("bank_pairs.toml").read_text("utf-8")
    table = tomllib.loads(text)
    pairs, swaps = ([(p["river"], p["money"]) for p in table[name]] for name in ("pair", "swap"))
    return Written(table["both"], pairs, swaps)


def passages(data: Path, split: str, known: Container[str]) -> list[Passage]:
    """wsd_bank, money and river."""
    rows = sentences.read_tsv(data / "wsd_bank" / f"{split}.tsv")
    return [passage(row, known) for row in rows]


def coarse(data: Path, split: str, known: Container[str]) -> list[Passage]:
    """The "bank" sentences of wsd_coarse20; its label 1 is the river."""
    rows = sentences.read_tsv(data / "wsd_coarse20" / f"{split}.tsv.gz")
    return [passage(row, known) for row in rows if row["word"] == "bank"]


def passage(row: dict[str, str], known: Container[str]) -> Passage:
    """A row of a pack, its text cut as the server cuts it."""
    text, before = row["text"], row["text"].split(" ")[: int(row["position"])]
    start = sum(len(word) + 1 for word in before)
    tokens = tokenize(text, known)
    place = next(i for i, token in enumerate(tokens) if token.end > start)
    return Passage([token.text for token in tokens], place, row["label"] == "1")


def made(count: int, seed: int, known: Container[str]) -> list[Passage]:
    """Sentences of the grammar, half of each sense, but those that are kept out."""
    rng, rules = random.Random(seed), grammar.load("bank")
    found = []
    for i in range(count):
        sense = ("money", "river")[i % 2]
        body = grammar.put(rng.choice(rules["frames"][sense]), rules["words"], rng)
        text = rng.choice(rules["openings"]) + body + rng.choice(rules["endings"])
        found.append(whole(text, sense == "river", known))
    return without(found, known)


def whole(text: str, river: bool, known: Container[str]) -> Passage:
    """A text and its first "bank"."""
    words = sentences.words_of(text, known)
    return Passage(words, first_bank(words), river)


def first_bank(words: Sequence[str]) -> int:
    """Where the first "bank" or "banks" stands."""
    return next(i for i, word in enumerate(words) if word in WORDS)


def without(found: list[Passage], known: Container[str]) -> list[Passage]:
    """All passages but those with the words of a sentence of bank_pairs.toml."""
    kept = {id(e.words) for e in sentences.without(
        [Example(p.words) for p in found], written().texts(), known
    )}  # fmt: skip
    return [p for p in found if id(p.words) in kept]


def item(encoder: Encoder, one: Passage, recipe: Bank, weight: float = 1.0) -> Item:
    """A passage with its labels, weighing `weight` together."""
    share = SURE if one.river else 1 - SURE
    shares = dict.fromkeys(places(one, recipe), 0.0)
    total = 0.0
    for place in shares:
        shares[place] = recipe.before if place < one.place else 1.0
        total += shares[place]
    labels = [(place, share, weight * part / total) for place, part in shares.items()]
    return encoder.item(Example(one.words, labels))


def places(one: Passage, recipe: Bank) -> range:
    """The labelled words."""
    last = len(one.words)
    starts = {"last": last - 1, "bank": one.place, "every": 0}
    if recipe.loss == "word":
        return range(one.place, one.place + 1)
    return range(starts[recipe.loss], last)


def cropped(one: Passage, rng: np.random.Generator) -> Passage:
    """The passage from a random word before its "bank" to a random word behind it."""
    start = int(rng.integers(0, one.place + 1)) if rng.random() < 0.5 else 0
    stop = len(one.words)
    if rng.random() < 0.5:
        stop = int(rng.integers(one.place + 1, len(one.words) + 1))
    return Passage(one.words[start:stop], one.place - start, one.river)


def epoch_of(
    real: Sequence[Passage], ours: Sequence[Passage], encoder: Encoder, recipe: Bank
) -> Callable[[int], list[Item]]:
    """epoch -> its Items: each passage of the packs, half of them cropped, and some made ones.

    Both senses weigh the same.
    """
    rivers = sum(p.river for p in real)
    balance = {True: len(real) / (2 * rivers), False: len(real) / (2 * (len(real) - rivers))}

    def draw(epoch: int) -> list[Item]:
        rng = np.random.default_rng((recipe.seed, epoch))
        found = []
        for one in real:
            seen = cropped(one, rng) if rng.random() < recipe.cropped else one
            found.append(item(encoder, seen, recipe, balance[one.river]))
        some = rng.choice(len(ours), min(recipe.made, len(ours)), replace=False)
        return found + [item(encoder, ours[i], recipe) for i in some]

    return draw


def training_set(data: Path, known: Container[str]) -> list[Passage]:
    """The packs' passages: both senses of wsd_bank, the rivers of wsd_coarse20."""
    rivers = [p for p in coarse(data, "train", known) if p.river]
    return without(passages(data, "train", known) + rivers, known)


def train(
    data: Path, words: Sequence[str], table: Tensor, recipe: Bank, progress: Callable[[str], None]
) -> Reader:
    """The reader that is shipped."""
    return fit(training_set(data, set(words)), words, table, recipe, progress)


def layers(recipe: Bank, rows: int = 56_920, dimensions: int = 50) -> list[dict[str, object]]:
    """The served chain in the card's notation; `ids` are the rows of WORDS in the table."""
    ways = 2 if recipe.loss == "word" else 1
    cell: dict[str, object] = {
        "name": recipe.cell,
        "op": recipe.cell,
        "input_size": dimensions,
        "hidden_size": recipe.hidden,
    }
    picked: list[dict[str, object]] = []
    if ways == 2:
        cell["bidirectional"] = True
        picked = [{"name": "bank", "op": "at_word", "ids": IDS}]
    return [
        {
            "name": "embedding",
            "op": "embedding",
            "num_embeddings": rows,
            "embedding_dim": dimensions,
        },
        cell,
        *picked,
        {
            "name": "linear",
            "op": "linear",
            "in_features": ways * recipe.hidden,
            "out_features": len(CLASSES),
        },
    ]


def fit(
    real: Sequence[Passage],
    words: Sequence[str],
    table: Tensor,
    recipe: Bank,
    progress: Callable[[str], None],
) -> Reader:
    """A reader over the frozen `table` [V + 1, E] of `words`."""
    encoder = Encoder(words)
    ours = made(MADE, recipe.seed, encoder.index)
    progress(f"{len(real)} passages of the packs, {len(ours)} made ones")
    make: Callable[[], Reader] = partial(Reader, table.float(), recipe)
    if recipe.loss == "word":
        make = partial(both.BothWays, table.float(), recipe, "word")
    return readers.fit(make, epoch_of(real, ours, encoder, recipe), recipe, progress)

"""`sentiment-lstm`, `-gru`, `-rnn`: a sentence -> negative / positive, read from left to right;
`sentiment-bilstm`: read from both ends.

    packs + negation grammar --> Items --> teacher --> its word table, labels of review sentences
                                 Items + these ------> reader over that table, frozen

SST train, product_opinions train, uci_imdb_sentences and sentences of imdb train are trained on;
SST dev, product_opinions test and imdb test are read by `evaluate` alone. What the log shows is
measured on a tenth of SST's train sentences (with all their phrases) and of product_opinions
train, which is set aside.
"""

from __future__ import annotations

import gzip
import tomllib
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib import resources
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor, nn

from app.training import readers, sentences, teacher
from app.training.both import BothWays
from app.training.kim import KimReader
from app.training.readers import Cell, Item, Net, Reader, Recipe
from app.training.sentences import Example
from app.training.teacher import Teacher, relabel, soften

Left = TypeVar("Left", Reader, KimReader)  # what answers after every word
CLASSES = ["negative", "positive"]
MADE = 12_000  # sentences of the negation grammar
MADE_SHARE = 0.5  # of them an epoch sees
SLICES = 100_000  # runs of sentences out of imdb
SLICES_PER_EPOCH = 30_000
TABLE = "glove50-sentiment"  # the teacher's table, under models/_shared
RECIPE = Recipe(
    hidden=96,
    epochs=8,
    word_dropout=0.05,
    vector_dropout=0.15,
    recurrent_dropout=0.15,
    head_dropout=0.4,
)


@dataclass(frozen=True)
class Pool:
    """What an epoch draws from, and what tuning looks at."""

    core: list[Item]  # every epoch
    again: list[Item]  # negated phrases and whole sentences: every epoch once more
    slices: list[Item]  # imdb, a random part each epoch
    made: list[Item]
    held: dict[str, list[Item]]


def glove(data: Path) -> tuple[list[str], Tensor]:
    """The pack's words and vectors float16 [V + 1, 50]; the last row, their mean, is "unknown"."""
    vectors = torch.from_numpy(load_named(data / "glove50" / "vectors.npz"))
    words = gzip.decompress((data / "glove50" / "words.txt.gz").read_bytes()).decode().split("\n")
    mean = vectors.float().mean(0, keepdim=True).half()
    return [w for w in words if w], torch.cat([vectors, mean])


def load_named(path: Path) -> np.ndarray:
    """The array `vectors` of an npz file."""
    with np.load(path, allow_pickle=False) as arrays:
        return np.asarray(arrays["vectors"])


def acceptance() -> tuple[list[str], list[str]]:
    """The project's thirty negation sentences: (positive, negative)."""
    text = resources.files("app.training").joinpath("negations.toml").read_text("utf-8")
    table = tomllib.loads(text)
    return list(table["positive"]), list(table["negative"])


class Encoder:
    """Examples -> Items, by the GloVe vocabulary."""

    def __init__(self, words: Sequence[str]) -> None:
        self.index = {word: i for i, word in enumerate(words)}
        self.unknown = len(words)

    def item(self, example: Example) -> Item:
        ids = np.array([self.index.get(w, self.unknown) for w in example.words], dtype=np.int64)
        places, shares, weights = (list(column) for column in zip(*example.labels, strict=True))
        return Item(
            ids,
            np.array(places, dtype=np.int64),
            np.array(shares, dtype=np.float32),
            np.array(weights, dtype=np.float32),
        )

    def items(self, examples: Iterable[Example]) -> list[Item]:
        return [self.item(example) for example in examples if example.words]


def pool(data: Path, encoder: Encoder, tune: bool, seed: int = 0) -> Pool:
    """All training texts as Items; with `tune` a tenth is set aside and kept out."""
    known = encoder.index
    trees, others = sentences.tree_lines(data, "train"), short_texts(data, known)
    held: dict[str, list[Item]] = {}
    if tune:
        trees, held_trees = sentences.split(trees, seed)
        held["sst"] = encoder.items(whole_sentences(held_trees, known))
        held["products"] = encoder.items(others[::10])
        others = [e for i, e in enumerate(others) if i % 10]
    phrases = sentences.unique(e for line in trees for e in sentences.tree_examples(line, known))
    kept_out = [text for side in acceptance() for text in side]
    core = sentences.without(phrases + others, kept_out, known)
    made = sentences.without(sentences.made(MADE, seed, known), kept_out, known)
    again = [e for e in core if sentences.negated(e) and len(e.words) > 1]
    return Pool(
        encoder.items(core),
        encoder.items(again),
        encoder.items(sentences.review_slices(data, known, SLICES, seed)),
        encoder.items(made),
        held,
    )


def short_texts(data: Path, known: Container[str]) -> list[Example]:
    """product_opinions and uci_imdb_sentences."""
    rows = sentences.read_tsv(data / "uci_imdb_sentences" / "train.tsv")
    return sentences.opinions(data, "train", known) + [
        sentences.labelled(row["text"], 0.03 + 0.94 * int(row["label"]), known) for row in rows
    ]


def whole_sentences(lines: Iterable[str], known: Container[str]) -> list[Example]:
    """The trees' sentences that are not neutral, labelled 0 or 1 at the last word."""
    examples = []
    for line in lines:
        leaves, spans = sentences.parse_tree(line)
        words = [w for leaf in leaves for w in sentences.leaf_words(leaf, known)]
        label = next(value for first, end, value in spans if end - first == len(leaves))
        if label != 2:
            examples.append(Example(words, [(len(words) - 1, float(label > 2), 1.0)]))
    return examples


def epoch_of(pool: Pool, seed: int, slices: int = SLICES_PER_EPOCH) -> Callable[[int], list[Item]]:
    """epoch -> its Items: everything, and a fresh part of the large and the made ones."""

    def draw(epoch: int) -> list[Item]:
        rng = np.random.default_rng((seed, epoch))
        some = rng.choice(len(pool.slices), min(slices, len(pool.slices)), False)
        made = rng.choice(len(pool.made), int(MADE_SHARE * len(pool.made)), False)
        return [
            *pool.core,
            *pool.again,
            *(pool.slices[i] for i in some),
            *(pool.made[i] for i in made),
        ]

    return draw


def right(net: nn.Module, items: Sequence[Item]) -> float:
    """Share of items whose last label is answered right."""
    answers = readers.at_last_word(net, items).argmax(1).numpy()
    return float(np.mean(answers == np.array([item.shares[-1] > 0.5 for item in items])))


def negation_items(encoder: Encoder) -> list[Item]:
    """The thirty acceptance sentences."""
    positive, negative = acceptance()
    pairs = [(t, 1.0) for t in positive] + [(t, 0.0) for t in negative]
    return encoder.items(sentences.labelled(text, share, encoder.index) for text, share in pairs)


def held_out(texts: Pool, net: nn.Module) -> str:
    """Accuracy on what was set aside, as a line of the log shows it."""
    return "  ".join(f"{name} {right(net, items):.4f}" for name, items in texts.held.items())


def alone(data: Path, encoder: Encoder) -> list[Item]:
    """Every phrase and short text that is trained on as a text of its own, labelled at its end:
    for a reader that sees a whole text before it answers.
    """
    known = encoder.index
    trees, _ = sentences.split(sentences.tree_lines(data, "train"), seed=0)
    phrases = sentences.unique(e for line in trees for e in sentences.phrases(line, known))
    others = [e for i, e in enumerate(short_texts(data, known)) if i % 10]
    kept_out = [text for side in acceptance() for text in side]
    return encoder.items(sentences.without(phrases + others, kept_out, known))


def teach(data: Path, progress: Callable[[str], None]) -> tuple[Pool, Teacher]:
    """The texts, and a teacher trained on every phrase of them as a text of its own."""
    words, table = glove(data)
    encoder, recipe = Encoder(words), teacher.RECIPE
    texts = pool(data, encoder, tune=True)
    parts = alone(data, encoder)
    progress(f"teacher: {len(parts)} phrases and texts")
    draw = epoch_of(replace(texts, core=parts, again=[]), recipe.seed, slices=12_000)
    make = partial(Teacher, table.float(), recipe)
    return texts, readers.fit(make, draw, recipe, progress, partial(held_out, texts))


# One number of weights for all cells, within 5 %: 4 H, 3 H or H rows of 50 + H + 2 numbers.
HIDDEN: dict[Cell, int] = {"lstm": 96, "gru": 114, "rnn": 214}


CNN = replace(RECIPE, hidden=94, epochs=6, recurrent_dropout=0.0, head_dropout=0.5)
BOTH = replace(RECIPE, hidden=64, epochs=6)  # 64 units each way are the LSTM's number of weights


def recipe_of(cell: Cell) -> Recipe:
    """The readers differ in their cell alone."""
    return replace(RECIPE, cell=cell, hidden=HIDDEN[cell])


def train(
    data: Path,
    recipe: Recipe,
    progress: Callable[[str], None],
    known: Tensor | None = None,
    kind: Callable[[Tensor, Recipe], Left] = Reader,  # type: ignore[assignment]
) -> tuple[Left, Tensor]:
    """Teacher, then the reader over the teacher's table, frozen, with the teacher's labels too.

    Gives the reader and the table float16 [V + 1, 50]. Where a table is `known`, because another
    reader's teacher made it, the reader stands on that one.
    """
    texts, master = teach(data, progress)
    table = master.table.detach().half() if known is None else known
    return pupil(texts, master, recipe, progress, table, kind), table


def pupil(
    texts: Pool,
    master: Teacher,
    recipe: Recipe,
    progress: Callable[[str], None],
    table: Tensor,
    kind: Callable[[Tensor, Recipe], Net],
) -> Net:
    """A reader over the table, frozen, on the texts with their teacher's labels too."""
    slices = relabel(master, texts.slices)
    core = soften(master, texts.core, share=0.4)
    progress(f"{len(core)} texts, {len(slices)} review sentences")
    draw = epoch_of(replace(texts, core=core, slices=slices), recipe.seed, SLICES_PER_EPOCH)
    make = partial(kind, table.float(), recipe)
    return readers.fit(make, draw, recipe, progress, partial(held_out, texts))


def train_both(
    data: Path, recipe: Recipe, progress: Callable[[str], None], known: Tensor
) -> BothWays:
    """The two-directional reader over the `known` table: the teacher's pupil like the others."""
    texts, master = teach(data, progress)
    words, _ = glove(data)
    part = replace(texts, core=alone(data, Encoder(words)), again=[])
    return pupil(part, master, recipe, progress, known, partial(BothWays, place="ends"))


def layers_both(recipe: Recipe) -> list[dict[str, object]]:
    """The served chain of the two-directional reader."""
    embedding, cell, linear = layers(recipe)
    return [
        embedding,
        {**cell, "bidirectional": True},
        {"name": "ends", "op": "ends"},
        {**linear, "in_features": 2 * recipe.hidden},
    ]


def layers(recipe: Recipe, rows: int = 56_920, dimensions: int = 50) -> list[dict[str, object]]:
    """The served chain in the card's notation."""
    return [
        {
            "name": "embedding",
            "op": "embedding",
            "num_embeddings": rows,
            "embedding_dim": dimensions,
        },
        {
            "name": recipe.cell,
            "op": recipe.cell,
            "input_size": dimensions,
            "hidden_size": recipe.hidden,
        },
        {
            "name": "linear",
            "op": "linear",
            "in_features": recipe.hidden,
            "out_features": len(CLASSES),
        },
    ]

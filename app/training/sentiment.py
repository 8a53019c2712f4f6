"""`sentiment-lstm`: a sentence -> negative / positive, read from left to right.

    packs + negation grammar --> Items --> guides --> labels of review sentences
                                 Items + these --> READERS readers --> one LSTM, side by side

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

import numpy as np
import torch
from torch import Tensor, nn

from app.training import readers, sentences, teacher
from app.training.readers import Item, Reader, Recipe
from app.training.sentences import Example
from app.training.teacher import Teacher, relabel, whole_items

CLASSES = ["negative", "positive"]
MADE = 12_000  # sentences of the negation grammar
MADE_SHARE = 0.5  # of them an epoch sees
SLICES = 100_000  # runs of sentences out of imdb
SLICES_PER_EPOCH = 8_000
READERS = 2  # side by side in the served LSTM
RECIPE = Recipe(
    hidden=64,
    epochs=7,
    word_dropout=0.04,
    recurrent_dropout=0.1,
    head_dropout=0.3,
    seed=11,
)  # of each reader
GUIDE = Recipe(epochs=6, word_dropout=0.05, recurrent_dropout=0.15, head_dropout=0.5, seed=2)


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
    trees, opinions = sentences.tree_lines(data, "train"), sentences.opinions(data, "train", known)
    held: dict[str, list[Item]] = {}
    if tune:
        trees, held_trees = sentences.split(trees, seed)
        held["sst"] = encoder.items(whole_sentences(held_trees, known))
        held["products"] = encoder.items(opinions[::10])
        opinions = [e for i, e in enumerate(opinions) if i % 10]
    phrases = sentences.unique(e for line in trees for e in sentences.tree_examples(line, known))
    uci = [
        sentences.labelled(row["text"], 0.03 + 0.94 * int(row["label"]), known)
        for row in sentences.read_tsv(data / "uci_imdb_sentences" / "train.tsv")
    ]
    kept_out = [text for side in acceptance() for text in side]
    core = sentences.without(phrases + opinions + uci, kept_out, known)
    made = sentences.without(sentences.made(MADE, seed, known), kept_out, known)
    again = [e for e in core if sentences.negated(e) and len(e.words) > 1]
    return Pool(
        encoder.items(core),
        encoder.items(again),
        encoder.items(sentences.review_slices(data, known, SLICES, seed)),
        encoder.items(made),
        held,
    )


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


def guides(texts: Pool, vectors: Tensor, progress: Callable[[str], None]) -> list[nn.Module]:
    """The teacher and a wide reader: together they label review sentences."""
    parts = (whole_items(p) for p in (texts.core, texts.again, texts.slices, texts.made))
    core, again, slices, made = parts
    ends = Pool(core, again, slices, made, texts.held)
    check = partial(held_out, texts)
    first, second = teacher.RECIPE, GUIDE
    return [
        readers.fit(
            lambda: Teacher(vectors, first), epoch_of(ends, first.seed), first, progress, check
        ),
        readers.fit(
            lambda: Reader(vectors, second), epoch_of(texts, second.seed), second, progress, check
        ),
    ]


def held_out(texts: Pool, net: nn.Module) -> str:
    """Accuracy on what was set aside, as a line of the log shows it."""
    return "  ".join(f"{name} {right(net, items):.4f}" for name, items in texts.held.items())


def train(data: Path, recipe: Recipe, progress: Callable[[str], None]) -> nn.Module:
    """Guides, then READERS readers on what the guides say too, then these side by side in one."""
    words, table = glove(data)
    texts, vectors = pool(data, Encoder(words), tune=True), table.float()
    progress(f"{len(texts.core)} texts, {len(texts.slices)} review sentences")
    both = guides(texts, vectors, progress)
    slices = relabel(lambda batch: torch.stack([g(batch) for g in both]).mean(0), texts.slices, 1.0)
    texts = replace(texts, slices=slices)
    nets: list[Reader] = []
    for seed in range(recipe.seed, recipe.seed + READERS):
        one = replace(recipe, seed=seed)
        draw = epoch_of(texts, seed, slices=SLICES_PER_EPOCH * 4)
        check = partial(held_out, texts)
        make = partial(Reader, vectors, one)
        nets.append(readers.fit(make, draw, one, progress, check))
    whole = readers.joined(nets)
    progress(f"side by side: {held_out(texts, whole)}")
    return whole


def layers(recipe: Recipe, rows: int = 56_920, dimensions: int = 50) -> list[dict[str, object]]:
    """The served chain in the card's notation."""
    width = READERS * recipe.hidden
    return [
        {
            "name": "embedding",
            "op": "embedding",
            "num_embeddings": rows,
            "embedding_dim": dimensions,
        },
        {
            "name": "lstm",
            "op": "lstm",
            "input_size": dimensions,
            "hidden_size": width,
        },
        {
            "name": "linear",
            "op": "linear",
            "in_features": width,
            "out_features": len(CLASSES),
        },
    ]

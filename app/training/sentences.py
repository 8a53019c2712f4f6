"""Labelled sentences out of the text packs, as word indices with labels at some of the words.

    SST trees ------------ for each first word the longest phrase; every phrase that is a prefix
                           of it labels its own last word, so one pass serves many phrases
    product_opinions,
    uci_imdb_sentences --- one label, at the last word
    imdb ----------------- the first and last sentences of a review, a weak label at the last word
    negation grammar ----- one label, at the last word

The acceptance sentences (negations.toml) are dropped wherever they occur.
"""

from __future__ import annotations

import csv
import gzip
import random
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.inputs.text import tokenize
from app.training import negation
from app.training.packs import PackMissing

SHARE = (0.02, 0.15, 0.5, 0.85, 0.98)  # SST's five classes as a share of positive readers
BRACKETS = {"-lrb-": "(", "-rrb-": ")", "``": '"', "''": '"'}
NEGATIONS = frozenset(
    "not n't never no nothing none nobody neither nor without hardly cannot barely lacks".split()
)


@dataclass
class Example:
    """Words of one text; `labels` are (index of the word, share positive, weight)."""

    words: list[str]
    labels: list[tuple[int, float, float]] = field(default_factory=list)


def read_tsv(path: Path) -> list[dict[str, str]]:
    """Rows of a (gzipped) tab-separated pack file with a header line. Raises PackMissing."""
    if not path.is_file():
        raise PackMissing(f"{path} is not there. Pass the folder of the data packs with --data.")
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode()
    lines = text.rstrip("\n").split("\n")
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def words_of(text: str, known: Container[str]) -> list[str]:
    """The served tokens of a text; `known` is the vocabulary."""
    return [token.text for token in tokenize(text, known)]


def leaf_words(leaf: str, known: Container[str]) -> list[str]:
    """A tree's leaf as served tokens: SST is tokenised already, a few leaves are cut further."""
    leaf = leaf.lower().replace("\\/", "/").replace("\\*", "*").replace("\xa0", " ")
    if leaf in BRACKETS:
        return [BRACKETS[leaf]]
    return [leaf] if leaf in known else words_of(leaf, known) or [leaf]


def parse_tree(line: str) -> tuple[list[str], list[tuple[int, int, int]]]:
    """A bracketed tree -> its leaves, and (first leaf, end leaf, label 0-4) of every phrase."""
    leaves: list[str] = []
    spans: list[tuple[int, int, int]] = []
    open_: list[tuple[int, int]] = []
    for bracket, label, close, leaf in re.findall(r"(\()(\d) |(\))|([^() ]+)", line):
        if bracket:
            open_.append((len(leaves), int(label)))
        elif close:
            first, value = open_.pop()
            spans.append((first, len(leaves), value))
        else:
            leaves.append(leaf)
    return leaves, spans


def tree_examples(line: str, known: Container[str], root_weight: float = 2.0) -> Iterator[Example]:
    """One example for each leaf that starts a phrase: the longest one, its prefixes labelled."""
    leaves, spans = parse_tree(line)
    pieces = [leaf_words(leaf, known) for leaf in leaves]
    starts: dict[int, list[tuple[int, int]]] = {}
    for first, end, label in spans:
        starts.setdefault(first, []).append((end, label))
    for first, ends in starts.items():
        longest = max(end for end, _ in ends)
        example = Example([w for piece in pieces[first:longest] for w in piece])
        for end, label in ends:
            at = sum(len(piece) for piece in pieces[first:end]) - 1
            weight = 0.25 if label == 2 else 1.0
            weight *= root_weight if end - first == len(leaves) else 1.0
            example.labels.append((at, SHARE[label], weight))
        yield example


def phrases(line: str, known: Container[str], root_weight: float = 3.0) -> Iterator[Example]:
    """Every phrase of a tree as a text of its own, labelled at its last word."""
    leaves, spans = parse_tree(line)
    pieces = [leaf_words(leaf, known) for leaf in leaves]
    for first, end, label in spans:
        words = [w for piece in pieces[first:end] for w in piece]
        weight = 0.3 if label == 2 else 1.0
        weight *= root_weight if end - first == len(leaves) else 1.0
        yield Example(words, [(len(words) - 1, SHARE[label], weight)])


def unique(examples: Iterable[Example]) -> list[Example]:
    """The first of each word sequence (single words and short phrases repeat across trees)."""
    seen: dict[tuple[str, ...], Example] = {}
    for example in examples:
        seen.setdefault(tuple(example.words), example)
    return list(seen.values())


def tree_lines(data: Path, name: str) -> list[str]:
    """The trees of sst/trees_<name>.txt.gz, one a line."""
    path = data / "sst" / f"trees_{name}.txt.gz"
    if not path.is_file():
        raise PackMissing(f"{path} is not there. Pass the folder of the data packs with --data.")
    return [line for line in gzip.decompress(path.read_bytes()).decode().split("\n") if line]


def opinions(data: Path, split: str, known: Container[str]) -> list[Example]:
    """product_opinions: short texts, one label at the last word."""
    rows = read_tsv(data / "product_opinions" / f"{split}.tsv.gz")
    return [labelled(row["text"], 0.03 + 0.94 * int(row["label"]), known) for row in rows]


def labelled(text: str, share: float, known: Container[str], weight: float = 1.0) -> Example:
    """A text with one label, at its last word."""
    words = words_of(text, known)
    return Example(words, [(len(words) - 1, share, weight)])


def review_slices(
    data: Path, known: Container[str], count: int, seed: int, limit: int = 34
) -> list[Example]:
    """imdb train: `count` runs of whole sentences, up to `limit` words, from all over the reviews.

    A weak label at the last word: the review's own.
    """
    rng = random.Random(seed)
    rows = read_tsv(data / "imdb" / "train.tsv.gz")
    slices = []
    for i in range(count):
        row = rows[i % len(rows)]
        parts = re.split(r"(?<=[.!?])\s+", row["text"])
        run = _within(parts[rng.randrange(len(parts)) :], rng.randint(8, limit))
        if run:
            share = 0.12 + 0.76 * int(row["label"])
            slices.append(labelled(" ".join(run), share, known, weight=0.5))
    return slices


def _within(parts: list[str], limit: int) -> list[str]:
    """The first sentences that together have at most `limit` words between spaces."""
    taken, total = [], 0
    for part in parts:
        total += part.count(" ") + 1
        if total > limit:
            break
        taken.append(part)
    return taken


def made(count: int, seed: int, known: Container[str]) -> list[Example]:
    """Sentences of the negation grammar."""
    return [labelled(text, p, known, weight=2.0) for text, p in negation.sentences(count, seed)]


def without(
    examples: Iterable[Example], texts: Iterable[str], known: Container[str]
) -> list[Example]:
    """All examples but those whose words are one of `texts`, punctuation aside."""
    banned = {_letters(words_of(text, known)) for text in texts}
    return [e for e in examples if _letters(e.words) not in banned]


def _letters(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(w for w in words if any(c.isalnum() for c in w))


def negated(example: Example) -> bool:
    """True if a word of negation occurs."""
    return not NEGATIONS.isdisjoint(example.words)


def split(items: list[str], seed: int, share: float = 0.1) -> tuple[list[str], list[str]]:
    """A seeded part to train on and a part to tune on."""
    items = list(items)
    random.Random(seed).shuffle(items)
    cut = int(len(items) * share)
    return items[cut:], items[:cut]

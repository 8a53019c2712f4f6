"""The sentence pairs of the pack eng_fra, and the subwords learnt from them.

train.tsv.gz --> pairs --words counted, both languages together--> letters, merges
test.tsv.gz  --> English sentences, each with every French sentence given for it
"""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from app.inputs.subwords import MARKS, Subwords, cleaned, joined, made_of, words

FOLDER = "eng_fra"
RARE = 10  # a letter seen less often than this in training is unknown


def load(data: Path, split: str) -> list[tuple[str, str]]:
    """(English, French) of "train", "dev" or "test"."""
    with gzip.open(data / FOLDER / f"{split}.tsv.gz", "rt", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file][1:]
    return [(cleaned(english), cleaned(french)) for english, french in rows]


def grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Each English sentence with all its French ones, in the order of the file."""
    found: dict[str, list[str]] = defaultdict(list)
    for english, french in pairs:
        found[english].append(french)
    return dict(found)


def learn(sentences: Iterable[str], size: int) -> Subwords:
    """Byte-pair merges (Sennrich et al. 2016) until the vocabulary holds `size` pieces.

    The commonest pair of neighbours is merged first; of two equally common the one that sorts last.
    """
    counts: Counter[str] = Counter()
    for sentence in sentences:
        counts.update(words(sentence))
    seen: Counter[str] = Counter()
    for word, n in counts.items():
        for letter in word:
            seen[letter] += n
    letters = sorted(letter for letter, n in seen.items() if n >= RARE)
    parts = [list(word) for word in counts]
    times = list(counts.values())
    pairs: Counter[tuple[str, str]] = Counter()
    where: dict[tuple[str, str], set[int]] = defaultdict(set)
    for k, split in enumerate(parts):
        for pair in pairwise(split):
            pairs[pair] += times[k]
            where[pair].add(k)
    merges: list[tuple[str, str]] = []
    made = {*MARKS, *letters}
    while len(made) < size and pairs:
        best = max(pairs, key=lambda pair: (pairs[pair], pair))
        for k in list(where[best]):
            for pair in pairwise(parts[k]):
                pairs[pair] -= times[k]
                where[pair].discard(k)
            parts[k] = joined(parts[k], best)
            for pair in pairwise(parts[k]):
                pairs[pair] += times[k]
                where[pair].add(k)
        del pairs[best]
        merges.append(best)
        made.add("".join(best))
    return made_of(letters, merges)


def write_subwords(path: Path, subwords: Subwords) -> None:
    """The vocabulary file that `read_subwords` reads; the same bytes for the same pieces."""
    made = {left + right for left, right in subwords.merges}
    letters = [piece for piece in subwords.words[len(MARKS) :] if piece not in made]
    text = json.dumps({"letters": letters, "merges": subwords.merges}, ensure_ascii=False)
    with path.open("wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as file:
        file.write(text.encode())


def indexed(
    pairs: Sequence[tuple[str, str]], subwords: Subwords
) -> list[tuple[list[int], list[int]]]:
    """Pairs -> indices of both sides."""
    return [(subwords.encode(english), subwords.encode(french)) for english, french in pairs]

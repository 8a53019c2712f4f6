"""The 5-gram baseline against counting by hand, and the parts of the letter model's training."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from app.nets import build
from app.training import letters
from app.training.ngram import KneserNey, discounts_of, runs_of

TEXT = "the cat sat on the mat and the rat sat on that hat; then the bat ate the fat rat " * 3


def coded(text: str) -> np.ndarray:
    return np.array(["abcdefghijklmnopqrstuvwxyz ;".index(c) for c in text], dtype=np.int64)


def by_hand(counts: list[Counter[str]], run: str, size: int) -> float:
    """p of a run's last letter; `counts[k]` are those of runs of k + 1 letters."""
    if not run:
        return 1 / size
    table = counts[len(run) - 1]
    found = discounts_of(np.array([*table.values()]))
    after = [n for other, n in table.items() if other[:-1] == run[:-1]]
    lower = by_hand(counts, run[1:], size)
    if not after:
        return lower
    free = sum(found[min(n, 3)] for n in after) / sum(after)
    own = table.get(run, 0)
    return float((own - found[min(own, 3)]) / sum(after) + free * lower)


def test_kneser_ney_counts_as_one_would_by_hand() -> None:
    size, order = 28, 3
    longest = Counter(TEXT[i : i + order] for i in range(len(TEXT) - order + 1))
    counts = [longest]
    for _ in range(order - 1):
        counts.insert(0, Counter(run[1:] for run in counts[0]))
    model = KneserNey(coded(TEXT), size, order)
    held = "that cat then ate; zebras"
    bits = model.bits(coded(held))
    for place in range(len(held)):
        run = held[max(0, place - order + 1) : place + 1]
        assert math.isclose(2 ** -bits[place], by_hand(counts, run, size), rel_tol=1e-9), run


def test_kneser_ney_sums_to_one() -> None:
    model = KneserNey(coded(TEXT), 28)
    for context in ("the ", "zzzz", "at s"):
        ids = np.tile(coded(context + "a"), (28, 1))
        ids[:, -1] = np.arange(28)
        assert math.isclose(sum(model.shares(row, 5)[0] for row in ids), 1, rel_tol=1e-9)


def test_runs_are_numbers_in_base_v() -> None:
    assert runs_of(np.array([1, 2, 3, 0]), 2, 10).tolist() == [12, 23, 30]


def test_an_unknown_letter_has_the_last_row() -> None:
    assert letters.encode("aЖ\n").tolist() == [
        letters.CHARACTERS.index("a"), len(letters.CHARACTERS), 0,
    ]  # fmt: skip
    assert len(set(letters.CHARACTERS)) == len(letters.CHARACTERS)


def test_the_trained_net_is_the_served_one() -> None:
    torch.manual_seed(0)
    recipe = letters.Recipe(hidden=7, embedding=3)
    net = letters.LetterNet(recipe).eval()
    served = build("recurrent", letters.layers(recipe))
    served.load_state_dict(net.state_dict())
    ids = torch.randint(len(letters.CHARACTERS), (2, 9))
    assert torch.allclose(net(ids, net.empty(2))[0], served(ids), atol=1e-6)
    text = ids[0].numpy()
    each = F.cross_entropy(served(ids[:1, :-1])[0], ids[0, 1:], reduction="none") / math.log(2)
    assert torch.allclose(letters.bits(served, text, size=4), each, atol=1e-5)


def test_the_splits_do_not_overlap(packs: Path) -> None:
    taught, held = letters.texts(packs, 0, letters.TRAIN), letters.texts(packs, letters.TEST, 1)
    for name in letters.TEXTS:
        whole = (packs / letters.PACK / f"{name}.txt").read_text("utf-8")
        assert whole.startswith(taught[name])
        assert whole.endswith(held[name])
        assert len(taught[name]) + len(held[name]) < 0.951 * len(whole)
    assert set("".join(taught.values())) == set(letters.CHARACTERS)

"""The parts of the training code that can be checked by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from app.nets import SequentialNet
from app.training import digits, evaluation, foreign, negation, photos, readers, sentences, teacher
from app.training import sentiment as training
from app.training.fold import fold, folded_layers
from app.training.packs import PackMissing

TREE = "(3 (2 It) (4 (2 is) (4 (1 not) (1 bad))))"


def test_a_tree_gives_its_leaves_and_phrases() -> None:
    leaves, spans = sentences.parse_tree(TREE)
    assert leaves == ["It", "is", "not", "bad"]
    assert (0, 4, 3) in spans
    assert (2, 4, 4) in spans
    assert len(spans) == 7


def test_one_pass_labels_every_phrase() -> None:
    examples = {tuple(e.words): e.labels for e in sentences.tree_examples(TREE, ())}
    assert examples["not", "bad"] == [(0, 0.15, 1.0), (1, 0.98, 1.0)]
    labels = examples["it", "is", "not", "bad"]
    assert labels == [(0, 0.5, 0.25), (3, 0.85, 2.0)]
    assert sum(map(len, examples.values())) == 7  # as many labels as phrases


def test_made_sentences_hold_both_sides_and_no_gap() -> None:
    made = negation.sentences(400, seed=3)
    assert made == negation.sentences(400, seed=3)
    assert 0.45 < np.mean([p > 0.5 for _, p in made]) < 0.55
    assert not any("{" in text or "}" in text for text, _ in made)


def test_the_thirty_sentences_are_kept_out(packs: Path) -> None:
    words, _ = training.glove(packs)
    known = set(words)
    kept_out = [text for side in training.acceptance() for text in side]
    assert len(kept_out) == 30
    texts = sentences.made(training.MADE, 0, known) + sentences.opinions(packs, "train", known)
    texts += [
        e for t in sentences.tree_lines(packs, "train") for e in sentences.tree_examples(t, known)
    ]
    left = sentences.without(texts, kept_out, known)
    banned = {tuple(w for w in sentences.words_of(t, known) if w.isalpha()) for t in kept_out}
    assert not banned & {tuple(w for w in e.words if w.isalpha()) for e in left}


def test_tuning_sets_whole_sentences_aside() -> None:
    train, held = sentences.split([str(i) for i in range(100)], seed=0)
    assert len(held) == 10
    assert not set(train) & set(held)


def test_batches_hold_every_item_once() -> None:
    items = [
        readers.Item(
            np.full(1 + i % 9, i), np.array([i % 9]), np.ones(1, np.float32), np.ones(1, np.float32)
        )
        for i in range(200)
    ]
    queue = readers.batches(items, 64, np.random.default_rng(0))
    assert sorted(int(b.ids[r, 0]) for b in queue for r in range(len(b.ids))) == list(range(200))
    assert all(b.ids.numel() <= 64 for b in queue)


def test_a_reader_without_noise_is_the_served_one() -> None:
    recipe = readers.Recipe(hidden=6)
    net = readers.Reader(torch.randn(11, 50), recipe).eval()
    ids = torch.randint(0, 11, (3, 7))
    served, _ = net.cell(F.embedding(ids, net.table))
    assert torch.allclose(net.states(F.embedding(ids, net.table)), served, atol=1e-6)


def test_the_teacher_does_not_read_the_padding() -> None:
    torch.manual_seed(0)
    net = teacher.Teacher(torch.randn(20, 50), readers.Recipe(hidden=4)).eval()
    one = np.ones(1, np.float32)
    short = readers.Item(np.array([3, 5]), np.array([1]), one, one)
    long = readers.Item(np.arange(9), np.array([8]), one, one)
    alone, together = net(readers.collate([short])), net(readers.collate([short, long]))
    assert torch.allclose(alone[0], together[0], atol=1e-6)


def test_the_rate_rises_and_falls() -> None:
    rates = [readers.rate(step, 1000, 1.0) for step in range(1000)]
    assert max(rates) == pytest.approx(1.0, abs=1e-3)
    assert rates[0] < 0.05
    assert rates[-1] == pytest.approx(0.02, abs=1e-3)


@pytest.mark.parametrize("chain", [photos.layers(photos.Recipe()), digits.layers(digits.Recipe())])
def test_folding_changes_no_answer(chain: list[dict[str, object]]) -> None:
    torch.manual_seed(0)
    net = SequentialNet(chain)
    size = (2, 3, 64, 64) if chain[0]["in_channels"] == 3 else (2, 1, 28, 28)
    net(torch.randn(size))  # moves batch norm's running figures
    x = torch.randn(size)
    folded = fold(net, chain)
    assert torch.allclose(folded(x), net.eval()(x), atol=1e-4)
    assert {spec["op"] for spec in folded_layers(chain)}.isdisjoint({"batch_norm2d", "dropout"})


def test_auroc_by_hand() -> None:
    assert evaluation.auroc(torch.tensor([2.0, 3.0]), torch.tensor([1.0, 2.0])) == 0.875
    assert evaluation.auroc(torch.tensor([1.0]), torch.tensor([1.0])) == 0.5


def test_letters_are_prepared_as_digits_are() -> None:
    drawn = foreign.letters()
    assert drawn.shape[1:] == (28, 28)
    rows = drawn.float().amax(2) > 0
    assert int(rows.sum(1).max()) <= 20


def test_a_missing_pack_is_said(tmp_path: Path) -> None:
    with pytest.raises(PackMissing, match="--data"):
        training.pool(tmp_path, training.Encoder([]), tune=False)

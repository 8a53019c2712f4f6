"""How the translators are trained and measured: batches, loss, BLEU, the plain way beside it."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from app.inputs.subwords import END, PAD, START
from app.training import pairs, translate, translate_figures
from app.training.translate import Recipe
from tests.translators import subwords

RECIPE = Recipe(pieces=60, embedding=16, hidden=16, epochs=8, batch=4, peak_lr=0.03, warm_up=4,
                dropout=0.0, smoothing=0.0, mean_decay=0.5, aside=0)  # fmt: skip
KNOWN = [("The cat is black.", "Le chat est noir."), ("Where is the cat?", "Où est le chat ?"),
         ("It's cold.", "J'ai froid.")]  # fmt: skip


def items() -> list[translate.Indexed]:
    return pairs.indexed(KNOWN, subwords())


def test_batches_hold_every_pair_once_and_sources_of_one_length() -> None:
    some = [([5] * (1 + k % 3), [6] * (1 + k % 5)) for k in range(50)]
    found = translate.batches(some, 8, np.random.default_rng(0))
    assert sum(map(len, found)) == 50
    assert max(map(len, found)) == 8
    assert all(len({len(source) for source, _ in group}) == 1 for group in found)


def test_a_batch_begins_with_the_start_mark_and_ends_with_the_end() -> None:
    source, into, out = translate.collate([([5, 6], [7]), ([8, 9], [7, 8])])
    assert source.tolist() == [[5, 6, END], [8, 9, END]]
    assert into.tolist() == [[START, 7, PAD], [START, 7, 8]]
    assert out.tolist() == [[7, END, PAD], [7, 8, END]]


@pytest.mark.parametrize("way", ["attention", "plain"])
@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_the_loss_is_torchs_cross_entropy(way: translate.Way, smoothing: float) -> None:
    recipe = Recipe(way=way, pieces=60, embedding=8, hidden=8)
    net = translate.fresh(recipe).eval()
    group = [([5, 6], [7]), ([8, 9], [7, 8, 11])]
    source, into, out = translate.collate(group)
    expected = F.cross_entropy(
        net(source, into).flatten(0, 1), out.flatten(), ignore_index=PAD, label_smoothing=smoothing
    )
    found = translate.loss(net, recipe, group, smoothing)
    torch.testing.assert_close(found, expected, rtol=1e-5, atol=1e-5)


def test_both_ways_begin_with_the_same_weights() -> None:
    one, other = (translate.fresh(Recipe(way=way, pieces=60)) for way in ("attention", "plain"))
    shared = dict(other.named_parameters())
    for name, value in one.named_parameters():
        if name.split(".")[0] in ("embedding", "encoder", "decoder"):
            assert torch.equal(value, shared[name]), name
    assert set(dict(one.named_parameters())) - set(shared) == {"attention.weight"}


def test_the_rate_goes_up_and_down_to_nothing() -> None:
    rates = [translate.rate(step, 100, RECIPE) for step in range(101)]
    assert max(rates) == rates[RECIPE.warm_up] == RECIPE.peak_lr
    assert rates[0] < rates[1]
    assert rates[-1] == pytest.approx(0, abs=1e-9)


def test_training_learns_and_is_reproducible() -> None:
    precision = torch.get_float32_matmul_precision()
    said: list[str] = []
    net = translate.fit(items() * 4, RECIPE, said.append)
    again = translate.fit(items() * 4, RECIPE, said.append)
    untrained = translate.held_loss(translate.fresh(RECIPE).eval(), RECIPE, items())
    assert all(torch.equal(a, b) for a, b in zip(net.parameters(), again.parameters(), strict=True))
    assert translate.held_loss(net, RECIPE, items()) < untrained - 1
    assert said[-1].startswith("epoch 8/8")
    assert torch.get_float32_matmul_precision() == precision
    ours = translate_figures.translations(net, subwords(), [KNOWN[0][0]])
    assert len(ours) == 1


def test_bleu_counts_every_reference() -> None:
    pytest.importorskip("sacrebleu")
    ours = ["Le chat est noir et il dort.", "Où est le chat ce matin ?"]
    assert translate_figures.bleu(ours, [[one] for one in ours]) == pytest.approx(100)
    several = [["Un chien.", ours[0]], ["Où est donc le chat ce matin ?"]]
    assert translate_figures.bleu(ours, several) > translate_figures.bleu(
        ours, [one[:1] for one in several]
    )


def test_the_nearest_sentence_answers_without_translating() -> None:
    assert translate_figures.nearest(KNOWN, ["Is the cat black?", "Cold, cold!"]) == [
        "Le chat est noir.", "J'ai froid.",
    ]  # fmt: skip


def test_pairs_are_read_and_grouped(tmp_path: Path) -> None:
    (tmp_path / pairs.FOLDER).mkdir()
    text = "english\tfrench\nGo.\tVa !\nGo.\tAllez\u00a0!\nHi.\tSalut.\n"
    (tmp_path / pairs.FOLDER / "dev.tsv.gz").write_bytes(gzip.compress(text.encode()))
    found = pairs.load(tmp_path, "dev")
    assert pairs.grouped(found) == {"Go.": ["Va !", "Allez !"], "Hi.": ["Salut."]}

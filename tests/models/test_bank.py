"""The readers of "bank": what they are trained on, and what the project's own sentences ask."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
import torch

from app.nets import build
from app.training import bank, bank_figures, both, readers, sentences, sentiment
from app.training.sentiment import Encoder
from app.zoo import Zoo
from app.zoo.store import models_folder

MODELS = ("bank-lstm", "bank-bilstm")


@cache
def zoo() -> Zoo:
    return Zoo(models_folder(), memory_bytes=500_000_000)


@cache
def encoder() -> Encoder:
    vocabulary = zoo().model("bank-lstm").vocabulary
    assert vocabulary is not None
    return Encoder(vocabulary.words)


def rivers(model: str, texts: list[str]) -> list[float]:
    """P(river) at the end of each text."""
    found = [bank.whole(text, river=True, known=encoder().index) for text in texts]
    logits = bank_figures.logits(zoo().model(model).net, found, encoder())
    return torch.softmax(logits, 1)[:, bank_figures.RIVER].tolist()


@pytest.mark.parametrize("model", MODELS)
def test_the_two_sentences_are_sure(model: str) -> None:
    river, money = rivers(model, bank.written().both)
    assert river > 0.9
    assert money < 0.1


def test_a_left_to_right_reader_cannot_know_a_later_clue() -> None:
    """At "bank" both sentences are the same; the belief parts after it."""
    texts = ["I stood at the bank with my fishing rod.", "I stood at the bank with my credit card."]
    rows = [torch.tensor([ids]) for ids in map(vocabulary_ids, texts)]
    with torch.inference_mode():
        first, second = (zoo().model("bank-lstm").net(row)[0] for row in rows)
    at = bank.first_bank([encoder_word(i) for i in rows[0][0]])
    assert torch.equal(first[: at + 1], second[: at + 1])
    river, money = rivers("bank-lstm", texts)
    assert river > 0.5 > money


def vocabulary_ids(text: str) -> list[int]:
    vocabulary = zoo().model("bank-lstm").vocabulary
    assert vocabulary is not None
    return vocabulary.ids(text)


def encoder_word(row: torch.Tensor) -> str:
    vocabulary = zoo().model("bank-lstm").vocabulary
    assert vocabulary is not None
    return vocabulary.words[int(row)] if row < vocabulary.unknown else ""


def test_the_word_has_the_rows_that_the_net_looks_for() -> None:
    assert [encoder().index[word] for word in bank.WORDS] == bank.IDS


def test_forty_pairs_and_twenty_swaps_were_written() -> None:
    written = bank.written()
    assert (len(written.pairs), len(written.swaps), len(set(written.texts()))) == (40, 20, 120)
    for river, money in written.swaps:
        for text in (river, money):
            before, _, after = text.partition("|")
            assert "bank" not in before
            assert "bank" in after


def test_the_written_sentences_are_kept_out(packs: Path) -> None:
    known = encoder().index
    taught = bank.training_set(packs, known) + bank.made(bank.MADE, 0, known)
    banned = {letters(sentences.words_of(text, known)) for text in bank.written().texts()}
    assert not banned & {letters(one.words) for one in taught}


def letters(words: list[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word.isalpha())


def test_the_grammar_makes_both_senses_and_marks_the_word() -> None:
    found = bank.made(400, seed=3, known=())
    assert 0.45 < np.mean([one.river for one in found]) < 0.55
    assert all(one.words[one.place] in bank.WORDS for one in found)
    assert not any("{" in word or "_" in word for one in found for word in one.words)


def test_the_marked_word_is_found_again(packs: Path) -> None:
    for split in ("train", "test"):
        found = bank.passages(packs, split, encoder().index)
        found += bank.coarse(packs, split, encoder().index)
        assert all(one.words[one.place] in bank.WORDS for one in found)


def test_a_cut_passage_keeps_its_word() -> None:
    one = bank.Passage([*"abcdef", "bank", *"gh"], 6, river=True)
    rng = np.random.default_rng(0)
    cuts = [bank.cropped(one, rng) for _ in range(50)]
    assert all(cut.words[cut.place] == "bank" for cut in cuts)
    assert len({len(cut.words) for cut in cuts}) > 5


def test_labels_of_a_passage_weigh_as_much_as_asked() -> None:
    one = bank.Passage(["the", "bank", "of", "today"], 1, river=False)
    weights = {}
    for loss in ("last", "bank", "every", "word"):
        item = bank.item(encoder(), one, bank.Bank(loss=loss), weight=2.0)
        assert item.weights.sum() == pytest.approx(2.0)
        assert set(item.shares) == {np.float32(1 - bank.SURE)}
        weights[loss] = item.places.tolist()
    assert weights == {"last": [3], "bank": [1, 2, 3], "every": [0, 1, 2, 3], "word": [1]}


@pytest.mark.parametrize("place", ["ends", "word"])
def test_a_trained_reader_of_both_ways_is_the_served_one(place: both.Place) -> None:
    """Padded in training, alone when served."""
    torch.manual_seed(0)
    table, recipe = torch.randn(20, 50), readers.Recipe(hidden=4)
    taught = both.BothWays(table, recipe, place).eval()
    layers = sentiment.layers_both(recipe)
    layers[0]["num_embeddings"] = 20
    if place == "word":
        layers[2] = {"name": "bank", "op": "at_word", "ids": [7]}
    net = build("recurrent", layers)
    net.load_state_dict({"embedding.weight": table, **taught.served()})
    one = np.ones(1, np.float32)
    short, long = np.array([3, 7, 5]), np.array([7, 1, 2, 3, 4, 6])
    ats = (1, 0) if place == "word" else (2, 5)
    items = [
        readers.Item(ids, np.array([at]), one, one)
        for ids, at in zip((short, long), ats, strict=True)
    ]
    with torch.inference_mode():
        together = taught(readers.collate(items))
        alone = [net(torch.from_numpy(ids)[None])[0] for ids in (short, long)]
    for mine, served in zip(together, alone, strict=True):
        assert torch.allclose(mine, served, atol=1e-6)


def test_a_swap_by_hand() -> None:
    """A river sentence's state at the bar, put into the money sentence."""
    net = zoo().model("bank-lstm").net
    before, after = bank_figures.swap(
        net, "the river | bank", "the | bank to deposit money", encoder()
    )
    assert (before, after) == pytest.approx(
        tuple(rivers("bank-lstm", ["the bank", "the river bank"])), abs=1e-5
    )

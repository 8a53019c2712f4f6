"""The duel: equal budgets, a bag that cannot know the order, what is counted and timed."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
import torch
from torch import nn

from app.nets import build
from app.training import bag, kim, sentiment
from app.training.duel import against, duel, parameters, serial
from app.training.duel_words import READERS
from app.training.readers import Cell, Item, Recipe, collate, fit
from app.training.sentiment import right
from app.training.tally import rate
from app.zoo.duel import Duel
from app.zoo.machine import machine

ROWS = 12
RECIPE = Recipe(hidden=7, head_dropout=0.5)


def table() -> torch.Tensor:
    return torch.randn(ROWS, 50, generator=torch.Generator().manual_seed(0))


def item(*ids: int, share: float = 1.0) -> Item:
    last = np.array([len(ids) - 1])
    ones = np.ones(1, dtype=np.float32)
    return Item(np.array(ids), last, share * ones, ones)


def nets() -> dict[str, nn.Module]:
    """All five as they are measured, with untrained weights and a small table."""
    torch.manual_seed(0)
    cells: tuple[Cell, ...] = ("rnn", "gru", "lstm")
    made: dict[str, nn.Module] = {
        "bag": bag.Bag(table(), bag.RECIPE).eval(),
        "cnn": build("branched", kim.layers(sentiment.CNN, ROWS)),
    }
    for cell in cells:
        made[cell] = build("recurrent", sentiment.layers(sentiment.recipe_of(cell), ROWS))
    return made


def test_one_budget() -> None:
    sizes = {name: parameters(net) for name, net in nets().items()}
    assert sizes["lstm"] == 57_026
    assert sizes["bag"] == 56_873
    for size in sizes.values():
        assert size == pytest.approx(sizes["lstm"], rel=0.05)


def test_steps_that_wait() -> None:
    found = {name: serial(net, 19.5) for name, net in nets().items()}
    assert [(found[n].fixed, found[n].per_word) for n in READERS] == [
        (3, 0), (2, 0), (0, 1), (0, 1), (0, 1),
    ]  # fmt: skip
    assert (found["bag"].mean, found["gru"].mean) == (3.0, 19.5)


def test_the_bag_cannot_know_the_order() -> None:
    net = bag.Bag(table(), RECIPE).eval()
    one, other = net(torch.tensor([[1, 5, 2, 9]])), net(torch.tensor([[9, 2, 1, 5]]))
    torch.testing.assert_close(one, other)
    assert not torch.allclose(one, net(torch.tensor([[1, 5, 2, 8]])))


def test_it_is_measured_as_it_was_trained() -> None:
    """Padding and what comes after a labelled word change nothing."""
    torch.manual_seed(1)
    reader = bag.BagReader(table(), RECIPE).eval()
    net = bag.Bag(table(), RECIPE).eval()
    net.load_state_dict({**reader.state_dict(), "embedding.weight": table()})
    texts = [item(1, 2, 3), item(4, 5, 6, 7, 8), item(9)]
    wanted = torch.cat([net(torch.from_numpy(t.ids)[None]) for t in texts])
    torch.testing.assert_close(reader(collate(texts)), wanted)
    early = Item(np.array([1, 2, 3, 4]), np.array([1]), *(np.ones(1, np.float32),) * 2)
    torch.testing.assert_close(reader(collate([early])), net(torch.tensor([[1, 2]])))


def test_a_tie_is_one_with_the_best() -> None:
    found = against({"bag": rate(840, 1000), "cnn": rate(850, 1000), "rnn": rate(500, 1000)}, "dev")
    assert [(found[n].best, found[n].tie) for n in ("bag", "cnn", "rnn")] == [
        (False, True), (True, True), (False, False),
    ]  # fmt: skip


def test_a_run_gives_what_the_page_draws() -> None:
    texts = [item(1 + n % 5, 2, 3 + n % 4, share=float(n % 2)) for n in range(12)]
    lines: list[str] = []
    shas = {str(reader): "0" for reader in READERS}
    found, mean = duel(nets(), shas, {"dev": texts, "test": texts[:5]}, lines.append)
    assert mean == 3.0
    assert [one.reader for one in found] == list(READERS)
    for one in found:
        assert one.microseconds.low <= one.microseconds.median <= one.microseconds.high
        assert [s.accuracy.n for s in one.splits] == [12, 5]
    assert sum(one.splits[0].best for one in found) == 1
    assert len(lines) == 3
    whole = Duel(
        command="none", seed=0, seconds=1, machine=machine(), words=mean, note="", readers=found
    )
    assert Duel.model_validate_json(whole.model_dump_json()) == whole
    assert whole.machine.processor


def test_the_bag_is_trained_as_the_other_readers_are() -> None:
    """One word alone decides: a few epochs find it, and what was trained fits what is measured."""
    texts = [item(2, 3 + n % 4, n % 2, share=float(n % 2)) for n in range(64)]
    recipe = Recipe(hidden=8, epochs=6, tokens_per_batch=48, peak_lr=0.02, head_dropout=0.0)
    trained = fit(partial(bag.BagReader, table(), recipe), lambda _: texts, recipe, lambda _: None)
    assert right(trained, texts) == 1.0
    net = bag.Bag(table(), recipe)
    net.load_state_dict({**trained.state_dict(), "embedding.weight": table()})

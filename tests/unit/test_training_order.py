"""What is done to the order of words and pixels, how it is counted, and what is kept of it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from pydantic import ValidationError
from torch import Tensor

from app.core.errors import CardError
from app.inputs.order import AXES, lines
from app.training import order_words, reorder
from app.training.order import DIGITS, SENTIMENT, Book, Changed, Split, moved, ordering, study
from app.training.sentences import Example
from app.training.tally import rate
from app.zoo import Zoo
from app.zoo.order import FILE, Ordered, read_ordered
from app.zoo.store import models_folder

WORDS = ["it", "is", "not", ",", "so", "they", "say", ",", "a", "bad", "film", "."]
HERE = WORDS.index("not")


def permuted(change: str, words: list[str], index: int = 0) -> list[int] | None:
    return reorder.WORDS[change](words, reorder.stream(0, change, index))


@pytest.mark.parametrize("change", reorder.WORDS)
def test_words_move_and_punctuation_stays(change: str) -> None:
    for index in range(50):
        places = permuted(change, WORDS, index)
        assert places is not None
        assert sorted(places) == list(range(len(WORDS)))
        assert [WORDS[i] for i in places] != WORDS
        assert [places[i] for i, w in enumerate(WORDS) if w in ",."] == [3, 7, 11]


def test_each_change_is_what_it_says() -> None:
    spoken = [i for i, w in enumerate(WORDS) if w not in ",."]
    back = permuted("reversed", WORDS)
    assert back is not None
    assert [back[i] for i in spoken] == spoken[::-1]
    for index in range(50):
        swapped, strayed = (permuted(c, WORDS, index) for c in ("swapped", "negation"))
        assert swapped is not None
        assert sum(i != place for i, place in enumerate(swapped)) == 2
        assert strayed is not None
        order = [strayed[i] for i in spoken]
        assert [i for i in order if i != HERE] == [i for i in spoken if i != HERE]
        assert abs(order.index(HERE) - spoken.index(HERE)) >= reorder.FAR


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("shuffled", ["good", "!"]),
        ("shuffled", ["very", "very"]),
        ("reversed", ["so", "good", "so", "."]),
        ("swapped", ["bad", "bad", "bad"]),
        ("negation", ["a", "good", "film", "for", "all"]),
        ("negation", ["not", "bad", "."]),
    ],
)
def test_what_cannot_be_changed_is_left_out(change: str, words: list[str]) -> None:
    assert permuted(change, words) is None


def test_all_models_read_the_same_texts() -> None:
    examples = [Example(["good", "."], [(1, 1.0, 1.0)]), Example(WORDS, [(11, 0.0, 1.0)])]
    first, again = (moved(examples, "shuffled", 3) for _ in range(2))
    assert first == again
    assert [place for place, _ in first] == [1]
    assert first[0][1].labels == [(11, 0.0, 1.0)]
    assert first != moved(examples, "shuffled", 4)


def pictures() -> Tensor:
    return torch.arange(3 * 28 * 28).view(3, 28, 28)


@pytest.mark.parametrize("change", [c.change for c in order_words.pictures()])
def test_lines_of_pictures_move_whole(change: str) -> None:
    x = pictures()
    y = reorder.pictures(x, change, 0)
    assert torch.equal(y, reorder.pictures(x, change, 0))
    assert y.shape == x.shape
    before, after = (lines(z, AXES[change.split()[0]]) for z in (x, y))
    orders = []
    for was, now in zip(before, after, strict=True):
        # The pictures count up: what a line begins with says which line it is.
        heads, found = (part.view(-1, 1) if part.ndim == 1 else part for part in (was, now))
        order = torch.searchsorted(heads[:, 0].contiguous(), found[:, 0].contiguous())
        assert torch.equal(was[order], now)
        orders.append(order.tolist())
    assert sorted(orders[0]) == list(range(len(orders[0]))) != orders[0]
    assert (orders[0] == orders[1]) is change.endswith("once")


def test_counts_close_and_ties_are_ties() -> None:
    labels = torch.zeros(200, dtype=torch.long)
    before, after = labels.clone(), labels.clone()
    before[:20], after[10:40] = 1, 1
    found = ordering("shuffled", before, after, labels)
    assert (found.before.hits, found.after.hits, found.lost, found.won) == (180, 170, 20, 10)
    assert found.same_answer == 0.85
    assert found.tie
    after[:] = 1
    assert not ordering("shuffled", before, after, labels).tie
    with pytest.raises(ValidationError, match="not of the same inputs"):
        type(found).model_validate({**found.model_dump(), "lost": 3})
    with pytest.raises(ValidationError, match="tie"):
        type(found).model_validate({**found.model_dump(), "tie": False})


def test_the_interval_is_wilsons() -> None:
    """Newcombe 1998, table I: 81 of 263, and 0 of 20."""
    assert rate(81, 263).interval == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert rate(0, 20).interval == pytest.approx((0.0, 0.1611), abs=1e-4)


def tiny(answers: Any) -> Split:
    labels = torch.tensor([0, 1, 1, 0])
    changed = Changed(torch.tensor([1, 2]), answers)
    plain: Any = lambda net: torch.tensor([0, 1, 0, 1])  # noqa: E731
    return Split(
        "test", "Test", "words", ("a", "b"), labels, plain, order_words.TEXTS, lambda _: changed
    )


def zoo() -> Any:
    return SimpleNamespace(
        card=lambda model: SimpleNamespace(weights=SimpleNamespace(sha256=model)),
        model=lambda model: SimpleNamespace(net=None),
    )


def test_a_second_start_goes_on_where_the_first_stopped(tmp_path: Path) -> None:
    out = tmp_path / FILE
    out.parent.mkdir()

    asked: list[int] = []

    def fails_at_the_second_model(net: Any) -> Tensor:
        asked.append(1)
        if len(asked) > len(order_words.TEXTS):
            raise KeyboardInterrupt
        return torch.tensor([1, 1])

    with pytest.raises(KeyboardInterrupt):
        study(zoo(), [tiny(fails_at_the_second_model)], Book(out, 0, False), lambda line: None)
    found = read_ordered(tmp_path)
    assert found is not None
    assert [m.model for s in found.sets for m in s.models] == ["a"]
    asked.clear()

    def answers(net: Any) -> Tensor:
        asked.append(1)
        return torch.tensor([1, 1])

    study(zoo(), [tiny(answers)], Book(out, 0, False), lambda line: None)
    assert len(asked) == len(order_words.TEXTS)
    found = read_ordered(tmp_path)
    assert found is not None
    assert [m.model for m in found.sets[0].models] == ["a", "b"]
    one = found.sets[0].models[0].changes[0]
    assert (one.before.hits, one.after.hits, one.before.n) == (1, 2, 2)
    assert Ordered.model_validate_json(found.model_dump_json()) == found


def test_a_file_that_does_not_fit_is_said(tmp_path: Path) -> None:
    (tmp_path / FILE).parent.mkdir()
    (tmp_path / FILE).write_text('{"command": "none"}')
    with pytest.raises(CardError, match="does not validate"):
        Zoo(tmp_path, 1).check()


def test_the_shipped_figures_are_of_the_shipped_weights() -> None:
    found, shipped = read_ordered(models_folder()), Zoo(models_folder(), 1)
    assert found is not None
    assert [(s.set, s.n) for s in found.sets] == [
        ("sst dev", 872), ("product_opinions test", 3000), ("mnist test", 10_000),
    ]  # fmt: skip
    for part in found.sets:
        readers = DIGITS if part.unit == "pixels" else SENTIMENT
        assert [model.model for model in part.models] == list(readers)
        for model in part.models:
            card = shipped.card(model.model)
            assert model.weights == card.weights.sha256
            assert [c.change for c in model.changes] == [c.change for c in part.changes]
            stated = next(m for m in card.metrics if m.split == part.set and m.name == "accuracy")
            whole = [c.before.value for c in model.changes if c.before.n == part.n]
            assert whole == pytest.approx([stated.value] * len(whole), abs=1e-4)


def test_the_shipped_figures_show_what_the_page_says() -> None:
    """Lines of digits out of order are read hardly; shuffled words cost a few in a hundred."""
    found = read_ordered(models_folder())
    assert found is not None
    for part in found.sets:
        for change in (c for model in part.models for c in model.changes):
            fell = change.before.value - change.after.value
            assert fell > 0.6 if part.unit == "pixels" else 0 < fell < 0.2

"""What units follow: properties word by word, rank sums, extremes and the plane, by hand."""

from __future__ import annotations

import torch
from torch import Tensor

from app.insight.states import Span
from app.training.properties import questions
from app.training.study.figures import class_auroc
from app.training.watched import aurocs, changes, extremes, followed, halves, plane

TEXT = 'it is not bad , but the " old cake " was worse .'.split()


def asked(words: list[str]) -> dict[str, str]:
    """Every property of a sentence as a row of 0 and 1."""
    return {q.id: "".join(str(int(v)) for v in q.ask(words)) for q in questions([words])}


def test_properties_of_words() -> None:
    found = asked(TEXT)
    assert all(len(row) == len(TEXT) for row in found.values())
    assert found["negation"] == "00100000000000"
    assert found["negated"] == "00011111111111"
    assert found["near-negation"] == "00111100000000"
    assert found["turned"] == "00000011111111"
    assert found["blame"] == "00010000100010"
    assert found["blamed"] == "00011111111111"
    assert found["quoted"] == "00000000110000"
    assert found["sign"] == "00001001001001"
    assert found["end"] == "00000000000001"
    assert found["late"] == "00000001111111"
    assert found["pronoun"] == "10000000000000"


def test_properties_of_letters() -> None:
    found = asked(list('He said "Go on".'))
    assert found["capital"] == "1000000001000000"
    assert found["quoted"] == "0000000001111100"
    assert found["initial"] == "1001000001001000"
    assert found["inside"] == "0000001000000000"
    assert found["sign"] == "0000000010000011"


def planted() -> tuple[Tensor, Tensor]:
    """A hundred words: unit 0 goes with the first property, unit 1 against the second."""
    torch.manual_seed(1)
    marks = torch.rand(400, 2) < 0.3
    noise = torch.randn(400, 3) * 0.1
    return noise + torch.stack([marks[:, 0], ~marks[:, 1], marks[:, 0] & False], 1), marks


def test_the_rank_sums_are_those_of_the_other_study() -> None:
    h, marks = planted()
    expected = [class_auroc(h, marks[:, k].long(), 2)[:, 1] for k in range(2)]
    torch.testing.assert_close(aurocs(h, marks), torch.stack(expected, 1))


def test_a_planted_property_is_found_and_noise_is_not() -> None:
    h, marks = planted()
    spans = [Span(k, k * 10, k * 10 + 10) for k in range(40)]
    first, second, none = followed(h, marks, ["a", "b"], halves(spans, 400))
    assert first is not None
    assert (first.property, first.sign, first.auroc) == ("a", 1, 1.0)
    assert second is not None
    assert (second.property, second.sign, second.of) == ("b", -1, 200)
    assert none is not None
    assert none.auroc < 0.65
    assert followed(h, marks & False, ["a", "b"], halves(spans, 400)) == [None] * 3


def test_extremes_are_one_a_sentence_and_changes_begin_at_zero() -> None:
    h = torch.tensor([[0.5], [0.4], [-0.9], [0.7], [0.8]])
    spans = [Span(3, 0, 2), Span(8, 2, 5)]
    assert extremes(h, spans, True) == [[(8, 2, 0.8), (3, 0, 0.5)]]
    assert extremes(h, spans, False) == [[(8, 0, -0.9), (3, 1, 0.4)]]
    torch.testing.assert_close(changes(h, spans)[:, 0], torch.tensor([0.5, -0.1, -0.9, 1.6, 0.1]))


def test_the_plane_is_that_of_a_singular_value_decomposition() -> None:
    torch.manual_seed(2)
    h = torch.randn(300, 6) * torch.tensor([3.0, 0.2, 1.5, 0.4, 0.3, 0.1]) + 2
    found = plane(h)
    centred = h.double() - h.double().mean(0)
    _, s, v = torch.linalg.svd(centred, full_matrices=False)
    axes = torch.tensor(found.axes, dtype=torch.float64)
    torch.testing.assert_close((axes @ v[:2].T).abs(), torch.eye(2).double(), atol=1e-4, rtol=0)
    torch.testing.assert_close(
        torch.tensor(found.share).double(), s[:2] ** 2 / (s**2).sum(), atol=1e-4, rtol=0
    )
    assert all(max(axis, key=abs) > 0 for axis in found.axes)

"""Decoding, overlap and suppression, against plain loops and on cases made by hand."""

from __future__ import annotations

import math

import pytest
import torch

from app.insight.boxes import decode, overlaps, suppress


def maps(seed: int = 0, classes: int = 3, rows: int = 4, columns: int = 5) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(5 + classes, rows, columns, generator=generator).double()


def test_every_cell_as_the_formula_has_it() -> None:
    values, stride = maps(), 8.0
    cells = decode(values, stride)
    for row in range(4):
        for column in range(5):
            o, left, up, right, down, *classes = values[:, row, column].tolist()
            x, y = (column + 0.5) * stride, (row + 0.5) * stride
            box = [
                max(0.0, x - stride * math.exp(left)),
                max(0.0, y - stride * math.exp(up)),
                min(40.0, x + stride * math.exp(right)),
                min(32.0, y + stride * math.exp(down)),
            ]
            assert cells.boxes[:, row, column].tolist() == pytest.approx(box)
            total = sum(math.exp(c) for c in classes)
            shares = [math.exp(c) / total for c in classes]
            assert cells.classes[:, row, column].tolist() == pytest.approx(shares)
            objectness = 1 / (1 + math.exp(-o))
            assert float(cells.objectness[row, column]) == pytest.approx(objectness)
            assert float(cells.scores[row, column]) == pytest.approx(objectness * max(shares))


def test_a_batch_is_decoded_as_its_pictures() -> None:
    both = torch.stack([maps(1), maps(2)])
    together = decode(both, 8.0)
    for place in (0, 1):
        alone = decode(both[place], 8.0)
        assert torch.equal(together.boxes[place], alone.boxes)
        assert torch.equal(together.scores[place], alone.scores)


def test_without_the_cut_boxes_reach_beyond_the_picture() -> None:
    values = torch.zeros(6, 2, 2).double()
    values[1] = 5.0
    assert float(decode(values, 8.0, cut=False).boxes[0].max()) < 0
    assert float(decode(values, 8.0).boxes[0].max()) == 0


def test_huge_sides_stay_finite() -> None:
    values = torch.full((6, 2, 2), 800.0).double()
    assert decode(values, 8.0).boxes.isfinite().all()


@pytest.mark.parametrize(
    ("a", "b", "iou"),
    [
        ([0, 0, 4, 4], [0, 0, 4, 4], 1.0),
        ([0, 0, 4, 4], [2, 0, 6, 4], 8 / 24),
        ([0, 0, 4, 4], [1, 1, 3, 3], 4 / 16),
        ([0, 0, 4, 4], [4, 0, 8, 4], 0.0),  # they touch
        ([0, 0, 4, 4], [9, 9, 10, 10], 0.0),
        ([0, 0, 0, 0], [0, 0, 0, 0], 0.0),  # both empty
    ],
)
def test_overlaps_by_hand(a: list[float], b: list[float], iou: float) -> None:
    first, second = (torch.tensor([box]).double() for box in (a, b))
    assert float(overlaps(first, second)) == pytest.approx(iou)
    assert float(overlaps(second, first)) == pytest.approx(iou)


def plainly(boxes: list[list[float]], scores: list[float], limit: float) -> list[int]:
    """Suppression in the words of the textbook: take the best, drop what overlaps it, repeat."""
    left = sorted(range(len(boxes)), key=lambda k: -scores[k])
    by = [-1] * len(boxes)
    while left:
        best = left.pop(0)
        by[best] = best
        for other in list(left):
            a, b = boxes[best], boxes[other]
            wide = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
            high = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
            sizes = [(c[2] - c[0]) * (c[3] - c[1]) for c in (a, b)]
            if wide * high / (sum(sizes) - wide * high) > limit:
                by[other] = best
                left.remove(other)
    return by


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("limit", [0.1, 0.45, 0.8])
def test_suppression_is_the_textbooks(seed: int, limit: float) -> None:
    generator = torch.Generator().manual_seed(seed)
    corners = torch.rand(40, 2, generator=generator).double() * 20
    sizes = torch.rand(40, 2, generator=generator).double() * 10 + 1
    boxes, scores = torch.cat([corners, corners + sizes], dim=1), torch.rand(40).double()
    assert suppress(boxes, scores, limit) == plainly(boxes.tolist(), scores.tolist(), limit)


def test_a_chain_of_overlaps_keeps_its_ends() -> None:
    """The middle falls to the best; the far one overlaps only the fallen one, so it stays."""
    boxes = torch.tensor([[0, 0, 10, 10], [4, 0, 14, 10], [8, 0, 18, 10]]).double()
    assert suppress(boxes, torch.tensor([0.9, 0.8, 0.7]), 0.3) == [0, 0, 2]


def test_ties_go_to_the_earlier_and_the_limit_itself_stays() -> None:
    boxes = torch.tensor([[0, 0, 4, 4], [0, 0, 4, 4], [0, 0, 4, 2]]).double()
    assert suppress(boxes, torch.tensor([0.5, 0.5, 0.4]), 0.5) == [0, 0, 2]
    assert suppress(boxes[:0], torch.zeros(0), 0.5) == []

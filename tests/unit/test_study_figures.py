"""Figures over a held-out split: each measure against its definition, counted by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import save_file
from torch import Tensor, nn

from app.nets import build
from app.training.evaluation import auroc
from app.training.study.channels import channels, largest
from app.training.study.figures import class_auroc, ranks, rounded, wilson
from app.training.study.held import Held
from app.training.study.trust import BINS, answers, bins, calibration_error, moments, trust
from app.zoo import Card
from tests.unit.folders import PICTURES

WEIGHTS = {"sha256": "0" * 64, "bytes": 9}
CHAIN: list[dict[str, Any]] = [
    {"name": "conv", "op": "conv2d", "in_channels": 3, "out_channels": 4, "kernel_size": 3},
    {"name": "relu", "op": "relu"},
    {"name": "pool", "op": "avg_pool2d", "kernel_size": 2, "stride": 2},
    {"name": "flatten", "op": "flatten"},
    {"name": "linear", "op": "linear", "in_features": 36, "out_features": 2},
]


def held(n: int = 30) -> Held:
    """A small network on random pictures."""
    torch.manual_seed(5)
    net = build("sequential", CHAIN).requires_grad_(False)
    card = Card.model_validate({**PICTURES, "weights": WEIGHTS})
    labels = torch.randint(0, 2, (n,))
    return Held(card, net, "test", torch.randn(n, 3, 8, 8), labels)


def test_wilson_is_the_published_interval() -> None:
    """Newcombe 1998, table I: 81 of 263 and 0 of 20."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)
    assert wilson(20, 20)[1] == 1


def test_rounding_keeps_four_digits() -> None:
    assert [rounded(v) for v in (0.123456, 123456.0, 0.0, -1.99999)] == [0.1235, 123500, 0, -2]


@given(st.lists(st.integers(0, 5), min_size=1, max_size=20))
def test_ranks_of_ties_are_shared(values: list[int]) -> None:
    found = ranks(torch.tensor(values, dtype=torch.float32)[:, None])[:, 0]
    for value, rank in zip(values, found.tolist(), strict=True):
        below, same = sum(v < value for v in values), sum(v == value for v in values)
        assert rank == below + (same + 1) / 2


def test_auroc_of_every_class_is_the_share_of_pairs() -> None:
    torch.manual_seed(1)
    values, labels = torch.randint(0, 6, (40, 3)).float(), torch.arange(40) % 4
    found = class_auroc(values, labels, 4)
    for c in range(3):
        for k in range(4):
            inside, outside = values[labels == k, c], values[labels != k, c]
            above = (inside[:, None] > outside).double() + 0.5 * (inside[:, None] == outside)
            assert float(found[c, k]) == pytest.approx(float(above.mean()))
            assert float(found[c, k]) == pytest.approx(auroc(inside, outside))


def test_calibration_by_hand() -> None:
    """Two answers of 0.95, one right; one of 0.55, right; one of exactly 1, right."""
    shares = torch.tensor([0.95, 0.95, 0.55, 1.0], dtype=torch.float64)
    right = torch.tensor([True, False, True, True])
    found = bins(shares, right)
    assert [b.n for b in found] == [0, 0, 0, 0, 0, 1, 0, 0, 0, 3]
    assert found[9].confidence == pytest.approx(2.9 / 3, abs=1e-4)
    assert found[9].accuracy == pytest.approx(2 / 3, abs=1e-4)
    assert calibration_error(shares, right) == pytest.approx((0.45 + 0.9) / 4)


def test_trust_counts_every_picture_once() -> None:
    given = held()
    found = trust(given)
    answer = answers(given).argmax(1)
    for true in range(2):
        for said in range(2):
            count = int(((given.labels == true) & (answer == said)).sum())
            assert found.confusion[true][said] == count
    assert sum(b.n for b in found.bins) == 30
    assert len(found.bins) == BINS
    hits = found.confusion[0][0] + found.confusion[1][1]
    assert found.accuracy == rounded(hits / 30)
    assert found.interval[0] < found.accuracy < found.interval[1]


def test_channels_are_those_of_single_passes() -> None:
    given = held()
    found, stated = largest(given), channels(given)
    assert list(stated) == ["conv", "relu", "pool"]
    conv = given.net.get_submodule("conv")
    for i in range(30):
        one = conv(given.x[i : i + 1])[0].amax((1, 2))
        torch.testing.assert_close(found["conv"][i], one)
    for c, channel in enumerate(stated["relu"]):
        peaks = found["relu"][:, c]
        assert channel.most == rounded(float(peaks.max()))
        assert channel.p99 == rounded(float(torch.quantile(peaks.double(), 0.99)))
        assert channel.dead == rounded(float((peaks == 0).double().mean()))
        assert channel.best[0].auroc >= channel.best[1].auroc


def test_moments_use_the_weights_of_each_snapshot(tmp_path: Path) -> None:
    given = held()
    nets = {step: build("sequential", CHAIN) for step in (0, 7)}
    tensors = {
        f"{step}/{name}": value.half()
        for step, net in nets.items()
        for name, value in net.state_dict().items()
    }
    save_file(tensors, tmp_path / "snapshots.safetensors")
    snapshots = {"sha256": "0" * 64, "bytes": 1, "steps": [0, 7]}
    card = Card.model_validate({**PICTURES, "weights": WEIGHTS, "snapshots": snapshots})
    found = moments(Held(card, given.net, "", given.x, given.labels), tmp_path)
    assert found is not None
    for moment, (step, net) in zip(found, nets.items(), strict=True):
        right = rounded_net(net)(given.x).argmax(1) == given.labels
        assert (moment.step, moment.n) == (step, 30)
        assert moment.accuracy == rounded(float(right.double().mean()))
    assert moments(given, tmp_path) is None


def rounded_net(net: nn.Module) -> nn.Module:
    """The same with weights that were stored as float16."""
    state: dict[str, Tensor] = {k: v.half().float() for k, v in net.state_dict().items()}
    net.load_state_dict(state)
    return net

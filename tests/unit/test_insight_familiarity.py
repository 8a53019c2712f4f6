"""Measures of familiarity: by hand, against their definitions, and telling apart what differs."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from app.core.errors import CardError
from app.insight import score
from app.insight.familiarity import (
    METHODS,
    OF_FEATURES,
    OF_LOGITS,
    SHRINK,
    Of,
    features_of,
    fit,
    pooled,
)


def blobs(n: int, away: float = 0.0) -> tuple[Tensor, Tensor]:
    """Three clusters in six dimensions, stretched differently; `away` moves them off."""
    torch.manual_seed(4)
    labels = torch.arange(n) % 3
    centres = torch.eye(6)[:3] * 8
    noise = torch.randn(n, 6) * torch.tensor([1, 1, 1, 3, 0.3, 0.3])
    offset = torch.tensor([0, 0, 0, 0, 1.0, 1.0]) * away
    return centres[labels] + noise + offset, labels


def test_of_logits_by_hand() -> None:
    """Two logits of ln 3 and 0."""
    tensors = {"logits": torch.tensor([math.log(3), 0.0])}
    assert score("energy", tensors) == pytest.approx(math.log(4))
    assert score("max_logit", tensors) == pytest.approx(math.log(3))
    assert score("max_probability", tensors) == pytest.approx(0.75)


def test_readers_are_judged_by_their_last_step() -> None:
    """logits [T, K]: the row after the last word."""
    tensors = {"logits": torch.tensor([[9.0, 9.0], [1.0, 2.0]]), "lstm": torch.ones(2, 5)}
    assert score("max_logit", tensors) == 2
    assert features_of(tensors, "lstm").shape == (5,)


def test_maps_are_averaged() -> None:
    """[C, H, W] -> one number per map."""
    maps = {"pool": torch.tensor([[[1.0, 3.0]], [[5.0, 5.0]]])}
    assert features_of(maps, "pool").tolist() == [2, 5]


def test_mahalanobis_is_its_definition() -> None:
    """Against the textbook formula with the inverse of the (shrunk) covariances."""

    def inverse(deviations: Tensor) -> Tensor:
        covariance = deviations.T.cov(correction=0)
        shrunk = covariance + SHRINK * covariance.diag().mean() * torch.eye(6)
        inverted: Tensor = torch.linalg.inv(shrunk)
        return inverted

    features, labels = blobs(600)
    means = torch.stack([features[labels == k].mean(0) for k in range(3)])
    within = inverse(features - means[labels])
    total = inverse(features)
    x = features[:9] + 2
    differences = x[:, None] - means
    nearest = torch.einsum("nkf,fg,nkg->nk", differences, within, differences).amin(1)
    centred = x - features.mean(0)
    background = torch.einsum("nf,fg,ng->n", centred, total, centred)
    statistics = fit(features, labels)
    found = OF_FEATURES["mahalanobis"](x, statistics)
    torch.testing.assert_close(found, -nearest, rtol=1e-3, atol=1e-3)
    relative = OF_FEATURES["relative_mahalanobis"](x, statistics)
    torch.testing.assert_close(relative, background - nearest, rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("method", ["mahalanobis", "relative_mahalanobis", "cosine"])
def test_higher_means_more_alike(method: str) -> None:
    """Foreign examples score lower than examples of the same kind."""
    statistics = fit(*blobs(600))
    near = OF_FEATURES[method](blobs(90)[0], statistics)
    far = OF_FEATURES[method](blobs(90, away=20)[0], statistics)
    assert float((near[:, None] > far).float().mean()) > 0.95


def test_a_batch_equals_its_rows() -> None:
    """Training scores many at once, the server one."""
    features, labels = blobs(60)
    statistics = fit(features, labels)
    for method, measure in OF_FEATURES.items():
        for row, value in zip(features, measure(features, statistics), strict=True):
            one = score(method, {"f": row}, "f", statistics)
            assert one == pytest.approx(float(value), rel=1e-3, abs=1e-3)
    for method, of_logits in OF_LOGITS.items():
        values = of_logits(features)
        assert score(method, {"logits": features[3]}) == pytest.approx(float(values[3]))


def test_statistics_travel_as_safetensors(tmp_path: Path) -> None:
    """Written by training, read beside the card."""
    statistics = fit(*blobs(60))
    save_file(statistics, tmp_path / "familiarity.safetensors")
    x = {"f": torch.ones(6)}
    read = load_file(tmp_path / "familiarity.safetensors")
    assert score("cosine", x, "f", read) == score("cosine", x, "f", statistics)


def test_few_examples_do_not_break_the_fit() -> None:
    """Fewer examples than features: the covariance is shrunk, the scores stay finite."""
    features = torch.randn(8, 30)
    statistics = fit(features, torch.arange(8) % 2)
    for method in OF_FEATURES:
        assert math.isfinite(score(method, {"f": features[0]}, "f", statistics))


def test_mistakes_in_cards_are_named() -> None:
    """Unknown names and missing statistics."""
    with pytest.raises(CardError, match="known: energy"):
        score("novelty", {"logits": torch.zeros(3)})
    with pytest.raises(CardError, match="'cosine' needs statistics"):
        score("cosine", {"f": torch.zeros(3)}, "f")
    assert METHODS[0] == "energy"


def test_of_each_map_its_mean_or_its_largest_value() -> None:
    """One trace and a batch of maps give the same features."""
    maps = torch.randn(5, 4, 3, 3)
    kinds: tuple[Of, ...] = ("mean", "largest")
    for of in kinds:
        for row, one in zip(pooled(maps, of), maps, strict=True):
            torch.testing.assert_close(features_of({"m": one}, "m", of), row)
    assert torch.equal(pooled(maps, "largest")[2, 1], maps[2, 1].max())
    statistics = fit(pooled(maps, "largest"), torch.arange(5) % 2)
    expected = OF_FEATURES["cosine"](pooled(maps, "largest"), statistics)
    for value, one in zip(expected.tolist(), maps, strict=True):
        found = score("cosine", {"m": one}, "m", statistics, "largest")
        assert found == pytest.approx(value, abs=1e-5)

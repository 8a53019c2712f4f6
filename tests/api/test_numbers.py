"""A network that gives one number, and a familiarity that looks at a layer's values."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
import torch
from safetensors.torch import save_file

from app.core.settings import Settings
from app.insight import familiarity
from app.nets import build
from app.web import schemas
from app.web.app import create_app
from app.zoo.publish import write_model
from tests.api.conftest import API, DIGIT, PHOTO, SHAPES, STROKES, card, png, problem
from tests.api.test_contract import ST, unpacked

TURN = [*STROKES[:-1], {"name": "linear", "op": "linear", "in_features": 7, "out_features": 1}]
ONE_NUMBER = {"task": "regression", "unit": "degrees", "familiarity": None, "input": "image",
              "preprocessing": DIGIT}  # fmt: skip
BY_FEATURES = {"method": "mahalanobis", "tensor": "relu2", "statistics": "known.safetensors",
               "threshold": -1e9}  # fmt: skip

WIDTH = next(spec["out_channels"] for spec in SHAPES if "out_channels" in spec)  # of relu1
LOWERED = BY_FEATURES | {"share": 0.05, "also": {"method": "mahalanobis", "tensor": "relu1",
           "centre": 0.0, "spread": 2.0, "weight": 0.5}}  # fmt: skip


def fitted(width: int) -> dict[str, torch.Tensor]:
    """Statistics of a training set of random features."""
    features = torch.randn(50, width, generator=torch.Generator().manual_seed(1))
    return familiarity.fit(features, torch.arange(50) % 3)


STATISTICS = fitted(5)


@pytest_asyncio.fixture
async def other(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """`turn` gives an angle; `known` judges by the maps of its second activation."""
    folder = tmp_path
    torch.manual_seed(2)
    number = {k: v for k, v in card("turn", "cnn", TURN, **ONE_NUMBER).items() if v is not None}
    write_model(folder / "turn", number, build("sequential", TURN).state_dict())
    early = {f"also.{name}": value for name, value in fitted(WIDTH).items()}
    for name, how in (("known", BY_FEATURES), ("lowered", LOWERED)):
        about = card(name, "cnn", SHAPES, classes=["cat", "dog", "cup"], preprocessing=PHOTO,
                     input="image", **{"familiarity": how})  # fmt: skip
        (folder / name).mkdir()
        save_file(STATISTICS | early, folder / name / "known.safetensors")
        write_model(folder / name, about, build("sequential", SHAPES).state_dict())
    app = create_app(Settings(models_folder=folder))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client


async def test_one_number_with_its_unit(other: httpx.AsyncClient) -> None:
    answer = await other.post(f"{API}/turn/trace", files={"file": png()})
    found = schemas.TraceAnswer.model_validate(answer.json())
    (value,) = answer.json()["tensors"]["logits"]["data"]
    (said,) = answer.json()["predictions"]
    assert said == {"value": pytest.approx(value, rel=1e-6), "unit": "degrees"}
    assert found.familiarity is None
    assert "probabilities" not in found.tensors
    assert found.graph[-1].name == "logits"


async def test_why_one_number(other: httpx.AsyncClient) -> None:
    url = f"{API}/turn/explain"
    for method in ("gradcam", "gradient", "smoothgrad", "occlusion"):
        answer = await other.post(url, params={"method": method}, files={"file": png()})
        found = schemas.ExplainAnswer.model_validate(answer.json())
        assert found.class_ is None
    refused = await other.post(url, params={"class": "cat"}, files={"file": png()})
    assert "gives a number" in problem(refused, 422)


async def test_familiarity_of_a_layers_values(other: httpx.AsyncClient) -> None:
    url = f"{API}/known/trace"
    about, whole = unpacked(await other.post(url, files={"file": png()}, headers=ST))
    expected = familiarity.score("mahalanobis", whole, "relu2", STATISTICS)
    assert about["familiarity"]["score"] == pytest.approx(expected, rel=1e-4)
    few, chosen = unpacked(await other.post(f"{url}?layers=conv1", files={"file": png()},
                                            headers=ST))  # fmt: skip
    assert list(chosen) == ["conv1"]
    assert few["familiarity"] == about["familiarity"]
    said = (await other.post(f"{API}/known/predict", files={"file": png()})).json()
    assert said["familiarity"] == about["familiarity"]
    assert about["familiarity"]["familiar"] is True
    assert whole["relu2"].shape == (5, 8, 8)


async def test_an_early_layer_lowers_the_score(other: httpx.AsyncClient) -> None:
    """Asked for one layer or for all, the score is that of both measures."""
    url = f"{API}/lowered/trace"
    about, whole = unpacked(await other.post(url, files={"file": png()}, headers=ST))
    first = familiarity.score("mahalanobis", whole, "relu2", STATISTICS)
    second = familiarity.score("mahalanobis", whole, "relu1", fitted(WIDTH))
    assert second < 0
    assert about["familiarity"]["score"] == pytest.approx(first + 0.5 * second / 2, rel=1e-4)
    assert about["familiarity"]["share"] == 0.05
    said = (await other.post(f"{API}/lowered/predict", files={"file": png()})).json()
    assert said["familiarity"] == about["familiarity"]

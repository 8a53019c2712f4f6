"""Segmentation over HTTP: shares and mask, every tensor, bridges off, and what is refused."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
import torch
from safetensors.torch import load
from torch.nn import functional as F

from app.core.settings import Settings
from app.nets import build
from app.training.fold import folded_layers
from app.training.segments import Recipe, layers
from app.web import predictions, schemas
from app.web.app import create_app
from app.zoo.publish import write_model
from tests.api.conftest import API, card, encoded, picture, png, problem

CLASSES = ["ground", "sky", "thing"]
TINY = folded_layers(layers(Recipe(size=16, widths=(2, 3), first=1, up=1, epochs=1), 3))
PHOTO = {"kind": "image", "size": 16, "mean": [0.5] * 3, "std": [0.25] * 3}
PREDICT, TRACE = f"{API}/parts/predict", f"{API}/parts/trace"
ST = {"accept": "application/vnd.safetensors"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A models folder with one U-Net of random weights."""
    found = tmp_path_factory.mktemp("parts")
    samples = found / "parts" / "samples"
    samples.mkdir(parents=True)
    (samples / "blocks.png").write_bytes(png(50, 40))
    blocks = {"name": "blocks", "title": "Blocks", "source": "file:samples/blocks.png"}
    torch.manual_seed(3)
    about = card("parts", "cnn", TINY, task="segmentation", classes=CLASSES, input="image",
                 preprocessing=PHOTO, samples=[blocks],
                 architecture={"name": "unet", "layers": TINY})  # fmt: skip
    about.pop("familiarity")
    write_model(found / "parts", about, build("unet", TINY).state_dict())
    return found


@pytest_asyncio.fixture
async def client(folder: Path) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(Settings(models_folder=folder, max_upload_bytes=2_000_000))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as found:
        yield found


async def traced(client: httpx.AsyncClient, **more: Any) -> dict[str, torch.Tensor]:
    answer = await client.post(TRACE, json={"sample": "blocks", **more}, headers=ST)
    assert answer.status_code == 200, answer.text
    return load(answer.content)


async def test_shares_are_those_of_the_mask(client: httpx.AsyncClient) -> None:
    answer = await client.post(PREDICT, json={"sample": "blocks"})
    found = schemas.PredictAnswer.model_validate(answer.json())
    (said,) = answer.json()["predictions"]
    assert isinstance(found.predictions[0], predictions.Segments)
    assert (said["mask"], said["classes"]) == ("mask", CLASSES)
    mask = (await traced(client))["mask"]
    assert mask.shape == (16, 16)
    shares = [float((mask == k).float().mean()) for k in range(3)]
    assert said["share"] == pytest.approx(shares)
    assert answer.json()["input"]["crop"] == {"x": 5, "y": 0, "side": 40}
    assert answer.json()["input"]["size"] == [16, 16]
    assert answer.json()["familiarity"] is None


async def test_every_tensor_and_only_those_asked_for(client: httpx.AsyncClient) -> None:
    tensors = await traced(client)
    graph = (await client.get(f"{API}/parts")).json()["graph"]
    assert list(tensors) != []
    assert {n["name"]: n["output_shape"] for n in graph} == {
        name: list(value.shape) for name, value in tensors.items()
    }
    torch.testing.assert_close(tensors["probabilities"], tensors["logits"].softmax(0))
    assert torch.equal(tensors["mask"], tensors["logits"].argmax(0).float())
    weight = load((await client.get(f"{API}/parts/weights")).content)
    scores = F.conv2d(tensors["dec1_relu1"], weight["scores.weight"], weight["scores.bias"])
    torch.testing.assert_close(scores, tensors["logits"], rtol=1e-5, atol=1e-5)
    some = await client.post(f"{TRACE}?layers=mask,skip1&digits=3", json={"sample": "blocks"})
    schemas.TraceAnswer.model_validate(some.json())
    assert list(some.json()["tensors"]) == ["skip1", "mask"]


async def test_a_bridge_off(client: httpx.AsyncClient) -> None:
    off = {"op": "scale", "tensor": "skip1", "factor": 0}
    found = await traced(client, options={"edits": [off]})
    plain = await traced(client)
    assert not found["skip1"].any()
    assert plain["skip1"].any()
    assert torch.equal(found["mid_relu2"], plain["mid_relu2"])
    assert torch.equal(found["join1"][:3], plain["join1"][:3])
    assert not torch.equal(found["logits"], plain["logits"])
    answer = await client.post(PREDICT, json={"sample": "blocks", "options": {"edits": [off]}})
    assert answer.json()["options"]["edits"] == [{**off, "channel": None}]


async def test_a_cut_and_an_upload(client: httpx.AsyncClient) -> None:
    data = encoded(picture(60, 30), "JPEG")
    answer = await client.post(
        PREDICT, files={"file": ("x.jpg", data)}, data={"options": '{"crop": [30, 0, 30]}'}
    )
    assert answer.json()["input"]["crop"] == {"x": 30, "y": 0, "side": 30}
    raw = await client.post(PREDICT, content=data, headers={"content-type": "image/jpeg"})
    assert raw.json()["input"]["crop"] == {"x": 15, "y": 0, "side": 30}


@pytest.mark.parametrize(
    ("data", "status"), [(b"", 422), (b"no picture", 415), (b"<svg/>", 415), (png()[:60], 422)]
)
async def test_what_is_no_picture(client: httpx.AsyncClient, data: bytes, status: int) -> None:
    problem(await client.post(PREDICT, files={"file": ("x", data)}), status)


async def test_what_asks_for_one_answer_is_refused(client: httpx.AsyncClient) -> None:
    body = {"sample": "blocks"}
    assert "every pixel" in problem(await client.post(f"{API}/parts/explain", json=body), 422)
    assert "every pixel" in problem(await client.post(f"{API}/parts/reach", json=body), 422)
    each = {**body, "options": {"show": {"rows": 3, "each": True}}}
    assert "every pixel" in problem(await client.post(PREDICT, json=each), 422)
    for call in ("effects", "gradient"):
        answer = await client.post(f"{API}/parts/{call}", json=body)
        assert 400 <= answer.status_code < 500, answer.text
    assert "pictures" in problem(await client.post(PREDICT, json={"text": "a street"}), 422)
    wrong = {**body, "options": {"edits": [{"op": "scale", "tensor": "mask", "factor": 0}]}}
    assert "no tensor 'mask'" in problem(await client.post(PREDICT, json=wrong), 422)


async def test_the_picture_room_does_not_open_with_it(client: httpx.AsyncClient) -> None:
    """It is the only network here, and none that the picture room shows."""
    page = await client.get("/cnn")
    assert page.status_code == 200
    assert "/models/parts/samples" not in page.text
    assert (await client.get("/segment")).status_code == 200

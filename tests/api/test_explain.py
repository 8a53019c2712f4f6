"""Why an answer, over HTTP: what is given, in which form, and what is refused."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import torch
from torch import Tensor

from app.web import schemas
from tests.api.conftest import API, png, problem
from tests.api.test_contract import ST, unpacked

EXPLAIN = f"{API}/shapes/explain"
BLOCKS = {"sample": "blocks"}


async def explained(
    client: httpx.AsyncClient, query: dict[str, str], **body: Any
) -> tuple[dict[str, Any], dict[str, Tensor]]:
    """The safetensors answer about the sample."""
    answer = await client.post(EXPLAIN, params=query, json={**BLOCKS, **body}, headers=ST)
    return unpacked(answer, "explain")


@pytest.mark.parametrize(
    ("method", "tensors"),
    [
        ("gradcam", {"map": (4, 4), "signed": (4, 4), "weights": (5,)}),
        ("gradient", {"gradient": (3, 16, 16), "map": (16, 16)}),
        ("smoothgrad", {"gradient": (3, 16, 16), "map": (16, 16)}),
        ("occlusion", {"map": (15, 15)}),
    ],
)
async def test_every_method_in_both_forms(
    client: httpx.AsyncClient, method: str, tensors: dict[str, tuple[int, ...]]
) -> None:
    about, found = await explained(client, {"method": method})
    schemas.ExplainAbout.model_validate(about)
    assert {name: tuple(value.shape) for name, value in found.items()} == tensors
    assert about["class"] == about["predictions"][0]["label"]
    assert about["layer"] == ("pool2" if method == "gradcam" else None)
    assert about["formula"].startswith("map = ")
    answer = await client.post(EXPLAIN, params={"method": method}, json=BLOCKS)
    written = answer.json()
    schemas.ExplainAnswer.model_validate(written)
    assert {k: v for k, v in written.items() if k != "tensors"} == about
    for name, value in found.items():
        data = torch.tensor(written["tensors"][name]["data"]).view(value.shape)
        assert torch.equal(data, value)


async def test_gradcam_is_the_default(client: httpx.AsyncClient) -> None:
    about, _ = await explained(client, {})
    assert about["method"] == "gradcam"


async def test_a_class_and_a_layer_can_be_chosen(client: httpx.AsyncClient) -> None:
    about, one = await explained(client, {"class": "cup", "layer": "conv2"})
    assert (about["class"], about["layer"]) == ("cup", "conv2")
    assert one["map"].shape == (8, 8)
    _, other = await explained(client, {"class": "dog", "layer": "conv2"})
    assert not torch.equal(one["signed"], other["signed"])
    about, _ = await explained(client, {"layer": "input"})
    assert about["layer"] == "input"


async def test_what_is_explained_is_the_run_with_its_options(client: httpx.AsyncClient) -> None:
    off = {"op": "scale", "tensor": "conv2", "channel": None, "factor": 0}
    about, found = await explained(client, {"method": "gradient"}, options={"edits": [off]})
    assert about["options"]["edits"] == [{**off, "factor": 0.0}]
    assert found["map"].abs().max() == 0
    moved, _ = await explained(client, {"method": "gradient"}, options={"shift": [2, 0]})
    assert moved["input"]["steps"][-1]["op"] == "shift"
    said = await client.post(f"{API}/shapes/predict", json={**BLOCKS, "options": {"shift": [2, 0]}})
    assert moved["predictions"] == said.json()["predictions"]


async def test_settings_of_smoothgrad_are_said_and_repeat(client: httpx.AsyncClient) -> None:
    upload = {"files": {"file": png(seed=5)}, "headers": ST, "params": {"method": "smoothgrad"}}
    (one, first), (_, second) = [unpacked(await client.post(EXPLAIN, **upload), "explain")  # type: ignore[arg-type]
                                 for _ in range(2)]  # fmt: skip
    assert torch.equal(first["gradient"], second["gradient"])
    settings = one["settings"]
    assert (settings["copies"], settings["noise"], settings["seed"]) == (25, 0.15, 0)
    assert settings["deviation"] > 0


async def test_rows_of_an_occlusion_map(client: httpx.AsyncClient) -> None:
    about, whole = await explained(client, {"method": "occlusion"})
    assert about["settings"] == {
        "window": [2, 2], "stride": [1, 1], "rows": [0, 15, 15], "columns": 15, "cover": 0.0,
    }  # fmt: skip
    for rows in ("0:1", "4:9", "14:99"):
        about, part = await explained(client, {"method": "occlusion", "rows": rows})
        start, stop, total = about["settings"]["rows"]
        assert (start, total) == (int(rows.partition(":")[0]), 15)
        torch.testing.assert_close(part["map"], whole["map"][start:stop], rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"method": "magic"}, "'magic'"),
        ({"method": ""}, "no method"),
        ({"method": "GradCAM"}, "no method"),
        ({"method": "x" * 5000}, ""),
        ({"class": "horse"}, "'horse'; there is cat, dog, cup"),
        ({"class": ""}, "no class"),
        ({"class": "x" * 5000}, ""),
        ({"layer": "conv9"}, "not in this network"),
        ({"layer": "flatten"}, "has no maps"),
        ({"layer": "logits"}, "has no maps"),
        ({"layer": ""}, "not in this network"),
        ({"method": "gradient", "layer": "conv1"}, "layer is for gradcam"),
        ({"method": "gradcam", "rows": "0:1"}, "rows are for occlusion"),
        ({"method": "occlusion", "rows": "5:5"}, "choose nothing"),
        ({"method": "occlusion", "rows": "15:16"}, "choose nothing"),
        ({"method": "occlusion", "rows": "9:2"}, "choose nothing"),
        ({"method": "occlusion", "rows": "a:b"}, ""),
        ({"method": "occlusion", "rows": "-1:2"}, ""),
        ({"digits": "99"}, ""),
    ],
)
async def test_what_is_refused(
    client: httpx.AsyncClient, query: dict[str, str], words: str
) -> None:
    assert words in problem(await client.post(EXPLAIN, params=query, json=BLOCKS), 422)


async def test_other_refusals(client: httpx.AsyncClient) -> None:
    text = await client.post(f"{API}/mood/explain", json={"text": "good movie"})
    assert "reads text" in problem(text, 422)
    problem(await client.post(f"{API}/none/explain", json=BLOCKS), 404)
    problem(await client.post(EXPLAIN, json={"sample": "none"}), 404)
    problem(await client.post(EXPLAIN, json=BLOCKS, headers={"accept": "image/png"}), 406)
    edits = [{"op": "scale", "tensor": "conv1", "channel": None, "factor": 1000}] * 64
    bad = await client.post(EXPLAIN, json={**BLOCKS, "options": {"edits": edits}})
    assert "too large" in problem(bad, 422)
    problem(await client.post(EXPLAIN, json={**BLOCKS, "options": {"moment": 7}}), 422)

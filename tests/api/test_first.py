"""Which came first? The visitor's own placing of two signs, good and bad."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import torch

from app.core.settings import Settings
from app.inputs.signs import LENGTH, one_hot
from app.training.first import Budget, first, write
from app.training.first_nets import PLANS
from app.web import lab
from app.web.app import create_app
from app.zoo.first import at_the_end, load_nets
from tests.api.conftest import problem

URL = "/api/v1/lab/first"
TINY = Budget(updates=2, batch=2, tests=2, seeds=1, distances={LENGTH: (1,)})


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A models folder with the six networks, hardly trained."""
    folder = tmp_path_factory.mktemp("models")
    (folder / "_shared").mkdir()
    plans = list(PLANS.values())
    write(folder, *first(plans, TINY, 0, tmp_path_factory.mktemp("runs"), lambda line: None))
    return folder


@pytest.fixture
async def client(models: Path) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=create_app(Settings(models_folder=models)))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client


async def test_every_network_answers_and_its_numbers_are_its_own(
    client: httpx.AsyncClient, models: Path
) -> None:
    answer = await client.post(URL, json={"a": 40, "b": 20, "seed": 3})
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    found = answer.json()
    lab.PlacingAnswer.model_validate(found)
    assert found["settings"] == {"a": 40, "b": 20, "length": 64, "seed": 3}
    assert (found["distance"], found["first"], found["trained"]["inside"]) == (20, "B", True)
    assert (found["symbols"][40], found["symbols"][20]) == (0, 1)
    assert [m["sees_both"] for m in found["models"]] == [False, False, True, None, None, None]
    x = one_hot(torch.tensor([found["symbols"]]))
    about = lab.FirstFigures.model_validate_json((models / "_shared/first.json").read_bytes())
    for said, (name, net) in zip(found["models"], load_nets(models, about).items(), strict=True):
        with torch.inference_mode():
            out = net(x)
        share = at_the_end(out).softmax(1)[0, 0].item()
        assert said["model"] == name
        assert said["probability"] == pytest.approx(share, abs=1e-6)
        assert said["answer"] == ("A" if share > 0.5 else "B")
        assert said["right"] == (said["answer"] == "B")
        steps = None if out.ndim == 2 else pytest.approx(out[0].softmax(1)[:, 0].tolist(), abs=1e-6)
        assert said["steps"] == steps
    assert (await client.post(URL, json={"a": 40, "b": 20, "seed": 3})).json() == found


async def test_another_length_has_no_weights_in_the_flattened_one(
    client: httpx.AsyncClient,
) -> None:
    found = (await client.post(URL, json={"a": 5, "b": 90, "length": 128})).json()
    lab.PlacingAnswer.model_validate(found)
    refused = {m["model"]: m["refused"] for m in found["models"] if m["refused"]}
    assert refused == {"flatten": "It has weights for 64 places only; this sequence has 128."}
    assert not found["trained"]["inside"]
    assert len(found["models"][-1]["steps"]) == 128
    outside = (await client.post(URL, json={"a": 5, "b": 20})).json()
    assert not outside["trained"]["inside"]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ([], "Send a JSON object"),
        ({"a": 3}, "b of body must be a whole number"),
        ({"a": 3, "b": 3}, "Move one of them"),
        ({"a": 3, "b": 64}, "places 0 to 63"),
        ({"a": -1, "b": 4}, "a of body must be"),
        ({"a": True, "b": 4}, "a of body must be"),
        ({"a": 1.5, "b": 4}, "a of body must be"),
        ({"a": 1, "b": 4, "length": 15}, "length must be"),
        ({"a": 1, "b": 4, "length": 257}, "length must be"),
        ({"a": 1, "b": 4, "seed": "x"}, "seed of body"),
        ({"a": 1, "b": 4, "c": 2}, "no member 'c'"),
    ],
)
async def test_a_bad_placing_is_said(client: httpx.AsyncClient, body: Any, says: str) -> None:
    assert says in problem(await client.post(URL, json=body), 422)


async def test_other_bodies(client: httpx.AsyncClient) -> None:
    problem(await client.post(URL, content=b"{", headers={"content-type": "application/json"}), 400)
    problem(await client.post(URL, content=b"a=1"), 415)
    problem(await client.post(URL, json={"a": 1, "b": 2}, headers={"accept": "text/html"}), 406)
    problem(await client.post(URL, json={"a": 1, "b": 2, "c": "x" * 20_000}), 413)


async def test_nothing_was_trained(tmp_path: Path) -> None:
    transport = httpx.ASGITransport(app=create_app(Settings(models_folder=tmp_path)))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        answer = await client.post(URL, json={"a": 1, "b": 20})
    assert "Nobody has trained" in problem(answer, 404)

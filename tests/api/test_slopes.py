"""Gradients through time and the lab of fresh cells, over HTTP: what is given, what is refused."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
import torch

from app.core.settings import Settings
from app.insight.gradients import gradients
from app.tracing import plain_plan
from app.web import slopes
from app.web.app import create_app
from app.zoo import Zoo
from tests.api.conftest import API, png, problem

MOOD = f"{API}/mood/gradient"
LAB = "/api/v1/lab/gradients"
TEXT = {"text": "not a bad movie at all"}
SMALL = {"length": 30, "hidden": 4, "seeds": 1}


async def test_norms_at_every_word(client: httpx.AsyncClient, settings: Settings) -> None:
    """The numbers of the network itself, with its words and what each number is."""
    answer = await client.post(MOOD, json=TEXT)
    found = answer.json()
    slopes.GradientAnswer.model_validate(found)
    assert [token["text"] for token in found["tokens"]] == TEXT["text"].split()
    assert found["class"] == found["predictions"][0]["label"]
    assert found["layer"] == "lstm.l0"
    assert found["input"]["window"] == {"start": 0, "end": 6, "total": 6}
    net = Zoo(settings.models_folder, settings.model_memory).model("mood").net
    ids = torch.tensor([[token["id"] for token in found["tokens"]]])
    norms = gradients(plain_plan(net), ids)
    assert norms.loss_c is not None
    for name in ("loss_h", "loss_c", "answer_x"):
        assert [step[name] for step in found["steps"]] == getattr(norms, name).tolist()
    assert found["factor"]["loss_h"]["to"] == 5
    assert set(found["quantities"]) == {"loss_h", "loss_c", "answer_x"}


async def test_a_class_can_be_chosen_and_a_sample_named(client: httpx.AsyncClient) -> None:
    both = [
        (await client.post(MOOD, params={"class": label}, json={"sample": "bank"})).json()
        for label in ("negative", "positive")
    ]
    assert [found["class"] for found in both] == ["negative", "positive"]
    assert both[0]["steps"] != both[1]["steps"]


async def test_of_a_long_text_the_last_512_words_are_followed_and_said(
    client: httpx.AsyncClient,
) -> None:
    found = (await client.post(MOOD, json={"text": "not a bad movie . " * 240})).json()
    assert found["input"]["window"] == {"start": 688, "end": 1200, "total": 1200}
    assert len(found["steps"]) == len(found["tokens"]) == 512
    assert found["steps"][0]["t"] == 688
    assert "last 512" in found["input"]["steps"][-1]["text"]


@pytest.mark.parametrize(
    ("url", "status", "body", "says"),
    [
        (f"{API}/none/gradient", 404, {"json": TEXT}, "no model"),
        (f"{API}/shapes/gradient", 422, {"json": TEXT}, "pictures"),
        (f"{API}/shapes/gradient", 422, {"json": {"sample": "blocks"}}, "pictures"),
        (f"{API}/both/gradient", 422, {"json": TEXT}, "both ends"),
        (f"{MOOD}?class=angry", 422, {"json": TEXT}, "angry"),
        (MOOD, 422, {"json": {"text": "   "}}, "Nothing to read"),
        (MOOD, 413, {"json": {"text": "bad " * 20_001}}, "longer than 20,000"),
        (MOOD, 422, {"json": {**TEXT, "options": {"crop": [0, 0, 9]}}}, "crop"),
        (MOOD, 422, {"files": {"file": png(9, 9)}}, "reads text"),
        (MOOD, 400, {"content": b"{", "headers": {"content-type": "application/json"}}, "JSON"),
        (LAB, 415, {"content": b"{}", "headers": {"content-type": "text/plain"}}, "JSON"),
        (LAB, 400, {"content": b"{", "headers": {"content-type": "application/json"}}, "JSON"),
        (LAB, 413, {"json": {"cell": "x" * 11_000}}, "too long"),
        (LAB, 422, {"json": [1]}, "JSON object"),
        (LAB, 422, {"json": {"cell": "transformer"}}, "rnn, gru, lstm"),
        (LAB, 422, {"json": {"length": 401}}, "30 to 400"),
        (LAB, 422, {"json": {"hidden": 4.5}}, "whole number"),
        (LAB, 422, {"json": {"hidden": True}}, "whole number"),
        (LAB, 422, {"json": {"scale": 9}}, "0.5 to 1.5"),
        (LAB, 422, {"json": {"forget_bias": -1}}, "0 to 3"),
        (LAB, 422, {"json": {"clip": 0}}, "0.001 to 1000"),
        (LAB, 422, {"json": {"seed": 1}}, "seed"),
        (LAB, 422, {"json": {"length": 400, "hidden": 128, "seeds": 10}}, "fewer seeds"),
    ],
)
async def test_what_is_refused(
    client: httpx.AsyncClient, url: str, status: int, body: dict[str, Any], says: str
) -> None:
    assert says in problem(await client.post(url, **body), status)


async def test_a_lab_answer_repeats_what_was_measured(client: httpx.AsyncClient) -> None:
    answer = await client.post(LAB, json={**SMALL, "cell": "rnn", "clip": 0.01, "forget_bias": 2})
    found = answer.json()
    slopes.LabAnswer.model_validate(found)
    assert found["settings"] == {
        "cell": "rnn", "length": 30, "hidden": 4, "inputs": "normal", "init": "torch",
        "scale": 1.0, "forget_bias": None, "clip": 0.01, "seeds": 1, "input_size": 32,
    }  # fmt: skip
    ns = [point["n"] for point in found["curve"]]
    assert ns[0] == 1
    assert ns[-1] == 10
    (weights,) = found["weights"]
    assert weights["before"] > 0.01 >= weights["after"]
    plain = (await client.post(LAB, json={**SMALL, "cell": "rnn"})).json()
    assert plain["curve"] == found["curve"]  # clipping has no part in it


async def test_a_row_of_labs_keeps_no_sentence_waiting(settings: Settings) -> None:
    """Labs wait for one another; a prediction among them is answered long before the last."""
    app = create_app(settings.model_copy(update={"workers": 1, "queue": 12}))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
        labs = [
            asyncio.create_task(
                client.post(LAB, json={"cell": cell, "length": 60, "hidden": 16, "scale": scale})
            )
            for cell in ("gru", "lstm")
            for scale in (0.5, 1.25)
        ]
        await asyncio.sleep(0.05)
        said = await client.post(f"{API}/mood/predict", json=TEXT)
        assert said.status_code == 200
        assert sum(task.done() for task in labs) < 2
        assert {answer.status_code for answer in await asyncio.gather(*labs)} == {200}

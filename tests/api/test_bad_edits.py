"""Options that do not fit: a 422 that names what, never a 500, and a network left as it was."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.api.conftest import API, problem

Json = dict[str, Any]
GOOD: Json = {"op": "scale", "tensor": "relu1", "channel": 1, "factor": 0.5}
KEEP: Json = {"op": "keep", "tensor": "relu1", "channel": 1}
SWAP: Json = {"op": "replace", "layer": "pool1", "with": "avgpool"}
KERNEL: Json = {"op": "kernel", "layer": "conv1", "out": 0, "in": 0,
                "values": [[1, 0, 0], [0, 1, 0], [0, 0, 1]], "bias": None}  # fmt: skip


async def refused(client: httpx.AsyncClient, options: Any, model: str = "shapes") -> str:
    """The sentence of the 422, which predict and trace agree on."""
    ask = {"sample": "blocks"} if model == "shapes" else {"sample": "bank"}
    said = {
        problem(await client.post(f"{API}/{model}/{call}", json={**ask, "options": options}), 422)
        for call in ("predict", "trace")
    }
    assert len(said) == 1
    return said.pop()


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (5, "edits[0]"),
        ({}, "op of edits[0]"),
        ({"op": "explode"}, "explode"),
        ({"op": ["scale"]}, "op of edits[0]"),
        ({**GOOD, "colour": 1}, "'colour'"),
        ({**GOOD, "tensor": "relu9"}, "'relu9'"),
        ({**GOOD, "tensor": "probabilities"}, "'probabilities'"),
        ({**GOOD, "tensor": 5}, "tensor of edits[0]"),
        ({**GOOD, "tensor": ""}, "tensor of edits[0]"),
        ({**GOOD, "tensor": "x" * 5000}, "tensor of edits[0]"),
        ({**GOOD, "channel": 4}, "channels 0 to 3"),
        ({**GOOD, "channel": -1}, "channel of edits[0]"),
        ({**GOOD, "channel": 1.0}, "channel of edits[0]"),
        ({**GOOD, "channel": True}, "channel of edits[0]"),
        ({**GOOD, "channel": 2**62}, "channel of edits[0]"),
        ({**GOOD, "factor": None}, "factor of edits[0]"),
        ({**GOOD, "factor": "1"}, "factor of edits[0]"),
        ({**GOOD, "factor": True}, "factor of edits[0]"),
        ({**GOOD, "factor": 1000.5}, "−1,000 to 1,000"),
        ({**GOOD, "factor": -1e30}, "−1,000 to 1,000"),
        ({**KEEP, "channel": None}, "channel of edits[0]"),
        ({**KEEP, "channel": 9}, "channels 0 to 3"),
        ({**KEEP, "factor": 1}, "'factor'"),
        ({**SWAP, "layer": "pool9"}, "'pool9'"),
        ({**SWAP, "layer": "conv1"}, "conv1 is neither"),
        ({**SWAP, "with": "median"}, "'median'"),
        ({**SWAP, "with": None}, "with of edits[0]"),
        ({**SWAP, "with": "tanh"}, "pool1 can become"),
        ({**SWAP, "layer": "relu1"}, "relu1 can become"),
        ({**KERNEL, "layer": "relu1"}, "relu1 is no convolution"),
        ({**KERNEL, "layer": "linear"}, "'linear'"),
        ({**KERNEL, "layer": "logits"}, "logits is no convolution"),
        ({**KERNEL, "out": 4}, "kernels 0 to 3"),
        ({**KERNEL, "out": None}, "out of edits[0]"),
        ({**KERNEL, "in": 3}, "sheets 0 to 2"),
        ({**KERNEL, "values": []}, "values of edits[0]"),
        ({**KERNEL, "values": [1, 2, 3]}, "values of edits[0]"),
        ({**KERNEL, "values": [[1, 2], [3]]}, "one length"),
        ({**KERNEL, "values": [[1, 2, 3]]}, "3 rows of 3"),
        ({**KERNEL, "values": [[1] * 5] * 5}, "3 rows of 3"),
        ({**KERNEL, "values": [[1] * 65] * 3}, "1 to 64"),
        ({**KERNEL, "values": [[1] * 3] * 20_000}, "1 to 64"),
        ({**KERNEL, "values": [["1"] * 3] * 3}, "values of edits[0]"),
        ({**KERNEL, "values": [[None] * 3] * 3}, "values of edits[0]"),
        ({**KERNEL, "values": [[2000] * 3] * 3}, "−1,000 to 1,000"),
        ({**KERNEL, "bias": 2000}, "−1,000 to 1,000"),
        ({**KERNEL, "bias": "0"}, "bias of edits[0]"),
        ({"op": "clamp", "tensor": "lstm.l0.c", "step": 1, "value": 0}, "'clamp' is not for this"),
    ],
)
async def test_bad_edits(client: httpx.AsyncClient, edit: Any, words: str) -> None:
    before = await client.post(f"{API}/shapes/predict", json={"sample": "blocks"})
    assert words in await refused(client, {"edits": [edit]})
    assert (await client.post(f"{API}/shapes/predict", json={"sample": "blocks"})).content == (
        before.content
    )


async def test_the_place_of_a_bad_edit_is_said(client: httpx.AsyncClient) -> None:
    assert "edits[2]" in await refused(client, {"edits": [GOOD, KEEP, {**GOOD, "factor": "x"}]})


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"edits": GOOD}, "edits is a list"),
        ({"edits": "scale"}, "edits is a list"),
        ({"edits": [GOOD] * 65}, "65 edits"),
        ({"edits": [{**GOOD, "channel": None, "factor": 1000}] * 64}, "too large"),
        ({"shift": 5}, "shift is"),
        ({"shift": [1]}, "shift is"),
        ({"shift": [1, 2, 3]}, "shift is"),
        ({"shift": [1.5, 0]}, "shift is"),
        ({"shift": [True, 0]}, "shift is"),
        ({"shift": [33, 0]}, "32 pixels"),
        ({"shift": [0, -33]}, "32 pixels"),
        ({"shift": [0, 2**62]}, "32 pixels"),
        ({"moment": 5}, "no moment 5; it has 0, 40"),
        ({"moment": -1}, "no moment -1"),
        ({"moment": 0.5}, "moment is"),
        ({"moment": "0"}, "moment is"),
        ({"moment": True}, "moment is"),
        ({"moment": [0]}, "moment is"),
        ({"edit": []}, "'edit'"),
        ({"turn": "10"}, "turn is"),
        ({"turn": True}, "turn is"),
        ({"turn": 361}, "360 degrees"),
        ({"noise": 0.2}, "noise is an object"),
        ({"noise": {}}, "amount of noise"),
        ({"noise": {"amount": 1.5}}, "0 to 1"),
        ({"noise": {"amount": 0.1, "seed": -1}}, "seed of noise"),
        ({"noise": {"amount": 0.1, "kind": "salt"}}, "'kind'"),
        ({"show": 3}, "show is an object"),
        ({"show": {"rows": -1}}, "rows of show"),
        ({"show": {"rows": 2.5}}, "rows of show"),
        ({"show": {"rows": 17}}, "no more"),
        ({"show": {"hide": [3]}}, "hide of show"),
        ({"show": {"hide": [5, 5]}}, "hide of show"),
        ({"show": {"hide": [3, 17]}}, "16 rows"),
        ({"show": {"each": 1}}, "each of show"),
    ],
)
async def test_bad_options(client: httpx.AsyncClient, options: Any, words: str) -> None:
    assert words in await refused(client, options)


async def test_sixty_four_edits_are_taken(client: httpx.AsyncClient) -> None:
    body = {"sample": "blocks", "options": {"edits": [{**GOOD, "factor": 1}] * 64}}
    answer = await client.post(f"{API}/shapes/predict", json=body)
    assert answer.status_code == 200
    plain = await client.post(f"{API}/shapes/predict", json={"sample": "blocks"})
    assert answer.json()["predictions"] == plain.json()["predictions"]


async def test_nothing_and_null_are_no_change(client: httpx.AsyncClient) -> None:
    nothing: list[Json] = [{}, {"edits": [], "shift": None, "moment": None, "crop": None}]
    for options in nothing:
        body = {"sample": "blocks", "options": options}
        assert (await client.post(f"{API}/shapes/predict", json=body)).json()["options"] == {}


@pytest.mark.parametrize("raw", ["NaN", "Infinity", "-Infinity", "1e400", "01", "[" * 3000])
async def test_what_is_no_json_number(client: httpx.AsyncClient, raw: str) -> None:
    body = '{"sample": "blocks", "options": {"edits": [{"op": "scale", "tensor": "relu1", '
    answer = await client.post(
        f"{API}/shapes/predict", content=(body + f'"factor": {raw}}}]}}}}').encode(),
        headers={"content-type": "application/json"},
    )  # fmt: skip
    problem(answer, 400)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"edits": [{"op": "scale", "tensor": "lstm", "factor": 0}]}, "not for this model"),
        ({"edits": [{"op": "keep", "tensor": "lstm.l0.h", "channel": 0}]}, "not for this model"),
        ({"shift": [1, 0]}, "not for this model"),
        ({"turn": 5}, "not for this model"),
        ({"noise": {"amount": 0.1}}, "not for this model"),
        ({"show": {"rows": 3}}, "not for this model"),
        ({"moment": 0}, "no moments"),
    ],
)
async def test_texts(client: httpx.AsyncClient, options: Any, words: str) -> None:
    assert words in await refused(client, options, "mood")


async def test_a_model_without_moments(client: httpx.AsyncClient) -> None:
    answer = await client.post(
        f"{API}/both/predict", json={"sample": "bank", "options": {"moment": 0}}
    )
    assert "kept no moments" in problem(answer, 422)

"""Recurrent edits over HTTP: held values, memory reset, memory carried over from another text."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import pytest
import torch
from torch import Tensor

from app.core.settings import Settings
from app.engine import Engine, Options, Request, SampleName
from app.tracing import State
from app.web import schemas
from app.web.wire import AsSafetensors
from app.zoo import Zoo
from tests.api.conftest import API, problem
from tests.api.test_contract import ST, unpacked

Json = dict[str, Any]
TEXT = "not a bad movie at all"
FORGET: Json = {"op": "clamp", "tensor": "lstm.l0.gate.f", "step": 2, "unit": None, "value": 0}
CELL: Json = {"op": "clamp", "tensor": "lstm.l0.c", "step": None, "unit": 3, "value": 1.5}
WORD: Json = {"op": "clamp", "tensor": "embedding", "step": 0, "unit": None, "value": 0}
RESET: Json = {"op": "state", "step": 1, "from": None}
CARRY: Json = {"op": "state", "step": 1, "from": {"text": "good river bank", "step": 2}}


async def traced(
    client: httpx.AsyncClient, *edits: Json, text: str = TEXT, model: str = "mood", query: str = ""
) -> tuple[Json, dict[str, Tensor]]:
    body = {"text": text, "options": {"edits": list(edits)}}
    return unpacked(await client.post(f"{API}/{model}/trace{query}", json=body, headers=ST))


def close(found: Tensor, expected: Tensor) -> None:
    torch.testing.assert_close(found, expected, rtol=1e-5, atol=1e-5)


async def test_a_held_gate_is_what_c_and_h_follow_from(client: httpx.AsyncClient) -> None:
    _, plain = await traced(client)
    answer, found = await traced(client, FORGET, CELL, WORD)
    schemas.TraceAbout.model_validate(answer)
    assert answer["options"]["edits"] == [{**FORGET, "value": 0.0}, CELL, {**WORD, "value": 0.0}]
    assert found["embedding"][0].abs().max() == found["lstm.l0.gate.f"][2].abs().max() == 0
    assert found["lstm.l0.c"][:, 3].eq(1.5).all()
    i, g, o, c, h = (found[f"lstm.l0.{n}"] for n in ("gate.i", "gate.g", "gate.o", "c", "h"))
    close(c[2, :3], (i * g)[2, :3])
    close(h, o * c.tanh())
    assert not torch.allclose(found["logits"][-1], plain["logits"][-1])
    _, after = await traced(client)
    assert all(torch.equal(after[name], value) for name, value in plain.items())


async def test_a_reset_leaves_only_what_comes_after(client: httpx.AsyncClient) -> None:
    answer, found = await traced(client, RESET)
    _, alone = await traced(client, text="bad movie at all")
    assert found["lstm.l0.h"][1].abs().max() == found["lstm.l0.c"][1].abs().max() == 0
    close(found["logits"][2:], alone["logits"])
    assert [step["t"] for step in answer["steps"]] == list(range(6))


async def test_a_memory_is_carried_over(client: httpx.AsyncClient) -> None:
    _, found = await traced(client, CARRY)
    _, other = await traced(client, text="good river bank bad movie at all")
    close(found["lstm.l0.c"][1:], other["lstm.l0.c"][2:])
    close(found["probabilities"][1:], other["probabilities"][2:])


async def test_windows_and_predictions_are_those_of_the_whole(client: httpx.AsyncClient) -> None:
    edits = [FORGET, CARRY, CELL]
    answer, whole = await traced(client, *edits)
    part, rows = await traced(client, *edits, query="?steps=3:5")
    assert part["predictions"] == answer["predictions"]
    assert part["input"]["window"] == {"start": 3, "end": 5, "total": 6}
    for name, value in rows.items():
        close(value, whole[name][3:5])
    one, only = await traced(client, *edits, query="?layers=lstm.l0.h")
    assert one["options"] == answer["options"]
    assert list(only) == ["lstm.l0.h"]
    close(only["lstm.l0.h"], whole["lstm.l0.h"])
    body = {"text": TEXT, "options": {"edits": edits}}
    said = (await client.post(f"{API}/mood/predict", json=body)).json()
    for found, expected in zip(said["predictions"], answer["predictions"], strict=True):
        assert found["label"] == expected["label"]
        assert found["logit"] == pytest.approx(expected["logit"], abs=1e-5)


async def test_options_in_the_address(client: httpx.AsyncClient) -> None:
    params = {"options": json.dumps({"edits": [FORGET, RESET]})}
    answer = await client.post(f"{API}/mood/trace", json={"text": TEXT}, params=params, headers=ST)
    about, found = unpacked(answer)
    _, expected = await traced(client, FORGET, RESET)
    assert about["options"]["edits"] == [{**FORGET, "value": 0.0}, RESET]
    assert all(torch.equal(found[name], value) for name, value in expected.items())


async def test_both_directions_can_be_held(client: httpx.AsyncClient) -> None:
    edit = {"op": "clamp", "tensor": "gru.l0_reverse.gate.z", "step": 1, "value": 1}
    answer, found = await traced(client, edit, model="both")
    assert answer["options"]["edits"] == [{**edit, "unit": None, "value": 1.0}]
    close(found["gru.l0_reverse.h"][1], found["gru.l0_reverse.h"][2])  # z = 1 keeps all


async def refused(client: httpx.AsyncClient, edit: Any, model: str = "mood") -> str:
    """The sentence of the 422, which predict and trace agree on."""
    body = {"text": TEXT, "options": {"edits": [edit]}}
    said = {
        problem(await client.post(f"{API}/{model}/{call}", json=body), 422)
        for call in ("predict", "trace")
    }
    assert len(said) == 1
    return said.pop()


FROM: Json = {"text": "good", "step": 0}


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        ({**FORGET, "tensor": "lstm.l0.gate.z"}, "'lstm.l0.gate.z'"),
        ({**FORGET, "tensor": "lstm"}, "no tensor 'lstm'"),
        ({**FORGET, "tensor": "logits"}, "no tensor 'logits'"),
        ({**FORGET, "tensor": None}, "tensor of edits[0]"),
        ({**FORGET, "step": 6}, "steps 0 to 5"),
        ({**FORGET, "step": -1}, "step of edits[0]"),
        ({**FORGET, "step": 1.5}, "step of edits[0]"),
        ({**FORGET, "step": True}, "step of edits[0]"),
        ({**FORGET, "unit": 6}, "units 0 to 5"),
        ({**FORGET, "unit": "all"}, "unit of edits[0]"),
        ({**FORGET, "value": None}, "value of edits[0]"),
        ({**FORGET, "value": "0"}, "value of edits[0]"),
        ({**FORGET, "value": 1001}, "−1,000 to 1,000"),
        ({**FORGET, "channel": 1}, "'channel'"),
        ({"op": "state", "step": 1, "from": "good"}, "from of edits[0]"),
        ({"op": "state", "from": None}, "step of edits[0]"),
        ({"op": "state", "step": None, "from": FROM}, "step of edits[0]"),
        ({"op": "state", "step": 6, "from": None}, "steps 0 to 5"),
        ({"op": "state", "step": 6, "from": FROM}, "steps 0 to 5"),
        ({"op": "state", "step": 1, "from": {}}, "text of from of edits[0]"),
        ({"op": "state", "step": 1, "from": {"text": "good"}}, "step of from of edits[0]"),
        ({"op": "state", "step": 1, "from": {**FROM, "text": 5}}, "text of from of edits[0]"),
        ({"op": "state", "step": 1, "from": {**FROM, "word": 5}}, "'word'"),
        ({"op": "state", "step": 1, "from": {**FROM, "step": 1}}, "steps 0 to 0; not 1"),
        ({"op": "state", "step": 1, "from": {**FROM, "text": " "}}, "Nothing to read"),
        ({"op": "state", "step": 1, "from": {**FROM, "text": "xyzzy"}}, "none of these words"),
        ({"op": "scale", "tensor": "lstm", "factor": 0}, "not for this model"),
    ],
)
async def test_what_does_not_fit(client: httpx.AsyncClient, edit: Any, words: str) -> None:
    assert words in await refused(client, edit)


async def test_who_has_no_memory_to_change(client: httpx.AsyncClient) -> None:
    assert "from left to right" in await refused(client, RESET, "both")
    body = {"sample": "blocks", "options": {"edits": [RESET]}}
    said = problem(await client.post(f"{API}/shapes/predict", json=body), 422)
    assert "'state' is not for this model" in said
    body = {"text": TEXT, "options": {"edits": [RESET]}}
    assert "without edits" in problem(await client.post(f"{API}/mood/effects", json=body), 422)


async def test_other_texts_are_bounded_together(client: httpx.AsyncClient) -> None:
    long = " ".join(["good"] * 19_000)
    edits = [{**CARRY, "from": {"text": f"{word} {long}", "step": 3}} for word in ("a", "not")]
    body = {"text": TEXT, "options": {"edits": edits}}
    said = problem(await client.post(f"{API}/mood/predict", json=body), 413)
    assert "together" in said
    body = {"text": TEXT, "options": {"edits": [edits[0]] * 16}}
    assert (await client.post(f"{API}/mood/predict", json=body)).status_code == 200


async def test_twenty_at_once_equal_their_serial_answers(client: httpx.AsyncClient) -> None:
    changes: list[list[Json]] = [[], [FORGET], [CELL], [RESET, FORGET], [CARRY]]

    async def run(number: int) -> bytes:
        body = {"text": TEXT, "options": {"edits": changes[number % 5]}}
        answer = await client.post(f"{API}/mood/trace", json=body, headers=ST)
        assert answer.status_code == 200, answer.text
        return answer.content

    alone = [await run(number) for number in range(20)]
    for _ in range(2):
        assert await asyncio.gather(*(run(number) for number in range(20))) == alone


async def test_a_visitors_other_text_is_never_kept(settings: Settings) -> None:
    """Answers about samples are cached; one that repeats a visitor's words is not."""
    engine = Engine(settings, Zoo(settings.models_folder, 10**9))
    for edit, kept in ((State(1), 1), (State(1, "good river", 1), 1)):
        with engine.place():
            ask = Request("mood", SampleName("bank"), Options(edits=(edit,)))
            await engine.trace(ask, AsSafetensors())
        assert len(engine._changed._kept) == kept
    engine.close()

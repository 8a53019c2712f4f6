"""Interventions over HTTP: what a shift, a moment and edits do, and what they never touch."""

from __future__ import annotations

import asyncio
import io
import json
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor

from app.core.settings import Settings
from app.engine import Engine, Options, Request, SampleName, edits, options
from app.nets import build
from app.tracing import Kernel
from app.tracing.edits import KINDS
from app.web import changes, schemas
from app.web.examples import ASKS
from app.web.wire import AsSafetensors
from app.zoo import Zoo
from tests.api.conftest import API, SHAPES, png
from tests.api.test_contract import ST, unpacked

TRACE = f"{API}/shapes/trace"
Json = dict[str, Any]
OFF: Json = {"op": "scale", "tensor": "relu1", "channel": 2, "factor": 0}
ALONE: Json = {"op": "keep", "tensor": "conv2", "channel": 1}
AVERAGE: Json = {"op": "replace", "layer": "pool1", "with": "avgpool"}
LINEAR: Json = {"op": "replace", "layer": "relu2", "with": "none"}
SOBEL: Json = {"op": "kernel", "layer": "conv1", "out": 0, "in": None,
               "values": [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], "bias": 0}  # fmt: skip


async def traced(client: httpx.AsyncClient, **options: Any) -> tuple[Json, dict[str, Tensor]]:
    """The trace of the sample with these options."""
    body = {"sample": "blocks", "options": options}
    return unpacked(await client.post(TRACE, json=body, headers=ST))


async def test_edits_change_what_they_name_and_what_follows(client: httpx.AsyncClient) -> None:
    _, plain = await traced(client)
    answer, found = await traced(client, edits=[OFF, SOBEL])
    assert answer["options"]["edits"] == [{**OFF, "factor": 0.0}, SOBEL]
    assert torch.equal(found["input"], plain["input"])
    assert torch.equal(found["conv1"][1:], plain["conv1"][1:])
    assert found["relu1"][2].abs().max() == 0
    expected = torch.nn.functional.conv2d(
        plain["input"][None], torch.tensor(SOBEL["values"]).float().expand(1, 3, 3, 3) / 3,
        padding=1,
    )  # fmt: skip
    torch.testing.assert_close(found["conv1"][:1], expected[0], rtol=1e-5, atol=1e-5)
    _, after = await traced(client)
    assert all(torch.equal(after[name], plain[name]) for name in plain)


async def test_the_graph_of_the_answer_is_that_which_ran(client: httpx.AsyncClient) -> None:
    answer, found = await traced(client, edits=[AVERAGE, LINEAR])
    schemas.TraceAbout.model_validate(answer)
    nodes = {node["name"]: node for node in answer["graph"]}
    assert (nodes["pool1"]["op"], nodes["relu2"]["op"]) == ("avg_pool2d", "identity")
    assert nodes["pool1"]["attributes"]["kernel_size"] == [2, 2]
    assert nodes["pool1"]["attributes"]["receptive_field"]["size"] == [4, 4]
    assert torch.equal(found["relu2"], found["conv2"])
    skipped, _ = await traced(client, edits=[{**AVERAGE, "with": "skip"}])
    field = next(n for n in skipped["graph"] if n["name"] == "pool1")["attributes"]
    assert field["receptive_field"]["size"] == [3, 3]
    graph = (await client.get(f"{API}/shapes")).json()["graph"]
    assert next(n for n in graph if n["name"] == "pool1")["op"] == "max_pool2d"


async def test_predict_says_the_same_as_trace(client: httpx.AsyncClient) -> None:
    options = {"edits": [ALONE], "shift": [2, 1], "moment": 40}
    body = {"sample": "blocks", "options": options}
    said = (await client.post(f"{API}/shapes/predict", json=body)).json()
    answer, _ = await traced(client, **options)
    assert said["predictions"] == answer["predictions"]
    assert said["options"] == answer["options"] == options


async def test_options_of_forms_and_of_the_address(client: httpx.AsyncClient) -> None:
    options = json.dumps({"edits": [OFF], "shift": [1, 0]})
    kinds = [
        await client.post(TRACE, files={"file": png()}, data={"options": options}, headers=ST),
        await client.post(TRACE, content=png(), params={"options": options},
                          headers={**ST, "content-type": "image/png"}),
    ]  # fmt: skip
    (one, first), (two, second) = map(unpacked, kinds)
    assert one["options"] == two["options"] == {"shift": [1, 0], "edits": [{**OFF, "factor": 0.0}]}
    assert all(torch.equal(first[name], second[name]) for name in first)


async def test_a_shift_moves_and_leaves_the_mean_colour(client: httpx.AsyncClient) -> None:
    _, plain = await traced(client)
    answer, found = await traced(client, shift=[3, -2])
    assert torch.equal(found["input"][:, :-2, 3:], plain["input"][:, 2:, :-3])
    assert found["input"][:, -2:].abs().max() == found["input"][:, :, :3].abs().max() == 0
    step = answer["input"]["steps"][-1]
    assert step["op"] == "shift"
    assert step["text"] == "Moved 3 px right and 2 px up; the edge left open has the mean colour."
    _, away = await traced(client, shift=[-32, 0])
    assert away["input"].abs().max() == 0  # 16 px wide: nothing of it is left
    _, same = await traced(client, shift=[0, 0])
    assert torch.equal(same["input"], plain["input"])


async def test_a_moment_runs_with_the_weights_of_that_step(
    client: httpx.AsyncClient, models: Path
) -> None:
    state = load_file(models / "shapes" / "snapshots.safetensors")
    _, plain = await traced(client)
    for step in (0, 40):
        net = build("sequential", SHAPES)
        net.load_state_dict({n.split("/")[1]: v.float() for n, v in state.items()
                             if n.startswith(f"{step}/")})  # fmt: skip
        answer, found = await traced(client, moment=step)
        assert answer["options"] == {"moment": step}
        with torch.inference_mode():
            expected = net(found["input"][None])[0]
        torch.testing.assert_close(found["logits"], expected, rtol=1e-5, atol=1e-5)
        assert not torch.allclose(found["logits"], plain["logits"])


async def test_twenty_at_once_equal_their_serial_answers(client: httpx.AsyncClient) -> None:
    """Edited and plain runs of one network share its modules, and none sees another's edits."""
    changes: list[Json] = [
        {}, {"edits": [OFF]}, {"edits": [ALONE]}, {"edits": [AVERAGE, LINEAR]}, {"edits": [SOBEL]},
        {"shift": [1, 1]}, {"moment": 0}, {"moment": 40, "edits": [SOBEL, OFF]},
        {"edits": [{**AVERAGE, "with": "skip"}], "shift": [-1, 0]}, {"edits": [OFF, ALONE]},
    ]  # fmt: skip

    async def run(number: int) -> bytes:
        answer = await client.post(
            TRACE, files={"file": png(seed=number % 3)}, headers=ST,
            data={"options": json.dumps(changes[number % 10])},
        )  # fmt: skip
        assert answer.status_code == 200, answer.text
        return answer.content

    alone = [await run(number) for number in range(20)]
    for _ in range(3):
        assert await asyncio.gather(*(run(number) for number in range(20))) == alone


def test_the_description_and_the_parser_know_the_same_options() -> None:
    assert set(changes.Options.model_fields) == set(options.PARSERS)
    described = {
        shape.model_fields["op"].annotation.__args__[0]: {  # type: ignore[union-attr]
            field.alias or name for name, field in shape.model_fields.items()
        }
        for shape in (
            changes.ScaleEdit, changes.KeepEdit, changes.ReplaceEdit, changes.KernelEdit,
            changes.ClampEdit, changes.StateEdit,
        )
    }  # fmt: skip
    assert described == {op: {"op", *names} for op, (names, _) in edits.PARSERS.items()}
    kinds = changes.ReplaceEdit.model_fields["with_"].annotation
    assert set(kinds.__args__) == set(KINDS)  # type: ignore[union-attr]
    for example in ASKS.values():
        options.parse_options(example["value"].get("options"))


async def test_memory_stays_bounded_whatever_is_asked(settings: Settings) -> None:
    """A thousand different edits of a sample: what is kept is bounded, keys included."""
    engine = Engine(settings, Zoo(settings.models_folder, 10**9))
    rows = tuple(tuple(float(n) for n in range(3)) for _ in range(3))
    many = tuple(Kernel("conv1", 0, None, rows, None) for _ in range(63))
    for number in range(1000):
        options = Options(edits=(*many, Kernel("conv1", 0, None, rows, number / 8)))
        with engine.place():
            ask = Request("shapes", SampleName("blocks"), options, layers=("relu1",) * 50)
            await engine.trace(ask, AsSafetensors())
    cache = engine._changed
    assert cache._size <= cache._limit
    assert all(len(repr(key)) < 300 for key in cache._kept)
    assert len(engine._plain._kept) == 0
    engine.close()


async def test_a_trace_as_npz(client: httpx.AsyncClient) -> None:
    """numpy reads it without pickle; the numbers are those of safetensors."""
    answer = await client.post(
        TRACE, json={"sample": "blocks", "options": {"edits": [OFF]}},
        headers={"accept": "application/x-npz"},
    )  # fmt: skip
    assert answer.headers["content-type"] == "application/x-npz"
    file = np.load(io.BytesIO(answer.content), allow_pickle=False)
    about, tensors = await traced(client, edits=[OFF])
    assert json.loads(file["about.json"]) == about
    assert set(file.files) == {*tensors, "about.json"}
    for name, value in tensors.items():
        assert file[name].dtype == np.float32
        assert np.array_equal(file[name], value.numpy())


async def test_a_text_too(client: httpx.AsyncClient) -> None:
    answer = await client.post(
        f"{API}/mood/trace?layers=lstm.l0.c", json={"text": "good movie"},
        headers={"accept": "application/x-npz"},
    )  # fmt: skip
    assert np.load(io.BytesIO(answer.content))["lstm.l0.c"].shape == (2, 6)

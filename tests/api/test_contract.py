"""The details of DESIGN §4, and the shape of every answer, on tiny random models."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import orjson
import pytest
import torch
from safetensors.torch import load
from torch.nn import functional as F

from app.web import schemas
from tests.api.conftest import API, png, problem

ST = {"accept": "application/vnd.safetensors"}
LONG = "not a bad movie at all . " * 100  # 700 tokens


def unpacked(answer: httpx.Response, key: str = "trace") -> tuple[dict[str, Any], dict[str, Any]]:
    """A safetensors answer -> its JSON part and its tensors."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/vnd.safetensors"
    size = int.from_bytes(answer.content[:8], "little")
    metadata = json.loads(answer.content[8 : 8 + size])["__metadata__"]
    assert list(metadata) == [key]
    return json.loads(metadata[key]), load(answer.content)


async def weights(client: httpx.AsyncClient, model: str) -> dict[str, torch.Tensor]:
    """The model's tensors, as the API gives them."""
    return load((await client.get(f"{API}/{model}/weights")).content)


async def test_the_list_of_models(client: httpx.AsyncClient) -> None:
    answer = await client.get(API)
    found = schemas.ModelList.model_validate(answer.json())
    assert [m.id for m in found.models] == [
        "both", "mood", "moves", "sense", "shapes", "strokes", "windows", "words",
    ]  # fmt: skip
    shapes = next(m for m in found.models if m.id == "shapes")
    assert shapes.parameters == 3 * 4 * 9 + 4 + 4 * 5 * 9 + 5 + 80 * 3 + 3


async def test_a_card_and_its_graph(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"{API}/shapes")
    found = schemas.ModelAnswer.model_validate(answer.json())
    assert [n.name for n in found.graph] == [
        "input", "conv1", "relu1", "pool1", "conv2", "relu2", "pool2", "flatten", "logits",
        "probabilities",
    ]  # fmt: skip
    assert [n.inputs for n in found.graph[:3]] == [[], ["input"], ["conv1"]]
    conv = found.graph[1]
    assert conv.output_shape == [4, 16, 16]
    assert conv.attributes["kernel_size"] == [3, 3]
    assert conv.attributes["receptive_field"] == {
        "size": [3, 3], "stride": [1, 1], "offset": [-1, -1],
    }  # fmt: skip
    assert found.graph[-2].attributes["module"] == "linear"


async def test_lengths_of_texts_are_symbolic(client: httpx.AsyncClient) -> None:
    graph = (await client.get(f"{API}/mood")).json()["graph"]
    assert graph[0]["output_shape"] == ["T"]
    assert graph[2]["output_shape"] == ["T", 6]


async def test_weights_are_the_file_that_the_card_names(client: httpx.AsyncClient) -> None:
    import hashlib

    for model in ("shapes", "mood"):
        card = (await client.get(f"{API}/{model}")).json()["card"]
        answer = await client.get(f"{API}/{model}/weights")
        assert hashlib.sha256(answer.content).hexdigest() == card["weights"]["sha256"]
        assert answer.headers["etag"] == f'"{card["weights"]["sha256"]}"'
        assert int(answer.headers["content-length"]) == len(answer.content)
        again = await client.get(
            f"{API}/{model}/weights", headers={"if-none-match": answer.headers["etag"]}
        )
        assert (again.status_code, again.content) == (304, b"")
    assert {"embedding.weight", "lstm.weight_hh_l0"} <= set(load(answer.content))


async def test_samples(client: httpx.AsyncClient) -> None:
    pictures = schemas.SampleList.model_validate((await client.get(f"{API}/shapes/samples")).json())
    line = pictures.samples[0]
    assert (line.name, line.kind, line.drawing, line.text) == ("blocks", "image", True, None)
    assert line.url is not None
    answer = await client.get(line.url)
    assert answer.headers["content-type"] == "image/png"
    assert answer.content == png(50, 40)
    texts = schemas.SampleList.model_validate((await client.get(f"{API}/mood/samples")).json())
    assert texts.samples[0].text == "I went to the river bank."
    text = await client.get(f"{API}/mood/samples/bank")
    assert text.headers["content-type"].startswith("text/plain")
    assert text.text == "I went to the river bank."


async def test_predict_a_picture_in_three_ways(client: httpx.AsyncClient) -> None:
    url, data = f"{API}/shapes/predict", png()
    options = '{"crop": [4, 2, 20]}'
    answers = [
        await client.post(url, files={"file": ("x.png", data)}, data={"options": options}),
        await client.post(
            url, content=data, headers={"content-type": "image/png"}, params={"options": options}
        ),
        await client.post(url, files={"file": data}, params={"options": options}),
    ]
    first = answers[0].json()
    found = schemas.PredictAnswer.model_validate(first)
    assert [a.json() for a in answers] == [first] * 3
    assert found.options == {"crop": [4, 2, 20]}
    shares = [p["probability"] for p in first["predictions"]]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1)
    assert first["input"]["crop"] == {"x": 4, "y": 2, "side": 20}
    assert first["input"]["original"]["width"] == 40
    assert first["input"]["original"]["bytes"] == len(data)
    assert "tokens" not in first


async def test_json_trace_of_a_picture(client: httpx.AsyncClient) -> None:
    answer = await client.post(f"{API}/shapes/trace", json={"sample": "blocks"})
    body = answer.json()
    schemas.TraceAnswer.model_validate(body)
    assert list(body["tensors"]) == [node["name"] for node in body["graph"]]
    for node in body["graph"]:
        tensor = body["tensors"][node["name"]]
        assert tensor["shape"] == node["output_shape"]
        assert tensor["dtype"] == "float32"
        assert len(tensor["data"]) == torch.Size(tensor["shape"]).numel()
    assert body["options"] == {}


async def test_the_trace_is_what_the_weights_compute(client: httpx.AsyncClient) -> None:
    about, t = unpacked(await client.post(f"{API}/shapes/trace", files={"file": png()}, headers=ST))
    schemas.TraceAbout.model_validate(about)
    w = await weights(client, "shapes")
    conv1 = F.conv2d(t["input"], w["conv1.weight"], w["conv1.bias"], padding=1)
    assert torch.allclose(t["conv1"], conv1, atol=1e-5)
    assert torch.equal(t["pool1"], F.max_pool2d(t["relu1"], 2))
    logits = w["linear.weight"] @ t["pool2"].flatten() + w["linear.bias"]
    assert torch.allclose(t["logits"], logits, atol=1e-5)
    best = about["predictions"][0]
    assert best["logit"] == t["logits"].max().item()
    assert best["probability"] == t["probabilities"].max().item()


async def test_json_and_safetensors_hold_the_same(client: httpx.AsyncClient) -> None:
    for model, ask in (("shapes", {"sample": "blocks"}), ("mood", {"text": "not a bad cat"})):
        url = f"{API}/{model}/trace"
        plain = (await client.post(url, json=ask)).json()
        about, tensors = unpacked(await client.post(url, json=ask, headers=ST))
        written = plain.pop("tensors")
        assert about == plain
        assert set(written) == set(tensors)
        for name, tensor in tensors.items():
            assert tensor.dtype == torch.float32
            again = torch.tensor(written[name]["data"]).reshape(written[name]["shape"])
            assert torch.equal(again, tensor)  # row-major, unrounded


async def test_digits_and_layers(client: httpx.AsyncClient) -> None:
    url = f"{API}/shapes/trace?layers=pool2,logits&digits=2"
    tensors = (await client.post(url, json={"sample": "blocks"})).json()["tensors"]
    assert list(tensors) == ["pool2", "logits"]
    values = tensors["pool2"]["data"]
    assert values == [round(v, 2) for v in values]
    assert any(values)


async def test_a_layers_name_chooses_all_of_its_own(client: httpx.AsyncClient) -> None:
    answer = await client.post(f"{API}/mood/trace?layers=lstm", json={"text": "good cat"})
    assert set(answer.json()["tensors"]) == {
        "lstm", "lstm.l0.h", "lstm.l0.c", *(f"lstm.l0.gate.{g}" for g in "ifgo"),
    }  # fmt: skip


async def test_trace_of_a_text(client: httpx.AsyncClient) -> None:
    text = "I do n't like the 🙂 cat!"
    about, t = unpacked(await client.post(f"{API}/mood/trace", json={"text": text}, headers=ST))
    schemas.TraceAbout.model_validate(about)
    words = [token["text"] for token in about["tokens"]]
    assert words == ["i", "do", "n't", "like", "the", "🙂", "cat", "!"]
    assert [k["text"] for k in about["tokens"] if not k["known"]] == ["like", "🙂"]
    assert text[about["tokens"][6]["start"] : about["tokens"][6]["end"]] == "cat"
    assert t["input"].tolist() == [float(token["id"]) for token in about["tokens"]]
    assert t["embedding"].shape == (8, 8)
    assert t["logits"].shape == (8, 2)
    assert about["input"]["window"] == {"start": 0, "end": 8, "total": 8}
    assert about["input"]["unknown"] == 2
    steps = [step["predictions"][0]["logit"] for step in about["steps"]]
    assert [step["t"] for step in about["steps"]] == list(range(8))
    assert steps == t["logits"].amax(1).tolist()
    assert about["steps"][-1]["predictions"] == about["predictions"]


async def test_the_states_recompute(client: httpx.AsyncClient) -> None:
    _, t = unpacked(
        await client.post(f"{API}/mood/trace", json={"text": "not a bad movie"}, headers=ST)
    )
    w = await weights(client, "mood")
    before = torch.cat([torch.zeros(1, 6), t["lstm.l0.h"][:-1]])
    gates = (
        t["embedding"] @ w["lstm.weight_ih_l0"].T + w["lstm.bias_ih_l0"]
        + before @ w["lstm.weight_hh_l0"].T + w["lstm.bias_hh_l0"]
    )  # fmt: skip
    i, f, g, o = gates.chunk(4, dim=1)
    found = [t[f"lstm.l0.gate.{gate}"] for gate in "ifgo"]
    wanted = [torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)]
    for a, b in zip(found, wanted, strict=True):
        assert torch.allclose(a, b, atol=1e-5)
    kept = found[1] * torch.cat([torch.zeros(1, 6), t["lstm.l0.c"][:-1]]) + found[0] * found[2]
    assert torch.allclose(t["lstm.l0.c"], kept, atol=1e-5)
    assert torch.allclose(t["lstm.l0.h"], found[3] * torch.tanh(kept), atol=1e-5)


async def test_a_reader_of_both_directions_has_no_steps(client: httpx.AsyncClient) -> None:
    body = (await client.post(f"{API}/both/trace", json={"text": "good cat"})).json()
    schemas.TraceAnswer.model_validate(body)
    assert "steps" not in body
    assert {"gru.l0.h", "gru.l0_reverse.h", "gru.l0_reverse.gate.hn"} <= set(body["tensors"])


async def test_a_reader_at_a_word_answers_there_and_nowhere_else(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.post(f"{API}/sense/trace", json={"text": "I went to the river bank."})
    body = answer.json()
    schemas.TraceAnswer.model_validate(body)
    assert "steps" not in body
    assert body["input"]["word"] == {"text": "bank", "at": 5}
    shapes = {name: tensor["shape"] for name, tensor in body["tensors"].items()}
    assert (shapes["lstm"], shapes["bank"], shapes["logits"]) == ([7, 8], [8], [2])
    logits = {p["label"]: p["logit"] for p in body["predictions"]}
    assert body["tensors"]["logits"]["data"] == pytest.approx(
        [logits["money"], logits["river"]], abs=1e-6
    )
    effects = (await client.post(f"{API}/sense/effects", json={"text": "the river bank"})).json()
    assert len(effects["effects"]) == 4


@pytest.mark.parametrize("call", ["predict", "trace", "effects"])
@pytest.mark.parametrize("text", ["I went to the river.", "not good"])
async def test_a_reader_of_a_word_says_which_word_it_needs(
    client: httpx.AsyncClient, call: str, text: str
) -> None:
    answer = await client.post(f"{API}/sense/{call}", json={"text": text})
    assert "Write a sentence with “bank” in it, or pick one." in problem(answer, 422)


async def test_a_text_cnn_answers_prefixes_and_says_so(client: httpx.AsyncClient) -> None:
    url, text = f"{API}/windows", {"text": "not a bad movie at all"}
    body = (await client.post(f"{url}/trace", json=text)).json()
    schemas.TraceAnswer.model_validate(body)
    assert body["steps_of"] == "prefixes"
    assert body["tensors"]["logits"]["shape"] == [2]
    assert body["tensors"]["conv3"]["shape"] == [6, 4]
    alone = (await client.post(f"{url}/predict", json={"text": "not a bad"})).json()
    for step, whole in ((2, alone), (5, body)):
        found = {p["label"]: p["logit"] for p in body["steps"][step]["predictions"]}
        wanted = {p["label"]: p["logit"] for p in whole["predictions"]}
        assert found == pytest.approx(wanted, abs=1e-5)
    inputs = {node["name"]: node["inputs"] for node in body["graph"]}
    assert inputs["concat"] == ["max2", "max3"]


@pytest.mark.parametrize("call", ["effects", "states", "gradient", "explain"])
async def test_a_text_cnn_refuses_what_it_has_not(client: httpx.AsyncClient, call: str) -> None:
    problem(await client.post(f"{API}/windows/{call}", json={"text": "not bad"}), 422)


async def test_a_window_of_steps(client: httpx.AsyncClient) -> None:
    url = f"{API}/mood/trace"
    whole, all_rows = unpacked(await client.post(url, json={"text": LONG}, headers=ST))
    assert whole["input"]["window"] == {"start": 0, "end": 512, "total": 700}
    assert len(whole["tokens"]) == len(whole["steps"]) == len(all_rows["logits"]) == 512
    part, rows = unpacked(
        await client.post(f"{url}?steps=500:2000", json={"text": LONG}, headers=ST)
    )
    assert part["input"]["window"] == {"start": 500, "end": 700, "total": 700}
    assert [step["t"] for step in part["steps"]] == list(range(500, 700))
    assert torch.allclose(rows["lstm.l0.c"][:12], all_rows["lstm.l0.c"][500:512], atol=1e-6)
    # The network reads the whole text, whatever is shown.
    assert part["predictions"] == whole["predictions"] == part["steps"][-1]["predictions"]


async def test_predict_of_a_text_has_tokens_and_steps(client: httpx.AsyncClient) -> None:
    body = (await client.post(f"{API}/mood/predict", json={"text": "good movie"})).json()
    schemas.PredictAnswer.model_validate(body)
    assert [t["text"] for t in body["tokens"]] == ["good", "movie"]
    assert len(body["steps"]) == 2
    assert "graph" not in body


async def test_effects(client: httpx.AsyncClient) -> None:
    for ask in ({"text": "not a bad movie"}, {"sample": "bank"}):
        answer = await client.post(f"{API}/mood/effects", json=ask)
        found = schemas.EffectsAnswer.model_validate(answer.json())
        assert (found.layer, len(found.effects)) == ("lstm", 6)
        assert max(found.effects) > 0
        assert found.class_ in ("negative", "positive")


async def test_atlas_of_a_picture(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"{API}/shapes/samples/blocks/atlas")
    about, tensors = unpacked(answer, "atlas")
    schemas.AtlasAbout.model_validate(about)
    exact, t = unpacked(
        await client.post(f"{API}/shapes/trace", json={"sample": "blocks"}, headers=ST)
    )
    assert list(about["limits"]) == ["input", "pool1", "pool2"]
    assert set(tensors) == set(about["limits"])
    assert about["predictions"] == exact["predictions"]
    card = (await client.get(f"{API}/shapes")).json()["card"]
    assert about["sha256"] == card["weights"]["sha256"]
    for name in ("pool1", "pool2"):
        low, high = about["limits"][name]
        again = low + tensors[name].float() * (high - low) / 255
        assert torch.allclose(again, t[name], atol=(high - low) / 254)
    assert torch.allclose(tensors["input"].float() / 255 * 4 - 2, t["input"], atol=0.02)
    again = await client.get(
        f"{API}/shapes/samples/blocks/atlas", headers={"if-none-match": answer.headers["etag"]}
    )
    assert again.status_code == 304


async def test_atlas_of_a_text(client: httpx.AsyncClient) -> None:
    about, tensors = unpacked(await client.get(f"{API}/mood/samples/bank/atlas"), "atlas")
    assert tensors["lstm.l0.gate.f"].dtype == torch.uint8
    assert [t["text"] for t in about["tokens"]][-2:] == ["bank", "."]


async def test_concurrent_answers_equal_serial_ones(client: httpx.AsyncClient) -> None:
    bodies = [{"text": f"good {'bad ' * n} movie"} for n in range(10)]
    pictures = [png(seed=n) for n in range(10)]

    async def text(body: dict[str, str]) -> bytes:
        return (await client.post(f"{API}/mood/trace", json=body, headers=ST)).content

    async def picture(data: bytes) -> bytes:
        return (await client.post(f"{API}/shapes/trace", files={"file": data}, headers=ST)).content

    serial = [await text(b) for b in bodies] + [await picture(p) for p in pictures]
    at_once = await asyncio.gather(*map(text, bodies), *map(picture, pictures))
    assert at_once == serial


async def test_readiness(client: httpx.AsyncClient) -> None:
    assert (await client.get("/healthz")).json() == {"status": "ok"}
    for _ in range(100):
        answer = await client.get("/readyz")
        if answer.status_code == 200:
            break
        assert answer.headers["retry-after"] == "1"
        await asyncio.sleep(0.05)
    assert orjson.loads(answer.content) == {"status": "ok"}

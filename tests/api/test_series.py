"""Series of numbers over HTTP: forecasts as plain torch gives them, backtests, refusals."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
import pytest_asyncio
import torch
from safetensors.torch import load

from app.core.errors import CardError, NotFound
from app.core.settings import Settings
from app.inputs import naive
from app.nets import build
from app.web import schemas
from app.web.app import create_app
from app.web.forecasts import EXAMPLE, HELD, ForecastsAnswer
from app.zoo import Zoo
from app.zoo.publish import write_model
from tests.api.conftest import API, card, problem

PREDICT, TRACE = f"{API}/waves/predict", f"{API}/waves/trace"
LAYERS: list[dict[str, Any]] = [
    {"name": "gru", "op": "gru", "input_size": 3, "hidden_size": 5},
    {"name": "linear", "op": "linear", "in_features": 5, "out_features": 3},
    {"name": "quantiles", "op": "quantiles"},
]
VALUES = [8, 3, 5, 9, 3, 6, 11, 4, 7, 12, 5, 8, 13, 5, 9, 15, 6, 10]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A models folder of one forecaster with random weights, one sample and measured figures."""
    found = tmp_path_factory.mktemp("forecasters")
    samples = found / "waves" / "samples"
    samples.mkdir(parents=True)
    lines = ["step,two words", *(f"{i},{v}" for i, v in enumerate(VALUES)), ""]
    (samples / "up.csv").write_text("\n".join(lines))
    up = [{"name": "up", "title": "Up", "source": "file:samples/up.csv", "season": 3}]
    about = card("waves", "gru", LAYERS, task="forecast", input="series", causal=True,
                 loss_at="ahead", samples=up,
                 preprocessing={"kind": "series", "seasons": 4, "horizon": 6})  # fmt: skip
    del about["familiarity"]
    torch.manual_seed(3)
    net = build("recurrent", LAYERS)
    written = write_model(found / "waves", about, net.state_dict())
    figures = {**HELD, "weights": written.weights.sha256}
    (found / "waves" / "forecasts.json").write_text(json.dumps(figures))
    return found


@pytest_asyncio.fixture
async def at(folder: Path) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=create_app(Settings(models_folder=folder)))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as found:
        yield found


async def test_the_forecast_is_plain_torch(at: httpx.AsyncClient, folder: Path) -> None:
    answer = await at.post(PREDICT, json={"series": VALUES, "options": {"season": 3}})
    assert answer.status_code == 200, answer.text
    said = schemas.PredictAnswer.model_validate(answer.json())
    x = np.array(VALUES, dtype=float)
    u = np.log(x)
    level, scale = u[-3:].mean(), u[6:].std()
    z = (u - level) / scale
    rows = [[z[t], z[t - 3], 1.0] for t in range(6, 18)]
    rows += [[0.0, z[t - 3], 0.0] for t in (18, 19, 20)]
    net = Zoo(folder, 10**8).model("waves").net
    with torch.no_grad():
        out = net(torch.tensor([rows], dtype=torch.float32))[0, 12:].double().numpy()
    growth = z[-3:].mean() - z[-6:-3].mean()
    expected = np.exp((z[-3:, None] + growth + out) * scale + level)
    found = answer.json()["predictions"][0]
    assert found["lower"] == pytest.approx(expected[:, 0].tolist(), rel=1e-5)
    assert found["values"] == pytest.approx(expected[:, 1].tolist(), rel=1e-5)
    assert found["upper"] == pytest.approx(expected[:, 2].tolist(), rel=1e-5)
    assert (expected[:, 0] < expected[:, 1]).all()
    assert (expected[:, 1] < expected[:, 2]).all()
    assert said.familiarity is None
    assert said.backtest is None
    assert said.naive is not None
    assert said.naive.grown_season == pytest.approx([15 * 31 / 27, 6 * 31 / 27, 10 * 31 / 27])


async def test_a_backtest_from_an_earlier_origin(at: httpx.AsyncClient) -> None:
    body = {"sample": "up", "options": {"origin": 15}}
    answer = (await at.post(PREDICT, json=body)).json()
    said = schemas.PredictAnswer.model_validate(answer)
    assert said.backtest is not None
    assert said.backtest.actual == [15, 6, 10]
    x = np.array(VALUES, dtype=float)
    guess = naive.grown_season(x[:15], 3, 3)
    assert said.backtest.mae.grown_season == pytest.approx(np.abs(guess - x[15:]).mean())
    off = np.abs(np.array(answer["predictions"][0]["values"]) - x[15:]).mean()
    assert said.backtest.mae.network == pytest.approx(off)
    scale = np.abs(x[3:15] - x[:12]).mean()
    assert said.backtest.scale == pytest.approx(scale)
    assert said.backtest.mase is not None
    assert said.backtest.mase.last_value == pytest.approx(np.abs(9 - x[15:]).mean() / scale)
    hidden = await at.post(PREDICT, json={"series": VALUES[:15], "options": {"season": 3}})
    assert hidden.json()["predictions"] == answer["predictions"]


async def test_the_record_is_the_mean_of_earlier_backtests(at: httpx.AsyncClient) -> None:
    record = (await at.post(PREDICT, json={"sample": "up"})).json()["record"]
    assert record["origins"] == 7  # 9 to 15: their three steps lie before 18
    errors, inside = [], []
    for origin in range(9, 16):
        body = {"sample": "up", "options": {"origin": origin}}
        backtest = (await at.post(PREDICT, json=body)).json()["backtest"]
        errors.append(backtest["mae"])
        inside.append(backtest["inside"])
    for name, value in record["mae"].items():
        assert value == pytest.approx(np.mean([e[name] for e in errors]), rel=1e-5)
    assert record["inside"] == pytest.approx(np.mean(inside))


async def test_part_of_what_came_is_enough_for_a_backtest(at: httpx.AsyncClient) -> None:
    body = {"sample": "up", "options": {"origin": 17}}
    answer = (await at.post(PREDICT, json=body)).json()
    assert answer["backtest"]["actual"] == [10]
    assert len(answer["predictions"][0]["values"]) == 3


async def test_the_trace_adds_up(at: httpx.AsyncClient, folder: Path) -> None:
    accept = {"accept": "application/vnd.safetensors"}
    answer = await at.post(TRACE, json={"sample": "up"}, headers=accept)
    tensors = load(answer.content)
    assert set(tensors) == {
        "input", "gru", "gru.l0.h", "gru.l0.gate.r", "gru.l0.gate.z", "gru.l0.gate.n",
        "gru.l0.gate.hn", "linear", "logits",
    }  # fmt: skip
    w = Zoo(folder, 10**8).model("waves").net.state_dict()
    h = tensors["gru.l0.h"]
    assert h.shape == (15, 5)
    linear = h @ w["linear.weight"].T + w["linear.bias"]
    assert torch.allclose(tensors["linear"], linear, atol=1e-5)
    below = linear[:, 0] - torch.nn.functional.softplus(linear[:, 1])
    assert torch.allclose(tensors["logits"][:, 0], below, atol=1e-5)
    z, n = tensors["gru.l0.gate.z"], tensors["gru.l0.gate.n"]
    assert torch.allclose(h[1:], (1 - z[1:]) * n[1:] + z[1:] * h[:-1], atol=1e-5)
    as_json = (await at.post(f"{TRACE}?digits=3&steps=0:2", json={"sample": "up"})).json()
    schemas.TraceAnswer.model_validate(as_json)
    assert as_json["tensors"]["logits"]["shape"] == [2, 3]
    assert [node["op"] for node in as_json["graph"]] == ["input", "gru", "linear", "quantiles"]


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        (b'{"series": []}', 422, "no number"),
        (b'{"series": "8, 3"}', 422, "list of numbers"),
        (b'{"series": [8, "3"]}', 422, "Value 2"),
        (b'{"series": [8, null]}', 422, "Value 2"),
        (b'{"series": [true, 3]}', 422, "Value 1"),
        (b'{"series": [8, NaN]}', 400, "JSON"),
        (b'{"series": [8, 1e999]}', 400, "JSON"),
        (b'{"series": [8, 1' + b"0" * 400 + b"]}", 400, "JSON"),
        (b'{"series": [8, 1e15]}', 422, "larger unit"),
        (b'{"series": [8, 3]}', 422, "Send more"),
        (b'{"series": [' + b"5," * 99 + b"5]}", 422, "one value"),
        (b'{"series": [' + b"5,6," * 10000 + b"5]}", 413, "20,000"),
        (b'{"series": [1, 2], "sample": "up"}', 422, "Two inputs"),
        (b'{"text": "1, 2, 3"}', 422, "series of numbers"),
        (b'{"sample": "up", "options": {"season": 1}}', 422, "season"),
        (b'{"sample": "up", "options": {"season": 2.5}}', 422, "season"),
        (b'{"sample": "up", "options": {"origin": 0}}', 422, "origin"),
        (b'{"sample": "up", "options": {"origin": 8}}', 422, "before the origin"),
        (b'{"sample": "up", "options": {"origin": 19}}', 422, "18 values"),
        (b'{"sample": "up", "options": {"turn": 3}}', 422, "series of numbers"),
        (b'{"sample": "down"}', 404, "sample"),
    ],
)
async def test_refusals(at: httpx.AsyncClient, body: bytes, status: int, says: str) -> None:
    headers = {"content-type": "application/json"}
    answer = await at.post(PREDICT, content=body, headers=headers)
    assert says in problem(answer, status)


async def test_files_and_other_questions_are_refused(at: httpx.AsyncClient) -> None:
    answer = await at.post(PREDICT, files={"file": ("a.csv", b"1\n2\n", "text/csv")})
    assert "series of numbers" in problem(answer, 422)
    for call in ("explain", "gradient", "reach"):
        problem(await at.post(f"{API}/waves/{call}", json={"sample": "up"}), 422)


async def test_a_series_is_not_for_other_models(client: httpx.AsyncClient) -> None:
    answer = await client.post(f"{API}/mood/predict", json={"series": [1, 2, 3]})
    assert "reads text" in problem(answer, 422)
    body = {"text": "good", "options": {"origin": 3}}
    assert "origin" in problem(await client.post(f"{API}/mood/predict", json=body), 422)


async def test_effects_are_of_the_median(at: httpx.AsyncClient) -> None:
    found = (await at.post(f"{API}/waves/effects", json={"sample": "up"})).json()
    schemas.EffectsAnswer.model_validate(found)
    assert found["class"] == "median"
    assert len(found["effects"]) == 5


async def test_samples_and_figures(at: httpx.AsyncClient, folder: Path) -> None:
    (line,) = (await at.get(f"{API}/waves/samples")).json()["samples"]
    assert (line["kind"], line["season"]) == ("series", 3)
    file = await at.get(line["url"])
    assert file.headers["content-type"].startswith("text/csv")
    assert file.content == (folder / "waves" / "samples" / "up.csv").read_bytes()
    answer = await at.get(f"{API}/waves/forecasts")
    assert ForecastsAnswer.model_validate(answer.json()).series[0].below == 2


def test_figures_of_other_weights_are_not_shown(tmp_path: Path, folder: Path) -> None:
    other = tmp_path / "waves"
    other.mkdir()
    for name in ("model.toml", "weights.safetensors"):
        (other / name).write_bytes((folder / "waves" / name).read_bytes())
    (other / "forecasts.json").write_text(json.dumps({**HELD, "weights": "0" * 64}))
    with pytest.raises(NotFound, match="not been measured"):
        Zoo(tmp_path, 10**8).forecasts("waves")
    (other / "forecasts.json").write_text("{}")
    with pytest.raises(CardError, match="forecasts"):
        Zoo(tmp_path, 10**8).forecasts("waves")


def test_the_example_fits() -> None:
    schemas.PredictAnswer.model_validate(EXAMPLE)

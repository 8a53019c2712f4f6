"""The weights of a moment of the training over HTTP: those that `options.moment` runs with."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
import torch
from safetensors.torch import load, load_file

from tests.api.conftest import API, problem

WEIGHTS = f"{API}/shapes/weights"


@pytest.mark.parametrize("step", [0, 40])
async def test_a_moment_gives_its_own_weights(
    client: httpx.AsyncClient, models: Path, step: int
) -> None:
    answer = await client.get(WEIGHTS, params={"moment": step})
    assert answer.status_code == 200
    held = load_file(models / "shapes" / "snapshots.safetensors")
    found = load(answer.content)
    want = {name.removeprefix(f"{step}/") for name in held if name.startswith(f"{step}/")}
    assert set(found) == want
    for name, values in found.items():
        assert values.dtype == torch.float32
        assert torch.equal(values, held[f"{step}/{name}"].float())
    known = {"if-none-match": answer.headers["etag"]}
    again = await client.get(WEIGHTS, params={"moment": step}, headers=known)
    assert again.status_code == 304
    assert (await client.get(WEIGHTS)).headers["etag"] != answer.headers["etag"]


@pytest.mark.parametrize("moment", ["41", "-1", "late"])
async def test_a_moment_that_is_not_there(client: httpx.AsyncClient, moment: str) -> None:
    problem(await client.get(WEIGHTS, params={"moment": moment}), 422)

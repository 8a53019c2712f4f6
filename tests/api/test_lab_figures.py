"""The figures that commands measured, as they are sent: one address a file."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest

from app.core.settings import Settings
from app.web.app import create_app
from app.web.routes.figures import ALL, Figures
from app.zoo.lab import check_lab
from tests.api.conftest import problem


async def get(folder: Path, name: str, **headers: str) -> httpx.Response:
    transport = httpx.ASGITransport(app=create_app(Settings(models_folder=folder)))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        return await client.get(f"/api/v1/lab/{name}", headers=headers)


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)
async def test_what_was_measured_is_sent_as_it_is(one: Figures, tmp_path: Path) -> None:
    (tmp_path / one.file).parent.mkdir()
    (tmp_path / one.file).write_text(json.dumps(one.example))
    answer = await get(tmp_path, one.name)
    assert answer.status_code == 200
    assert answer.json() == one.example
    one.shape.model_validate(answer.json())
    again = await get(tmp_path, one.name, **{"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304
    problem(await get(tmp_path, one.name, accept="text/html"), 406)


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)
async def test_nothing_was_measured(one: Figures, tmp_path: Path) -> None:
    assert "Nobody has measured" in problem(await get(tmp_path, one.name), 404)
    check_lab(tmp_path)

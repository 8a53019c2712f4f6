"""What was measured about a model, and the pictures made of it, as files over HTTP."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest

from app.core.errors import CardError
from app.web import schemas
from app.zoo import Zoo
from tests.api.conftest import API, problem, write_studies


async def test_studies_are_the_file(client: httpx.AsyncClient, models: Path) -> None:
    answer = await client.get(f"{API}/shapes/studies")
    assert answer.status_code == 200
    assert answer.content == (models / "shapes" / "studies.json").read_bytes()
    found = schemas.StudiesAnswer.model_validate(answer.json())
    card = (await client.get(f"{API}/shapes")).json()["card"]
    assert found.weights == card["weights"]["sha256"]
    known = {"if-none-match": answer.headers["etag"]}
    assert (await client.get(f"{API}/shapes/studies", headers=known)).status_code == 304


async def test_a_description_names_what_was_measured(client: httpx.AsyncClient) -> None:
    """A page asks for no file that the description says is not there."""
    figures = (await client.get(f"{API}/shapes/studies")).json()
    named = (await client.get(f"{API}/shapes")).json()["studies"]
    assert named
    assert set(named) == set(figures) - {"weights", "split", "n", "command"}
    mood = (await client.get(f"{API}/mood")).json()
    assert mood["studies"] == []


async def test_looks_are_a_webp(client: httpx.AsyncClient, models: Path) -> None:
    answer = await client.get(f"{API}/shapes/looks/conv1")
    assert answer.headers["content-type"] == "image/webp"
    assert answer.content == (models / "shapes" / "looks" / "conv1.webp").read_bytes()


@pytest.mark.parametrize(
    "path",
    ["mood/studies", "none/studies", "shapes/looks/conv2", "shapes/looks/nothing",
     "shapes/looks/..%2Fstudies.json", "mood/looks/conv1", "none/looks/conv1"],
)  # fmt: skip
async def test_what_is_not_there(client: httpx.AsyncClient, path: str) -> None:
    problem(await client.get(f"{API}/{path}"), 404)


async def test_types(client: httpx.AsyncClient) -> None:
    for path, accept in (("studies", "image/webp"), ("looks/conv1", "application/json")):
        answer = await client.get(f"{API}/shapes/{path}", headers={"accept": accept})
        assert "Accept" in problem(answer, 406)


def test_a_folder_is_checked(models: Path, tmp_path: Path) -> None:
    """Figures that do not validate, pictures that are missing, snapshots that were exchanged."""
    import shutil

    folder = tmp_path / "models"
    shutil.copytree(models, folder)
    one = folder / "shapes"
    Zoo(folder, 10**9).check()
    (one / "looks" / "conv1.webp").rename(one / "looks" / "gone.webp")
    with pytest.raises(CardError, match="conv1"):
        Zoo(folder, 10**9).check()
    about = json.loads((one / "studies.json").read_text())
    (one / "studies.json").write_text(json.dumps({**about, "looks": None, "misspelt": 1}))
    with pytest.raises(CardError, match="misspelt"):
        Zoo(folder, 10**9).check()
    shutil.rmtree(one / "looks")
    write_studies(one, about["weights"])
    (one / "snapshots.safetensors").write_bytes(b"other")
    with pytest.raises(CardError, match="sha256"):
        Zoo(folder, 10**9).check()

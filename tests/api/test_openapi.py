"""The description: OpenAPI 3.1, an example for every call and error, and answers that agree."""

from __future__ import annotations

from typing import Any

import httpx
import jsonschema_rs
import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.conftest import API

LAB, FIRST, SPEED = (f"/api/v1/lab/{name}" for name in ("gradients", "first", "speed"))
CALLS = {
    ("get", "/healthz"),
    ("get", "/readyz"),
    ("get", API),
    ("get", API + "/{model_id}"),
    ("get", API + "/{model_id}/weights"),
    ("get", API + "/{model_id}/samples"),
    ("get", API + "/{model_id}/samples/{name}"),
    ("get", API + "/{model_id}/samples/{name}/atlas"),
    ("post", API + "/{model_id}/predict"),
    ("post", API + "/{model_id}/trace"),
    ("post", API + "/{model_id}/effects"),
    ("post", API + "/{model_id}/explain"),
    ("post", API + "/{model_id}/gradient"),
    ("post", API + "/{model_id}/reach"),
    ("post", LAB),
    ("get", API + "/{model_id}/studies"),
    ("get", API + "/{model_id}/voices"),
    ("get", API + "/{model_id}/forecasts"),
    ("get", API + "/{model_id}/frames"),
    ("post", API + "/{model_id}/states"),
    ("get", API + "/{model_id}/units"),
    ("get", API + "/{model_id}/looks/{layer}"),
    ("get", "/api/v1/lab/remember"),
    ("get", "/api/v1/lab/order"),
    ("get", FIRST),
    ("post", FIRST),
    ("get", "/api/v1/lab/duel"),
    ("get", SPEED),
    ("post", SPEED),
    ("get", "/api/v1/lessons/{lang}"),
}
BODIES = {"application/json", "multipart/form-data", "image/*", "audio/*"}
# Calls that take no file's bytes.
SETTINGS = (API + "/{model_id}/states", LAB, FIRST, SPEED)
JSON_ALONE = {path: {"application/json"} for path in SETTINGS}
FEW = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def document(app: FastAPI) -> dict[str, Any]:
    """The description as it is served."""
    return app.openapi()


def operations(document: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """Every call by its method and path."""
    return {
        (method, path): call
        for path, item in document["paths"].items()
        for method, call in item.items()
    }


def test_every_call_is_described(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert set(operations(document)) == CALLS
    assert "ValidationError" not in document["components"]["schemas"]


async def test_it_is_served(client: httpx.AsyncClient, document: dict[str, Any]) -> None:
    assert (await client.get("/openapi.json")).json() == document


def test_every_json_answer_and_error_has_an_example_that_fits(document: dict[str, Any]) -> None:
    for (method, path), call in operations(document).items():
        assert call["summary"]
        for status, answer in call["responses"].items():
            for kind, content in answer.get("content", {}).items():
                if "json" not in kind:
                    continue
                example = content["example"]
                schema = {**content["schema"], "components": document["components"]}
                if "card" not in example:  # a card's example is cut short
                    jsonschema_rs.validate(schema, example)
                if int(status) >= 400:
                    assert kind == "application/problem+json", (method, path, status)
                    assert example["status"] == int(status)
        if method == "post":
            expected = {"400", "406", "413", "415", "422", "503"}
            of_a_model = {"404"} if path not in (LAB, SPEED) else set()
            assert expected | of_a_model <= set(call["responses"])
            body = call["requestBody"]["content"]
            assert set(body) == JSON_ALONE.get(path, set(BODIES))
            for example in body["application/json"]["examples"].values():
                schema = {
                    **body["application/json"]["schema"], "components": document["components"],
                }  # fmt: skip
                jsonschema_rs.validate(schema, example["value"])


CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("model", ["shapes", "mood", "words", "moves"])
def test_answers_never_contradict_the_description(
    server: str, model: str, mode: GenerationMode
) -> None:
    """Schemathesis makes up requests: each answer is as described, and never a 500."""
    schema = schemathesis.openapi.from_url(f"{server}/openapi.json")
    samples = {"shapes": "blocks", "mood": "bank", "words": "hum", "moves": "slide"}
    path = {"model_id": model, "name": samples[model], "layer": "conv1"}
    for operation in schema.get_all_operations():
        assert isinstance(operation, Ok)
        known = operation.ok()
        if mode is GenerationMode.NEGATIVE and known.method == "get":
            continue  # an address alone has nothing to get wrong
        if known.path.startswith("/api/v1/lab/") and model != "shapes":
            continue  # it is of no model
        if known.path in (LAB, SPEED) and mode is GenerationMode.POSITIVE:
            continue  # good settings take seconds (test_slopes has small ones)
        names = {p.name for p in known.path_parameters}
        strategy = known.as_strategy(
            mode, path_parameters={k: v for k, v in path.items() if k in names}
        )

        @FEW
        @given(case=strategy)
        def check(case: schemathesis.Case[Any]) -> None:
            case.call_and_validate(checks=CHECKS)

        check()

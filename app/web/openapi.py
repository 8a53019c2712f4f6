"""OpenAPI 3.1, written beside the routes: what a call gives, an example, every error it may make.

schemas.py, predictions.py, changes.py, slopes.py, lab.py, speed.py, voices.py, …
    --models_json_schema--> components
routes: documented(…) ------------------------------------------------------> answers
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from app.web import changes, forecasts, frames, lab, predictions, schemas, slopes, speed, voices
from app.web.negotiation import JSON, NDJSON
from app.web.problems import MEDIA_TYPE as PROBLEM

REF = "#/components/schemas/"
DESCRIPTION = """
Every number that a small, trained network computes on a picture or a text: predictions,
feature maps, hidden states and gates, as JSON or safetensors.

Errors are `application/problem+json` (RFC 9457); `detail` says what to do.
"""
PROBLEMS: dict[int, tuple[str, str, str]] = {
    400: ("The body is not what its type says", "Bad request", "The body cannot be read as JSON."),
    404: ("No such model or sample", "Not found", "There is no model of that name."),
    406: (
        "None of the types in Accept can be sent",
        "Not acceptable",
        "This address can send application/json or application/vnd.safetensors.",
    ),
    408: ("The body did not arrive in time", "Request timeout", "The upload took too long."),
    413: (
        "Too many bytes, pixels or tokens",
        "Too large",
        "This file is 23 MB; the limit is 15 MB. Save it smaller.",
    ),
    415: (
        "A type that is not read here",
        "Unsupported type",
        "Not a picture we can read. Try JPEG, PNG or WebP.",
    ),
    422: (
        "A known type that cannot be used, nothing to read, the wrong input, or a bad option",
        "Cannot be used",
        "Nothing to read yet. Type a sentence or pick one.",
    ),
    429: (
        "One at a time, and one runs for another; Retry-After says when to try again",
        "Too many requests",
        "Another measurement runs on this server. Trying again in 5 s.",
    ),
    503: ("Overloaded; Retry-After says when", "Server busy", "Server busy. Trying again in 2 s."),
}
POST_PROBLEMS = (400, 404, 406, 408, 413, 415, 422, 503)


def ref(model: type[BaseModel]) -> dict[str, Any]:
    """A reference to a shape among the components."""
    return {"$ref": REF + model.__name__}


def problem_response(status: int) -> dict[str, Any]:
    """The description of one error, with an example."""
    about, title, detail = PROBLEMS[status]
    example = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    content = {PROBLEM: {"schema": ref(schemas.Problem), "example": example}}
    found: dict[str, Any] = {"description": about, "content": content}
    if status in (429, 503):
        wait = {"description": "seconds", "schema": {"type": "integer"}}
        found["headers"] = {"Retry-After": wait}
    return found


def documented(
    summary: str, model: type[BaseModel], example: object, *problems: int, **more: Any
) -> dict[str, Any]:
    """Arguments for a route that answers JSON. `more` adds content types beside it."""
    content = {JSON: {"schema": ref(model), "example": example}, **more}
    return {
        "summary": summary,
        "responses": {
            200: {"description": "Done", "content": content},
            **{status: problem_response(status) for status in problems},
        },
    }


def documented_lines(
    summary: str, line: type[BaseModel], example: object, *problems: int
) -> dict[str, Any]:
    """The same for a route that answers JSON lines; `line` and the example are of one."""
    found = documented(summary, line, example, *problems)
    content = found["responses"][200]["content"]
    found["responses"][200]["content"] = {NDJSON: content[JSON]}
    return found


def settings_body(model: type[BaseModel], examples: dict[str, Any]) -> dict[str, Any]:
    """A route's `openapi_extra`: settings as JSON."""
    content = {JSON: {"schema": ref(model), "examples": examples}}
    return {"requestBody": {"required": True, "content": content}}


def binary(about: str) -> dict[str, Any]:
    """A body of bytes."""
    return {"schema": {"type": "string", "format": "binary", "description": about}}


def components() -> dict[str, Any]:
    """Every shape of these modules by its name."""
    described = (changes, schemas, predictions, slopes, lab, speed, voices, forecasts, frames)
    shapes = [
        found
        for module in described
        for found in vars(module).values()
        if isinstance(found, type) and issubclass(found, BaseModel)
        and found not in (BaseModel, changes.Shape)
    ]  # fmt: skip
    _, found = models_json_schema(
        [(shape, "validation") for shape in shapes], ref_template=REF + "{model}"
    )
    defined: dict[str, Any] = found["$defs"]
    return defined


def leave_out_what_cannot_happen(paths: dict[str, Any]) -> None:
    """FastAPI adds its own 422 to every address with a name in it; ours take any string."""
    for item in paths.values():
        for call in item.values():
            content = call["responses"].get("422", {}).get("content", {})
            if "HTTPValidationError" in str(content.get(JSON, {})):
                del call["responses"]["422"]


def describe(app: FastAPI) -> None:
    """Makes `app.openapi()` give the whole description, made once."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            found = get_openapi(
                title=app.title, version=app.version, description=DESCRIPTION, routes=app.routes
            )
            found["components"] = {"schemas": components()}
            leave_out_what_cannot_happen(found["paths"])
            app.openapi_schema = found
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]

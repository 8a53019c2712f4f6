"""Every error as RFC 9457 `application/problem+json`, the framework's own included.

    GridtimeError -- status, title, a sentence a visitor can act on -->  problem
    404, 405 and validation errors of the framework ------------------>  problem
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.core.errors import GridtimeError, Overloaded

LOG = logging.getLogger("gridtime.errors")
MEDIA_TYPE = "application/problem+json"
SENTENCES = {
    404: "There is nothing at this address. The pages start at /, the API is described at /docs.",
    405: "This address does not take that method; the Allow header says which it takes.",
}


def problem(
    status: int, title: str, detail: str, headers: Mapping[str, str] | None = None
) -> Response:
    """One problem document."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    # What went wrong once may go well the next time: no cache may keep it.
    extra = {"Cache-Control": "no-store", **(headers or {})}
    return Response(orjson.dumps(body), status, headers=extra, media_type=MEDIA_TYPE)


def problem_of(error: GridtimeError) -> Response:
    """An error of ours -> its problem document; an Overloaded also says when to try again.

    A fault of the installation (a broken card) is for the log, for it names files.
    """
    if error.status == 500:
        LOG.error("%s: %s", type(error).__name__, error.detail)
        return problem(500, error.title, "This model's files are broken. The log says how.")
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, Overloaded) else None
    return problem(error.status, error.title, error.detail, headers)


def add_problem_handlers(app: FastAPI) -> None:
    """Teaches an app to answer every expected error as a problem."""

    @app.exception_handler(GridtimeError)
    async def ours(request: Request, error: GridtimeError) -> Response:
        return problem_of(error)

    @app.exception_handler(HTTPException)
    async def frameworks(request: Request, error: HTTPException) -> Response:
        title = HTTPStatus(error.status_code).phrase.capitalize()
        detail = SENTENCES.get(error.status_code, str(error.detail))
        return problem(error.status_code, title, detail, error.headers)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        return problem(422, "Cannot be used", " ".join(map(said, error.errors())))


def said(fault: Mapping[str, object]) -> str:
    """One finding of the framework's validation as a sentence; what was sent is not echoed."""
    place = fault.get("loc")
    names = [str(part) for part in place[1:]] if isinstance(place, tuple | list) else []
    return f"{'.'.join(names) or 'The request'}: {fault.get('msg', 'not valid')}."

"""What all POSTs that run a network share: the body they take, and the way it goes.

    place in the queue --> body within bounds --> Engine, in a thread --> bytes
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, TypeVar

from fastapi import Query, Request

from app.engine import Ask, Encoder, Engine
from app.engine import Options as Changes
from app.engine import Request as Asked
from app.web import examples
from app.web.bodies import read_ask
from app.web.changes import Options
from app.web.negotiation import JSON
from app.web.openapi import binary, ref
from app.web.schemas import AskJson
from app.web.uploads import BodyLimits, Upload, uploaded

R = TypeVar("R", bound=Asked)
Run = Callable[[R, Encoder, Callable[[], Awaitable[None]]], Awaitable[bytes]]
Read = Callable[[Request, Upload, int], Awaitable[tuple[Ask, Changes]]]
HEADERS = {"Cache-Control": "no-store", "Vary": "Accept"}
FORM = {
    "type": "object",
    "properties": {
        "file": {
            "type": "string",
            "format": "binary",
            "description": "a picture, or a recording (WAV)",
        },
        "options": {
            "type": "string",
            "description": 'JSON, such as {"crop": [100, 20, 200]}',
            "contentMediaType": JSON,
            "contentSchema": ref(Options),
        },
    },
    "required": ["file"],
}
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            JSON: {"schema": ref(AskJson), "examples": examples.ASKS},
            "multipart/form-data": {"schema": FORM},
            "image/*": binary("a picture; options then go into ?options="),
            "audio/*": binary("a recording, WAV; options then go into ?options="),
        },
    }
}
Digits = Annotated[int | None, Query(description="decimals in JSON", ge=0, le=9)]
OptionsText = Annotated[
    str | None, Query(description="options as JSON, for a body that is a file")
]


class Runner:
    """Runs requests of one engine; `options` is read with the body and declared for the docs."""

    def __init__(self, engine: Engine, limits: BodyLimits) -> None:
        self._engine, self._limits = engine, limits

    async def __call__(
        self,
        request: Request,
        run: Run[R],
        encode: Encoder,
        make: Callable[[Ask, Changes], R],
        read: Read = read_ask,
    ) -> bytes:
        """Place, body, run."""
        async with uploaded(request, self._limits) as upload:
            with self._engine.place():
                ask, options = await read(request, upload, self._limits.upload)
                return await run(make(ask, options), encode, lambda: left(request))


async def left(request: Request) -> None:
    """Returns once the visitor has closed the connection."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def rows(text: str | None) -> tuple[int, int] | None:
    """`a:b`, already of that form, as two numbers."""
    if text is None:
        return None
    start, _, stop = text.partition(":")
    return int(start), int(stop)

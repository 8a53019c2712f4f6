"""How long networks take to read sequences: measured live, and what was measured last.

GET   406? --> the last whole measurement of this server, else models/_shared/speed.json
POST  406? place --JSON within bounds--> Race --turn, or 429--> JSON lines, one a point;
                                                               or one JSON at the end

One measurement at a time on this server; where several replicas serve, one on each.
"""

from __future__ import annotations

from typing import Any

import orjson
from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.engine import Engine, parse_speed
from app.web import speed
from app.web.bodies import read_settings
from app.web.lines import Lines, Write
from app.web.negotiation import JSON, NDJSON, choose
from app.web.openapi import documented, documented_lines, settings_body
from app.web.routes.running import HEADERS, left
from app.web.uploads import BodyLimits, uploaded
from app.zoo.speed import Speed

PROBLEMS = (400, 406, 408, 413, 415, 422, 429, 503)
BODY = settings_body(speed.SpeedJson, speed.ASKS)
GIVES = documented(
    "The last measurement of speed: time, work and waiting against the length of a text",
    speed.SpeedAnswer,
    speed.ANSWER,
    404,
    406,
)
MEASURES = documented_lines(
    "Measure speed now, a line a point; one visitor at a time. Closing the connection ends it",
    speed.SpeedLine,
    speed.LINE,
    *PROBLEMS,
)
MEASURES["responses"][200]["content"] |= GIVES["responses"][200]["content"]


def whole(found: Speed) -> Response:
    """A measurement as one JSON."""
    return Response(orjson.dumps(found.model_dump()), media_type=JSON, headers=HEADERS)


async def unseen(_line: dict[str, Any]) -> None:
    """The asker wants no progress."""


def speed_router(engine: Engine, limits: BodyLimits) -> APIRouter:
    """/lab/speed."""
    router = APIRouter(tags=["lab"], default_response_class=Response)

    @router.get("/lab/speed", **GIVES)
    async def last(request: Request) -> Response:
        choose(request.headers.get("accept"), [JSON])
        return whole(await run_in_threadpool(engine.speed.last))

    @router.post("/lab/speed", openapi_extra=BODY, **MEASURES)
    async def measure(request: Request) -> Response:
        kind = choose(request.headers.get("accept"), [NDJSON, JSON])
        async with uploaded(request, limits) as upload:
            with engine.place():
                race = parse_speed(await read_settings(request, upload))

        async def run(write: Write) -> Speed:
            with engine.place(), engine.speed.turn(race):
                return await engine.speed.measure(race, write, lambda: left(request))

        return Lines(run) if kind == NDJSON else whole(await run(unseen))

    return router

"""An answer that grows: JSON lines, each sent as soon as it is there.

    run(write) --the first line--> 200, application/x-ndjson --more lines--> the end
               --an error before any line--> problem+json

What `run` holds for its time (a place, a turn) it takes and gives back itself, within one `with`,
so that nothing is left held, whether the visitor leaves or the server stops.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.core.errors import GridtimeError
from app.web.negotiation import NDJSON
from app.web.problems import problem_of

# A proxy that gathers an answer before it passes it on would hide the progress.
HEADERS = {"Cache-Control": "no-store", "Vary": "Accept", "X-Accel-Buffering": "no"}
Write = Callable[[dict[str, Any]], Awaitable[None]]


class Lines(Response):
    """What `run` writes, line by line."""

    media_type = NDJSON

    def __init__(self, run: Callable[[Write], Awaitable[object]]) -> None:
        self.status_code = 200
        self.background = None
        self._run = run
        self.init_headers(HEADERS)  # no body yet: so no Content-Length is written

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def write(line: dict[str, Any]) -> None:
            nonlocal begun
            if not begun:
                begun, status = True, self.status_code
                start = {"type": "http.response.start", "status": status}
                await send({**start, "headers": self.raw_headers})
            body = orjson.dumps(line) + b"\n"
            await send({"type": "http.response.body", "body": body, "more_body": True})

        try:
            await self._run(write)
        except GridtimeError as error:
            if begun:
                raise
            await problem_of(error)(scope, receive, send)
        else:
            await send({"type": "http.response.body", "body": b"", "more_body": False})

"""GET /healthz: the process answers. GET /readyz: every card validates, every sha256 matches."""

from __future__ import annotations

import asyncio
import logging

import orjson
from fastapi import APIRouter
from starlette.responses import Response

from app.core.errors import Overloaded
from app.web.openapi import documented
from app.web.problems import problem
from app.web.schemas import Health
from app.zoo import Zoo

LOG = logging.getLogger("gridtime.ready")
BROKEN = "A model folder is not intact. The log of the server says which, and why."
OK = orjson.dumps({"status": "ok"})


class Readiness:
    """Checks the models once, in a thread; a check that failed is made again when it is told."""

    def __init__(self, zoo: Zoo) -> None:
        self._zoo = zoo
        self._check: asyncio.Task[None] | None = None

    def start(self) -> asyncio.Task[None]:
        """The check, begun now or before."""
        if self._check is None:
            self._check = asyncio.create_task(asyncio.to_thread(self._zoo.check))
            self._check.add_done_callback(report)
        return self._check

    def again(self) -> None:
        """Makes the next `start` begin anew: the folder may have been put right meanwhile."""
        self._check = None


def failed(check: asyncio.Task[None]) -> bool:
    """Whether it ended badly; such a check is made again when somebody asks."""
    return check.done() and (check.cancelled() or check.exception() is not None)


def report(check: asyncio.Task[None]) -> None:
    """One line in the log for a folder of models that cannot be served."""
    if failed(check) and not check.cancelled():
        LOG.error("not ready: %s", check.exception())


def health_router(readiness: Readiness) -> APIRouter:
    """Both addresses; neither is ever cached."""
    router = APIRouter(tags=["health"], default_response_class=Response)

    @router.get("/healthz", **documented("Whether the server runs", Health, {"status": "ok"}))
    async def healthz() -> Response:
        return answer()

    @router.get(
        "/readyz", **documented("Whether all models are intact", Health, {"status": "ok"}, 503)
    )
    async def readyz() -> Response:
        check = readiness.start()
        if not check.done():
            raise Overloaded("The models are still being checked. Try again in a second.", 1)
        if failed(check):
            readiness.again()
            return problem(503, "Not ready", BROKEN, {"Retry-After": "1"})
        return answer()

    return router


def answer() -> Response:
    """`{"status": "ok"}`."""
    return Response(OK, media_type="application/json", headers={"Cache-Control": "no-store"})

"""GET: figures that commands measured and left beside the models, one file each, sent as they are.

/lab/remember  /lab/order  /lab/first  /lab/duel  --> models/_shared/<name>.json
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.core.errors import NotFound
from app.engine import Engine
from app.web import examples, lab
from app.web.negotiation import JSON, choose
from app.web.openapi import documented
from app.web.routes.studies import ASK_AGAIN, Files
from app.web.schemas import RememberAnswer
from app.web.static import asset_response
from app.zoo import duel, first, order, remember


@dataclass(frozen=True)
class Figures:
    """One file: its address, what it holds, and what is said where it is not there."""

    name: str
    file: str
    summary: str
    shape: type[BaseModel]
    example: dict[str, Any]
    missing: str


ALL = (
    Figures(
        "remember",
        remember.FILE,
        "How far a tanh RNN, a GRU and an LSTM can remember: loss and recall against distance",
        RememberAnswer,
        examples.REMEMBER,
        "Nobody has measured here how far the cells can remember.",
    ),
    Figures(
        "order",
        order.FILE,
        "Accuracy before and after words, rows, columns or pixels changed their order",
        lab.OrderAnswer,
        lab.ORDER,
        "Nobody has measured here what order is worth to the models.",
    ),
    Figures(
        "first",
        first.FILE,
        "Which came first? Accuracy of six small networks against the distance of two signs",
        lab.FirstFigures,
        lab.FIRST,
        "Nobody has measured here which networks can tell what came first.",
    ),
    Figures(
        "duel",
        duel.FILE,
        "Five readers of sentences with one budget: accuracy, time, weights, steps that wait",
        lab.DuelAnswer,
        lab.DUEL,
        "Nobody has measured here how readers of one budget compare.",
    ),
)


def figures_router(engine: Engine) -> APIRouter:
    """One route a file."""
    router = APIRouter(tags=["lab"], default_response_class=Response)
    for one in ALL:
        about = documented(one.summary, one.shape, one.example, 404, 406)
        router.get(f"/lab/{one.name}", name=one.name, **about)(sender(one, engine.zoo.folder))
    return router


def sender(one: Figures, models: Path) -> Callable[[Request], Awaitable[Response]]:
    """The handler that sends one file."""
    path, files = models / one.file, Files()

    async def send(request: Request) -> Response:
        choose(request.headers.get("accept"), [JSON])
        if not path.is_file():
            raise NotFound(one.missing)
        asset = await run_in_threadpool(files.asset, path, JSON)
        return asset_response(request, asset, ASK_AGAIN)

    return send

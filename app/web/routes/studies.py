"""GET: what was measured about a model over its held-out split, or on voices that it never heard,
and the pictures made of it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.engine import Engine
from app.web import examples
from app.web.forecasts import HELD, ForecastsAnswer
from app.web.frames import FRAMES, FramesAnswer
from app.web.negotiation import JSON, choose
from app.web.openapi import binary, documented, problem_response
from app.web.schemas import StudiesAnswer
from app.web.static import Asset, asset_response, pack
from app.web.voices import VOICES, VoicesAnswer

# Studies may be measured again while a browser is open: ask each time, 304 if unchanged.
ASK_AGAIN = {"Cache-Control": "no-cache"}
WEBP = "image/webp"
LOOKS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Tiles, one a channel, row by row; their size is in the studies",
        "content": {WEBP: binary("the picture")},
    },
    304: {"description": "Unchanged since the ETag in If-None-Match"},
    **{status: problem_response(status) for status in (404, 406)},
}

# A method of the zoo and the end of the address, what the file says, its shape, an example.
MEASURED: tuple[tuple[str, str, type[BaseModel], Any], ...] = (
    (
        "studies",
        "What was measured about a model over its held-out split",
        StudiesAnswer,
        examples.STUDIES,
    ),
    ("voices", "How a model does on each voice when it has never heard it", VoicesAnswer, VOICES),
    (
        "forecasts",
        "How a forecaster does on the held-out part of each series",
        ForecastsAnswer,
        HELD,
    ),
    (
        "frames",
        "How a model that reads clips does with its frames in another order, and without order",
        FramesAnswer,
        FRAMES,
    ),
)


class Files:
    """Files compressed once, and again after they have changed. They are as many as the models
    name, never as many as are asked for.
    """

    def __init__(self) -> None:
        self._kept: dict[Path, tuple[tuple[int, int], Asset]] = {}

    def asset(self, path: Path, media_type: str) -> Asset:
        """The file, packed."""
        stat = path.stat()
        stamp = stat.st_mtime_ns, stat.st_size
        known = self._kept.get(path)
        if known is None or known[0] != stamp:
            known = self._kept[path] = (stamp, pack(path.read_bytes(), media_type))
        return known[1]


def studies_router(engine: Engine) -> APIRouter:
    """One route a kind of file."""
    router = APIRouter(tags=["models"], default_response_class=Response)
    zoo, files = engine.zoo, Files()

    async def measured(request: Request, model: str, path: Callable[[str], Path]) -> Response:
        """A file of figures about a model; `path` finds it."""
        zoo.card(model)
        choose(request.headers.get("accept"), [JSON])
        asset = await run_in_threadpool(lambda: files.asset(path(model), JSON))
        return asset_response(request, asset, ASK_AGAIN)

    def add(name: str, about: str, answer: type[BaseModel], example: Any) -> None:
        """The route of the file that the zoo's method `name` finds."""

        async def show(request: Request, model_id: str) -> Response:
            return await measured(request, model_id, getattr(zoo, name))

        router.add_api_route(
            f"/models/{{model_id}}/{name}",
            show,
            name=name,
            **documented(about, answer, example, 404, 406),
        )

    for row in MEASURED:
        add(*row)

    @router.get(
        "/models/{model_id}/looks/{layer}",
        summary="Pictures that a layer's channels answer strongly to",
        responses=LOOKS,
    )
    async def looks(request: Request, model_id: str, layer: str) -> Response:
        zoo.card(model_id)
        choose(request.headers.get("accept"), [WEBP])
        asset = await run_in_threadpool(lambda: files.asset(zoo.look(model_id, layer), WEBP))
        return asset_response(request, asset, ASK_AGAIN)

    return router

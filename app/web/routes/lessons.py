"""GET: the lessons of one language, read from the files that a teacher edits."""

from __future__ import annotations

from pathlib import Path

import orjson
from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.lessons import read_language
from app.lessons.read import files
from app.web import examples
from app.web.negotiation import JSON, choose
from app.web.openapi import documented
from app.web.routes.studies import ASK_AGAIN
from app.web.schemas import LessonsAnswer
from app.web.static import Asset, asset_response, pack

Stamp = tuple[tuple[str, int, int], ...]


class Texts:
    """Each language read once, and again after one of the files has changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: dict[str, tuple[Stamp, Asset]] = {}

    def asset(self, lang: str) -> Asset:
        """Raises NotFound and LessonError."""
        stats = [(path.name, path.stat()) for path in files(self._folder).values()]
        stamp = tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)
        known = self._kept.get(lang)
        if known is None or known[0] != stamp:
            body = orjson.dumps(read_language(self._folder, lang).model_dump())
            known = self._kept[lang] = (stamp, pack(body, JSON))
        return known[1]


def lessons_router(folder: Path) -> APIRouter:
    """The one route."""
    router = APIRouter(tags=["lessons"], default_response_class=Response)
    texts = Texts(folder)

    @router.get(
        "/lessons/{lang}",
        **documented(
            "The guided lessons and the answer in one page, in one language",
            LessonsAnswer,
            examples.LESSONS,
            404,
            406,
            422,
        ),
    )
    async def lessons(request: Request, lang: str) -> Response:
        choose(request.headers.get("accept"), [JSON])
        asset = await run_in_threadpool(texts.asset, lang)
        return asset_response(request, asset, ASK_AGAIN)

    return router

"""`create_app()`: settings -> an ASGI application. No globals; a test makes as many as it likes.

    Frame > HostGuard > FastAPI > pages | static | docs | health | api/v1 > Engine > zoo
"""

from __future__ import annotations


from fastapi import APIRouter, FastAPI, Request
from starlette.responses import Response

from app.core.assets import data_folder
from app.core.settings import Settings
from app.web.pages import PageWriter, app_version, pages_router
from app.web.problems import add_problem_handlers
from app.web.security import Frame, HostGuard
from app.web.static import StaticSite


def create_app(settings: Settings | None = None) -> FastAPI:
    """The whole application; settings come from GRIDTIME_* unless given."""
    settings = settings or Settings()
    site = StaticSite(data_folder("static"))
    app = FastAPI(title="Gridtime", version=app_version(), docs_url=None, redoc_url=None)
    app.include_router(pages_router(PageWriter(data_folder("templates"), site)))
    app.include_router(static_router(site))
    add_problem_handlers(app)
    app.add_middleware(HostGuard, allowed=settings.allowed_hosts)
    app.add_middleware(Frame)
    return app


def static_router(site: StaticSite) -> APIRouter:
    """The one route of the static files."""
    router = APIRouter(include_in_schema=False)

    @router.get("/static/{path:path}", name="static")
    async def static(request: Request, path: str) -> Response:
        return await site.respond(request, path)

    return router

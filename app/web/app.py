"""`create_app()`: settings -> an ASGI application. No globals; a test makes as many as it likes.

    Frame > HostGuard > FastAPI > pages | static | docs | health | api/v1 > Engine > zoo
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import Response

from app.core.assets import data_folder
from app.core.settings import Settings
from app.engine import Engine
from app.web.openapi import describe
from app.web.pages import PageWriter, app_version, pages_router
from app.web.problems import add_problem_handlers
from app.web.routes.compute import compute_router
from app.web.routes.docs import docs_router
from app.web.routes.health import Readiness, health_router
from app.web.routes.models import models_router
from app.web.security import Frame, HostGuard
from app.web.static import StaticSite
from app.web.uploads import BodyLimits
from app.zoo import Zoo

API = "/api/v1"


def create_app(settings: Settings | None = None) -> FastAPI:
    """The whole application; settings come from GRIDTIME_* unless given."""
    settings = settings or Settings()
    zoo = Zoo(settings.models_folder, settings.model_memory)
    engine, readiness = Engine(settings, zoo), Readiness(zoo)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        readiness.start()
        yield
        engine.close()

    app = FastAPI(
        title="Gridtime",
        version=app_version(),
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    add_routes(app, engine, readiness, settings)
    add_problem_handlers(app)
    describe(app)
    app.add_middleware(HostGuard, allowed=settings.allowed_hosts)
    app.add_middleware(Frame)
    return app


def add_routes(
    app: FastAPI, engine: Engine, readiness: Readiness, settings: Settings
) -> None:
    """Pages for people, addresses for programs."""
    site = StaticSite(data_folder("static"))
    app.include_router(pages_router(PageWriter(data_folder("templates"), site)))
    app.include_router(static_router(site))
    app.include_router(docs_router(app, site))
    app.include_router(health_router(readiness))
    limits = BodyLimits(settings.max_upload_bytes, 3 * settings.timeout_seconds)
    app.include_router(models_router(engine), prefix=API)
    app.include_router(compute_router(engine, limits), prefix=API)


def static_router(site: StaticSite) -> APIRouter:
    """The one route of the static files."""
    router = APIRouter(include_in_schema=False)

    @router.get("/static/{path:path}", name="static")
    async def static(request: Request, path: str) -> Response:
        return await site.respond(request, path)

    return router

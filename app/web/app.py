"""`create_app()`: settings -> an ASGI application. No globals; a test makes as many as it likes.

Frame > HostGuard > FastAPI > pages | packs | static | docs | health | api/v1 > Engine > zoo
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import Response

from app.core.assets import data_folder
from app.core.settings import Settings
from app.engine import Engine
from app.web.openapi import describe
from app.web.packs import Packs, packs_router
from app.web.pages import PageWriter, app_version, pages_router
from app.web.problems import add_problem_handlers
from app.web.routes.compute import compute_router
from app.web.routes.docs import docs_router
from app.web.routes.explain import explain_router
from app.web.routes.figures import figures_router
from app.web.routes.first import first_router
from app.web.routes.health import Readiness, health_router
from app.web.routes.lessons import lessons_router
from app.web.routes.models import first_asks, models_router
from app.web.routes.slopes import slopes_router
from app.web.routes.speed import speed_router
from app.web.routes.states import states_router
from app.web.routes.studies import studies_router
from app.web.security import Frame, HostGuard, log_unexpected
from app.web.static import StaticSite
from app.web.uploads import BodyLimits
from app.zoo import Zoo

API = "/api/v1"


def create_app(settings: Settings | None = None) -> FastAPI:
    """The whole application; settings come from GRIDTIME_* unless given."""
    settings = settings or Settings()
    zoo = Zoo(settings.models_folder, settings.model_memory)
    engine, readiness = Engine(settings, zoo), Readiness(zoo)
    site = StaticSite(data_folder("static"))
    packs = Packs(site)
    writer = PageWriter(data_folder("templates"), site, packs, lambda: first_asks(engine))

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        starting = asyncio.create_task(start(readiness, writer))
        yield
        starting.cancel()
        engine.close()

    app = FastAPI(
        title="Gridtime",
        version=app_version(),
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    for router in (pages_router(writer), packs_router(packs), static_router(site)):
        app.include_router(router)
    app.include_router(docs_router(app, site))
    app.include_router(health_router(readiness))
    limits = BodyLimits(settings.max_upload_bytes, 3 * settings.timeout_seconds)
    for router in (
        models_router(engine),
        studies_router(engine),
        compute_router(engine, limits),
        explain_router(engine, limits),
        figures_router(engine),
        first_router(engine, limits),
        slopes_router(engine, limits),
        speed_router(engine, limits),
        states_router(engine, limits),
        lessons_router(settings.lessons_folder),
    ):
        app.include_router(router, prefix=API)
    add_problem_handlers(app)
    describe(app)
    app.add_middleware(HostGuard, allowed=settings.allowed_hosts)
    app.add_middleware(Frame)
    return app


async def start(readiness: Readiness, writer: PageWriter) -> None:
    """Checks the models, then prepares the pages, so that the first visit is as quick as others."""
    await asyncio.wait([readiness.start()])
    try:
        await asyncio.to_thread(writer.warm)
    except Exception as error:  # a page that cannot be drawn must not keep the API from starting
        log_unexpected(error)


def static_router(site: StaticSite) -> APIRouter:
    """The one route of the static files."""
    router = APIRouter(include_in_schema=False)

    @router.get("/static/{path:path}", name="static")
    async def static(request: Request, path: str) -> Response:
        return await site.respond(request, path)

    return router

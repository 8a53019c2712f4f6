"""/docs: Swagger from our own files, with no inline script, and /openapi.json beside it.

    templates/docs.html --static/vendor/swagger-ui-*, static/js/pages/docs.js--> the page
"""

from __future__ import annotations

import orjson
from fastapi import APIRouter, FastAPI, Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import Response

from app.core.assets import data_folder
from app.web.security import page_policy
from app.web.static import StaticSite, asset_response, pack

# Swagger draws its icons from data: URLs in its style sheet.
POLICY = page_policy((), "img-src 'self' data:")


def docs_router(app: FastAPI, site: StaticSite) -> APIRouter:
    """Both addresses."""
    router = APIRouter(include_in_schema=False)
    environment = Environment(
        loader=FileSystemLoader(data_folder("templates")),
        autoescape=True,
        undefined=StrictUndefined,
    )
    environment.globals["static"] = site.url

    @router.get("/openapi.json", name="openapi")
    async def openapi(request: Request) -> Response:
        asset = pack(orjson.dumps(app.openapi()), "application/json")
        return asset_response(request, asset, {"Cache-Control": "no-cache"})

    @router.get("/docs", name="docs")
    async def docs(request: Request) -> Response:
        html = environment.get_template("docs.html").render().encode()
        headers = {"Cache-Control": "no-cache", "Content-Security-Policy": POLICY}
        return asset_response(request, pack(html, "text/html; charset=utf-8"), headers)

    return router

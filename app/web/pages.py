"""The pages of the site, one row each; navigation, routes and smoke tests come from this table.

    PAGES row --template--> HTML with an import map --Content-Security-Policy names its hash

A new page is one row here, one template, one module under static/js/pages/.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from fastapi import APIRouter, Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.web.packs import Packs
from app.web.security import page_permissions, page_policy
from app.web.static import Asset, StaticSite, asset_response, pack


@dataclass(frozen=True)
class Page:
    """One page: where it is, what it is called, what draws it, whether navigation lists it, and
    whether it may ask for the camera or the microphone, or takes apart films in the browser."""

    path: str
    name: str
    title: str
    template: str
    room: str
    nav: bool
    camera: bool = False
    microphone: bool = False
    films: bool = False


# Every use has a page of its own; the navigation shows them as one room.
USES = "applications"
PAGES: tuple[Page, ...] = (
    Page("/", "home", "Gridtime", "home.html", room="home", nav=False),
    Page("/cnn", "cnn", "CNN", "cnn.html", room="cnn", nav=True, camera=True),
    Page("/rnn", "rnn", "RNN", "rnn.html", room="rnn", nav=True),
    Page("/compare", "compare", "Compare", "compare.html", room="compare", nav=True, camera=True),
    Page("/applications", "applications", "Applications", "applications.html", USES, nav=True),
    Page("/detect", "detect", "Detection", "detect.html", USES, nav=False, camera=True),
    Page("/segment", "segment", "Segmentation", "segment.html", USES, nav=False, camera=True),
    Page("/translate", "translate", "Translation", "translate.html", USES, nav=False),
    Page("/write", "write", "Writing", "write.html", USES, nav=False),
    Page("/speech", "speech", "Speech", "speech.html", USES, nav=False, microphone=True),
    Page("/forecast", "forecast", "Forecast", "forecast.html", USES, nav=False),
    Page("/video", "video", "Video", "video.html", USES, nav=False, camera=True, films=True),
    Page("/lessons", "lessons", "Lessons", "lessons.html", room="lessons", nav=False),
    Page("/answer", "answer", "The answer in one page", "answer.html", room="lessons", nav=False),
)


def app_version() -> str:
    """The version of the installed package, or "0" in a tree that was never installed."""
    try:
        return version("gridtime")
    except PackageNotFoundError:
        return "0"


# A film that a visitor opens is shown to the page's own <video> by a blob's address.
FILMS = ("media-src blob:",)
ASSETS = re.compile(r'(?:href|src)="/(static|packed)/([^"]+)"')


class PageWriter:
    """Renders pages and keeps them until a static file or template changes."""

    def __init__(
        self,
        templates: Path,
        site: StaticSite,
        packs: Packs,
        first: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        """`first` names what the picture room asks for where its address names nothing."""
        self._site = site
        self._packs = packs
        self._first = first
        self._folder = templates
        self._environment = Environment(
            loader=FileSystemLoader(templates),
            autoescape=select_autoescape(["html"]),
            undefined=StrictUndefined,
        )
        self._environment.globals["static"] = site.url
        self._environment.globals["packs"] = packs
        self._kept: dict[str, tuple[tuple[str, int], Asset, str]] = {}

    def write(self, page: Page) -> tuple[Asset, str]:
        """A page -> its bytes (plain and gzipped) and its Content-Security-Policy."""
        stamp = (self._site.build(), self._newest_template())
        kept = self._kept.get(page.name)
        if kept is None or kept[0] != stamp:
            kept = (stamp, *self._render(page))
            self._kept[page.name] = kept
        return kept[1], kept[2]

    def warm(self) -> None:
        """Renders and compresses everything that a first visit asks for."""
        for page in PAGES:
            asset, _ = self.write(page)
            for form, path in ASSETS.findall(asset.body.decode()):
                if form == "static":
                    self._site.asset(f"/static/{path}")
                else:
                    self._packs.asset(*path.split("/", 2)[1:])

    def _render(self, page: Page) -> tuple[Asset, str]:
        import_map = json.dumps({"imports": self._packs.import_map(page.name)}, sort_keys=True)
        html = self._environment.get_template(page.template).render(
            page=page,
            pages=PAGES,
            import_map=import_map,
            version=app_version(),
            first=self._first(),
        )
        policy = page_policy([import_map], *(FILMS if page.films else ()))
        return pack(html.encode(), "text/html; charset=utf-8"), policy

    def _newest_template(self) -> int:
        return max((f.stat().st_mtime_ns for f in self._folder.rglob("*.html")), default=0)


def pages_router(writer: PageWriter) -> APIRouter:
    """One GET route for every row of PAGES; they are for people and stay out of OpenAPI."""
    router = APIRouter(include_in_schema=False)

    def add(page: Page) -> None:
        async def show(request: Request) -> Response:
            asset, policy = await run_in_threadpool(writer.write, page)
            headers = {
                "Content-Security-Policy": policy,
                "Permissions-Policy": page_permissions(page.camera, page.microphone),
                "Cache-Control": "no-cache",
            }
            return asset_response(request, asset, headers)

        router.add_api_route(page.path, show, name=f"page:{page.name}")

    for page in PAGES:
        add(page)
    return router

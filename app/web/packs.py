"""One file of modules and one of styles for each page: a first visit asks for a dozen files.

    js/pages/cnn.js --static imports--> its modules, what is needed first comes first
                    --each as a function--> /packed/<build>/cnn/pack.js (and .map: the files)
    import("…/later.js") --what only it needs--> /packed/<build>/cnn/js/views/cnn/later.js
    css/base.css, … --one after another--> /packed/<build>/cnn/styles-<list>.css

A request costs a browser some milliseconds and a phone a round trip, whatever its size: sixty small
modules took longer than all else of a page. Made in memory from the files, anew when one changes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.core.errors import NotFound
from app.web import modules, plan
from app.web.modules import OWN, joined, relinked, stub
from app.web.plan import FIRST, Plan
from app.web.sourcemap import source_map
from app.web.static import FOREVER, Asset, StaticSite, asset_response, media_type, pack

PREFIX = "/packed/"
# Kept for a year under the build, so the build also says how they are made.
HOW = b"".join(Path(file).read_bytes() for file in (__file__, modules.__file__, plan.__file__))


@dataclass
class Packed:
    """What is made for one page of one build."""

    plan: Plan
    assets: dict[str, Asset] = field(default_factory=dict)


class Packs:
    """The packs of all pages of a site."""

    def __init__(self, site: StaticSite) -> None:
        self._site = site
        self._build = ""
        self._pages: dict[str, Packed] = {}
        self._styles: dict[str, list[str]] = {}

    def build(self) -> str:
        """A hash over all files of the site and the way they are packed."""
        return hashlib.sha256(self._site.build().encode() + HOW).hexdigest()[:12]

    def url(self, page: str, name: str) -> str:
        """The address of a page's pack.js, of its styles or of a later module."""
        return f"{PREFIX}{self.build()}/{page}/{name}"

    def styles(self, page: str, names: str) -> str:
        """Paths of style sheets, apart by white space -> the address of all of them in one."""
        listed = names.split()
        name = f"styles-{hashlib.sha256(repr(listed).encode()).hexdigest()[:8]}.css"
        self._styles[name] = listed
        return self.url(page, name)

    def import_map(self, page: str) -> dict[str, str]:
        """Bare specifiers -> URLs: libraries as they are, our own modules under the page."""
        return {**self._site.import_map(), OWN: self.url(page, "js/")}

    def outside(self, page: str) -> list[str]:
        """URLs of the libraries that a page's modules need, each with what it needs itself."""
        mapped = self._site.import_map()
        modules = self._page(page).plan.files[FIRST]
        found = [mapped[name] for module in modules for name in module.outside]
        for url in found:  # grows while it is walked
            text = self._site.text(url)
            found += [mapped[name] for name in mapped if f'"{name}"' in text]
        return list(dict.fromkeys(found))

    def asset(self, page: str, name: str) -> Asset:
        """What lies behind a URL that `url` gave. Raises NotFound."""
        made = self._page(page)
        if name not in made.assets:
            kind = "application/json" if name.endswith(".map") else media_type(name)
            made.assets[name] = pack(self._text(page, made.plan, name).encode(), kind)
        return made.assets[name]

    def source(self, path: str) -> str:
        """The text of a file of the site. Raises NotFound."""
        if not self._site.has(path):
            raise NotFound("There is no such file.")
        return self._site.text(self._site.url(path))

    def _page(self, page: str) -> Packed:
        build = self.build()
        if build != self._build:
            self._build, self._pages = build, {}
        if page not in self._pages:
            self._pages[page] = Packed(Plan(self.source, f"js/pages/{page}.js"))
        return self._pages[page]

    def _text(self, page: str, plan: Plan, name: str) -> str:
        address = partial(self.url, page)
        if name in self._styles:
            return "\n".join(self.source(path) for path in self._styles[name])
        if name.endswith(".map") and name.removesuffix(".map") in plan.files:
            return source_map(plan.files[name.removesuffix(".map")], self._site.url)
        if name in plan.files:
            return joined(plan, name, address)
        if not (name.startswith("js/") and name.endswith(".js")):
            raise NotFound("There is no such file.")
        if name in plan.homes:
            return stub(plan.modules[name], address(plan.homes[name]))
        return relinked(name, self.source(name), plan.homes, address)


def packs_router(packs: Packs) -> APIRouter:
    """The one route of the packs; an old build gets today's files, to be asked for again."""
    router = APIRouter(include_in_schema=False)

    @router.get(PREFIX + "{build}/{page}/{name:path}", name="packed")
    async def packed(request: Request, build: str, page: str, name: str) -> Response:
        asset = await run_in_threadpool(packs.asset, page, name)
        current = build == packs.build()
        return asset_response(request, asset, {"Cache-Control": FOREVER if current else "no-cache"})

    return router

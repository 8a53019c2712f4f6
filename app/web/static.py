"""Static files under a path that names their content.

    static/css/base.css --/static/<build>/css/base.css--> browser, kept for a year

`<build>` is one hash over all files, so that relative imports and the import map lead to the same
URLs and nothing is ever stale: a changed file means a new prefix. A path without the current build
(/static/css/base.css, or an old prefix) is served too, but must be asked for again each time.
Only files found by walking the folder are served, so no path can lead out of it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import mimetypes
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from app.core.errors import NotFound

PREFIX = "/static/"
FOREVER = "public, max-age=31536000, immutable"
BUILD_DIGITS = 12
LOOK_AGAIN_SECONDS = 0.5
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".woff2": "font/woff2",
}
Stat = tuple[int, int]


@dataclass(frozen=True)
class Asset:
    """Bytes to send, plain and (where it helps) gzipped, with their type and ETag."""

    body: bytes
    gzipped: bytes | None
    media_type: str
    etag: str


def pack(body: bytes, media_type: str) -> Asset:
    """Bytes -> an Asset; compressed once, if that saves at least a tenth."""
    squeezed = gzip.compress(body, 9, mtime=0)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return Asset(body, squeezed if len(squeezed) < 0.9 * len(body) else None, media_type, etag)


def accepts_gzip(request: Request) -> bool:
    """Whether Accept-Encoding lists gzip with a weight above zero."""
    for part in request.headers.get("accept-encoding", "").lower().split(","):
        name, _, weight = part.partition(";")
        if name.strip() in ("gzip", "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def matches(request: Request, etag: str) -> bool:
    """Whether If-None-Match names this ETag (weak or strong) or is `*`."""
    asked = [part.strip() for part in request.headers.get("if-none-match", "").split(",")]
    return "*" in asked or etag in [part.removeprefix("W/") for part in asked]


def asset_response(request: Request, asset: Asset, headers: Mapping[str, str]) -> Response:
    """An Asset -> 304, or 200 with the encoding that the browser takes."""
    # The same ETag for both encodings: it names the content, and Vary keeps caches apart.
    extra = {**headers, "ETag": asset.etag, "Vary": "Accept-Encoding"}
    if matches(request, asset.etag):
        return Response(status_code=304, headers=extra)
    if asset.gzipped is not None and accepts_gzip(request):
        extra["Content-Encoding"] = "gzip"
        return Response(asset.gzipped, media_type=asset.media_type, headers=extra)
    return Response(asset.body, media_type=asset.media_type, headers=extra)


class StaticSite:
    """The static folder: its build hash, its URLs, its files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stats: dict[str, Stat] = {}
        self._build = ""
        self._looked = -1.0
        self._assets: dict[str, tuple[Stat, Asset]] = {}

    def build(self) -> str:
        """The hash over every file's name and content; recomputed when a file changed."""
        now = time.monotonic()
        if not self._is_fresh(now):
            stats = walk(self._folder)
            if stats != self._stats or not self._build:
                self._stats, self._build = stats, digest(self._folder, stats)
            self._looked = now
        return self._build

    def _is_fresh(self, now: float) -> bool:
        """Whether the folder was looked at a moment ago."""
        return self._looked >= 0 and now - self._looked <= LOOK_AGAIN_SECONDS

    def url(self, path: str) -> str:
        """A path inside static/ -> its URL. tests/api asks for every URL that a page holds."""
        return f"{PREFIX}{self.build()}/{path.removeprefix(PREFIX).lstrip('/')}"

    def has(self, path: str) -> bool:
        """Whether there is such a file inside static/."""
        self.build()
        return path in self._stats

    def asset(self, url: str) -> Asset | None:
        """The file behind a URL that `url` gave, compressed and kept."""
        name = url.removeprefix(f"{PREFIX}{self.build()}/")
        return self._asset(name) if name in self._stats else None

    def text(self, url: str) -> str:
        """The text behind a URL that `url` gave; empty where there is no such file."""
        name = url.removeprefix(f"{PREFIX}{self.build()}/")
        return (self._folder / name).read_text("utf-8") if name in self._stats else ""

    def import_map(self) -> dict[str, str]:
        """Bare specifiers -> URLs under the build: the vendored ones, and `gridtime/`."""
        base = f"{PREFIX}{self.build()}/"
        vendored: dict[str, str] = {}
        if "vendor/importmap.json" in self._stats:
            listed = json.loads((self._folder / "vendor/importmap.json").read_text("utf-8"))
            vendored = listed.get("imports", listed)
        own = {"gridtime/": f"{PREFIX}js/"}
        return {k: v.replace(PREFIX, base, 1) for k, v in {**vendored, **own}.items()}

    async def respond(self, request: Request, path: str) -> Response:
        """`[<build>/]path` -> the file. Raises NotFound."""
        # A page asks for dozens of modules at once: what is known needs no other thread.
        fresh = self._is_fresh(time.monotonic())
        build = self._build if fresh else await run_in_threadpool(self.build)
        first, _, rest = path.partition("/")
        hashed = len(first) == BUILD_DIGITS and rest in self._stats
        name = rest if hashed else path
        if name not in self._stats:
            raise NotFound("There is no such file.")
        kept = self._assets.get(name)
        known = kept is not None and kept[0] == self._stats[name]
        asset = kept[1] if kept and known else await run_in_threadpool(self._asset, name)
        current = hashed and first == build
        return asset_response(request, asset, {"Cache-Control": FOREVER if current else "no-cache"})

    def _asset(self, name: str) -> Asset:
        stat = self._stats[name]
        kept = self._assets.get(name)
        if kept is None or kept[0] != stat:
            try:
                kept = (stat, pack((self._folder / name).read_bytes(), media_type(name)))
            except OSError as error:
                raise NotFound("There is no such file.") from error
            self._assets[name] = kept
        return kept[1]


def walk(folder: Path) -> dict[str, Stat]:
    """Every file below a folder, hidden ones left out -> (size, time of change)."""
    found: dict[str, Stat] = {}
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                path = Path(here, name)
                stat = path.stat()
                found[path.relative_to(folder).as_posix()] = (stat.st_size, stat.st_mtime_ns)
    return found


def digest(folder: Path, stats: Mapping[str, Stat]) -> str:
    """Names and contents -> 12 hex digits."""
    total = hashlib.sha256()
    for name in sorted(stats):
        content = hashlib.sha256((folder / name).read_bytes()).digest()
        total.update(name.encode() + b"\0" + content)
    return total.hexdigest()[:BUILD_DIGITS]


def media_type(name: str) -> str:
    """A file name -> its Content-Type; the table first, since systems disagree about .js."""
    suffix = Path(name).suffix.lower()
    return TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"

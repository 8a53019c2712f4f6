"""Which modules a page will need, so that the browser asks for all of them at once.

    js/pages/cnn.js --import statements, followed through the import map--> URLs, nearest first

Without a bundler the browser finds imports level by level, one round trip each; a page lists them
as `modulepreload` instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urljoin

from app.web.static import StaticSite

STATEMENT = re.compile(
    r"""(?:^|[\n;}])\s*(?:import|export)\s*(?:[\w$*{}\s,]+?\bfrom\s*|[\w$*{}\s,]*?\}\s*from\s*)?"""
    r"""["']([^"'\n]+)["']"""
)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def imports(site: StaticSite, entry: str) -> list[str]:
    """A path inside static/ -> URLs of all modules that it needs, without itself."""
    mapped = site.import_map()
    start = site.url(entry)
    found = [start]
    for url in found:  # grows while it is walked: breadth first
        for specifier in specifiers(site.text(url)):
            target = resolve(specifier, url, mapped)
            if target is not None and target not in found:
                found.append(target)
    return found[1:]


def specifiers(source: str) -> Iterable[str]:
    """The static imports of a module; types in comments are none."""
    return STATEMENT.findall(COMMENT.sub("", source))


def resolve(specifier: str, importer: str, mapped: Mapping[str, str]) -> str | None:
    """What a specifier means to the browser; None for what the import map lacks."""
    if specifier.startswith((".", "/")):
        return urljoin(importer, specifier)
    if specifier in mapped:
        return mapped[specifier]
    prefixes = [key for key in mapped if key.endswith("/") and specifier.startswith(key)]
    if not prefixes:
        return None
    key = max(prefixes, key=len)
    return mapped[key] + specifier[len(key) :]

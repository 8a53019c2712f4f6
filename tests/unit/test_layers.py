"""The browser side's arrows run one way, and every import leads somewhere.

    pages > views > components > stores > api > math > lib

The Python side's arrows are import-linter's (pyproject.toml); that math/ knows no DOM is eslint's.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "static" / "js"
VENDOR = ROOT / "static" / "vendor"
LAYERS = ("pages", "views", "components", "stores", "api", "math", "lib")
COMMENT = re.compile(r"/\*.*?\*/|^\s*//[^\n]*", re.S | re.M)
IMPORT = re.compile(
    r"""(?:^|[;}\n])\s*(?:import|export)\s*(?:[\w$*{][^;"']*?\bfrom\s*)?["']([^"'\n]+)["']"""
    r"""|\bimport\(\s*["']([^"'\n]+)["']\s*\)"""
)
MODULES = sorted(SCRIPTS.rglob("*.js"))


def code(path: Path) -> str:
    """A module without its comments."""
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def specifiers(path: Path) -> list[str]:
    """What a module imports at run time, as it is written."""
    return [static or dynamic for static, dynamic in IMPORT.findall(code(path))]


def target(path: Path, specifier: str) -> Path | None:
    """The own file that a specifier leads to; None for a vendored module."""
    if specifier.startswith("gridtime/"):
        return SCRIPTS / specifier.removeprefix("gridtime/")
    if specifier.startswith("."):
        return (path.parent / specifier).resolve()
    return None


def layer(path: Path) -> int:
    """0 for pages … 6 for lib; a file directly under static/js/ stands above all."""
    first = path.relative_to(SCRIPTS).parts[0]
    return LAYERS.index(first) if first in LAYERS else -1


def name(path: Path) -> str:
    """How a module is called in a failure."""
    return path.relative_to(SCRIPTS).as_posix()


def import_map() -> dict[str, str]:
    """Bare specifier -> URL, as the build hook wrote it."""
    imports: dict[str, str] = json.loads((VENDOR / "importmap.json").read_text())["imports"]
    return imports


def test_specifiers_are_found_in_every_form() -> None:
    source = """
import { a,
  b } from "one";
import c from 'two';
import "three"; export * from "four"
export { d } from "five";
const e = await import("six");
// import "no";
/* import "no"; */
const text = "from 'no'";
"""
    found = [a or b for a, b in IMPORT.findall(COMMENT.sub("", source))]
    assert found == ["one", "two", "three", "four", "five", "six"]


def test_there_are_modules_to_check() -> None:
    assert len(MODULES) > 20
    folders = {path.relative_to(SCRIPTS).parts[0] for path in MODULES if path.parent != SCRIPTS}
    assert folders <= set(LAYERS), "a folder of static/js that is no layer"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_resolve(path: Path) -> None:
    known = import_map()
    for specifier in specifiers(path):
        own = target(path, specifier)
        if own is None:
            assert specifier in known, f"{specifier!r} is not in the import map"
        else:
            assert own.is_file(), f"{specifier!r} leads to no file"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_run_one_way(path: Path) -> None:
    for specifier in specifiers(path):
        own = target(path, specifier)
        if own is not None:
            assert layer(path) <= layer(own), f"{name(path)} must not import {specifier}"


@pytest.mark.parametrize("path", sorted((SCRIPTS / "views").rglob("*.js")), ids=name)
def test_views_import_no_store(path: Path) -> None:
    stores = [s for s in specifiers(path) if s.startswith("gridtime/stores/")]
    assert not stores, "a view takes props or signals, so that Node can draw it in a test"


@pytest.mark.parametrize("path", sorted(VENDOR.glob("*.js")), ids=lambda p: p.name)
def test_vendored_modules_import_what_the_map_holds(path: Path) -> None:
    if path.name == "swagger-ui-bundle.js":
        return  # a classic script with everything inside
    found = re.findall(r"""\b(?:from|import)\s*["']([^"']+)["']""", path.read_text())
    assert set(found) <= set(import_map())

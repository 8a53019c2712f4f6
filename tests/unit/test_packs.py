"""Modules as functions: the same exports, the same instances, the same line numbers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.core.assets import data_folder
from app.web.modules import joined, read, relinked, stub
from app.web.packs import Packs
from app.web.pages import PAGES
from app.web.plan import FIRST, Plan
from app.web.sourcemap import BASE64, source_map, vlq
from app.web.static import StaticSite

FILES = {
    "js/pages/one.js": '''import { h as make } from "library";
import whole from "default";
import {
  half,
  third as part,
} from "gridtime/math/parts.js";
import * as all from "./two.js";
export const sum = half + part; // import { no } from "comment";
export { make as h };
''',
    "js/pages/two.js": '''export { half } from "gridtime/math/parts.js";
export async function later() { return import("gridtime/math/late.js"); }
''',
    "js/math/parts.js": '''const half = 1;
export class Third {}
export const third = 2;
export { half };
''',
    "js/math/other.js": "export const other = 1;",
    "js/math/late.js": '''import { half, third as part } from "gridtime/math/parts.js";
import { other } from "gridtime/math/other.js";
export { later as again } from "../pages/two.js";
''',
}


ONE = "js/pages/one.js"


def plan_of(files: dict[str, str], entry: str = ONE) -> Plan:
    """The plan of a page whose files lie in a dictionary."""
    return Plan(files.__getitem__, entry)


def paths(plan: Plan) -> dict[str, list[str]]:
    """Files -> the paths of their modules."""
    return {name: [module.path for module in modules] for name, modules in plan.files.items()}


def test_what_is_needed_runs_first() -> None:
    assert paths(plan_of(FILES)) == {
        FIRST: ["js/math/parts.js", "js/pages/two.js", ONE],
        "js/math/late.js": ["js/math/other.js", "js/math/late.js"],
    }


def test_every_module_has_one_home() -> None:
    files = {
        ONE: 'const f = [import("gridtime/a.js"), () => import("gridtime/b.js")];',
        "js/a.js": 'import { s } from "gridtime/s.js";\nexport const a = () => import("./c.js");',
        "js/b.js": 'import { s } from "gridtime/s.js";',
        "js/c.js": 'import { a } from "gridtime/a.js";\nimport { d } from "gridtime/d.js";',
        "js/d.js": 'import { s } from "gridtime/s.js";\n/** @type {import("gridtime/no.js")} */',
        "js/s.js": "export const s = 1;",
    }
    plan = plan_of(files)
    assert paths(plan) == {
        FIRST: [ONE], "js/a.js": ["js/a.js"], "js/b.js": ["js/b.js"],
        "js/c.js": ["js/d.js", "js/c.js"],
    }  # fmt: skip
    assert "js/s.js" not in plan.homes  # two need it, and neither comes first
    head = joined(plan, "js/c.js", "at/{}".format).split("\n")[0]
    assert head == (
        'import * as $js_s_js from "at/js/s.js"; '
        'import { "js/a.js" as $js_a_js } from "at/js/a.js";'
    )
    assert "export const { a } = $js_a_js;" in joined(plan, "js/a.js", str)


def test_a_pack_takes_the_place_of_its_modules() -> None:
    lines = joined(plan_of(FILES), FIRST, str).split("\n")
    assert lines[0] == 'import * as $library from "library"; import * as $default from "default";'
    assert lines[1] == "const $js_math_parts_js = (() => {"
    assert "const { half, third: part, } = $js_math_parts_js;" in lines
    assert "const { h: make } = $library;" in lines
    assert "const { default: whole } = $default;" in lines
    assert "const all = $js_pages_two_js;" in lines
    assert "return { half: $js_math_parts_js.half, later: later }; })();" in lines
    assert "return { h: make, sum: sum }; })();" in lines
    assert lines[-3].endswith('$js_pages_one_js as "js/pages/one.js" }; ')


def test_a_module_that_stays_a_file_takes_packed_ones_from_the_pack() -> None:
    homes = dict.fromkeys(("js/math/parts.js", "js/pages/two.js"), "P")
    text = relinked("js/math/late.js", FILES["js/math/late.js"], homes, str)
    assert text.split("\n") == [
        'import { "js/math/parts.js" as $js_math_parts_js } from "P"; '
        "const { half, third: part } = $js_math_parts_js;",
        'import { other } from "gridtime/math/other.js";',
        'import { "js/pages/two.js" as $js_pages_two_js } from "P"; '
        "export const again = $js_pages_two_js.later;",
        "",
    ]
    assert stub(read("js/math/parts.js", FILES["js/math/parts.js"]), "P") == (
        'import { "js/math/parts.js" as $all } from "P"; '
        "export const { half, Third, third } = $all;"
    )


@pytest.mark.parametrize(
    "source",
    ["export default 1;", "export let a = 1;", 'import { a } from "b"', "export * from b;"],
)
def test_other_forms_are_refused(source: str) -> None:
    with pytest.raises(ValueError, match=r"a[.]js: cannot be packed"):
        read("a.js", source)


def test_circles_are_named() -> None:
    with pytest.raises(ValueError, match=r"a[.]js > b[.]js > a[.]js"):
        plan_of({"a.js": 'import "./b.js";', "b.js": 'import "./a.js";'}, "a.js")


@pytest.mark.parametrize("page", [row.name for row in PAGES])
def test_every_line_leads_to_the_line_it_was(page: str) -> None:
    site = StaticSite(data_folder("static"))
    plan = Plan(Packs(site).source, f"js/pages/{page}.js")
    for name, modules in plan.files.items():
        table = json.loads(source_map(modules, site.url))
        assert same_lines(site, table, joined(plan, name, str).split("\n")) > 20


def same_lines(site: StaticSite, table: dict[str, Any], made: list[str]) -> int:
    """How many lines of a packed file are, where the map says so, as they were written."""
    source = line = found = 0
    for text, entry in zip(made, table["mappings"].split(";"), strict=False):
        if not entry:
            continue
        _, step, lines, _ = numbers(entry)
        source, line = source + step, line + lines
        written = site.text(table["sources"][source]).split("\n")[line]
        if not written.startswith(("import", "export", " ", "}")):
            assert text == written
            found += 1
    return found


def numbers(entry: str) -> list[int]:
    """The whole numbers of one entry of a source map."""
    found, value, shift = [], 0, 0
    for digit in map(BASE64.index, entry):
        value |= (digit & 31) << shift
        shift += 5
        if not digit & 32:
            found.append(-(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    return found


@pytest.mark.parametrize("number", [0, 1, -1, 15, 16, -16, 1000, -123456])
def test_numbers_survive_base_64(number: int) -> None:
    assert numbers(vlq(number)) == [number]

"""Lines of a packed file -> lines of the modules as written, for the browser's developer tools.

The format is ECMA-426, version 3 (tc39.es/ecma426): one entry a line, numbers as steps in base 64.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

from app.web.modules import Module

BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def source_map(modules: Sequence[Module], url: Callable[[str], str]) -> str:
    """The map of a file that `joined` made of these modules; `url` says where each one lies."""
    return json.dumps({
        "version": 3,
        "sources": [url(module.path) for module in modules],
        "names": [],
        "mappings": ";".join(segments(modules)),
    })  # fmt: skip


def segments(modules: Sequence[Module]) -> Iterator[str]:
    """One entry for each line of `joined`; its numbers are steps from the entry before."""
    line = 0
    yield ""
    for at, module in enumerate(modules):
        yield ""
        for number, _ in enumerate(module.body.split("\n")):
            yield "A" + vlq(1 if at and not number else 0) + vlq(number - line) + "A"
            line = number
        yield ""


def vlq(number: int) -> str:
    """A whole number in base 64, its sign in the lowest bit, five bits a digit."""
    left, digits = abs(number) << 1 | (number < 0), ""
    while True:
        left, digit = left >> 5, left & 31
        digits += BASE64[digit | (32 if left else 0)]
        if not left:
            return digits

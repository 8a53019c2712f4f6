"""Writing TOML (the standard library only reads it): a card in the order it was given.

dict --> top-level values, then [tables], then [[arrays of tables]]; a list of dicts inside a
table is written one inline table a line, so that layers read as a list.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def dumps(document: Mapping[str, Any]) -> str:
    """A document of values, tables and arrays of tables. None values are left out."""
    values = {k: v for k, v in document.items() if not _is_table(v) and not _is_tables(v)}
    blocks = ["\n".join(_lines(values))]
    for key, value in document.items():
        if _is_table(value):
            blocks.append("\n".join([f"[{_key(key)}]", *_lines(value)]))
        elif _is_tables(value):
            blocks += ["\n".join([f"[[{_key(key)}]]", *_lines(row)]) for row in value]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping)


def _is_tables(value: Any) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(map(_is_table, value))


def _lines(table: Mapping[str, Any]) -> list[str]:
    """`key = value` lines of one table."""
    return [f"{_key(k)} = {_value(v, wide=True)}" for k, v in table.items() if v is not None]


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _string(key)


def _string(text: str) -> str:
    """A basic string; JSON's escapes are TOML's, but for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any, wide: bool = False) -> str:
    """One value on one line; where `wide`, a list of tables or a long list takes a line each."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else str(value)
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items() if v is not None)
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list | tuple):
        parts = [_value(v) for v in value]
        flat = f"[{', '.join(parts)}]"
        if wide and (_is_tables(value) or len(flat) > 90):
            return "[\n" + "".join(f"  {part},\n" for part in parts) + "]"
        return flat
    raise TypeError(f"{type(value).__name__} has no TOML form")

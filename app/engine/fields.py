"""Members of a JSON object, taken one by one: the right kind within its bounds, or a BadOption.

    {"op": "scale", "tensor": "relu1", …} --Fields--> text("tensor"), whole("channel"), …

Every sentence names the place ("edits[3]") and the member, so that a visitor finds it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, TypeGuard

from app.core.errors import BadOption

LARGEST = 1e3
LONGEST_NAME = 200
WIDEST_KERNEL = 64


class Fields:
    """One object at `place`; members that are not `allowed` are refused at once."""

    def __init__(self, raw: Mapping[str, Any], place: str, allowed: tuple[str, ...]) -> None:
        unknown = [str(key) for key in raw if key not in allowed]
        if unknown:
            known = ", ".join(allowed)
            raise BadOption(f"{place} has no member {unknown[0][:40]!r}; it has {known}.")
        self._raw, self._place = raw, place

    def text(self, name: str) -> str:
        """A name."""
        value = self._raw.get(name)
        if not isinstance(value, str) or not 0 < len(value) <= LONGEST_NAME:
            raise self._wrong(name, "must be a name")
        return value

    def whole(self, name: str) -> int:
        """A whole number from 0."""
        value = self._raw.get(name)
        if not is_whole(value) or not 0 <= value < 2**31:
            raise self._wrong(name, "must be a whole number from 0")
        return value

    def whole_or_none(self, name: str) -> int | None:
        """The same; null or left out is None."""
        return None if self._raw.get(name) is None else self.whole(name)

    def number(self, name: str) -> float:
        """A finite number of at most 1,000 in size."""
        return self._number(self._raw.get(name), name)

    def number_or_none(self, name: str) -> float | None:
        """The same; null or left out is None."""
        return None if self._raw.get(name) is None else self.number(name)

    def names(self, name: str) -> bool:
        """Whether the member was given, be it null."""
        return name in self._raw

    def part_or_none(self, name: str, allowed: tuple[str, ...]) -> Fields | None:
        """An object within the object; null or left out is None."""
        value = self._raw.get(name)
        if value is not None and not isinstance(value, Mapping):
            raise self._wrong(name, f"must be an object of {' and '.join(allowed)}, or null")
        return None if value is None else Fields(value, f"{name} of {self._place}", allowed)

    def words(self, name: str) -> str:
        """A text to be read; whether there is anything to read in it is seen when it is cut."""
        value = self._raw.get(name)
        if not isinstance(value, str):
            raise self._wrong(name, "must be a text")
        return value

    def sheet(self, name: str) -> tuple[tuple[float, ...], ...]:
        """Rows of numbers, all of one length; whether they fit a layer is seen with the layer."""
        rows = self._raw.get(name)
        if not isinstance(rows, list) or not 0 < len(rows) <= WIDEST_KERNEL:
            raise self._wrong(name, f"must be 1 to {WIDEST_KERNEL} rows of numbers")
        for row in rows:
            if not isinstance(row, list) or not 0 < len(row) <= WIDEST_KERNEL:
                raise self._wrong(name, f"must have 1 to {WIDEST_KERNEL} numbers in every row")
            if len(row) != len(rows[0]):
                raise self._wrong(name, "must have rows of one length")
        return tuple(tuple(self._number(value, name) for value in row) for row in rows)

    def _number(self, value: object, name: str) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self._wrong(name, "must be a number")
        if not math.isfinite(value) or abs(value) > LARGEST:
            raise self._wrong(name, "must be a number from −1,000 to 1,000")
        return float(value)

    def _wrong(self, name: str, what: str) -> BadOption:
        return BadOption(f"{name} of {self._place} {what}.")


def is_whole(value: object) -> TypeGuard[int]:
    """Whether this is an int; JSON's true and false are not."""
    return isinstance(value, int) and not isinstance(value, bool)

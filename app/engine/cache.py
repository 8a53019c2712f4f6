"""Answers about shipped samples, least recently used dropped beyond a number of bytes.

Nothing that a visitor sent is ever kept, and no key is longer than the digest that `short` makes:
the options of a request are a visitor's own words, and may be many.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock


class Cache:
    """Key -> bytes, safe to use from many threads."""

    def __init__(self, limit: int, entry: int = 0) -> None:
        """`limit` in bytes; every answer counts with `entry` more, for its key and its place."""
        self._limit, self._entry = limit, entry
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key: Hashable) -> bytes | None:
        """What was kept under a key, or None."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: Hashable, value: bytes) -> None:
        """Keeps a value, unless it alone would fill a quarter of the cache."""
        if len(value) > self._limit // 4:
            return
        with self._lock:
            old = self._kept.pop(key, None)
            self._size += self._cost(value) - (0 if old is None else self._cost(old))
            self._kept[key] = value
            while self._size > self._limit:
                self._size -= self._cost(self._kept.popitem(last=False)[1])

    def _cost(self, value: bytes) -> int:
        return len(value) + self._entry


def short(*parts: object) -> bytes:
    """A key of 32 bytes for parts whose repr says all of them, as a dataclass's does."""
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).digest()

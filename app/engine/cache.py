"""Answers about shipped samples, least recently used dropped beyond a number of bytes.

Nothing that a visitor sent is ever kept: the keys are names of samples and of options.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock


class Cache:
    """Key -> bytes, safe to use from many threads."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
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
            self._size += len(value) - len(self._kept.pop(key, b""))
            self._kept[key] = value
            while self._size > self._limit:
                self._size -= len(self._kept.popitem(last=False)[1])

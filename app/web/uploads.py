"""A request's body in memory, counted while it arrives, with or without Content-Length.

    receive --chunks, counted--> bytes        too many: TooLarge, and the rest is thrown away
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from app.core.errors import BadRequest, GridtimeError, TooLarge

MOST_THROWN_AWAY = 100_000_000
SLOW = "The upload took too long. Try again, or save it smaller."


@dataclass(frozen=True)
class BodyLimits:
    """Largest upload in bytes, and how long it may take to arrive."""

    upload: int
    seconds: float


class Upload:
    """The body of one request; `ended` once its last byte was received."""

    def __init__(self, request: Request, limits: BodyLimits) -> None:
        self._request = request
        self._seconds = limits.seconds
        self.ended = False

    async def read(self, limit: int) -> bytes:
        """The whole body. Raises TooLarge, or 408 for one that trickles in."""
        announced = self.announced()
        if announced is not None and announced > limit:
            raise too_large(announced, limit)
        chunks: list[bytes] = []
        size = 0
        try:
            async with asyncio.timeout(self._seconds):
                while not self.ended:
                    chunks.append(await self._next())
                    size += len(chunks[-1])
                    if size > limit:
                        raise too_large(None, limit)
        except TimeoutError as error:
            raise HTTPException(408, SLOW) from error
        return chunks[0] if len(chunks) == 1 else b"".join(chunks)

    async def throw_away(self) -> None:
        """Reads the rest of a body that was refused: a browser that is still sending when the
        connection closes shows "connection reset" and never our sentence.
        """
        left = MOST_THROWN_AWAY
        if self.ended or (self.announced() or 0) > left:
            return
        try:
            async with asyncio.timeout(self._seconds):
                while not self.ended and left > 0:
                    left -= len(await self._next())
        except (TimeoutError, ClientDisconnect):
            return

    def announced(self) -> int | None:
        """Content-Length, if there is one."""
        raw = self._request.headers.get("content-length")
        if raw is not None and not raw.isdecimal():
            raise BadRequest("Content-Length is not a number.")
        return None if raw is None else int(raw)

    async def _next(self) -> bytes:
        message = await self._request.receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        self.ended = not message.get("more_body", False)
        chunk: bytes = message.get("body", b"")
        return chunk


def too_large(size: int | None, limit: int) -> TooLarge:
    """The sentence with both numbers, in megabytes."""
    allowed = f"{limit / 1e6:.0f}" if limit >= 1_000_000 else f"{limit / 1e6:.3g}"
    said = f"is {size / 1e6:.0f} MB" if size and size > 1.05 * limit else "is too large"
    return TooLarge(f"This file {said}; the limit is {allowed} MB. Save it smaller.")


@asynccontextmanager
async def uploaded(request: Request, limits: BodyLimits) -> AsyncIterator[Upload]:
    """A body to be read. Where it is refused, the rest is thrown away before the refusal goes."""
    upload = Upload(request, limits)
    try:
        yield upload
    except GridtimeError:
        await upload.throw_away()
        raise

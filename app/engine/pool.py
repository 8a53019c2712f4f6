"""A bounded number of threads behind a bounded number of places.

    request --place()--> a place, or Overloaded (503)  --run(job)--> a thread, or the time-out

A place is taken before a body is read, so that memory stays bounded by places × upload limit.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from app.core.errors import Overloaded

T = TypeVar("T")
Gone = Callable[[], Awaitable[None]]
BUSY = "Server busy. Trying again in 2 s."


class ClientGone(Exception):
    """The visitor closed the connection while the job was still waiting."""


class Pool:
    """Threads for work that would block the event loop. Used from one event loop only."""

    def __init__(self, *, workers: int, queue: int, timeout_seconds: float) -> None:
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="gridtime")
        self._workers = workers
        self._timeout = timeout_seconds
        self._free = workers + queue
        self._running = 0

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place in the queue for the time of a `with`. Raises Overloaded when all are taken."""
        if self._free <= 0:
            raise Overloaded(BUSY)
        self._free -= 1
        try:
            yield
        finally:
            self._free += 1

    async def run(self, job: Callable[[], T], gone: Gone | None = None) -> T:
        """Runs `job` in a thread. `gone` returns once the visitor has left: a job that still waits
        then is dropped. Raises Overloaded after the time-out, ClientGone, or what the job raises.
        """
        # Watching the connection costs a task, so it is watched only where there is a wait.
        watched = gone if self._running >= self._workers else None
        self._running += 1
        future = self._threads.submit(job)
        wrapped = asyncio.wrap_future(future)
        wrapped.add_done_callback(self._done)
        try:
            async with asyncio.timeout(self._timeout):
                return await (wrapped if watched is None else first(wrapped, watched))
        except TimeoutError as error:
            raise Overloaded(f"This took longer than {self._timeout:g} s. Try again.") from error
        finally:
            future.cancel()  # only a job that no thread has begun can be cancelled

    def _done(self, future: asyncio.Future[T]) -> None:
        self._running -= 1
        if not future.cancelled():
            future.exception()  # a job that failed after its time-out is not an unseen error

    def close(self) -> None:
        """Stops taking jobs; those that wait are dropped."""
        self._threads.shutdown(wait=False, cancel_futures=True)


async def first(job: asyncio.Future[T], gone: Gone) -> T:
    """The job's result. Raises ClientGone if the visitor leaves before there is one."""
    watcher = asyncio.ensure_future(gone())
    try:
        waited: set[asyncio.Future[Any]] = {job, watcher}
        await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
        if not job.done():
            raise ClientGone
        return job.result()
    finally:
        watcher.cancel()

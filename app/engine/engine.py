"""The one door to the networks: a request in, encoded bytes out, work in threads, samples cached.

    Request --Work--> Answer(about, tensors) --encode--> bytes
       \\____________ one job in one thread of the pool ___/

`encode` is the caller's (JSON or safetensors), so that writing a large answer does not hold up
the event loop either. Answers about shipped samples are kept; a visitor's own never are.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeVar

import torch

from app.core.settings import Settings
from app.engine.asks import Corpus, SampleName
from app.engine.cache import Cache, short
from app.engine.explaining import explain
from app.engine.first import Signs
from app.engine.lab import Laboratory
from app.engine.options import Options
from app.engine.pool import Gone, Pool
from app.engine.reaching import reaching
from app.engine.requests import Answer, Encoder, Explain, Gradient, Reach, Request
from app.engine.slopes import fading
from app.engine.speed import Speedometer
from app.engine.states import states_of
from app.engine.work import Work
from app.zoo import Zoo

T = TypeVar("T")
R = TypeVar("R", bound=Request)
CACHE_BYTES = 64_000_000
# Answers to changed runs have a cache of their own: a slider makes hundreds, which would otherwise
# drop the plain answers that every page begins with.
CHANGED_BYTES = 24_000_000
ENTRY_BYTES = 500


class Engine:
    """Runs the models of a zoo for many visitors."""

    def __init__(self, settings: Settings, zoo: Zoo) -> None:
        share_cores(settings.workers)
        self.zoo = zoo
        self._work = Work(settings, zoo)
        self.graphs = self._work.graphs
        self._pool = Pool(
            workers=settings.workers,
            queue=settings.queue,
            timeout_seconds=settings.timeout_seconds,
        )
        self._plain = Cache(CACHE_BYTES, ENTRY_BYTES)
        self._changed = Cache(CHANGED_BYTES, ENTRY_BYTES)
        self.lab = Laboratory(self._pool, self._changed, settings.timeout_seconds)
        self.signs = Signs(zoo.folder)
        self.speed = Speedometer(self._pool, zoo, self.graphs)

    def close(self) -> None:
        """Drops what still waits."""
        self._pool.close()

    def place(self) -> AbstractContextManager[None]:
        """A place in the queue, taken before a body is read. Raises Overloaded."""
        return self._pool.place()

    async def run(self, job: Callable[[], T], gone: Gone | None = None) -> T:
        """Any other work on models, in the same threads and under the same time-out."""
        return await self._pool.run(job, gone)

    async def predict(self, request: Request, encode: Encoder, gone: Gone | None = None) -> bytes:
        """The prediction and what was done to the input."""
        return await self._kept(request, encode, gone, self._work.predict)

    async def trace(self, request: Request, encode: Encoder, gone: Gone | None = None) -> bytes:
        """The same with the graph and every chosen tensor."""
        return await self._kept(request, encode, gone, self._work.trace)

    async def effects(self, request: Request, encode: Encoder, gone: Gone | None = None) -> bytes:
        """How much each unit of a reader's last layer moves the answer."""
        return await self._kept(request, encode, gone, self._work.effects)

    async def atlas(self, request: Request, encode: Encoder, gone: Gone | None = None) -> bytes:
        """The 8-bit first draw of a shipped sample."""
        return await self._kept(request, encode, gone, self._work.atlas)

    async def states(self, request: Request, encode: Encoder, gone: Gone | None = None) -> bytes:
        """h of the last recurrent layer, after every word."""
        return await self._kept(request, encode, gone, self._states)

    def _states(self, request: Request) -> Answer:
        return states_of(self._work, request)

    async def explain(self, request: Explain, encode: Encoder, gone: Gone | None = None) -> bytes:
        """Why an answer: maps of what it hangs on."""
        return await self._kept(request, encode, gone, self._explain)

    def _explain(self, request: Explain) -> Answer:
        return explain(self._work.ready(request), request)

    async def gradient(self, request: Gradient, encode: Encoder, gone: Gone | None = None) -> bytes:
        """How the error signal fades on its way back through a text."""
        return await self._kept(request, encode, gone, self._gradient)

    def _gradient(self, request: Gradient) -> Answer:
        return fading(self._work.ready(request), request)

    async def reach(self, request: Reach, encode: Encoder, gone: Gone | None = None) -> bytes:
        """How far the answer, or one cell, moves with each word or row."""
        return await self._kept(request, encode, gone, self._reach)

    def _reach(self, request: Reach) -> Answer:
        return reaching(self._work.ready(request), request)

    async def _kept(
        self, request: R, encode: Encoder, gone: Gone | None, job: Callable[[R], Answer]
    ) -> bytes:
        """The answer's bytes, from a cache if they are about what is shipped."""
        if not isinstance(request.ask, (SampleName, Corpus)) or request.options.personal:
            return await self._pool.run(lambda: encode(job(request)), gone)
        plain = request.options == Options() and not isinstance(request, Explain)
        cache = self._plain if plain else self._changed
        key = (encode, short(job.__name__, request))
        kept = cache.get(key)
        if kept is None:
            kept = await self._pool.run(lambda: encode(job(request)), gone)
            cache.put(key, kept)
        return kept


def share_cores(workers: int) -> None:
    """Divides the cores among the workers. More threads than cores wait for each other: with two
    workers of two threads each on two cores, a forward pass took three times as long.
    """
    if "OMP_NUM_THREADS" not in os.environ:
        torch.set_num_threads(max(1, (os.cpu_count() or 1) // workers))

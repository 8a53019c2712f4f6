"""The live measurement of speed: one at a time, bounded, a point a line.

    JSON --parse_speed--> Race --turn()--> Engaged (429) while another runs
      --measure--> start | point | point | … | end --write--> the visitor, as they come
                   each point one short job in the pool; after it others have the thread

One at a time in this process: where several replicas serve, one runs on each, and each keeps its
own last measurement. Nothing of it is written to disk.
"""

from __future__ import annotations

import asyncio
import math
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from app.core.errors import BadOption, Engaged, NotFound, Overloaded
from app.engine.fields import Fields, is_whole
from app.engine.graphs import Graphs
from app.engine.passes import LADDER, LONGEST, NOTE, point, readers, tasks
from app.engine.pool import ClientGone, Gone, Pool
from app.zoo import Zoo
from app.zoo.machine import Machine, machine
from app.zoo.speed import Speed, SpeedPoint, SpeedReader, Unreached, read_speed

MEMBERS = ("lengths", "seconds")
MOST_LENGTHS = 12
MOST_SECONDS = 20.0
AGAIN = 5  # seconds after which another visitor may ask again, at most
HERE = "POST /api/v1/lab/speed"
TAKEN = "Another measurement runs on this server. Trying again in {0} s."
NOBODY = "Nothing has been measured here yet. POST to this address measures it now."
Json = dict[str, Any]
Write = Callable[[Json], Awaitable[None]]


@dataclass(frozen=True)
class Race:
    """Lengths in words, short ones first, and the seconds that it may take."""

    lengths: tuple[int, ...] = LADDER
    seconds: float = MOST_SECONDS


def parse_speed(raw: object) -> Race:
    """A JSON object -> what is measured; {} is all of it. Raises BadOption."""
    if not isinstance(raw, Mapping):
        raise BadOption('Send a JSON object such as {"lengths": [10, 100, 1000]}, or {}.')
    seconds = Fields(raw, "body", MEMBERS).number_or_none("seconds")
    if seconds is not None and not 1 <= seconds <= MOST_SECONDS:
        raise BadOption(f"seconds must be a number from 1 to {MOST_SECONDS:g}.")
    lengths = raw.get("lengths")
    chosen = LADDER if lengths is None else parse_lengths(lengths)
    return Race(chosen, MOST_SECONDS if seconds is None else seconds)


def parse_lengths(raw: object) -> tuple[int, ...]:
    """Different whole numbers, in any order."""
    if not isinstance(raw, list) or not 1 <= len(raw) <= MOST_LENGTHS:
        raise BadOption(f"lengths is a list of 1 to {MOST_LENGTHS} numbers of words.")
    if not all(is_whole(n) and 1 <= n <= LONGEST for n in raw):
        raise BadOption(f"lengths must be whole numbers from 1 to {LONGEST:,}.")
    if len(set(raw)) < len(raw):
        raise BadOption("lengths names a number twice. Name it once.")
    return tuple(sorted(raw))


class Speedometer:
    """Measures for one visitor at a time. Used from one event loop only."""

    def __init__(self, pool: Pool, zoo: Zoo, graphs: Graphs) -> None:
        self._pool, self._zoo, self._graphs = pool, zoo, graphs
        self._until: float | None = None  # when the measurement that runs must end
        self._last: Speed | None = None

    @contextmanager
    def turn(self, race: Race) -> Iterator[None]:
        """The one turn, for the time of a `with`. Raises Engaged while another has it."""
        if self._until is not None:
            left = min(AGAIN, max(1, math.ceil(self._until - time.monotonic())))
            raise Engaged(TAKEN.format(left), left)
        self._until = time.monotonic() + race.seconds
        try:
            yield
        finally:
            self._until = None

    def last(self) -> Speed:
        """The last measurement of the whole ladder since the start, else the one that is shipped.

        Raises NotFound where there is neither.
        """
        found = self._last or read_speed(self._zoo.folder)
        if found is None:
            raise NotFound(NOBODY)
        return found

    async def measure(self, race: Race, write: Write, gone: Gone) -> Speed:
        """Writes a line after every point, and gives all of them at the end. Raises ClientGone as
        soon as the visitor has left.
        """
        left, stop = asyncio.ensure_future(gone()), threading.Event()
        left.add_done_callback(lambda _: stop.set())
        try:
            found = await self._pool.run(partial(readers, self._zoo, self._graphs))
            run = Run(race, found, time.monotonic(), machine(1))
            await write(run.start())
            for task in tasks(race.lengths, found):
                made = await self._point(task, run, stop)
                if left.done():
                    raise ClientGone
                await write(run.add(task, made))
            await write(run.end())
        finally:
            stop.set()  # a pass that has begun is the last
            left.cancel()
        whole = run.whole()
        if race == Race():  # a short one of one visitor is not what the next wants to see
            self._last = whole
        return whole

    async def _point(self, task: Unreached, run: Run, stop: threading.Event) -> SpeedPoint | None:
        """One point, unless there is no time left for it or no thread comes free."""

        def over() -> bool:
            return stop.is_set() or run.left() <= 0

        if over():
            return None
        job = partial(point, self._zoo, self._graphs, task.model, task.length, over)
        try:
            async with asyncio.timeout(run.left() + 1):
                return await self._pool.run(job)
        except (TimeoutError, Overloaded):
            return None


class Run:
    """One measurement while it grows."""

    def __init__(self, race: Race, of: list[SpeedReader], started: float, where: Machine) -> None:
        self.race, self.readers, self._started, self._where = race, of, started, where
        self.points: list[SpeedPoint] = []
        self.missing: list[Unreached] = []

    def left(self) -> float:
        """Seconds that it may still take."""
        return self._started + self.race.seconds - time.monotonic()

    def start(self) -> Json:
        """The first line: what will be measured, and where."""
        return {
            "type": "start",
            "machine": self._where.model_dump(),
            "lengths": list(self.race.lengths),
            "ladder": list(LADDER),
            "seconds": self.race.seconds,
            "readers": [reader.model_dump() for reader in self.readers],
            "note": NOTE,
        }

    def add(self, task: Unreached, made: SpeedPoint | None) -> Json:
        """Keeps a point, or that there was no time for it; gives its line."""
        if made is None:
            self.missing.append(task)
            return {"type": "missing", **task.model_dump()}
        self.points.append(made)
        return {"type": "point", **made.model_dump()}

    def end(self) -> Json:
        """The last line."""
        missing = [one.model_dump() for one in self.missing]
        took = round(time.monotonic() - self._started, 2)
        return {"type": "end", "seconds": took, "measured": now(), "missing": missing}

    def whole(self, command: str = HERE, here: bool = True) -> Speed:
        """All of it, as it is kept."""
        return Speed(
            here=here,
            command=command,
            measured=now(),
            seconds=round(time.monotonic() - self._started, 2),
            machine=self._where,
            ladder=list(LADDER),
            lengths=list(self.race.lengths),
            note=NOTE,
            readers=self.readers,
            points=self.points,
            missing=self.missing,
        )


def now() -> str:
    """2026-11-23T20:15:00+00:00."""
    return datetime.now(UTC).isoformat(timespec="seconds")

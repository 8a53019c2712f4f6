"""The shapes of the live measurement of speed: a line each, and all of it; with examples."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, RootModel

from app.web.changes import Shape
from app.zoo.machine import Machine
from app.zoo.speed import Speed, SpeedPoint, SpeedReader, Unreached

Length = Annotated[int, Field(ge=1, le=4000)]


class SpeedJson(Shape):
    """What is measured; {} is all of it."""

    lengths: Annotated[list[Length], Field(min_length=1, max_length=12)] | None = Field(
        None,
        description="words of the texts, each length once; default 10 to 4,000 in nine steps",
        json_schema_extra={"uniqueItems": True},
    )
    seconds: Annotated[float, Field(ge=1, le=20)] | None = Field(
        None, description="that it may take; points not reached by then are named. Default 20"
    )


class SpeedAnswer(Speed):
    """The last measurement of all lengths on this server, or that of the command."""


class SpeedStart(Shape):
    """The first line: where it is measured, and what will be."""

    type: Literal["start"]
    machine: Machine
    lengths: list[int]
    ladder: list[int]
    seconds: float
    readers: list[SpeedReader]
    note: str


class SpeedMade(SpeedPoint):
    """A point, as soon as it is measured."""

    type: Literal["point"]


class SpeedMissing(Unreached):
    """A point that there was no time for."""

    type: Literal["missing"]


class SpeedEnd(Shape):
    """The last line; without it the measurement broke off."""

    type: Literal["end"]
    seconds: float
    measured: str
    missing: list[Unreached]


class SpeedLine(RootModel[SpeedStart | SpeedMade | SpeedMissing | SpeedEnd]):
    """One line of the answer: JSON, ended by a line feed."""


WORDS = "The network only, one text at a time, one thread."
WHERE = {"processor": "x86_64", "cores": 2, "threads": 1, "torch": "2.13.0"}
READER = {
    "model": "sentiment-lstm",
    "title": "Sentiment, left to right (LSTM)",
    "kind": "lstm",
    "directions": 1,
    "weights": "6f03de09fdece8ddc61dc14024073be0b338e2c49814bab1e9b95c1c5a457dbd",
    "parameters": 57026,
}
POINT = {
    "model": "sentiment-lstm",
    "length": 1000,
    "ms": {"median": 5.1, "low": 4.8, "high": 6.0, "n": 25},
    "steps": 1000,
    "work": 56256000,
}
LINE: dict[str, Any] = {"type": "point", **POINT}
ANSWER: dict[str, Any] = {
    "here": True,
    "command": "POST /api/v1/lab/speed",
    "measured": "2026-11-23T20:15:00+00:00",
    "seconds": 8.2,
    "machine": WHERE,
    "ladder": [10, 100, 1000],
    "lengths": [10, 100, 1000],
    "note": WORDS,
    "readers": [READER],
    "points": [POINT],
    "missing": [],
}
ASKS = {
    "all": {"summary": "every length", "value": {}},
    "short": {"summary": "three lengths", "value": {"lengths": [10, 100, 1000]}},
    "quick": {"summary": "what two seconds allow", "value": {"seconds": 2}},
}

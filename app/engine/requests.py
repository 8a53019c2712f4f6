"""What passes the engine's door: a request in, an answer and its encoder out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from torch import Tensor

from app.engine.asks import Ask
from app.engine.options import Options


@dataclass(frozen=True)
class Answer:
    """What is sent: `about` as JSON, tensors [no batch axis] in graph order."""

    about: dict[str, Any]
    tensors: dict[str, Tensor] = field(default_factory=dict)


class Encoder(Protocol):
    """Writes an answer. Hashable, because it is part of what a cached answer is known by."""

    def __call__(self, answer: Answer) -> bytes: ...

    def __hash__(self) -> int: ...


@dataclass(frozen=True)
class Request:
    """One ask of one model: `layers` chooses tensors, `steps` (start, stop) rows of a text."""

    model: str
    ask: Ask
    options: Options = field(default_factory=Options)
    layers: tuple[str, ...] | None = None
    steps: tuple[int, int] | None = None


@dataclass(frozen=True)
class Explain(Request):
    """Why an answer: `label` None is the best class, `layer` None the method's own choice, `rows`
    (start, stop) of an occlusion map.
    """

    method: str = "gradcam"
    label: str | None = None
    layer: str | None = None
    rows: tuple[int, int] | None = None


@dataclass(frozen=True)
class Gradient(Request):
    """Gradients through time of the class `label`; None is the class answered."""

    label: str | None = None


@dataclass(frozen=True)
class Reach(Request):
    """How far what a network answers moves with each word or row of its input.

    `label` None is the class answered; `at` None the last word, else the answer after that word.
    With `layer`, one cell of it at `at` instead of the answer: `channel` None is its strongest.
    """

    label: str | None = None
    at: int | None = None
    layer: str | None = None
    channel: int | None = None

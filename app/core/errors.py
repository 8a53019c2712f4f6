"""The exception tree.

    GridtimeError               carries the HTTP status and a sentence a visitor can act on
    ├── ArchitectureError       a card describes a network that cannot be built
    ├── CardError               a model folder that does not validate
    ├── NotFound           404  no such model, sample or layer
    ├── NotAcceptable      406  an Accept header we cannot serve
    ├── TooLarge           413  too many bytes, pixels or tokens
    ├── UnsupportedType    415  a type of input we do not read
    ├── BadRequest         400  not JSON at all
    ├── Unprocessable      422  a known type that cannot be used: undecodable, blank, wrong input
    │   ├── BadOption      422  an option that does not fit the graph
    │   └── LessonError    422  a lesson file that does not validate; names file and line
    └── Overloaded         503  no capacity now; carries retry_after in seconds
        └── Engaged        429  one at a time, and one is running; retry_after too
"""

from __future__ import annotations


class GridtimeError(Exception):
    """Base of all errors. `status` is the HTTP status, `title` its short name for problem+json."""

    status = 500
    title = "Internal error"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class ArchitectureError(GridtimeError):
    """A card describes a network that cannot be built."""

    title = "Bad architecture"


class CardError(GridtimeError):
    """A model folder that does not validate."""

    title = "Bad model card"


class NotFound(GridtimeError):
    """No such model, sample or layer."""

    status = 404
    title = "Not found"


class NotAcceptable(GridtimeError):
    """None of the types in the Accept header can be served."""

    status = 406
    title = "Not acceptable"


class TooLarge(GridtimeError):
    """Too many bytes, pixels or tokens."""

    status = 413
    title = "Too large"


class UnsupportedType(GridtimeError):
    """A type of input that Gridtime does not read."""

    status = 415
    title = "Unsupported type"


class BadRequest(GridtimeError):
    """A body that cannot be parsed."""

    status = 400
    title = "Bad request"


class Unprocessable(GridtimeError):
    """A known type that cannot be used: undecodable, nothing to read, wrong for the model."""

    status = 422
    title = "Cannot be used"


class BadOption(Unprocessable):
    """An option that does not fit the model's graph; the detail names it."""

    title = "Bad option"


class LessonError(Unprocessable):
    """A lesson file that does not validate; the detail names the file and the line."""

    title = "Bad lesson file"


class Overloaded(GridtimeError):
    """No capacity now. `retry_after` is in seconds."""

    status = 503
    title = "Server busy"

    def __init__(self, detail: str, retry_after: int = 2) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class Engaged(Overloaded):
    """This work is done for one visitor at a time, and is being done for another."""

    status = 429
    title = "Too many requests"

"""What a network answers, by its task: the shapes of `predictions`, and how boxes and sentences
came to be.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from app.web.changes import Shape
from app.web.forecasts import Forecast

Probability = Annotated[float, Field(ge=0, le=1)]


class Prediction(Shape):
    """One class."""

    label: str
    probability: Probability
    logit: float


class Value(Shape):
    """The one number that a regression gives."""

    value: float
    unit: str


class Piece(Shape):
    """One letter or piece of a word that was written."""

    text: str
    id: int
    probability: Probability = Field(description="as the network gives it, at temperature 1")


class Letter(Piece):
    """One letter that was written on."""

    draw: Annotated[float, Field(ge=0, lt=1)] | None = Field(
        description="the random number that chose it: the letters lie on the line from 0 to 1, each"
        " as long as its share at this temperature, the likeliest first; null at temperature 0"
    )


class Continuation(Shape):
    """What a network that continues texts goes on with; `steps` name what was likeliest next."""

    text: str
    tokens: list[Letter]
    score: float = Field(description="mean of ln p over its letters", le=0)


class Detected(Shape):
    """A thing that was found: x0, y0, x1, y1 in pixels of the picture as it was sent."""

    label: str
    score: Probability = Field(description="objectness × class probability")
    box: Annotated[list[Annotated[float, Field(ge=0)]], Field(min_length=4, max_length=4)]


class Proposal(Shape):
    """The box of one cell that scores enough, before suppression; in pixels of the square that the
    network sees. `by`: which of the proposals it fell to, itself where it is shown.
    """

    cell: Annotated[list[int], Field(min_length=2, max_length=2, description="row, column")]
    label: str
    score: Probability
    box: Annotated[list[float], Field(min_length=4, max_length=4)]
    by: Annotated[int, Field(ge=0)]


class DetectionGrid(Shape):
    """How the boxes came to be: `stride` px of the square between cells, `grid` rows and columns,
    proposals best first. The trace's tensors objectness, classes and boxes have every cell.
    """

    stride: float
    grid: Annotated[list[int], Field(min_length=2, max_length=2)]
    proposals: list[Proposal]


class Translation(Shape):
    """One sentence that was written, its pieces with "▁" where a space is before them, the end mark
    last.
    """

    text: str
    tokens: list[Piece]
    score: float = Field(description="mean of ln p over its pieces, the end mark counted", le=0)


class Segments(Shape):
    """Which class every pixel has: the tensor `mask` of a trace holds the place of it in `classes`
    at every cell of the network's input; `share` is how much of that each class covers.
    """

    mask: str
    classes: list[str]
    share: list[Probability]


class SearchCandidate(Shape):
    """One way to go on at a step of a beam search; dropped: not among those that are kept."""

    of: int = Field(ge=0, description="place among those kept at the step before")
    text: str
    id: int
    sum: float = Field(le=0, description="of ln p until here")
    score: float = Field(le=0, description="the sum divided by the pieces")
    fate: Literal["kept", "ended", "dropped"]


Predictions = (
    list[Prediction]
    | Annotated[list[Value], Field(min_length=1, max_length=1)]
    | Annotated[list[Continuation], Field(min_length=1, max_length=1)]
    | Annotated[list[Forecast], Field(min_length=1, max_length=1)]
    | list[Detected]
    | Annotated[list[Translation], Field(min_length=1, max_length=8)]
    | Annotated[list[Segments], Field(min_length=1, max_length=1)]
)

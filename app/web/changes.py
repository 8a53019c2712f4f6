"""The shapes of `options`, for OpenAPI: what may be changed about a run, with every edit.

Requests are not parsed through these (engine/options.py does it, with sentences for visitors);
tests hold the two against each other.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """Base of all: no member that is not described."""

    model_config = ConfigDict(extra="forbid")


Finite = Annotated[float, Field(ge=-1000, le=1000)]
Place = Annotated[int, Field(ge=0)]
LayerName = Annotated[str, Field(min_length=1, max_length=200, description="as in the graph")]
Row = Annotated[list[Finite], Field(min_length=1, max_length=64)]


class ScaleEdit(Shape):
    """The output of a layer (or the input) times a factor: 0 switches a channel off."""

    op: Literal["scale"]
    tensor: LayerName
    channel: Place | None = Field(None, description="null: all channels")
    factor: Finite


class KeepEdit(Shape):
    """All other channels of a tensor become 0."""

    op: Literal["keep"]
    tensor: LayerName
    channel: Place


class ReplaceEdit(Shape):
    """A pooling by another over the same windows (skip: the first value of each), or an
    activation by another (none: left out)."""

    op: Literal["replace"]
    layer: LayerName
    with_: Literal["maxpool", "avgpool", "skip", "relu", "tanh", "sigmoid", "none"] = Field(
        alias="with"
    )


class KernelEdit(Shape):
    """Other weights in kernel `out` of a convolution: in its sheet `in`, or, with null, in every
    sheet, divided by their number, so that it reads the mean of the input maps."""

    op: Literal["kernel"]
    layer: LayerName
    out: Place
    in_: Place | None = Field(None, alias="in", description="null: every sheet")
    values: list[Row] = Field(min_length=1, max_length=64, description="rows of the layer's size")
    bias: Finite | None = Field(None, description="null: the learned one")


class ClampEdit(Shape):
    """A gate (lstm.l0.gate.f), a state (….c, ….h) or a word's vector (embedding) held at a value.
    What comes after it in the step, and every later step, is computed with that value."""

    op: Literal["clamp"]
    tensor: LayerName
    step: Place | None = Field(None, description="row 0 is the first word; null: every step")
    unit: Place | None = Field(None, description="null: every unit")
    value: Finite


class OtherText(Shape):
    """The memory (h, and c) after a step of another text, which the same network reads plainly."""

    text: str
    step: Place


class StateEdit(Shape):
    """The memory (h, and c, of every level) after a step becomes another text's, or zeros. With
    step null no memory is handed on: every word is read alone. Readers from left to right only."""

    op: Literal["state"]
    step: Place | None = Field(description="null, only without from: every step")
    from_: OtherText | None = Field(None, alias="from", description="null: reset to zeros")


Edit = Annotated[
    ScaleEdit | KeepEdit | ReplaceEdit | KernelEdit | ClampEdit | StateEdit,
    Field(discriminator="op", description="one change to the network, for this run alone"),
]


class Generate(Shape):
    """How a text is continued; the same seed gives the same random numbers. Edits hold while the
    text is read: what is written on starts from the memory that they left.
    """

    length: int = Field(100, ge=1, le=400, description="letters to write")
    temperature: float = Field(
        0.7, ge=0, le=2, description="drawn from softmax(logits / temperature); 0: the best one"
    )
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 0


class Show(Shape):
    """How much of the picture is there. Of a network that reads row by row the sequence ends after
    `rows`; of another what is below has the mean colour."""

    rows: Place | None = Field(None, description="only the first so many; row readers: from 1")
    hide: Annotated[list[Place], Field(min_length=2, max_length=2)] | None = Field(
        None, description="[first, end]: these rows have the mean colour; they are still read"
    )
    each: bool | None = Field(
        None,
        description="also `steps`: the answer for every number of rows from 0, each read anew;"
        " not for row readers, which answer after every row without it",
    )


class Order(Shape):
    """The picture's parts, or a clip's frames, in another order. Shuffled: one seed, one
    permutation for every input of a size; with seed 0 that of a picture is that of GET /lab/order's
    "one way for all"."""

    of: Literal["rows", "columns", "pixels", "frames"]
    how: Literal["shuffled", "reversed", "held"] | None = Field(
        None, description="default shuffled; held: one frame of a clip stands in the place of all"
    )
    seed: Annotated[int, Field(ge=0, lt=2**31)] | None = Field(
        None, description="default 0; for shuffled alone"
    )
    at: Annotated[int, Field(ge=0, lt=2**31)] | None = Field(
        None, description="which frame is held, default 0; for held alone"
    )


class Noise(Shape):
    """Normal noise on every pixel, kept within black and white; the same seed, the same noise."""

    amount: float = Field(ge=0, le=1, description="standard deviation, of full brightness")
    seed: Annotated[int, Field(ge=0, lt=2**31)] | None = None


class Detect(Shape):
    """Which boxes of a detector are shown; what is left out is as the card has it."""

    score: float | None = Field(
        None, ge=0.01, le=1, description="objectness × class probability, at least"
    )
    overlap: float | None = Field(
        None, ge=0, le=1, description="a box goes whose IoU with a better one is above it"
    )


class Options(Shape):
    """What to change about the run. All of it is in the request; nothing is kept between two."""

    crop: Annotated[list[Place], Field(min_length=3, max_length=3)] | None = Field(
        None, description="[x, y, side]: the square to cut, in pixels of the original"
    )
    shift: (
        Annotated[list[Annotated[int, Field(ge=-32, le=32)]], Field(min_length=2, max_length=2)]
        | None
    ) = Field(
        None,
        description="[dx, dy] in pixels of what the network sees, right and down positive; the"
        " edge left open has the mean colour",
    )
    moment: int | None = Field(None, description="a step of the training, of the card's list")
    edits: list[Edit] | None = Field(
        None,
        max_length=64,
        description="made in order, on copies; readers take clamp and state, other models the rest",
    )
    generate: Generate | None = Field(
        None, description="for networks that continue texts (task generation)"
    )
    turn: float | None = Field(
        None,
        ge=-360,
        le=360,
        description="degrees, clockwise, about the middle; the corners left open have the mean"
        " colour. A picture is turned first, then shifted, then noise is added, then parts change"
        " their order, then rows are hidden",
    )
    noise: Noise | None = Field(None, description="for pictures")
    order: Order | None = Field(
        None, description="for pictures and clips; words are sent in their new order"
    )
    show: Show | None = Field(None, description="for pictures: which rows are there")
    origin: int | None = Field(
        None,
        ge=1,
        description="for series: forecast after so many values; the rest is hidden from the"
        " network, and `backtest` compares what came with what was said",
    )
    season: int | None = Field(
        None,
        ge=2,
        description="for series: how many steps a season has; else a sample's own, or measured",
    )
    frames: Annotated[int, Field(ge=2, le=1000)] | None = Field(
        None,
        description="for networks that read clips: the file is a still picture of so many frames of"
        " one height, one under another, the first on top",
    )
    detect: Detect | None = Field(None, description="for networks that find things (detection)")
    beam: Annotated[int, Field(ge=1, le=8)] | None = Field(
        None, description="for networks that translate: how many beginnings are kept; default 4"
    )

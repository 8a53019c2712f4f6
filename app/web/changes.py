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


Edit = Annotated[
    ScaleEdit | KeepEdit | ReplaceEdit | KernelEdit,
    Field(discriminator="op", description="one change to the network, for this run alone"),
]


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
        None, max_length=64, description="made in order, on copies; models of pictures only"
    )

"""Which part of the picture one cell of a layer sees.

    nodes of a graph, in order --size, stride and offset carried along--> {name: field}

Cell (i, j) of a node sees rows offset_y + i * stride_y … + size_h - 1 of the picture, columns
likewise; parts may lie outside it, where padding is. With J the stride of the layer before:

    size' = size + (k - 1) * dilation * J    stride' = J * stride    offset' = offset - padding * J

(Araujo, Norris and Sim 2019, "Computing receptive fields of convolutional neural networks".)

A layer that joins maps sees what its inputs see together. After one that repeats every cell f times
the stride is J / f, and the field given covers those of all f copies.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, NotRequired, TypedDict

from app.tracing import Node


class Field(TypedDict):
    """Pixels, [vertical, horizontal]. `exact` is there, and False, where pooling to a size that
    does not divide its input gives cells of differing fields: the field then covers each of them.
    """

    size: list[int]
    stride: list[int]
    offset: list[int]
    exact: NotRequired[bool]


class Axis(NamedTuple):
    """The field along one axis, and how many cells the layer has along it."""

    size: int
    stride: int
    offset: int
    cells: int
    exact: bool = True


def receptive_fields(nodes: Sequence[Node]) -> dict[str, Field]:
    """Fields of every node that has one; {} for a network that does not read a picture.

    A vector (flatten, linear, softmax) sees what all cells before it see together, clipped to
    the picture.
    """
    shape = nodes[0]["output_shape"]
    if len(shape) != 3:
        return {}
    picture = [int(n) for n in shape[1:]]
    axes = {"input": [Axis(1, 1, 0, n) for n in picture]}
    for node in nodes[1:]:
        read = [axes[name] for name in node["inputs"]]
        axes[node["name"]] = [
            through(node, axis, joined([one[axis] for one in read]), picture[axis])
            for axis in (0, 1)
        ]
    return {name: as_field(vertical, horizontal) for name, (vertical, horizontal) in axes.items()}


def through(node: Node, axis: int, before: Axis, picture: int) -> Axis:
    """The field after `node` along one axis (0 vertical, 1 horizontal)."""
    attributes, shape = node["attributes"], node["output_shape"]
    if node["op"] == "argmax":
        return before
    if len(shape) != 3:
        return together(before, picture)
    cells = int(shape[1 + axis])
    first = "skip" in node["op"]
    if "kernel_size" in attributes:
        return window(attributes, axis, before, first)._replace(cells=cells)
    if "output_size" in attributes:
        return resized(before, cells, first)
    if "scale_factor" in attributes:
        return repeated(before, int(attributes["scale_factor"]))._replace(cells=cells)
    return before


def joined(parts: Sequence[Axis]) -> Axis:
    """What maps of one size see together."""
    first = min(part.offset for part in parts)
    end = max(part.offset + part.size for part in parts)
    exact = all(part.exact for part in parts)
    return parts[0]._replace(size=end - first, offset=first, exact=exact)


def repeated(before: Axis, times: int) -> Axis:
    """After every cell was repeated: cell i is a copy of cell floor(i / times), which lies up to
    times - 1 of the new strides before where an even stride would put it.
    """
    stride = before.stride // times
    more = (times - 1) * stride
    return before._replace(
        size=before.size + more, stride=stride, offset=before.offset - more, exact=False
    )


def window(attributes: dict[str, Any], axis: int, before: Axis, first: bool = False) -> Axis:
    """After a convolution or a pooling window; `first`: only the first value of it is read.

    A first value in the padding is read from the edge instead: the field then covers both.
    """
    reach = (attributes["kernel_size"][axis] - 1) * attributes.get("dilation", [1, 1])[axis]
    padding = attributes["padding"][axis]
    return before._replace(
        size=before.size + (padding if first else reach) * before.stride,
        stride=before.stride * attributes["stride"][axis],
        offset=before.offset - padding * before.stride,
        exact=before.exact and not (first and padding),
    )


def resized(before: Axis, cells: int, first: bool = False) -> Axis:
    """After adaptive pooling: cell i covers floor(i n / m) … ceil((i + 1) n / m) - 1 of n cells,
    or the first of these.
    """
    n, step = before.cells, before.cells // cells
    ends = [-(-(i + 1) * n // cells) for i in range(cells)]
    starts = [i * n // cells for i in range(cells)]
    lasts = [start + 1 for start in starts] if first else ends
    kernel = max(last - i * step for i, last in enumerate(lasts))
    return Axis(
        size=before.size + (kernel - 1) * before.stride,
        stride=before.stride * step,
        offset=before.offset,
        cells=cells,
        exact=before.exact and n % cells == 0,
    )


def together(before: Axis, picture: int) -> Axis:
    """All cells seen at once, clipped to the picture; a vector stays what it is."""
    last = before.offset + (before.cells - 1) * before.stride + before.size
    first = max(0, before.offset)
    return Axis(min(last, picture) - first, 0, first, 1, before.exact)


def as_field(vertical: Axis, horizontal: Axis) -> Field:
    """Two axes -> what the API sends."""
    axes = (vertical, horizontal)
    field = Field(
        size=[a.size for a in axes],
        stride=[a.stride for a in axes],
        offset=[a.offset for a in axes],
    )
    if not all(a.exact for a in axes):
        field["exact"] = False
    return field

"""What was measured about a model over its held-out split, kept beside its card.

    models/<id>/studies.json --pydantic--> Studies       models/<id>/looks/<layer>.webp

`app.training.study` writes both; the server only reads them. `weights` is the sha256 of the
weights that were measured: where it is not the card's, the figures are of another network.
Every part may be absent.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from app.core.errors import CardError
from app.zoo.card import Part
from app.zoo.measured import read_json

FILE = "studies.json"
Share = Annotated[float, Field(ge=0, le=1)]


class Bin(Part):
    """Answers whose best probability lies in low…high: how sure, and how often right."""

    low: Share
    high: Share
    n: int = Field(ge=0)
    confidence: Share
    accuracy: Share


class Trust(Part):
    """Accuracy with its 95 % Wilson interval, calibration, and what is taken for what.

    `ece`: expected calibration error, the mean over all answers of |confidence - accuracy| of
    their bin (Guo et al. 2017). `confusion`: counts, true class by row, answer by column.
    """

    accuracy: Share
    interval: tuple[Share, Share]
    ece: Share
    bins: list[Bin]
    confusion: list[list[int]]
    classes: list[str]


class Prefers(Part):
    """AUROC of a channel's largest value: pictures of this class against all others."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    label: str = Field(alias="class")
    auroc: Share


class Channel(Part):
    """One channel over the split: statistics of each picture's largest value.

    `p99` its 99th percentile, `most` the largest; `dead`: share of pictures where no value is
    above 0 (so that nothing is left after a ReLU). `best`: the classes that raise it most.
    """

    p99: float
    most: float
    dead: Share
    best: list[Prefers]


class Look(Part):
    """Pictures that the network itself made: one tile a channel, row by row, in one webp.

    `value`: what the channel answers to its picture before it was compressed; `above`: more than
    to 99 % of the held-out pictures. `field`: the part of the tile, in pixels of the network's
    input, that was cut out and enlarged to the tile (height, width).
    """

    image: str = Field(pattern=r"^looks/[\w.-]+\.webp$")
    tile: int = Field(ge=1)
    columns: int = Field(ge=1)
    value: list[float]
    above: list[bool]
    field: tuple[int, int]


class Kernel(Part):
    """What a first-layer kernel is by the measure beside it; degrees 0…180, null if unoriented."""

    kind: Literal["edge", "colour", "corner", "texture", "other"]
    degrees: float | None = Field(default=None, ge=0, le=180)
    index: Share
    grey: Share


class Edges(Part):
    """The kernels of the first layer, and the sentence that says how they were measured."""

    layer: str
    measure: str
    channels: list[Kernel]


class Moved(Part):
    """Relative change of a layer's maps for each shift: as it is, and after moving them back."""

    as_is: list[float]
    moved_back: list[float]


class Shift(Part):
    """How far every layer moves when the picture does, over the split."""

    pixels: list[int]
    direction: str
    measure: str = ""
    n: int = Field(ge=1)
    layers: dict[str, Moved]
    logits: list[float]
    same_answer: list[Share]


class Moment(Part):
    """Accuracy with the weights of one training snapshot."""

    step: int = Field(ge=0)
    accuracy: Share
    n: int = Field(ge=1)


class Studies(Part):
    """models/<id>/studies.json. `command` measures it again."""

    weights: str = Field(pattern=r"^[0-9a-f]{64}$")
    split: str
    n: int = Field(ge=1)
    command: str
    trust: Trust | None = None
    channels: dict[str, list[Channel]] | None = None
    looks: dict[str, Look] | None = None
    edges: Edges | None = None
    shift: Shift | None = None
    moments: list[Moment] | None = None

    def dump(self) -> str:
        """As it is written: one line a part, absent ones left out."""
        lines = [f'"{name}":{self._part(name)}' for name in self.model_fields_set_in_order()]
        return "{\n" + ",\n".join(lines) + "\n}\n"

    def model_fields_set_in_order(self) -> list[str]:
        """Names of the parts that are there, in the order of the schema."""
        return [name for name in type(self).model_fields if getattr(self, name) is not None]

    def parts(self) -> list[str]:
        """Names of the measurements that are there."""
        own = {"weights", "split", "n", "command"}
        return [name for name in self.model_fields_set_in_order() if name not in own]

    def _part(self, name: str) -> str:
        whole = self.model_dump_json(include={name}, by_alias=True)
        return whole[len(name) + 4 : -1]


def read_studies(folder: Path) -> Studies | None:
    """The studies of models/<id>/; None where there are none. Raises CardError."""
    return read_json(folder / FILE, Studies)


def look_path(folder: Path, studies: Studies, layer: str) -> Path | None:
    """The atlas of a layer; None where no pictures were made for it."""
    look = (studies.looks or {}).get(layer)
    path = folder / look.image if look else None
    return path if path and path.is_file() else None


def check_studies(folder: Path) -> None:
    """Raises CardError unless the studies validate and every picture that they name is there."""
    studies = read_studies(folder)
    for layer in (studies and studies.looks) or {}:
        if studies is None or look_path(folder, studies, layer) is None:
            raise CardError(f"{folder.name} names pictures of {layer!r} that are not there.")

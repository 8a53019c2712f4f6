"""The shipped samples: a photograph out of an installed package, a drawing, a recording, a clip or
a series (CSV: a label and a value a line, under one line of names) beside the card, a text.

card.samples entry --> Sample: bytes with their media type, or text
"package:skimage/chelsea.png" is read from the package's data folder without importing it.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from app.core.errors import CardError
from app.zoo.card import SampleEntry

MEDIA_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".wav": "audio/wav",
    ".csv": "text/csv; charset=utf-8",
}
# What is no picture; a shipped GIF is one that moves.
KINDS: dict[str, Literal["audio", "series", "video"]] = {
    "audio/wav": "audio",
    "image/gif": "video",
    "text/csv; charset=utf-8": "series",
}


@dataclass(frozen=True)
class Sample:
    """One shipped example: `content` is the file of a picture, recording or series, `text` a
    sentence; the other is None."""

    name: str
    title: str
    kind: Literal["image", "text", "audio", "series", "video"]
    media_type: str
    content: bytes | None
    text: str | None
    drawing: bool
    credit: str
    season: int | None = None


def read_sample(folder: Path, entry: SampleEntry) -> Sample:
    """The sample of an entry of models/<id>/model.toml. Raises CardError where its file is not."""
    about: dict[str, Any] = {"name": entry.name, "title": entry.title, "credit": entry.credit}
    if entry.text is not None:
        return Sample(
            **about, kind="text", media_type="text/plain; charset=utf-8", content=None,
            text=entry.text, drawing=entry.drawing,
        )  # fmt: skip
    path = sample_path(folder, entry)
    media_type = MEDIA_TYPES[path.suffix.lower()]
    return Sample(
        **about, kind=KINDS.get(media_type, "image"),
        media_type=media_type, content=path.read_bytes(), text=None, drawing=entry.drawing,
        season=entry.season,
    )  # fmt: skip


def sample_path(folder: Path, entry: SampleEntry) -> Path:
    """Where the file of an entry lies."""
    origin, _, place = (entry.source or "").partition(":")
    if ".." in Path(place).parts or Path(place).is_absolute():
        raise CardError(f"Sample {entry.name!r} of {folder.name} leaves its folder: {place}")
    path = folder / place if origin == "file" else _in_package(place)
    found = [p for p in (path, *(path.with_suffix(s) for s in MEDIA_TYPES)) if p.is_file()]
    if not found or found[0].suffix.lower() not in MEDIA_TYPES:
        raise CardError(
            f"Sample {entry.name!r} of {folder.name}: there is no picture, recording or series at "
            f"{path}."
        )
    return found[0]


def values_of(sample: Sample) -> tuple[float, ...]:
    """The numbers of a series: the last member of every line but the first."""
    lines = (sample.content or b"").decode("ascii").splitlines()[1:]
    return tuple(float(line.rpartition(",")[2]) for line in lines)


def _in_package(place: str) -> Path:
    """ "skimage/chelsea.png" -> data/chelsea.png of the installed package."""
    package, _, name = place.partition("/")
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise CardError(f"The package {package!r}, which holds a sample, is not installed.")
    return Path(spec.submodule_search_locations[0]) / "data" / name

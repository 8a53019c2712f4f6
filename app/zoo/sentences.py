"""The project's own sentences: what every reader's units are looked at over.

    models/_shared/sentences.txt, one sentence a line --> Corpus(lines, sha256)

Written for the project, so that they may be shipped and shown; no network is trained on them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from app.core.errors import NotFound
from app.zoo.weights import SHARED

FILE = "sentences.txt"


@dataclass(frozen=True)
class Sentences:
    """Every sentence by its place in the file; `sha256` of the file's bytes."""

    lines: tuple[str, ...]
    sha256: str


def read_sentences(models: Path) -> Sentences:
    """The sentences of a models folder. Raises NotFound where it has none."""
    try:
        content = (models / SHARED / FILE).read_bytes()
    except OSError as error:
        raise NotFound("This server has no sentences of its own. Send a text instead.") from error
    lines = tuple(line for line in content.decode("utf-8").splitlines() if line.strip())
    return Sentences(lines, hashlib.sha256(content).hexdigest())

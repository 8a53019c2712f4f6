"""Small grammars that make sentences: frames with places for words.

    NAME.toml: [words] kind -> words, frames "the {boat} drifted to the bank"
        --load, put--> "the rowing boat drifted to the bank"
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """app/training/NAME.toml, its blocks of words split."""
    text = resources.files("app.training").joinpath(f"{name}.toml").read_text("utf-8")
    table = tomllib.loads(text)
    return {**table, "words": {kind: block.split() for kind, block in table["words"].items()}}


def put(frame: str, words: Mapping[str, Sequence[str]], rng: random.Random) -> str:
    """A frame with a word of its kind in every {place}; "_" joins what counts as one word."""
    made = re.sub(r"\{(\w+)\}", lambda m: str(rng.choice(words[m.group(1)])), frame)
    return made.replace("_", " ")

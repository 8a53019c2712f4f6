"""Writing a model folder, so that what training leaves is what the zoo loads.

    state_dict, card --write_model--> models/<id>/weights.safetensors (without shared tables)
                                      models/<id>/model.toml          (sha256 of the merged file)
    vectors, words --write_shared_table--> models/_shared/<name>/vectors.safetensors, words.txt.gz

The same state_dict always gives the same bytes.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from app.zoo import toml, weights
from app.zoo.card import Card, read_card
from app.zoo.model import assemble, embedding_keys, merged


def write_shared_table(models: Path, name: str, vectors: Tensor, words: Sequence[str]) -> Path:
    """Vectors [V, E] or [V + 1, E] of V words -> models/_shared/<name>/, float16.

    Where the row for unknown words is missing it is added: the mean of all.
    """
    if len(vectors) == len(words):
        vectors = torch.cat([vectors.float(), vectors.float().mean(0, keepdim=True)])
    if len(vectors) != len(words) + 1:
        raise ValueError(f"{len(vectors)} vectors do not fit {len(words)} words and unknown")
    folder = models / weights.SHARED / name
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / weights.TABLE, {"weight": vectors.half()})
    text = "".join(f"{word}\n" for word in words).encode()
    (folder / weights.WORDS).write_bytes(gzip.compress(text, mtime=0))
    return folder


def write_model(
    folder: Path,
    card: Mapping[str, Any],
    state: Mapping[str, Tensor],
    shared: Sequence[str] = (),
) -> Card:
    """Writes models/<id>/ from a card without `weights` and a (folded) net's state_dict.

    The embeddings that `shared` names, in the order of the layers, are left out of the file; the
    tables must be in models/_shared already. Raises CardError where something does not fit.
    """
    keys = embedding_keys(card["architecture"]["layers"])[: len(shared)]
    own = {k: v.detach().contiguous() for k, v in state.items() if k not in keys}
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "weights.safetensors", own)
    tables = [weights.load_table(folder.parent, name) for name in shared]
    full = {**own, **dict(zip(keys, tables, strict=True))}
    entry = {
        "file": "weights.safetensors",
        "sha256": weights.digest(full),
        "bytes": weights.length(full),
        "shared": list(shared),
    }
    text = toml.dumps({**card, "weights": entry})
    (folder / "model.toml").write_text(text, encoding="utf-8")
    written = read_card(folder)
    assemble(written, merged(written, own, tables), None)
    return written


def _write(path: Path, tensors: Mapping[str, Tensor]) -> None:
    """A safetensors file, replaced in one go."""
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.writelines(weights.stream(tensors))
    part.replace(path)

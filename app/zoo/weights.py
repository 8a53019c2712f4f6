"""The weights file that the API gives out: what lies beside the card, merged with shared tables.

    models/<id>/weights.safetensors ----+
                                        +--> one safetensors file, streamed; sha256 is of its bytes
    models/_shared/<table>/vectors -----+    (float16 there, float32 here)

The bytes depend on the tensors alone: names in order, no metadata, header padded with spaces to a
multiple of 8. So `publish` states a sha256 that any later stream reproduces.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from app.core.errors import CardError
from app.inputs.subwords import Subwords, read_subwords
from app.inputs.text import Vocabulary, read_vocabulary

CHUNK = 1 << 20  # bytes in one piece of the stream
SHARED = "_shared"
TABLE = "vectors.safetensors"
WORDS = "words.txt.gz"
SUBWORDS = "subwords.json.gz"
DTYPES = {
    torch.float32: "F32",
    torch.float16: "F16",
    torch.float64: "F64",
    torch.int64: "I64",
    torch.int32: "I32",
    torch.uint8: "U8",
    torch.bool: "BOOL",
}


def load_tensors(path: Path) -> dict[str, Tensor]:
    """All tensors of a safetensors file. Raises CardError, naming the file."""
    try:
        return load_file(path)
    except (OSError, SafetensorError) as error:
        raise CardError(f"{path} cannot be read as safetensors: {error}") from error


def load_table(models: Path, name: str) -> Tensor:
    """The shared table `name` as float32 [V + 1, E]; the last row stands for unknown words."""
    tensors = load_tensors(models / SHARED / name / TABLE)
    if "weight" not in tensors:
        raise CardError(f"The shared table {name!r} has no tensor called 'weight'.")
    return tensors["weight"].float()


def load_words(models: Path, name: str) -> Vocabulary:
    """The words of the shared table `name`."""
    path = models / SHARED / name / WORDS
    try:
        return read_vocabulary(path)
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise CardError(f"{path} cannot be read: {error}") from error


def load_subwords(models: Path, name: str) -> Subwords:
    """The pieces and merges of the shared vocabulary `name`."""
    path = models / SHARED / name / SUBWORDS
    try:
        return read_subwords(path)
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise CardError(f"{path} cannot be read: {error}") from error


def header(tensors: Mapping[str, Tensor]) -> bytes:
    """Length and JSON header of the file: widest type first, so that all lie aligned, then name."""
    entries: dict[str, object] = {}
    offset = 0
    for name in order(tensors):
        tensor = tensors[name]
        end = offset + tensor.numel() * tensor.element_size()
        entries[name] = {
            "dtype": DTYPES[tensor.dtype],
            "shape": list(tensor.shape),
            "data_offsets": [offset, end],
        }
        offset = end
    text = json.dumps(entries, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text


def order(tensors: Mapping[str, Tensor]) -> list[str]:
    """The order in which tensors are written."""
    return sorted(tensors, key=lambda name: (-tensors[name].element_size(), name))


def stream(tensors: Mapping[str, Tensor]) -> Iterator[bytes]:
    """The safetensors file of these tensors, piece by piece."""
    yield header(tensors)
    for name in order(tensors):
        values = tensors[name].detach().contiguous().flatten().numpy().view(np.uint8)
        for start in range(0, len(values), CHUNK):
            yield values[start : start + CHUNK].tobytes()


def length(tensors: Mapping[str, Tensor]) -> int:
    """Bytes of the whole file."""
    body = sum(tensor.numel() * tensor.element_size() for tensor in tensors.values())
    return len(header(tensors)) + body


def digest(tensors: Mapping[str, Tensor]) -> str:
    """sha256 of the whole file, in hexadecimal digits."""
    sha = hashlib.sha256()
    for piece in stream(tensors):
        sha.update(piece)
    return sha.hexdigest()

"""How an answer is written: JSON, or one safetensors file.

    about, tensors --orjson--> {"…", "tensors": {name: {"shape", "dtype", "data": [flat]}}}
    about, tensors --numpy-->  a zip of .npy files, one a tensor; numpy.load needs no pickle for it
    about, tensors --------->  u64 length | header JSON, padded to 8 | tensors, one after another

Tensors never pass through pydantic, and their bytes are copied once.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson
from torch import Tensor

from app.core.errors import NotAcceptable
from app.engine import Answer

DTYPES = {"torch.float32": "F32", "torch.uint8": "U8"}
OPTIONS = orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS


def safetensors(tensors: Mapping[str, Tensor], metadata: Mapping[str, str]) -> bytes:
    """Contiguous CPU tensors -> a safetensors file, in the order given."""
    header: dict[str, Any] = {"__metadata__": metadata}
    # Wider types first would keep every one aligned; callers mix none but put U8 alone.
    parts, offset = [], 0
    for name, tensor in tensors.items():
        end = offset + tensor.nbytes
        header[name] = {
            "dtype": DTYPES[str(tensor.dtype)],
            "shape": tensor.shape,
            "data_offsets": [offset, end],
        }
        values: Any = tensor.numpy()
        parts.append(memoryview(values).cast("B") if end > offset else b"")
        offset = end
    written = orjson.dumps(header, default=list)
    written += b" " * (-len(written) % 8)
    return b"".join([struct.pack("<Q", len(written)), written, *parts])


@dataclass(frozen=True)
class AsSafetensors:
    """Tensors as they are; everything else as JSON under `__metadata__[key]`."""

    key: str = "trace"

    def __call__(self, answer: Answer) -> bytes:
        return safetensors(answer.tensors, {self.key: orjson.dumps(answer.about).decode()})


@dataclass(frozen=True)
class AsNpz:
    """Tensors as `numpy.load` reads them, and everything else as the bytes of `about.json`.

    Written member by member: `numpy.savez` takes names as keyword arguments, and a layer may be
    called `file`.
    """

    def __call__(self, answer: Answer) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as file:
            for name, value in answer.tensors.items():
                with file.open(zipfile.ZipInfo(f"{name}.npy"), "w", force_zip64=True) as member:
                    np.lib.format.write_array(member, value.numpy(), allow_pickle=False)
            file.writestr(zipfile.ZipInfo("about.json"), orjson.dumps(answer.about))
        return buffer.getvalue()


@dataclass(frozen=True)
class AsJson:
    """Everything as JSON; with `tensors`, those too, rounded to `digits` decimals if given."""

    tensors: bool = False
    digits: int | None = None

    def __call__(self, answer: Answer) -> bytes:
        about = answer.about
        if self.tensors:
            written = {name: self._tensor(value) for name, value in answer.tensors.items()}
            about = {**about, "tensors": written}
        return orjson.dumps(about, option=OPTIONS)

    def _tensor(self, value: Tensor) -> dict[str, Any]:
        """[...] -> shape and the values, flat, row-major."""
        flat = value.numpy().reshape(-1)
        if self.digits is not None:
            # In float64, since float32 would print 0.1 as 0.10000000149.
            flat = np.round(flat.astype(np.float64), self.digits)
        return {"shape": list(value.shape), "dtype": "float32", "data": flat}


@dataclass(frozen=True)
class AsSmallJson:
    """JSON with all tensors, where they are few enough to be read as text; else NotAcceptable."""

    most: int
    digits: int | None = None

    def __call__(self, answer: Answer) -> bytes:
        values = sum(value.numel() for value in answer.tensors.values())
        if values > self.most:
            raise NotAcceptable(
                f"These are {values:,} numbers; as JSON at most {self.most:,} are sent. "
                "Put application/vnd.safetensors into Accept."
            )
        return AsJson(True, self.digits)(answer)

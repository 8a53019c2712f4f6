"""What a card says about its input: how bytes or text become the tensor that the network reads.

[preprocessing] kind = "image"  ->  ImageSpec   picture -> float32 [1, C, S, S]
[preprocessing] kind = "text"   ->  TextSpec    text    -> int64   [1, T]
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator


class ImageSpec(BaseModel):
    """A square picture of `size` pixels; x = (v / 255 - mean) / std, per channel, v in 0..255.

    `photo`: the centre square, or the visitor's cut, resized with LANCZOS.
    `digit`: white ink on black, in 20 x 20, centred by its mass, as MNIST was made.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["image"] = "image"
    size: int = Field(ge=1, le=1024)
    channels: Literal[1, 3] = 3
    mode: Literal["photo", "digit"] = "photo"
    mean: tuple[float, ...]
    std: tuple[Annotated[float, Field(gt=0)], ...]

    @model_validator(mode="after")
    def _one_number_per_channel(self) -> ImageSpec:
        if not len(self.mean) == len(self.std) == self.channels:
            raise ValueError(f"mean and std need {self.channels} numbers, one per channel")
        if self.mode == "digit" and self.channels != 1:
            raise ValueError('mode = "digit" reads one channel')
        return self


class TextSpec(BaseModel):
    """A text cut into tokens by `tokenizer`, looked up in the shared table `vocabulary`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["text"] = "text"
    tokenizer: Literal["glove"] = "glove"
    vocabulary: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    max_tokens: int = Field(default=20_000, ge=1)


Preprocessing = Annotated[ImageSpec | TextSpec, Field(discriminator="kind")]

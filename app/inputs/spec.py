"""What a card says about its input: how bytes or text become the tensor that the network reads.

[preprocessing] kind = "image"  ->  ImageSpec   picture -> float32 [1, C, S, S]
[preprocessing] kind = "text"   ->  TextSpec    text    -> int64   [1, T]
[preprocessing] kind = "audio"  ->  AudioSpec   sound   -> float32 [1, T, bands]
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator


class ImageSpec(BaseModel):
    """A square picture of `size` pixels; x = (v / 255 - mean) / std, per channel, v in 0..255.

    `photo`: the centre square, or the visitor's cut, resized with LANCZOS.
    `digit`: white ink on black, in 20 x 20, centred by its mass, as MNIST was made.
    `rows`: the network reads it row by row, from the top: float32 [1, S, S], a step a row.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["image"] = "image"
    size: int = Field(ge=1, le=1024)
    channels: Literal[1, 3] = 3
    mode: Literal["photo", "digit"] = "photo"
    rows: bool = False
    mean: tuple[float, ...]
    std: tuple[Annotated[float, Field(gt=0)], ...]

    @model_validator(mode="after")
    def _one_number_per_channel(self) -> ImageSpec:
        if not len(self.mean) == len(self.std) == self.channels:
            raise ValueError(f"mean and std need {self.channels} numbers, one per channel")
        if self.mode == "digit" and self.channels != 1:
            raise ValueError('mode = "digit" reads one channel')
        if self.rows and self.channels != 1:
            raise ValueError("rows = true reads one channel")
        return self


class TextSpec(BaseModel):
    """A text cut into tokens by `tokenizer`.

    `glove`: words, looked up in the shared table `vocabulary`.
    `characters`: letters and signs, looked up in `characters`; all others share one more row.
    `subwords`: words and pieces of words, by the merges of the shared `vocabulary`.
    Where `words` are named, the text must hold one of them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["text"] = "text"
    tokenizer: Literal["glove", "characters", "subwords"] = "glove"
    vocabulary: str = Field(default="", pattern=r"^([a-z0-9][a-z0-9_-]*)?$")
    characters: str = ""
    max_tokens: int = Field(default=20_000, ge=1)
    words: list[str] = []

    @model_validator(mode="after")
    def _one_vocabulary(self) -> TextSpec:
        words, letters = bool(self.vocabulary), bool(self.characters)
        if (words, letters) != (self.tokenizer != "characters", self.tokenizer == "characters"):
            raise ValueError(
                "glove and subwords need a vocabulary, characters need characters; never both"
            )
        if len(set(self.characters)) != len(self.characters):
            raise ValueError("characters holds one twice")
        return self


class AudioSpec(BaseModel):
    """A recording as log-mel frames (app/inputs/logmel.py), its silence cut off, mean 0 and
    spread 1 over the whole.

    `rate` in Hz; `window`, `hop` and `fft` in samples at that rate; `lowest` in Hz; `seconds` is
    the longest recording, silence and all.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["audio"] = "audio"
    rate: int = Field(ge=4_000, le=48_000)
    window: int = Field(ge=16, le=4096)
    hop: int = Field(ge=8, le=4096)
    fft: int = Field(ge=16, le=8192)
    bands: int = Field(ge=2, le=256)
    lowest: float = Field(default=0, ge=0)
    seconds: float = Field(default=10, gt=0, le=60)

    @model_validator(mode="after")
    def _window_fits(self) -> AudioSpec:
        if self.window > self.fft:
            raise ValueError("window must not be longer than fft")
        return self


Preprocessing = Annotated[ImageSpec | TextSpec | AudioSpec, Field(discriminator="kind")]

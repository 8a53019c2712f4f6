"""What a card says about its input: how bytes or text become the tensor that the network reads.

[preprocessing] kind = "image"  ->  ImageSpec   picture -> float32 [1, C, S, S]
[preprocessing] kind = "text"   ->  TextSpec    text    -> int64   [1, T]
[preprocessing] kind = "audio"  ->  AudioSpec   sound   -> float32 [1, T, bands]
[preprocessing] kind = "series" ->  SeriesSpec  numbers -> float32 [1, T, 3]
[preprocessing] kind = "video"  ->  VideoSpec   clip    -> float32 [1, T, C, H, W]
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator


class ImageSpec(BaseModel):
    """A square picture of `size` pixels; x = (v / 255 - mean) / std, per channel, v in 0..255.

    `photo`: the centre square, or the visitor's cut, resized with LANCZOS.
    `digit`: white ink on black, in 20 x 20, centred by its mass, as MNIST was made.
    `whole`: all of the picture, the rest of the square filled with the mean (letterbox).
    `board`: the same of its ink, white on black.
    `rows`: the network reads it row by row, from the top: float32 [1, S, S], a step a row.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["image"] = "image"
    size: int = Field(ge=1, le=1024)
    channels: Literal[1, 3] = 3
    mode: Literal["photo", "digit", "whole", "board"] = "photo"
    rows: bool = False
    mean: tuple[float, ...]
    std: tuple[Annotated[float, Field(gt=0)], ...]

    @model_validator(mode="after")
    def _one_number_per_channel(self) -> ImageSpec:
        if not len(self.mean) == len(self.std) == self.channels:
            raise ValueError(f"mean and std need {self.channels} numbers, one per channel")
        if self.mode in ("digit", "board") and self.channels != 1:
            raise ValueError(f'mode = "{self.mode}" reads one channel')
        if self.rows and self.channels != 1:
            raise ValueError("rows = true reads one channel")
        return self

    @property
    def whole(self) -> bool:
        """Whether all of the picture is read, so that there is nothing to cut."""
        return self.mode in ("whole", "board")


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


class SeriesSpec(BaseModel):
    """A series of numbers with a season of m steps (app/inputs/series.py): the network reads at
    most `seasons` of them and goes on for min(m, `horizon`) steps that it has not seen.

    `season` stands in where none is named and none can be measured; `shortest` and `longest` bound
    it; `length` is the longest series, `largest` the largest value that is read. `quantiles` are
    those of the head's three numbers a step.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["series"] = "series"
    seasons: int = Field(ge=2, le=16)
    horizon: int = Field(ge=1, le=256)
    season: int = Field(default=12, ge=2)
    shortest: int = Field(default=2, ge=2)
    longest: int = Field(default=240, le=240)
    length: int = Field(default=20_000, le=100_000)
    largest: float = Field(default=1e12, gt=0)
    quantiles: tuple[float, float, float] = (0.1, 0.5, 0.9)

    @model_validator(mode="after")
    def _in_order(self) -> SeriesSpec:
        low, middle, high = self.quantiles
        if not 0 < low < middle < high < 1:
            raise ValueError("quantiles must rise, between 0 and 1")
        if not self.shortest <= self.season <= self.longest:
            raise ValueError("season must lie between shortest and longest")
        return self


class VideoSpec(BaseModel):
    """A clip of at most `frames` frames of `height` x `width` pixels, grey, in these `planes`:

    `ink`: how far a pixel is from the brightness of the clip's border, the largest 1.
    `change`: how far it is from its own median over the clip, what stands still being 0.
    `step`: how far it is from what it was one frame earlier, in the first frame 0.

    The last two are divided by `spread` times the spread of the clip's brightness.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["video"] = "video"
    frames: int = Field(default=16, ge=2, le=64)
    height: int = Field(ge=8, le=256)
    width: int = Field(ge=8, le=256)
    planes: tuple[Literal["ink", "change", "step"], ...] = Field(default=("ink",), min_length=1)
    spread: float = Field(default=1, gt=0)


Preprocessing = Annotated[
    ImageSpec | TextSpec | AudioSpec | SeriesSpec | VideoSpec, Field(discriminator="kind")
]

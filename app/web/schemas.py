"""The shapes of all answers, for OpenAPI and for tests. Answers are not built through them.

Tensors would be copied twice on their way through pydantic; so the routes write JSON themselves
and tests/api validates every answer against these.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.lessons import Lessons
from app.web.changes import Options, Shape
from app.web.forecasts import Backtest, Naive, Record
from app.web.predictions import DetectionGrid, Prediction, Predictions, SearchCandidate
from app.zoo import Card
from app.zoo.remember import Remembered
from app.zoo.studies import Studies
from app.zoo.watched import Watched


class Problem(Shape):
    """An error, as RFC 9457 has it; `detail` is a sentence a visitor can act on."""

    type: Literal["about:blank"]
    title: str
    status: int
    detail: str


class ModelLine(Shape):
    """One model in the list of models."""

    id: str
    kind: Literal["cnn", "rnn", "gru", "lstm"]
    task: str
    title: str
    input: Literal["image", "text", "audio", "series", "video"]
    parameters: int = Field(description="numbers learned in training, shared tables included")
    sha256: str = Field(description="of the file that /weights gives")


class ModelList(Shape):
    """Every model."""

    models: list[ModelLine]


class Node(Shape):
    """One layer: its name is that of its tensor in a trace."""

    name: str
    op: str
    inputs: list[str]
    output_shape: list[int | str] = Field(description='without batch axis; "T" is the length')
    attributes: dict[str, Any] = Field(
        description="torch's own arguments; parameters, macs, weights, receptive_field"
    )


class ModelAnswer(Shape):
    """The card and the graph of a model."""

    card: Card
    graph: list[Node]
    studies: list[str] = Field(
        description="the parts of /studies that were measured; empty where there is none to ask for"
    )
    units: bool = Field(description="whether there are /units to ask for")
    voices: bool = Field(description="whether there are /voices to ask for")
    frames: bool = Field(description="whether there are /frames to ask for")


class SampleLine(Shape):
    """One shipped sample: a picture, a recording or a series (CSV) at `url`, or a text; `season`:
    the steps of a series' season."""

    name: str
    title: str
    kind: Literal["image", "text", "audio", "series", "video"]
    text: str | None = None
    url: str | None = None
    drawing: bool
    credit: str
    season: int | None = None


class SampleList(Shape):
    """Every sample of a model."""

    samples: list[SampleLine]


class Familiarity(Shape):
    """How usual the input is for the model; null where the model has no such measure.

    A `share` of the held-out examples lies beyond the threshold.
    """

    score: float
    threshold: float
    share: float
    familiar: bool


class Token(Shape):
    """One token; `start` and `end` count code points of the text as it was sent."""

    text: str
    id: int
    known: bool
    start: int
    end: int


class Step(Shape):
    """The prediction after token `t`, as if the text ended there (or after row `t` of a picture
    that is read row by row, or frame `t` of a recording or clip); of a network that continues
    texts, the likeliest next letters.
    """

    t: int
    predictions: list[Prediction]


class Input(BaseModel):
    """What was done to the input before the network saw it; `steps` are sentences to show."""

    model_config = ConfigDict(extra="allow")

    kind: Literal["image", "text", "audio", "series", "video"]
    steps: list[dict[str, Any]]


class PredictAnswer(Shape):
    """A prediction, best class first."""

    model: str
    predictions: Predictions
    input: Input
    familiarity: Familiarity | None
    options: dict[str, Any] = Field(description="what was applied")
    tokens: list[Token] | None = None
    steps: list[Step] | None = None
    steps_of: Literal["prefixes", "rows"] | None = Field(
        default=None,
        description="prefixes: each step is the answer for the text's first words; rows: for the"
        " picture's first t rows, from none to all",
    )
    naive: Naive | None = Field(default=None, description="of a series: without a network")
    backtest: Backtest | None = Field(
        default=None, description="of a series with values after the origin: how it went"
    )
    record: Record | None = Field(
        default=None, description="of a series: how it went from earlier origins of the same series"
    )


class TensorJson(Shape):
    """A tensor: `data` is flat, row-major, unrounded unless `digits` was given."""

    shape: list[int]
    dtype: Literal["float32"]
    data: list[float | None]


class TraceAbout(PredictAnswer):
    """What stands under `__metadata__.trace` of a safetensors answer."""

    graph: list[Node]
    detection: DetectionGrid | None = None
    search: list[list[SearchCandidate]] | None = Field(
        default=None, description="of a translation: the candidates of every step, likeliest first"
    )


class TraceAnswer(TraceAbout):
    """The forward pass with every chosen tensor."""

    tensors: dict[str, TensorJson]


class Window(Shape):
    """Rows start..end of `total` tokens."""

    start: int
    end: int
    total: int


class EffectsAnswer(Shape):
    """For each unit of a recurrent layer: |change of the logit| with it zeroed at every step."""

    model: str
    layer: str
    direction: Literal["forward"]
    effects: list[Annotated[float, Field(ge=0)]]
    class_: str = Field(
        alias="class",
        description="whose logit is measured; median of a forecaster, at the last step",
    )
    window: Window = Field(description="the tokens that were read")


class SentenceRows(Shape):
    """One of the project's sentences: its place in the file, its text, its rows start..end."""

    sentence: int
    text: str
    start: int
    end: int


class StatesAbout(Shape):
    """What stands under `__metadata__.states` of a safetensors answer.

    `tokens` one a row of h; null for what is read row by row or frame by frame. Of the corpus,
    offsets of tokens count within their sentence, and the memory is at zero before each sentence.
    """

    model: str
    sha256: str = Field(description="of the weights")
    layer: str
    total: int
    source: Literal["text", "corpus"]
    tokens: list[Token] | None
    input: Input | None = Field(default=None, description="what was done to a text or sample")
    corpus: str | None = Field(default=None, description="sha256 of the project's sentences")
    sentences: list[SentenceRows] | None = None


class StatesAnswer(StatesAbout):
    """h [T, H] of the last recurrent layer, row t after token t; both directions side by side."""

    tensors: dict[str, TensorJson]


class AskStates(Shape):
    """One input: a text, the name of a sample, or the project's sentences."""

    text: str | None = None
    sample: str | None = None
    corpus: Literal[True] | None = None


class UnitsAnswer(Watched):
    """What every unit of the last recurrent layer follows over the project's sentences."""


class AtlasAbout(TraceAbout):
    """What stands under `__metadata__.atlas`; the tensors are v = lo + u8 (hi - lo) / 255."""

    sha256: str
    sample: str
    limits: dict[str, tuple[float, float]]


class StudiesAnswer(Studies):
    """What was measured about a model over its held-out split; any part may be absent."""


class RememberAnswer(Remembered):
    """Loss and recall of cells trained to keep something for a while, against how long."""


class LessonsAnswer(Lessons):
    """The lessons of one language, the answer in one page, and the words around them."""


class Health(Shape):
    """Liveness, or readiness."""

    status: Literal["ok"]


class ExplainAbout(Shape):
    """What stands under `__metadata__.explain` of a safetensors answer."""

    model: str
    method: Literal["gradcam", "gradient", "smoothgrad", "occlusion"]
    class_: str | None = Field(alias="class", description="whose logit; null for a single number")
    layer: str | None = Field(description="gradcam: whose maps; null for the other methods")
    predictions: Predictions
    input: Input
    options: dict[str, Any] = Field(description="what was applied")
    settings: dict[str, Any] = Field(
        description="smoothgrad: copies, noise, deviation, seed; occlusion: window and stride"
        " [height, width] in pixels of the input, rows [first, end, total], columns, cover"
    )
    formula: str


class ExplainAnswer(ExplainAbout):
    """Maps of what a class's logit hangs on.

    gradcam: map, signed [h, w], weights [C]; gradient, smoothgrad: gradient [C, H, W],
    map [H, W]; occlusion: map [rows, columns].
    """

    tensors: dict[str, TensorJson]


class AskJson(Shape):
    """One input: a text, the name of a sample, or a series of numbers, oldest first."""

    text: str | None = None
    sample: str | None = None
    series: list[float] | None = None
    options: Options | None = None

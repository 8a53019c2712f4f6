"""The shapes of gradients through time and of the lab of fresh cells, for OpenAPI and for tests."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from app.web.changes import Shape
from app.web.predictions import Prediction
from app.web.schemas import Input, Token

Norm = Annotated[float, Field(ge=0)]


class Factor(Shape):
    """× `value` a step, measured from `from` to `to` steps before the last; it describes, and
    promises nothing about other sentences."""

    value: Norm
    from_: int = Field(alias="from")
    to: int


class GradientStep(Shape):
    """L2 norms at word `t`; `loss_c` is null where the cell has no c."""

    t: int
    loss_h: Norm
    loss_c: Norm | None
    answer_x: Norm


class Factors(Shape):
    """Each quantity's factor a step; null where too few words are above the floor."""

    loss_h: Factor | None
    loss_c: Factor | None
    answer_x: Factor | None


class GradientAnswer(Shape):
    """How the error signal fades on its way back through a text; `quantities` says what each
    norm is. `tokens` and `steps` are of the words that were followed, at most the last 512."""

    model: str
    class_: str = Field(alias="class", description="whose loss and logit")
    loss: Norm = Field(description="in nats, at the last word")
    layer: str = Field(description="the recurrent layer and level whose states these are")
    predictions: list[Prediction]
    input: Input
    tokens: list[Token]
    steps: list[GradientStep]
    factor: Factors
    floor: float = Field(description="of the norm at the last word: below it, nothing is left")
    quantities: dict[str, str]


class ReachOf(Shape):
    """The answer after step `at` (null: of a picture read at once), or one cell of a layer."""

    kind: Literal["answer", "cell"]
    at: int | None
    class_: str | None = Field(None, alias="class", description="whose logit")
    layer: str | None = None
    channel: int | None = None


class ReachStep(Shape):
    """L2 norm at step `t`; 0 is an exact zero, computed in float64."""

    t: int
    norm: Norm


class ReachAnswer(Shape):
    """How far an answer, or one cell, moves with each word of a text or row of a picture."""

    model: str
    of: ReachOf
    value: float = Field(description="the logit, or the cell's value")
    per: Literal["word", "row", "frame"]
    predictions: list[Prediction] = Field(description="of what was read: up to `at`")
    input: Input
    tokens: list[Token] | None = Field(description="of the steps; null for pictures")
    steps: list[ReachStep]
    formula: str


class LabJson(Shape):
    """A fresh cell; every member may be left out."""

    cell: Literal["rnn", "gru", "lstm"] | None = Field(None, description="default lstm")
    length: Annotated[int, Field(ge=30, le=400)] | None = Field(None, description="default 200")
    hidden: Annotated[int, Field(ge=1, le=128)] | None = Field(None, description="default 64")
    inputs: Literal["normal", "zero"] | None = Field(
        None, description="32 wide from N(0, 1), or no input and no bias; default normal"
    )
    init: Literal["torch", "orthogonal"] | None = Field(
        None, description="torch's own, or W_hh orthogonal, block by block; default torch"
    )
    scale: Annotated[float, Field(ge=0.5, le=1.5)] | None = Field(
        None, description="what W_hh is multiplied by; default 1"
    )
    forget_bias: Annotated[float, Field(ge=0, le=3)] | None = Field(
        None,
        description="added to the bias of the gate that keeps: f of an LSTM, z of a GRU; a tanh"
        " RNN has none; default 0",
    )
    clip: Annotated[float, Field(ge=0.001, le=1000)] | None = Field(
        None, description="the largest norm of the gradient of all weights; null: not clipped"
    )
    seeds: Annotated[int, Field(ge=1, le=10)] | None = Field(
        None, description="cells drawn; as many as time allows, at most 10, if left out"
    )


class LabSettings(LabJson):
    """What was measured; `forget_bias` is null for a cell without that gate."""

    input_size: int


class Distance(Shape):
    """Mean over seeds of log10 ‖∂s_T/∂s_(T−n)‖₂."""

    n: int
    log10: float


class WeightGradient(Shape):
    """One seed: norms of ∂loss/∂W of all weights of the cell, and of W_hh; `after` clipping."""

    before: Norm
    after: Norm
    recurrent_before: Norm
    recurrent_after: Norm


class LabAnswer(Shape):
    """How much of an error signal fresh cells pass back."""

    settings: LabSettings
    curve: list[Distance]
    factor: Factor
    kept: float | None = Field(description="the mean of the gate that keeps; null without one")
    weights: list[WeightGradient] = Field(description="one a seed")
    formula: str


TOKENS = [
    {"text": word, "id": row, "known": True, "start": 4 * row, "end": 4 * row + 3}
    for row, word in enumerate(("not", "so", "bad"))
]
GRADIENT = {
    "model": "sentiment-lstm",
    "class": "positive",
    "loss": 0.05,
    "layer": "lstm.l0",
    "predictions": [
        {"label": "positive", "probability": 0.95, "logit": 1.6},
        {"label": "negative", "probability": 0.05, "logit": -1.4},
    ],
    "input": {"kind": "text", "steps": [], "window": {"start": 0, "end": 3, "total": 3}},
    "tokens": TOKENS,
    "steps": [
        {"t": 0, "loss_h": 0.02, "loss_c": 0.05, "answer_x": 0.4},
        {"t": 1, "loss_h": 0.03, "loss_c": 0.05, "answer_x": 0.6},
        {"t": 2, "loss_h": 0.06, "loss_c": 0.06, "answer_x": 0.9},
    ],
    "factor": {
        name: {"value": 0.7, "from": 0, "to": 2} for name in ("loss_h", "loss_c", "answer_x")
    },
    "floor": 1e-12,
    "quantities": {"loss_h": "‖∂loss/∂h_t‖₂"},
}
REACH = {
    "model": "sentiment-cnn",
    "of": {"kind": "answer", "class": "positive", "at": 2},
    "value": -1.4,
    "per": "word",
    "predictions": GRADIENT["predictions"],
    "input": GRADIENT["input"],
    "tokens": TOKENS,
    "steps": [{"t": 0, "norm": 0.8}, {"t": 1, "norm": 0.0}, {"t": 2, "norm": 1.3}],
    "formula": "‖∂answer/∂x_t‖₂",
}
LAB = {
    "settings": {
        "cell": "lstm", "length": 200, "hidden": 64, "inputs": "normal", "init": "torch",
        "scale": 1.0, "forget_bias": 1.0, "clip": 1.0, "seeds": 1, "input_size": 32,
    },
    "curve": [{"n": 20, "log10": -1.2}, {"n": 100, "log10": -7.1}],
    "factor": {"value": 0.84, "from": 20, "to": 100},
    "kept": 0.72,
    "weights": [
        {"before": 0.79, "after": 0.79, "recurrent_before": 0.28, "recurrent_after": 0.28}
    ],
    "formula": "curve: mean over seeds of log10 ‖∂s_T/∂s_(T−n)‖₂",
}  # fmt: skip
LABS = {
    "default": {"summary": "an LSTM as torch draws it", "value": {}},
    "forget": {
        "summary": "an LSTM whose forget gates are open",
        "value": {"cell": "lstm", "forget_bias": 3},
    },
    "orthogonal": {
        "summary": "an orthogonal RNN at rest",
        "value": {"cell": "rnn", "init": "orthogonal", "inputs": "zero", "scale": 1.05},
    },
    "clipping": {
        "summary": "gradients of the weights, clipped",
        "value": {"cell": "rnn", "init": "orthogonal", "scale": 1.5, "clip": 1, "seeds": 2},
    },
}

"""Why an answer: a request's method, class, layer and rows -> maps, settings and the formula.

    Ready --what the network saw--> x --METHODS[method]--> tensors, settings
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from torch import Tensor

from app.core.errors import BadOption, Unprocessable
from app.engine import answers
from app.engine.read import READS
from app.engine.requests import Answer, Explain
from app.engine.work import Ready
from app.inputs.spec import ImageSpec
from app.insight import occlusion, saliency
from app.tracing import Node

PIXELS = "“{title}” answers for every pixel; this asks about one answer for the whole picture."
Tensors = dict[str, Tensor]
Settings = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """One logit to be explained: of class `target`, on `x` [1, C, H, W] as the network saw it."""

    ready: Ready
    x: Tensor
    target: int
    request: Explain


@dataclass(frozen=True)
class Method:
    """How a method answers, and the formula that it ran."""

    answer: Callable[[Question], tuple[Tensors, Settings]]
    formula: str


def explain(ready: Ready, request: Explain) -> Answer:
    """Why the model gives this class. Raises BadOption for what the model does not have."""
    card = ready.model.card
    if not isinstance(card.preprocessing, ImageSpec):
        what = READS[card.input]
        raise Unprocessable(f"“{card.title}” reads {what}; maps of places are for pictures.")
    if card.preprocessing.rows:
        raise Unprocessable(
            f"“{card.title}” reads a picture row by row; maps of places are for networks that see "
            "it at once."
        )
    if card.task == "segmentation":
        raise Unprocessable(PIXELS.format(title=card.title))
    method = chosen_method(request)
    x = saliency.seen(ready.plan, ready.reading.tensor)
    logits = ready.plan.forward(x.clone())[0]
    best = answers.predictions(card, logits[None])[0]
    label = best[0].get("label") if request.label is None else request.label
    question = Question(ready, x, place_of(card.classes, label), request)
    tensors, settings = method.answer(question)
    layer = settings.pop("layer", None)
    return Answer({
        "model": request.model,
        "method": request.method,
        "class": label,
        "layer": layer,
        "predictions": best,
        "input": ready.reading.report,
        "options": request.options.applied(),
        "settings": settings,
        "formula": method.formula,
    }, tensors)  # fmt: skip


def chosen_method(request: Explain) -> Method:
    """The method, with nothing asked that it has not."""
    if request.method not in METHODS:
        known = ", ".join(METHODS)
        raise BadOption(f"There is no method {request.method[:40]!r}; there is {known}.")
    if request.layer is not None and request.method != "gradcam":
        raise BadOption(f"layer is for gradcam; {request.method} looks at the input.")
    if request.rows is not None and request.method != "occlusion":
        raise BadOption(f"rows are for occlusion; {request.method} is computed in one go.")
    return METHODS[request.method]


def place_of(classes: list[str], label: str | None) -> int:
    """Which logit a class has; a model that gives one number has only that."""
    if label is None:
        return 0
    if label not in classes:
        known = ", ".join(classes) or "none, since it gives a number"
        raise BadOption(f"There is no class {label[:40]!r}; there is {known}.")
    return classes.index(label)


def gradcam(question: Question) -> tuple[Tensors, Settings]:
    """Which places of a layer the logit hangs on."""
    layer = cam_layer(question.ready.nodes, question.request.layer)
    found = saliency.gradcam(question.ready.plan, question.x, layer, question.target)
    tensors = {"map": found.map, "signed": found.signed, "weights": found.weights}
    return tensors, {"layer": layer}


def cam_layer(nodes: list[Node], asked: str | None) -> str:
    """The layer asked for, else the last whose maps have more than one place before any flatten."""
    shapes = {node["name"]: node["output_shape"] for node in nodes}
    spatial = [name for name, shape in shapes.items() if len(shape) == 3]
    if asked is None:
        wide = [name for name in spatial if shapes[name][1:] != [1, 1]]
        return (wide or spatial)[-1]
    if asked not in spatial:
        where = "has no maps" if asked in shapes else "is not in this network"
        raise BadOption(f"Layer {asked[:40]!r} {where}; layers with maps: {', '.join(spatial)}.")
    return asked


def gradient(question: Question) -> tuple[Tensors, Settings]:
    """How the logit changes with each value of the input."""
    found = saliency.gradient(question.ready.plan, question.x, question.target)
    return {"gradient": found, "map": saliency.strongest(found)}, {}


def smoothgrad(question: Question) -> tuple[Tensors, Settings]:
    """The same, averaged over noisy copies."""
    found = saliency.smoothgrad(question.ready.plan, question.x, question.target)
    settings = {
        "copies": saliency.COPIES,
        "noise": saliency.NOISE,
        "deviation": saliency.deviation(question.x),
        "seed": saliency.SEED,
    }
    return {"gradient": found, "map": saliency.strongest(found)}, settings


def occluded(question: Question) -> tuple[Tensors, Settings]:
    """How far the logit falls with each square covered."""
    squares = occlusion.grid(*question.x.shape[2:])
    start, stop = question.request.rows or (0, squares.rows)
    stop = min(stop, squares.rows)
    if start >= stop:
        raise BadOption(f"rows {start}:{stop} choose nothing of {squares.rows} rows.")
    found = occlusion.occlusion(
        question.ready.plan, question.x, question.target, range(start, stop)
    )
    settings = {
        "window": list(squares.window),
        "stride": list(squares.stride),
        "rows": [start, stop, squares.rows],
        "columns": squares.columns,
        "cover": 0.0,
    }
    return {"map": found}, settings


METHODS = {
    "gradcam": Method(gradcam, "map = ReLU(Σ_c w_c A_c), w_c = mean over places of ∂logit/∂A_c"),
    "gradient": Method(gradient, "map = max over colours of |∂logit/∂input|"),
    "smoothgrad": Method(
        smoothgrad, "map = max over colours of |mean over noisy copies of ∂logit/∂input|"
    ),
    "occlusion": Method(occluded, "map = logit(picture) − logit(picture, square covered)"),
}

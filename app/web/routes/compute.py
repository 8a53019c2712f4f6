"""The POSTs that run a network: predict, trace, effects.

    404? 406? --Runner: place, body, thread--> bytes
"""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.engine import Encoder, Engine
from app.engine import Request as Asked
from app.web import examples
from app.web.negotiation import JSON, NPZ, SAFETENSORS, choose
from app.web.openapi import POST_PROBLEMS, binary, documented
from app.web.routes.running import BODY, HEADERS, Digits, OptionsText, Runner, rows
from app.web.schemas import EffectsAnswer, PredictAnswer, TraceAnswer
from app.web.uploads import BodyLimits
from app.web.wire import AsJson, AsNpz, AsSafetensors

Layers = Annotated[str | None, Query(description="tensors to give, by comma", max_length=4000)]
Steps = Annotated[
    str | None,
    Query(description="rows a:b of a text, at most 512", pattern=r"^\d{1,9}:\d{1,9}$"),
]
TRACE_FILES = {
    SAFETENSORS: binary("the tensors; all else as JSON under __metadata__.trace"),
    NPZ: binary("the tensors as numpy.load reads them; all else as JSON in about.json"),
}


def compute_router(engine: Engine, limits: BodyLimits) -> APIRouter:
    """The routes under /models/{id}."""
    router = APIRouter(tags=["compute"], default_response_class=Response)
    computed = Runner(engine, limits)

    @router.post(
        "/models/{model_id}/predict",
        openapi_extra=BODY,
        **documented("A prediction", PredictAnswer, examples.PREDICTION, *POST_PROBLEMS),
    )
    async def predict(
        request: Request, model_id: str, steps: Steps = None, options: OptionsText = None
    ) -> Response:
        engine.zoo.card(model_id)
        choose(request.headers.get("accept"), [JSON])
        make = partial(Asked, model_id, steps=rows(steps))
        body = await computed(request, engine.predict, AsJson(), make)
        return Response(body, media_type=JSON, headers=HEADERS)

    @router.post(
        "/models/{model_id}/trace",
        openapi_extra=BODY,
        **documented(
            "A prediction, and every value on the way to it",
            TraceAnswer,
            examples.TRACE,
            *POST_PROBLEMS,
            **TRACE_FILES,
        ),
    )
    async def trace(
        request: Request,
        model_id: str,
        layers: Layers = None,
        digits: Digits = None,
        steps: Steps = None,
        options: OptionsText = None,
    ) -> Response:
        engine.zoo.card(model_id)
        kind = choose(request.headers.get("accept"), [JSON, SAFETENSORS, NPZ])
        encoders: dict[str, Encoder] = {SAFETENSORS: AsSafetensors(), NPZ: AsNpz()}
        chosen = None if layers is None else tuple(layers.split(","))
        make = partial(Asked, model_id, layers=chosen, steps=rows(steps))
        encoder = encoders.get(kind, AsJson(True, digits))
        body = await computed(request, engine.trace, encoder, make)
        return Response(body, media_type=kind, headers=HEADERS)

    @router.post(
        "/models/{model_id}/effects",
        openapi_extra=BODY,
        **documented(
            "How much each recurrent unit moves the answer",
            EffectsAnswer,
            examples.EFFECTS,
            *POST_PROBLEMS,
        ),
    )
    async def effects(request: Request, model_id: str) -> Response:
        engine.zoo.card(model_id)
        choose(request.headers.get("accept"), [JSON])
        body = await computed(request, engine.effects, AsJson(), partial(Asked, model_id))
        return Response(body, media_type=JSON, headers=HEADERS)

    return router

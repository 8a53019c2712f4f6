"""The POST that says why: maps of what an answer hangs on.

404? 406? --Runner: place, body, thread--> bytes
"""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.engine import Encoder, Engine, Explain
from app.web import examples
from app.web.negotiation import JSON, SAFETENSORS, choose
from app.web.openapi import POST_PROBLEMS, binary, documented
from app.web.routes.running import BODY, HEADERS, Digits, OptionsText, Runner, rows
from app.web.schemas import ExplainAnswer
from app.web.uploads import BodyLimits
from app.web.wire import AsJson, AsSafetensors

KEY = "explain"
METHODS = ["gradcam", "gradient", "smoothgrad", "occlusion"]
Method = Annotated[
    str, Query(description="how", max_length=40, json_schema_extra={"enum": METHODS})
]
Label = Annotated[
    str | None,
    Query(alias="class", description="whose logit; the best one if left out", max_length=200),
]
Layer = Annotated[
    str | None,
    Query(description="gradcam: a layer with maps; the last one if left out", max_length=200),
]
Rows = Annotated[
    str | None,
    Query(alias="rows", description="occlusion: a:b of the map", pattern=r"^\d{1,9}:\d{1,9}$"),
]


def explain_router(engine: Engine, limits: BodyLimits) -> APIRouter:
    """/models/{id}/explain."""
    router = APIRouter(tags=["compute"], default_response_class=Response)
    computed = Runner(engine, limits)

    @router.post(
        "/models/{model_id}/explain",
        openapi_extra=BODY,
        **documented(
            "Why an answer: the places and pixels that a class's logit hangs on",
            ExplainAnswer,
            examples.EXPLANATION,
            *POST_PROBLEMS,
            **{SAFETENSORS: binary("the tensors; all else as JSON under __metadata__.explain")},
        ),
    )
    async def explain(
        request: Request,
        model_id: str,
        method: Method = "gradcam",
        label: Label = None,
        layer: Layer = None,
        part: Rows = None,
        digits: Digits = None,
        options: OptionsText = None,
    ) -> Response:
        engine.zoo.card(model_id)
        kind = choose(request.headers.get("accept"), [JSON, SAFETENSORS])
        encoder: Encoder = AsJson(True, digits) if kind == JSON else AsSafetensors(KEY)
        make = partial(Explain, model_id, method=method, label=label, layer=layer, rows=rows(part))
        body = await computed(request, engine.explain, encoder, make)
        return Response(body, media_type=kind, headers=HEADERS)

    return router

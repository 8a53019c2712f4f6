"""The POSTs about signals on their way back: through a text or picture, and through fresh cells.

gradient, reach
           404? 406? --Runner: place, body, thread--> bytes
lab        406? place --JSON within bounds--> settings --Laboratory, a seed a job--> bytes
"""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.engine import Engine, Gradient, Reach, parse_lab
from app.web import slopes
from app.web.bodies import read_settings
from app.web.negotiation import JSON, choose
from app.web.openapi import POST_PROBLEMS, documented, settings_body
from app.web.routes.running import BODY, HEADERS, OptionsText, Runner, left
from app.web.uploads import BodyLimits, uploaded
from app.web.wire import AsJson

LAB_PROBLEMS = (400, 406, 408, 413, 415, 422, 503)
LAB_BODY = settings_body(slopes.LabJson, slopes.LABS)
Label = Annotated[
    str | None,
    Query(alias="class", description="whose loss; the answer's if left out", max_length=200),
]
At = Annotated[
    int | None,
    Query(ge=0, lt=2**31, description="the answer after this word or row; the last if left out"),
]
Cell = Annotated[
    str | None,
    Query(max_length=200, description="one cell of this layer at `at`, in place of the answer"),
]
Channel = Annotated[
    int | None,
    Query(ge=0, lt=2**31, description="of the layer; the strongest at that word if left out"),
]


def slopes_router(engine: Engine, limits: BodyLimits) -> APIRouter:
    """/models/{id}/gradient, /models/{id}/reach and /lab/gradients."""
    router = APIRouter(tags=["compute"], default_response_class=Response)
    computed = Runner(engine, limits)

    @router.post(
        "/models/{model_id}/gradient",
        openapi_extra=BODY,
        **documented(
            "How the error signal fades on its way back through a text",
            slopes.GradientAnswer,
            slopes.GRADIENT,
            *POST_PROBLEMS,
        ),
    )
    async def gradient(
        request: Request, model_id: str, label: Label = None, options: OptionsText = None
    ) -> Response:
        engine.zoo.card(model_id)
        choose(request.headers.get("accept"), [JSON])
        make = partial(Gradient, model_id, label=label)
        body = await computed(request, engine.gradient, AsJson(), make)
        return Response(body, media_type=JSON, headers=HEADERS)

    @router.post(
        "/models/{model_id}/reach",
        openapi_extra=BODY,
        **documented(
            "How far an answer, or one cell, moves with each word or row",
            slopes.ReachAnswer,
            slopes.REACH,
            *POST_PROBLEMS,
        ),
    )
    async def reach(
        request: Request,
        model_id: str,
        label: Label = None,
        at: At = None,
        layer: Cell = None,
        channel: Channel = None,
        options: OptionsText = None,
    ) -> Response:
        engine.zoo.card(model_id)
        choose(request.headers.get("accept"), [JSON])
        make = partial(Reach, model_id, label=label, at=at, layer=layer, channel=channel)
        body = await computed(request, engine.reach, AsJson(), make)
        return Response(body, media_type=JSON, headers=HEADERS)

    @router.post(
        "/lab/gradients",
        openapi_extra=LAB_BODY,
        **documented(
            "How much of an error signal cells pass back that were never trained",
            slopes.LabAnswer,
            slopes.LAB,
            *LAB_PROBLEMS,
        ),
    )
    async def lab(request: Request) -> Response:
        choose(request.headers.get("accept"), [JSON])
        async with uploaded(request, limits) as upload:
            with engine.place():
                wanted = parse_lab(await read_settings(request, upload))
                body = await engine.lab.measure(wanted, AsJson(), lambda: left(request))
        return Response(body, media_type=JSON, headers=HEADERS)

    return router

"""POST: h of the last recurrent layer after every word of a text. GET: what the units follow."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.engine import Encoder, Engine
from app.engine import Request as Asked
from app.web import examples
from app.web.bodies import read_states_ask
from app.web.negotiation import JSON, SAFETENSORS, choose
from app.web.openapi import POST_PROBLEMS, binary, documented, ref
from app.web.routes.running import HEADERS, Digits, Runner
from app.web.routes.studies import ASK_AGAIN, Files
from app.web.schemas import AskStates, StatesAnswer, UnitsAnswer
from app.web.static import asset_response
from app.web.uploads import BodyLimits
from app.web.wire import AsSafetensors, AsSmallJson

KEY = "states"
MOST_AS_JSON = 100_000  # numbers: a thousand words of a hundred units
ABOUT = (
    "h [T, H] float32; tokens, and of the corpus its sentences, as JSON under __metadata__.states"
)
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {JSON: {"schema": ref(AskStates), "examples": examples.STATES_ASKS}},
    }
}


def states_router(engine: Engine, limits: BodyLimits) -> APIRouter:
    """Both routes."""
    router = APIRouter(tags=["states"], default_response_class=Response)
    zoo, files, computed = engine.zoo, Files(), Runner(engine, limits)

    @router.post(
        "/models/{model_id}/states",
        openapi_extra=BODY,
        **documented(
            "The states of the last recurrent layer, after every word",
            StatesAnswer,
            examples.STATES,
            *POST_PROBLEMS,
            **{SAFETENSORS: binary(ABOUT)},
        ),
    )
    async def states(request: Request, model_id: str, digits: Digits = None) -> Response:
        zoo.card(model_id)
        kind = choose(request.headers.get("accept"), [SAFETENSORS, JSON])
        encoder: Encoder = AsSmallJson(MOST_AS_JSON, digits) if kind == JSON else AsSafetensors(KEY)
        make = partial(Asked, model_id)
        body = await computed(request, engine.states, encoder, make, read_states_ask)
        return Response(body, media_type=kind, headers=HEADERS)

    @router.get(
        "/models/{model_id}/units",
        **documented("What the units of a reader follow", UnitsAnswer, examples.UNITS, 404, 406),
    )
    async def units(request: Request, model_id: str) -> Response:
        zoo.card(model_id)
        choose(request.headers.get("accept"), [JSON])
        asset = await run_in_threadpool(lambda: files.asset(zoo.watched(model_id), JSON))
        return asset_response(request, asset, ASK_AGAIN)

    return router

"""The POSTs that run a network: predict, trace, effects.

    404? 406? --place in the queue--> body within bounds --> Engine, in a thread --> bytes
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.core.errors import GridtimeError
from app.engine import Encoder, Engine
from app.engine import Request as Ask
from app.web import examples
from app.web.bodies import read_ask
from app.web.negotiation import JSON, SAFETENSORS, choose
from app.web.openapi import POST_PROBLEMS, binary, documented, ref
from app.web.schemas import AskJson, EffectsAnswer, PredictAnswer, TraceAnswer
from app.web.uploads import BodyLimits, Upload
from app.web.wire import AsJson, AsSafetensors

Run = Callable[[Ask, Encoder, Callable[[], Awaitable[None]]], Awaitable[bytes]]
HEADERS = {"Cache-Control": "no-store", "Vary": "Accept"}
FORM = {
    "type": "object",
    "properties": {
        "file": {"type": "string", "format": "binary", "description": "a picture"},
        "options": {"type": "string", "description": 'JSON, such as {"crop": [100, 20, 200]}'},
    },
    "required": ["file"],
}
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            JSON: {"schema": ref(AskJson), "examples": examples.ASKS},
            "multipart/form-data": {"schema": FORM},
            "image/*": binary("a picture; options then go into ?options="),
        },
    }
}
Layers = Annotated[str | None, Query(description="tensors to give, by comma", max_length=4000)]
Digits = Annotated[int | None, Query(description="decimals in JSON", ge=0, le=9)]
Steps = Annotated[
    str | None,
    Query(description="rows a:b of a text, at most 512", pattern=r"^\d{1,9}:\d{1,9}$"),
]
OptionsText = Annotated[
    str | None, Query(description="options as JSON, for a body that is a picture")
]


def compute_router(engine: Engine, limits: BodyLimits) -> APIRouter:
    """The routes under /models/{id}; `options` is read with the body and declared for the docs."""
    router = APIRouter(tags=["compute"], default_response_class=Response)

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
        body = await computed(request, engine.predict, model_id, AsJson(), steps=rows(steps))
        return Response(body, media_type=JSON, headers=HEADERS)

    @router.post(
        "/models/{model_id}/trace",
        openapi_extra=BODY,
        **documented(
            "A prediction, and every value on the way to it",
            TraceAnswer,
            examples.TRACE,
            *POST_PROBLEMS,
            **{SAFETENSORS: binary("the tensors; all else as JSON under __metadata__.trace")},
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
        kind = choose(request.headers.get("accept"), [JSON, SAFETENSORS])
        encoder: Encoder = AsJson(True, digits) if kind == JSON else AsSafetensors()
        chosen = None if layers is None else tuple(layers.split(","))
        body = await computed(
            request, engine.trace, model_id, encoder, layers=chosen, steps=rows(steps)
        )
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
        body = await computed(request, engine.effects, model_id, AsJson())
        return Response(body, media_type=JSON, headers=HEADERS)

    async def computed(
        request: Request, run: Run, model_id: str, encode: Encoder, **more: Any
    ) -> bytes:
        """Place, body, run. A refused body is read to its end before the refusal is sent."""
        upload = Upload(request, limits)
        try:
            with engine.place():
                ask, options = await read_ask(request, upload, limits.upload)
                asked = Ask(model_id, ask, options, **more)
                return await run(asked, encode, lambda: left(request))
        except GridtimeError:
            await upload.throw_away()
            raise

    return router


async def left(request: Request) -> None:
    """Returns once the visitor has closed the connection."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def rows(steps: str | None) -> tuple[int, int] | None:
    """`a:b`, already of that form, as two numbers."""
    if steps is None:
        return None
    start, _, stop = steps.partition(":")
    return int(start), int(stop)

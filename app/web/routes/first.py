"""The POST of "Which came first?": two signs that a visitor placed, answered by six networks.

406? place --JSON within bounds--> Placing --one short job in the pool--> bytes
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.engine import Engine, parse_placing
from app.web import lab
from app.web.bodies import read_settings
from app.web.negotiation import JSON, choose
from app.web.openapi import POST_PROBLEMS, documented, settings_body
from app.web.routes.running import HEADERS, left
from app.web.uploads import BodyLimits, uploaded
from app.web.wire import AsJson

BODY = settings_body(lab.PlacingJson, lab.PLACINGS)


def first_router(engine: Engine, limits: BodyLimits) -> APIRouter:
    """The one route."""
    router = APIRouter(tags=["lab"], default_response_class=Response)
    encode = AsJson()

    @router.post(
        "/lab/first",
        openapi_extra=BODY,
        **documented(
            "Which of two signs came first: what six small networks say",
            lab.PlacingAnswer,
            lab.PLACING,
            *POST_PROBLEMS,
        ),
    )
    async def placing(request: Request) -> Response:
        choose(request.headers.get("accept"), [JSON])
        async with uploaded(request, limits) as upload:
            with engine.place():
                wanted = parse_placing(await read_settings(request, upload))
                body = await engine.run(
                    lambda: encode(engine.signs.answer(wanted)), lambda: left(request)
                )
        return Response(body, media_type=JSON, headers=HEADERS)

    return router

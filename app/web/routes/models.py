"""GET: the models, a card with its graph, the weights, the samples, the atlas of a sample."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse

from app.engine import Engine, SampleName
from app.engine import Request as Ask
from app.web import examples
from app.web.negotiation import JSON, SAFETENSORS, choose
from app.web.openapi import binary, documented, problem_response
from app.web.schemas import ModelAnswer, ModelList, SampleList
from app.web.static import Asset, asset_response, matches, pack
from app.web.wire import AsSafetensors
from app.zoo import Card

# A model may be exchanged while a browser is open: ask each time, answered by 304 if unchanged.
ASK_AGAIN = {"Cache-Control": "no-cache"}
ONE_ANSWER = ("classification", "regression")  # what the picture room shows
Responses = dict[int | str, dict[str, Any]]
Moment = Annotated[
    int | None, Query(description="a step of the training, of the card's list: the weights then")
]
WEIGHTS: Responses = {
    200: {"description": "The file", "content": {SAFETENSORS: binary("names as in state_dict")}},
    304: {"description": "Unchanged since the ETag in If-None-Match"},
    **{status: problem_response(status) for status in (404, 406, 422)},
}
ATLAS: Responses = {
    **WEIGHTS,
    200: {
        "description": "One map set a group, 8 bits a value, and JSON under __metadata__.atlas",
        "content": {SAFETENSORS: binary("v = lo + u8 (hi - lo) / 255, limits by name")},
    },
    503: problem_response(503),
}
SAMPLE: Responses = {
    200: {
        "description": "The picture, the recording, or the text",
        "content": {
            "image/*": binary("the file"),
            "audio/*": binary("the file"),
            "text/plain": {"schema": {"type": "string"}},
        },
    },
    304: {"description": "Unchanged since the ETag in If-None-Match"},
    404: problem_response(404),
}


class Kept:
    """Answers that depend on nothing but the models: written and compressed once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._assets: dict[tuple[str, ...], Asset] = {}

    async def listed(self) -> Asset:
        """All models."""
        return await self._keep(("models",), lambda: as_json({"models": self._lines()}))

    async def model(self, model_id: str) -> Asset:
        """A card and its graph."""
        card = self._engine.zoo.card(model_id)
        return await self._keep(("model", model_id), lambda: as_json(self._answer(card)))

    async def samples(self, model_id: str) -> Asset:
        """The list of a model's samples."""
        card = self._engine.zoo.card(model_id)
        lines = [sample_line(card, place) for place in range(len(card.samples))]
        return await self._keep(("samples", model_id), lambda: as_json({"samples": lines}))

    async def sample(self, model_id: str, name: str) -> Asset:
        """One sample: the bytes of a file, or a text."""

        def make() -> Asset:
            found = self._engine.zoo.sample(model_id, name)
            body = found.content if found.content is not None else (found.text or "").encode()
            return pack(body, found.media_type)

        return await self._keep(("sample", model_id, name), make)

    async def atlas(self, model_id: str, name: str) -> Asset:
        """The 8-bit first draw of a sample."""
        key = ("atlas", model_id, name)
        if key not in self._assets:
            with self._engine.place():
                ask = Ask(model_id, SampleName(name))
                body = await self._engine.atlas(ask, AsSafetensors("atlas"))
            self._assets[key] = await run_in_threadpool(pack, body, SAFETENSORS)
        return self._assets[key]

    async def _keep(self, key: tuple[str, ...], make: Callable[[], Asset]) -> Asset:
        if key not in self._assets:
            self._assets[key] = await self._engine.run(make)
        return self._assets[key]

    def _lines(self) -> list[dict[str, object]]:
        return [model_line(self._engine, id_) for id_ in self._engine.zoo.ids()]

    def _answer(self, card: Card) -> dict[str, object]:
        return {
            "card": card.model_dump(mode="json"),
            "graph": self._engine.graphs.of(card.id),
            "studies": self._engine.zoo.studied(card.id),
            "units": self._engine.zoo.is_watched(card.id),
            "voices": self._engine.zoo.has_voices(card.id),
            "frames": self._engine.zoo.has_frames(card.id),
        }


def first_asks(engine: Engine) -> list[str]:
    """What the picture room asks for where its address names nothing: the samples of the network
    with most to see, and the first draw of the first of them. stores/network.js chooses alike.
    """
    cards = [engine.zoo.card(id_) for id_ in engine.zoo.ids()]
    cards = [card for card in cards if card.task in ONE_ANSWER]
    pictures = [c for c in cards if c.kind == "cnn" and c.input == "image" and c.samples]
    if not pictures:
        return []
    most = max(pictures, key=lambda card: engine.graphs.parameters(card.id))
    samples = f"/api/v1/models/{most.id}/samples"
    return [samples, f"{samples}/{most.samples[0].name}/atlas"]


def as_json(content: object) -> Asset:
    """An answer, written and compressed."""
    return pack(orjson.dumps(content), JSON)


def model_line(engine: Engine, model_id: str) -> dict[str, object]:
    """One line of the list of models."""
    card = engine.zoo.card(model_id)
    return {
        "id": card.id,
        "kind": card.kind,
        "task": card.task,
        "title": card.title,
        "input": card.input,
        "parameters": engine.graphs.parameters(model_id),
        "sha256": card.weights.sha256,
    }


def sample_line(card: Card, place: int) -> dict[str, object]:
    """One line of the list of samples: a text is in it, a file has an address."""
    entry = card.samples[place]
    url = f"/api/v1/models/{card.id}/samples/{entry.name}"
    content = {"kind": card.input, "url": url} if entry.text is None else {
        "kind": "text", "text": entry.text,
    }  # fmt: skip
    about: dict[str, object] = {"drawing": entry.drawing, "credit": entry.credit}
    if entry.season is not None:
        about["season"] = entry.season
    return {"name": entry.name, "title": entry.title, **content, **about}


def models_router(engine: Engine) -> APIRouter:
    """The GET routes under /models."""
    router = APIRouter(tags=["models"], default_response_class=Response)
    kept = Kept(engine)
    some_card = {
        "card": {"id": "photos", "title": "Photographs"},
        "graph": [examples.NODE],
        "studies": ["trust", "channels"],
        "units": False,
        "voices": False,
        "frames": False,
    }

    @router.get("/models", **documented("All models", ModelList, examples.LIST, 406))
    async def models(request: Request) -> Response:
        choose(request.headers.get("accept"), [JSON])
        return asset_response(request, await kept.listed(), ASK_AGAIN)

    @router.get(
        "/models/{model_id}",
        **documented("A model's card and graph", ModelAnswer, some_card, 404, 406),
    )
    async def model(request: Request, model_id: str) -> Response:
        choose(request.headers.get("accept"), [JSON])
        return asset_response(request, await kept.model(model_id), ASK_AGAIN)

    @router.get("/models/{model_id}/weights", summary="The weights", responses=WEIGHTS)
    async def weights(request: Request, model_id: str, moment: Moment = None) -> Response:
        card = engine.zoo.card(model_id)
        choose(request.headers.get("accept"), [SAFETENSORS])
        kept_as = "" if moment is None else f".{moment}"
        headers = {**ASK_AGAIN, "ETag": f'"{card.weights.sha256}{kept_as}"'}
        if matches(request, headers["ETag"]):
            return Response(status_code=304, headers=headers)
        if moment is None:
            headers["Content-Length"] = str(engine.zoo.weights_bytes(model_id))
        pieces = await engine.run(lambda: engine.zoo.weights(model_id, moment))
        return StreamingResponse(pieces, media_type=SAFETENSORS, headers=headers)

    @router.get(
        "/models/{model_id}/samples",
        **documented("A model's samples", SampleList, examples.SAMPLES, 404, 406),
    )
    async def samples(request: Request, model_id: str) -> Response:
        choose(request.headers.get("accept"), [JSON])
        return asset_response(request, await kept.samples(model_id), ASK_AGAIN)

    @router.get("/models/{model_id}/samples/{name}", summary="A sample", responses=SAMPLE)
    async def sample(request: Request, model_id: str, name: str) -> Response:
        return asset_response(request, await kept.sample(model_id, name), ASK_AGAIN)

    @router.get(
        "/models/{model_id}/samples/{name}/atlas",
        summary="The first draw of a sample, in 8 bits",
        responses=ATLAS,
    )
    async def atlas(request: Request, model_id: str, name: str) -> Response:
        choose(request.headers.get("accept"), [SAFETENSORS])
        return asset_response(request, await kept.atlas(model_id, name), ASK_AGAIN)

    return router

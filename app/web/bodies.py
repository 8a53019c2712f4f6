"""A POST's body -> what was asked, within bounds.

    multipart/form-data   file (+ options)        -> File, Options
    image/*, audio/*      bytes (+ ?options=)     -> File, Options
    application/json      text | sample | series, options  -> Words | SampleName | Numbers, Options
    the same, for states  text | sample | corpus  -> Words | SampleName | Corpus

Nothing of it is written to disk or to a log.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import orjson
from starlette.requests import Request

from app.core.errors import BadRequest, TooLarge, Unprocessable, UnsupportedType
from app.engine import Ask, Corpus, File, Numbers, Options, SampleName, Words, parse_options
from app.web.multipart import parse_multipart
from app.web.uploads import Upload, too_large

JSON_LIMIT = 4_000_000
FORM_OVERHEAD = 64_000
INLINE = 64_000
SETTINGS = 10_000
LARGEST = 1e300  # below what float64 can hold; JSON has whole numbers of any size
TYPES = (
    "This Content-Type is not read. Send a form with a file, a body of type image/* or audio/*, or"
    " JSON."
)
MEMBERS = {"text", "sample", "series", "options"}


async def read_ask(request: Request, upload: Upload, limit: int) -> tuple[Ask, Options]:
    """The input and the options of a POST. Raises the errors of DESIGN §7."""
    kind, parameters = content_type(request)
    raw = request.query_params.get("options")
    outside = parse_options(None if raw is None else parse_json(raw, "options"))
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise UnsupportedType("Send the body as it is, without Content-Encoding.")
    if kind == "application/json":
        body = await upload.read(min(JSON_LIMIT, limit))
        ask, options = await off_loop(from_json, body)
    elif kind == "multipart/form-data":
        body = await upload.read(limit + FORM_OVERHEAD)
        ask, options = await off_loop(from_form, body, parameters, limit)
    elif kind.startswith(("image/", "audio/")):
        ask, options = as_file(await upload.read(limit)), None
    else:
        raise UnsupportedType(TYPES)
    if options is not None and raw is not None:
        raise Unprocessable("Options came twice: in the address and in the body. Send them once.")
    return ask, options or outside


async def read_states_ask(request: Request, upload: Upload, limit: int) -> tuple[Ask, Options]:
    """The input of a POST for states, JSON alone. Raises the errors of DESIGN §7."""
    kind, _ = content_type(request)
    if kind != "application/json":
        raise UnsupportedType('States are asked for in JSON: {"text": "…"} or {"corpus": true}.')
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise UnsupportedType("Send the body as it is, without Content-Encoding.")
    body = await upload.read(min(JSON_LIMIT, limit))
    return await off_loop(from_states_json, body), Options()


def from_states_json(body: bytes) -> Ask:
    """`{"text": "…"}`, `{"sample": "name"}` or `{"corpus": true}`."""
    content = parse_json(body, "body")
    if not isinstance(content, dict):
        raise Unprocessable('Send a JSON object such as {"text": "…"} or {"corpus": true}.')
    unknown = [key for key in content if key not in ("text", "sample", "corpus")]
    if unknown:
        raise Unprocessable(f"There is no member {unknown[0][:40]!r}; send text, sample or corpus.")
    if "corpus" not in content:
        return asked(content)
    if content["corpus"] is not True:
        raise Unprocessable("corpus is true or left out.")
    if len(content) > 1:
        raise Unprocessable("Two inputs at once: send a text, a sample or the corpus.")
    return Corpus()


async def read_settings(request: Request, upload: Upload) -> Any:
    """The body of a call of the lab, as parsed JSON. Raises the errors of DESIGN §7."""
    if content_type(request)[0] != "application/json":
        raise UnsupportedType("Send the settings as JSON (Content-Type: application/json).")
    try:
        return parse_json(await upload.read(SETTINGS), "body")
    except TooLarge as error:
        raise TooLarge("This is too long for settings of the lab. Send 10 kB at most.") from error


async def off_loop(parse: Any, body: bytes, *more: Any) -> Any:
    """Parses small bodies here and large ones in a thread: a hop costs more than 64 kB of JSON."""
    if len(body) <= INLINE:
        return parse(body, *more)
    return await asyncio.to_thread(parse, body, *more)


def content_type(request: Request) -> tuple[str, str]:
    """Content-Type -> (type in small letters, the whole header)."""
    whole = request.headers.get("content-type", "")
    return whole.partition(";")[0].strip().lower(), whole


def parse_json(text: str | bytes, what: str) -> Any:
    """Raises BadRequest naming what could not be parsed; the text itself is not echoed."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadRequest(f"The {what} cannot be read as JSON: {error.msg}.") from error


def from_json(body: bytes) -> tuple[Ask, Options | None]:
    """`{"text": "…"}`, `{"sample": "name"}` or `{"series": [1, 2]}`, with `options` if there are
    any.
    """
    content = parse_json(body, "body")
    if not isinstance(content, dict):
        raise Unprocessable('Send a JSON object such as {"text": "…"} or {"sample": "name"}.')
    unknown = [key for key in content if key not in MEMBERS]
    if unknown:
        raise Unprocessable(f"There is no member {unknown[0][:40]!r}; send text, sample or series.")
    return asked(content), parse_options(content["options"]) if "options" in content else None


def asked(content: Mapping[str, Any]) -> Ask:
    """The one input of a JSON body."""
    if sum(name in content for name in ("text", "sample", "series")) > 1:
        raise Unprocessable("Two inputs at once: send a text, a sample or a series.")
    if "series" in content:
        return numbers(content["series"])
    for name, kind in (("text", Words), ("sample", SampleName)):
        if name in content:
            if not isinstance(content[name], str):
                raise Unprocessable(f"{name} must be a string.")
            found: Ask = kind(content[name])
            return found
    raise Unprocessable("Nothing to read yet. Send a text, a sample, a series or a file.")


def numbers(raw: object) -> Numbers:
    """A list of numbers, oldest first; what else it holds is named by its place."""
    if not isinstance(raw, list):
        raise Unprocessable("series is a list of numbers, oldest first: [112, 118, 132].")
    for place, value in enumerate(raw):
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Unprocessable(
                f"Value {place + 1} of the series is not a number. Leave it out, or fill it."
            )
        if abs(value) > LARGEST:
            raise Unprocessable(f"Value {place + 1} of the series is too large to compute with.")
    return Numbers(tuple(map(float, raw)))


def from_form(body: bytes, header: str, limit: int) -> tuple[Ask, Options | None]:
    """The field `file`, and `options` as JSON if it is there."""
    fields = parse_multipart(body, header)
    unknown = [name for name, _ in fields if name not in ("file", "options")]
    if unknown:
        raise Unprocessable(f"There is no field {unknown[0][:40]!r}; send file and options.")
    files = [content for name, content in fields if name == "file"]
    options = [content for name, content in fields if name == "options"]
    if len(files) > 1 or len(options) > 1:
        raise Unprocessable("Two inputs at once: send one file, and options once.")
    if not files:
        raise Unprocessable("Nothing to read yet. Put a file into the field “file”.")
    if len(files[0]) > limit:
        raise too_large(len(files[0]), limit)
    return as_file(files[0]), parse_options(parse_json(options[0], "options")) if options else None


def as_file(data: bytes) -> File:
    """Bytes -> File; an empty one is said to be empty."""
    if not data:
        raise Unprocessable("This file is empty. Pick another.")
    return File(data)

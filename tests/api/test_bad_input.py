"""Every row of the bad-input table of DESIGN §7, over HTTP: the status and a sentence to act on."""

from __future__ import annotations

import struct
import zlib
from collections.abc import AsyncIterator

import httpx
import pytest
from PIL import Image

from app.web import schemas
from tests.api.conftest import API, encoded, picture, png, problem

PREDICT = f"{API}/shapes/predict"
READ = f"{API}/mood/predict"


async def send(client: httpx.AsyncClient, data: bytes, url: str = PREDICT) -> httpx.Response:
    """A picture as a form's file."""
    return await client.post(url, files={"file": ("x", data)})


def said(answer: httpx.Response) -> str:
    """What was done to the input, of a good answer."""
    assert answer.status_code == 200, answer.text
    schemas.PredictAnswer.model_validate(answer.json())
    return " ".join(step["text"] for step in answer.json()["input"]["steps"])


# --- not a picture, or only part of one -----------------------------------------------------


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        (b"", 422, "empty"),
        (b"hello, this is a text", 415, "Try JPEG, PNG or WebP"),
        (b"\x00" * 500, 415, "Try JPEG, PNG or WebP"),
        (b"%PDF-1.7 ...", 415, "Try JPEG, PNG or WebP"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415, "SVG"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", 415, "HEIC"),
        (b"\x89PNG\r\n\x1a\n" + b"\xff" * 200, 422, "."),
        (b"\xff\xd8\xff\xe0" + b"\x12" * 200, 422, "."),
        (b"GIF89a" + b"\xff" * 50, 422, "."),
        (png()[:60], 422, "."),
    ],
)
async def test_what_is_no_picture(
    client: httpx.AsyncClient, data: bytes, status: int, words: str
) -> None:
    assert words in problem(await send(client, data), status)
    raw = await client.post(PREDICT, content=data, headers={"content-type": "image/png"})
    assert words in problem(raw, status)


async def test_cut_off_near_its_end_is_shown_and_said(client: httpx.AsyncClient) -> None:
    whole = encoded(picture(200, 200), "JPEG", quality=90)
    assert "ends early" in said(await send(client, whole[:-40]))
    problem(await send(client, whole[: len(whole) // 3]), 422)


# --- too large ------------------------------------------------------------------------------


async def test_too_many_bytes_announced(client: httpx.AsyncClient) -> None:
    detail = problem(await send(client, b"\xff\xd8\xff" + b"0" * 3_000_000), 413)
    assert detail == "This file is 3 MB; the limit is 2 MB. Save it smaller."


async def test_too_many_bytes_without_content_length(client: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b"0" * 100_000

    answer = await client.post(PREDICT, content=endless(), headers={"content-type": "image/jpeg"})
    assert "limit is 2 MB" in problem(answer, 413)


async def test_json_has_a_limit_too(client: httpx.AsyncClient) -> None:
    problem(await client.post(READ, json={"text": "a" * 2_500_000}), 413)


def bomb(width: int, height: int) -> bytes:
    """A PNG whose header promises this many pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


@pytest.mark.parametrize("size", [(3000, 3000), (60_000, 60_000), (2_000_000_000, 1)])
async def test_too_many_pixels(client: httpx.AsyncClient, size: tuple[int, int]) -> None:
    assert "limit is 4 million" in problem(await send(client, bomb(*size)), 413)


# --- odd but fine ---------------------------------------------------------------------------


async def test_trailing_bytes_are_ignored_and_said(client: httpx.AsyncClient) -> None:
    motion = encoded(picture(), "JPEG") + b"\x00\x00\x00\x18ftypmp42SECRET" * 50
    answer = await send(client, motion)
    assert "after the end of the picture were ignored" in said(answer)
    assert "SECRET" not in answer.text


async def test_a_polyglot_is_the_picture_it_is(client: httpx.AsyncClient) -> None:
    answer = await send(client, png() + b"<script>alert(1)</script>PK\x03\x04")
    assert "ignored" in said(answer)
    assert "script" not in answer.text


def exif_rotated() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return encoded(picture(60, 40), "JPEG", exif=exif)


def sixteen_bits() -> bytes:
    return encoded(Image.new("I;16", (20, 30), 40_000), "PNG")


def animated() -> bytes:
    frames = [picture(seed=n) for n in range(3)]
    return encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (png(1, 1), "Made larger"),
        (png(1, 2000), "square"),
        (encoded(picture(mode="CMYK"), "JPEG"), "CMYK"),
        (sixteen_bits(), "16"),
        (encoded(picture(mode="P"), "PNG"), ""),
        (encoded(picture(mode="RGBA"), "PNG"), ""),
        (encoded(picture(mode="LA"), "PNG"), ""),
        (encoded(picture(mode="1"), "PNG"), ""),
        (exif_rotated(), "upright"),
        (animated(), "first frame"),
        (encoded(picture(), "JPEG", progressive=True), ""),
        (encoded(picture(), "WEBP"), ""),
        (encoded(picture(), "BMP"), ""),
        (encoded(picture(), "TIFF"), ""),
    ],
)
async def test_odd_pictures_are_taken_and_said(
    client: httpx.AsyncClient, data: bytes, words: str
) -> None:
    assert words in said(await send(client, data))
    said(await send(client, data, f"{API}/strokes/predict"))


async def test_no_other_decoder(client: httpx.AsyncClient) -> None:
    for kind in ("PPM", "ICO", "TGA", "PCX"):
        problem(await send(client, encoded(picture(), kind)), 415)


# --- texts ----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "   \n\t", "\u200b\u200d\ufeff", "\x00\x01"])
async def test_nothing_to_read(client: httpx.AsyncClient, text: str) -> None:
    detail = problem(await client.post(READ, json={"text": text}), 422)
    assert detail == "Nothing to read yet. Type a sentence or pick one."


async def test_only_unknown_words(client: httpx.AsyncClient) -> None:
    detail = problem(await client.post(READ, json={"text": "zxcvbn qwertz"}), 422)
    assert detail == "It knows none of these words: no answer."


@pytest.mark.parametrize(
    "text",
    [
        "good \u200b movie \x07",
        "مرحبا good",
        "good 🙂👩‍👩‍👧 movie",
        "<b>good</b> <script>alert(1)</script>",
        "good " + "good" * 400,
        "not a bad movie " * 3000,
        "good " + "x" * 100_000,
    ],
)
async def test_odd_texts_are_read(client: httpx.AsyncClient, text: str) -> None:
    answer = await client.post(READ, json={"text": text})
    said(answer)
    tokens = answer.json()["tokens"]
    assert any(token["known"] for token in tokens)
    for token in tokens:
        assert 0 <= token["start"] < token["end"] <= len(text)


async def test_too_many_tokens(client: httpx.AsyncClient) -> None:
    detail = problem(await client.post(READ, json={"text": "good " * 20_001}), 413)
    assert "20,000" in detail


# --- bodies ---------------------------------------------------------------------------------

JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"{'text': 1}", 400),
        (b'{"text": NaN}', 400),
        (b'{"text": "\xff"}', 400),
        (b'{"text": "\\ud800"}', 400),
        (b"[" * 5000, 400),
        (b"[]", 422),
        (b'"good"', 422),
        (b"null", 422),
        (b"{}", 422),
        (b'{"text": 5}', 422),
        (b'{"text": null}', 422),
        (b'{"text": "good", "sample": "bank"}', 422),
        (b'{"text": "good", "else": 1}', 422),
        (b'{"text": "good", "options": {"crop": [0, 0, 5]}}', 422),
        (b'{"sample": "nowhere"}', 404),
        (b'{"sample": "../../etc/passwd"}', 404),
    ],
)
async def test_json_bodies(client: httpx.AsyncClient, body: bytes, status: int) -> None:
    problem(await client.post(READ, content=body, headers=JSON), status)


@pytest.mark.parametrize(
    "options",
    [
        "5", "[]", '"crop"', '{"crop": 5}', '{"crop": [1, 2]}', '{"crop": [1, 2, 3.5]}',
        '{"crop": [true, 0, 5]}', '{"crop": [-1, 0, 5]}', '{"crop": [0, 0, 0]}',
        '{"crop": [0, 0, 4000]}', '{"crop": [0, 0, 1e400]}', '{"crop": [39, 0, 5]}',
        '{"crops": [0, 0, 5]}',
    ],
)  # fmt: skip
async def test_bad_options(client: httpx.AsyncClient, options: str) -> None:
    status = 400 if "1e400" in options else 422
    answers = [
        await client.post(PREDICT, files={"file": png()}, data={"options": options}),
        await client.post(
            PREDICT, content=png(), headers={"content-type": "image/png"},
            params={"options": options},
        ),
    ]  # fmt: skip
    for answer in answers:
        problem(answer, status)


async def test_options_that_are_no_json(client: httpx.AsyncClient) -> None:
    answer = await client.post(PREDICT, files={"file": png()}, data={"options": "{"})
    problem(answer, 400)


async def test_two_inputs_at_once(client: httpx.AsyncClient) -> None:
    files = [("file", ("a", png())), ("file", ("b", png()))]
    assert "Two inputs" in problem(await client.post(PREDICT, files=files), 422)
    mixed = await client.post(PREDICT, files={"file": png()}, data={"text": "good"})
    assert "text" in problem(mixed, 422)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"--x\r\n", "multipart/form-data; boundary=x"),
        (b"no form at all", "multipart/form-data; boundary=x"),
        (b"--x--", "multipart/form-data"),
        (
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc',
            "multipart/form-data; boundary=x",
        ),
        (b"--x\r\n\r\nabc\r\n--x--\r\n", "multipart/form-data; boundary=x"),
    ],
)
async def test_broken_forms(client: httpx.AsyncClient, body: bytes, kind: str) -> None:
    problem(await client.post(PREDICT, content=body, headers={"content-type": kind}), 400)


async def test_a_form_without_a_file(client: httpx.AsyncClient) -> None:
    form = b'--x\r\nContent-Disposition: form-data; name="options"\r\n\r\n{}\r\n--x--\r\n'
    kind = {"content-type": "multipart/form-data; boundary=x"}
    assert "file" in problem(await client.post(PREDICT, content=form, headers=kind), 422)


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "video/mp4", "", "image"])
async def test_types_of_bodies(client: httpx.AsyncClient, kind: str) -> None:
    headers = {"content-type": kind} if kind else {}
    assert "JSON" in problem(await client.post(READ, content=b"good", headers=headers), 415)


async def test_no_content_encoding(client: httpx.AsyncClient) -> None:
    headers = {**JSON, "content-encoding": "gzip"}
    problem(await client.post(READ, content=b"{}", headers=headers), 415)


# --- the wrong model, address, Accept -------------------------------------------------------


async def test_the_wrong_input_for_the_model(client: httpx.AsyncClient) -> None:
    assert "reads text" in problem(await send(client, png(), READ), 422)
    answer = await client.post(PREDICT, json={"text": "good"})
    assert "reads pictures" in problem(answer, 422)
    problem(await client.post(f"{API}/shapes/effects", json={"sample": "blocks"}), 422)


@pytest.mark.parametrize(
    "path",
    ["x", "x/weights", "x/samples", "x/samples/y", "x/samples/y/atlas", "_shared", "..%2Fsecret",
     "shapes/samples/none", "shapes/samples/none/atlas", "shapes/nothing"],
)  # fmt: skip
async def test_unknown_addresses(client: httpx.AsyncClient, path: str) -> None:
    problem(await client.get(f"{API}/{path}"), 404)


async def test_unknown_models_of_posts(client: httpx.AsyncClient) -> None:
    for call in ("predict", "trace", "effects"):
        problem(await client.post(f"{API}/x/{call}", json={"text": "good"}), 404)


async def test_other_methods(client: httpx.AsyncClient) -> None:
    answer = await client.get(PREDICT)
    problem(answer, 405)
    assert answer.headers["allow"] == "POST"
    problem(await client.options(PREDICT), 405)
    problem(await client.delete(API), 405)


@pytest.mark.parametrize(
    ("method", "path", "accept"),
    [
        ("POST", "mood/trace", "text/html"),
        ("POST", "mood/trace", "application/json;q=0"),
        ("POST", "mood/predict", "application/vnd.safetensors"),
        ("GET", "mood", "image/png"),
        ("GET", "mood/weights", "application/json"),
    ],
)
async def test_accept(client: httpx.AsyncClient, method: str, path: str, accept: str) -> None:
    body = {"text": "good"} if method == "POST" else None
    answer = await client.request(method, f"{API}/{path}", json=body, headers={"accept": accept})
    assert "Accept" in problem(answer, 406)


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("application/json;q=0.5, application/vnd.safetensors", "application/vnd.safetensors"),
        ("text/html, */*;q=0.1", "application/json"),
        ("application/json;q=0, */*", "application/vnd.safetensors"),
    ],
)
async def test_the_best_type_is_sent(client: httpx.AsyncClient, accept: str, kind: str) -> None:
    answer = await client.post(
        f"{API}/mood/trace", json={"text": "good"}, headers={"accept": accept}
    )
    assert answer.status_code == 200
    assert answer.headers["content-type"] == kind


@pytest.mark.parametrize(
    "query",
    ["digits=x", "digits=-1", "digits=99", "steps=5", "steps=a:b", "steps=-1:4", "steps=9:4",
     "steps=900:910", "layers=", "layers=nothing", "layers=lstm,nothing"],
)  # fmt: skip
async def test_bad_queries(client: httpx.AsyncClient, query: str) -> None:
    answer = await client.post(f"{API}/mood/trace?{query}", json={"text": "good movie"})
    problem(answer, 422)


async def test_steps_are_for_texts(client: httpx.AsyncClient) -> None:
    url = f"{API}/shapes/trace?steps=0:4"
    assert "texts" in problem(await client.post(url, json={"sample": "blocks"}), 422)

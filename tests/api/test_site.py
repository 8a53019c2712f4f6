"""Pages, static files and /docs: what they load, what they forbid, how long they may be kept."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from pathlib import Path

import httpx
import pytest

from app.core.assets import data_folder
from app.web.pages import PAGES, Page
from app.web.static import StaticSite, walk
from tests.api.conftest import API, problem

ADDRESS = re.compile(r"""(?:href|src|action|poster|data)\s*=\s*["']([^"']+)["']""")
OUTSIDE = re.compile(r"(?:https?:)?//[\w.-]+\.\w+")
PATHS = [page.path for page in PAGES]


def test_no_style_sheet_is_left_out() -> None:
    """A sheet that no template names styles nothing, and nothing fails by it."""
    templates = "".join(path.read_text() for path in data_folder("templates").glob("*.html"))
    for sheet in data_folder("static").glob("css/*.css"):
        assert sheet.stem.removeprefix("cnn-") in templates, sheet.name


@pytest.mark.parametrize("path", [*PATHS, "/docs"])
async def test_every_address_of_a_page_is_there_and_ours(
    client: httpx.AsyncClient, path: str
) -> None:
    answer = await client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert not OUTSIDE.search(answer.text)
    addresses = {a for a in ADDRESS.findall(answer.text) if not a.startswith(("data:", "#"))}
    assert any(a.endswith(".js") for a in addresses)
    for address in addresses:
        assert address.startswith("/")
        found = await client.get(address)
        assert found.status_code == 200, address
        if address.startswith("/static/"):
            assert found.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("path", PATHS)
async def test_the_policy_names_the_only_inline_script(
    client: httpx.AsyncClient, path: str
) -> None:
    answer = await client.get(path)
    policy = answer.headers["content-security-policy"]
    scripts = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", answer.text, re.S)
    assert len(scripts) == 1
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "http" not in policy
    assert not re.search(r"<[^>]+\s(?:on\w+|style)\s*=", answer.text)


async def test_docs_have_no_inline_script_at_all(client: httpx.AsyncClient) -> None:
    answer = await client.get("/docs")
    assert re.findall(r"<script[^>]*>([^<]+)</script>", answer.text) == []
    assert "'unsafe" not in answer.headers["content-security-policy"]


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name)
async def test_a_page_asks_for_its_modules_in_one_file(
    client: httpx.AsyncClient, row: Page
) -> None:
    page = (await client.get(row.path)).text
    script = re.findall(r'<script type="module" src="([^"]+)">', page)
    listed = re.findall(r'<link rel="modulepreload" href="([^"]+)">', page)
    assert listed[0] == script[0]
    answer = await client.get(script[0])
    assert f'as "js/pages/{row.name}.js"' in answer.text
    mapped = json.loads(re.findall(r'<script type="importmap">(.*?)</script>', page)[0])["imports"]
    libraries = re.findall(r'import \* as \S+ from "([^"]+)";', answer.text.partition("\n")[0])
    assert {mapped[name] for name in libraries} <= set(listed)
    for url in listed:
        text = (await client.get(url)).text
        inner = re.findall(r'from"([^"]+)"', text) if "/vendor/" in url else []
        assert {mapped[name] for name in inner} <= set(listed), url


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name)
async def test_modules_that_are_imported_later_share_what_is_packed(
    client: httpx.AsyncClient, row: Page
) -> None:
    """Each module of ours, as this page would import it: a second instance is a second store."""
    page = (await client.get(row.path)).text
    pack = re.findall(r'<script type="module" src="([^"]+)">', page)[0]
    base = pack.removesuffix("pack.js")
    given = (await client.get(pack)).text.rsplit("export {")[-1]
    held = set(re.findall(r' as "(js/[^"]+)"', given))
    files = [name for name in walk(data_folder("static")) if re.match(r"js/.*\.js$", name)]
    assert held <= set(files)
    for file in files:
        text = (await client.get(base + file)).text
        for name in re.findall(r'^(?:import|export)[^"();=]*"gridtime/([^"]+)"', text, re.M):
            assert f"js/{name}" not in held, (file, name)
        if file in held:
            assert text.startswith(f'import {{ "{file}" as $all }} from "{pack}"')
        homes = re.findall(r'^import \{ "js/[^"]+" as \S+ \} from "([^"]+)"', text, re.M)
        for home in homes:
            assert (await client.get(home)).status_code == 200


async def test_packs_are_kept_by_content(client: httpx.AsyncClient) -> None:
    page = (await client.get("/cnn")).text
    for url in re.findall(r'(?:href|src)="(/packed/[^"]+)"', page):
        answer = await client.get(url)
        assert "immutable" in answer.headers["cache-control"]
        old = re.sub(r"/packed/\w+/", "/packed/0123456789ab/", url)
        again = await client.get(old)
        assert again.headers["cache-control"] == "no-cache"
        assert again.content == answer.content
    for path in ("none/pack.js", "cnn/none.js", "cnn/js/none.js", "cnn/js/%2e%2e/x.toml",
                 "cnn/vendor/preact.js", "cnn/styles-0.css", "%00/pack.js"):  # fmt: skip
        problem(await client.get(f"/packed/0/{path}"), 404)


def test_no_address_outside_in_our_own_files() -> None:
    allowed = re.compile(r"https?://(?:www\.w3\.org/|localhost|127\.0\.0\.1)")
    for folder in ("static/js", "static/css", "static/img", "templates"):
        for file in Path(data_folder(folder.partition("/")[0]).parent, folder).rglob("*.*"):
            code = re.sub(r"/\*.*?\*/", "", file.read_text("utf-8", "replace"), flags=re.S)
            code = re.sub(r"(?m)^\s*//.*$", "", code)
            for found in re.findall(r"https?://[^\s\"'`)]+", code):
                assert allowed.match(found), f"{file}: {found}"


async def test_static_files_are_kept_by_content(client: httpx.AsyncClient) -> None:
    page = (await client.get("/")).text
    build = re.findall(r"/static/([0-9a-f]{12})/", page)[0]
    forever = await client.get(f"/static/{build}/vendor/preact.js")
    assert "immutable" in forever.headers["cache-control"]
    for path in ("vendor/preact.js", "0123456789ab/vendor/preact.js"):
        again = await client.get(f"/static/{path}")
        assert again.headers["cache-control"] == "no-cache"
        assert again.content == forever.content
        known = {"if-none-match": f"W/{again.headers['etag']}"}
        assert (await client.get(f"/static/{path}", headers=known)).status_code == 304


async def test_static_files_are_compressed_once(client: httpx.AsyncClient) -> None:
    url = "/static/vendor/preact.js"
    plain = await client.get(url, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    async with client.stream("GET", url, headers={"accept-encoding": "gzip"}) as answer:
        raw = b"".join([chunk async for chunk in answer.aiter_raw()])
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(raw) == plain.content
    assert len(raw) < len(plain.content) / 2
    assert answer.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"


async def test_a_changed_file_changes_every_address(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("1")
    (tmp_path / ".hidden").write_text("1")
    site = StaticSite(tmp_path)
    first = site.url("a.js")
    assert site.url("/static/a.js") == first
    (tmp_path / "a.js").write_text("22")
    site._looked = 0.0
    assert site.url("a.js") != first
    assert set(site._stats) == {"a.js"}


@pytest.mark.parametrize(
    "path",
    ["nothing.js", "../pyproject.toml", "..%2Fpyproject.toml", "%2e%2e/app/cli.py", "js", "",
     ".gitignore", "//etc/passwd", "js/%00"],
)  # fmt: skip
async def test_nothing_outside_the_folder(client: httpx.AsyncClient, path: str) -> None:
    problem(await client.get(f"/static/{path}"), 404)


@pytest.mark.parametrize(
    "path", ["/", "/docs", "/static/vendor/preact.js", API, "/none", "/healthz"]
)
async def test_headers_of_every_answer(client: httpx.AsyncClient, path: str) -> None:
    headers = (await client.get(path)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "access-control-allow-origin" not in headers


async def test_no_cors(client: httpx.AsyncClient) -> None:
    origin = {"origin": "https://example.com", "access-control-request-method": "POST"}
    answer = await client.options(f"{API}/mood/trace", headers=origin)
    problem(answer, 405)
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io:8000", "", "[::2]:80"]
)
async def test_foreign_hosts_are_refused(client: httpx.AsyncClient, host: str) -> None:
    assert "localhost" in problem(await client.get("/", headers={"host": host}), 421)


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:9", "127.0.0.1:8000", "[::1]", "[::1]:8000"]
)
async def test_own_hosts_are_answered(client: httpx.AsyncClient, host: str) -> None:
    assert (await client.get("/healthz", headers={"host": host})).status_code == 200


async def test_head_is_get_without_a_body(client: httpx.AsyncClient) -> None:
    for path in ("/", API, f"{API}/mood/weights"):
        get, head = await client.get(path), await client.head(path)
        assert head.content == b""
        assert head.headers["content-length"] == get.headers["content-length"]


async def test_the_log_holds_nothing_of_a_visitors(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    secret = "good xyzzy"
    await client.post(f"{API}/mood/trace?layers=xyzzy", json={"text": secret})
    await client.post(f"{API}/mood/predict", json={"text": secret})
    await client.post(f"{API}/shapes/predict", files={"file": ("xyzzy.png", b"xyzzy")})
    await client.get("/none?q=xyzzy")
    lines = [r.getMessage() for r in caplog.records if not r.name.startswith("httpx")]
    assert any("POST /api/v1/models/mood/predict 200" in line for line in lines)
    assert not [line for line in lines if "xyzzy" in line]


async def test_what_nobody_expected_is_a_problem_without_details(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **more: object) -> None:
        raise RuntimeError("xyzzy")

    monkeypatch.setattr("app.engine.work.trace", broken)
    answer = await client.post(f"{API}/mood/predict", json={"text": "good xyzzy"})
    assert "xyzzy" not in problem(answer, 500)
    lines = [r.getMessage() for r in caplog.records if r.name == "gridtime.errors"]
    assert len(lines) == 1
    assert lines[0].startswith("RuntimeError at ")
    assert "xyzzy" not in lines[0]


async def test_only_pages_that_offer_one_may_ask_for_it(client: httpx.AsyncClient) -> None:
    for page in PAGES:
        policy = (await client.get(page.path)).headers["permissions-policy"]
        assert f"camera={'(self)' if page.camera else '()'}" in policy
        assert f"microphone={'(self)' if page.microphone else '()'}" in policy

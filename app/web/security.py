"""What every answer carries, and which requests are not answered at all.

    request --HostGuard--> a foreign Host header: 421, against DNS rebinding
            --Frame------> HEAD as GET, security headers, one log line, 500 as problem+json

Pure ASGI: no copy of the body, nothing between the handler and the socket. The log line holds
method, path, status and time: never a query string, a header or a body.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import time
import traceback
from collections.abc import Iterable, Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.engine import ClientGone
from app.web.problems import problem

LEFT = 499  # in the log only: the visitor closed the connection, nobody is there to answer
ACCESS = logging.getLogger("gridtime.access")
ERRORS = logging.getLogger("gridtime.errors")

PERMISSIONS = "camera={camera}, microphone={microphone}, geolocation=(), payment=(), usb=()"
API_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
UNEXPECTED = "Something went wrong here. The log of the server says where. Try again."
HEADERS = {
    "Content-Security-Policy": API_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS.format(camera="()", microphone="()"),
}


def page_permissions(camera: bool, microphone: bool) -> str:
    """The Permissions-Policy of a page: nothing, or its own camera or microphone where it offers
    one.

    The Content-Security-Policy needs no change: a stream is given to a <video> or recorded in the
    page, never fetched.
    """
    own = {True: "(self)", False: "()"}
    return PERMISSIONS.format(camera=own[camera], microphone=own[microphone])


def page_policy(inline_scripts: Iterable[str], *extra: str) -> str:
    """The Content-Security-Policy of a page: own files, and these inline scripts by hash."""
    hashes = " ".join(f"'sha256-{sha256(script)}'" for script in inline_scripts)
    rules = [
        "default-src 'none'",
        f"script-src 'self' {hashes}".strip(),
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
    named = {rule.split()[0]: rule for rule in [*rules, *extra]}
    return "; ".join(named.values())


def sha256(script: str) -> str:
    """The base64 digest that a CSP names a script by."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


class HostGuard:
    """Refuses a Host header that is not ours, so that no foreign name can be rebound to us."""

    def __init__(self, app: ASGIApp, allowed: Sequence[str]) -> None:
        self._app = app
        self._allowed = {host.lower().strip("[]") for host in allowed}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._known(Headers(scope=scope).getlist("host")):
            detail = "This server does not answer under that name. Open it as localhost."
            await problem(421, "Misdirected request", detail)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _known(self, hosts: list[str]) -> bool:
        if "*" in self._allowed:
            return True
        return len(hosts) == 1 and host_name(hosts[0]) in self._allowed


def host_name(host: str) -> str:
    """`[::1]:8000` -> `::1`, `LocalHost:80` -> `localhost`."""
    host = host.strip().lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].rstrip(".")


class Frame:
    """The outermost layer: headers on the way out, HEAD, the log line, and no bare 500."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, method = time.perf_counter(), scope["method"]
        status = 0

        async def finish(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            elif method == "HEAD":
                message = {**message, "body": b""}
            await send(message)

        inner = {**scope, "method": "GET"} if method == "HEAD" else scope
        try:
            await self._app(inner, receive, finish)
        except (ClientDisconnect, ClientGone):
            status = status or LEFT
        except Exception as error:
            log_unexpected(error)
            if status:
                raise ConnectionError("The answer broke off.") from None
            await problem(500, "Internal error", UNEXPECTED)(scope, receive, finish)
        finally:
            path = scope.get("raw_path", b"").decode("latin-1").partition("?")[0]
            took = 1000 * (time.perf_counter() - started)
            ACCESS.info("%s %s %d %.1f ms", method, path, status, took)


def log_unexpected(error: BaseException) -> None:
    """Where it went wrong, without the message: that may quote what a user sent."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    ERRORS.error("%s at %s", type(error).__name__, " < ".join(reversed(places[-8:])))

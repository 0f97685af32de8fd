"""What stands before the whole web app: a limit on what comes in, security headers on what goes out."""

import base64
import hashlib
import re
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_LIMIT = 256 * 1024
INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """ASGI middleware around the page and the API; `dress` has the last word on an HTML document."""

    def __init__(self, app: ASGIApp, dress: Callable[[bytes], bytes]) -> None:
        self.app, self.dress = app, dress

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = _refusal(Headers(scope=scope))
        await (refusal or self.app)(scope, receive, _Sender(send, self.dress))


class _Sender:
    """Adds the headers; holds a page's HTML back until its scripts are known to the policy."""

    def __init__(self, send: Send, dress: Callable[[bytes], bytes]) -> None:
        self._send, self._dress = send, dress
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._on_start(message)
        elif self._start is None:
            await self._send(message)
        else:
            await self._on_body(message)

    async def _on_start(self, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        headers.update(HEADERS)
        if headers.get("content-type", "").startswith("text/html"):
            self._start = message
            return
        headers["Content-Security-Policy"] = policy(b"")
        await self._send(message)

    async def _on_body(self, message: Message) -> None:
        self._body += message.get("body", b"")
        if message.get("more_body") or self._start is None:
            return
        html = self._dress(self._body)
        headers = MutableHeaders(scope=self._start)
        headers["Content-Security-Policy"] = policy(html)
        headers["Content-Length"] = str(len(html))
        await self._send(self._start)
        await self._send({**message, "body": html})


def policy(html: bytes) -> str:
    """Only what this server sends: its own files and the scripts written into this very page.

    `unsafe-eval`, because Gradio compiles its components' templates and browser drivers their wait conditions.
    """
    inline = "".join(f" 'sha256-{_digest(script)}'" for script in INLINE_SCRIPT.findall(html))
    return (
        f"default-src 'none'; script-src 'self' 'unsafe-eval'{inline}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; manifest-src 'self'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )


def _digest(script: bytes) -> str:
    return base64.b64encode(hashlib.sha256(script).digest()).decode()


def _refusal(headers: Headers) -> JSONResponse | None:
    length = headers.get("content-length", "0")
    if "transfer-encoding" in headers:
        return JSONResponse({"error": "Please send the body with its length (`Content-Length`)."}, 411)
    if not length.isdecimal() or int(length) > BODY_LIMIT:
        return JSONResponse({"error": f"The body is too large: at most {BODY_LIMIT} bytes."}, 413)
    return None

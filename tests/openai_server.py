"""A scripted chat model: an OpenAI-compatible server on loopback that says what a test tells it to.

with ScriptedServer() as server:
    server.enqueue("The first batch had 10 participants [1].")
    model = init_chat_model("openai:scripted", base_url=server.base_url, api_key="none")
"""

import json
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True)
class Reply:
    """What the server does with one request.

    `break_after` cuts the connection after so many pieces of the text, `end_after` ends the stream there as if
    nothing were missing; `silence` is waited before the first piece, with a sign of life now and then where
    `pings` is set, and `pause` after each piece.
    """

    text: str = ""
    status: int = 200
    finish: str = "stop"
    break_after: int | None = None
    end_after: int | None = None
    silence: float = 0.0
    pings: bool = False
    pause: float = 0.0
    piece: int = 7

    def pieces(self) -> list[str]:
        whole = [self.text[at : at + self.piece] for at in range(0, len(self.text), self.piece)]
        return whole[: min((n for n in (self.break_after, self.end_after) if n is not None), default=len(whole))]

    @property
    def is_whole(self) -> bool:
        return self.break_after is None and self.end_after is None


class ScriptedServer:
    """Replies in the order they were enqueued; `requests` keeps their bodies, `left` counts clients that hung up."""

    def __init__(self) -> None:
        self.replies: deque[Reply] = deque()
        self.requests: list[dict[str, Any]] = []
        self.left = 0
        self.closing = threading.Event()
        self._server = _Scripted(self)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def enqueue(self, text: str = "", *, times: int = 1, **how: Any) -> None:
        """The next reply, or the next `times` replies: clients try again after some failures."""
        self.replies.extend([Reply(text, **how)] * times)

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()


class _Scripted(ThreadingHTTPServer):
    """The HTTP server of a script."""

    daemon_threads = True

    def __init__(self, script: ScriptedServer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script = script


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Scripted

    @property
    def script(self) -> ScriptedServer:
        return self.server.script

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.script.requests.append(body)
        replies = self.script.replies
        reply = replies.popleft() if replies else Reply("nothing was enqueued", status=500)
        if reply.status != 200:
            self._fail(reply)
        elif body.get("stream"):
            self._stream(reply)
        else:
            self._complete(reply)

    def _fail(self, reply: Reply) -> None:
        self._send({"error": {"message": reply.text, "type": "scripted", "code": reply.status}}, reply.status)

    def _complete(self, reply: Reply) -> None:
        self.script.closing.wait(reply.silence)
        choice = {"index": 0, "message": {"role": "assistant", "content": reply.text}, "finish_reason": "stop"}
        self._send({"id": "1", "object": "chat.completion", "model": "scripted", "choices": [choice]})

    def _send(self, value: dict[str, Any], status: int = 200) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _stream(self, reply: Reply) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        try:
            self._wait(reply)
            for event in self._events(reply):
                self._chunk(f"data: {event}\n\n".encode())
            if reply.break_after is None:
                self._chunk(b"")
        except OSError:
            self.script.left += 1
        self.close_connection = True

    def _wait(self, reply: Reply) -> None:
        until = time.monotonic() + reply.silence
        while time.monotonic() < until and not self.script.closing.wait(min(0.05, reply.silence)):
            if reply.pings:
                self._chunk(b": ping\n\n")

    def _events(self, reply: Reply) -> Iterator[str]:
        for piece in reply.pieces():
            yield _event({"role": "assistant", "content": piece})
            self.script.closing.wait(reply.pause)
        if reply.is_whole:
            yield _event({}, reply.finish)
            yield "[DONE]"

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        pass


def _event(delta: dict[str, str], finish: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return json.dumps(
        {
            "id": "1",
            "object": "chat.completion.chunk",
            "created": int(time.time()),
            "model": "scripted",
            "choices": [choice],
        }
    )

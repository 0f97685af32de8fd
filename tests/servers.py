"""Real servers on the loopback: of Chroma, of pages, and addresses where none answers."""

import http.server
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path

START_SECONDS = 60


def free_port() -> int:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def chroma_server(folder: Path, port: int | None = None) -> Iterator[str]:
    """The address of a Chroma server that keeps its data in `folder`."""
    port = port or free_port()
    command = [str(Path(sys.executable).with_name("chroma")), "run", "--path", str(folder)]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    with (folder.parent / "chroma.log").open("ab") as log:
        environment = os.environ | {"ANONYMIZED_TELEMETRY": "False"}
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder.parent, env=environment)
    try:
        _wait(f"http://127.0.0.1:{port}/api/v2/heartbeat")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def _wait(url: str) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(url, timeout=1).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


@contextmanager
def silent_server() -> Iterator[str]:
    """An address that takes connections and says nothing."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@contextmanager
def other_server() -> Iterator[str]:
    """The address of a web server that is no Chroma."""

    class Quiet(http.server.BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None: ...

    with http.server.HTTPServer(("127.0.0.1", 0), Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@contextmanager
def no_server() -> Iterator[str]:
    yield f"http://127.0.0.1:{free_port()}"


Answer = tuple[int, Mapping[str, str], bytes]
"""Status, headers and body."""


class Pages:
    """A web server's answers by path, in turn, the last one for ever; and the requests it got, as (path, headers)."""

    def __init__(self, url: str, answers: dict[str, list[Answer]]) -> None:
        self.url, self.answers = url, answers
        self.requests: list[tuple[str, Mapping[str, str]]] = []

    def asked(self) -> list[str]:
        return [path for path, _ in self.requests]

    def answer(self, path: str, headers: Mapping[str, str]) -> Answer:
        self.requests.append((path, headers))
        left = self.answers.get(path, [(404, {}, b"")])
        status, told, body = left.pop(0) if len(left) > 1 else left[0]
        unchanged = any(headers.get(asked) == told[name] for asked, name in VALIDATORS if name in told)
        return (304, {}, b"") if unchanged else (status, told, body)


VALIDATORS = (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified"))


@contextmanager
def page_server(host: str = "127.0.0.1") -> Iterator[Pages]:
    """A web server of pages, none at first; it knows of conditional requests."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = pages.answer(self.path, dict(self.headers))
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | dict(headers)).items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None: ...

    with http.server.ThreadingHTTPServer((host, 0), Handler) as server:
        pages = Pages(f"http://{host}:{server.server_address[1]}", {})
        threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
        yield pages
        server.shutdown()

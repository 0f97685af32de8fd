"""The web app, page and API in one, and its launch."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import socket
from typing import TYPE_CHECKING, Any

import gradio as gr
import uvicorn
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from assistant.errors import ServeError
from assistant.web import api, document, page
from assistant.web.guard import BODY_LIMIT, Guard

if TYPE_CHECKING:
    from assistant.chain import Assistant
    from assistant.settings import Settings

NO_DOCUMENTATION: dict[str, Any] = {"openapi_url": None, "docs_url": None, "redoc_url": None}
THEME = gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"])


def create_app(assistant: Assistant, settings: Settings) -> FastAPI:
    """The web app: the API under `/api`, the page at `/`."""
    app = FastAPI(**NO_DOCUMENTATION)
    app.add_middleware(Guard, dress=document.dressed)
    app.include_router(api.routes(assistant))
    app.mount(document.URL, StaticFiles(directory=document.STATIC))
    gr.mount_gradio_app(
        app,
        page.build(assistant, settings.max_question),
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=BODY_LIMIT,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        app_kwargs=NO_DOCUMENTATION,
        theme=THEME,
    )
    return app


def listen(settings: Settings) -> socket.socket:
    """The socket to serve on; raises ServeError where it cannot be had."""
    host, port = settings.host, settings.port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise ServeError(_why_not(error, host, port)) from error


def serve(app: FastAPI, listener: socket.socket) -> None:
    """Serve `app` until the process is told to stop."""
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    print(f"The chat is at http://{shown}:{port} (stop it with Ctrl+C).", flush=True)
    config = uvicorn.Config(app, log_level="warning", server_header=False, timeout_graceful_shutdown=1)
    logging.getLogger("uvicorn.error").addFilter(_is_news)
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])


def _is_news(record: logging.LogRecord) -> bool:
    """False for what uvicorn reports when it stops while a page is still open somewhere."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, asyncio.CancelledError) and not record.getMessage().startswith("Cancel ")


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is taken by another program: stop it, or set `ASSISTANT_PORT` to another port."
    if error.errno == errno.EACCES:
        return f"Port {port} may not be used by this account: set `ASSISTANT_PORT` to a port above 1023."
    return (
        f"The web chat cannot listen on {host}: {error.strerror}. Set `ASSISTANT_HOST` to an address of this machine."
    )

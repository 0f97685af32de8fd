"""The HTTP API: `POST /api/ask` and `GET /api/health`.

Errors are `{"error": sentence}`: 400 for a body that is not JSON, 413 for one that is too large (see `guard`),
422 for one of another shape. Everything else is an answer with a status.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

if TYPE_CHECKING:
    from assistant.chain import Assistant

AT_ONCE = 10
HISTORY_LIMIT = 50
SHAPE = 'The body is `{"question": "…", "history": ["earlier question", …]}`; `history` may be left out.'


class Ask(BaseModel):
    """The body of a request: a question and the earlier questions of its conversation, oldest first."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: str
    history: Annotated[list[str], Field(max_length=HISTORY_LIMIT)] = []


def routes(assistant: Assistant) -> APIRouter:
    """The API's routes, answered by `assistant`."""
    router = APIRouter(prefix="/api")
    limiter = CapacityLimiter(AT_ONCE)

    @router.post("/ask")
    async def ask(request: Request) -> JSONResponse:
        try:
            asked = Ask.model_validate(json.loads(await request.body()))
        except ValidationError as error:
            return _error(422, _mistake(error))
        except (ValueError, RecursionError):
            return _error(400, f"The body is not JSON. {SHAPE}")
        answer = await to_thread.run_sync(partial(assistant.ask, asked.question, asked.history), limiter=limiter)
        return JSONResponse(answer.as_dict())

    @router.get("/health")
    async def health() -> dict[str, Any]:
        return {"status": "ok", "newest": assistant.newest, "documents": len(assistant.sources)}

    @router.api_route("/{path:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    async def other(path: str) -> JSONResponse:
        return _error(404, f"There is no `/api/{path}` for this method: there are POST /api/ask and GET /api/health.")

    return router


def _mistake(error: ValidationError) -> str:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"]) or "body"
    return f"`{where}` is not right: {first['msg']}. {SHAPE}"


def _error(status: int, sentence: str) -> JSONResponse:
    return JSONResponse({"error": sentence}, status)

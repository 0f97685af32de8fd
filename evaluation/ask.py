"""Getting answers: from the assistant in this process, or from one that is served."""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from assistant.errors import AssistantError
from assistant.settings import Settings
from assistant.types import Trace
from evaluation.facts import Item

AnswerDict = dict[str, Any]
"""An answer in the shape of `Answer.as_dict()`."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, and how it came about where that is known."""

    answer: AnswerDict
    trace: Trace | None = None


Asker = Callable[[str, Sequence[str]], Reply]
"""Takes a question and the earlier questions."""

Embedding = Callable[[str], object]
"""Embeds a question once, as the assistant's own engine does."""

TIMEOUT = 120.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was answered to an item, how it came about where that is known, and the seconds it took the asker.

    `embedding` is how long it took right after to embed the question, None where that was not measured.
    """

    item: Item
    answer: AnswerDict
    seconds: float
    trace: Trace | None = None
    embedding: float | None = None

    def as_line(self) -> str:
        """One line of the answers file: the answer with the item's id."""
        return json.dumps({"id": self.item.id, **self.answer}, ensure_ascii=False)


def in_process(settings: Settings) -> Asker:
    """Ask the assistant that these settings describe."""
    from assistant.chain import open_assistant

    assistant = open_assistant(settings)

    def ask(question: str, history: Sequence[str]) -> Reply:
        trace = assistant.trace(question, history)
        return Reply(trace.answer.as_dict(), trace)

    return ask


def embedding(settings: Settings) -> Embedding | None:
    """The embedding alone, to compare with; None with a chat model, whose time says nothing about this program."""
    if settings.chat_model:
        return None
    from assistant.models import embedder

    engine = embedder(settings.embedding_model, settings.index)
    return lambda question: engine.embed([question])


def over_http(url: str) -> Asker:
    """Ask an assistant that is served at `url`."""
    client = httpx.Client(timeout=TIMEOUT)
    endpoint = url.rstrip("/") + "/api/ask"

    def ask(question: str, history: Sequence[str]) -> Reply:
        try:
            response = client.post(endpoint, json={"question": question, "history": list(history)})
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise AssistantError(f"`{endpoint}` did not answer: {error}. Is the web chat running there?") from error
        return Reply(_answer(response, endpoint))

    return ask


def ask_all(items: Iterable[Item], ask: Asker, embed: Embedding | None = None) -> Iterator[Outcome]:
    """Ask every item in turn, and embed its question by the way."""
    for item in items:
        start = time.perf_counter()
        reply = ask(item.question, item.history)
        seconds = time.perf_counter() - start
        yield Outcome(item, reply.answer, seconds, reply.trace, _seconds(embed, item.question) if embed else None)


def _seconds(embed: Embedding, question: str) -> float:
    start = time.perf_counter()
    embed(question)
    return time.perf_counter() - start


def _answer(response: httpx.Response, endpoint: str) -> AnswerDict:
    try:
        answer = response.json()
    except ValueError:
        answer = None
    if not isinstance(answer, dict) or "status" not in answer:
        raise AssistantError(
            f"`{endpoint}` gave no answer but HTTP {response.status_code}: {response.text[:200].strip() or 'empty'}"
        )
    return answer

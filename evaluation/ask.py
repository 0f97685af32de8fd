"""Getting answers: from the assistant in this process, or from one that is served."""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from assistant.errors import AssistantError
from assistant.settings import Settings
from evaluation.facts import Item

AnswerDict = dict[str, Any]
"""An answer in the shape of `Answer.as_dict()`."""

Asker = Callable[[str, Sequence[str]], AnswerDict]
"""Takes a question and the earlier questions, gives the answer."""

TIMEOUT = 120.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was answered to an item, and the seconds it took as the asker sees them."""

    item: Item
    answer: AnswerDict
    seconds: float

    def as_line(self) -> str:
        """One line of the answers file: the answer with the item's id."""
        return json.dumps({"id": self.item.id, **self.answer}, ensure_ascii=False)


def in_process(settings: Settings) -> Asker:
    """Ask the assistant that these settings describe."""
    from assistant.chain import open_assistant

    assistant = open_assistant(settings)
    return lambda question, history: assistant.ask(question, history).as_dict()


def over_http(url: str) -> Asker:
    """Ask an assistant that is served at `url`."""
    client = httpx.Client(timeout=TIMEOUT)
    endpoint = url.rstrip("/") + "/api/ask"

    def ask(question: str, history: Sequence[str]) -> AnswerDict:
        try:
            response = client.post(endpoint, json={"question": question, "history": list(history)})
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise AssistantError(f"`{endpoint}` did not answer: {error}. Is the web chat running there?") from error
        return _answer(response, endpoint)

    return ask


def ask_all(items: Iterable[Item], ask: Asker) -> Iterator[Outcome]:
    """Ask every item in turn."""
    for item in items:
        start = time.perf_counter()
        answer = ask(item.question, item.history)
        yield Outcome(item, answer, time.perf_counter() - start)


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

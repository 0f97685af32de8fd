"""The chat model's way to answer: passages and a question in, whole sentences with the passages they name out."""

import contextvars
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from socket import gaierror

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from assistant.cite import Marked, marked
from assistant.claims import is_chinese
from assistant.errors import ModelError
from assistant.language import fold, has_chinese, to_script
from assistant.types import Language, Match, Passage, Question
from prompts import instructions, message

CANNOT_ANSWER = "NOT IN THE DOCUMENTS"
MAX_SENTENCES = 6
MAX_CHARACTERS = 2000
PATIENCE = 4
"""The whole reply may take this many times as long as its longest silence."""

_TAG_SIGNS = str.maketrans({"<": "‹", ">": "›", "＜": "‹", "＞": "›"})
_OPENING = "[【［〔(（"
_CLOSING = "]】］〕)）"
_THOUGHT = ("<think>", "</think>")
_END_SIGNS = frozenset({"finish_reason", "stop_reason", "done_reason", "stopReason"})
_FAILURES = {
    401: "refused the key: check ASSISTANT_CHAT_API_KEY",
    403: "refused the key: check ASSISTANT_CHAT_API_KEY",
    404: "does not know that model: check ASSISTANT_CHAT_MODEL and ASSISTANT_CHAT_BASE_URL",
    429: "is over its limit of requests: try again later",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence that a model wrote, without markers, and the passages it named for it."""

    text: str
    passages: tuple[Passage, ...]


def write(model: BaseChatModel, question: Question, matches: Sequence[Match], seconds: float = 30.0) -> Iterator[Draft]:
    """Sentences as the model finishes them, in the asker's script; none where it says that it cannot answer.

    Sentences that name no given passage or are in another language are left out. Raises ModelError when the
    model fails, falls silent for `seconds`, breaks off, or writes no sentence that names a passage.
    """
    if not matches:
        return
    used = False
    for sentence in _sentences(_stream(model, messages(question, matches), seconds), len(matches)):
        if fold(CANNOT_ANSWER) in fold(sentence.text):
            return
        if sentence.numbers and _is_in(question.language, sentence.text):
            used = True
            passages = tuple(matches[number - 1].passage for number in sentence.numbers)
            yield Draft(to_script(sentence.text, question.language), passages)
    if not used:
        raise ModelError("The chat model wrote nothing that can be checked in the passages; it is not shown.")


def messages(question: Question, matches: Sequence[Match]) -> list[BaseMessage]:
    """What the model is told: the rules, then passages and questions between tags that nothing inside can close."""
    rules = instructions("answer").format(
        cannot_answer=CANNOT_ANSWER,
        sentences=MAX_SENTENCES // 2,
        language=message(f"language_{question.language}", Language.ENGLISH),
    )
    passages = [_tagged(match.passage, number) for number, match in enumerate(matches, start=1)]
    earlier = [f"<earlier>{_as_data(text)}</earlier>" for text in question.history]
    asked = f"<question>{_as_data(question.standalone or question.text)}</question>"
    return [SystemMessage(rules), HumanMessage("\n\n".join([*passages, *earlier, asked]))]


def _tagged(passage: Passage, number: int) -> str:
    source = passage.source
    facts = {
        "Title": source.title,
        "Publisher": source.publisher,
        "Published": source.published,
        "Section": passage.section,
    }
    lines = [f"{name}: {_as_data(' '.join(value.split()))}" for name, value in facts.items() if value]
    return "\n".join([f'<passage number="{number}">', *lines, "", _as_data(passage.text), "</passage>"])


def _as_data(text: str) -> str:
    return text.translate(_TAG_SIGNS)


def _sentences(pieces: Iterator[str], count: int) -> Iterator[Marked]:
    """The marked sentences of a growing text, each as soon as the next one has begun."""
    text, given = "", 0
    for piece in pieces:
        text += piece
        finished = marked(_settled(_spoken(text)), count)[:-1]
        yield from finished[given:MAX_SENTENCES]
        given = max(given, len(finished))
        if given >= MAX_SENTENCES or len(_spoken(text)) > MAX_CHARACTERS:
            return
    written = marked(_spoken(text), count)
    if written and text.rstrip()[-1:].isalnum():
        written[-1] = Marked(written[-1].text)  # cut off in mid-sentence: nothing vouches for it
    yield from written[given:MAX_SENTENCES]


def _spoken(text: str) -> str:
    """The text without the thoughts that some models put before it."""
    start, end = _THOUGHT
    if text.lstrip().startswith(start):
        return text.partition(end)[2]
    return text


def _settled(text: str) -> str:
    """The text up to a bracket that is still open, which may become a marker of the sentence before it."""
    opened = max(map(text.rfind, _OPENING))
    return text[:opened] if opened > max(map(text.rfind, _CLOSING)) else text


def _is_in(language: Language, text: str) -> bool:
    return has_chinese(text) if language.is_chinese else not is_chinese(text)


def _stream(model: BaseChatModel, prompt: list[BaseMessage], seconds: float) -> Iterator[str]:
    """The reply piece by piece; raises ModelError when it fails, breaks off or takes too long.

    It is read in a thread of its own, so that a server which keeps the line open and says nothing is left in time.
    """
    queue: SimpleQueue[str | BaseException | None] = SimpleQueue()
    stop = threading.Event()
    work = (contextvars.copy_context().run, (_read, model, prompt, queue, stop))
    threading.Thread(target=work[0], args=work[1], daemon=True).start()
    deadline = time.monotonic() + PATIENCE * seconds
    try:
        while (item := queue.get(timeout=max(0.0, min(seconds, deadline - time.monotonic())))) is not None:
            if isinstance(item, BaseException):
                raise ModelError(_told(item)) from item
            yield item
    except Empty:
        raise ModelError(f"The chat model did not answer within {seconds:g} seconds.") from None
    finally:
        stop.set()


def _read(
    model: BaseChatModel,
    prompt: list[BaseMessage],
    queue: SimpleQueue[str | BaseException | None],
    stop: threading.Event,
) -> None:
    """Put the pieces of the reply into the queue, then None or what went wrong."""
    try:
        last, ended = "", False
        for chunk in model.stream(prompt):
            if stop.is_set():
                return
            ended = ended or not _END_SIGNS.isdisjoint(chunk.response_metadata)
            if chunk.text:
                queue.put(last := chunk.text)
        queue.put(None if ended or not last.rstrip()[-1:].isalnum() else ConnectionError("the reply broke off"))
    except Exception as error:  # each provider has exceptions of its own
        queue.put(error)


def _told(error: BaseException) -> str:
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        return f"The chat model {_FAILURES.get(status, 'failed')} (HTTP {status})."
    causes = list(_causes(error))
    if any(isinstance(cause, TimeoutError) for cause in causes):
        return "The chat model did not answer in time."
    if any(isinstance(cause, ConnectionRefusedError | gaierror) for cause in causes):
        return "The chat model cannot be reached: check ASSISTANT_CHAT_BASE_URL and whether its server runs."
    return f"The chat model did not finish its answer ({type(error).__name__})."


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__

"""The pipeline, spelled once: a question in, a cited answer out, and no exception for whoever asks.

understand → retrieve → read → judge → (write) → verify → cite → present
"""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

from langchain_core.runnables import Runnable, RunnableLambda

from assistant import present
from assistant.confidence import confidence, describe
from assistant.errors import AssistantError, ModelError, QuestionError
from assistant.evidence import candidates
from assistant.index import Index, open_index
from assistant.judge import judge, settled
from assistant.models import chat_model
from assistant.read import read
from assistant.retrieve import retrieve
from assistant.settings import Settings
from assistant.types import Answer, Question, Source, Status, Trace
from assistant.understand import Asked, language_of, tidy, understand, visible, with_person
from assistant.verify import supporting
from assistant.weigh import weigh

log = logging.getLogger(__name__)

State = dict[str, Any]


class Assistant:
    """Answers questions from one index; follows it to a new generation by itself."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._index = open_index(settings)
        self._chain = _chain(settings)

    @property
    def newest(self) -> str:
        """The newest document's date."""
        return self._index.manifest.newest

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents, each version once."""
        return self._index.sources

    def ask(self, text: str, history: Sequence[str] = ()) -> Answer:
        """The complete answer; `history` holds the earlier questions, oldest first."""
        *_, answer = self.stream(text, history)
        return answer

    def trace(self, text: str, history: Sequence[str] = ()) -> Trace:
        """The complete answer with what the steps handed on."""
        state: State = {}
        *_, answer = self._stream(text, history, state)
        return _trace(answer, state)

    def stream(self, text: str, history: Sequence[str] = ()) -> Iterator[Answer]:
        """The answer as it grows, sentence by sentence; the last one is complete."""
        return self._stream(text, history, {})

    def _stream(self, text: str, history: Sequence[str], state: State) -> Iterator[Answer]:
        """The growing answer; what the steps make of the question is put into `state`."""
        text, limit = visible(text), self._settings.max_question
        earlier = tuple(shown[:limit] for each in history if (shown := visible(each)))
        question = Question(text, language_of(text, earlier), earlier, text)
        started = time.perf_counter()
        try:
            asked = tidy(text, limit)
            self._index = open_index(self._settings, self._index)
            state |= {"text": asked, "history": earlier, "index": self._index, "seconds": {}, "dropped": []}
            state |= self._chain.invoke(state)
            yield from self._answers(state, started)
        except QuestionError as error:
            yield _failed(present.unusable(question, error.reason, limit), started)
        except AssistantError as error:
            log.error("a question could not be answered: %s", error)
            yield _failed(present.unavailable(question), started)
        except Exception:
            log.exception("a question could not be answered")
            yield _failed(present.unavailable(question), started)

    def _answers(self, state: State, started: float) -> Iterator[Answer]:
        def finished(answer: Answer) -> Answer:
            return present.timed(answer, {"total": time.perf_counter() - started, **state["seconds"]})

        if self._chat_model is None or state["status"] in (Status.REFUSED, Status.OUT_OF_SCOPE):
            yield from present.growing(state["read"], finished)
            return
        answer, before = None, time.perf_counter()
        try:
            for answer in self._written(state):
                yield answer
            state["seconds"]["write"] = time.perf_counter() - before
            yield finished(answer or present.refusal(state["asked"], Status.NOT_IN_DOCUMENTS, state["evidence"]))
        except ModelError as error:
            log.warning("the chat model failed: %s", error)
            state["seconds"]["write"] = time.perf_counter() - before
            yield finished(present.with_notice(state["read"], "model_failed"))

    def _written(self, state: State) -> Iterator[Answer]:
        """Growing answers of the chat model's verified sentences; raises ModelError where none holds."""
        from assistant.write import Draft, write  # what only a chat model needs is loaded with it

        matches = [found.match for found in state["evidence"]]
        kept: list[Draft] = []
        for draft in write(self._chat_model, state["asked"].question, matches, self._settings.chat_timeout):
            if passages := supporting(draft.text, draft.passages):
                kept.append(Draft(draft.text, passages))
                yield present.written(state["asked"], kept, state["evidence"])
            else:
                state["dropped"].append(draft.text)
        if state["dropped"] and not kept:
            raise ModelError("No sentence of the chat model is supported by the passages it names.")

    @cached_property
    def _chat_model(self) -> Any:
        return chat_model(self._settings)


def open_assistant(settings: Settings) -> Assistant:
    """Open the index; raises IndexMissing, IndexMismatch or IndexDamaged with what to do."""
    return Assistant(settings)


def _trace(answer: Answer, state: State) -> Trace:
    """A trace of as many steps as were made."""
    if "read" not in state:
        return Trace(answer)
    asked, reading = state["asked"], state["chosen"]
    is_judged = reading.sentences and not settled(asked)
    probability = confidence(describe(asked, state["weighted"], reading)) if is_judged else None
    return Trace(answer, tuple(each.text for each in reading.sentences), probability, tuple(state["dropped"]))


def _failed(answer: Answer, started: float) -> Answer:
    return present.timed(answer, {"total": time.perf_counter() - started})


def _chain(settings: Settings) -> Runnable[State, State]:
    """The steps that every question goes through, each timed; the state gains one key a step."""

    def understood(state: State) -> Any:
        asked = understand(state["text"], state["history"], _index(state).analyser)
        return _with_antecedent(asked, _index(state), settings) if asked.lacks_person else asked

    def retrieved(state: State) -> Any:
        return retrieve(state["asked"], _index(state), settings.passages)

    def ranked(state: State) -> Any:
        return candidates(state["asked"], state["weighted"], state["found"])

    def chosen(state: State) -> Any:
        return read(state["asked"], state["weighted"], state["ranked"])

    def judged(state: State) -> Status:
        return judge(state["asked"], state["weighted"], state["chosen"], settings.threshold)

    def presented(state: State) -> Answer:
        return present.read_out(state["asked"], state["status"], state["chosen"], state["evidence"])

    def weighted(state: State) -> Any:
        return weigh(state["asked"], _index(state))

    return (
        _step("asked", understood, "understand")
        | _step("found", retrieved, "retrieve")
        | _step("evidence", lambda state: state["found"].evidence)
        | _step("weighted", weighted)
        | _step("ranked", ranked, "read")
        | _step("chosen", chosen, "choose")
        | _step("status", judged, "judge")
        | _step("read", presented, "cite")
    )


def _with_antecedent(asked: Asked, index: Index, settings: Settings) -> Asked:
    """The question before is answered again to find whom a pronoun means."""
    *earlier, last = asked.question.history
    before = understand(last, earlier, index.analyser)
    weighted = weigh(before, index)
    leading = read(before, weighted, candidates(before, weighted, retrieve(before, index, settings.passages))).leading
    return with_person(asked, leading[0].text, index.analyser) if leading else asked


def _index(state: State) -> Index:
    index: Index = state["index"]
    return index


def _step(key: str, work: Callable[[State], Any], name: str = "") -> Runnable[State, State]:
    """The state with one more key; `name` is that of the step among the seconds.

    `RunnablePassthrough.assign` would do the same in a thread of its own, and take longer than most of the steps.
    """

    def run(state: State) -> State:
        started = time.perf_counter()
        made = work(state)
        if name:
            state["seconds"][name] = time.perf_counter() - started
        return {**state, key: made}

    return RunnableLambda(run).with_config(run_name=name or key)

"""At which step an answer was lost: told by what the steps handed on."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from assistant.language import to_script
from assistant.types import Language, Status, Trace
from evaluation import metrics
from evaluation.ask import Outcome
from evaluation.facts import Item
from evaluation.match import Fact, states


class Step(StrEnum):
    """Where it was lost, in the order in which a question goes through the steps."""

    NOT_RETRIEVED = "not retrieved"
    NOT_READ = "not read"
    REFUSED = "refused"
    DROPPED = "dropped by verification"
    WRONG_SOURCE = "wrong source"
    TOO_LONG = "too long"
    ANSWERED = "answered"
    FORBIDDEN = "says what it must not"
    UNAVAILABLE = "unavailable"
    UNKNOWN = "not known over HTTP"


MEANING: Mapping[Step, str] = {
    Step.NOT_RETRIEVED: "No retrieved passage of the expected documents states the fact.",
    Step.NOT_READ: "A retrieved passage states it, and the reader or the chat model did not take it up.",
    Step.REFUSED: "The question was refused, and what the reader had chosen states it.",
    Step.DROPPED: "The chat model wrote it, and verification held it back.",
    Step.WRONG_SOURCE: "The answer is right and does not cite what supports it.",
    Step.TOO_LONG: "The answer is longer than allowed.",
    Step.ANSWERED: "It was answered and should have been refused.",
    Step.FORBIDDEN: "The text says something that it must not.",
    Step.UNAVAILABLE: "Something failed.",
    Step.UNKNOWN: "A served assistant tells its answer, and not what its steps handed on.",
}


def lost_at(outcome: Outcome) -> Step | None:
    """The step that an outcome was lost at, the earliest where facts were lost at several; None for a good one."""
    item, answer = outcome.item, outcome.answer
    if answer["status"] == Status.UNAVAILABLE:
        return Step.UNAVAILABLE
    if metrics.has_forbidden(item, answer):
        return Step.FORBIDDEN
    if not item.is_answerable:
        return None if answer["status"] in metrics.REFUSALS else Step.ANSWERED
    if metrics.is_right(item, answer):
        return None if metrics.is_cited_right(item, answer) else Step.WRONG_SOURCE
    if lost := facts_lost(outcome):
        return min(lost.values(), key=list(Step).index)
    return Step.REFUSED if metrics.is_over_refused(item, answer) else Step.TOO_LONG


def facts_lost(outcome: Outcome) -> dict[Fact, Step]:
    """Every expected fact that the answer does not state, with the step that it was lost at."""
    item, answer = outcome.item, outcome.answer
    if not item.is_answerable:
        return {}
    missing = item.facts if metrics.is_over_refused(item, answer) else metrics.missing_facts(item, answer)
    return {fact: _lost_at(fact, item, outcome.trace) for fact in missing}


def _lost_at(fact: Fact, item: Item, trace: Trace | None) -> Step:
    if trace is None:
        return Step.UNKNOWN
    language = trace.answer.question.language
    if _stated(fact, trace.dropped, language):
        return Step.DROPPED
    if trace.answer.status in metrics.REFUSALS and (_stated(fact, trace.chosen, language) or not trace.answer.matches):
        return Step.REFUSED
    return Step.NOT_READ if _stated(fact, _retrieved(item, trace), language) else Step.NOT_RETRIEVED


def _retrieved(item: Item, trace: Trace) -> list[str]:
    """The retrieved passages of the documents that support the item, of all documents where it names none."""
    wanted = {*item.sources, *(name for group in item.source_groups for name in group)}
    passages = [match.passage for match in trace.answer.matches]
    return [passage.text for passage in passages if not wanted or passage.source.id in wanted]


def _stated(fact: Fact, texts: Sequence[str], language: Language) -> bool:
    return states(to_script("\n".join(texts), language), fact)

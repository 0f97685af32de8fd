"""What is measured, each metric named by what it measures. Pure functions of an item and its answer."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from assistant.language import HAN
from assistant.types import Status
from evaluation.ask import Outcome
from evaluation.facts import Item
from evaluation.match import Fact, states

AnswerShape = Mapping[str, Any]

REFUSALS = frozenset({Status.NOT_IN_DOCUMENTS, Status.OUT_OF_SCOPE, Status.REFUSED})
MAX_LENGTH, MAX_LENGTH_CHINESE = 900, 400
CHINESE_SHARE = 0.2

_HAN = re.compile(f"[{HAN}]")


def is_right(item: Item, answer: AnswerShape) -> bool:
    """Answered, with every fact in the text, nothing forbidden, and no longer than allowed."""
    return (
        item.is_answerable
        and answer["status"] == Status.ANSWERED
        and not missing_facts(item, answer)
        and not has_forbidden(item, answer)
        and not is_too_long(text_of(answer))
    )


def is_cited_right(item: Item, answer: AnswerShape) -> bool:
    """Right, and citing what supports it: one of the sources, or all of them, and one of each source group."""
    cited, sources = cited_documents(answer), set(item.sources)
    enough = sources <= cited if item.all_sources else not sources or bool(sources & cited)
    return is_right(item, answer) and enough and all(cited.intersection(group) for group in item.source_groups)


def is_refused_right(item: Item, answer: AnswerShape) -> bool:
    """To be refused and refused, whatever the kind of refusal, with nothing forbidden in the text."""
    return not item.is_answerable and answer["status"] in REFUSALS and not has_forbidden(item, answer)


def is_over_refused(item: Item, answer: AnswerShape) -> bool:
    """Answerable and not answered."""
    return item.is_answerable and answer["status"] != Status.ANSWERED


def has_forbidden(item: Item, answer: AnswerShape) -> bool:
    """The text says something that it must not, whether or not it answers."""
    return bool(forbidden_found(item, answer))


def missing_facts(item: Item, answer: AnswerShape) -> list[Fact]:
    """The facts that the text does not state."""
    return [fact for fact in item.facts if not states(text_of(answer), fact)]


def forbidden_found(item: Item, answer: AnswerShape) -> list[Fact]:
    """What the text says and must not."""
    return [fact for fact in item.must_not if states(text_of(answer), fact)]


def is_too_long(text: str) -> bool:
    """Over 900 characters, or over 400 where more than a fifth of them are Chinese."""
    is_chinese = len(_HAN.findall(text)) > CHINESE_SHARE * len(text)
    return len(text) > (MAX_LENGTH_CHINESE if is_chinese else MAX_LENGTH)


def text_of(answer: AnswerShape) -> str:
    """What is said, without markers, notice or suggestions."""
    return answer.get("text") or ""


def cited_documents(answer: AnswerShape) -> set[str]:
    """The ids of the documents that an answer cites."""
    return {citation["document"] for citation in answer.get("citations") or [] if citation.get("document")}


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over some outcomes, the shares they make, and how long an answer took in ms, median and 95th percentile.

    A share of nothing is None. `over_refused` is better small, and `forbidden` is a count to be kept at none.
    """

    questions: int
    answerable: int
    to_refuse: int
    right: int
    cited_right: int
    refused_right: int
    over_refused: int
    forbidden: int
    p50_ms: float
    p95_ms: float

    def shares(self) -> dict[str, float | None]:
        """Right and over-refused of the answerable, cited right of the right, refused right of those to refuse."""
        return {
            "right": _share(self.right, self.answerable),
            "cited_right": _share(self.cited_right, self.right),
            "refused_right": _share(self.refused_right, self.to_refuse),
            "over_refused": _share(self.over_refused, self.answerable),
        }


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Figures over all outcomes, and apart by the language and the kind of the question."""

    all: Figures
    by_language: Mapping[str, Figures]
    by_kind: Mapping[str, Figures]


def break_down(outcomes: Iterable[Outcome]) -> Breakdown:
    outcomes = list(outcomes)
    return Breakdown(
        measure(outcomes),
        _measure_by(lambda outcome: outcome.item.lang, outcomes),
        _measure_by(lambda outcome: outcome.item.kind, outcomes),
    )


def measure(outcomes: Iterable[Outcome]) -> Figures:
    """The figures of some outcomes."""
    outcomes = list(outcomes)
    pairs = [(outcome.item, outcome.answer) for outcome in outcomes]
    times = [1000 * outcome.seconds for outcome in outcomes]
    return Figures(
        questions=len(pairs),
        answerable=sum(item.is_answerable for item, _ in pairs),
        to_refuse=sum(not item.is_answerable for item, _ in pairs),
        right=_count(is_right, pairs),
        cited_right=_count(is_cited_right, pairs),
        refused_right=_count(is_refused_right, pairs),
        over_refused=_count(is_over_refused, pairs),
        forbidden=_count(has_forbidden, pairs),
        p50_ms=percentile(times, 50),
        p95_ms=percentile(times, 95),
    )


def percentile(values: Iterable[float], percent: float) -> float:
    """The smallest value that `percent` of the values do not exceed; 0 of none."""
    ordered = sorted(values)
    return ordered[max(0, ceil(percent / 100 * len(ordered)) - 1)] if ordered else 0.0


def _measure_by(key: Callable[[Outcome], str], outcomes: list[Outcome]) -> dict[str, Figures]:
    names = sorted({key(outcome) for outcome in outcomes})
    return {name: measure(outcome for outcome in outcomes if key(outcome) == name) for name in names}


def _count(metric: Callable[[Item, AnswerShape], bool], pairs: list[tuple[Item, dict[str, Any]]]) -> int:
    return sum(metric(item, answer) for item, answer in pairs)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None

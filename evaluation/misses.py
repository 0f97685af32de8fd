"""What was missed: an outcome that is not as it should be, with all that explains it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from evaluation import metrics
from evaluation.ask import Outcome
from evaluation.losses import Step, facts_lost, lost_at
from evaluation.match import SEPARATOR, Fact


@dataclass(frozen=True, slots=True)
class Quote:
    """What an answer cites."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class Steps:
    """What the steps handed on: the documents retrieved, the sentences chosen, what verification dropped."""

    retrieved: tuple[str, ...]
    chosen: tuple[str, ...]
    confidence: float | None
    dropped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """An item with its answer, what is `wrong` with it, and the `step` that it was lost at.

    `missing` are the facts that the text does not state, `lost` the step of each; `steps` is None where a served
    assistant was asked.
    """

    id: str
    lang: str
    kind: str
    history: tuple[str, ...]
    question: str
    expect: str
    facts: tuple[str, ...]
    status: str
    text: str
    cited: tuple[str, ...]
    citations: tuple[Quote, ...]
    missing: tuple[str, ...]
    wrong: tuple[str, ...]
    step: Step
    lost: Mapping[str, Step]
    steps: Steps | None

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def misses(outcomes: Iterable[Outcome]) -> tuple[Miss, ...]:
    """Every outcome that is not as it should be."""
    placed = ((outcome, lost_at(outcome)) for outcome in outcomes)
    return tuple(_miss(outcome, step) for outcome, step in placed if step)


def by_step(found: Iterable[Miss]) -> dict[Step, list[Miss]]:
    """The misses of each step that has any, in the order of the steps."""
    found = list(found)
    groups = {step: [miss for miss in found if miss.step is step] for step in Step}
    return {step: group for step, group in groups.items() if group}


def show(found: Iterable[Miss]) -> str:
    """The misses, to be read by a person in a terminal."""
    return "\n\n".join("\n".join(lines(miss)) for miss in found)


def lines(miss: Miss, first: str = "", further: str = "  ") -> Iterator[str]:
    """One miss, line by line, with what the first and each further line begin with."""
    yield f"{first}{miss.id}: {'; '.join(miss.wrong)}"
    rest = [f"lost: {miss.step}", *(f"earlier: {question}" for question in miss.history), f"asked: {miss.question}"]
    rest += [f"{miss.status}: {_on_a_line(miss.text)}", f"cited: {', '.join(miss.cited) or 'nothing'}"]
    rest += [f"quote: {_on_a_line(each.quote)} ({each.document})" for each in miss.citations if each.quote]
    yield from (further + line for line in rest)


def reasons(outcome: Outcome) -> list[str]:
    """What is wrong with an outcome, in phrases; none where nothing is."""
    item, answer = outcome.item, outcome.answer
    wrong = [f"says what it must not: {told(fact)}" for fact in metrics.forbidden_found(item, answer)]
    if not item.is_answerable:
        return wrong + [f"{answer['status']} where a refusal is right"] * (answer["status"] not in metrics.REFUSALS)
    if metrics.is_over_refused(item, answer):
        return [*wrong, f"{answer['status']} where an answer is right"]
    wrong += [f"does not say: {told(fact)}" for fact in metrics.missing_facts(item, answer)]
    text = metrics.text_of(answer)
    wrong += [f"is too long: {len(text)} characters"] * metrics.is_too_long(text)
    if metrics.is_right(item, answer) and not metrics.is_cited_right(item, answer):
        wrong.append(f"does not cite what supports it: {_sources(outcome)}")
    return wrong


def told(fact: Fact) -> str:
    """A fact as a person reads it: its forms side by side."""
    return fact if isinstance(fact, str) else SEPARATOR.join(fact)


def _miss(outcome: Outcome, step: Step) -> Miss:
    item, answer = outcome.item, outcome.answer
    return Miss(
        id=item.id,
        lang=item.lang,
        kind=item.kind,
        history=item.history,
        question=item.question,
        expect=item.expect,
        facts=tuple(map(told, item.facts)),
        status=answer["status"],
        text=metrics.text_of(answer),
        cited=tuple(sorted(metrics.cited_documents(answer))),
        citations=tuple(_quote(citation) for citation in answer.get("citations") or []),
        missing=tuple(map(told, metrics.missing_facts(item, answer))),
        wrong=tuple(reasons(outcome)),
        step=step,
        lost={told(fact): place for fact, place in facts_lost(outcome).items()},
        steps=_steps(outcome),
    )


def _quote(citation: Mapping[str, Any]) -> Quote:
    return Quote(citation.get("document") or "", citation.get("quote") or "")


def _steps(outcome: Outcome) -> Steps | None:
    trace = outcome.trace
    if trace is None:
        return None
    retrieved = dict.fromkeys(match.passage.source.id for match in trace.answer.matches)
    return Steps(tuple(retrieved), trace.chosen, trace.confidence, trace.dropped)


def _sources(outcome: Outcome) -> str:
    item = outcome.item
    if item.source_groups:
        return " and ".join(f"one of {', '.join(group)}" for group in item.source_groups)
    return ("all of " if item.all_sources else "one of ") + ", ".join(item.sources)


def _on_a_line(text: str) -> str:
    return " ".join(text.split())

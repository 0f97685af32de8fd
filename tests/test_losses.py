"""Losses: at which step a fact was lost, told by what each step handed on."""

from dataclasses import replace
from typing import Any

import pytest

from assistant.types import Answer, Kind, Language, Match, Passage, Question, Source, Status, Trace
from evaluation.ask import Outcome
from evaluation.facts import Item
from evaluation.losses import MEANING, Step, facts_lost, lost_at

SOURCE = Source("brief", "Brief", Kind.BRIEF, "Report", "Office", "2024-03-08", Language.TRADITIONAL)
WHERE = Item(id="where", question="Where, and how many?", expect="answer", facts=("Shenzhen | 深圳", "10"))
PAY = Item(id="pay", question="How much?", expect="refuse", must_not=("50,000",))
BOTH = "Ten went to Shenzhen."


def passage(text: str, document: str = "brief") -> Match:
    return Match(Passage(document, text, replace(SOURCE, id=document)), 1.0)


def traced(
    text: str,
    status: Status = Status.ANSWERED,
    retrieved: tuple[Match, ...] = (passage(BOTH),),
    language: Language = Language.ENGLISH,
    **steps: Any,
) -> Trace:
    return Trace(Answer(Question("?", language), status, text, matches=retrieved), **steps)


def outcome(item: Item, trace: Trace) -> Outcome:
    return Outcome(item, trace.answer.as_dict(), 0.1, trace)


REFUSED = Status.NOT_IN_DOCUMENTS
SOURCED = replace(WHERE, sources=("brief",))
GROUPED = replace(WHERE, source_groups=(("brief", "other"),))


@pytest.mark.parametrize(
    ("item", "trace", "step"),
    [
        (WHERE, traced(BOTH), None),
        (PAY, traced("The documents do not say.", REFUSED), None),
        (WHERE, traced("They went.", retrieved=(passage("They left."),)), Step.NOT_RETRIEVED),
        (WHERE, traced("They went.", retrieved=()), Step.NOT_RETRIEVED),
        (WHERE, traced("They went."), Step.NOT_READ),
        (WHERE, traced("They went.", retrieved=(passage("They went to Shenzhen."),)), Step.NOT_RETRIEVED),
        (WHERE, traced("Ten went.", retrieved=(passage("They went to Shenzhen."),)), Step.NOT_READ),
        (SOURCED, traced("They went.", retrieved=(passage(BOTH, "other"),)), Step.NOT_RETRIEVED),
        (GROUPED, traced("They went.", retrieved=(passage(BOTH, "other"),)), Step.NOT_READ),
        (WHERE, traced("Not said.", REFUSED, chosen=(BOTH,)), Step.REFUSED),
        (WHERE, traced("Not said.", Status.OUT_OF_SCOPE, chosen=(BOTH,)), Step.REFUSED),
        (WHERE, traced("Not said.", REFUSED, chosen=("They went.",)), Step.NOT_READ),
        (WHERE, traced("Not said.", REFUSED, (passage("They left."),), chosen=("They left.",)), Step.NOT_RETRIEVED),
        (WHERE, traced("Too long a question.", Status.REFUSED, ()), Step.REFUSED),
        (replace(WHERE, facts=()), traced("Not said.", REFUSED), Step.REFUSED),
        (WHERE, traced("Ten went.", dropped=("They went to Shenzhen.",)), Step.DROPPED),
        (WHERE, traced("They went.", dropped=("They went to Shenzhen.",)), Step.NOT_READ),
        (SOURCED, traced(BOTH), Step.WRONG_SOURCE),
        (WHERE, traced(BOTH + " They went." * 90), Step.TOO_LONG),
        (PAY, traced("Plenty."), Step.ANSWERED),
        (PAY, traced("50 000"), Step.FORBIDDEN),
        (PAY, traced("Not 50 000.", REFUSED), Step.FORBIDDEN),
        (replace(WHERE, must_not=("Beijing",)), traced("Beijing"), Step.FORBIDDEN),
        (WHERE, traced("Down.", Status.UNAVAILABLE, ()), Step.UNAVAILABLE),
        (PAY, traced("Down.", Status.UNAVAILABLE, ()), Step.UNAVAILABLE),
    ],
)  # fmt: skip
def test_a_miss_has_the_earliest_step_that_lost_a_fact(item: Item, trace: Trace, step: Step | None) -> None:
    assert lost_at(outcome(item, trace)) is step


def test_each_fact_is_told_where_it_was_lost() -> None:
    trace = traced("They went.", retrieved=(passage("There were ten."),), dropped=("To Shenzhen.",))
    assert facts_lost(outcome(WHERE, trace)) == {"Shenzhen | 深圳": Step.DROPPED, "10": Step.NOT_READ}
    assert facts_lost(outcome(PAY, traced("Plenty."))) == {}


@pytest.mark.parametrize(
    ("language", "step"),
    [(Language.SIMPLIFIED, Step.NOT_READ), (Language.TRADITIONAL, Step.NOT_RETRIEVED)],
)
def test_a_passage_is_read_in_the_askers_script(language: Language, step: Step) -> None:
    item = replace(WHERE, facts=(("首批公务员",),))
    trace = traced("他们来了。", retrieved=(passage("首批公務員有10名。"),), language=language)
    assert lost_at(outcome(item, trace)) is step


@pytest.mark.parametrize(
    ("item", "answer", "step"),
    [
        (WHERE, {"status": "answered", "text": "They went."}, Step.UNKNOWN),
        (WHERE, {"status": "refused", "text": "Not said."}, Step.UNKNOWN),
        (SOURCED, {"status": "answered", "text": BOTH, "citations": []}, Step.WRONG_SOURCE),
        (PAY, {"status": "answered", "text": "Plenty."}, Step.ANSWERED),
        (PAY, {"status": "out_of_scope", "text": "Not said."}, None),
    ],
)
def test_what_is_not_known_over_http_is_not_guessed(item: Item, answer: dict[str, Any], step: Step | None) -> None:
    assert lost_at(Outcome(item, answer, 0.1)) is step


def test_every_step_is_explained() -> None:
    assert set(MEANING) == set(Step)

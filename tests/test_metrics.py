"""Metrics: which answers count as right, cited right, refused right, over-refused or forbidden."""

from dataclasses import replace
from typing import Any

import pytest

from evaluation import metrics
from evaluation.ask import Outcome
from evaluation.facts import Item
from evaluation.metrics import break_down, measure, percentile

WHERE = Item(
    id="where", lang="en", kind="where", question="Where?", expect="answer", facts=("Shenzhen",), sources=("a",)
)
PAY = Item(id="pay", lang="zh-Hant", kind="unanswerable", question="How much?", expect="refuse", must_not=("50,000",))


def answer(text: str = "In Shenzhen.", status: str = "answered", *cited: str) -> dict[str, Any]:
    return {"status": status, "text": text, "citations": [{"document": document} for document in cited]}


@pytest.mark.parametrize(
    ("given", "right"),
    [
        (answer("They went to Shenzhen."), True),
        (answer("They went to Beijing."), False),
        (answer("Shenzhen is not mentioned.", "not_in_documents"), False),
        (answer("Shenzhen. " * 90), True),
        (answer("Shenzhen. " * 90 + "!"), False),
        (answer("Shenzhen" + "深圳" * 196), True),
        (answer("Shenzhen" + "深圳" * 196 + "!"), False),
        (answer("Shenzhen" + "深" * 101 + "-" * 392), False),
        (answer("Shenzhen" + "深" * 100 + "-" * 392), True),
    ],
    ids=lambda value: f"{value['text'][:20]}… {len(value['text'])}" if isinstance(value, dict) else None,
)
def test_right_is_answered_with_every_fact_and_short(given: dict[str, Any], right: bool) -> None:
    assert metrics.is_right(WHERE, given) is right


def test_every_fact_is_wanted() -> None:
    both = replace(WHERE, facts=("Shenzhen", ("10 officers", "ten officers")))
    assert metrics.is_right(both, answer("Ten officers went to Shenzhen."))
    assert metrics.missing_facts(both, answer("They went to Shenzhen.")) == [("10 officers", "ten officers")]


def test_nothing_forbidden_is_right() -> None:
    item = replace(WHERE, must_not=("Beijing",))
    assert metrics.has_forbidden(item, answer("Shenzhen, not Beijing."))
    assert not metrics.is_right(item, answer("Shenzhen, not Beijing."))


@pytest.mark.parametrize(
    ("rule", "cited", "right"),
    [
        ({"sources": ("a", "b")}, ["b"], True),
        ({"sources": ("a", "b")}, ["c"], False),
        ({"sources": ("a", "b")}, [], False),
        ({"sources": ()}, [], True),
        ({"sources": ("a", "b"), "all_sources": True}, ["a"], False),
        ({"sources": ("a", "b"), "all_sources": True}, ["a", "b", "c"], True),
        ({"sources": ("a", "b", "c"), "source_groups": (("a",), ("b", "c"))}, ["a"], False),
        ({"sources": ("a", "b", "c"), "source_groups": (("a",), ("b", "c"))}, ["a", "c"], True),
        ({"sources": (), "source_groups": (("a",), ("b",))}, ["b"], False),
    ],
)
def test_cited_right_follows_the_rule_for_sources(rule: dict[str, Any], cited: list[str], right: bool) -> None:
    assert metrics.is_cited_right(replace(WHERE, **rule), answer("Shenzhen", "answered", *cited)) is right


def test_a_wrong_answer_is_not_cited_right() -> None:
    assert not metrics.is_cited_right(WHERE, answer("Beijing", "answered", "a"))


@pytest.mark.parametrize(
    ("status", "refused_right", "over_refused"),
    [
        ("answered", False, False),
        ("not_in_documents", True, True),
        ("out_of_scope", True, True),
        ("refused", True, True),
        ("unavailable", False, True),
    ],
)
def test_refusing_is_right_or_too_much(status: str, refused_right: bool, over_refused: bool) -> None:
    assert metrics.is_refused_right(PAY, answer("Ask them.", status)) is refused_right
    assert metrics.is_over_refused(WHERE, answer("Ask them.", status)) is over_refused
    assert not metrics.is_refused_right(WHERE, answer("Ask them.", status))
    assert not metrics.is_over_refused(PAY, answer("Ask them.", status))


def test_a_refusal_that_tells_what_it_must_not_is_not_right() -> None:
    assert not metrics.is_refused_right(PAY, answer("I cannot say that it is 50 000.", "refused"))


def outcome(item: Item, given: dict[str, Any], seconds: float = 0.1) -> Outcome:
    return Outcome(item, given, seconds)


def test_shares_are_of_the_items_they_are_about() -> None:
    figures = measure(
        [
            outcome(WHERE, answer("Shenzhen", "answered", "a")),
            outcome(WHERE, answer("Shenzhen", "answered", "b")),
            outcome(WHERE, answer("Beijing", "answered", "a")),
            outcome(WHERE, answer("Ask them.", "not_in_documents")),
            outcome(PAY, answer("Ask them.", "not_in_documents")),
            outcome(PAY, answer("50,000", "answered")),
        ]
    )
    assert figures.shares() == {"right": 2 / 4, "cited_right": 1 / 2, "refused_right": 1 / 2, "over_refused": 1 / 4}
    assert (figures.questions, figures.answerable, figures.to_refuse, figures.forbidden) == (6, 4, 2, 1)


def test_a_share_of_nothing_is_none() -> None:
    assert measure([outcome(PAY, answer("No.", "refused"))]).shares()["right"] is None
    assert measure([]).shares()["refused_right"] is None


def test_figures_are_broken_down_by_language_and_kind() -> None:
    parts = break_down([outcome(WHERE, answer("Shenzhen")), outcome(PAY, answer("No.", "refused"))])
    assert {name: figures.questions for name, figures in parts.by_language.items()} == {"en": 1, "zh-Hant": 1}
    assert parts.by_kind["where"].right == 1
    assert parts.by_kind["unanswerable"].refused_right == 1


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [([], 50, 0), ([7], 95, 7), ([1, 2, 3, 4], 50, 2), ([4, 1, 3, 2], 95, 4), (list(range(1, 101)), 95, 95)],
)
def test_percentile_is_a_value_of_the_list(values: list[float], percent: float, expected: float) -> None:
    assert percentile(values, percent) == expected

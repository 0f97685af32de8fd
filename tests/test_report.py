"""Reports: the table, what a miss tells, the thresholds, and the files that are kept."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import AssistantError
from evaluation import misses, report, table, thresholds
from evaluation.ask import Outcome
from evaluation.facts import Item
from evaluation.losses import Step
from evaluation.metrics import break_down
from evaluation.overhead import overhead
from evaluation.reliability import reliability
from evaluation.report import Report

WHERE = Item(
    id="where",
    lang="en",
    kind="where",
    question="Where?",
    expect="answer",
    facts=("Shenzhen | 深圳",),
    sources=("a", "b"),
)
PAY = Item(id="pay", lang="zh-Hant", kind="unanswerable", question="幾多錢？", expect="refuse", must_not=("50,000",))


def outcome(item: Item, text: str, status: str = "answered", cited: tuple[str, ...] = ()) -> Outcome:
    citations = [{"document": name, "quote": f"Of {name}."} for name in cited]
    answer: dict[str, Any] = {"status": status, "text": text, "citations": citations}
    return Outcome(item, answer, 0.25)


RIGHT = outcome(WHERE, "In Shenzhen.", cited=("a",))
WRONG = outcome(WHERE, "In Beijing.", cited=("b", "a"))
REFUSED = outcome(PAY, "The documents do not say.", "not_in_documents")


@pytest.mark.parametrize(
    ("given", "reasons"),
    [
        (RIGHT, []),
        (REFUSED, []),
        (WRONG, ["does not say: Shenzhen | 深圳"]),
        (outcome(WHERE, "Shenzhen"), ["does not cite what supports it: one of a, b"]),
        (outcome(WHERE, "Ask them.", "refused"), ["refused where an answer is right"]),
        (outcome(WHERE, "Shenzhen " * 101, cited=("a",)), ["is too long: 909 characters"]),
        (outcome(PAY, "Plenty."), ["answered where a refusal is right"]),
        (outcome(PAY, "50 000"), ["says what it must not: 50,000", "answered where a refusal is right"]),
        (outcome(PAY, "Down.", "unavailable"), ["unavailable where a refusal is right"]),
    ],
)
def test_a_miss_says_what_is_wrong(given: Outcome, reasons: list[str]) -> None:
    assert misses.reasons(given) == reasons


def test_only_misses_are_listed_with_what_was_said_and_cited() -> None:
    (miss,) = misses.misses([RIGHT, WRONG, REFUSED])
    assert (miss.id, miss.question, miss.facts) == ("where", "Where?", ("Shenzhen | 深圳",))
    assert (miss.status, miss.text, miss.cited) == ("answered", "In Beijing.", ("a", "b"))
    assert miss.citations == (misses.Quote("b", "Of b."), misses.Quote("a", "Of a."))
    assert (miss.missing, miss.step, miss.lost) == (
        ("Shenzhen | 深圳",), Step.UNKNOWN, {"Shenzhen | 深圳": Step.UNKNOWN},
    )  # fmt: skip
    assert misses.show([miss]).splitlines() == [
        "where: does not say: Shenzhen | 深圳",
        "  lost: not known over HTTP",
        "  asked: Where?",
        "  answered: In Beijing.",
        "  cited: a, b",
        "  quote: Of b. (b)",
        "  quote: Of a. (a)",
    ]


def test_misses_are_grouped_by_the_steps_in_their_order() -> None:
    found = misses.misses([outcome(PAY, "Plenty."), WRONG, outcome(WHERE, "Shenzhen"), WRONG])
    groups = misses.by_step(found)
    assert {step: len(group) for step, group in groups.items()} == {
        Step.WRONG_SOURCE: 1, Step.ANSWERED: 1, Step.UNKNOWN: 2,
    }  # fmt: skip
    assert list(groups) == sorted(groups, key=list(Step).index)


def test_the_table_has_a_row_for_all_each_language_and_each_kind() -> None:
    lines = table.table(break_down([RIGHT, WRONG, REFUSED])).splitlines()
    assert (
        " ".join(lines[0].split()) == "questions right cited right refused right over-refused forbidden p50 ms p95 ms"
    )
    assert [line.split() for line in lines[1:]] == [
        ["all", "3", "0.500", "1.000", "1.000", "0.000", "0", "250", "250"],
        ["en", "2", "0.500", "1.000", "—", "0.000", "0", "250", "250"],
        ["zh-Hant", "1", "—", "—", "1.000", "—", "0", "250", "250"],
        ["unanswerable", "1", "—", "—", "1.000", "—", "0", "250", "250"],
        ["where", "2", "0.500", "1.000", "—", "0.000", "0", "250", "250"],
    ]
    assert len({len(line) for line in lines}) == 1


@pytest.mark.parametrize(
    ("wanted", "sentences"),
    [
        ({}, []),
        ({"right": 0.5}, []),
        ({"right": 0.6}, ["right is 0.5 where at least 0.6 is wanted: 0.1 short."]),
        ({"right_each_language": 0.75}, ["right in en is 0.5 where at least 0.75 is wanted: 0.25 short."]),
        ({"cited_right": 1, "refused_right": 1, "over_refused": 0, "forbidden": 0}, []),
    ],
)
def test_a_missed_threshold_is_told_with_by_how_much(wanted: dict[str, float], sentences: list[str]) -> None:
    assert thresholds.missed(wanted, break_down([RIGHT, WRONG, REFUSED])) == sentences


def test_maxima_are_missed_from_above() -> None:
    figures = break_down([outcome(WHERE, "Ask them.", "refused"), outcome(PAY, "50 000", "refused")])
    assert thresholds.missed({"over_refused": 0.5, "forbidden": 0, "cited_right": 1}, figures) == [
        "over_refused is 1 where at most 0.5 is wanted: 0.5 over.",
        "forbidden is 1 where at most 0 is wanted: 1 over.",
    ]


def made() -> Report:
    outcomes = [RIGHT, WRONG, REFUSED]
    return Report(
        file="facts.yaml",
        asked="2030-01-02 03:04 UTC",
        split=None,
        url=None,
        settings={"ASSISTANT_PASSAGES": "12"},
        thresholds={"right": 0.6},
        thresholds_missed=("right is 0.5.",),
        figures=break_down(outcomes),
        confidence=reliability([(0.9, True), (0.2, False)], 0.6),
        overhead=overhead([(0.03, 0.01)]),
        seconds=(0.25, 0.25, 0.25),
        misses=misses.misses(outcomes),
    )


def test_a_report_is_kept_as_json(tmp_path: Path) -> None:
    report.write(made(), [tmp_path / "report.json"])
    kept = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert kept["figures"]["all"]["right"] == 0.5
    assert kept["figures"]["all"]["counts"]["right"] == 1
    assert kept["figures"]["by_language"]["zh-Hant"]["right"] is None
    assert kept["figures"]["by_kind"]["where"]["p50_ms"] == 250
    assert kept["settings"] == {"ASSISTANT_PASSAGES": "12"}
    assert kept["thresholds_missed"] == ["right is 0.5."]
    assert kept["lost"] == {"not known over HTTP": 1}
    assert (kept["confidence"]["auroc"], kept["confidence"]["threshold"]) == (1.0, 0.6)
    assert (kept["overhead"]["times"], kept["overhead"]["goal"]) == (3.0, 2.5)
    (miss,) = kept["misses"]
    assert (miss["id"], miss["step"]) == ("where", "not known over HTTP")
    assert miss["citations"][0] == {"document": "b", "quote": "Of b."}


def test_a_report_is_kept_as_markdown(tmp_path: Path) -> None:
    report.write(made(), [tmp_path / "report.md"])
    kept = (tmp_path / "report.md").read_text("utf-8")
    for line in (
        "| all | 3 | 0.500 | 1.000 | 1.000 | 0.000 | 0 | 250 | 250 |",
        "- right is 0.5.",
        "Answering one question takes 3.00 times as long as embedding it once (30.0 ms to 10.0 ms, medians of 1; goal: 2.5 at most).",
        "2 questions, AUROC 1.000, Brier score 0.025, expected calibration error 0.150",
        "| 0.9 to 1.0 | 1 | 0.90 | 1.00 |",
        "### Lost: not known over HTTP (1)",
        "- where: does not say: Shenzhen | 深圳",
        "  - quote: Of a. (a)",
    ):
        assert line in kept.splitlines()


def test_a_run_is_kept_in_every_shape_asked_for(tmp_path: Path) -> None:
    paths = [tmp_path / f"report{ending}" for ending in report.WRITERS]
    report.write(made(), paths)
    assert [path.read_text("utf-8")[:1] for path in paths] == ["{", "#", "<"]


def test_an_ending_that_tells_no_shape_is_an_error() -> None:
    with pytest.raises(AssistantError, match=r"`out.pdf` .* \.json, \.md, \.html"):
        report.check_endings([Path("out.json"), Path("out.pdf")])


def test_what_is_not_known_is_left_out() -> None:
    assert report.confidence_over([RIGHT, REFUSED], 0.6) is None
    assert report.overhead_over([RIGHT]) is None

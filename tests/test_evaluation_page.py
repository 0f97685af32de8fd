"""The page of a report: whole in one file, nothing in it interpreted, to be read by everyone."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from assistant.types import Answer, Kind, Language, Match, Passage, Question, Source, Status, Trace
from evaluation import misses
from evaluation.ask import Outcome
from evaluation.facts import Item
from evaluation.metrics import break_down
from evaluation.overhead import overhead
from evaluation.page import page
from evaluation.plots import COLOURS
from evaluation.reliability import reliability
from evaluation.report import Report

SCRIPT = "<script>alert(1)</script>"
WHERE = Item(
    id="where", lang="zh-Hant", kind="地點", question=f"首批去咗邊？{SCRIPT}", expect="answer",
    history=(f"Before? {SCRIPT}",), facts=(f"深圳 {SCRIPT}",),
)  # fmt: skip
PAY = Item(id="pay", lang="en", kind="unanswerable", question="How much?", expect="refuse")


def outcomes() -> list[Outcome]:
    source = Source(SCRIPT, "Brief", Kind.BRIEF, "", "", "", Language.ENGLISH)
    match = Match(Passage("p", f"深圳 {SCRIPT}", source), 1.0)
    answer = Answer(Question(WHERE.question, Language.TRADITIONAL), Status.ANSWERED, f"北京{SCRIPT}", matches=(match,))
    told = answer.as_dict() | {"citations": [{"document": "brief", "quote": f'“北京” {SCRIPT} "onload="'}]}
    refused = {"status": "not_in_documents", "text": "The documents do not say.", "citations": []}
    trace = Trace(answer, (f"去了 {SCRIPT}",), 0.7, (f"dropped {SCRIPT}",))
    return [Outcome(WHERE, told, 0.2, trace), Outcome(PAY, refused, 0.1)]


def report(given: list[Outcome], url: str | None = None) -> Report:
    known = None if url else reliability([(0.7, True), (0.1, False)], 0.6)
    return Report(
        file=f"facts {SCRIPT}.yaml",
        asked="2030-01-02 03:04 UTC",
        split="tune",
        url=url,
        settings=None if url else {"ASSISTANT_INDEX": SCRIPT},
        thresholds={"right": 0.5},
        thresholds_missed=(f"right is 0 {SCRIPT}",),
        figures=break_down(given),
        confidence=known,
        overhead=None if url else overhead([(0.2, 0.1)]),
        seconds=tuple(outcome.seconds for outcome in given),
        misses=misses.misses(given),
    )


class Outline(HTMLParser):
    """What a page is made of: its elements with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def html() -> str:
    return page(report(outcomes()))


@pytest.fixture(scope="module")
def outline(html: str) -> Outline:
    return Outline(html)


def test_nothing_from_questions_answers_or_documents_is_interpreted(html: str, outline: Outline) -> None:
    assert outline.named("script") == []
    assert "<script" not in html
    assert outline.text.count(SCRIPT) >= 10
    assert not any(name.startswith("on") for _, attributes in outline.elements for name in attributes)


def test_it_asks_nobody_for_anything(html: str, outline: Outline) -> None:
    addresses = [
        attributes.get(name) or "" for _, attributes in outline.elements for name in ("href", "src", "xlink:href")
    ]
    assert [address for address in addresses if address and not address.startswith("#")] == []
    assert re.findall(r"url\((?!#)|@import", html) == []
    (policy,) = [each["content"] for each in outline.named("meta") if each.get("http-equiv")]
    assert policy and "default-src 'none'" in policy


def test_ids_are_unique_and_every_link_leads_somewhere(html: str, outline: Outline) -> None:
    ids = [attributes["id"] for _, attributes in outline.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', html)
    assert {first or second for first, second in targets} <= set(ids)


def test_every_plot_has_a_name_and_says_what_it_shows(outline: Outline) -> None:
    plots = outline.named("svg")
    ids = {attributes["id"] for _, attributes in outline.elements if "id" in attributes}
    assert len(plots) == 6
    for plot in plots:
        assert plot["role"] == "img"
        assert set(str(plot["aria-labelledby"]).split()) <= ids
    assert len(outline.named("caption")) == len(outline.named("table"))


def test_plots_take_their_colours_from_the_page(html: str) -> None:
    for name, colour in COLOURS.items():
        assert f"var(--{name})" in html
        assert colour not in html
        assert f"--{name}:" in html


def test_headings_are_nested(outline: Outline) -> None:
    levels = [int(tag[1]) for tag, _ in outline.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_miss_is_told_whole_and_in_its_language(html: str, outline: Outline) -> None:
    for part in ("首批去咗邊？", "Before?", "北京", "“北京”", "not read", "去了", "dropped", "0.70"):
        assert part in outline.text
    assert f'<span lang="zh-Hant">{WHERE.question.partition("<")[0]}' in html


def test_what_a_served_assistant_does_not_tell_is_said_to_be_unknown() -> None:
    given = [Outcome(outcome.item, outcome.answer, outcome.seconds) for outcome in outcomes()]
    told = Outline(page(report(given, "http://127.0.0.1:7860")))
    assert "Not known over HTTP." in told.text
    assert "Lost: not known over HTTP (1)" in told.text
    assert len(told.named("svg")) == 4


def test_a_run_without_misses_says_so() -> None:
    told = Outline(page(report(outcomes()[1:])))
    assert "Nothing was missed." in told.text

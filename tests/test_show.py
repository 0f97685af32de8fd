"""Answers as HTML: what is escaped, what is marked, what leads where."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from scripted import BRIEF, ORIGINAL, answered, citation, refused

from assistant.types import Answer, Kind, Language, Question, Sentence, Status
from assistant.web import show

HOSTILE = "<script>alert(1)</script> \"quoted\" & 'single' <img src=x onerror=alert(1)> </p></article>"


class Outline(HTMLParser):
    """The tags of a document, and what each of them holds as text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.text: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {key: value or "" for key, value in attributes}))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in self.open:
            self.text[tag] = self.text.get(tag, "") + data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


def hostile() -> Answer:
    """Every outside text of an answer tries to be HTML."""
    source = replace(
        BRIEF, title=HOSTILE, original_title=HOSTILE, publisher=HOSTILE, published="2024", url="javascript:x"
    )
    cited = citation(1, source, f"before {HOSTILE} after", HOSTILE, section=HOSTILE)
    return Answer(
        Question(HOSTILE, Language.ENGLISH),
        Status.ANSWERED,
        HOSTILE,
        notice=HOSTILE,
        sentences=(Sentence(HOSTILE, (1,)),),
        citations=(cited,),
        suggestions=(HOSTILE,),
        as_of="2024",
    )


def test_a_question_is_shown_as_text() -> None:
    outline = Outline(show.question(HOSTILE, Language.ENGLISH))
    assert [tag for tag, _ in outline.tags] == ["h2", "span"]
    assert outline.text["h2"].endswith(HOSTILE)


def test_nothing_in_an_answer_becomes_markup() -> None:
    outline = Outline(show.answer(hostile(), 1))
    assert not {"script", "img"} & {tag for tag, _ in outline.tags}
    assert not [key for _, attributes in outline.tags for key in attributes if key.startswith("on")]
    assert outline.text["mark"] == HOSTILE
    assert [a["data-question"] for a in outline.all("button") if "data-question" in a] == [HOSTILE]


def test_only_web_addresses_become_links() -> None:
    assert "javascript:" not in show.answer(hostile(), 1)
    assert 'href="https://example.org/first-batch" target="_blank" rel="noopener noreferrer"' in show.answer(
        answered("?"), 1
    )


def test_each_citation_leads_to_a_card_of_its_turn() -> None:
    outline = Outline(show.answer(answered("?"), 7))
    links = [a["href"] for a in outline.all("a") if a.get("class") == "cite"]
    assert links == ["#turn-7-source-1", "#turn-7-source-1", "#turn-7-source-2"]
    assert [card["id"] for card in outline.all("details")] == ["turn-7-source-1", "turn-7-source-2"]


def test_a_citation_says_what_it_leads_to() -> None:
    assert 'aria-label="Source 1: Review meeting on the first batch"' in show.answer(answered("?"), 1)


def test_the_quote_is_marked_within_the_verbatim_passage() -> None:
    html = show.answer(answered("?"), 1)
    quoted = re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", html)
    assert quoted[0] == "<mark>The first batch had 10 officers.</mark> It went to Shenzhen."


def test_the_text_reads_as_the_answer_does() -> None:
    answer = replace(answered("?"), text="The first batch had 10 officers.\nThey went to Shenzhen.")
    text = re.search(r'<p class="text">(.*?)</p>', show.answer(answer, 1), re.DOTALL)
    assert text
    assert re.sub(r"<a .*?</a>|<[^>]*>", "", text[1]) == answer.text


def test_no_line_begins_with_a_citation_number() -> None:
    assert '<span class="end">s.<a class="cite"' in show.answer(answered("?"), 1)


@pytest.mark.parametrize(
    ("kind", "language", "origin"),
    [
        (Kind.BRIEF, Language.ENGLISH, "Our summary of “{}” (HKSAR Government, 8 March 2024)"),
        (Kind.ORIGINAL, Language.ENGLISH, "“{}” (HKSAR Government, 8 March 2024)"),
        (Kind.BRIEF, Language.TRADITIONAL, "我們對〈{}〉的摘要（HKSAR Government，2024年3月8日）"),
        (Kind.BRIEF, Language.SIMPLIFIED, "我们对〈{}〉的摘要（HKSAR Government，2024年3月8日）"),
    ],
)
def test_a_card_says_whose_words_it_shows(kind: Kind, language: Language, origin: str) -> None:
    cited = citation(1, replace(BRIEF, kind=kind), "Words.", "Words.")
    answer = replace(answered("?", language), sentences=(Sentence("Words.", (1,)),), citations=(cited,))
    assert origin.format(BRIEF.original_title) in show.answer(answer, 1)


def test_what_is_not_known_of_a_source_is_said() -> None:
    cited = citation(1, replace(ORIGINAL, publisher="", published=""), "字。", "字。")
    answer = replace(answered("?"), sentences=(Sentence("字。", (1,)),), citations=(cited,))
    assert "“交流計劃啟動” (publisher unknown, date unknown)" in show.answer(answer, 1)


def test_languages_are_marked() -> None:
    html = show.answer(answered("?", Language.SIMPLIFIED), 1)
    assert html.startswith('<article class="turn answered" lang="zh-Hans"')
    assert '<blockquote lang="zh-Hant">' in html


def test_the_notes_hold_notice_and_date() -> None:
    html = show.answer(answered("?"), 1)
    assert "<span>Quoted in English, the document&#x27;s language.</span>" in html
    assert "<span>Sources up to 8 March 2024</span>" in html


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.ANSWERED])
@pytest.mark.parametrize("language", Language)
def test_a_refusal_is_labelled_and_suggests_questions(status: Status, language: Language) -> None:
    html = show.answer(refused("?", status, language), 1)
    assert f'<article class="turn {status}" lang="{language}">' in html
    assert '<p class="label">' in html
    assert html.count("data-question=") == 2
    assert "<aside" not in html
    assert 'class="copy"' not in html


def test_a_growing_answer_is_busy_and_offers_nothing_yet() -> None:
    html = show.answer(answered("?"), 1, partial=True)
    assert 'aria-busy="true"' in html
    assert "<button" not in html


def test_what_is_copied_holds_the_sources() -> None:
    assert show.plain(answered("?")).split("\n") == [
        "The first batch had 10 officers. They went to Shenzhen.",
        "",
        "Sources",
        "[1] The first batch had 10 officers. Our summary of “First batch completes three-month exchange” "
        "(HKSAR Government, 8 March 2024)",
        "[2] 首批公務員去了深圳。 “交流計劃啟動” (日報, 18 December 2023)",
    ]
    assert "&#10;&#10;Sources&#10;" in show.answer(answered("?"), 1)

"""The briefs that the product ships with: complete, in both languages, and each sentence clear on its own."""

import re
from collections import Counter
from pathlib import Path

import pytest

from assistant.language import detect, sentence_spans
from assistant.types import Kind, Language, Passage
from ingest.document import Document
from ingest.load import find, load
from ingest.split import LONGEST, split

FOLDER = Path(__file__).parents[1] / "documents"
IDS = [
    "2023-02-23-hk-shenzhen-cooperation-meeting",
    "2023-12-18-shenzhen-exchange-launch",
    "2024-03-08-first-batch-review",
    "2024-07-10-lcq7-secondment-and-exchange",
    "2025-02-mainland-officers-in-hong-kong",
]
LANGUAGES = (Language.ENGLISH, Language.TRADITIONAL)
DOCUMENTS, FAILURES = load(find([FOLDER]))
BY_KEY = {(document.source.id, document.source.language): document for document in DOCUMENTS}

# A sentence that begins so, or says so, needs another one, or the day it was written on, to be understood.
DEPENDENT = {
    Language.ENGLISH: re.compile(
        r"^(he|she|it|they|his|her|its|their|this|that|these|those|there|here|then|such|both|also|but|and|or|so|"
        r"however|meanwhile|moreover|the (former|latter|same))\b"
        r"|\b(today|yesterday|tomorrow|now|recently|currently|nowadays|ago|"
        r"(last|this|next) (year|month|week|quarter|january|february|march|april|may|june|july|august|september|"
        r"october|november|december))\b",
        re.IGNORECASE,
    ),
    Language.TRADITIONAL: re.compile(
        "^(他|她|它|佢|其|此|該|這|那|上述|以上|同時|此外|另外|而且|但|因此|並)|今日|昨日|明日|今年|去年|明年|上月|本月|下月|日前|近日|目前|現時|最近"
    ),
}


def passages(document: Document) -> list[Passage]:
    return split(document)


def sentences(document: Document) -> list[str]:
    return [text[start:end] for text in (p.text for p in passages(document)) for start, end in sentence_spans(text)]


def headings(document: Document) -> list[int]:
    """The levels of the headings, in order."""
    return [len(match.group(1)) for match in re.finditer(r"^(#+) ", document.text, re.MULTILINE)]


every = pytest.mark.parametrize("document", DOCUMENTS, ids=[d.source.path for d in DOCUMENTS])


def test_every_document_can_be_read() -> None:
    assert FAILURES == []


def test_each_original_has_a_brief_in_both_languages() -> None:
    assert sorted(BY_KEY) == sorted((name, language) for name in IDS for language in LANGUAGES)


@every
def test_the_front_matter_is_complete(document: Document) -> None:
    source = document.source
    assert source.kind is Kind.BRIEF
    assert source.path == f"{source.id}.{source.language}.md"
    assert source.id.startswith(source.published)
    assert all([source.title, source.original_title, source.publisher, source.published])
    assert detect(document.text) is source.language
    assert detect(source.title) is source.language
    assert source.url is None or source.url.startswith("https://")


@pytest.mark.parametrize("name", IDS)
def test_both_languages_are_of_one_original_and_have_the_same_headings(name: str) -> None:
    english, chinese = (BY_KEY[name, language] for language in LANGUAGES)
    assert english.source.original_title == chinese.source.original_title
    assert english.source.published == chinese.source.published
    assert english.source.url == chinese.source.url
    assert headings(english) == headings(chinese)
    assert len(headings(english)) >= 2


@every
def test_every_passage_is_short_and_under_a_heading(document: Document) -> None:
    found = passages(document)
    assert found
    assert [p.text for p in found if not p.section] == []
    assert [p.text for p in found if len(p.text) > LONGEST] == []
    assert {match.group(1).strip() for match in re.finditer(r"^#+ (.+)$", document.text, re.MULTILINE)} == {
        section for p in found for section in p.section.split(" › ")
    }


@every
def test_every_sentence_stands_alone(document: Document) -> None:
    pattern = DEPENDENT[document.source.language]
    assert [sentence for sentence in sentences(document) if pattern.search(sentence)] == []


@every
def test_every_sentence_ends(document: Document) -> None:
    assert [s for s in sentences(document) if not re.search(r"[.!?。！？：；][”」』）)\"']*$", s)] == []


@every
def test_no_sentence_is_said_twice(document: Document) -> None:
    assert [sentence for sentence, count in Counter(sentences(document)).items() if count > 1] == []


@every
def test_a_text_in_one_language_is_in_one_script(document: Document) -> None:
    wrong = [s for s in sentences(document) if detect(s, document.source.language) is not document.source.language]
    assert wrong == []

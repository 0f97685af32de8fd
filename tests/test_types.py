"""The values that flow through the assistant, and the JSON shape that the contract fixes."""

import json
from dataclasses import FrozenInstanceError, fields, replace
from typing import Any

import pytest
from scripted import answered, refused

from assistant import types
from assistant.types import Answer, Language, Passage, Question, Status, last_day

ANSWER_KEYS = [
    "question", "language", "status", "text", "notice", "suggestions", "as_of", "sentences", "citations", "seconds",
]  # fmt: skip
CITATION_KEYS = [
    "number", "document", "kind", "title", "publisher", "published", "language", "section", "page", "quote", "passage",
    "passage_id", "start", "end", "url",
]  # fmt: skip


@pytest.mark.parametrize(("language", "is_chinese"), [("en", False), ("zh-Hant", True), ("zh-Hans", True)])
def test_languages_are_tags(language: str, is_chinese: bool) -> None:
    assert Language(language).is_chinese is is_chinese
    assert str(Language(language)) == language


def test_the_statuses_are_those_of_the_contract() -> None:
    assert [str(status) for status in Status] == [
        "answered", "not_in_documents", "out_of_scope", "refused", "unavailable",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("", "2023"),
        ("2023", "2024"),
        ("2023-12-18", "2024-03-08"),
        ("2024-03-08", "2024-03"),
        ("2024-12-31", "2024"),
        ("2024-11", "2024"),
        ("2024-07-10", "2025-02"),
        ("2024", "2025-01-01"),
    ],
)
def test_a_date_counts_as_its_last_day(earlier: str, later: str) -> None:
    assert last_day(earlier) < last_day(later)


@pytest.mark.parametrize("name", ["Source", "Passage", "Match", "Question", "Turn", "Citation", "Sentence", "Answer"])
def test_values_do_not_change(name: str) -> None:
    kind: Any = getattr(types, name)
    value = kind(*[None] * len(fields(kind)))
    with pytest.raises(FrozenInstanceError):
        setattr(value, fields(kind)[0].name, "other")


@pytest.mark.parametrize("answer", [answered("Who?"), refused("Why?")], ids=["answered", "refused"])
def test_every_answer_has_the_same_shape(answer: Answer) -> None:
    shape = answer.as_dict()
    assert list(shape) == ANSWER_KEYS
    assert all(list(citation) == CITATION_KEYS for citation in shape["citations"])
    assert json.loads(json.dumps(shape)) == shape, "something in the shape is no JSON"


def test_what_an_answer_holds_is_in_its_shape() -> None:
    answer = answered("Who went?")
    shape = answer.as_dict()
    assert (shape["question"], shape["language"], shape["status"]) == ("Who went?", "en", "answered")
    assert shape["sentences"] == [
        {"text": "The first batch had 10 officers.", "citations": [1]},
        {"text": "They went to Shenzhen.", "citations": [1, 2]},
    ]
    first, second = shape["citations"]
    assert (first["document"], first["kind"], first["published"]) == ("first-batch", "brief", "2024-03-08")
    assert (second["language"], second["kind"], second["section"]) == ("zh-Hant", "original", "啟動")
    for citation in (first, second):
        assert citation["passage"][citation["start"] : citation["end"]] == citation["quote"]


def test_absent_values_are_null() -> None:
    answer = answered("Who went?")
    nowhere = replace(answer.citations[0].passage.source, publisher="", published="", url=None)
    passage = Passage("id", "Text.", nowhere)
    bare = replace(answer, citations=(replace(answer.citations[0], passage=passage),), notice=None, as_of=None)
    shape = bare.as_dict()
    (citation,) = shape["citations"]
    assert (shape["notice"], shape["as_of"]) == (None, None)
    assert [citation[key] for key in ("publisher", "published", "url", "page")] == [None] * 4
    assert citation["section"] == "", "the section is a string by contract"


def test_an_unanswered_question_has_no_sentences() -> None:
    shape = Answer(Question("?", Language.ENGLISH), Status.REFUSED, "No.").as_dict()
    assert (shape["sentences"], shape["citations"], shape["suggestions"], shape["seconds"]) == ([], [], [], {})

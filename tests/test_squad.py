"""Sets in SQuAD's format: what is read of them, how two are paired, and what a person is told of a wrong file."""

import json
from pathlib import Path
from typing import Any

import pytest

from evaluation import squad
from evaluation.squad import Query, SquadError


def paragraph(context: str, **questions: str) -> dict[str, Any]:
    return {"context": context, "qas": [{"id": name, "question": text} for name, text in questions.items()]}


def write(path: Path, *paragraphs: Any) -> Path:
    path.write_text(json.dumps({"data": [{"paragraphs": [each]} for each in paragraphs]}), "utf-8")
    return path


def test_questions_know_their_paragraph_in_the_order_of_the_file(tmp_path: Path) -> None:
    file = write(
        tmp_path / "set.json", paragraph("One.", a="A?", b="B?"), paragraph("Two."), paragraph("Three.", c="C?")
    )
    read = squad.load(file)
    assert read.paragraphs == ("One.", "Two.", "Three.")
    assert read.queries == (Query("a", "A?", 0), Query("b", "B?", 0), Query("c", "C?", 2))


def test_questions_are_paired_with_a_collection_by_their_ids(tmp_path: Path) -> None:
    collection = squad.load(write(tmp_path / "zh.json", paragraph("二。", b="乙？"), paragraph("一。", a="甲？")))
    asked = squad.load(write(tmp_path / "en.json", paragraph("One.", a="A?", c="C?"), paragraph("Two.", b="B?")))
    assert squad.paired(asked, collection) == (Query("a", "A?", 1), Query("b", "B?", 0))


def test_sets_without_a_common_question_cannot_be_paired(tmp_path: Path) -> None:
    one, other = (squad.load(write(tmp_path / name, paragraph("Text.", **{name: "Q?"}))) for name in ("a", "b"))
    with pytest.raises(SquadError, match="No question has an id that the collection has"):
        squad.paired(one, other)


def test_an_id_that_two_paragraphs_have_cannot_be_paired(tmp_path: Path) -> None:
    twice = squad.load(write(tmp_path / "twice.json", paragraph("One.", a="A?"), paragraph("Two.", a="A?")))
    with pytest.raises(SquadError, match="Two paragraphs of the collection have the question id `a`"):
        squad.paired(twice, twice)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{", "is not JSON: line 1"),
        ("[]", "is not a mapping with `data`"),
        ("{}", "has no list under `data`"),
        ('{"data": [1]}', "Article 1 of `{path}` is not a mapping."),
        ('{"data": [{}]}', "Article 1 of `{path}` has no list under `paragraphs`"),
        ('{"data": [{"paragraphs": [{"context": "A."}]}]}', "Paragraph 1 of article 1 of `{path}` has no list under"),
        ('{"data": [{"paragraphs": [{"context": " ", "qas": []}]}]}', "has no text under `context`."),
        ('{"data": [{"paragraphs": [{"context": "A.", "qas": [{"id": "a"}]}]}]}', "Question 1 of paragraph 1 of"),
        ('{"data": [{"paragraphs": [{"context": "A.", "qas": [{"question": "A?"}]}]}]}', "has no text under `id`."),
        ('{"data": [{"paragraphs": [{"context": "A.", "qas": []}]}]}', "holds no questions"),
    ],
)
def test_a_malformed_file_is_told_with_the_place(tmp_path: Path, content: str, sentence: str) -> None:
    path = tmp_path / "set.json"
    path.write_text(content, "utf-8")
    with pytest.raises(SquadError) as raised:
        squad.load(path)
    assert sentence.replace("{path}", str(path)) in str(raised.value)
    assert str(path) in str(raised.value)


def test_a_file_that_is_missing_or_not_utf_8_is_told(tmp_path: Path) -> None:
    with pytest.raises(SquadError, match="cannot be read: No such file"):
        squad.load(tmp_path / "none.json")
    (tmp_path / "latin.json").write_bytes(b'{"data": "\xe9"}')
    with pytest.raises(SquadError, match="is not UTF-8 text"):
        squad.load(tmp_path / "latin.json")

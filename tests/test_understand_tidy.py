"""The question as it can be asked, and the language it is in."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import QuestionError
from assistant.types import Language
from assistant.understand import language_of, tidy


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("  Who   went?\n", "Who went?"),
        ("Who\twent\r\nthere?", "Who went there?"),
        ("Who\u3000went?", "Who went?"),
        ("a\x00b\x1b[31m", "ab[31m"),
        ("\u202eWho\u202c \u200bwent?\ufeff", "Who went?"),
        ("Who \ud800went?", "Who went?"),
        ("👨\u200d👩\u200d👧 who?", "👨👩👧 who?"),
        ("首批有幾多人？", "首批有幾多人？"),
        ("10", "10"),
        ("x" * 100, "x" * 100),
        ("x" + " " * 500, "x"),
    ],
)
def test_questions_are_tidied(text: str, tidied: str) -> None:
    assert tidy(text, 100) == tidied


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "question_empty"),
        (" \n\t", "question_empty"),
        ("\x00\u200b\ufeff", "question_empty"),
        ("x" * 101, "question_too_long"),
        ("首" * 101, "question_too_long"),
        ("🙂", "question_no_words"),
        ("?!", "question_no_words"),
        ("……", "question_no_words"),
    ],
)
def test_what_is_no_question_says_why(text: str, reason: str) -> None:
    with pytest.raises(QuestionError) as raised:
        tidy(text, 100)
    assert raised.value.reason == reason


def test_the_length_is_told() -> None:
    with pytest.raises(QuestionError, match="has 101 characters; shorten it to at most 100"):
        tidy("x" * 101, 100)


@given(st.text(max_size=120))
def test_a_tidied_text_is_clean_and_stays(text: str) -> None:
    try:
        tidied = tidy(text, 100)
    except QuestionError:
        return
    assert 1 <= len(tidied) <= 100
    assert tidy(tidied, 100) == tidied
    assert not {unicodedata.category(char) for char in tidied} & {"Cc", "Cf", "Cs"}


@pytest.mark.parametrize(
    ("text", "history", "language"),
    [
        ("Who went?", [], "en"),
        ("佢係邊個？", [], "zh-Hant"),
        ("他是谁？", [], "zh-Hans"),
        ("中文", [], "zh-Hant"),
        ("中文", ["谁去了？"], "zh-Hans"),
        ("中文", ["誰去了？"], "zh-Hant"),
        ("中文", ["誰去了？", "谁去了？"], "zh-Hans"),
        ("中文", ["谁去了？", "Who went?"], "zh-Hans"),
        ("Who went?", ["谁去了？"], "en"),
        ("誰去了？", ["谁去了？"], "zh-Hant"),
    ],
)
def test_the_language_of_a_question(text: str, history: list[str], language: str) -> None:
    assert language_of(text, history) is Language(language)

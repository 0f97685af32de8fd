"""Every text told to a person: the same in three languages, and in each of them whole."""

import re
import string

import pytest

from assistant.language import detect, has_chinese, sentence_spans, to_script
from assistant.types import Language, Status
from prompts import FOLDER, LANGUAGES, instructions, message, messages, placeholders

NAMES = {"Terence Wang", "JavaScript"}
"""What stays in Latin letters in a Chinese text."""

ROOT = FOLDER.parent
KEYS = sorted(messages("en"))
VALUES = dict.fromkeys(["date", "example", "language", "limit", "length", "publisher", "section", "title"], "x")


def test_there_is_a_file_for_each_language() -> None:
    assert {path.name for path in FOLDER.glob("messages.*.yaml")} == {f"messages.{name}.yaml" for name in LANGUAGES}
    assert list(LANGUAGES) == [str(language) for language in Language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_the_same_keys(language: str) -> None:
    assert sorted(messages(language)) == KEYS


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_key_stands_once_in_its_file(language: str) -> None:
    lines = (FOLDER / f"messages.{language}.yaml").read_text("utf-8").splitlines()
    keys = [line.partition(":")[0].strip('"') for line in lines if re.match(r'"?[\w-]+"?:', line)]
    assert sorted(keys) == KEYS, "YAML silently keeps the last of two"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_fills_in_the_same(language: str) -> None:
    wanted = {key: placeholders(text) for key, text in messages("en").items()}
    assert {key: placeholders(text) for key, text in messages(language).items()} == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_text_can_be_filled_in(language: str) -> None:
    assert [key for key, text in messages(language).items() if not text] == []
    for key, text in messages(language).items():
        filled = message(key, language, **dict.fromkeys(placeholders(text), "VALUE"))
        assert not set(filled) & set("{}"), f"braces are left over in `{key}`"


def test_each_text_is_shown_somewhere() -> None:
    files = [path for path in ROOT.glob("assistant/**/*") if path.suffix in (".py", ".js", ".html")]
    code = "\n".join(path.read_text("utf-8") for path in files)
    stems = {key: re.sub(r"(?<=_)(\d+|en|zh-Han.|" + "|".join(Status) + ")$", "", key) for key in KEYS}
    assert [key for key, stem in stems.items() if not re.search(rf"[\"']({key}[\"']|{stem}\{{)", code)] == []


def test_no_chinese_in_english() -> None:
    assert [key for key, text in messages("en").items() if has_chinese(text)] == []


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "en"])
def test_no_english_in_chinese(language: str) -> None:
    texts = {key: re.sub(r"\{\w+\}", "", text) for key, text in messages(language).items()}
    bare = {key: re.sub("|".join(NAMES), "", text) for key, text in texts.items()}
    assert {key: text for key, text in bare.items() if re.search("[A-Za-z]", text)} == {}
    assert {key: text for key, text in bare.items() if set(text) & set(string.punctuation)} == {}, "Latin marks"


def test_each_script_is_pure() -> None:
    hans, hant = messages("zh-Hans"), messages("zh-Hant")
    assert {key: text for key, text in hans.items() if to_script(text, Language.SIMPLIFIED) != text} == {}
    assert {key: text for key, text in hant.items() if detect(text) is Language.SIMPLIFIED} == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", [status for status in Status if status is not Status.ANSWERED])
def test_each_outcome_has_its_words(status: Status, language: str) -> None:
    text = message(str(status), language, **VALUES)
    assert text and detect(text) is Language(language)
    assert message(f"status_{status}", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_cannot_be_answered_is_told_whom_to_ask(language: str) -> None:
    bureau = {"en": "Civil Service Bureau", "zh-Hant": "公務員事務局", "zh-Hans": "公务员事务局"}[language]
    assert bureau in message("not_in_documents", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_summary_says_whose_words_it_is(language: str) -> None:
    summary = {"en": "summary", "zh-Hant": "摘要", "zh-Hans": "摘要"}[language]
    assert summary in message("our_summary", language, **VALUES)
    assert summary not in message("publisher_text", language, **VALUES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_are_questions(language: str) -> None:
    for number in (1, 2, 3, 4):
        example = message(f"example_{number}", language)
        assert example[-1] in "?？" and len(sentence_spans(example)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_months_are_twelve(language: str) -> None:
    assert len({message(f"month_{month}", language) for month in range(1, 13)}) == 12


@pytest.mark.parametrize(
    ("key", "values"), [("unknown", {}), ("suggest", {}), ("question_too_long", {"length": 3}), ("", {})]
)
def test_what_is_missing_is_an_error(key: str, values: dict[str, object]) -> None:
    with pytest.raises(KeyError):
        message(key, "en", **values)


@pytest.mark.parametrize("language", ["de", "zh", ""])
def test_an_unknown_language_is_an_error(language: str) -> None:
    with pytest.raises(FileNotFoundError):
        message("refused", language)


def test_values_are_not_read_as_templates() -> None:
    assert "{section.__class__}" in message("suggest", "en", section="{section.__class__}")


@pytest.mark.parametrize(
    ("text", "names"), [("", set()), ("{a} and {b}", {"a", "b"}), ("{{a}}", set()), ("{a!r:>10}", {"a"})]
)
def test_placeholders_are_found(text: str, names: set[str]) -> None:
    assert placeholders(text) == names


def test_there_are_instructions_for_a_chat_model() -> None:
    assert instructions("answer")
    with pytest.raises(FileNotFoundError):
        instructions("unknown")

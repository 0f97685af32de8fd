"""The glossary: that it is consistent, and that Cantonese becomes written Chinese."""

from collections import Counter
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.glossary import FILE, KINDS, glossary, plain, stem, words
from assistant.language import fold, has_chinese

DATA: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
NO_CONCEPTS = {"cantonese", "ignore_en", "ignore_zh"}
SECTIONS = [section for section in DATA if section not in NO_CONCEPTS]
AMBIGUOUS = {"host", "intend", "expect", "paper"}
"""English words of two meanings, which stand for both."""

PAIRS = [tuple(pair.split("=")) for pair in DATA["cantonese"].split()]


def forms(section: str) -> list[list[str]]:
    return [[fold(form.strip()) for form in line.split("|")] for line in DATA[section]]


def test_every_section_is_read() -> None:
    assert set(SECTIONS) == set(KINDS)


def test_every_section_that_is_read_is_there() -> None:
    assert set(KINDS) <= set(SECTIONS)


@pytest.mark.parametrize("section", SECTIONS)
def test_lines_hold_forms_and_nothing_else(section: str) -> None:
    assert DATA[section], f"`{section}` is empty"
    assert all(isinstance(line, str) for line in DATA[section]), "a line that YAML takes for something else"
    assert [line for line in forms(section) if not all(line)] == [], "an empty form"


@pytest.mark.parametrize("section", SECTIONS)
def test_a_form_belongs_to_one_line_of_its_section(section: str) -> None:
    lines = Counter(form for line in forms(section) for form in set(line))
    assert {form for form, count in lines.items() if count > 1} - AMBIGUOUS == set()


@pytest.mark.parametrize("section", SECTIONS)
def test_a_form_stands_once_on_its_line(section: str) -> None:
    twice = [form for line in DATA[section] for form, n in Counter(map(str.strip, line.split("|"))).items() if n > 1]
    assert twice == []


def test_two_concepts_never_share_a_name() -> None:
    names = Counter(line[0] for section in KINDS for line in forms(section))
    shared = {name for name, count in names.items() if count > 1}
    assert shared <= {"post", "exchange"}, "the first forms of two lines are the same, so their ids are"


@pytest.mark.parametrize("section", ["people", "places", "bodies", "programme", "words", "details"])
def test_every_form_leads_to_its_concept(section: str) -> None:
    known = glossary()
    for line in forms(section):
        for form in line:
            key: Any = form if has_chinese(form) else tuple(stem(word) for word in words(form))
            found = (known.chinese if has_chinese(form) else known.english)[key]
            assert f"@{line[0]}" in [concept.id for concept in found], form
            assert all(concept.id.startswith("@") for concept in found)


@pytest.mark.parametrize("section", ["places", "bodies", "programme", "words", "details"])
def test_concepts_meet_in_both_languages(section: str) -> None:
    alone = {line[0] for line in forms(section) if len({has_chinese(form) for form in line}) < 2}
    assert alone <= {"sponsor"}, "these have forms in one language only"


@pytest.mark.parametrize(("cantonese", "written"), PAIRS)
def test_a_cantonese_word_has_a_written_one(cantonese: str, written: str) -> None:
    assert cantonese and written
    assert plain(cantonese) == fold(written)
    assert plain(plain(cantonese)) == plain(cantonese), "what it becomes is taken for Cantonese again"


def test_each_cantonese_word_is_listed_once() -> None:
    assert [word for word, count in Counter(word for word, _ in PAIRS).items() if count > 1] == []


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("佢哋喺深圳做咗幾耐？", "他们在深圳做了多久?"),
        ("邊個係公務員事務局局長？", "哪个是公务员事务局局长?"),
        ("係咪始於2023年？淨係深圳？", "是不是始于2023年?只深圳?"),
        ("點解要暫停？", "为什么要暂停?"),
        ("邊度舉行？", "哪里举行?"),
        ("有冇津貼㗎", "有没有津贴的"),
        ("首批有幾多人嚟自環保署", "首批有多少人来自环保署"),
        ("Cryus Chow 喺邊間機構", "cryus chow 在哪间机构"),
        ("", ""),
    ],
)
def test_cantonese_questions_become_written_chinese(question: str, written: str) -> None:
    assert plain(question) == written


@pytest.mark.parametrize(
    "word",
    [
        "認識",
        "知識",
        "共識",
        "仲裁",
        "邊境",
        "邊界",
        "周邊",
        "雙邊",
        "關係",
        "聯係",
        "體係",
        "知識產權",
        "傾向",
        "識別",
    ],
)
def test_written_words_that_look_cantonese_stay(word: str) -> None:
    assert plain(word) == fold(word)


@pytest.mark.parametrize("document", ["en", "zh-Hant"])
def test_the_shipped_documents_are_written_chinese(document: str) -> None:
    folder = FILE.parents[1] / "documents"
    changed = {
        path.name: [(a, b) for a, b in zip(fold(line), plain(line), strict=False) if a != b][:1]
        for path in folder.glob(f"*.{document}.md")
        for line in path.read_text("utf-8").splitlines()
        if plain(line) != fold(line)
    }
    assert changed == {}, "a written word of a document is taken for Cantonese"


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("person", ["Ingrid Yeung", "楊何蓓茵", "陈国基", "Chan Kwok-ki", "Terence Wang", "曾國衞", "曾國衛"]),
        ("place", ["Shenzhen", "深圳市", "大灣區", "GBA", "Qianhai"]),
        ("body", ["Civil Service Bureau", "CSB", "公務員事務局", "組織部"]),
        ("detail", ["salary", "薪酬", "apply", "報名", "deadline"]),
    ],
)
def test_names_are_of_their_kind(kind: str, names: list[str]) -> None:
    known = glossary()
    for name in map(fold, names):
        found = known.chinese.get(name) or known.english.get(tuple(stem(word) for word in words(name))) or ()
        assert kind in [concept.kind for concept in found], name


def test_ignored_words_are_words() -> None:
    known = glossary()
    assert all(word and not has_chinese(word) for word in known.ignore_english)
    assert all(word and not word.isascii() for word in known.ignore_chinese)


@pytest.mark.parametrize("word", ["參加", "深圳", "batch", "salary", "薪酬", "cities", "城市"])
def test_words_of_questions_are_not_ignored(word: str) -> None:
    assert fold(word) not in glossary().ignore_english | glossary().ignore_chinese


@given(st.text(max_size=60) | st.text(alphabet="邊個係嘅唔認識仲裁关系佢哋喺a ", max_size=30))
def test_any_text_becomes_plain(text: str) -> None:
    assert not any(char.isupper() for char in plain(text) if char.isascii())
    assert all(word.isalnum() for word in words(plain(text)))

"""Texts to terms: the same thing has the same key in any script, spelling and language."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.glossary import KINDS, glossary
from assistant.glosses import GlossTable
from assistant.index import GLOSSES, Index
from assistant.terms import Analyser, Term, gloss_sentence
from assistant.vocabulary import HEARD, vocabulary_of

LIMITS = {
    "Authority of Qianhai Shenzhen-Hong Kong Modern Service Industry Cooperation Zone": "longer than eight words",
    "香港中文大學（深圳）": "its brackets end a run of Chinese",
    "one zone, two parks": "its numbers are taken first",
    "one zone two parks": "its numbers are taken first",
}
"""Forms of the glossary that are not recognised, and why."""


@pytest.fixture(scope="module")
def analyser(prepared: Path) -> Analyser:
    """Without a vocabulary: nothing is taken for a misspelt word."""
    return Analyser(GlossTable(prepared / GLOSSES))


def keys(terms: tuple[Term, ...]) -> set[str]:
    return {key for term in terms if not term.ignored for key in term.keys}


@pytest.mark.parametrize("kind", sorted(set(KINDS.values())))
def test_every_form_of_the_glossary_is_recognised(analyser: Analyser, kind: str) -> None:
    known = glossary()
    concepts = {c for table in (known.english, known.chinese) for found in table.values() for c in found}
    forms = [(concept.id, form) for concept in concepts if concept.kind == kind for form in concept.forms]
    assert forms
    unrecognised = {form for id, form in forms if all(id not in term.keys for term in analyser.terms(form))}
    assert unrecognised - set(LIMITS) == set()


def test_the_limits_are_still_limits(analyser: Analyser) -> None:
    whole = {form for form in LIMITS if len(analyser.terms(form)) == 1}
    assert whole == set(), "recognised by now: take them off the list"


@pytest.mark.parametrize(
    "same",
    [
        ["first batch", "First Batches", "the first group", "首批", "第一批", "頭一批"],
        ["civil servant", "Civil servants", "public officers", "公務員", "公务员"],
        ["Cheng Buyi", "CHENG BUYI", "程步一"],
        ["Eric Chan", "Chan Kwok-ki", "陳國基", "陈国基"],
        ["Greater Bay Area", "GBA", "大灣區", "粵港澳大湾区"],
        ["Civil Service Bureau", "CSB", "公務員事務局"],
        ["salary", "salaries", "薪酬", "出糧", "工資"],
        ["8 March 2024", "March 8, 2024", "2024年3月8日", "二〇二四年三月八日"],
        ["10", "ten", "十個", "１０"],
    ],
    ids=lambda same: same[0],
)
def test_the_same_thing_has_the_same_keys(analyser: Analyser, same: list[str]) -> None:
    found = {text: keys(analyser.terms(text)) for text in same}
    assert len({frozenset(values) for values in found.values()}) == 1, found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("first batch", "second batch"),
        ("Shenzhen", "Hong Kong"),
        ("Civil Service Bureau", "Civil Service College"),
        ("深圳", "香港"),
        ("10", "11"),
        ("8 March", "8 April"),
        ("薪酬", "津貼"),
        ("Ingrid Yeung", "Alice Mak"),
    ],
)
def test_different_things_have_different_keys(analyser: Analyser, one: str, other: str) -> None:
    assert not keys(analyser.terms(one)) & keys(analyser.terms(other))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Ingrid Yeung of the Civil Service Bureau in Shenzhen", {"person", "body", "place"}),
        ("楊何蓓茵係公務員事務局邊個？", {"person", "body"}),
        ("10 officers on 8 March", {"number", "term", "date"}),
        ("首批嘅薪酬係幾多", {"term", "detail"}),
        ("kangaroo", {"word"}),
    ],
)
def test_terms_are_of_their_kind(analyser: Analyser, text: str, kinds: set[str]) -> None:
    assert {term.kind for term in analyser.terms(text) if not term.ignored} == kinds


@pytest.mark.parametrize("text", ["", "  ", "!!! ？", "the of and", "請問係咪", "什么？", "🙂"])
def test_nothing_said_leaves_no_terms(analyser: Analyser, text: str) -> None:
    assert keys(analyser.terms(text)) == set()


def test_the_longest_phrase_counts(analyser: Analyser) -> None:
    assert keys(analyser.terms("公務員事務局")) == {"@civil service bureau"}
    assert keys(analyser.terms("公務員")) == {"@civil servant"}
    assert keys(analyser.terms("University of Hong Kong-Shenzhen Hospital")) == {
        "@university of hong kong-shenzhen hospital"
    }


@pytest.mark.parametrize("text", ["程步一", "第一批", "首批"])
def test_a_numeral_inside_a_name_is_no_number(analyser: Analyser, text: str) -> None:
    assert "number" not in {term.kind for term in analyser.terms(text)}


def test_names_that_no_dictionary_has_are_romanised(analyser: Analyser) -> None:
    glosses = {gloss for term in analyser.terms("賈寶鈺") for gloss in term.glosses}
    assert "jia" in glosses or "baoyu" in glosses


@pytest.mark.parametrize(
    ("misspelt", "key"),
    [("exchnage", "@exchange"), ("participents", "@participant"), ("ceremmony", "ceremoni"), ("Qianhay", "@qianhai")],
)
def test_misspelt_words_are_taken_for_known_ones(shipped_index: Index, misspelt: str, key: str) -> None:
    assert key in keys(shipped_index.analyser.terms(misspelt))


@pytest.mark.parametrize("word", ["kangaroo", "Terry", "xyzzyq", "salmon", "2024"])
def test_other_words_are_left_as_they_are(shipped_index: Index, analyser: Analyser, word: str) -> None:
    assert keys(shipped_index.analyser.terms(word)) == keys(analyser.terms(word))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The engineers went to Jacksonville.", "jacksonville"),
        ("The engineers went to York.", "york"),
        ("belkirton", "belkirton"),
        ("工程師去傑克遜維爾。", "杰克逊维尔"),
        ("貝爾克頓喺邊度？", "贝尔克顿"),
    ],
)
def test_foreign_names_are_heard(analyser: Analyser, text: str, name: str) -> None:
    senses = {stem: weight for term in analyser.terms(text) for stem, weight in term.senses}
    assert senses[HEARD + name] == 1.0


@pytest.mark.parametrize(
    "text",
    [
        "The engineers went to work.",
        "Engineers went. Clerks came.",
        "工程師去圖書館。",
        "王小明",
        "8 March 2024",
        "dog",
    ],
)
def test_other_words_are_not_heard(analyser: Analyser, text: str) -> None:
    assert not any(stem.startswith(HEARD) for term in analyser.terms(text) for stem in term.glosses)


@pytest.mark.parametrize(
    ("text", "heard", "phrase"),
    [
        ("貝爾克頓", "belkirton", "belkirton"),
        ("去Belkirton", "贝尔克顿", "belkirton"),
        ("德勒斯維爾", "", "deleisiweier"),
    ],
)
def test_a_name_means_what_sounds_alike_in_the_documents(prepared: Path, text: str, heard: str, phrase: str) -> None:
    known = vocabulary_of((), ["belkirton", "salamanca", "贝尔克顿"])
    term = Analyser(GlossTable(prepared / GLOSSES), lambda: known).terms(text)[-1]
    others = {
        stem.removeprefix(HEARD): weight
        for stem, weight in term.senses
        if stem[0] == HEARD and stem != HEARD + term.text
    }
    assert set(others) == ({heard} if heard else set())
    assert all(0.6 <= weight <= 1 for weight in others.values())
    assert term.phrase == phrase


@pytest.mark.parametrize(
    ("text", "published", "keys_"),
    [
        ("閱覽室去年開放。", "2024-03-08", {"#y2023"}),
        ("該室今日開放。", "2024-03-08", {"#y2024", "#m03", "#d03-08"}),
        ("It opened last year.", "2024-03-08", {"#y2023"}),
        ("It opened in September last year.", "2024", {"#y2023", "#m09"}),
        ("It opened last year.", "", set()),
        ("It opened in 2021.", "2024-03-08", {"#y2021"}),
    ],
)
def test_relative_dates_are_the_dates_they_are(analyser: Analyser, text: str, published: str, keys_: set[str]) -> None:
    found = analyser.terms(text, published)
    assert {key for term in found if term.kind == "date" for key in term.keys} == keys_


def test_words_without_meaning_are_no_senses(analyser: Analyser) -> None:
    forms = [form for found in glossary().chinese.values() for concept in found for form in concept.forms]
    glosses = {gloss for form in forms if not form.isascii() for term in analyser.terms(form) for gloss in term.glosses}
    assert glosses & {"the", "of", "for", "and", "in"} == set()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("首批有幾多名公務員去深圳？", ["first batch", "civil servant", "Shenzhen"]),
        ("程步一係邊個", ["Cheng Buyi"]),
        ("仲裁", ["arbitration"]),
    ],
)
def test_chinese_is_embedded_by_its_meaning_in_english(analyser: Analyser, text: str, words: list[str]) -> None:
    sentence = gloss_sentence(analyser.terms(text))
    assert [word for word in words if word not in sentence] == []
    assert sentence.isascii()


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=60) | st.text(alphabet="首批公務員深圳一十2024年3月8日 first batch,.", max_size=40))
def test_any_text_has_terms_in_order(analyser: Analyser, text: str) -> None:
    terms = analyser.terms(text)
    assert all(term.keys and term.text.strip() for term in terms)
    assert all(0 < weight <= 1 for term in terms for _, weight in term.senses)
    assert all(term.glosses == {stem for stem, _ in term.senses} for term in terms)
    assert analyser.terms(text) == terms

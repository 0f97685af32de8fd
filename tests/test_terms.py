"""Texts to terms: the same thing has the same key in any script, spelling and language."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.glossary import KINDS, glossary
from assistant.glosses import GlossTable
from assistant.index import GLOSSES, Index
from assistant.terms import Analyser, Term, bigrams, gloss_sentence

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
    ("text", "pairs"),
    [
        ("首批公務員", ["首批", "批公", "公务", "务员"]),
        ("在 深 圳", []),
        ("深圳and香港", ["深圳", "香港"]),
        ("abc", []),
    ],
)
def test_pairs_of_characters_stay_within_a_run(text: str, pairs: list[str]) -> None:
    assert bigrams(text) == pairs


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
    assert analyser.terms(text) == terms

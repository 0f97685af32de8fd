"""What documents hold: names are met across scripts by their sound."""

import corpus
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pieces import steps

from assistant.index import Index, open_index
from assistant.settings import Settings
from assistant.vocabulary import HEARD, Vocabulary, vocabulary_of
from ingest.__main__ import run

KNOWN = vocabulary_of(
    ["batch", "launch"], ["jacksonville", "salamanca", "belkirton", "杰克逊维尔", "萨拉曼卡", "贝尔克顿"]
)


def test_names_are_kept_with_their_sounds_and_spellings() -> None:
    assert KNOWN.stems == ("batch", "launch")
    assert KNOWN.sounds[0] == KNOWN.sounds[3] == "JKSNWL"
    assert (KNOWN.spellings[0], KNOWN.spellings[3]) == ("jacksonville", "jiekexunweier")
    assert len(KNOWN.names) == len(KNOWN.sounds) == len(KNOWN.spellings)


@pytest.mark.parametrize(
    ("name", "heard"),
    [
        ("杰克逊维尔", "jacksonville"),
        ("杰克森维尔", "jacksonville"),
        ("贝尔克顿", "belkirton"),
        ("薩拉曼卡", "salamanca"),
        ("jacksonville", "杰克逊维尔"),
        ("belkirton", "贝尔克顿"),
        ("salamanka", "萨拉曼卡"),
    ],
)
def test_a_name_hears_the_other_scripts_spelling(name: str, heard: str) -> None:
    (best, alike), *_ = KNOWN.heard(name)
    assert best == HEARD + heard
    assert 0.6 <= alike <= 1


@pytest.mark.parametrize("name", ["深圳", "王小明", "kangaroo", "李", "al", ""])
def test_other_names_hear_nothing(name: str) -> None:
    assert KNOWN.heard(name) == []


def test_nothing_is_heard_where_nothing_is_known() -> None:
    assert Vocabulary().heard("jacksonville") == vocabulary_of([], []).heard("杰克逊维尔") == []


NAME = st.text(alphabet="abdeiklmnorstvz", max_size=12) | st.text(alphabet="杰克逊维尔斯特曼萨拉卡贝顿德", max_size=6)


@given(NAME, st.lists(NAME, max_size=8))
def test_only_names_of_the_other_script_are_heard(name: str, names: list[str]) -> None:
    for heard, alike in vocabulary_of([], names).heard(name):
        assert heard.removeprefix(HEARD) in names
        assert heard.isascii() is not name.isascii()
        assert 0 < alike <= 1


PLACES = {
    "jacksonville": "傑克遜維爾", "salamanca": "薩拉曼卡", "belkirton": "貝爾克頓", "newcastle": "紐卡斯爾",
}  # fmt: skip
"""One of the four is in no dictionary; the first is not in the one that is used."""


@pytest.fixture
def latin(settings: Settings) -> Index:
    """One document for each place, with its Latin spelling."""
    files = {
        f"{place}.en.md": corpus.document(f"The engineers went to {place.title()} by train.", id=place, language="en")
        for place in PLACES
    }
    corpus.write(settings.documents, files)
    assert run([], settings) == 0
    return open_index(settings)


@pytest.fixture
def chinese(settings: Settings) -> Index:
    files = {
        f"{place}.zh-Hant.md": corpus.document(f"工程師乘火車往{name}。", id=place, language="zh-Hant")
        for place, name in PLACES.items()
    }
    corpus.write(settings.documents, files)
    assert run([], settings) == 0
    return open_index(settings)


def first(index: Index, question: str) -> str:
    return steps(index, question).found.evidence[0].match.passage.source.id


def test_a_name_in_chinese_finds_its_latin_spelling(latin: Index) -> None:
    assert {place: first(latin, f"工程師點樣去{name}？") for place, name in PLACES.items()} == {p: p for p in PLACES}
    assert {p for p in latin.english.vocabulary() if p.startswith(HEARD)} >= {HEARD + place for place in PLACES}


def test_a_latin_name_finds_its_chinese_spelling(chinese: Index) -> None:
    found = {place: first(chinese, f"How did the engineers go to {place.title()}?") for place in PLACES}
    assert found == {place: place for place in PLACES}


def test_a_name_covers_its_other_spelling(latin: Index) -> None:
    made = steps(latin, "工程師去咗傑克遜維爾未？")
    (name,) = [item.term for item in made.weighted if "杰克逊维尔" in item.term.keys]
    at = [item.term for item in made.weighted].index(name)
    assert made.ranked[0].covered[at] > 0.3 and "Jacksonville" in made.ranked[0].text
    assert all(other.covered[at] == 0 for other in made.ranked if "Jacksonville" not in other.text)

"""The word index: what is kept of a text, what is looked for, and how passages score."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pieces import senses_of

from assistant.glosses import GlossTable
from assistant.index import GLOSSES
from assistant.terms import Analyser, Term
from assistant.words import (
    Unit,
    WordIndex,
    bigrams,
    english_units,
    native_units,
    rarity,
    read_index,
    tokens,
    write_index,
)  # fmt: skip


def term(keys: str, parts: str = "", senses: str = "", ignored: bool = False) -> Term:
    return Term(keys, "word", frozenset(keys.split()), frozenset(parts.split()), senses_of(senses), ignored=ignored)


@pytest.mark.parametrize(
    ("text", "terms", "native", "english"),
    [
        ("", [], set(), set()),
        ("batches", [term("batch")], {"batch"}, {"batch"}),
        ("the batches", [term("the", ignored=True), term("batch")], {"batch", "_the batch"}, {"batch"}),
        ("new batches go", [term("new"), term("batch"), term("go")], {
            "new", "batch", "go", "_new batch", "_batch go",
        }, {"new", "batch", "go"}),
        ("first batch", [term("@first-batch", "first batch")], {"@first-batch", "first", "batch"}, {
            "@first-batch", "first", "batch",
        }),
        ("10", [term("#10")], {"#10"}, {"#10"}),
        ("首批", [term("首批", senses="first batch:0.5")], {"首批", "_首批"}, {"first", "batch"}),
        ("首批", [term("@first-batch", "首批", "first")], {"@first-batch", "首批", "_首批"}, {"@first-batch", "first"}),
        ("Madrid", [term("madrid", senses="~madrid")], {"madrid"}, {"madrid", "~madrid"}),
    ],
)  # fmt: skip
def test_both_views_hold_what_they_share(text: str, terms: list[Term], native: set[str], english: set[str]) -> None:
    found = tokens(text, terms)
    assert (set(found.native), set(found.english)) == (native, english)


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("the weather", "天氣"),
        ("civil servants in Shenzhen", "深圳公務員"),
        ("first batch", "首批"),
        ("8 March 2024", "2024年3月8日"),
        ("Cheng Buyi", "程步一"),
        ("a library in Newcastle", "紐卡斯爾圖書館"),
    ],
)
def test_languages_meet_in_the_english_view(prepared: Path, english: str, chinese: str) -> None:
    analyser = Analyser(GlossTable(prepared / GLOSSES))
    one, other = (tokens(text, analyser.terms(text)) for text in (english, chinese))
    assert set(one.english) & set(other.english)


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
    ("text", "terms", "units"),
    [
        ("", [], []),
        ("the", [term("the", ignored=True)], []),
        ("new batch", [term("new"), term("batch")], [{"new": 1.0}, {"batch": 1.0}, {"_new batch": 0.3}]),
        ("batch batch", [term("batch"), term("batch")], [{"batch": 1.0}, {"_batch batch": 0.3}]),
        ("首批", [term("首批", senses="first")], [{"首批": 1.0}, {"_首批": 1.0}]),
    ],
)
def test_a_text_looks_for_each_of_its_own_words(text: str, terms: list[Term], units: list[Unit]) -> None:
    assert native_units(text, terms) == units


@pytest.mark.parametrize(
    ("terms", "units"),
    [
        ([], []),
        ([term("the", ignored=True)], []),
        ([term("培训", senses="train drill:0.5"), term("课")], [{"train": 1.0, "drill": 0.5}]),
        ([term("train", senses="~train:0.7")], [{"train": 1.0, "~train": 0.7}]),
        ([term("train", senses="train:0.2")], [{"train": 1.0}]),
        ([term("@batch", "首批 first", "cohort:0.4")], [{"@batch": 1.0, "first": 1.0, "cohort": 0.4}]),
        ([term("#10")], [{"#10": 1.0}]),
    ],
)
def test_a_word_is_met_in_english_by_any_of_its_senses(terms: list[Term], units: list[Unit]) -> None:
    assert english_units(terms) == units


PASSAGES = [["first", "batch", "batch"], ["second", "batch"], [], ["launch"]]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> WordIndex:
    folder = tmp_path_factory.mktemp("words")
    write_index(folder, "native", PASSAGES)
    return read_index(folder, "native", 4)


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ([{"first": 1}, {"batch": 1}], [0, 1]),
        ([{"second": 1}, {"batch": 1}], [1, 0]),
        ([{"batch": 1}], [0, 1]),
        ([{"launch": 1}], [3]),
        ([{"launch": 1}, {"launch": 1}], [3]),
        ([{"unknown": 1}], []),
        ([{"unknown": 1}, {"second": 1}], [1]),
        ([{"unknown": 1, "second": 0.5}], [1]),
        ([{"first": 1, "launch": 0.3}], [0, 3]),
        ([{"first": 0.3, "launch": 1}], [3, 0]),
        ([{"first": 0.3}, {"launch": 1}], [3, 0]),
        ([], []),
    ],
)
def test_passages_score_by_their_words(index: WordIndex, query: list[Unit], order: list[int]) -> None:
    scores = index.scores(query)
    assert scores.shape == (4,)
    assert [int(at) for at in np.argsort(-scores, kind="stable") if scores[at] > 0] == order


def test_what_a_passage_does_not_hold_lowers_its_share(index: WordIndex) -> None:
    whole = index.scores([{"second": 1.0}])[1]
    half = index.scores([{"second": 1.0}, {"launch": 1.0}])[1]
    least = index.scores([{"second": 1.0}, {"launch": 1.0}, {"unknown": 1.0}])[1]
    assert whole > half > least > 0


def test_two_words_for_one_thing_count_once(index: WordIndex) -> None:
    one_thing = index.scores([{"first": 1.0, "batch": 1.0}, {"launch": 1.0}])
    two_things = index.scores([{"first": 1.0}, {"batch": 1.0}, {"launch": 1.0}])
    assert one_thing[3] > two_things[3], "the launch is a half of what was looked for, not a third"


UNITS = st.lists(
    st.dictionaries(
        st.sampled_from(["first", "second", "batch", "launch", "unknown", "other"]), st.floats(0.01, 1), min_size=1
    ),
    max_size=5,
)


@given(UNITS)
def test_a_score_is_a_share(index: WordIndex, units: list[Unit]) -> None:
    scores = index.scores(units)
    assert np.all((scores >= 0) & (scores <= 1 + 1e-6))
    assert scores[2] == 0, "an empty passage holds nothing"


@pytest.mark.parametrize(("token", "count"), [("batch", 2), ("first", 1), ("launch", 1), ("unknown", 0)])
def test_frequency_counts_passages(index: WordIndex, token: str, count: int) -> None:
    assert index.frequency(token) == count


@pytest.mark.parametrize(("common", "rare"), [(10, 5), (5, 1), (1, 0)])
def test_rare_words_count_more(common: int, rare: int) -> None:
    assert 0 <= rarity(common, 10) < rarity(rare, 10)


def test_size_and_vocabulary(index: WordIndex) -> None:
    assert index.size == 4
    assert {"first", "second", "batch", "launch"} <= set(index.vocabulary())
    assert all(index.frequency(token) > 0 for token in index.vocabulary())


def test_writing_says_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write_index(tmp_path, "english", [["first"]])
    assert capfd.readouterr() == ("", "")

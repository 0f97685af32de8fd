"""The word index: what is kept of a text, and how passages score."""

from pathlib import Path

import numpy as np
import pytest

from assistant.glosses import GlossTable
from assistant.index import GLOSSES
from assistant.terms import Analyser, Term
from assistant.words import WordIndex, read_index, tokens, write_index


def term(keys: str, parts: str = "", glosses: str = "", ignored: bool = False) -> Term:
    return Term(
        keys, "word", frozenset(keys.split()), frozenset(parts.split()), frozenset(glosses.split()), ignored=ignored
    )


@pytest.mark.parametrize(
    ("text", "terms", "native", "english"),
    [
        ("", [], set(), set()),
        ("batches", [term("batch")], {"batch"}, {"batch"}),
        ("the batches", [term("the", ignored=True), term("batch")], {"batch"}, {"batch"}),
        ("first batch", [term("@first-batch", "first batch")], {"@first-batch", "first", "batch"}, {
            "@first-batch", "first", "batch",
        }),
        ("10", [term("#10")], {"#10"}, {"#10"}),
        ("首批", [term("首批", glosses="first batch")], {"首批", "_首批"}, {"first", "batch"}),
        ("首批", [term("@first-batch", "首批", "first")], {"@first-batch", "首批", "_首批"}, {"@first-batch", "first"}),
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
    ],
)
def test_languages_meet_in_the_english_view(prepared: Path, english: str, chinese: str) -> None:
    analyser = Analyser(GlossTable(prepared / GLOSSES))
    one, other = (tokens(text, analyser.terms(text)) for text in (english, chinese))
    assert set(one.english) & set(other.english)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> WordIndex:
    folder = tmp_path_factory.mktemp("words")
    write_index(folder, "native", [["first", "batch", "batch"], ["second", "batch"], [], ["launch"]])
    return read_index(folder, "native", 4)


@pytest.mark.parametrize(
    ("query", "order"),
    [
        (["first", "batch"], [0, 1]),
        (["second", "batch"], [1, 0]),
        (["batch"], [0, 1]),
        (["launch"], [3]),
        (["launch", "launch"], [3]),
        (["unknown"], []),
        (["unknown", "second"], [1]),
        ([], []),
    ],
)
def test_passages_score_by_their_words(index: WordIndex, query: list[str], order: list[int]) -> None:
    scores = index.scores(query)
    assert scores.shape == (4,)
    assert [int(at) for at in np.argsort(-scores, kind="stable") if scores[at] > 0] == order


@pytest.mark.parametrize(("token", "count"), [("batch", 2), ("first", 1), ("launch", 1), ("unknown", 0)])
def test_frequency_counts_passages(index: WordIndex, token: str, count: int) -> None:
    assert index.frequency(token) == count


def test_size_and_vocabulary(index: WordIndex) -> None:
    assert index.size == 4
    assert {"first", "second", "batch", "launch"} <= set(index.vocabulary())
    assert all(index.frequency(token) > 0 for token in index.vocabulary())


def test_writing_says_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write_index(tmp_path, "english", [["first"]])
    assert capfd.readouterr() == ("", "")

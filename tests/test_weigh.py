"""How much each term of a question counts, and how much of it is covered."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pieces import steps, term

from assistant.asking import Target
from assistant.index import Index
from assistant.terms import Term
from assistant.types import Language, Question
from assistant.understand import Asked
from assistant.weigh import CARRIED, Weighted, share, weigh
from assistant.words import read_index, write_index

FIRST = "How many civil servants were in the first batch?"
NATIVE = [["library", "batch"], ["library"], ["library"], ["天气"]]
ENGLISH = [["library", "batch"], ["library", "rain"], ["library"], ["weather", "rain"]]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What `weigh` looks at of an index of four passages."""
    folder: Path = tmp_path_factory.mktemp("weigh")
    for view, texts in (("native", NATIVE), ("english", ENGLISH)):
        write_index(folder, view, texts)
    return SimpleNamespace(**{view: read_index(folder, view, 4) for view in ("native", "english")})


def weights(index: Any, *terms: Term, carried: tuple[Term, ...] = ()) -> list[float]:
    asked = Asked(Question("?", Language.ENGLISH), terms, carried, Target.OTHER, "?")
    return [item.weight for item in weigh(asked, index)]


@pytest.mark.parametrize(
    ("rarer", "commoner"),
    [
        (term("batch"), term("library")),
        (term("unknown"), term("batch")),
        (term("天气"), term("library")),
        (term("气象", senses="weather"), term("雨", senses="rain")),
        (term("图书馆", senses="unheard"), term("图书馆", senses="library")),
        (term("天气", senses="library"), term("图书馆", senses="library")),
        (term("@library", keys="@library batch"), term("@library", keys="@library library")),
    ],
)
def test_the_rarer_in_the_documents_the_heavier(index: Any, rarer: Term, commoner: Term) -> None:
    heavy, light = weights(index, rarer, commoner)
    assert heavy > light > 0


def test_a_word_of_the_other_language_weighs_by_its_rarest_sense(index: Any) -> None:
    both, rarest, alone = weights(
        index, term("晴雨", senses="rain:0.5 weather"), term("气象", senses="weather"), term("weather")
    )
    assert both == rarest < alone


def test_what_is_carried_over_counts_half(index: Any) -> None:
    own, carried = weights(index, term("batch"), carried=(term("batch"),))
    assert carried == CARRIED * own == own / 2


def test_terms_keep_their_order(index: Any) -> None:
    terms = (term("library"), term("batch"))
    asked = Asked(Question("?", Language.ENGLISH), terms, (term("rain"),), Target.OTHER, "?")
    assert [item.term for item in weigh(asked, index)] == [*terms, term("rain")]
    assert weights(index) == []


@pytest.mark.parametrize(
    ("parts", "covered", "expected"),
    [
        ([], [], 0.0),
        ([1.0], [1.0], 1.0),
        ([1.0], [0.0], 0.0),
        ([1.0, 1.0], [1.0, 0.0], 0.5),
        ([3.0, 1.0], [1.0, 0.0], 0.75),
        ([0.0, 0.0], [1.0, 1.0], 0.0),
        ([2.0, 2.0], [0.6, 0.8], 0.7),
    ],
)
def test_the_share_that_is_covered(parts: list[float], covered: list[float], expected: float) -> None:
    weighted = [Weighted(term(str(at)), weight) for at, weight in enumerate(parts)]
    assert share(weighted, covered) == pytest.approx(expected)


COVERED = st.lists(st.tuples(st.floats(0, 10), st.floats(0, 1), st.floats(0, 1)), max_size=6)


@given(COVERED)
def test_a_share_grows_with_what_is_covered(items: list[tuple[float, float, float]]) -> None:
    weighted = [Weighted(term(str(at)), weight) for at, (weight, _, _) in enumerate(items)]
    less = share(weighted, [min(pair) for _, *pair in items])
    more = share(weighted, [max(pair) for _, *pair in items])
    assert -1e-9 <= less <= more + 1e-9 <= 1 + 1e-8


@pytest.mark.parametrize("covered", [[], [1.0, 1.0]])
def test_each_term_is_covered_or_not(covered: list[float]) -> None:
    with pytest.raises(ValueError, match="zip"):
        share([Weighted(term("x"), 1.0)], covered)


@pytest.mark.parametrize(
    ("question", "rarer", "commoner"),
    [
        ("Was Terence Wang a civil servant?", "@terence wang", "@civil servant"),
        ("Who went to Futian in Shenzhen?", "@futian", "@shenzhen"),
        ("Terence Wang係咪公務員？", "@terence wang", "@civil servant"),
        ("Kangaroos in Shenzhen?", "kangaroo", "@shenzhen"),
    ],
)
def test_rare_terms_weigh_more(shipped_index: Index, question: str, rarer: str, commoner: str) -> None:
    found = {key: item.weight for item in steps(shipped_index, question).weighted for key in item.term.keys}
    assert found[rarer] > found[commoner] > 0


def test_carried_terms_weigh_less(shipped_index: Index) -> None:
    own = {item.term.keys: item.weight for item in steps(shipped_index, FIRST).weighted}
    follow_up = steps(shipped_index, "How long did they stay?", [FIRST])
    carried = {item.term.keys: item.weight for item in follow_up.weighted}
    assert own.keys() & carried.keys()
    assert all(carried[keys] < own[keys] for keys in own.keys() & carried.keys())

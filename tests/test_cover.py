"""How surely a stretch of a document holds a term."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pieces import term, window, window_of

from assistant.cover import cover
from assistant.index import Index
from assistant.records import Window
from assistant.terms import Term

BATCH = term("first batch", "term", keys="@batch", parts="first batch", senses="cohort")


@pytest.mark.parametrize(
    ("wanted", "held", "share"),
    [
        (BATCH, window("@batch other"), 1.0),
        (BATCH, window("other", parts="@batch"), 0.9),
        (BATCH, window("first batch"), 0.8),
        (BATCH, window("first", parts="batch"), 0.8),
        (BATCH, window("first"), 0.4),
        (BATCH, window(glosses="cohort"), 0.6),
        (BATCH, window("first", glosses="cohort"), 0.6),
        (BATCH, window("other"), 0.0),
        (BATCH, window(), 0.0),
        (term("train"), window(glosses="train"), 0.6),
        (term("培训", senses="train"), window("train"), 0.6),
        (term("培训", senses="train"), window("teach"), 0.0),
        (term("培训", senses="drill:0.5 train"), window("drill"), 0.3),
        (term("培训", senses="drill:0.5 train"), window("drill", glosses="train"), 0.6),
        (term("杰克逊维尔", senses="~jacksonville:0.8"), window("jacksonvil", glosses="~jacksonville"), 0.48),
        (term("jacksonville", keys="jacksonvil", senses="~jacksonville"), window("madrid", glosses="~madrid"), 0.0),
        (term("10", "number", keys="#10"), window("#10"), 1.0),
        (term("10", "number", keys="#10"), window("#12", parts="#10", glosses="#10"), 0.0),
        (term("2024", "date", keys="#y2024"), window("#y2024 #m03"), 1.0),
        (term("2024", "date", keys="#y2024"), window("#y2023"), 0.0),
        (term("salary", "detail", keys="@salary", senses="pay"), window("@salary"), 1.0),
        (term("salary", "detail", keys="@salary", senses="pay"), window("pay", glosses="pay"), 0.0),
    ],
)
def test_a_window_holds_a_term(wanted: Term, held: Window, share: float) -> None:
    assert cover(wanted, held) == pytest.approx(share)


@pytest.mark.parametrize(
    ("words", "text", "least", "most"),
    [
        ("first batch", "首批有10名公務員。", 1.0, 1.0),
        ("首批", "The first group had 10 officers.", 1.0, 1.0),
        ("程步一", "Mr Cheng Buyi spoke.", 1.0, 1.0),
        ("10", "十名公務員", 1.0, 1.0),
        ("8 March 2024", "總結會於2024年3月8日舉行。", 1.0, 1.0),
        ("training", "他們參加培訓。", 0.6, 1.0),
        ("salary", "他們參加培訓。", 0.0, 0.0),
        ("12", "首批有10名公務員。", 0.0, 0.0),
        ("Beijing", "首批公務員到深圳。", 0.0, 0.0),
    ],
)
def test_terms_are_held_across_languages(
    shipped_index: Index, words: str, text: str, least: float, most: float
) -> None:
    analyser = shipped_index.analyser
    (wanted,) = analyser.terms(words)
    assert least <= cover(wanted, window_of(analyser, text)) <= most


WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=4).map(" ".join)


@given(WORDS.filter(bool), WORDS, WORDS, WORDS, WORDS, WORDS)
def test_more_said_never_covers_less(keys: str, parts: str, senses: str, held: str, held_parts: str, more: str) -> None:
    wanted = term("x", "word", keys, parts, senses)
    less = cover(wanted, window(held, held_parts))
    assert 0 <= less <= cover(wanted, window(f"{held} {more}", held_parts)) <= 1

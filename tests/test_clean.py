"""Cleaning changes what cannot be seen, and no word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clean import clean


@pytest.mark.parametrize(
    ("found", "cleaned"),
    [
        ("", ""),
        ("The first batch.", "The first batch."),
        ("One.\r\nTwo.\rThree.\n", "One.\nTwo.\nThree.\n"),
        ("Page one.\fPage two.\vMore.", "Page one.\nPage two.\nMore."),
        ("One.\u2028Two.\u2029Three.\x85Four.", "One.\nTwo.\nThree.\nFour."),
        ("Trailing \t\u00a0\u3000\nblanks  ", "Trailing\nblanks"),
        ("  kept indent\n\u3000\u3000首行", "  kept indent\n\u3000\u3000首行"),
        ("a\tb  c", "a\tb  c"),
        ("zero\u200bwidth and\ufeff marks", "zerowidth and marks"),
        ("soft\u00adhyphen", "softhyphen"),
        ("\u202eright to left\u202c", "right to left"),
        ("nul\x00 bell\x07 escape\x1b", "nul bell escape"),
        ("「首批」—— 10 名…", "「首批」—— 10 名…"),
        ("café cafe\u0301 ﬁ １０", "café cafe\u0301 ﬁ １０"),
    ],
)
def test_only_what_cannot_be_seen_changes(found: str, cleaned: str) -> None:
    assert clean(found) == cleaned


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S", "M"])))
def test_every_visible_character_stays(text: str) -> None:
    assert clean(text) == text

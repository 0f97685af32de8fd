"""Repairs inside a line: stray characters, punctuation, spaces, mojibake; each named, none where it is not sure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.repair import REPAIRS, repaired

STRAYS, PUNCTUATION, SPACES = "stray characters", "half-width punctuation", "spaces"
INVISIBLE, MOJIBAKE = "invisible characters", "mojibake"


@pytest.mark.parametrize(
    ("found", "mended", "name"),
    [
        ("Port-□Macao", "Port-Macao", STRAYS),
        ("Port-∏Macao", "Port-Macao", STRAYS),
        ("the har■bour", "the harbour", STRAYS),
        ("the har\ufffdbour", "the harbour", STRAYS),
        ("the \ue123harbour", "the harbour", STRAYS),
        ("\uf0b7 one item", "- one item", STRAYS),
        ("五月,港務處:三項!", "五月，港務處：三項！", PUNCTUATION),
        ("他說:“好”,便走了.", "他說：“好”，便走了。", PUNCTUATION),
        ("港務處(北區)開放", "港務處（北區）開放", PUNCTUATION),
        ("(北區)閱覽室", "（北區）閱覽室", PUNCTUATION),
        ("為什麼?", "為什麼？", PUNCTUATION),
        ("12月,10名", "12月，10名", PUNCTUATION),
        ("閱覽室每日由早上起開放予工程師.市民亦可使用", "閱覽室每日由早上起開放予工程師。市民亦可使用", PUNCTUATION),
        ("one  two   three", "one two three", SPACES),
        ("\u00a0 \u00a0 The room", "    The room", SPACES),
        ("trailing \t\u00a0\u3000", "trailing", SPACES),
        ("zero\u200bwidth and\ufeff marks", "zerowidth and marks", INVISIBLE),
        ("soft\u00adhyphen", "softhyphen", INVISIBLE),
        ("\u202eright to left\u202c", "right to left", INVISIBLE),
        ("nul\x00 bell\x07 escape\x1b", "nul bell escape", INVISIBLE),
        ("The Ministerâ€™s reply", "The Minister’s reply", MOJIBAKE),
        ("é¦–æ‰¹å…¬å‹™å“¡", "首批公務員", MOJIBAKE),
    ],
)
def test_what_is_broken_is_mended_and_named(found: str, mended: str, name: str) -> None:
    assert repaired(found) == (mended, (name,))


@pytest.mark.parametrize(
    "text",
    [
        "□ Yes  □ No".replace("  ", " "),
        "- □ to be done",
        "■ Opening hours",
        "某□某的名字",
        "a × b = c, 20 ℃, A → B, 3-∞",
        "Mr Lee (李珍), the mayor: yes, he came.",
        "the word 閱覽室, meaning reading room",
        "at 9:30, 1,000 people; 3.5 per cent",
        "上午9:30開放，共1,000人，佔3.5%",
        "[閱覽室](https://room.example/a,b)",
        "碧海.藍天.白雲",
        "深水?區",
        "café naïve Ångström",
        "Name      Town      Post",
        "| one  | two   |",
        "     indented",
        "\u3000\u3000首行縮排",
        "a\tb",
        "",
    ],
)
def test_what_is_not_surely_broken_stays(text: str) -> None:
    assert repaired(text) == (text, ())


@given(st.text(alphabet=st.characters(categories=["L", "N", "M"])))
def test_no_letter_is_touched(text: str) -> None:
    mended, names = repaired(text)
    assert mended == text or set(names) <= {MOJIBAKE}


@given(st.text())
def test_the_names_are_those_of_the_table(text: str) -> None:
    mended, names = repaired(text)
    assert set(names) <= set(REPAIRS)
    assert bool(names) or mended == text

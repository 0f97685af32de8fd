"""Joins mend the breaks of programs, and leave those of authors."""

import pytest

from ingest.join import joined
from ingest.rows import rows_of

FIRST = "The harbour office told of its plans."
WRAPPED = (
    "The harbour office opened a reading room for visiting engineers in May, and\n"
    "twelve engineers from four towns used the room in its first month. It has six\n"
    "desks. Four towns pay for it, among them Northport and Eastport and\n"
    "Westbrook."
)
WRAPPED_CHINESE = (
    "港務處於五月開設閱覽室，供來訪的工程師使用，首月共有十\n"
    "二名工程師到訪。閱覽室設有六張書桌，費用由四個城鎮分擔\n"
    "，其中包括北港和西溪。"
)


def text_of(text: str) -> str:
    return "\n".join(row.text for row in joined(rows_of(text)))


@pytest.mark.parametrize(
    ("found", "mended"),
    [
        (WRAPPED, WRAPPED.replace("\n", " ")),
        (WRAPPED_CHINESE, WRAPPED_CHINESE.replace("\n", "")),
        (f"{WRAPPED}\n\n{FIRST}", f"{WRAPPED.replace(chr(10), ' ')}\n\n{FIRST}"),
        ("The engineers of the office\nwent to Northport.", "The engineers of the office went to Northport."),
        ("- The engineers of the office\n  went to Northport.", "- The engineers of the office went to Northport."),
        (
            f"{FIRST}\n\nThe engineers worked with others\n\nfrom Northport, as planned.",
            f"{FIRST}\n\nThe engineers worked with others from Northport, as planned.",
        ),
        (
            f"{FIRST}\n\n港務處的工程師在五月到訪，首月共有十二名，\n\n其中六名來自北港。",
            f"{FIRST}\n\n港務處的工程師在五月到訪，首月共有十二名，其中六名來自北港。",
        ),
        ("an inter-\nnational room", "an international room"),
        ("a long-\nterm plan", "a long-term plan"),
        ("co-operation is co-\noperation", "co-operation is co-operation"),
        ("Northport-\nWestbrook line", "Northport-Westbrook line"),
        ("short-\nand long-term plans", "short- and long-term plans"),
    ],
)
def test_the_breaks_of_programs_are_mended(found: str, mended: str) -> None:
    assert text_of(found) == mended


@pytest.mark.parametrize(
    "text",
    [
        "One.\nTwo.",
        "President,\n\nThe Government places weight on it.",
        "Dear Sir,\n\nthank you.",
        "Reading rooms for visiting engineers\n\nThe harbour office opened one.",
        "A title of more than four words\n\nby Jane Lee of the Port News",
        f"{FIRST}\n\nThe rules of the room are\n\na) silence\n\nb) light",
        f"{FIRST}\n\nThe form is to be found at\n\nhttps://harbour.example/form and elsewhere too.",
        "Name: Lee Chun\nTown: Northport",
        "The engineers came from:\nNorthport",
        "Roses are red,\nViolets are blue,",
        "The first engineers came from Northport, a town to the north of it.\nThe second came from Westbrook, a town on the other side.",
        "# The reading room of the\nharbour office",
        "| the first row of | it |\n| the second row | of |",
            "深港合作邁進\n\n首批工程師於五月到訪。",
        "港務處\n地址：北港大道一號",
        "港務處開設閱覽室，工程師到訪\n\n首月共有十二名工程師。",
        "```\nthe code of the office is\nnot touched\n```",
    ],
)  # fmt: skip
def test_the_breaks_of_authors_stay(text: str) -> None:
    rows = rows_of(text)
    fixed = text.startswith("```")
    assert fixed or text_of(text) == text
    assert [row.text for row in rows] == text.split("\n")


def test_a_joined_row_knows_its_lines() -> None:
    (row,) = joined(rows_of("The engineers of the office\nwent to Northport."))
    assert (row.lines, row.reasons) == ((0, 1), ("soft line break",))

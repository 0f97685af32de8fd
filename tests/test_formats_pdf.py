"""PDF files: the order of reading, running heads, paragraphs, headings, tables, pictures of text."""

import shutil

import made
import pytest
from made import lines

from assistant.errors import DocumentError
from ingest.formats import ocr, pdf

LEFT = [
    "The harbour office counts the boats that",
    "leave before sunrise, and writes the num-",
    "bers down in a book kept by the senior",
    "clerk. The book is shown to visitors on",
    "request. Every clerk of the scheme learns",
    "to read the book in the first week, and",
    "then counts alone. In bad weather nobody",
    "counts, since no boat leaves the harbour",
]
RIGHT = [
    "before the storm has passed. The tram of-",
    "fice works otherwise: its clerks ride on",
    "the first tram of the day and note which",
    "stops have no shelter. A report is sent",
    "to the mayor in spring. The mayor reads",
    "it aloud in the council, which then de-",
    "cides on new shelters. In 2020 it chose",
    "nine stops, most of them on the hill.",
]
MIDDLE = [line.replace("harbour", "market") for line in LEFT[:-1]] + ["counts when the market is closed."]


def paragraphs(*pages: list[made.Run]) -> list[str]:
    return [part for part in pdf.read(made.pdf(pages)).text.replace("\f", "\n").split("\n\n") if part.strip()]


def flat(texts: list[str]) -> str:
    return " ".join(texts).replace("- ", "")


def cells(rows: list[tuple[str, ...]], y: float) -> list[made.Run]:
    return [(72 + 150 * x, y + 14 * n, 10, text) for n, row in enumerate(rows) for x, text in enumerate(row)]


def test_columns_are_read_one_after_the_other() -> None:
    head = ["This paragraph stands across the whole page, above both of the columns that follow it, and", "ends here."]
    foot = ["A note below both columns is read last, whatever stands on its left or on its right side."]
    found = paragraphs(
        [
            (72, 105, 18, "Clerks in other offices"),
            *lines(head, y=130),
            *lines(LEFT, y=180, size=10, step=12),
            *lines(RIGHT, x=310, y=180, size=10, step=12),
            *lines(foot, y=300),
        ]
    )
    assert found[0] == "# Clerks in other offices"
    assert found[1].startswith("This paragraph") and found[1].endswith("ends here.")
    assert found[2].startswith("The harbour office") and found[2].endswith("on the hill.")
    assert "harbour before the storm" in found[2] and "the numbers down" in found[2] and "tram office" in found[2]
    assert found[3].strip() == foot[0]


def test_three_columns() -> None:
    columns = ((LEFT, 40), (MIDDLE, 215), (RIGHT, 390))
    text = flat(paragraphs([run for texts, x in columns for run in lines(texts, x=x, size=8, step=10, y=120)]))
    assert text.index("leaves the harbour") < text.index("The market office") < text.index("the storm has passed")


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [
        [
            (72, 40, 9, f"Cloud City Office   Report {number}"),
            *lines([f"Only page {number} has this sentence about {word} in it."], y=130),
            (280, 815, 9, f"- {number} of 4 -"),
        ]
        for number, word in enumerate(("boats", "trams", "hills", "books"), 1)
    ]
    text = pdf.read(made.pdf(pages)).text
    assert "Report" not in text and "of 4" not in text
    assert [f"page {number} has" in part for number, part in enumerate(text.split("\f"), 1)] == [True] * 4


def test_a_page_has_its_own_part_of_the_text() -> None:
    raw = pdf.read(made.report())
    first, second = raw.text.split("\f")
    assert raw.paged and made.ENGLISH in first and made.CHINESE in second


def test_a_sentence_that_runs_over_is_on_the_page_where_it_begins() -> None:
    first = [
        "Every clerk of the scheme writes a diary in the evening, and shows it on Fridays to",
        "the head of the office in which the clerk is a guest for some months of that year",
    ]
    second = ["and to nobody else. On leaving, each clerk takes the diary home."]
    one, two = pdf.read(made.pdf([lines(first), lines(second)])).text.split("\f")
    assert (
        one.strip().endswith("of that year and to nobody else.")
        and two.strip() == "On leaving, each clerk takes the diary home."
    )


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (lines(["海鷗計劃由雲海市政府於二零二一年五月展開，首批有十二名文員，分別來自海港處、", "電車處及市立圖書館。"]), ["海鷗計劃由雲海市政府於二零二一年五月展開，首批有十二名文員，分別來自海港處、電車處及市立圖書館。"]),
        ([*lines(["A paragraph of one line."]), *lines(["Another one, below a gap."], y=130)], ["A paragraph of one line.", "Another one, below a gap."]),
        (lines(["The clerks do three things in every one of the offices:", "- they count boats,", "- they write.", "(a) in ink,", "(b) by hand."]), ["The clerks do three things in every one of the offices:", "- they count boats,", "- they write.", "(a) in ink,", "(b) by hand."]),
        ([(72, 105, 11, "*Duties"), *lines(["Clerks count boats."], y=119), (72, 147, 11, "*Pay"), *lines(["Clerks are paid in spring."], y=161)], ["# Duties", "Clerks count boats.", "# Pay", "Clerks are paid in spring."]),
        ([(72, 105, 22, "Scheme"), (72, 130, 15, "Beginning"), *lines(LEFT, y=150)], ["# Scheme", "## Beginning", " ".join(LEFT).replace("num- bers", "numbers")]),
        (cells([made.HEADER, *made.ROWS], 100), ["Name: Ada Brook; Office: Harbour Office; Months: 3\nName: Ben Cole; Office: Tram Office; Months: 6"]),
    ],
    ids=["chinese", "gap", "lists", "bold", "sizes", "table"],
)  # fmt: skip
def test_lines_become_paragraphs_headings_and_rows(runs: list[made.Run], expected: list[str]) -> None:
    assert [part.strip() for part in paragraphs(runs)] == expected


def test_letters_printed_twice_are_read_once() -> None:
    assert paragraphs([(72, 120, 11, "All will fill the hall."), (72.3, 120, 11, "All will fill the hall.")]) == [
        "All will fill the hall.\n"
    ]


def test_the_file_tells_of_itself() -> None:
    assert pdf.read(made.report()).meta == {"title": "Seagull report", "published": "2021-06-07"}
    untitled = made.pdf([lines([made.ENGLISH])], "/Title (Microsoft Word - a.doc) /CreationDate (D:2021)")
    assert pdf.read(untitled).meta == {"published": "2021"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (made.pdf([lines([made.ENGLISH])], encrypted=True), "protected with a password; save a copy without one"),
        (made.pdf([[]]), "none of its pages has text"),
        (b"%PDF-1.7\n", "the file is damaged"),
        (made.report()[:400], "the file is damaged"),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, words: str) -> None:
    with pytest.raises(DocumentError, match=words):
        pdf.read(data)


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
@pytest.mark.parametrize(
    ("line", "part"),
    [
        (made.ENGLISH, "Seagull Scheme of Cloud City began in May 2021"),
        (made.CHINESE, "首批有12名文員參加"),
        (made.SIMPLIFIED, "首批有12名文员参加"),
    ],
)
def test_a_picture_of_text_is_recognised(line: str, part: str) -> None:
    raw = pdf.read(made.scanned([line]))
    assert part in raw.text
    assert raw.notes == ("page 1 is a picture, whose text was recognised and may have mistakes",)


def test_without_tesseract_pictures_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", "no-such-program")
    with pytest.raises(
        DocumentError, match="page 1 is a picture that cannot be read: install Tesseract with its English"
    ):
        pdf.read(made.scanned([made.ENGLISH]))


def test_pages_with_text_are_read_without_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    def texts(data: bytes, numbers: list[int]) -> None:
        raise DocumentError("install it")

    monkeypatch.setattr(ocr, "texts", texts)
    monkeypatch.setattr(pdf, "_is_read", lambda page, text: page.page_number != 2)
    raw = pdf.read(made.report())
    assert made.ENGLISH in raw.text
    assert raw.notes == ("page 2 is a picture that cannot be read: install it",)


def test_a_page_that_is_to_be_recognised_has_more_time() -> None:
    assert pdf.more_seconds(made.scanned([made.ENGLISH])) == 1 + ocr.SECONDS
    assert pdf.more_seconds(made.report()) == 2
    assert pdf.more_seconds(b"%PDF-1.7") == 0

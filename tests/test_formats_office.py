"""Word, PowerPoint, Excel, values: every part of them that has text, where it belongs; bombs and macros come to nothing."""

import io
import zipfile
from datetime import date, datetime

import docx
import made
import openpyxl
import pptx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE

from assistant.errors import DocumentError
from ingest.formats import docx as word
from ingest.formats import office, sheet
from ingest.formats import pptx as slides

MACROS = {
    "word": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "application/vnd.ms-word.document.macroEnabled.main+xml"),
    "slides": ("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml", "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"),
    "show": ("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml", "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml"),
    "sheet": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
}  # fmt: skip


def changed(data: bytes, change: dict[str, bytes] | None = None, types: tuple[str, str] = ("", "")) -> bytes:
    """The same archive with members added or exchanged, and another word in its list of types."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(types[0].encode(), types[1].encode())
            if name not in (change or {}):
                new.writestr(name, content)
        for name, content in (change or {}).items():
            new.writestr(name, content)
    return stream.getvalue()


def with_macros(data: bytes, kind: str) -> bytes:
    return changed(data, {"word/vbaProject.bin": b"Sub AutoOpen()\nShell evil\nEnd Sub"}, MACROS[kind])


def test_a_word_document_is_markdown() -> None:
    raw = word.read(made.word())
    assert raw.text.split("\n\n") == [
        "# Seagull Scheme",
        "# The beginning",
        made.ENGLISH,
        "## 人員",
        made.CHINESE,
        "- Clerks of the first batch",
        "- Clerks of the second batch",
        "Name: Ada Brook; Office: Harbour Office; Months: 3\nName: Ben Cole; Office: Tram Office; Months: 6",
        "The scheme ends in 2030.\n",
    ]
    assert raw.meta == {"title": "Seagull Scheme", "published": "2021-06-07"}


def inner(xml: str) -> list[str]:
    """What is read of a Word document with this XML in it."""
    document = docx.Document()
    namespaces = nsdecls("w") + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    for element in parse_xml(f"<w:body {namespaces}>{xml}</w:body>"):
        document.element.body.insert_element_before(element, "w:sectPr")
    return word.read(made.saved(document)).text.strip().split("\n\n")


def paragraph(content: str) -> str:
    return f"<w:p>{content}</w:p>"


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


BOX = f"<w:txbxContent>{paragraph(run('In a box.'))}</w:txbxContent>"


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (paragraph(run("Kept ") + f'<w:ins w:id="1" w:author="A">{run("added ")}</w:ins><w:del w:id="2" w:author="A"><w:r><w:delText>gone</w:delText></w:r></w:del>' + run("end.")), ["Kept added end."]),
        (f"<w:sdt><w:sdtContent>{paragraph(run('In a form.'))}</w:sdtContent></w:sdt>", ["In a form."]),
        (paragraph(run("Above.") + f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent></w:r>"), ["Above.", "In a box."]),
        (paragraph('<w:pPr><w:outlineLvl w:val="1"/></w:pPr>' + run("By outline")), ["## By outline"]),
        (paragraph("<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>" + run("Numbered")), ["- Numbered"]),
        (paragraph("<w:r><w:t>one</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t><w:noBreakHyphen/><w:t>four</w:t></w:r>"), ["one two three-four"]),
        (paragraph("<w:r><w:instrText>HYPERLINK evil</w:instrText></w:r>" + run("link")), ["link"]),
        (f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>{paragraph(run('Laid out'))}{paragraph(run('by a table.'))}</w:tc></w:tr></w:tbl>", ["Laid out", "by a table."]),
    ],
    ids=["tracked", "control", "box", "outline", "number", "breaks", "field", "layout"],
)  # fmt: skip
def test_every_part_of_a_word_document_is_read_once(xml: str, expected: list[str]) -> None:
    assert inner(xml) == expected


def test_a_style_based_on_a_heading_is_one() -> None:
    document = docx.Document()
    style = document.styles.add_style("Office Chapter", 1)
    style.base_style = document.styles["Heading 2"]
    document.add_paragraph("The offices", style="Office Chapter")
    assert word.read(made.saved(document)).text == "## The offices\n"


def test_cells_that_span_are_read_once() -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for row, texts in zip(table.rows, (("Name", "From", "To"), ("Ada", "May", "June"), ("Ben", "", "")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(2, 1).merge(table.cell(2, 2)).text = "summer"
    assert word.read(made.saved(document)).text == "Name: Ada; From: May; To: June\nName: Ben; From: summer\n"


def test_a_slide_is_a_page_with_its_title_and_notes() -> None:
    raw = slides.read(made.slides())
    assert [page.strip().split("\n\n") for page in raw.text.split("\f")] == [
        ["## Slide 1: The beginning", f"- {made.ENGLISH}", "- It is run by the Harbour Office."],
        ["## Slide 2: 人員", "Name: Ada Brook; Office: Harbour Office; Months: 3\nName: Ben Cole; Office: Tram Office; Months: 6", "### Notes", "Ben Cole returns in autumn."],
        ["## Slide 3"],
    ]  # fmt: skip
    assert (raw.paged, raw.meta) == (True, {"title": "Seagull briefing"})
    assert raw.notes == ("slide 3 has no text; what is in its pictures is not read",)


def test_groups_and_charts_are_read_in_order() -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    slide.shapes.add_textbox(0, 3_000_000, 1_000_000, 500_000).text_frame.text = "Below."
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(2_000_000, 100_000, 1_000_000, 500_000).text_frame.text = "Above, right."
    group.shapes.add_textbox(0, 100_000, 1_000_000, 500_000).text_frame.text = "Above, left."
    data = CategoryChartData()
    data.categories = ["2020", "2021"]
    data.add_series("Clerks", (12, 7.5))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 4_000_000, 3_000_000, 2_000_000, data)
    text = slides.read(made.saved(deck)).text.strip().split("\n\n")
    assert text == ["## Slide 1", "Above, left.", "Above, right.", "Below.", "2020; Clerks: 12\n2021; Clerks: 7.5"]


def test_a_sheet_is_a_section_and_a_row_a_line() -> None:
    assert sheet.read(made.workbook()).text == (
        "## Clerks\n\nName: Ada Brook; Office: Harbour Office; Months: 3\nName: Ben Cole; Office: Tram Office; Months: 6\n\n"
        "## 名單\n\n姓名: 白鷺; 月數: 3\n"
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (3, "3"),
        (3.0, "3"),
        (0.1 + 0.2, "0.3"),
        (1234567.25, "1234567.25"),
        (datetime(2021, 5, 6), "2021-05-06"),
        (datetime(2021, 5, 6, 9, 30), "2021-05-06 09:30"),
        (date(2021, 5, 6), "2021-05-06"),
        (True, "yes"),
        ("two\nlines", "two lines"),
        ("=1+1", None),
    ],
)
def test_a_value_is_shown_as_in_the_sheet(value: object, shown: str | None) -> None:
    text = sheet.read(made.workbook({"S": [("Name", "Value"), ("Ada", value)]})).text
    assert text == "## S\n\nName: Ada" + ("" if shown is None else f"; Value: {shown}") + "\n"


def test_percentages_titles_gaps_and_hidden_sheets() -> None:
    book = openpyxl.Workbook()
    first = book.active
    first.title = "Pay"
    for row in (("Pay of clerks",), ("Year", "Rise"), (2020, 0.025), (), ("Source: the mayor",)):
        first.append(row)
    first["B3"].number_format = "0.0%"
    book.create_sheet("Draft").sheet_state = "hidden"
    raw = sheet.read(made.saved(book))
    assert raw.text == "## Pay\n\nPay of clerks\n\nYear: 2020; Rise: 2.5%\n\nSource: the mayor\n"
    assert raw.notes == ("the hidden sheet `Draft` is left out",)


def test_a_sheet_that_says_it_is_huge_is_read_to_a_bound() -> None:
    book = openpyxl.Workbook()
    book.active.append(("Name", "Office"))
    book.active.append(("Ada", "Tram Office"))
    book.active.cell(1_048_576, 16_384, "far away")
    raw = sheet.read(made.saved(book))
    assert raw.text == "## Sheet\n\nName: Ada; Office: Tram Office\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "big5"])
@pytest.mark.parametrize("between", [",", ";", "\t", "|"])
def test_values_are_rows_whatever_is_between_them(encoding: str, between: str) -> None:
    rows = (("姓名", "部門", "月數"), ("白鷺", "海港處", "3"), ("海鷗", "電車處", "6"))
    data = "\r\n".join(between.join(row) for row in rows).encode(encoding)
    assert sheet.read(data).text == "姓名: 白鷺; 部門: 海港處; 月數: 3\n姓名: 海鷗; 部門: 電車處; 月數: 6\n"


def test_values_with_quotes_and_lines_in_them() -> None:
    data = b'Name,Note\n"Brook, Ada","She said ""yes"",\nthen left."\nBen,none\n'
    assert sheet.read(data).text == 'Name: Brook, Ada; Note: She said "yes", then left.\nName: Ben; Note: none\n'


@pytest.mark.parametrize(
    ("data", "read"),
    [
        (with_macros(made.word(), "word"), word.read),
        (with_macros(made.slides(), "slides"), slides.read),
        (changed(made.slides(), types=MACROS["show"]), slides.read),
        (with_macros(made.workbook(), "sheet"), sheet.read),
    ],
)
def test_a_file_with_macros_is_read_and_nothing_is_run(data: bytes, read: object) -> None:
    text = read(data).text  # type: ignore[operator]
    assert "Ada Brook" in text and "evil" not in text


@pytest.mark.parametrize("read", [word.read, slides.read, sheet.read])
def test_a_bomb_is_refused_before_it_is_opened(read: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_HARMLESS", 1_000_000)
    with pytest.raises(DocumentError, match="unpacks to far more than a document holds"):
        read(changed(made.word(), {"word/media/bomb.xml": bytes(50_000_000)}))  # type: ignore[operator]


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    data = changed(made.word(), {"word/bomb.xml": bytes(3_000_000)})
    lying = data.replace((3_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != data
    with pytest.raises(DocumentError, match="the file is damaged"):
        office.opened(lying)


@pytest.mark.parametrize("make", [made.word, made.slides, made.workbook])
def test_a_truncated_file_is_refused(make: object) -> None:
    data = make()  # type: ignore[operator]
    with pytest.raises(DocumentError, match="the file is damaged"):
        office.opened(data[: len(data) // 2])

"""Word documents: headings by style, lists, tables, text boxes, footnotes; no deleted text."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.table import Table

from ingest.document import Raw
from ingest.formats import office
from ingest.formats.flow import one_line, table

Levels = Mapping[str, int]
"""The level of heading that a style stands for, by the style's id."""

_HEADING = re.compile(r"heading ([1-6])", re.I)
_P, _TABLE, _TEXT, _BOX = qn("w:p"), qn("w:tbl"), qn("w:t"), qn("w:txbxContent")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOT_TEXT = frozenset((_FALLBACK, _BOX, qn("w:pPr"), qn("w:rPr"), qn("w:del"), qn("w:moveFrom"), qn("w:instrText")))
_WITHIN = frozenset((qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:moveTo"), qn("w:customXml"), qn("w:smartTag")))
_BETWEEN = {qn("w:tab"): " ", qn("w:br"): " ", qn("w:cr"): " ", qn("w:noBreakHyphen"): "-"}
_DEEPEST = 50


def read(data: bytes) -> Raw:
    document = docx.Document(office.opened(data))
    blocks = [*_blocks(document.element.body, document, _levels(document)), *_footnotes(document)]
    return Raw("\n\n".join(blocks) + "\n", office.meta(document.core_properties))


def _levels(document: Document) -> Levels:
    """A style is a heading by its name, or by the style that it is based on."""
    levels: dict[str, int] = {}
    for style in document.styles:
        line: Any = style
        for _ in range(_DEEPEST):
            found = _HEADING.fullmatch(line.name or "") if line is not None else None
            if line is None or found:
                break
            line = getattr(line, "base_style", None)
        if found:
            levels[style.style_id] = int(found.group(1))
        elif style.name == "Title":
            levels[style.style_id] = 1
    return levels


def _blocks(parent: Any, document: Document, levels: Levels) -> Iterator[str]:
    """The paragraphs, lists and tables below an element, as Markdown, in order."""
    for element in parent:
        if element.tag == _P:
            yield from _paragraph(element, levels)
            for box in _boxes(element):
                yield from _blocks(box, document, levels)
        elif element.tag == _TABLE:
            yield from _table(element, document, levels)
        elif element.tag in _WITHIN:
            yield from _blocks(element, document, levels)


def _paragraph(element: Any, levels: Levels) -> Iterator[str]:
    text = one_line("".join(_pieces(element)))
    style = next((each.get(qn("w:val")) for each in element.iter(qn("w:pStyle"))), "")
    outline = next((each.get(qn("w:val")) for each in element.iter(qn("w:outlineLvl"))), "")
    level = levels.get(style) or (int(outline) + 1 if outline in tuple("012345") else 0)
    listed = (
        style.startswith(("ListBullet", "ListNumber")) or element.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None
    )
    if text:
        yield f"{'#' * level} {text}" if level else f"- {text}" if listed else text


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag in _BETWEEN:
            yield _BETWEEN[child.tag]
        elif child.tag not in _NOT_TEXT:
            yield from _pieces(child)


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The text boxes in a paragraph; each is there a second time for old programs."""
    for box in paragraph.iter(_BOX):
        if not any(above.tag == _FALLBACK for above in box.iterancestors()):
            yield box


def _table(element: Any, document: Document, levels: Levels) -> Iterator[str]:
    """A line for each row; what stands in a table of one column only is laid out by it, and read as it stands."""
    rows = [list(row.cells) for row in Table(element, document).rows]
    if all(len({id(cell._tc) for cell in row}) < 2 for row in rows):
        seen = {id(cell._tc): cell._tc for row in rows for cell in row}
        for cell in seen.values():
            yield from _blocks(cell, document, levels)
    else:
        text = table([_row([cell._tc for cell in row]) for row in rows])
        yield from [text] * bool(text)


def _row(cells: list[Any]) -> list[str]:
    """The cells' texts; one that spans columns is there once."""
    return [
        "" if number and cell is cells[number - 1] else " ".join("".join(_pieces(each)) for each in cell.iter(_P))
        for number, cell in enumerate(cells)
    ]


def _footnotes(document: Document) -> Iterator[str]:
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(("/footnotes", "/endnotes")):
            for note in parse_xml(relation.target_part.blob):
                yield from (text for text in (one_line("".join(_pieces(each))) for each in note.iter(_P)) if text)

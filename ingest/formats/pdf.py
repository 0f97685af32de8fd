"""PDF files: pages in the order of reading, without running heads; pages that are pictures are recognised."""

import re
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Any

import pdfplumber
import pypdfium2
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from assistant.errors import DocumentError
from ingest.document import Meta, Raw
from ingest.formats import ocr
from ingest.formats.flow import one_line, table
from ingest.formats.layout import Piece, columns, pieces
from ingest.formats.paragraphs import blocks, markdown, without_running_heads

_LONGEST = 1200.0
"""Seconds that a file may take beyond the usual."""
_FEW = 50
"""Characters of a page that may be a picture with a stamp on it."""
_MOST_LINES = 3000
"""Lines drawn on a page; one with more holds a drawing, in which there is no use in looking for tables."""
_UNKNOWN = re.compile(r"\(cid:\d+\)|\ufffd")
_BESIDE = 0.5
"""Points by which a letter printed twice is moved, less than the width of any letter."""
_BOLD = re.compile(r"bold|heavy|black|semibold|medium", re.I)
_CREATED = re.compile(r"D?:?(\d{4})(\d{2})?(\d{2})?")
_UNTOLD = re.compile(r"untitled|microsoft (?:word|powerpoint)\b.*|.*\.(?:docx?|pptx?|xlsx?|indd|pdf)|\W*", re.I)


def more_seconds(data: bytes) -> float:
    """The time that the file may take beyond the usual: a second a page, and more where one has to be recognised."""
    try:
        with pypdfium2.PdfDocument(data) as document:
            pictures = sum(page.get_textpage().count_chars() < _FEW for page in document)
            return float(min(len(document) + ocr.SECONDS * pictures, _LONGEST))
    except pypdfium2.PdfiumError:
        return 0.0


def read(data: bytes) -> Raw:
    try:
        with pdfplumber.open(BytesIO(data)) as document:
            found = [_pieces(page) for page in document.pages]
            unread = [number for number, (_, is_read) in enumerate(found, 1) if not is_read]
            heights = [float(page.height) for page in document.pages]
            meta = _meta(document.metadata)
    except PdfminerException as error:
        raise _refused(error) from error
    texts = _texts([page for page, _ in found], heights)
    recognised, notes = _recognised(data, unread)
    if not any(texts) and not any(recognised.values()):
        raise DocumentError(notes[0] if notes else "none of its pages has text; give the document it was made from")
    pages = [recognised.get(number) or text for number, text in enumerate(texts, 1)]
    return Raw("\n\f".join(pages) + "\n", meta, notes, paged=True)


def _refused(error: PdfminerException) -> DocumentError:
    cause = error.args[0] if error.args else error
    if isinstance(cause, PDFPasswordIncorrect):
        return DocumentError("the file is protected with a password; save a copy without one")
    return DocumentError(
        f"the file is damaged ({type(cause).__name__}: {one_line(str(cause))[:200]}); save or fetch it anew"
    )


def _pieces(page: Page) -> tuple[list[Piece], bool]:
    """(what stands on the page, whether that is all of it: not so where it is a picture)."""
    page = page.filter(_new_and_upright())
    words = page.extract_words(x_tolerance_ratio=0.15, extra_attrs=["size", "fontname"])
    is_read = _is_read(page, "".join(word["text"] for word in words))
    tables = _tables(page)
    outside = [_piece(word) for word in words if not any(_within(word, each) for each in tables)]
    page.close()
    return [*pieces(outside), *tables], is_read


def _new_and_upright() -> Callable[[Mapping[str, Any]], bool]:
    """Keeps all but letters across the page, as in watermarks, and those printed a second time to look bold."""
    seen: set[tuple[str, int, int]] = set()

    def is_kept(thing: Mapping[str, Any]) -> bool:
        if thing["object_type"] != "char":
            return True
        x, y = (round(thing[side] / _BESIDE) for side in ("x0", "top"))
        if not thing["upright"] or any((thing["text"], x + step, y) in seen for step in (-1, 0, 1)):
            return False
        seen.add((thing["text"], x, y))
        return True

    return is_kept


def _is_read(page: Page, text: str) -> bool:
    """Whether the text is all that the page says: it is not where it is a picture, or in letters of unknown meaning."""
    known = _UNKNOWN.sub("", text)
    if not text:
        return not (page.images or page.curves)
    return len(known) > len(text) / 2 and (len(text) >= _FEW or not _is_picture(page))


def _is_picture(page: Page) -> bool:
    return any(image["width"] * image["height"] > page.width * page.height / 2 for image in page.images)


def _piece(word: Mapping[str, Any]) -> Piece:
    is_bold = _BOLD.search(word["fontname"]) is not None
    text = _UNKNOWN.sub("", word["text"])
    return Piece(text, word["x0"], word["x1"], word["top"], word["bottom"], max(word["size"], 1.0), is_bold)


def _tables(page: Page) -> list[Piece]:
    """The tables with ruled lines; a frame around text is none."""
    if not page.edges or len(page.edges) > _MOST_LINES:
        return []
    return [
        Piece(table(rows), *_place(found.bbox), size=1.0, is_table=True)
        for found in page.find_tables()
        if (rows := [[cell or "" for cell in row] for row in found.extract()])
        and sum(sum(map(bool, row)) > 1 for row in rows) > 1
    ]


def _place(box: Sequence[float]) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = box
    return x0, x1, top, bottom


def _within(word: Mapping[str, Any], place: Piece) -> bool:
    across, down = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(place.x0 <= across <= place.x1 and place.top <= down <= place.bottom)


def _texts(pages: Sequence[Sequence[Piece]], heights: Sequence[float]) -> list[str]:
    kept = without_running_heads(pages, heights)
    return [markdown(page) for page in blocks([columns(page) for page in kept])]


def _recognised(data: bytes, unread: Sequence[int]) -> tuple[Mapping[int, str], tuple[str, ...]]:
    """(the text of the pages that are pictures, by number, what to say about those that stay unread)."""
    if not unread:
        return {}, ()
    try:
        texts = ocr.texts(data, unread)
    except DocumentError as error:
        return {}, (f"{_are(unread)} that cannot be read: {error}",)
    return texts, (f"{_are(unread)}, whose text was recognised and may have mistakes",)


def _are(numbers: Sequence[int]) -> str:
    named = ", ".join(map(str, numbers))
    return f"page {named} is a picture" if len(numbers) == 1 else f"pages {named} are pictures"


def _meta(told: Mapping[str, Any]) -> Meta:
    title = one_line(str(told.get("Title") or ""))
    created = _CREATED.match(str(told.get("CreationDate") or ""))
    published = "-".join(part for part in created.groups() if part) if created else ""
    meta = {"title": "" if _UNTOLD.fullmatch(title) else title, "published": published}
    return {key: value for key, value in meta.items() if value}

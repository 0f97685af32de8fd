"""Which format a file has: by its suffix, and by its first bytes where those say otherwise."""

import re
import zipfile
from enum import StrEnum
from io import BytesIO

from assistant.errors import DocumentError


class Format(StrEnum):
    """A format; the value is the name of the module that reads it."""

    TEXT = "text"
    HTML = "html"
    PDF = "pdf"
    WORD = "docx"
    SLIDES = "pptx"
    SHEET = "sheet"
    MAIL = "mail"


FORMATS = {
    ".md": Format.TEXT,
    ".markdown": Format.TEXT,
    ".txt": Format.TEXT,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".pdf": Format.PDF,
    ".docx": Format.WORD,
    ".docm": Format.WORD,
    ".pptx": Format.SLIDES,
    ".pptm": Format.SLIDES,
    ".ppsx": Format.SLIDES,
    ".xlsx": Format.SHEET,
    ".xlsm": Format.SHEET,
    ".csv": Format.SHEET,
    ".tsv": Format.SHEET,
    ".eml": Format.MAIL,
}
ARCHIVE = ".zip"
OLD = dict.fromkeys((".doc", ".rtf", ".odt", ".wps", ".pages"), ".docx")
OLD |= dict.fromkeys((".xls", ".xlsb", ".ods"), ".xlsx") | dict.fromkeys((".ppt", ".odp"), ".pptx")
OLD |= {".msg": ".eml", ".mht": ".html", ".mhtml": ".html"}
"""Formats of documents that cannot be read, and in which one they can be saved."""
READABLE = ".md, .txt, .html, .pdf, .docx, .pptx, .xlsx, .csv, .eml or .zip"

_NAMES = {
    Format.PDF: "PDF file",
    Format.WORD: "Word document",
    Format.SLIDES: "PowerPoint presentation",
    Format.SHEET: "Excel workbook",
}
_PARTS = {"word/document.xml": Format.WORD, "ppt/presentation.xml": Format.SLIDES, "xl/workbook.xml": Format.SHEET}
_OTHERS = {
    b"\xd0\xcf\x11\xe0": "an old Office file or one with a password; open it and save it as .docx, .pptx or .xlsx",
    b"{\\rtf": "in Rich Text Format; save it as .docx",
    b"\x89PNG": "a picture; give the document that it was made from, or a PDF file of it",
    b"\xff\xd8\xff": "a picture; give the document that it was made from, or a PDF file of it",
    b"GIF8": "a picture; give the document that it was made from, or a PDF file of it",
    b"Rar!": "a RAR archive; unpack it",
    b"7z\xbc\xaf": "a 7-Zip archive; unpack it",
    b"\x1f\x8b": "a gzip archive; unpack it",
}
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_HTML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.I | re.S
)
HEAD = 4096
"""The bytes at a file's beginning that tell its format."""


def of(data: bytes, suffix: str) -> Format:
    """The format to read a file in; raises DocumentError, about no file in particular, where there is none."""
    found, declared = by_content(data), FORMATS.get(suffix)
    if found or (declared is Format.PDF and b"%PDF-" in data[:HEAD]):
        return found or Format.PDF
    if declared is None:
        raise DocumentError(_unknown(suffix))
    if declared in _NAMES and suffix not in (".csv", ".tsv"):
        raise DocumentError(f"the file is damaged or no {_NAMES[declared]}, as `{suffix}` says; save or fetch it anew")
    return declared


def is_text(head: bytes, suffix: str) -> bool:
    """Whether it is Markdown or plain text, by its name and by its first bytes."""
    return FORMATS.get(suffix) is Format.TEXT and not head.startswith((*_ZIP, *_OTHERS)) and _page_or_pdf(head) is None


def by_content(data: bytes) -> Format | None:
    """The format that the first bytes tell; None where they tell none, as in a text."""
    other = next((what for start, what in _OTHERS.items() if data.startswith(start)), None)
    if other:
        raise DocumentError(f"the file is {other}")
    if data.startswith(_ZIP):
        return _office(data)
    return _page_or_pdf(data[:HEAD])


def _page_or_pdf(head: bytes) -> Format | None:
    if head.lstrip().startswith(b"%PDF-"):
        return Format.PDF
    return Format.HTML if _HTML.match(head) else None


def _office(data: bytes) -> Format:
    try:
        names = zipfile.ZipFile(BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise DocumentError(f"the file is damaged ({error}); save or fetch it anew") from error
    found = next((_PARTS[name] for name in names if name in _PARTS), None)
    if found is None:
        raise DocumentError("the file is an archive of another kind; unpack it, or name it .zip if it is one")
    return found


def _unknown(suffix: str) -> str:
    if suffix in OLD:
        return f"files ending in {suffix} cannot be read; open it and save it as {OLD[suffix]}"
    return f"this is not a kind of file that can be read; give one ending in {READABLE}"

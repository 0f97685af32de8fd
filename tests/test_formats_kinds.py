"""Which format a file is read in: by its name, unless its contents say otherwise."""

import made
import pytest

from assistant.errors import DocumentError
from ingest.formats import kinds, reading
from ingest.formats.kinds import Format

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "suffix", "kind"),
    [
        (b"# A\n", ".md", Format.TEXT),
        (b"# A\n", ".txt", Format.TEXT),
        (b"Name,Months\n", ".csv", Format.SHEET),
        (b"Subject: A\n\nText.", ".eml", Format.MAIL),
        (b"<p>A</p>", ".htm", Format.HTML),
        (made.word(), ".docx", Format.WORD),
        (made.word(), ".pptx", Format.WORD),
        (made.word(), ".doc", Format.WORD),
        (made.slides(), ".pptx", Format.SLIDES),
        (made.workbook(), ".docx", Format.SHEET),
        (made.report(), ".pdf", Format.PDF),
        (made.report(), ".txt", Format.PDF),
        (b"junk before\n" + made.report(), ".pdf", Format.PDF),
        (b"The header %PDF- is explained here.", ".md", Format.TEXT),
        (made.page(), ".pdf", Format.HTML),
        (made.page(), ".xls", Format.HTML),
        (b"\xef\xbb\xbf\n<!-- saved --><HTML>", ".txt", Format.HTML),
        (b"<html> is a tag.", ".md", Format.HTML),
    ],
)
def test_the_format_is_what_the_file_is(data: bytes, suffix: str, kind: Format) -> None:
    assert kinds.of(data, suffix) is kind


@pytest.mark.parametrize(
    ("data", "suffix", "words"),
    [
        (b"", ".docx", "the file is empty; write some text or remove it"),
        (b"just words", ".docx", "damaged or no Word document, as `.docx` says; save or fetch it anew"),
        (b"just words", ".pdf", "damaged or no PDF file, as `.pdf` says"),
        (b"just words", ".xlsx", "damaged or no Excel workbook, as `.xlsx` says"),
        (b"just words", ".doc", "files ending in .doc cannot be read; open it and save it as .docx"),
        (b"just words", ".xyz", "not a kind of file that can be read; give one ending in .md, .txt, .html, .pdf"),
        (OLE, ".docx", "an old Office file or one with a password; open it and save it as .docx"),
        (OLE, ".doc", "an old Office file or one with a password"),
        (b"\x89PNG\r\n\x1a\n", ".pdf", "the file is a picture"),
        (b"{\\rtf1 text}", ".doc", "Rich Text Format; save it as .docx"),
        (b"Rar!\x1a", ".docx", "a RAR archive; unpack it"),
        (made.archive({"a.md": b"x"}), ".docx", "an archive of another kind"),
        (made.word()[:500], ".docx", "the file is damaged"),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, suffix: str, words: str) -> None:
    with pytest.raises(DocumentError) as raised:
        reading.read(data, suffix)
    assert words in str(raised.value)


@pytest.mark.parametrize(
    ("head", "suffix", "is_text"),
    [
        (b"# A", ".md", True),
        (b"", ".txt", True),
        (b"# A", ".html", False),
        (b"%PDF-1.7", ".md", False),
        (b"PK\x03\x04", ".txt", False),
        (OLE, ".txt", False),
        (b"<!DOCTYPE html>", ".md", False),
    ],
)
def test_only_text_is_read_at_home(head: bytes, suffix: str, is_text: bool) -> None:
    assert kinds.is_text(head, suffix) is is_text


def test_too_much_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LONGEST", 1000)
    with pytest.raises(DocumentError, match="more than 1,000 characters of text; split it"):
        reading.read(b"word " * 300, ".txt")


@pytest.mark.parametrize("error", [KeyError("x\ny"), RecursionError(), SystemExit(3), AssertionError("a" * 900)])
def test_whatever_a_parser_raises_is_one_sentence(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(data: bytes) -> None:
        raise error

    monkeypatch.setattr("ingest.formats.text.read", read)
    with pytest.raises(DocumentError, match="the file is damaged") as raised:
        reading.read(b"x", ".md")
    assert "\n" not in str(raised.value) and len(str(raised.value)) < 400

"""A file as cleaning sees it, for a terminal: what is known of it and from where, and what became of each line."""

from collections.abc import Iterator

from assistant.types import Source
from ingest.clean import Cleaned
from ingest.document import Document, Line

KEPT, DROPPED, REPAIRED = " ", "-", "~"
_COLOURS = {DROPPED: "\x1b[31m", REPAIRED: "\x1b[33m"}
_PLAIN = "\x1b[0m"
_KEYS = ("id", "title", "source", "kind", "publisher", "published", "language", "url")


def explain(document: Document, cleaned: Cleaned, painted: bool = False) -> str:
    """The metadata with their origins, the lines with `-` before what is dropped and `~` before what is repaired."""
    return "\n".join([*_metadata(document), "", *_text(cleaned, painted), "", _counts(cleaned)])


def _metadata(document: Document) -> Iterator[str]:
    for key in _KEYS:
        value = _value(document.source, key)
        if value or key in ("publisher", "published"):
            origin = document.origins.get(key)
            yield f"{key + ':':<11}{value or 'unknown'}" + (f"  ({origin})" if origin else "")


def _value(source: Source, key: str) -> str:
    return str(getattr(source, {"source": "original_title"}.get(key, key)) or "")


def _text(cleaned: Cleaned, painted: bool) -> Iterator[str]:
    page = 1
    for line in cleaned.lines:
        if line.page != page:
            page = line.page
            yield f"      page {page}"
        yield from (_painted(_mark(line), text) if painted else text for text in _told(line))


def _told(line: Line) -> Iterator[str]:
    """One line, or two where what was found shows what was repaired."""
    mark = _mark(line)
    shown = _printable(line.text or line.found)
    yield f"{line.number:>5} {mark} {shown}".rstrip() + (f"  [{line.reason}]" if line.reason else "")
    if mark == REPAIRED and line.text and line.text.split() != line.found.split():
        yield f"      was {_printable(line.found)}"


def _mark(line: Line) -> str:
    return DROPPED if line.text is None else REPAIRED if line.reason else KEPT


def _painted(mark: str, text: str) -> str:
    return f"{_COLOURS[mark]}{text}{_PLAIN}" if mark in _COLOURS else text


def _printable(text: str) -> str:
    """Text that a terminal shows and does not obey: control and invisible characters by their numbers."""
    return "".join(char if char.isprintable() or char in " \u3000\u00a0" else f"<{ord(char):04X}>" for char in text)


def _counts(cleaned: Cleaned) -> str:
    dropped, repaired = len(cleaned.dropped), len(cleaned.repaired)
    return f"{len(cleaned.lines)} lines: {dropped} dropped, {repaired} repaired. To overrule: `keep:` and `drop:`."

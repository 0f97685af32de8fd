"""Documents → passages: by heading and paragraph, verbatim, with exact offsets."""

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from assistant.language import chinese_share, sentence_spans
from assistant.types import Passage
from ingest.document import Document

VERSION = "2"
LONGEST = 1200
"""Characters of a passage (half of them for Chinese); a longer paragraph is split between sentences."""

_PAUSE = re.compile(r"[，、：,;:\s]+")
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$")


def split(document: Document) -> list[Passage]:
    """The passages of a document: `document.text[p.start : p.start + len(p.text)] == p.text` for each."""
    passages: list[Passage] = []
    seen: Counter[str] = Counter()
    for section, start, end in _paragraphs(document.text, frozenset(at for at, _ in document.pages)):
        for first, last in _pieces(document.text, start, end):
            text = document.text[first:last]
            digest = _digest(document, section, text)
            seen[digest] += 1
            name = digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
            passages.append(Passage(name, text, document.source, section, first, _page(document, first)))
    return passages


def _paragraphs(text: str, pages: Collection[int]) -> Iterator[tuple[str, int, int]]:
    """(heading trail, start, end) of each paragraph; an indented line starts a new one, and so does a page."""
    trail: list[tuple[int, str]] = []
    start: int | None = None
    at = 0
    for line in [*text.splitlines(keepends=True), "\n"]:
        heading = _HEADING.match(line)
        ends = not line.strip() or heading is not None or line.startswith(("     ", "\u3000\u3000", "- ", "* "))
        if (ends or at in pages) and start is not None:
            yield " › ".join(name for _, name in trail), start, at
            start = None
        if heading:
            level = len(heading.group(1))
            trail = [*((depth, name) for depth, name in trail if depth < level), (level, heading.group(2))]
        elif line.strip() and start is None:
            start = at
        at += len(line)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A paragraph without its outer white space, cut between sentences where it is too long."""
    stripped = text[start:end].strip()
    start += text[start:end].index(stripped)
    longest = LONGEST // 2 if chinese_share(stripped) > 0.2 else LONGEST
    first = last = None
    for begin, stop in _bounded(stripped, sentence_spans(stripped), 2 * longest):
        if first is not None and last is not None and stop - first > longest:
            yield start + first, start + last
            first = None
        first = begin if first is None else first
        last = stop
    if first is not None and last is not None:
        yield start + first, start + last


def _bounded(text: str, spans: Iterable[tuple[int, int]], most: int) -> Iterator[tuple[int, int]]:
    """The same spans; one that is too long for a sentence is cut at a comma or a space, or else anywhere."""
    for begin, stop in spans:
        while stop - begin > most:
            pauses = [match.end() for match in _PAUSE.finditer(text, begin + most // 2, begin + most)]
            cut = pauses[-1] if pauses else begin + most
            yield begin, begin + len(text[begin:cut].rstrip())
            begin = cut + len(text[cut : cut + most]) - len(text[cut : cut + most].lstrip())
        if begin < stop:
            yield begin, stop


def _page(document: Document, offset: int) -> int | None:
    """The page on which something begins, where the document has pages."""
    after = bisect_right(document.pages, offset, key=lambda page: page[0])
    return document.pages[after - 1][1] if after else None


def _digest(document: Document, section: str, text: str) -> str:
    parts = (VERSION, document.source.id, document.source.language, section, text)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]

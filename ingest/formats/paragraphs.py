"""Columns of lines → paragraphs and headings; running heads and page numbers → nothing."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.formats.flow import joined
from ingest.formats.layout import Column, Piece

_LARGER = 1.12
"""A heading's size over that of the text at least."""
_LONGEST_HEADING = 150
_DEEPEST = 5
_MARGIN = 0.12
"""The share of a page's height, at its top and at its bottom, in which a running head can be."""
_EDGE = 3
_DIGITS = re.compile(r"[\d\s]+")
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|p\.|第)?\s*\d{1,4}\s*(?:(?:of|/|頁|页|,|，|共)\s*)*\d{0,4}\s*(?:頁|页)?\W*", re.I
)
_BULLET = re.compile(r"[•●◦▪■○‣·*–—-]\s+|[•●◦▪■‣]")
_LISTED = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4}|[一二三四五六七八九十]{1,3})[.)、）]\s*(?=\S)")
_ENDED = re.compile(r"[.!?:;。！？：；…]['\"”’」』）)]*\Z")
_FIRST_END = re.compile(r"[.!?]['\"”’)]*(?=\s)|[。！？][”’」』）]*")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading where it has a level, or a table; `is_open` says that its last line breaks off full."""

    text: str
    level: int = 0
    is_table: bool = False
    is_open: bool = False


def without_running_heads(pages: Sequence[Sequence[Piece]], heights: Sequence[float]) -> list[list[Piece]]:
    """The pages without what is at the same edge of most of them, whatever its digits, and without page numbers."""
    edges = [_edges(page, height) for page, height in zip(pages, heights, strict=True)]
    counts = Counter(key for page in edges for key in set(page.values()))
    enough = max(2, len(pages) / 2)
    running = [{piece for piece, key in page.items() if counts[key] >= enough or _is_number(piece)} for page in edges]
    return [[piece for piece in page if piece not in gone] for page, gone in zip(pages, running, strict=True)]


def _edges(page: Sequence[Piece], height: float) -> dict[Piece, tuple[str, bool, int]]:
    """What is nearest to the top and to the bottom of a page, and what it has in common with that of others."""
    ordered = sorted(page, key=lambda piece: piece.top)
    top = [piece for piece in ordered[: 2 * _EDGE] if piece.bottom < _MARGIN * height]
    bottom = [piece for piece in ordered[-2 * _EDGE :] if piece.top > (1 - _MARGIN) * height]
    pairs = [(piece, True) for piece in top] + [(piece, False) for piece in bottom]
    return {piece: (_DIGITS.sub("0", piece.text), is_top, round(piece.size)) for piece, is_top in pairs}


def _is_number(piece: Piece) -> bool:
    return _PAGE_NUMBER.fullmatch(piece.text) is not None


def blocks(pages: Sequence[Sequence[Column]]) -> list[list[Block]]:
    """The blocks of each page; a sentence that runs on to the next page is on the page where it begins."""
    levels = Levels([line for page in pages for column in page for line in column])
    found = [_page(page, levels) for page in pages]
    for first, second in pairwise(found):
        _carry(first, second)
    return found


class Levels:
    """The level of heading that a line has by its type; 0 for text."""

    def __init__(self, lines: Sequence[Piece]) -> None:
        sizes: Counter[int] = Counter()
        for line in lines:
            sizes[_half_points(line)] += len(line.text)
        self._body = sizes.most_common(1)[0][0] if sizes else 0
        larger = [size for size in sizes if size >= self._body * _LARGER]
        text = sum(sizes.values())
        self._sizes = sorted(larger, reverse=True) if sum(sizes[size] for size in larger) < text / 3 else []
        bold = sum(len(line.text) for line in lines if line.bold)
        self._by_weight = bold < text / 4

    def of(self, line: Piece) -> int:
        if line.is_table or len(line.text) > _LONGEST_HEADING or not re.search(r"\w\w", line.text):
            return 0
        size = _half_points(line)
        if size in self._sizes:
            return min(self._sizes.index(size) + 1, _DEEPEST)
        is_bold_line = self._by_weight and line.bold and size >= self._body and not _ENDED.search(line.text)
        return min(len(self._sizes) + 1, _DEEPEST) if is_bold_line else 0


def _half_points(line: Piece) -> int:
    return round(line.size * 2)


def _page(page: Sequence[Column], levels: Levels) -> list[Block]:
    """A page's blocks; text that goes on in the next column is one paragraph."""
    found: list[Block] = []
    for column in page:
        added = list(_column(column, levels))
        if found and _goes_on(found[-1], added[0]):
            found[-1] = replace(added[0], text=joined((found[-1].text, added.pop(0).text)))
        found += added
    return found


def _column(column: Column, levels: Levels) -> Iterator[Block]:
    steps = [below.top - above.top for above, below in pairwise(column)]
    usual = sorted(steps)[len(steps) // 4] if len(steps) > 3 else min([*steps, 1.5 * column[0].size])
    left, right = min(line.x0 for line in column), max(line.x1 for line in column)
    lines: list[Piece] = []
    for line in column:
        if lines and _begins(line, lines, usual, left, right, levels):
            yield _block(lines, left, right, levels)
            lines = []
        lines.append(line)
    yield _block(lines, left, right, levels)


def _begins(line: Piece, before: Sequence[Piece], usual: float, left: float, right: float, levels: Levels) -> bool:
    """Whether a paragraph begins with the line."""
    last = before[-1]
    if line.is_table or last.is_table or levels.of(line) != levels.of(last):
        return True
    if line.top - last.top > max(1.35 * usual, 1.1 * line.size) or _is_listed(line.text):
        return True
    if levels.of(line):
        return False
    filled = _filled(last, left, right)
    indented = line.x0 > left + 0.8 * line.size and last.x0 <= left + 0.8 * line.size
    return (
        filled < 0.6
        or (filled < 0.85 and _ENDED.search(last.text) is not None)
        or (indented and not _is_listed(before[0].text))
    )


def _is_listed(text: str) -> bool:
    return _BULLET.match(text) is not None or _LISTED.match(text) is not None


def _block(lines: Sequence[Piece], left: float, right: float, levels: Levels) -> Block:
    if lines[0].is_table:
        return Block(lines[0].text, is_table=True)
    text = joined(line.text for line in lines)
    level = levels.of(lines[0])
    is_open = not level and _filled(lines[-1], left, right) > 0.85 and not _ENDED.search(text)
    return Block(_BULLET.sub("- ", text, count=1) if _BULLET.match(text) else text, level, is_open=is_open)


def _filled(line: Piece, left: float, right: float) -> float:
    """The share of the column's width that the line takes."""
    return (line.x1 - left) / max(right - left, 1.0)


def _goes_on(last: Block, block: Block) -> bool:
    """Whether the first block of a column or page goes on with the last one of that before."""
    return last.is_open and not (block.level or block.is_table or _is_listed(block.text))


def _carry(first: list[Block], second: list[Block]) -> None:
    """Move the rest of a sentence to the page where it begins."""
    if not first or not second or not _goes_on(first[-1], second[0]):
        return
    end = _FIRST_END.search(second[0].text)
    rest = second[0].text[: end.end() if end else None]
    first[-1] = Block(joined((first[-1].text, rest)))
    left = second[0].text[len(rest) :].strip()
    second[:1] = [replace(second[0], text=left)] if left else []


def markdown(found: Iterable[Block]) -> str:
    return "\n\n".join(f"{'#' * block.level} {block.text}" if block.level else block.text for block in found)

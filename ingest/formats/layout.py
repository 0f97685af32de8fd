"""Words at their places on a page → columns in the order of reading, each with its lines from top to bottom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from ingest.formats.flow import joined, table

_APART = 1.0
"""Words further apart than this many times their size stand in different columns or cells."""
_SPACE = 0.12
_TABLE = 3
"""The rows of a table without lines at least."""
_ROWS = 4
"""The rows that two columns have side by side at least; fewer are a table or a letter's head."""
_PROSE = 8.0
"""The width of a column's lines in the middle, in times their size; narrower ones are those of a table."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words on one row, or a whole table (`rows` above one): its text, its place in points, its type."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool = False
    is_table: bool = False


Row = list[Piece]
Column = list[Piece]


def pieces(words: Sequence[Piece]) -> list[Piece]:
    """Words next to each other on a row, put together."""
    return [piece for row in _rows(words) for piece in _runs(row, _APART)]


def columns(found: Sequence[Piece]) -> list[Column]:
    """The columns in the order of reading: what spans a gutter parts what is above it from what is below."""
    gutter = _gutter(found)
    if gutter is None:
        return [list(_lines(list(_rows(found))))] if found else []
    ordered: list[Column] = []
    for band in _bands(found, gutter):
        left = [piece for piece in band if piece.x1 <= gutter]
        right = [piece for piece in band if piece.x0 >= gutter]
        across = [piece for piece in band if piece not in left and piece not in right]
        for part in (across, left, right):
            ordered += columns(part)
    return ordered


def _lines(rows: Sequence[Row]) -> Iterator[Piece]:
    """The rows from top to bottom, each in one; rows of cells that stand below each other as one table."""
    at = 0
    while at < len(rows):
        end = _table_end(rows, at)
        if end - at >= _TABLE:
            yield _table(rows[at:end])
        else:
            end = at + 1
            yield from _runs(rows[at], float("inf"))
        at = end


def _table_end(rows: Sequence[Row], first: int) -> int:
    """Where the table that begins with a row ends: before a row with a cell in none of its columns."""
    end = first
    while len(rows[first]) > 1 and end < len(rows) and _fits(rows[end], rows[first]):
        end += 1
    return end if sum(len(row) > 1 for row in rows[first:end]) >= _TABLE else first


def _fits(row: Row, header: Row) -> bool:
    return not row[0].is_table and all(_column_of(cell, header) is not None for cell in row)


def _column_of(cell: Piece, header: Row) -> int | None:
    """The column whose left edge, right edge or middle a cell has."""
    for number, head in enumerate(header):
        edges = (cell.x0 - head.x0, cell.x1 - head.x1, (cell.x0 + cell.x1 - head.x0 - head.x1) / 2)
        if min(map(abs, edges)) < 0.5 * head.size:
            return number
    return None


def _table(rows: Sequence[Row]) -> Piece:
    """One piece; a row with nothing in the first column goes on with the row above it."""
    cells: list[list[str]] = []
    for row in rows:
        if not cells or _column_of(row[0], rows[0]) == 0:
            cells.append([""] * len(rows[0]))
        for cell in row:
            column = _column_of(cell, rows[0]) or 0
            cells[-1][column] = joined((cells[-1][column], cell.text))
    every = [cell for row in rows for cell in row]
    return replace(
        rows[0][0],
        text=table(cells),
        x1=max(cell.x1 for cell in every),
        bottom=max(cell.bottom for cell in every),
        is_table=True,
    )


def _rows(found: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Pieces whose middles are level, from left to right."""
    row: list[Piece] = []
    for piece in sorted(found, key=lambda each: each.top + each.bottom):
        if row and (piece.is_table or row[-1].is_table or not _level(row[-1], piece)):
            yield sorted(row, key=attrgetter("x0"))
            row = []
        row.append(piece)
    if row:
        yield sorted(row, key=attrgetter("x0"))


def _level(first: Piece, second: Piece) -> bool:
    return abs(first.top + first.bottom - second.top - second.bottom) / 2 < 0.4 * max(first.size, second.size)


def _runs(row: Sequence[Piece], apart: float) -> Iterator[Piece]:
    run = row[0]
    for piece in row[1:]:
        gap, size = piece.x0 - run.x1, max(run.size, piece.size)
        if gap > apart * size:
            yield run
            run = piece
        else:
            run = _together(run, piece, " " if gap > _SPACE * size else "")
    yield run


def _together(first: Piece, second: Piece, between: str) -> Piece:
    longer = max(first, second, key=lambda piece: len(piece.text))
    return replace(
        first,
        text=f"{first.text}{between}{second.text}",
        x1=max(first.x1, second.x1),
        top=min(first.top, second.top),
        bottom=max(first.bottom, second.bottom),
        size=longer.size,
        bold=first.bold and second.bold,
    )


def _gutter(found: Sequence[Piece]) -> float | None:
    """The left edge of a column that has another beside it, if there is one: the edge that fewest pieces cross."""
    edges = {round(piece.x0): piece.x0 for piece in found if not piece.is_table}
    best: tuple[int, float] | None = None
    for edge in edges.values():
        at = edge - 0.5
        left = [piece for piece in found if piece.x1 <= at]
        right = [piece for piece in found if piece.x0 >= at]
        if _is_column(left) and _is_column(right) and _beside(left, right) >= _ROWS:
            crossing = len(found) - len(left) - len(right)
            if crossing < len(left) + len(right) and (best is None or crossing < best[0]):
                best = crossing, at
    return best[1] if best else None


def _is_column(found: Sequence[Piece]) -> bool:
    if len(found) < _ROWS:
        return False
    widths = sorted((piece.x1 - piece.x0) / piece.size for piece in found)
    return widths[len(widths) // 2] >= _PROSE


def _beside(left: Sequence[Piece], right: Sequence[Piece]) -> int:
    """How many pieces on the left have one on the right beside them."""
    return sum(any(one.top < other.bottom and other.top < one.bottom for other in right) for one in left)


def _bands(found: Sequence[Piece], gutter: float) -> Iterator[list[Piece]]:
    """Parts of the page from top to bottom: each begins with what crosses the gutter, if anything does."""
    band: list[Piece] = []
    crossed = True
    for piece in sorted(found, key=attrgetter("top")):
        crosses = piece.x0 < gutter < piece.x1
        if crosses and not crossed:
            yield band
            band = []
        band.append(piece)
        crossed = crosses
    if band:
        yield band

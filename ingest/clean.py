"""Text as found → text worth reading: what no author wrote is left out, what a program broke is mended; all is told.

Rules: repair.py (inside a line), junk.py (a line), blocks.py and tails.py (lines around), join.py (across line ends).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest import blocks, junk
from ingest.document import Line
from ingest.join import joined
from ingest.repair import repaired
from ingest.rows import Row, fenced, rows_of

ALL = ("all",)
"""What `keep` holds where nothing is to be dropped."""
OVERRULED = "dropped by `drop:`"
MOST_ROUNDS = 12

Dropped = dict[int, str]
"""The lines left out, by index, each with the name of the rule."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text as cleaned, and what became of each line as found.

    `pages` tells where in `text` each page starts, as (offset, page), and is empty where the text has no form feed.
    """

    lines: tuple[Line, ...]
    text: str
    pages: tuple[tuple[int, int], ...] = ()

    @property
    def dropped(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.text is None)

    @property
    def repaired(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.text is not None and line.reason)


def clean(text: str, keep: Sequence[str] = (), drop: Sequence[str] = ()) -> Cleaned:
    """Drop and repair lines by the rules; a line with a text of `keep` or `drop` in it is kept or dropped whatever.

    Cleaning what is clean changes nothing. Time and memory are linear in the text.
    """
    found = rows_of(text)
    rows, dropped = _overruled(found, keep, drop)
    for _ in range(MOST_ROUNDS):
        before = rows
        rows = _round(rows, dropped)
        if rows == before:
            break
    lines = _lines(found, rows, dropped)
    end = "\n" if rows and text.endswith(_ENDS) else ""
    return Cleaned(lines, "\n".join(row.text for row in rows) + end, _pages(rows) if "\f" in text else ())


_ENDS = ("\n", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")


def _overruled(found: Sequence[Row], keep: Sequence[str], drop: Sequence[str]) -> tuple[list[Row], Dropped]:
    everything = tuple(keep) == ALL
    code = fenced(found)
    dropped = {at: OVERRULED for at, row in enumerate(found) if any(text in row.text for text in drop if text)}
    rows = [
        replace(row, kept=everything or any(text in row.text for text in keep if text), fixed=at in code)
        for at, row in enumerate(found)
        if at not in dropped
    ]
    return rows, dropped


def _round(rows: list[Row], dropped: Dropped) -> list[Row]:
    """Repair, drop, join, once; what is dropped is added to `dropped`."""
    rows = [row if row.fixed else _repaired(row) for row in rows]
    for name, rule in blocks.RULES.items():
        rows = _without(rows, ((index, name) for index in rule(rows)), dropped)
    return joined(_without(rows, _junk(rows), dropped))


def _repaired(row: Row) -> Row:
    text, names = repaired(row.text)
    return replace(row, text=text, reasons=tuple(dict.fromkeys((*row.reasons, *names)))) if names else row


def _junk(rows: Sequence[Row]) -> Iterator[tuple[int, str]]:
    for index, row in enumerate(rows):
        name = None if row.fixed else junk.rule_for(row.text)
        if name:
            yield index, name


def _without(rows: list[Row], found: Iterable[tuple[int, str]], dropped: Dropped) -> list[Row]:
    out = {index: name for index, name in found if not rows[index].kept and not rows[index].fixed}
    for index, name in out.items():
        dropped |= dict.fromkeys(rows[index].lines, name)
    return [row for index, row in enumerate(rows) if index not in out] if out else rows


def _lines(found: Sequence[Row], rows: Sequence[Row], dropped: Dropped) -> tuple[Line, ...]:
    """What became of each line: of lines that were joined, the first holds the text."""
    lines = {at: Line(at + 1, found[at].page, found[at].text, None, reason) for at, reason in dropped.items()}
    for row in rows:
        first, *others = row.lines
        lines[first] = Line(first + 1, row.page, found[first].text, row.text, ", ".join(row.reasons))
        for at in others:
            lines[at] = Line(at + 1, found[at].page, found[at].text, "", f"joined to line {first + 1}")
    return tuple(lines[at] for at in range(len(found)))


def _pages(rows: Sequence[Row]) -> tuple[tuple[int, int], ...]:
    starts: dict[int, int] = {}
    offset = 0
    for row in rows:
        starts.setdefault(row.page, offset)
        offset += len(row.text) + 1
    return tuple((at, page) for page, at in starts.items())

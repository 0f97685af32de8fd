"""The rows that cleaning works on: lines, and lines joined to one, each knowing which lines as found it is made of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

_LINE_END = re.compile("\r\n|[\r\v\x1c-\x1e\x85\u2028\u2029]")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_MARKER = re.compile(r"^(?:#{1,6}|[-*+•·▪◦>»]|\d{1,3}[.)、])(?:\s+|$)")
_ITEM = re.compile(r"(?:[-*+•▪◦]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)])\s|[(（]?[一二三四五六七八九十]{1,3}[)）、．.]")
_RULE = re.compile(r"[-*_=~]{3,}$|(?:[-*_] ){2,}[-*_]$")

MOST_MARKERS = 3
REMEMBERED = 1 << 16
"""Lines of which it is remembered what they are: each is looked at several times."""


class Form(Enum):
    """What a row is by its first characters."""

    BLANK = "blank"
    HEADING = "heading"
    ITEM = "item"
    TABLE = "table"
    QUOTE = "quote"
    RULE = "rule"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Row:
    """A line while it is cleaned; `lines` are the indices of the lines as found that it is made of.

    `reasons` name the repairs so far. A `kept` row is never dropped, by a person's word; of a `fixed` one, which is
    code, nothing is touched.
    """

    text: str
    lines: tuple[int, ...]
    page: int = 1
    reasons: tuple[str, ...] = ()
    kept: bool = False
    fixed: bool = False


def rows_of(text: str) -> list[Row]:
    """The rows of a text as found; a form feed ends a line and a page."""
    rows: list[Row] = []
    for page, piece in enumerate(_LINE_END.sub("\n", text).split("\f"), start=1):
        rows += [Row(line, (len(rows) + at,), page) for at, line in enumerate(piece.split("\n"))]
    return rows if rows[-1].text else rows[:-1]


def fenced(rows: Sequence[Row]) -> set[int]:
    """The indices of rows of code: from a line of three backquotes or tildes to the next such line."""
    found: set[int] = set()
    start, mark = None, ""
    for index, row in enumerate(rows):
        fence = _FENCE.match(row.text)
        if start is None:
            start, mark = (index, fence.group(1)) if fence else (None, "")
        elif fence and row.text.strip() == fence.group(1) and fence.group(1).startswith(mark):
            found |= set(range(start, index + 1))
            start = None
    return found


@lru_cache(REMEMBERED)
def form(text: str) -> Form:
    stripped = text.strip()
    if not stripped:
        return Form.BLANK
    if stripped[0] == "#" and re.match(r"#{1,6}\s", stripped):
        return Form.HEADING
    if stripped[0] == "|" or (stripped.count("|") > 1 and stripped[-1] == "|"):
        return Form.TABLE
    if stripped[0] == ">":
        return Form.QUOTE
    if _RULE.match(stripped):
        return Form.RULE
    return Form.ITEM if _ITEM.match(stripped) else Form.TEXT


def bare(text: str) -> str:
    """A row's words: without the marks of a heading, item or link, and without outer punctuation."""
    text = _LINK.sub(r"\1", text).strip()
    for _ in range(MOST_MARKERS):
        text = _MARKER.sub("", text)
    return text.strip(" \t\u3000*_:：>»›|[]【】")


def is_link(text: str) -> bool:
    """Whether a row is nothing but a link or an address."""
    text = _MARKER.sub("", text.strip())
    return bool(re.fullmatch(r"(?:\[[^\[\]]{1,120}\]\([^()\s#][^()\s]*\)|<?https?://[^\s<>]+>?)[\s|·,，、]*", text))


def filled(rows: Sequence[Row]) -> list[int]:
    """The indices of the rows that are not blank."""
    return [index for index, row in enumerate(rows) if row.text.strip()]

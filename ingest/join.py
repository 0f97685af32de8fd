"""Joins across line ends: words cut by a hyphen, paragraphs wrapped by a program, sentences broken by a blank line."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import wordfreq

from assistant.language import HAN, chinese_share, has_chinese
from ingest.rows import Form, Row, filled, form

NARROWEST, WIDEST = 40, 130
"""Columns that a wrapped paragraph may be wide; a Chinese character takes two."""
FULL, FULL_CHINESE = 0.72, 0.9
"""How much of the width a line takes at least that a program has wrapped."""
MOST_BLANKS = 3
FEWEST_WORDS = 4
KNOWN = 3.0
"""How common a word is (Zipf) that a hyphen at a line end may have cut."""

_END = re.compile(r"[.!?:;。！？：；…][\"'”’」』)）\]】*_]*$|[”」』）】]$")
_MARK = re.compile(r"[a-z]{1,4}[.)]\s")
_ADDRESS = re.compile(r"\S*(?:[@/\\_=]|\w\.\w)")
_HYPHENATED = re.compile(r"([A-Za-z]+)-$")
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_FIRST_WORD = re.compile(r"\s*([A-Za-z]+)")
_CHINESE = re.compile(rf"[{HAN}，、。；：？！“”「」『』《》（）]")
_LABEL = re.compile(r".{1,8}[：:]")
_INDENT = ("    ", "\u3000\u3000", "\t")


def joined(rows: Sequence[Row]) -> list[Row]:
    """The rows with every break mended that is not the author's."""
    joints = _joints(rows)
    words = _words(rows) if any(_HYPHENATED.search(rows[first].text) for first, _ in joints.values()) else ()
    done: list[Row] = []
    for index, row in enumerate(rows):
        if index in joints:
            parts = [row]
            while not parts[0].text.strip() or parts[0] is row:
                parts.insert(0, done.pop())
            row = _merged(parts, joints[index][1], words)
        done.append(row)
    return done


def _joints(rows: Sequence[Row]) -> dict[int, tuple[int, str]]:
    """For each row that belongs to the filled one before it: the index of that one, and the reason."""
    wrapped = set(_wrapped(rows))
    indices = filled(rows)
    joints = {}
    for one, other in pairwise(indices):
        reason = _reason(rows, one, other, one in wrapped, one == indices[0])
        if reason:
            joints[other] = one, reason
    return joints


def _reason(rows: Sequence[Row], one: int, other: int, is_wrapped: bool, is_first: bool) -> str | None:
    before, after = rows[one], rows[other]
    apart = other - one > 1
    if before.fixed or after.fixed or other - one - 1 > MOST_BLANKS or form(after.text) is not Form.TEXT:
        return None
    if form(before.text) not in (Form.TEXT, Form.ITEM) or (apart and is_first):
        return None
    if not apart and after.text.startswith(_INDENT):
        return None
    if _HYPHENATED.search(before.text) and re.match(r"\s*[a-z]" if apart else r"\s*[A-Za-z]", after.text):
        return "hyphen at a line end"
    if is_wrapped or _continues(before.text, after.text):
        return "broken sentence" if apart else "soft line break"
    return None


def _continues(one: str, other: str) -> bool:
    """Whether a sentence breaks off in one text and goes on in the other."""
    one, other = one.strip(), other.strip()
    if _END.search(one):
        return False
    if _CHINESE.match(one[-1]):
        return _continues_in_chinese(one, other)
    word = other.split(maxsplit=1)[0]
    if not other[0].islower() or word != word.lower() or _MARK.match(other) or _ADDRESS.match(other):
        return False
    return len(one.split()) >= FEWEST_WORDS and (len(other.split()) >= FEWEST_WORDS or bool(_END.search(other)))


def _continues_in_chinese(one: str, other: str) -> bool:
    """A text that ends with a comma, or is long and made of clauses; a heading is neither."""
    if not _END.search(other) or _LABEL.match(other) or not has_chinese(other):
        return False
    return one[-1] in "，、" or ("，" in one and "。" in one and _width(one) >= NARROWEST)


def _wrapped(rows: Sequence[Row]) -> Iterator[int]:
    """The indices of the rows that a program ended where the width did."""
    block: list[int] = []
    for index, row in enumerate([*rows, Row("", ())]):
        kind = form(row.text)
        if kind is Form.TEXT and not row.fixed and not row.text.startswith(_INDENT):
            block.append(index)
            continue
        yield from _wrapped_in(rows, block)
        block = [index] if kind in (Form.TEXT, Form.ITEM) and not row.fixed else []
    yield from _wrapped_in(rows, block)


def _wrapped_in(rows: Sequence[Row], block: Sequence[int]) -> list[int]:
    """Of rows that follow each other: those that are full, if the text runs on across them."""
    texts = [rows[index].text.strip() for index in block]
    widths = [_width(text) for text in texts]
    if len(block) < 2 or not NARROWEST <= max(widths) <= WIDEST:
        return []
    chinese = chinese_share(texts[0]) > 0.2
    least = max(widths) * (FULL_CHINESE if chinese else FULL)
    full = [at for at, width in enumerate(widths[:-1]) if width >= least]
    running = [at for at in full if _runs_on(texts[at], texts[at + 1], chinese)]
    return [block[at] for at in full] if running and 3 * len(running) >= len(full) else []


def _runs_on(one: str, other: str, chinese: bool) -> bool:
    if _END.search(one) or _LABEL.match(other):
        return False
    return ("，" in one or "。" in one) if chinese else other[0].islower() and not _MARK.match(other)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _merged(parts: Sequence[Row], reason: str, words: Collection[str]) -> Row:
    """One row of a row, the blank ones after it, and the one that goes on with it."""
    one, other = parts[0].text.rstrip(), parts[-1].text.lstrip()
    reasons = dict.fromkeys([*(name for part in parts for name in part.reasons), reason])
    return replace(
        parts[0],
        text=_glued(one, other, words),
        lines=tuple(line for part in parts for line in part.lines),
        reasons=tuple(reasons),
        kept=any(part.kept for part in parts),
    )


def _glued(one: str, other: str, words: Collection[str]) -> str:
    cut, first = _HYPHENATED.search(one), _FIRST_WORD.match(other)
    if cut and first:
        return _unhyphenated(one, other, cut.group(1), first.group(1), words)
    chinese = (_CHINESE.match(one[-1]) or _CHINESE.match(other[0])) and chinese_share(one + other) > 0.2
    return one + other if chinese else f"{one} {other}"


def _unhyphenated(one: str, other: str, left: str, right: str, words: Collection[str]) -> str:
    """`inter-` `national` → international, `long-` `term` → long-term: as the text itself has it, else as is usual."""
    if right in ("and", "or", "to"):
        return f"{one} {other}"
    whole = (left + right).lower()
    if not right[0].islower() or f"{left}-{right}".lower() in words:
        return one + other
    common = wordfreq.zipf_frequency(whole, "en")
    rarer = min(wordfreq.zipf_frequency(part, "en") for part in (left, right))
    return one[:-1] + other if whole in words or common >= max(KNOWN, rarer - 1.5) else one + other


def _words(rows: Sequence[Row]) -> frozenset[str]:
    return frozenset(word.lower() for row in rows for word in _WORD.findall(row.text))

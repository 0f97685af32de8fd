"""Repairs inside a line, each a named function from text to text; none touches the wording."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache

import ftfy
from ftfy import badness

from assistant.language import HAN
from ingest.rows import REMEMBERED

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_STRANGE = re.compile("[^\u0000-\u024f\u2000-\u22ff\u3000-\u9fff\uf900-\ufaff\uff00-\uffef]")
"""What neither English nor Chinese is written in."""
_LIKE_MOJIBAKE = re.compile("[\u0080-\u04ff]")

_LOST = "\ue000-\uf8ff\ufffd"
"""Private use, which no reader shows the same way, and the character put for bytes that could not be read."""
_BOX = "\u25a0-\u25a3\u25a8-\u25ab\u25ad-\u25af\u2b1a-\u2b1c"
_LATIN = "A-Za-z\u00c0-\u024f"
_BULLET = re.compile(f"^(\\s*)[{_LOST}](?=\\s+\\S)")
_BETWEEN = re.compile(f"(?<=[{_LATIN}])[{_BOX}]+(?=[{_LATIN}])")
_AFTER_HYPHEN = re.compile(rf"(?<=[{_LATIN}][-‐‑–])([^\w\s])(?=[{_LATIN}])")
_SYMBOLS = ("So", "Sm", "Sk", "Co", "Cn")

_OPENING, _CLOSING = "“‘「『《〈（【", "”’」』》〉）】，。；：？！、…"
_FULL = str.maketrans(",;:?!.()", "，；：？！。（）")
_HALF = re.compile(
    rf"(?<=[{HAN}{_CLOSING}])(?:[,;:!](?=[{HAN}{_OPENING}{_CLOSING}A-Za-z0-9]|$)|\?(?=[{_OPENING}{_CLOSING}]|$))"
)
_STOP = re.compile(rf"(?<=[{HAN}])\.(?=[”」』]?$)|(?<=[{HAN}]{{10}})\.(?=[{HAN}{_OPENING}])")
_BRACKETS = re.compile(
    rf"(?:(?<=[{HAN}{_CLOSING}{_OPENING}0-9])|^)\((?=[^()]*[{HAN}])([^()]*)\)(?=[{HAN}{_OPENING}{_CLOSING}0-9]|$)"
)

_BLANKS = re.compile(r"(?<=\S)[ \u2000-\u200a]{2,}(?=\S)")
_COLUMNS = re.compile(r"\S(?: {3,}|\t+ *)(?=\S)")
_LEADING = re.compile(r"^\s*")


def without_invisible(text: str) -> str:
    return _CONTROL.sub("", _INVISIBLE.sub("", text))


def without_mojibake(text: str) -> str:
    """UTF-8 that was read as another encoding, read aright; only where nothing is lost or left odd by it."""
    if not _LIKE_MOJIBAKE.search(text) or not badness.is_bad(text):
        return text
    fixed = ftfy.fix_encoding(text)
    strange = set(_STRANGE.findall(fixed)) - set(text)
    return text if strange or badness.is_bad(fixed) else fixed


def without_strays(text: str) -> str:
    """`Kong-□Macao` → `Kong-Macao`. A box between Chinese characters stays: it stands for one that is missing."""
    text = _BETWEEN.sub("", _BULLET.sub(r"\1-", text))
    text = _AFTER_HYPHEN.sub(lambda found: "" if unicodedata.category(found[1]) in _SYMBOLS else found[1], text)
    return re.sub(f"[{_LOST}]", "", text)


def with_full_width(text: str) -> str:
    """Half-width punctuation between Chinese characters as full-width: 开始,香港 → 开始，香港.

    Not a question mark within a line, which may stand for a character that was lost, nor the stop of 碧海.蓝天.
    """
    if not re.search(f"[{HAN}]", text):
        return text
    text = _STOP.sub("。", _HALF.sub(lambda found: found[0].translate(_FULL), text))
    return _BRACKETS.sub(r"（\1）", text)


def with_single_spaces(text: str) -> str:
    """No-break spaces as spaces, runs of spaces as one, none at the end; the indent and columns of a table stay."""
    text = text.replace("\u00a0", " ").replace("\u202f", " ").rstrip(" \t\u3000")
    columns = len(_COLUMNS.findall(text))
    if columns > 1 or (columns and text.startswith("    ")) or text.lstrip().startswith("|"):
        return text
    indent = _LEADING.match(text)
    at = indent.end() if indent else 0
    return text[:at] + _BLANKS.sub(" ", text[at:])


REPAIRS: Mapping[str, Callable[[str], str]] = {
    "invisible characters": without_invisible,
    "mojibake": without_mojibake,
    "stray characters": without_strays,
    "half-width punctuation": with_full_width,
    "spaces": with_single_spaces,
}


@lru_cache(REMEMBERED)
def repaired(text: str) -> tuple[str, tuple[str, ...]]:
    """(the text with all repairs, the names of those that changed it)."""
    names = []
    for name, repair in REPAIRS.items():
        before, text = text, repair(text)
        if text != before:
            names.append(name)
    return text, tuple(names)

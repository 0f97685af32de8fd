"""Dates in every order and language: 8 March 2024 = March 8, 2024 = 2024年3月8日 = 2024-03-08.

`marked` puts each date into ⟦y2024m3d8⟧, with 0 for what is not said, so that a date can be searched for whatever
its writing, and so that its digits are not taken for numbers. Numbers are expected in digits already.
"""

import re

# The modal verb "may" is no month, so that month needs its capital.
_MONTH = (
    "(?:(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?)|May|MAY)"
)
_FULL_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_FIRST_LETTERS = "janfebmaraprmayjunjulaugsepoctnovdec"

_YEAR = r"(?P<y>(?:19|20)\d\d)(?!\d)"
_DAY = r"(?P<d>3[01]|[12]\d|0?[1-9])"
_DAY_EN = rf"{_DAY}(?:st|nd|rd|th)?(?![\d%A-Za-z])"
_START = r"(?<![\dA-Za-z])"

_WRITINGS = [
    re.compile(writing, re.ASCII)
    for writing in (
        rf"{_START}{_YEAR}([-/.])(?P<m>1[0-2]|0?[1-9])\2{_DAY}(?!\d)",
        rf"{_START}{_DAY}([/.])(?P<m>1[0-2]|0?[1-9])\2{_YEAR}",
        rf"{_START}{_YEAR}-(?P<m>1[0-2]|0[1-9])(?![-\d])",
        rf"{_START}(?:{_YEAR}\s*年\s*)?(?P<m>1[0-2]|0?[1-9])\s*月份?(?:\s*{_DAY}\s*[日号])?",
        rf"{_START}{_YEAR}\s*年",
        rf"{_START}{_DAY_EN}(?: of)?[ -](?P<name>{_MONTH})\b\.?(?:,?(?: of)?[ -]{_YEAR})?",
        rf"\b(?P<name>{_MONTH})\b(?:\.?,?(?: of)?[ -]){_YEAR}",
        rf"\b(?P<name>{_MONTH})\b\.?[ -](?:the )?{_DAY_EN}(?:,? {_YEAR})?",
        rf"\b(?P<name>{_FULL_MONTH}|{_FULL_MONTH.upper()})\b",
        rf"{_START}{_YEAR}(?![A-Za-z%])",
    )
]

_DAYS = r"(?<!\d)(\d\d?)(?:st|nd|rd|th)?"
_RANGES = [
    (re.compile(rf"{_DAYS}( ?(?:-|to) ?)(?=\d\d?(?:st|nd|rd|th)?(?: of)? ({_MONTH})\b)", re.ASCII), r"\1 \3\2"),
    (re.compile(rf"\b({_MONTH}) {_DAYS}( ?(?:-|to) ?)(?=\d\d?(?!\d))", re.ASCII), r"\1 \2\3\1 "),
    (re.compile(r"(\d\d?\s*月)\s*(\d\d?)\s*[日号]?\s*[-至到]\s*(?=\d\d?\s*[日号])"), r"\1\2日至\1"),
]


def marked(text: str) -> str:
    """The text with every date put into a mark: "on 8 March" → "on ⟦y0m3d8⟧"."""
    for days, each_with_month in _RANGES:
        text = days.sub(each_with_month, text)
    for writing in _WRITINGS:
        text = writing.sub(_mark, text)
    return text


def any_writing(mark: str) -> str:
    """A pattern for the marks of all dates that a date agrees with: what it leaves open may be anything."""
    return re.sub(r"(?<=[ymd])0", r"\\d+", re.escape(mark))


def _mark(match: re.Match[str]) -> str:
    parts = {"y": 0, "m": 0, "d": 0} | {
        key: int(value) for key, value in match.groupdict().items() if _is_number(value)
    }
    if name := match.groupdict().get("name"):
        parts["m"] = _FIRST_LETTERS.index(name[:3].lower()) // 3 + 1
    return f" ⟦y{parts['y']}m{parts['m']}d{parts['d']}⟧ "


def _is_number(value: str | None) -> bool:
    return value is not None and value.isdecimal()

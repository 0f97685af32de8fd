"""Dates that a text tells from its day of publication: last year, today, March 8, 去年九月 → the dates they are."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.numbers import MONTHS, Number, han_value, numbers
from assistant.publication import Published, publication, written

SHORT, FAR = 12, 1000
"""Characters before a date in which `every` and another year are looked for."""

_MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_HAN = "[〇零一二三四五六七八九十]{1,3}"
_HAN_MONTH = rf"(?P<month>\d{{1,2}}|{_HAN})\s*月"
_HAN_DAY = rf"(?P<day>\d{{1,2}}|{_HAN})\s*[日号號]"
_OFF = {"this": 0, "last": -1, "next": 1, "今": 0, "本": 0, "去": -1, "前": -2, "明": 1, "上": -1, "下": 1, "昨": -1}
_DAYS_OFF = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_ORDINAL = "(?:st|nd|rd|th)?"
_NOT_A_MONTH = ("may", "march")

_YEARS = (
    re.compile(
        rf"\b(?:(?:(?P<early>\d{{1,2}}){_ORDINAL}\s+)?{_MONTH}(?:\s+(?P<day>\d{{1,2}}){_ORDINAL})?,?\s+)?(?:of\s+)?"
        r"(?<!\bthe )(?P<year>(?P<which>this|last|next)\s+year)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?P<year>(?P<which>今|明|(?<![过過])去|(?<![日基])本|(?<![\d一二三四五六七八九十几幾数數多])前)年)(?![度轻輕代级級龄齡])"
        rf"(?:\s*{_HAN_MONTH}(?:{_HAN_DAY})?)?"
    ),
)
_MONTHS_OFF = re.compile(
    r"(?<!\bthe )\b(?P<which>this|last|next)\s+month\b|(?P<han>本|上|下)[个個]?月(?![球饼餅台臺亮])", re.IGNORECASE
)
_NAMED = re.compile(rf"\b(?P<which>this|last|next)\s+{_MONTH}(?!\s+\d)", re.IGNORECASE)
_DAYS = re.compile(
    r"\b(?P<day>today|tonight|yesterday|tomorrow)\b(?!['’]s)|\bthis (?:morning|afternoon|evening)\b"
    r"|(?P<han>[今昨明])[日天](?![的之头頭后後])",
    re.IGNORECASE,
)
_YEARLESS = (
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}}){_ORDINAL}\b(?!\s*[,:]?\d)", re.IGNORECASE),
    re.compile(rf"(?<![\d.,])(?P<day>\d{{1,2}}){_ORDINAL}\s+(?:of\s+)?{_MONTH}", re.IGNORECASE),
    re.compile(rf"(?<![\d年〇零一二三四五六七八九十]){_HAN_MONTH}\s*{_HAN_DAY}"),
    re.compile(rf"\b(?:in|since|from|until|by|early|late|mid|mid-)[ -]{_MONTH}(?!\s*\d)", re.IGNORECASE),
    re.compile(r"(?<![\d年])(?P<month>\d{1,2})月(?!\s*[\d一二三四五六七八九十])"),
)
_EVERY = re.compile(r"(?:\b(?:every|each)\s+|[每逢]年?|(?:19|20)\d{2}\s*年?\s*)$", re.IGNORECASE)
_EXPLICIT = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_YEAR_AFTER = re.compile(
    r"(?:\s*(?:to|and|or|until|through|[-–—至到及和、,])?\s*(?:[A-Za-z]+\.?\s+)?\d{0,2}\b\s*(?:[A-Za-z]+)?)?,?\s*(?:of\s+)?(?:19|20)\d{2}(?!\d)"
)
_BEFORE_MONTH = re.compile(r"\b(?:in|since|of|by|until|early|late|mid)[ -]$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?]\s|[。！？；\n]")
_BRACKETED = re.compile(r"\s*[（(]([^（()）]{3,24})[)）]")


@dataclass(frozen=True, slots=True)
class Resolved:
    """An expression at `start:end` of a text and the date that it means: YYYY, YYYY-MM or YYYY-MM-DD."""

    start: int
    end: int
    value: str


def resolved(text: str, published: str) -> tuple[Resolved, ...]:
    """The relative dates of a text in order, none overlapping; what is not sure is left out.

    For texts as they are and folded ones, in English and both Chinese scripts. `published` is YYYY, YYYY-MM or
    YYYY-MM-DD; anything else resolves nothing.
    """
    day = publication(published)
    found: list[Resolved] = []
    if day is None:
        return ()
    for finder in _FINDERS:
        for each in finder(text, day, tuple(found)):
            if publication(each.value) and not any(_overlap(each, other) for other in found):
                found.append(each)
    return tuple(sorted(found, key=lambda each: each.start))


def with_dates(folded: str, published: str) -> list[Number]:
    """The numbers and dates of a folded text as `numbers` gives them, its relative dates resolved."""
    dates = [Number(each.start, each.end, _open(each.value), is_date=True) for each in resolved(folded, published)]
    others = [n for n in numbers(folded) if not any(n.start < each.end and each.start < n.end for each in dates)]
    return sorted((*dates, *others), key=lambda number: number.start)


def _years(text: str, day: Published, _: Sequence[Resolved]) -> Iterator[Resolved]:
    for pattern in _YEARS:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            year = day.year + _OFF[groups["which"].lower()]
            named = groups["month"] and _is_month(match)
            of_month = _day(groups["day"] or groups.get("early"))
            value = written(year, _month(groups["month"]), of_month) if named else f"{year}"
            if value:
                start = match.start() if named else match.start("year")
                yield Resolved(start, match.end(), value)


def _months(text: str, day: Published, _: Sequence[Resolved]) -> Iterator[Resolved]:
    for match in _MONTHS_OFF.finditer(text) if day.month else ():
        off = _OFF[(match["which"] or match["han"]).lower()]
        yield Resolved(match.start(), match.end(), day.month_off(off))


def _named(text: str, day: Published, _: Sequence[Resolved]) -> Iterator[Resolved]:
    """`last September`, where only one can be meant: in November it may be two months or a year ago."""
    for match in _NAMED.finditer(text):
        which, month = match["which"].lower(), MONTHS[match["month"].lower()]
        certain = which == "this" or (day.month and (month >= day.month if which == "last" else month <= day.month))
        if certain:
            yield Resolved(
                match.start(), match.start("month") + len(match["month"]), f"{day.year + _OFF[which]}-{month:02}"
            )


def _days(text: str, day: Published, _: Sequence[Resolved]) -> Iterator[Resolved]:
    for match in _DAYS.finditer(text) if day.day else ():
        off = _OFF[match["han"]] if match["han"] else _DAYS_OFF.get((match["day"] or "today").lower(), 0)
        beside = _BRACKETED.match(text, match.end())
        said = next(_yearless(beside.group(1), day, ()), None) if beside else None
        yield Resolved(match.start(), match.end(), said.value if said else day.day_off(off))


def _yearless(text: str, day: Published, others: Sequence[Resolved]) -> Iterator[Resolved]:
    """`March 8`, `3月8日`, `in September`: of the year that is near enough, unless the text names another year."""
    for pattern in _YEARLESS:
        for match in pattern.finditer(text) if day.month else ():
            before = text[max(0, match.start() - SHORT) : match.start()]
            if _EVERY.search(before) or _YEAR_AFTER.match(text, match.end()) or not _is_month(match):
                continue
            of_month = match.groupdict().get("day")
            value = day.nearest(_month(match["month"]), _day(of_month))
            if value and _year_before(text, match.start(), others) in (None, value[:4]):
                start = match.start() if of_month else match.start("month")
                yield Resolved(start, match.end() - match.group().endswith("."), value)


_FINDERS: tuple[Callable[[str, Published, Sequence[Resolved]], Iterator[Resolved]], ...] = (
    _years, _months, _named, _days, _yearless,
)  # fmt: skip


def _year_before(text: str, end: int, others: Sequence[Resolved]) -> str | None:
    """The year that was named last: in figures anywhere, in words in the same sentence."""
    since = max(0, end - FAR)
    years = [(match.start(), match.group()) for match in _EXPLICIT.finditer(text, since, end)]
    begins = max((match.end() for match in _SENTENCE_END.finditer(text, since, end)), default=since)
    years += [(each.start, each.value[:4]) for each in others if begins <= each.start < end]
    return max(years)[1] if years else None


def _is_month(match: re.Match[str]) -> bool:
    """Whether a word is a month's name: `may` and `march` are not, in small letters and with no day."""
    word, groups = match["month"], match.groupdict()
    if word not in _NOT_A_MONTH or groups.get("day") or groups.get("early"):
        return True
    return (
        re.search(r"\b(?:in|since|of|by|until|early|late|mid)[ -]$", match.string[: match.start("month")]) is not None
    )


def _month(name: str) -> int:
    return MONTHS.get(name.lower()) or _integer(name)


def _day(text: str | None) -> int | None:
    return _integer(text) if text else None


def _integer(text: str) -> int:
    return int(text) if text.isdecimal() else han_value(text) or 0


def _overlap(one: Resolved, other: Resolved) -> bool:
    return one.start < other.end and other.start < one.end


def _open(value: str) -> str:
    year, *rest = value.split("-")
    return "-".join([year, *rest, *["--"] * (2 - len(rest))])

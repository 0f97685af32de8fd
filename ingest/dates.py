"""The date of publication: as files' metadata write it, as texts have it where such a date stands, as file names begin.

Dates are YYYY, YYYY-MM or YYYY-MM-DD, as precise as known; in a text the year may be open: `--03-08`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from assistant.language import fold
from assistant.numbers import Number, numbers
from ingest.told import is_date

FIRST, LAST = 12, 10
"""How many filled lines at the beginning and at the end of a text may hold its date."""
OPENING = 4
LONGEST = 120

_ISO = re.compile(r"(?:D:)?((?:19|20)\d{2})(?:[-/.]?(\d{2})(?:[-/.]?(\d{2}))?)?(?=\d{6}|[T +Z]|$)")
_LEADING = re.compile(r"((?:19|20)\d{2})(?:-(\d{2})(?:-(\d{2}))?)?(?=\D|$)")
_NUMERIC = re.compile(r"(?<!\d)((?:19|20)\d{2})[/.](\d{1,2})[/.](\d{1,2})(?!\d)")
_WEEKDAY = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\b|(?:星期|周|礼拜)[一二三四五六日天]"
)
_TIME = r"\d{1,2}[:.时]\d{2}(?:[:分]\d{0,2}秒?)?\s*(?:am|pm|hkt)?|hkt|(?:上午|下午|晚上|中午|am|pm)\b"
_LABELS = (
    r"(?:published|publication date|date published|posted|issued|released|date|dated|press release)(?: on| date)?\b"
    r"|发布(?:时间|日期|于)?|刊登日期|刊发日期|出版日期|发表(?:于|时间|日期)?|日期|发稿(?:时间)?"
)
_BARE_LABEL = re.compile(r"\s*(?:date|dated|日期)\b")
_VENUE = re.compile(r"\W*(?:venue|place|location|time|地点|时间)\s*:")
_ENDS = re.compile(r"\s*(?:ends?|完)\s*/\s*")
_LABEL = re.compile(rf"\s*[\[【(]?\s*(?:{_LABELS})\s*[:\]】]?\s*")
_REST = re.compile(rf"(?:{_WEEKDAY}|{_TIME}|{_LABELS}|[\s,.;:|/()\[\]【】、—-])*")
_CREDITS = re.compile(rf"(?:{_TIME}|\s)*(?:来源|作者|编辑|记者|source|author|by)\s*:")
_TODAY = re.compile(r"(?:\btoday|\byesterday|今[日天]|昨[日天])\s*[(,]\s*$")
_WIRE = re.compile(r"^\s*[^(]{0,25}?(?:[一-鿿]{2,12}|[a-z][a-z .]{2,24},)\s*$")
_WIRE_AFTER = re.compile(r"\s*(?:电|讯|\([^()]{2,30}\)\s*[-:]|[-]{1,2}\s|/)")


def normal(text: str | None) -> str:
    """A date as metadata have it — `2024-03-08T10:00:00Z`, `D:20240308`, `8 March 2024` — or nothing."""
    if not text or len(text) > LONGEST:
        return ""
    found = _ISO.match(text.strip())
    if found:
        return _joined(found.groups())
    dates = [_as_published(number) for number in _dates(_folded(text))]
    return dates[0] if len(dates) == 1 and not dates[0].startswith("--") else ""


def in_name(name: str) -> str:
    """The date that a file's name begins with."""
    found = _LEADING.match(name)
    return _joined(found.groups()) if found else ""


def in_text(text: str) -> str:
    """The date from where a date of publication stands: an end line, a label, a line of its own, a dateline."""
    lines = [line for line in text.splitlines() if line.strip()]
    first, last = ([_folded(line) for line in part] for part in (lines[:FIRST], lines[FIRST:][-LAST:]))
    outer = _not_of_an_event([line for line in (*last, *first) if len(line) <= LONGEST])
    alone = dict.fromkeys(_each(_only_date, outer))
    found = [*_each(_ended, outer), *_each(_labelled, outer), *(alone if len(alone) == 1 else ())]
    return next(iter([*found, *_each(_dateline, first[:OPENING])]), "")


def completed(found: str, leading: str) -> str:
    """A date with what is open in it from the file's name, where the two agree; open for good, it is none."""
    if not found.startswith("--"):
        return leading if leading.startswith(found) else found
    whole = leading[:4] + found[1:] if leading else ""
    return whole if is_date(whole) and (leading.startswith(whole) or whole.startswith(leading)) else ""


def _each(finder: Callable[[str], Iterator[str]], lines: Iterable[str]) -> Iterator[str]:
    return (date for line in lines for date in finder(line))


def _ended(line: str) -> Iterator[str]:
    """`Ends/Thursday, February 23, 2023`"""
    end = _ENDS.match(line)
    if end:
        yield from _only_date(line[end.end() :])


def _not_of_an_event(lines: Sequence[str]) -> list[str]:
    """The lines without `Date:` where there is a venue too."""
    is_event = any(_VENUE.match(line) for line in lines)
    return [line for line in lines if not (is_event and _BARE_LABEL.match(line))]


def _labelled(line: str) -> Iterator[str]:
    """`Published: 8 March 2024`, `发布时间：2024-03-08 10:30 来源：…`"""
    date = next(iter(_dates(line)), None) if _LABEL.match(line) else None
    if date and _REST.fullmatch(line[: date.start]):
        yield _as_published(date)


def _only_date(line: str) -> Iterator[str]:
    """`2024年3月8日（星期五）`, `2024-03-08 10:30 来源：…`, `By … | 8 March 2024 | …`"""
    for part in line.split("|"):
        dates = _dates(part)
        if len(dates) == 1 and "-" in _as_published(dates[0]):
            before, after = part[: dates[0].start], part[dates[0].end :]
            if _REST.fullmatch(before) and (_REST.fullmatch(after) or _CREDITS.match(after)):
                yield _as_published(dates[0])


def _dateline(line: str) -> Iterator[str]:
    """`BEIJING, March 8 (Agency) --`, `today (March 8)`, and a paragraph that begins `12月18日下午`."""
    for number in _dates(line):
        date = _as_published(number)
        before, after = line[: number.start], line[number.end :]
        begins = not before.strip() and date.startswith("--") and len(line) > LONGEST // 4
        wire = _WIRE.match(before) and _WIRE_AFTER.match(after)
        if len(date) >= len("--03-08") and (begins or wire or _TODAY.search(before)):
            yield date


def _folded(line: str) -> str:
    return _NUMERIC.sub(lambda found: f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}", fold(line))


def _dates(line: str) -> list[Number]:
    """The dates of a folded line that are in the calendar."""
    return [number for number in numbers(line) if number.is_date and _is_sound(_as_published(number))]


def _as_published(number: Number) -> str:
    """`2024-03---` → 2024-03; `-----03-08` → --03-08."""
    year, month, day = number.value[:4], number.value[5:7], number.value[8:10]
    parts = [part for part in (month, day) if "-" not in part]
    return "-".join(["-" if "-" in year else year, *parts])


def _is_sound(date: str) -> bool:
    return is_date(f"2024{date[1:]}" if date.startswith("--") else date)


def _joined(parts: Sequence[str | None]) -> str:
    found = "-".join(part for part in parts if part)
    return found if is_date(found) else ""

"""Numbers and dates in three scripts, brought to one form: 十 = ten = 10, 3月8日 = March 8 = 8 March."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ],
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_WORDS = {word: value for value, word in enumerate(_SMALL)} | {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_ENGLISH_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_HAN_NUMBER = "[零〇一二三四五六七八九十两兩百千]"
_HAN_YEAR = "(?:一九|二[零〇])[零〇一二三四五六七八九]{2}"
_DATE = re.compile(
    rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<m1>{_MONTH})\b\.?(?:,?\s+(?P<y1>\d{{4}}))?"
    rf"|\b(?P<m2>{_MONTH})\b\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*(?:\d|,\d{{3}}))(?:,?\s+(?P<y2>\d{{4}}))?"
    rf"|\b(?P<m3>{_MONTH})\b\.?(?:\s+of)?,?\s+(?P<y3>\d{{4}})"
    rf"|(?:(?P<y4>\d{{4}}|{_HAN_YEAR})\s*年)?\s*(?P<m4>\d{{1,2}}|{_HAN_NUMBER}{{1,3}})\s*月(?:\s*(?P<d4>\d{{1,2}}|{_HAN_NUMBER}{{1,3}})\s*[日号號])?"
    r"|(?P<y5>\d{4})-(?P<m5>\d{1,2})(?:-(?P<d5>\d{1,2}))?(?!\d)"
    rf"|(?P<y6>(?:19|20)\d{{2}}|{_HAN_YEAR})\s*年"
)
_YEAR = re.compile(r"(?:19|20)\d{2}")
_NUMBER = re.compile(
    rf"(?P<digits>\d{{1,3}}(?:[ ,]\d{{3}})+(?!\d)|\d+(?:\.\d+)?)\s*"
    rf"(?P<scale>hundred|thousand|million|billion|bn|[万萬亿億])?"
    rf"|\b(?P<words>(?:{'|'.join(_WORDS)})(?:[ -](?:{'|'.join(_WORDS)}|hundred|thousand|million|billion))*)\b"
    rf"|(?P<han>{_HAN_NUMBER}+[万萬亿億]?)"
)
_MEASURE = re.compile(
    "[个個名位人间間家所次批天日年月周週星岁歲分条條项項份届屆场場种種类類成倍点點元块塊亿億万萬千百大期只隻头頭轮輪地座部方城组組]"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number or a date at `start:end` of a text; dates are `YYYY-MM-DD` with `----` or `--` for what is open."""

    start: int
    end: int
    value: str
    is_date: bool


def numbers(text: str) -> list[Number]:
    """All dates and numbers of a folded text, in order; a number inside a date is not listed again."""
    found = list(_dates(text))
    taken = [(date.start, date.end) for date in found]
    for match in _NUMBER.finditer(text):
        value = _value(match)
        if value is not None and not any(start < match.end() and match.start() < end for start, end in taken):
            is_year = _YEAR.fullmatch(match.group().strip()) is not None
            found.append(Number(match.start(), match.end(), f"{value}------" if is_year else value, is_date=is_year))
    return sorted(found, key=lambda number: number.start)


def agrees(asked: str, given: str) -> bool:
    """Whether two dates can be the same one, given that either may leave parts open."""
    return all(a == b or "-" in (a[0], b[0]) for a, b in zip(_parts(asked), _parts(given), strict=True))


def _parts(date: str) -> tuple[str, str, str]:
    return date[:4], date[5:7], date[8:10]


def _dates(text: str) -> Iterator[Number]:
    for match in _DATE.finditer(text):
        groups = {name[0]: value for name, value in match.groupdict().items() if value}
        year, month, day = _year(groups.get("y")), _month(groups.get("m")), _day(groups.get("d"))
        if month != "??" and day != "??":
            yield Number(match.start(), match.end(), f"{year}-{month}-{day}", is_date=True)


def _year(text: str | None) -> str:
    return "----" if text is None else f"{_integer(text):04}"


def _month(text: str | None) -> str:
    if text is None:
        return "--"
    value = MONTHS.get(text) or _integer(text)
    return f"{value:02}" if value and 1 <= value <= 12 else "??"


def _day(text: str | None) -> str:
    if text is None:
        return "--"
    value = _integer(text)
    return f"{value:02}" if value and 1 <= value <= 31 else "??"


def _integer(text: str) -> int | None:
    return int(text) if text.isdecimal() else han_value(text)


def _value(match: re.Match[str]) -> str | None:
    if match["digits"]:
        amount = float(re.sub("[ ,]", "", match["digits"]))
        scale = {"bn": 1_000_000_000}.get(match["scale"] or "", 0)
        scale = scale or _ENGLISH_SCALES.get(match["scale"] or "", 0) or _SCALES.get(match["scale"] or "", 1)
        return f"{amount * scale:g}" if amount * scale < 1e6 else f"{amount * scale:.0f}"
    if match["words"]:
        return str(_words_value(match["words"]))
    text, start, end = match.string, match.start("han"), match.end("han")
    if len(match["han"]) == 1 and not (_MEASURE.match(text, end) or text[start - 1 : start] in ("第", "共", "有")):
        return None  # part of a word, as in 程步一 or 统一
    value = han_value(match["han"])
    return None if value is None else str(value)


def _words_value(text: str) -> int:
    total = current = 0
    for word in re.split("[ -]", text):
        if word in _WORDS:
            current += _WORDS[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        else:
            total, current = total + max(current, 1) * _ENGLISH_SCALES[word], 0
    return total + current


def han_value(text: str) -> int | None:
    """The value of a Chinese numeral such as 三十, 一百二十 or 二〇二三; None where it is none."""
    if len(text) > 1 and all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            section, digit = section + max(digit, 1) * _UNITS[char], 0
        elif char in _SCALES:
            apart, scaled = (0, total + section + digit) if char in "亿億" else (total, section + digit)
            total, section, digit = apart + max(scaled, 1) * _SCALES[char], 0, 0
        else:
            return None
    return total + section + digit

"""Numbers however they are written: 10 000 = 10,000 = ten thousand = 一万 = 1万; third = 3rd = 第三.

`in_digits` writes them in digits and `marked` puts each into ⟦…⟧, so that a search for ⟦10⟧ finds the number ten
and never a part of a larger one. Texts are expected NFKC-normalised and in simplified characters. The assistant's
own reading of numbers is left aside on purpose: a mistake in it must not hide itself.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = [
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_FIRST_NINE = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_ORDINALS = [*_FIRST_NINE, "tenth", "eleventh", "twelfth", *(word + "th" for word in _TEENS[3:])]
_CARDINAL = (
    {"a": 1}
    | {word: value for value, word in enumerate(["zero", *_ONES, *_TEENS])}
    | {word: value for value, word in zip(range(20, 100, 10), _TENS, strict=True)}
)
_ORDINAL = {word: value for value, word in enumerate(_ORDINALS, start=1)} | {
    word[:-1] + "ieth": _CARDINAL[word] for word in _TENS
}
_SCALE = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "bn": 10**9, "trillion": 10**12}

_NUMERAL = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNIT = {"十": 10, "百": 100, "千": 1000}
_MYRIAD = {"万": 10**4, "亿": 10**8}

# Words that hold a numeral and count nothing, days of the week among them.
_NOT_A_NUMBER = (
    "百分之|一带一路|一国两制|进一步|一方面|一起|一定|一样|一直|一些|一般|一边|一并|一同|一致|一切|一线|一向|一旦|一体|"
    "一流|统一|唯一|之一|专一|万一|万众|十分|十足|百姓|千方百计|三角|四川|九龙|两地|两岸|两者|两边|两制|(?:星期|礼拜|周)[一二三四五六]"
)


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


_LATIN = re.ASCII | re.IGNORECASE  # words end where Chinese characters begin
_SMALL = rf"(?:{_any(_TENS)}(?:[ -]{_any(_ONES)})?|{_any([*_TEENS, *_ONES, 'zero'])})"
_PART = rf"(?:(?:a|{_SMALL}) hundred(?:(?: and)? {_SMALL})?|{_SMALL})"
_WORDS = re.compile(
    rf"(?<![A-Za-z\d.])(?:{_PART}|\d+(?:\.\d+)?(?=[ -]?{_any(_SCALE)}\b)|a(?= {_any(_SCALE)}\b))"
    rf"(?:[ -]?{_any(_SCALE)}(?: (?:and )?{_PART})?)*(?![A-Za-z\d])",
    _LATIN,
)
_ORDINAL_WORDS = re.compile(
    rf"\b(?:(?P<tens>{_any(_TENS)})[ -](?P<one>{_any(_FIRST_NINE)})|(?P<word>{_any(_ORDINAL)}))\b", _LATIN
)
_CHINESE = re.compile(
    rf"(?P<kept>{_NOT_A_NUMBER})"
    rf"|(?P<ordinal>第)?(?P<run>\d+(?:\.\d+)?[百千万亿]+|[{''.join({**_NUMERAL, **_UNIT, **_MYRIAD})}]+|(?<=第)\d+)"
)
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[ ,]\d{3})+(?!\d)")
_CHINESE_PERCENT = re.compile(r"百分之(\d+(?:\.\d+)?)")
_PERCENT = re.compile(r"(?<=\d)\s*(?:%|per cent\b)", _LATIN)
_DIGITS = re.compile(r"(?<![A-Za-z\d])(?<!\d\.)(?P<value>\d+(?:\.\d+)?)(?P<ordinal>st|nd|rd|th)?(?![A-Za-z\d])", _LATIN)


def in_digits(text: str) -> str:
    """The text with every number, in words or numerals, English or Chinese, written in digits.

    >>> in_digits("twenty-first of ten thousand, 第三 of 三十")
    '21th of 10000, 3th of 30'
    """
    text = _GROUPED.sub(lambda match: re.sub("[ ,]", "", match.group()), text)
    text = _CHINESE.sub(_chinese_in_digits, text)
    text = _CHINESE_PERCENT.sub(r"\1%", text)
    text = _ORDINAL_WORDS.sub(_ordinal_in_digits, text)
    return _PERCENT.sub(" percent ", _WORDS.sub(_words_in_digits, text))


def marked(text: str) -> str:
    """The text with every number in digits put into a mark: 10 → ⟦10⟧, 3rd → ⟦3th⟧."""
    return _DIGITS.sub(lambda match: f" ⟦{_plain(Decimal(match['value']))}{'th' * bool(match['ordinal'])}⟧ ", text)


def _words_in_digits(match: re.Match[str]) -> str:
    total = current = Decimal(0)
    for word in re.findall(r"[a-z]+|[\d.]+", match.group().lower()):
        if word in _SCALE:
            total, current = total + current * _SCALE[word], Decimal(0)
        elif word == "hundred":
            current *= 100
        elif word != "and":
            current += _CARDINAL[word] if word in _CARDINAL else Decimal(word)
    return _plain(total + current)


def _ordinal_in_digits(match: re.Match[str]) -> str:
    if match["word"]:
        return f"{_ORDINAL[match['word'].lower()]}th"
    return f"{_CARDINAL[match['tens'].lower()] + _ORDINAL[match['one'].lower()]}th"


def _chinese_in_digits(match: re.Match[str]) -> str:
    value = None if match["kept"] else _chinese_value(match["run"])
    if value is None:
        return match.group()
    return _plain(value) + ("th" if match["ordinal"] else "")


def _chinese_value(run: str) -> Decimal | None:
    """The value of 三十, 1.5万 or 二〇二四; None for numerals that make no number, such as 两三."""
    if len(run) > 1 and all(character in _NUMERAL for character in run):
        years = len(run) == 4 or {"零", "〇"} & set(run)
        return Decimal("".join(str(_NUMERAL[character]) for character in run)) if years else None
    total = section = Decimal(0)
    digit, units = _leading_digits(run)
    for character in units:
        if character in _NUMERAL and digit:
            return None
        if character in _NUMERAL:
            digit = Decimal(_NUMERAL[character])
        elif character in _UNIT:
            section, digit = section + (digit or 1) * _UNIT[character], Decimal(0)
        elif section + digit or not total:
            total, section, digit = total + (section + digit or 1) * _MYRIAD[character], Decimal(0), Decimal(0)
        else:
            total *= _MYRIAD[character]
    return total + section + digit


def _leading_digits(run: str) -> tuple[Decimal, str]:
    units = run.lstrip("0123456789.")
    return Decimal(run[: len(run) - len(units)] or 0), units


def _plain(value: Decimal) -> str:
    """A number without exponent, leading or trailing zeros."""
    return f"{value.normalize():f}"

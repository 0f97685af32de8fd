"""What a text claims that can be checked: its counts, dates and names, each brought to one form."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from assistant.glossary import WORD, Concept, glossary, stem
from assistant.language import chinese_share, fold
from assistant.numbers import Number, agrees, han_value, numbers

CHINESE_SHARE = 0.2
Found = tuple[int, int, tuple[Concept, ...]]
"""The concepts that `text[start:end]` may mean."""
NAMED_KINDS = frozenset({"person", "place", "body"})

_LONGEST = 8
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "首": 1, "头一": 1,
}  # fmt: skip
_NUMERAL = "[\\d一二三四五六七八九十百]+"
_ORDINAL = re.compile(
    r"\b(?P<word>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b(?!-hand| time)"
    r"|(?P<lead>首|头一)(?=[批期次轮届个])|\b(?P<digits>\d+)(?:st|nd|rd|th)\b"
    rf"|第(?P<han>{_NUMERAL})|(?P<anniversary>{_NUMERAL})(?=周年)"
)
_UNIT = re.compile(
    r"[ -]?(?:(?P<d>days?\b|天|日|号)|(?P<w>weeks?\b|个?(?:周|星期|礼拜))|(?P<m>months?\b|个月)"
    r"|(?P<y>years?\b|年)|(?P<p>%))"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_MEASURE = re.compile(r"[名个位人天日周月年次批项间家所座区城市条期届轮成元%]|星期")

_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_CAPITAL = re.compile(r"[A-Z][A-Za-z0-9]*")
_TITLES = frozenset({"i", "mr", "mrs", "ms", "miss", "dr", "prof", "hon", "sir", "s", "t"})
_OPENERS = frozenset({"although", "because", "before", "civil", "since", "several", "while", "within"})
_ORDINARY = re.compile(r"(?:ed|ly|ers?|ors?|ants?|ees|ments?|tions?|ities|ships?)$")


def is_chinese(text: str) -> bool:
    return chinese_share(text) >= CHINESE_SHARE


def counts(folded: str) -> set[str]:
    """The counts and ordinals that a folded text claims: `10`, `3m` for three months, `30p` for 30 %, `#2` for second.

    Numerals that count in form only ("one of them", 一直, 十分) are left out.
    """
    return {tag for number, tag in _tagged(folded) if not _is_idiom(folded, number)} | _ordinals(folded)


def known_counts(folded: str) -> set[str]:
    """Every count that a folded text can vouch for: with and without its unit, and the years and days of its dates."""
    known = {tag for _, tag in _tagged(folded)} | _ordinals(folded)
    known |= {tag.rstrip("dwmy") for tag in known}
    for date in dates(folded):
        known |= {date[:4], f"{date[8:10].lstrip('0')}d"}
    return known


def dates(folded: str) -> list[str]:
    """The dates of a folded text, as `assistant.numbers` writes them."""
    return [number.value for number in numbers(folded) if number.is_date]


def states_date(folded: str, date: str) -> bool:
    """Whether a folded text states this date; the year may stand elsewhere in it."""
    given = dates(folded)
    years = {other[:4] for other in given} | {number.value for number in numbers(folded)} | {"----"}
    is_year = date[5:7] == "--"
    return date[:4] in years and (is_year or any(_is_same_day(date, other) for other in given))


def concepts(folded: str) -> list[Found]:
    """The glossary's forms in a folded text, the longest at each place; English ones by their stems."""
    chinese = [(m.start(), m.end(), glossary().chinese[m.group()]) for m in _chinese_forms().finditer(folded)]
    return sorted([*chinese, *_english_concepts(folded)], key=lambda found: found[0])


def mentions(folded: str, concept: Concept) -> bool:
    """Whether any form of a concept stands in a folded text, also inside a longer one."""
    return any(re.search(_as_word(fold(form)), folded) for form in concept.forms)


def latin_names(text: str) -> set[str]:
    """The Latin words that name something, folded: in a Chinese text all, in an English one those with a capital.

    Left out are numbers, dates, forms of the glossary and the capital that only opens a sentence.
    """
    text = unicodedata.normalize("NFKC", text)
    folded = fold(text)
    taken = [(start, end) for start, end, _ in concepts(folded)]
    taken += [(number.start, number.end) for number in numbers(folded)]
    pattern = _LATIN if is_chinese(text) else _CAPITAL
    return {
        match.group().casefold()
        for match in pattern.finditer(text)
        if not any(start <= match.start() < end for start, end in taken)
        and match.group().casefold() not in _TITLES
        and not _only_opens(text, match)
    }


def latin_words(text: str) -> set[str]:
    """Every Latin word of a text, folded."""
    return {word.casefold() for word in _LATIN.findall(unicodedata.normalize("NFKC", text))}


def initials(text: str) -> str:
    """The first letters of a text's capitalised words, in which an abbreviation of a name can be found."""
    return "".join(word[0] for word in _CAPITAL.findall(unicodedata.normalize("NFKC", text))).casefold()


def _tagged(folded: str) -> Iterator[tuple[Number, str]]:
    ordinals = [match.span() for match in _ORDINAL.finditer(folded)]
    for number in numbers(folded):
        if not number.is_date and not any(start < number.end and number.start < end for start, end in ordinals):
            unit = _UNIT.match(folded, number.end) if not _YEAR.fullmatch(number.value) else None
            yield number, number.value + ((unit.lastgroup or "") if unit else "")


def _is_idiom(folded: str, number: Number) -> bool:
    written = folded[number.start : number.end]
    if written.isdecimal() or len(written) > 1:
        return written == "one"
    return written == "一" or not _MEASURE.match(folded, number.end)


def _ordinals(folded: str) -> set[str]:
    values = set()
    for match in _ORDINAL.finditer(folded):
        word, numeral = match["word"] or match["lead"], match["digits"] or match["han"] or match["anniversary"] or ""
        values.add(_ORDINALS[word] if word else int(numeral) if numeral.isdecimal() else han_value(numeral))
    return {f"#{value}" for value in values}


def _is_same_day(date: str, given: str) -> bool:
    """Whether the given date is as precise as the other, but for the year, and agrees with it."""
    as_precise = all("-" not in given[part] or "-" in date[part] for part in (slice(5, 7), slice(8, 10)))
    return as_precise and agrees(date, given)


def _only_opens(text: str, match: re.Match[str]) -> bool:
    word = match.group().casefold()
    ordinary = word in _OPENERS or word in glossary().ignore_english or _ORDINARY.search(word)
    return bool(ordinary) and not re.search(r"\w", text[: match.start()])


def _english_concepts(folded: str) -> Iterator[Found]:
    tokens = list(WORD.finditer(folded))
    stems = [stem(token.group()) for token in tokens]
    at = 0
    while at < len(tokens):
        sizes = range(min(_LONGEST, len(tokens) - at), 0, -1)
        size = next((size for size in sizes if tuple(stems[at : at + size]) in glossary().english), 0)
        if size:
            yield tokens[at].start(), tokens[at + size - 1].end(), glossary().english[tuple(stems[at : at + size])]
        at += size or 1


@cache
def _chinese_forms() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(glossary().chinese, key=len, reverse=True))))


def _as_word(form: str) -> str:
    """A pattern for a form, a Latin one as a word of its own, singular or plural."""
    return rf"(?<![a-z0-9]){re.escape(form)}(?:e?s)?(?![a-z0-9])" if form.isascii() else re.escape(form)

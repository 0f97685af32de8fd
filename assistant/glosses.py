"""English glosses of Chinese words, and how common words are, looked up in a small table on disk.

Chinese and English meet in English: each Chinese word brings the stems of its dictionary glosses (CC-CEDICT),
or its pinyin where the dictionary lacks it. The table is compiled once, by `ingest`; looking a word up costs
microseconds and no memory.
"""

import sqlite3
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from assistant.errors import IndexDamaged
from assistant.sounds import syllables

SCHEMA = """
CREATE TABLE glosses (
    word TEXT PRIMARY KEY, stems TEXT NOT NULL, phrase TEXT NOT NULL, foreign_name INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE commonness (word TEXT PRIMARY KEY, zipf REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE sounding (character TEXT PRIMARY KEY) WITHOUT ROWID;
"""

Sense = tuple[str, float]
"""An English stem, and how likely it is what a word means: 1 for its first sense, less for later ones."""


@dataclass(frozen=True, slots=True)
class Gloss:
    """What a Chinese word means: the `senses`, one short English `phrase`, and whether it is a foreign name."""

    senses: tuple[Sense, ...]
    phrase: str
    is_name: bool = False


class GlossTable:
    """A read-only view of the compiled table."""

    def __init__(self, path: Path) -> None:
        try:
            address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"  # it is replaced whole, never written to
            self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
            self._connection.execute("SELECT 1 FROM glosses, commonness, sounding LIMIT 1").fetchone()
        except sqlite3.Error as error:
            raise IndexDamaged(
                f"The gloss table `{path}` cannot be read ({error}); run `python -m ingest --rebuild`."
            ) from error
        self.look_up = lru_cache(maxsize=20_000)(self._look_up)
        self.zipf = lru_cache(maxsize=20_000)(self._zipf)

    @cached_property
    def sounding(self) -> frozenset[str]:
        """The characters that foreign names are written with for their sound."""
        return frozenset(row[0] for row in self._connection.execute("SELECT character FROM sounding"))

    def _look_up(self, word: str) -> Gloss | None:
        """The gloss of a folded word; None where the dictionary has none."""
        query = "SELECT stems, phrase, foreign_name FROM glosses WHERE word = ?"
        row = self._connection.execute(query, (word,)).fetchone()
        if row is None:
            return None
        senses = (sense.rpartition(":") for sense in row[0].split())
        return Gloss(tuple((stem, float(weight)) for stem, _, weight in senses), row[1], bool(row[2]))

    def _zipf(self, word: str) -> float:
        """How common a folded Chinese word or an English stem is in general: 7 the commonest, 3 rare, 0 unknown."""
        row = self._connection.execute("SELECT zipf FROM commonness WHERE word = ?", (word,)).fetchone()
        return float(row[0]) if row else 0.0


def pinyin(word: str) -> Gloss:
    """A name the way Mainland names are romanised: 程步一 is `cheng buyi`."""
    spoken = syllables(word)
    name = [spoken[0], "".join(spoken[1:])] if len(spoken) > 1 else spoken
    return Gloss(tuple((part, 1.0) for part in name if part), " ".join(name))

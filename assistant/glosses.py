"""English glosses of Chinese words, and how common words are, looked up in a small table on disk.

Chinese and English meet in English: each Chinese word brings the stems of its dictionary glosses (CC-CEDICT),
or its pinyin where the dictionary lacks it. The table is compiled once, by `ingest`; looking a word up costs
microseconds and no memory.
"""

import sqlite3
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.errors import IndexDamaged

SCHEMA = """
CREATE TABLE glosses (word TEXT PRIMARY KEY, stems TEXT NOT NULL, phrase TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE commonness (word TEXT PRIMARY KEY, zipf REAL NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Gloss:
    """What a Chinese word means: `stems` of its main senses, and one short English `phrase`."""

    stems: tuple[str, ...]
    phrase: str


class GlossTable:
    """A read-only view of the compiled table."""

    def __init__(self, path: Path) -> None:
        try:
            self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)
            self._connection.execute("SELECT 1 FROM glosses, commonness LIMIT 1").fetchone()
        except sqlite3.Error as error:
            raise IndexDamaged(
                f"The gloss table `{path}` cannot be read ({error}); run `python -m ingest --rebuild`."
            ) from error
        self.look_up = lru_cache(maxsize=20_000)(self._look_up)
        self.zipf = lru_cache(maxsize=20_000)(self._zipf)

    def _look_up(self, word: str) -> Gloss | None:
        """The gloss of a folded word; None where neither the dictionary nor pinyin gives one."""
        row = self._connection.execute("SELECT stems, phrase FROM glosses WHERE word = ?", (word,)).fetchone()
        return Gloss(tuple(row[0].split()), row[1]) if row else None

    def _zipf(self, word: str) -> float:
        """How common a folded Chinese word or an English stem is in general: 7 the commonest, 3 rare, 0 unknown."""
        row = self._connection.execute("SELECT zipf FROM commonness WHERE word = ?", (word,)).fetchone()
        return float(row[0]) if row else 0.0


def pinyin(word: str) -> Gloss:
    """A name the way Mainland names are romanised: 程步一 is `cheng buyi`."""
    from pypinyin import lazy_pinyin

    syllables = lazy_pinyin(word)
    name = [syllables[0], "".join(syllables[1:])] if len(syllables) > 1 else syllables
    return Gloss(tuple(part for part in name if part), " ".join(name))

"""Searching by words: BM25 over two views of the same passages.

`native` holds a text's own words; `english` holds English stems, those of the glosses of Chinese words
included, so that questions and passages of different languages meet there.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.generations import damaged
from assistant.terms import Term, bigrams

VIEWS = ("native", "english")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text, for both views."""

    native: tuple[str, ...]
    english: tuple[str, ...]


def tokens(text: str, terms: Iterable[Term]) -> Tokens:
    """The tokens of a text with its terms; Chinese adds its character pairs to the native view."""
    native: list[str] = []
    english: list[str] = []
    for term in terms:
        if term.ignored:
            continue
        shared = [key for key in term.keys if key.startswith(("@", "#"))]
        own = [key for key in (*term.keys, *term.parts) if not key.startswith(("@", "#"))]
        native += shared + own
        english += shared + [key for key in own if key.isascii()] + list(term.glosses)
    return Tokens((*native, *(f"_{pair}" for pair in bigrams(text))), tuple(english))


class WordIndex:
    """One BM25 index on disk; scores come as an array in the order of the passages, shape (passages,)."""

    def __init__(self, folder: Path) -> None:
        import bm25s

        self._bm25 = bm25s.BM25.load(str(folder), load_corpus=False, mmap=False)
        self._vocabulary: dict[str, int] = {word: at for word, at in self._bm25.vocab_dict.items() if word}
        columns = self._bm25.scores["indptr"]
        self._frequency = np.diff(columns)
        self.size: int = int(self._bm25.scores["num_docs"])

    def scores(self, query: Sequence[str]) -> np.ndarray[Any, Any]:
        """The BM25 score of each passage for the known tokens of a query."""
        known = [token for token in dict.fromkeys(query) if token in self._vocabulary]
        if not known:
            return np.zeros(self.size, dtype=np.float32)
        return np.asarray(self._bm25.get_scores(known))

    def frequency(self, token: str) -> int:
        """In how many passages a token occurs."""
        at = self._vocabulary.get(token)
        return 0 if at is None else int(self._frequency[at])

    def vocabulary(self) -> Iterable[str]:
        return self._vocabulary


def read_index(generation: Path, view: str, size: int) -> WordIndex:
    """The index over one view of a generation's `size` passages; raises IndexDamaged where it is not that."""
    try:
        index = WordIndex(generation / "words" / view)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError) as error:
        raise damaged(generation, f"its {view} words cannot be read") from error
    if index.size != size:
        raise damaged(generation, f"its {view} words are those of {index.size} passages")
    return index


def write_index(generation: Path, view: str, texts: Sequence[Sequence[str]]) -> None:
    """Build and save the index over one view of a generation: the token lists of all passages, in order."""
    import bm25s

    logging.getLogger("bm25s").setLevel(logging.WARNING)
    index = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    index.index([list(text) or ["-"] for text in texts], show_progress=False)
    index.save(str(generation / "words" / view), corpus=None, show_progress=False)

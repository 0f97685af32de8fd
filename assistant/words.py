"""Searching by words: BM25 over two views of the same passages.

`native` holds a text's own words; `english` holds English stems, those of the glosses of Chinese words
included, so that questions and passages of different languages meet there.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from assistant.generations import damaged
from assistant.language import HAN, fold
from assistant.terms import Term

VIEWS = ("native", "english")


PAIR = "_"
"""Before two neighbouring Chinese characters, or English stems, that count as one token."""
_ENGLISH_PAIR = 0.3
_ALSO = 0.5

Unit = Mapping[str, float]
"""Tokens that may stand for one and the same word, each with how likely it does, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text, for both views."""

    native: tuple[str, ...]
    english: tuple[str, ...]


def tokens(text: str, terms: Sequence[Term]) -> Tokens:
    """The tokens of a text with its terms."""
    meant = [term for term in terms if not term.ignored]
    native = [token for term in meant for token in _native(term)]
    english = [token for term in meant for token in english_unit(term)]
    return Tokens((*native, *_pairs(text, terms)), tuple(english))


def native_units(text: str, terms: Sequence[Term]) -> list[Unit]:
    """What a question looks for in the native view: each token for itself."""
    found = dict.fromkeys(tokens(text, terms).native)
    return [{token: _ENGLISH_PAIR if token.startswith(PAIR) and token.isascii() else 1.0} for token in found]


def english_units(terms: Sequence[Term]) -> list[Unit]:
    """What a question looks for in the English view: each word by any of the stems that it may mean."""
    return [unit for term in terms if not term.ignored and (unit := english_unit(term))]


def english_unit(term: Term) -> dict[str, float]:
    own = [token for token in _native(term) if token.isascii() or token.startswith(("@", "#"))]
    return {**dict(term.senses), **dict.fromkeys(own, 1.0)}


def bigrams(text: str) -> list[str]:
    """The overlapping pairs of Chinese characters of a text, folded."""
    return [run[i : i + 2] for run in re.findall(rf"[{HAN}]{{2,}}", fold(text)) for i in range(len(run) - 1)]


def _native(term: Term) -> list[str]:
    return [*term.keys, *term.parts]


def _pairs(text: str, terms: Sequence[Term]) -> Iterator[str]:
    """Pairs of Chinese characters, and of English words, those without meaning of their own among them."""
    yield from (PAIR + pair for pair in bigrams(text))
    stems = [key for term in terms for key in term.keys if key.isascii() and key.isalnum()]
    yield from (f"{PAIR}{first} {second}" for first, second in pairwise(stems))


class WordIndex:
    """One BM25 index on disk; scores come as an array in the order of the passages, shape (passages,)."""

    def __init__(self, folder: Path) -> None:
        import bm25s

        bm25 = bm25s.BM25.load(str(folder), load_corpus=False, mmap=False)
        self._vocabulary: dict[str, int] = {word: at for word, at in bm25.vocab_dict.items() if word}
        self._values, self._passages, self._columns = (bm25.scores[name] for name in ("data", "indices", "indptr"))
        self.size: int = int(bm25.scores["num_docs"])

    def scores(self, units: Iterable[Unit]) -> np.ndarray[Any, Any]:
        """How much of a question each passage holds, about 0 to 1: each unit by its best token, and half their mean.

        The sum of the units' BM25 scores, divided by what a passage that held them all would have.
        """
        total, most = np.zeros(self.size, dtype=np.float32), 0.0
        for unit in units:
            most += max(weight * self._rarity(token) for token, weight in unit.items())
            known = [(token, weight) for token, weight in unit.items() if token in self._vocabulary]
            if len(known) == 1:
                self._add(total, *known[0])
            elif known:
                total += self._any_of(known)
        return total / max(most, 1.0)

    def frequency(self, token: str) -> int:
        """In how many passages a token occurs."""
        at = self._vocabulary.get(token)
        return 0 if at is None else int(self._columns[at + 1] - self._columns[at])

    def vocabulary(self) -> Iterable[str]:
        return self._vocabulary

    def _any_of(self, known: Sequence[tuple[str, float]]) -> np.ndarray[Any, Any]:
        each = np.zeros((len(known), self.size), dtype=np.float32)
        for row, (token, weight) in zip(each, known, strict=True):
            self._add(row, token, weight)
        best: np.ndarray[Any, Any] = (each.max(axis=0) + _ALSO * each.mean(axis=0)) / (1 + _ALSO)
        return best

    def _add(self, scores: np.ndarray[Any, Any], token: str, weight: float) -> None:
        at = self._vocabulary[token]
        column = slice(self._columns[at], self._columns[at + 1])
        scores[self._passages[column]] += weight * self._values[column]

    def _rarity(self, token: str) -> float:
        return rarity(self.frequency(token), self.size)


def rarity(frequency: int, size: int) -> float:
    """Inverse document frequency as BM25 has it (Lucene's form): never negative."""
    return float(np.log(1 + (size - frequency + 0.5) / (frequency + 0.5)))


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

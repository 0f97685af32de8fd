"""How much each term of a question counts, and how much of the question a stretch of a document covers."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.index import Index
from assistant.terms import Term
from assistant.understand import Asked
from assistant.words import rarity

CARRIED = 0.5
"""What a term counts that is carried over from an earlier question."""


@dataclass(frozen=True, slots=True)
class Weighted:
    """A term of the question with its weight: its rarity in the documents, less where it is carried over."""

    term: Term
    weight: float


def weigh(asked: Asked, index: Index) -> tuple[Weighted, ...]:
    """The question's terms with their weights."""
    own = [Weighted(term, _weight(term, index)) for term in asked.terms]
    return (*own, *(Weighted(term, CARRIED * _weight(term, index)) for term in asked.carried))


def share(weighted: Sequence[Weighted], covered: Sequence[float]) -> float:
    """The covered share of the question's weight, 0 to 1."""
    total = sum(item.weight for item in weighted)
    return sum(item.weight * value for item, value in zip(weighted, covered, strict=True)) / total if total else 0.0


def _weight(term: Term, index: Index) -> float:
    frequency = max((index.native.frequency(key) for key in term.keys), default=0)
    if not frequency and term.glosses:
        frequency = min((index.english.frequency(g) for g in term.glosses if index.english.frequency(g)), default=0)
    return rarity(frequency, index.native.size)

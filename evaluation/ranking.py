"""How good ranked lists are that each hold one right thing, and how fast they came."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from evaluation.metrics import percentile

DEPTH = 10
"""How much of a list is looked at."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """The list for one question, best first, what is right, and the seconds it took."""

    found: Sequence[int]
    right: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over all questions, and how long one list took in ms, median and 95th percentile."""

    hit_at_1: float
    hit_at_5: float
    mrr_at_10: float
    p50_ms: float
    p95_ms: float

    def as_dict(self) -> dict[str, float]:
        return {
            "hit@1": round(self.hit_at_1, 4),
            "hit@5": round(self.hit_at_5, 4),
            "mrr@10": round(self.mrr_at_10, 4),
            "p50_ms": round(self.p50_ms, 1),
            "p95_ms": round(self.p95_ms, 1),
        }


def hit_at(count: int, found: Sequence[int], right: int) -> bool:
    """Whether the right one is among the first `count`."""
    return right in found[:count]


def reciprocal_rank(found: Sequence[int], right: int, depth: int = DEPTH) -> float:
    """One divided by the rank of the right one, counted from 1; 0 where the first `depth` lack it."""
    return 1 / (found.index(right) + 1) if hit_at(depth, found, right) else 0.0


def measure(lists: Iterable[Ranked]) -> Figures:
    """The figures of at least one list."""
    lists = list(lists)
    times = [1000 * ranked.seconds for ranked in lists]
    return Figures(
        hit_at_1=fmean(hit_at(1, ranked.found, ranked.right) for ranked in lists),
        hit_at_5=fmean(hit_at(5, ranked.found, ranked.right) for ranked in lists),
        mrr_at_10=fmean(reciprocal_rank(ranked.found, ranked.right) for ranked in lists),
        p50_ms=percentile(times, 50),
        p95_ms=percentile(times, 95),
    )

"""What answering costs beside what it cannot do without: embedding the question once."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from evaluation.metrics import percentile

GOAL = 2.5


@dataclass(frozen=True, slots=True)
class Overhead:
    """Medians in ms over the same questions, each answered and embedded in turn by one warm process."""

    questions: int
    answer_ms: float
    embed_ms: float

    @property
    def times(self) -> float:
        """How many times as long an answer takes."""
        return self.answer_ms / self.embed_ms

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"times": self.times, "goal": GOAL}

    def __str__(self) -> str:
        return (
            f"Answering one question takes {self.times:.2f} times as long as embedding it once "
            f"({self.answer_ms:.1f} ms to {self.embed_ms:.1f} ms, medians of {self.questions}; goal: {GOAL} at most)."
        )


def overhead(pairs: Sequence[tuple[float, float]]) -> Overhead:
    """The figures over at least one question: the seconds to answer it, and those to embed it."""
    answering, embedding = (1000 * percentile(seconds, 50) for seconds in zip(*pairs, strict=True))
    return Overhead(len(pairs), answering, embedding)

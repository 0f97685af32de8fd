"""How far a probability can be relied on: predicted against what came true, and how well it tells two kinds apart."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

BINS = 10

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions whose probability lies in one tenth: how many, how many of them answerable, and the mean."""

    least: float
    most: float
    questions: int
    answerable: int
    predicted: float

    @property
    def share(self) -> float:
        """The share that is answerable."""
        return self.answerable / self.questions


@dataclass(frozen=True, slots=True)
class Reliability:
    """The confidence over some questions.

    `auroc` is the probability that an answerable question has a higher one than a question to refuse, None where
    there is only one kind; `brier` the mean squared error; `calibration_error` the mean difference of predicted
    and true shares over the bins, each weighing its questions (ECE).
    """

    threshold: float | None
    auroc: float | None
    brier: float
    calibration_error: float
    bins: tuple[Bin, ...]

    @property
    def questions(self) -> int:
        return sum(each.questions for each in self.bins)

    def __str__(self) -> str:
        area = "unknown" if self.auroc is None else f"{self.auroc:.3f}"
        return (
            f"{self.questions} questions, AUROC {area}, Brier score {self.brier:.3f}, "
            f"expected calibration error {self.calibration_error:.3f}"
        )

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"questions": self.questions}


def reliability(judged: Sequence[tuple[float, bool]], threshold: float | None) -> Reliability:
    """The figures over at least one question: its probability, and whether it is to be answered."""
    predicted, true = np.array(judged, dtype=float).T
    bins = _bins(predicted, true)
    error = sum(each.questions * abs(each.predicted - each.share) for each in bins) / len(judged)
    return Reliability(threshold, area(predicted, true), float(np.mean((predicted - true) ** 2)), error, bins)


def area(predicted: Array, true: Array) -> float | None:
    """The area under the ROC curve: of all pairs of a true and a false one, the share that is in order; ties half."""
    right, wrong = predicted[true == 1], predicted[true == 0]
    if not len(right) or not len(wrong):
        return None
    return float(np.mean(np.greater.outer(right, wrong) + 0.5 * np.equal.outer(right, wrong)))


def _bins(predicted: Array, true: Array) -> tuple[Bin, ...]:
    """The bins that hold any question; a probability of 1 is in the last one."""
    places = np.minimum((predicted * BINS).astype(int), BINS - 1)
    return tuple(
        Bin(
            at / BINS,
            (at + 1) / BINS,
            int(np.sum(places == at)),
            int(np.sum(true[places == at])),
            float(np.mean(predicted[places == at])),
        )
        for at in range(BINS)
        if np.any(places == at)
    )

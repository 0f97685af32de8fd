"""The probability that the chosen sentences answer a question: a logistic model calibrated on known questions."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "calibration.json"


@dataclass(frozen=True, slots=True)
class Calibration:
    """The model `python -m evaluation.calibrate` writes."""

    intercept: float
    weights: Mapping[str, float]


def confidence(features: Mapping[str, float]) -> float:
    """The probability of being answerable, 0 to 1."""
    model = calibration()
    total = model.intercept + sum(weight * features[name] for name, weight in model.weights.items())
    return 1 / (1 + math.exp(-total))


@cache
def calibration() -> Calibration:
    data = json.loads(FILE.read_text("utf-8"))
    return Calibration(data["intercept"], data["weights"])

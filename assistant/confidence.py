"""The probability that the chosen sentences answer a question: a logistic model calibrated on known questions."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.asking import Target
from assistant.evidence import Reading
from assistant.terms import Term
from assistant.understand import Asked
from assistant.weigh import Weighted, share

FILE = Path(__file__).parent / "calibration.json"
COMMON, RARE = 6.0, 4.0
_MISSING = {
    "word": ("word",),
    "number": ("number", "date"),
    "person": ("person", "proper"),
    "name": ("body", "post", "term"),
    "place": ("place",),
    "detail": ("detail",),
}
_PRECISE = (Target.PERSON_NAME, Target.NAME, Target.OFFICIAL, Target.DAY, Target.MONEY)
FEATURES = (
    "coverage", "context", "cosine", "passage", "missing_word", "missing_number", "missing_person", "missing_name",
    "missing_place", "missing_detail", "missing_most", "missing_typed", "gives", "lacks", "lacks_name", "yes_no",
    "reason", "unexplained", "unexplained_whole", "follow_up",
)  # fmt: skip


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


def describe(asked: Asked, weighted: Sequence[Weighted], reading: Reading) -> Mapping[str, float]:
    """The features by which an answer is judged, each about 0 to 1; all 0 where there is no answer."""
    if not reading.leading or not weighted:
        return dict.fromkeys(FEATURES, 0.0)
    leading = reading.leading
    covered = [max(values) for values in zip(*(candidate.covered for candidate in leading), strict=True)]
    around = [max(values) for values in zip(*(candidate.around for candidate in leading), strict=True)]
    own = [(item.term, value) for item, value in zip(weighted, around, strict=True)][: len(asked.terms)]
    missing = {kind: _missing(own, kinds) for kind, kinds in _MISSING.items()}
    typed = asked.target not in (Target.OTHER, Target.YES_NO, Target.LIST, Target.REASON)
    given = reading.gives
    named = missing["number"] + missing["person"] + missing["name"] + missing["place"]
    return {
        "coverage": share(weighted, covered),
        "context": share(weighted, around),
        "cosine": max(candidate.cosine for candidate in leading),
        "passage": max(candidate.passage_score for candidate in leading),
        **{f"missing_{kind}": min(sum(values), 2.0) for kind, values in missing.items()},
        "missing_most": max(missing["word"], default=0.0),
        "missing_typed": typed * min(sum(named), 2.0),
        "gives": float(typed and given),
        "lacks": float(typed and not given),
        "lacks_name": float(
            asked.target in (Target.PERSON_NAME, Target.NAME, Target.OFFICIAL, Target.DAY, Target.MONEY) and not given
        ),
        "yes_no": float(asked.target is Target.YES_NO),
        "reason": float(asked.target is Target.REASON),
        "unexplained": float(asked.target is Target.REASON and not given),
        "unexplained_whole": float(asked.target is Target.REASON and not given and not any(named)),
        "follow_up": float(bool(asked.carried)),
    }


def _missing(own: Sequence[tuple[Term, float]], kinds: Sequence[str]) -> list[float]:
    """How much each term of some kinds that the answer does not cover matters, 0 to 1."""
    return [specificity(term) * (1 - value) for term, value in own if term.kind in kinds and value < 0.5]


def specificity(term: Term) -> float:
    """How much a word narrows what is asked: a number or a name fully, a word the less the commoner it is."""
    if term.kind != "word":
        return 1.0
    rare = min(max((COMMON - term.zipf) / (COMMON - RARE), 0.0), 1.0)
    return rare if len(term.text) > 1 else 0.3 * rare

"""Answer or refuse, and how: what the chosen sentences are worth as an answer."""

from collections.abc import Sequence

from assistant.asking import patterns
from assistant.confidence import confidence, describe
from assistant.evidence import Reading
from assistant.types import Status
from assistant.understand import Asked
from assistant.weigh import Weighted

NEAR_SUBJECT = 0.35
"""A refused question whose words the documents cover less than this is outside the subject."""


def judge(asked: Asked, weighted: Sequence[Weighted], reading: Reading, threshold: float) -> Status:
    """The status of a question whose best answer is `reading`."""
    if decided := settled(asked):
        return decided
    features = describe(asked, weighted, reading)
    if reading.sentences and confidence(features) >= threshold:
        return Status.ANSWERED
    if asked.instructed:
        return Status.REFUSED
    named = any(item.term.kind in ("body", "post", "term", "person") for item in weighted)
    return Status.NOT_IN_DOCUMENTS if named or features["context"] >= NEAR_SUBJECT else Status.OUT_OF_SCOPE


def settled(asked: Asked) -> Status | None:
    """The status of what needs no reading: a harmful question, nothing but orders, a greeting; else None."""
    if asked.harmful or (asked.instructed and not asked.terms):
        return Status.REFUSED
    return Status.OUT_OF_SCOPE if patterns().greeting.search(asked.folded) else None

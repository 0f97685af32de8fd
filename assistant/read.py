"""The built-in reader: retrieved passages → the one to three sentences that answer."""

from collections.abc import Sequence

from assistant.evidence import Candidate, Weighted, share
from assistant.language import chinese_share
from assistant.types import Language
from assistant.understand import Asked

MOST_SENTENCES = 3
LONGEST = 900
LONGEST_CHINESE = 400
NEAR = 0.8
"""A further sentence needs this share of the best one's score, or must add GAIN of the question's weight."""
GAIN = 0.12
SAME = 0.75


def read(asked: Asked, weighted: Sequence[Weighted], ranked: Sequence[Candidate]) -> list[Candidate]:
    """The sentences that answer, the best first; within the length limit for their language."""
    chosen: list[Candidate] = []
    for candidate in ranked:
        if len(chosen) == MOST_SENTENCES:
            break
        if _adds(candidate, chosen, weighted) and _fits([*chosen, candidate], asked.question.language):
            chosen.append(candidate)
    return chosen


def in_order(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Newest document first, then as the documents have them."""
    return sorted(
        chosen,
        key=lambda c: (_negated(c.passage.source.published), c.passage.source.id, c.passage.start, c.window.start),
    )


def _adds(candidate: Candidate, chosen: Sequence[Candidate], weighted: Sequence[Weighted]) -> bool:
    if not chosen:
        return True
    if any(_same(candidate, other) for other in chosen):
        return False
    before = [max(values) for values in zip(*(other.covered for other in chosen), strict=True)]
    after = [max(pair) for pair in zip(before, candidate.covered, strict=True)]
    gain = share(weighted, after) - share(weighted, before)
    best = chosen[0].score
    return candidate.score >= NEAR * best or (gain >= GAIN and candidate.score >= 0.5 * best)


def _same(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences tell the same: most of what the shorter says is in the longer."""
    a, b = one.window.keys, other.window.keys
    return len(a & b) >= SAME * max(min(len(a), len(b)), 1) and len(a - b) < 2


def _fits(sentences: Sequence[Candidate], language: Language) -> bool:
    text = " ".join(sentence.text for sentence in sentences)
    return len(text) <= (LONGEST_CHINESE if chinese_share(text) > 0.2 else LONGEST)


def _negated(published: str) -> tuple[int, ...]:
    return tuple(-int(part) for part in (published + "-99-99").split("-")[:3] if part)

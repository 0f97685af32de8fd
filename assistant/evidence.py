"""How well each sentence that was found covers what a question asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from assistant.cover import cover
from assistant.gives import gives
from assistant.records import Record, Window
from assistant.retrieve import Found
from assistant.types import Passage
from assistant.understand import Asked
from assistant.weigh import Weighted, share

CONTEXT = 0.8
"""What a term counts that stands not in the sentence but in its passage or heading."""


@dataclass(frozen=True)
class Candidate:
    """A sentence that may answer, with its place, and what of the question it covers, per term, 0 to 1."""

    record: Record
    window: Window
    rank: int
    cosine: float
    covered: tuple[float, ...]
    around: tuple[float, ...]
    coverage: float
    context: float
    passage_score: float
    gives: bool
    listing: float
    cosines: tuple[float, ...] = ()

    @property
    def passage(self) -> Passage:
        return self.record.passage

    @cached_property
    def text(self) -> str:
        return self.passage.text[self.window.start : self.window.end]

    @cached_property
    def score(self) -> float:
        """How likely the sentence is to answer: the reader ranks by it (the weights: docs/answering.md)."""
        given = 0.3 * float(self.gives) + 0.3 * self.listing
        return 0.6 * self.coverage + 0.9 * self.context + 0.6 * self.cosine + 1.0 * self.passage_score + given


@dataclass(frozen=True, slots=True)
class Reading:
    """The sentences of an answer: the `leading` one, or one for each thing asked, carry it; the others add to it.

    `gives` says whether the leading ones hold the kind of thing asked for, all of them where several are asked.
    """

    sentences: tuple[Candidate, ...] = ()
    leading: tuple[Candidate, ...] = ()
    gives: bool = False


def candidates(asked: Asked, weighted: Sequence[Weighted], found: Found) -> list[Candidate]:
    """All sentences of the retrieved passages, best first."""
    drafts = [
        _candidate(asked, weighted, found, evidence.record, sentence, rank, evidence.match.score)
        for rank, evidence in enumerate(found.evidence)
        for sentence in evidence.record.sentences
    ]
    return sorted(drafts, key=lambda candidate: -candidate.score)


def _candidate(
    asked: Asked,
    weighted: Sequence[Weighted],
    found: Found,
    record: Record,
    sentence: Window,
    rank: int,
    score: float,
) -> Candidate:
    covered = tuple(cover(item.term, sentence) for item in weighted)
    around = tuple(
        max(own, CONTEXT * cover(item.term, record.whole)) for own, item in zip(covered, weighted, strict=True)
    )
    text = record.passage.text[sentence.start : sentence.end]
    return Candidate(
        record,
        sentence,
        rank,
        float(np.dot(found.vector, sentence.vector)),
        covered,
        around,
        share(weighted, covered),
        share(weighted, around),
        score,
        gives(asked, text, sentence, record.passage.source.published),
        min(text.count("、") + text.count(", "), 5) / 5 if asked.several else 0.0,
        tuple(float(np.dot(vector, sentence.vector)) for vector in found.clauses),
    )

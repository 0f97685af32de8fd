"""The built-in reader: retrieved passages → the one to three sentences that answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.asking import Target, patterns
from assistant.evidence import Candidate, Reading
from assistant.gives import gives
from assistant.language import chinese_share
from assistant.understand import Asked
from assistant.weigh import Weighted, share

MOST_SENTENCES = 3
LONGEST = 900
LONGEST_CHINESE = 400
NEAR = 0.85
"""A further sentence needs this share of the best one's score, or must add GAIN of the question's weight."""
GAIN = 0.12
SAME = 0.75


def read(asked: Asked, weighted: Sequence[Weighted], ranked: Sequence[Candidate]) -> Reading:
    """The sentences that answer, within the length limit for their language; none where nothing was retrieved."""
    chosen: list[Candidate] = []
    given = []
    for facet in _facets(asked, weighted):
        best = max(ranked, key=lambda c, facet=facet: facet.score(asked, weighted, c), default=None)  # type: ignore[misc]
        if best is not None:
            given.append(facet.is_given(asked, best))
        if best is not None and not any(_same(best, other) for other in chosen) and _fits([*chosen, best]):
            chosen.append(best)
    leading = tuple(chosen)
    for candidate in ranked:
        if len(chosen) >= MOST_SENTENCES:
            break
        if _adds(candidate, chosen, weighted) and _fits([*chosen, candidate]):
            chosen.append(candidate)
    if leading:
        return Reading(tuple(chosen), leading, all(given))
    leading = _leading(chosen)
    return Reading(tuple(chosen), leading, any(candidate.gives for candidate in leading))


def _leading(chosen: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The best sentence, or one nearly as good that gives the kind of thing asked for."""
    giving = (c for c in chosen if c.gives and c.coverage >= 0.85 * chosen[0].coverage)
    return tuple(chosen[:1]) if not chosen or chosen[0].gives else (next(giving, chosen[0]),)


@dataclass(frozen=True, slots=True)
class _Facet:
    """One of the things asked: the terms that are not its own do not count for it."""

    others: frozenset[str]
    target: Target
    clause: int | None = None

    def score(self, asked: Asked, weighted: Sequence[Weighted], candidate: Candidate) -> float:
        mine = [at for at, item in enumerate(weighted) if not item.term.keys & self.others]
        items = [weighted[at] for at in mine]
        covered = share(items, [candidate.covered[at] for at in mine])
        around = share(items, [candidate.around[at] for at in mine])
        given = float(self.is_given(asked, candidate))
        return 0.6 * covered + 0.9 * around + 0.6 * self._cosine(candidate) + 0.3 * given

    def _cosine(self, candidate: Candidate) -> float:
        """That of the clause where the thing is one, else of the question."""
        at = self.clause
        return candidate.cosine if at is None or at >= len(candidate.cosines) else candidate.cosines[at]

    def is_given(self, asked: Asked, candidate: Candidate) -> bool:
        return gives(
            replace(asked, target=self.target), candidate.text, candidate.window, candidate.passage.source.published
        )


def _facets(asked: Asked, weighted: Sequence[Weighted]) -> list[_Facet]:
    """The things asked when a question asks several: its clauses, or the two or three it compares."""
    if len(asked.clauses) > 1:
        own = [clause.keys for clause in asked.clauses]
        return [
            _Facet(frozenset(key for other in own if other is not keys for key in other - keys), clause.target, at)
            for at, (keys, clause) in enumerate(zip(own, asked.clauses, strict=True))
        ][:MOST_SENTENCES]
    compared = _compared(asked, weighted)
    return [
        _Facet(frozenset(key for other in compared if other is not keys for key in other), asked.target)
        for keys in compared
    ]


def _compared(asked: Asked, weighted: Sequence[Weighted]) -> list[frozenset[str]]:
    """The keys of two or three things of one kind that a question sets side by side."""
    own = weighted[: len(asked.terms)]
    heaviest = max((item.weight for item in own), default=0.0)
    for kind in ("person", "date", "term", "body"):
        found = [item.term.keys for item in own if item.term.kind == kind and item.weight >= 0.4 * heaviest]
        if 2 <= len(found) <= MOST_SENTENCES and (
            kind in ("person", "date") or patterns().comparing.search(asked.folded)
        ):
            return found
    return []


def in_order(reading: Reading) -> list[Candidate]:
    """What answers first, what adds to it after; each part newest document first, then as the documents have it."""
    others = [candidate for candidate in reading.sentences if candidate not in reading.leading]
    return [*sorted(reading.leading, key=_place), *sorted(others, key=_place)]


def _place(candidate: Candidate) -> tuple[tuple[int, ...], str, int, int]:
    source = candidate.passage.source
    return _negated(source.published), source.id, candidate.passage.start, candidate.window.start


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


def _fits(sentences: Sequence[Candidate]) -> bool:
    text = " ".join(sentence.text for sentence in sentences)
    return len(text) <= (LONGEST_CHINESE if chinese_share(text) > 0.2 else LONGEST)


def _negated(published: str) -> tuple[int, ...]:
    return tuple(-int(part) for part in (published + "-99-99").split("-")[:3] if part)

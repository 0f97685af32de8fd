"""Pieces of the reading side: windows, records, terms and candidates made by hand, and its steps one by one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.evidence import Candidate, Reading, candidates
from assistant.glosses import Sense
from assistant.index import Index
from assistant.language import sentence_spans
from assistant.read import read
from assistant.records import Record, Window
from assistant.retrieve import Found, retrieve
from assistant.terms import Analyser, Term
from assistant.types import Kind, Language, Passage, Source
from assistant.understand import Asked, understand
from assistant.weigh import Weighted, weigh

VECTOR = np.ones(1, dtype=np.float32)
SOURCE = Source("brief", "Brief", Kind.BRIEF, "Report", "Office", "2024-03-08", Language.ENGLISH)


def term(text: str, kind: str = "word", keys: str = "", parts: str = "", senses: str = "", zipf: float = 4.0) -> Term:
    """A term that is its own key, unless `keys` says otherwise; `senses` are stems, each as `stem` or `stem:weight`."""
    return Term(text, kind, frozenset((keys or text).split()), frozenset(parts.split()), senses_of(senses), zipf=zipf)


def senses_of(text: str) -> tuple[Sense, ...]:
    weighted = (each.partition(":") for each in text.split())
    return tuple((stem, float(weight or 1)) for stem, _, weight in weighted)


def window(keys: str = "", parts: str = "", glosses: str = "") -> Window:
    return Window(0, 0, VECTOR, frozenset(keys.split()), frozenset(parts.split()), frozenset(glosses.split()))


def window_of(analyser: Analyser, text: str, start: int = 0, end: int | None = None) -> Window:
    """The window that `ingest` makes of a text, or of a stretch of it."""
    stretch = text[start:end]
    terms = [term for term in analyser.terms(stretch) if not term.ignored]
    keys, parts, glosses = (frozenset(v for t in terms for v in getattr(t, n)) for n in ("keys", "parts", "glosses"))
    return Window(start, start + len(stretch), VECTOR, keys, parts, glosses)


def source(id: str = "brief", published: str = "2024-03-08", language: Language = Language.ENGLISH) -> Source:
    return replace(SOURCE, id=id, published=published, language=language)


def record(
    text: str, analyser: Analyser | None = None, of: Source = SOURCE, start: int = 0, section: str = ""
) -> Record:
    """The record of a passage, with terms where there is an analyser."""
    spans = sentence_spans(text)
    windows = tuple(window_of(analyser, text, *span) if analyser else Window(*span, VECTOR) for span in spans)
    whole = window_of(analyser, text) if analyser else Window(0, len(text), VECTOR)
    passage = Passage(f"{of.id}-{of.language}-{start}", text, of, section, start)
    return Record(passage, whole, windows, (), (), ())


def candidate(
    text: str,
    covered: tuple[float, ...] = (1.0,),
    coverage: float = 1.0,
    gives: bool = True,
    cosine: float = 0.5,
    of: Source = SOURCE,
    start: int = 0,
    keys: str = "",
) -> Candidate:
    """A candidate that is all of its passage, whose terms are its words unless `keys` says otherwise."""
    held = record(text, of=of, start=start)
    stretch = Window(0, len(text), VECTOR, frozenset((keys or text).split()))
    return Candidate(held, stretch, 0, cosine, covered, covered, coverage, coverage, 1.0, gives, 0.0)


@dataclass(frozen=True)
class Steps:
    """What each step of the chain makes of a question."""

    asked: Asked
    weighted: tuple[Weighted, ...]
    found: Found
    ranked: list[Candidate]
    reading: Reading


def steps(index: Index, question: str, history: Sequence[str] = (), count: int = 12) -> Steps:
    asked = understand(question, history, index.analyser)
    weighted = weigh(asked, index)
    found = retrieve(asked, index, count)
    ranked = candidates(asked, weighted, found)
    return Steps(asked, weighted, found, ranked, read(asked, weighted, ranked))

"""Meaning and words → one ranked list of passages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.cover import cover
from assistant.index import Index
from assistant.models import Vectors
from assistant.records import Record
from assistant.terms import Term
from assistant.types import Language, Match
from assistant.understand import Asked, Clause, understand
from assistant.weigh import share, weigh
from assistant.words import english_units, native_units

Scores = np.ndarray[Any, np.dtype[np.floating[Any]]]

NEAREST = 200
FOR_EACH, MOST_CLAUSES = 4, 3
"""Passages for each of several things asked, and of how many of them."""
SIGNALS = ("words", "english", "meaning", "sentence")

# How much each signal counts, by whether question and passage are in Chinese: words, English meeting words, meaning,
# and the best of the passage's sentences. Tuned on one half of the questions, kept for the other (docs/answering.md).
WEIGHTS: Mapping[tuple[bool, bool], tuple[float, float, float, float]] = {
    (False, False): (1.0, 0.1, 1.2, 0.6),
    (True, True): (1.0, 0.3, 0.4, 0.6),
    (True, False): (0.2, 1.0, 0.7, 0.3),
    (False, True): (0.4, 1.0, 1.0, 0.5),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A match with what the index holds of its passage, and the question's vector it was found with."""

    match: Match
    record: Record


@dataclass(frozen=True, slots=True)
class Found:
    """What was retrieved: evidence from best to worst, the question's vector, and those of its clauses."""

    evidence: tuple[Evidence, ...]
    vector: Vectors
    clauses: tuple[Vectors, ...] = ()


def retrieve(asked: Asked, index: Index, count: int) -> Found:
    """The `count` best passages, each document in the version whose language is nearest the question's.

    Where several things are asked, the best passages for each of them are among them.
    """
    whole = _retrieve(asked, index, count)
    if len(asked.clauses) < 2:
        return whole
    each = [_retrieve(_clause_of(asked, clause), index, FOR_EACH) for clause in asked.clauses[:MOST_CLAUSES]]
    found = {evidence.match.passage.id: evidence for part in each for evidence in part.evidence}
    found |= {evidence.match.passage.id: evidence for evidence in whole.evidence}
    best = sorted(found.values(), key=lambda evidence: -evidence.match.score)
    return Found(tuple(best), whole.vector, tuple(part.vector for part in each))


def _clause_of(asked: Asked, clause: Clause) -> Asked:
    """One of the things asked, as a question of its own."""
    terms = tuple(term for term in asked.terms if term.keys & clause.keys)
    text = " ".join(term.text for term in terms)
    return replace(asked, question=replace(asked.question, standalone=text), terms=terms, clauses=())


def _retrieve(asked: Asked, index: Index, count: int) -> Found:
    question = asked.question
    terms = asked.terms + asked.carried
    vector = index.embed(question.standalone, terms)
    parts = _signals(question.standalone, terms, vector, index)
    weights = np.array([_weights(question.language, entry.language)[:3] for entry in index.entries], dtype=np.float32)
    scores = sum(weights.reshape(-1, 3)[:, at] * part for at, part in enumerate(parts))
    scores = np.where(_versions(index, question.language), scores, -1.0)
    best = [int(at) for at in np.argsort(-scores, kind="stable")[:count] if scores[at] > 0]
    weighted = weigh(asked, index)
    found = []
    for at, record in zip(best, index.records(best), strict=True):
        sentence = max((share(weighted, [cover(w.term, s) for w in weighted]) for s in record.sentences), default=0.0)
        why = dict(zip(SIGNALS, (*(float(part[at]) for part in parts), sentence), strict=True))
        weights_ = _weights(question.language, record.passage.source.language)
        score = (float(scores[at]) + weights_[3] * sentence) / sum(weights_)
        found.append(Evidence(Match(record.passage, score, why), record))
    return Found(tuple(sorted(found, key=lambda evidence: -evidence.match.score)), vector)


def _weights(question: Language, passage: Language) -> tuple[float, float, float, float]:
    return WEIGHTS[question.is_chinese, passage.is_chinese]


def _signals(text: str, terms: Sequence[Term], vector: Vectors, index: Index) -> tuple[Scores, Scores, Scores]:
    """Three arrays of shape (passages,), each about 0 to 1."""
    return (
        index.native.scores(native_units(text, terms)),
        index.english.scores(english_units(terms)),
        index.cosines(vector, NEAREST),
    )


def _versions(index: Index, language: Language) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which passages belong to the best version of their document for a question's language."""
    best: dict[str, Language] = {}
    for entry in index.entries:
        known = best.get(entry.document)
        if known is None or _distance(entry.language, language) < _distance(known, language):
            best[entry.document] = entry.language
    return np.array([best[entry.document] == entry.language for entry in index.entries], dtype=bool)


def _distance(version: Language, wanted: Language) -> int:
    if version == wanted:
        return 0
    return 1 if version.is_chinese == wanted.is_chinese else 2


class HybridRetriever(BaseRetriever):
    """The retriever as LangChain knows it; documents carry the passage's id and where it comes from."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Index
    count: int = 12

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        found = retrieve(understand(query, (), self.index.analyser), self.index, self.count)
        return [_document(evidence.match) for evidence in found.evidence]


def _document(match: Match) -> Document:
    passage, source = match.passage, match.passage.source
    meta = {"document": source.id, "title": source.title, "published": source.published, "section": passage.section}
    return Document(id=passage.id, page_content=passage.text, metadata=meta | {"score": match.score, **match.why})

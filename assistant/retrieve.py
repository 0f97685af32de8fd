"""Meaning and words → one ranked list of passages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.index import Index
from assistant.models import Vectors
from assistant.records import Record
from assistant.terms import Term
from assistant.types import Language, Match
from assistant.understand import Asked, understand
from assistant.words import Tokens, tokens

Scores = np.ndarray[Any, np.dtype[np.floating[Any]]]

NEAREST = 200
CARRIED = 0.5

# How much each signal counts, by whether question and passage are in Chinese: words, English meeting words, meaning.
WEIGHTS: Mapping[tuple[bool, bool], tuple[float, float, float]] = {
    (False, False): (1.0, 0.0, 1.0),
    (True, True): (1.0, 0.3, 0.3),
    (True, False): (0.0, 1.0, 0.6),
    (False, True): (0.0, 1.0, 0.6),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A match with what the index holds of its passage, and the question's vector it was found with."""

    match: Match
    record: Record


@dataclass(frozen=True, slots=True)
class Found:
    """What was retrieved for a question: evidence from best to worst, and the question's vector."""

    evidence: tuple[Evidence, ...]
    vector: Vectors


def retrieve(asked: Asked, index: Index, count: int) -> Found:
    """The `count` best passages, each document in the version whose language is nearest the question's."""
    question = asked.question
    terms = asked.terms + asked.carried
    vector = index.embed(question.standalone, terms)
    query = tokens(question.standalone, terms)
    parts = _signals(query, terms, vector, index)
    allowed = _versions(index, question.language)
    weights = np.array(
        [WEIGHTS[question.language.is_chinese, entry.language.is_chinese] for entry in index.entries], dtype=np.float32
    ).reshape(-1, 3)
    scores = np.where(allowed, sum(weights[:, at] * part for at, part in enumerate(parts)), -1.0)
    best = [int(at) for at in np.argsort(-scores, kind="stable")[:count] if scores[at] > 0]
    names = ("words", "english", "meaning")
    return Found(
        tuple(
            Evidence(
                Match(record.passage, float(scores[at]), {n: float(p[at]) for n, p in zip(names, parts, strict=True)}),
                record,
            )
            for at, record in zip(best, index.records(best), strict=True)
        ),
        vector,
    )


def _signals(query: Tokens, terms: Sequence[Term], vector: Vectors, index: Index) -> tuple[Scores, Scores, Scores]:
    """Three arrays of shape (passages,), each about 0 to 1."""
    return (
        index.native.scores(query.native) / _most(query.native, index.native.frequency, index.native.size),
        index.english.scores(query.english) / _most(query.english, index.english.frequency, index.english.size),
        index.cosines(vector, NEAREST),
    )


def _most(query: Sequence[str], frequency: Any, size: int) -> float:
    """The sum of the rarities of the tokens: about the score of a passage that has them all."""
    return max(sum(rarity(frequency(token), size) for token in dict.fromkeys(query)), 1.0)


def rarity(frequency: int, size: int) -> float:
    """Inverse document frequency as BM25 has it (Lucene's form): never negative."""
    return float(np.log(1 + (size - frequency + 0.5) / (frequency + 0.5)))


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

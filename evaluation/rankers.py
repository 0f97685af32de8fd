"""Ways to rank paragraphs for a question: the project's own, and the usual ones it is compared with."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from assistant.index import Index
from assistant.language import has_chinese
from assistant.models import Embedder, Vectors
from assistant.retrieve import retrieve
from assistant.understand import understand
from evaluation.paragraphs import position
from evaluation.ranking import DEPTH

Ranker = Callable[[str], Sequence[int]]
"""Takes a question, gives the positions of paragraphs, best first."""

_WORD = re.compile(r"\w+")

RRF_K = 60
"""The constant of Cormack, Clarke and Büttcher (2009)."""
FUSED = 100
"""How much of each list is fused."""


def rankers(paragraphs: Sequence[str], index: Index, folder: Path) -> dict[str, Ranker]:
    """All of them, under the names they have in the report; `folder` keeps what takes long to make."""
    dense = by_meaning(vectors(paragraphs, index.embedder, folder / "whole.npy"), index.embedder)
    bm25 = by_words(paragraphs)
    return {"project": by_project(index), "dense": dense, "bm25": bm25, "rrf": fused(dense, bm25)}


def by_project(index: Index) -> Ranker:
    """Understanding the question, then retrieving, as the assistant does for a question without history."""

    def rank(question: str) -> list[int]:
        found = retrieve(understand(question, (), index.analyser), index, DEPTH)
        return [position(evidence.match.passage) for evidence in found.evidence]

    return rank


def by_meaning(whole: Vectors, embedder: Embedder) -> Ranker:
    """Cosine of whole texts as they are: what the tutorials of LangChain with Chroma do, searched exactly.

    `whole` are the vectors of the paragraphs, shape (paragraphs, dimensions).
    """

    def rank(question: str) -> list[int]:
        return _best(whole @ embedder.embed([question])[0], -1.0)

    return rank


def vectors(paragraphs: Sequence[str], embedder: Embedder, file: Path) -> Vectors:
    """The vectors of whole paragraphs, read from the file or made and kept there."""
    if not file.is_file():
        partial = file.with_suffix(".partial.npy")
        np.save(partial, embedder.embed(paragraphs))
        partial.replace(file)
    return np.asarray(np.load(file), dtype=np.float32)


def by_words(paragraphs: Sequence[str]) -> Ranker:
    """BM25 over lower-cased words, those of jieba in Chinese; a paragraph without any of them is not found."""
    import bm25s

    index = bm25s.BM25()
    index.index([words(paragraph) or ["-"] for paragraph in paragraphs], show_progress=False)

    def rank(question: str) -> list[int]:
        known = [word for word in words(question) if word in index.vocab_dict]
        return _best(np.asarray(index.get_scores(known)), 0.0) if known else []

    return rank


def fused(*rankers: Ranker) -> Ranker:
    """Reciprocal rank fusion of whole lists, all of equal weight."""

    def rank(question: str) -> list[int]:
        scores: defaultdict[int, float] = defaultdict(float)
        for ranker in rankers:
            for place, found in enumerate(ranker(question), start=1):
                scores[found] += 1 / (RRF_K + place)
        return sorted(scores, key=lambda found: -scores[found])

    return rank


def words(text: str) -> list[str]:
    """The words of a text in lower case, neither stemmed nor folded."""
    found = _jieba().lcut(text.lower()) if has_chinese(text) else [text.lower()]
    return [word for piece in found for word in _WORD.findall(piece)]


@cache
def _jieba() -> Any:
    """Not the assistant's own, which knows the words of the glossary."""
    import jieba

    jieba.setLogLevel(60)
    return jieba.Tokenizer()


def _best(scores: np.ndarray[Any, Any], least: float) -> list[int]:
    order = np.argsort(-scores, kind="stable")[:FUSED]
    return [int(at) for at in order if scores[at] > least]

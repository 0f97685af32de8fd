"""Passages → records: analysed, cut into windows, and the windows embedded."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from assistant.index import text_to_embed
from assistant.language import sentence_spans
from assistant.models import Embedder, Vectors, embedder
from assistant.records import Record, Window
from assistant.settings import Settings
from assistant.terms import Analyser, Term
from assistant.types import Passage
from assistant.words import tokens

THREADS = 2
"""How many texts are embedded at once; each takes a core."""


def embedded(passages: Sequence[Passage], analyser: Analyser, settings: Settings) -> list[Record]:
    """The records of passages; the vectors of all their windows are made in one go."""
    drafts = [_draft(passage, analyser) for passage in passages]
    model = settings.embedding_model
    texts = [text_to_embed(text, terms, model) for draft in drafts for _, _, text, terms in draft.windows()]
    if not texts:
        return []
    vectors = _vectors(texts, embedder(model, settings.index))
    return [draft.record(vectors) for draft in drafts]


def _vectors(texts: Sequence[str], model: Embedder) -> Iterator[Vectors]:
    """The vectors of texts, in order; every thread gets texts of all lengths, for the same work each."""
    parts = [texts[first::THREADS] for first in range(min(THREADS, len(texts)))]
    with ThreadPoolExecutor(len(parts)) as threads:
        found = list(threads.map(model.embed, parts))
    return (found[at % len(parts)][at // len(parts)] for at in range(len(texts)))


@dataclass(frozen=True, slots=True)
class _Draft:
    """A passage analysed, before its vectors are made. Each window is (start, end, text, terms)."""

    passage: Passage
    heading: tuple[Term, ...]
    sentences: tuple[tuple[int, int, tuple[Term, ...]], ...]

    def windows(self) -> Iterator[tuple[int, int, str, tuple[Term, ...]]]:
        text = self.passage.text
        yield 0, len(text), _with_heading(self.passage), self.terms()
        yield from ((start, end, text[start:end], terms) for start, end, terms in self.sentences)
        for (start, _, first), (_, end, second) in zip(self.sentences, self.sentences[1:], strict=False):
            yield start, end, text[start:end], first + second

    def terms(self) -> tuple[Term, ...]:
        return (*self.heading, *(term for _, _, terms in self.sentences for term in terms))

    def record(self, vectors: Iterator[Vectors]) -> Record:
        windows = tuple(_window(start, end, terms, next(vectors)) for start, end, _, terms in self.windows())
        last = 1 + len(self.sentences)
        found = tokens(_with_heading(self.passage), self.terms())
        return Record(self.passage, windows[0], windows[1:last], windows[last:], found.native, found.english)


def _draft(passage: Passage, analyser: Analyser) -> _Draft:
    spans = sentence_spans(passage.text)
    published = passage.source.published
    sentences = tuple((start, end, analyser.terms(passage.text[start:end], published)) for start, end in spans)
    return _Draft(passage, analyser.terms(passage.section), sentences)


def _with_heading(passage: Passage) -> str:
    return f"{passage.section}\n{passage.text}".strip()


def _window(start: int, end: int, terms: Sequence[Term], vector: Vectors) -> Window:
    meant = [term for term in terms if not term.ignored]
    keys, parts, glosses = (
        frozenset(value for term in meant for value in getattr(term, name)) for name in ("keys", "parts", "glosses")
    )
    return Window(start, end, vector, keys, parts, glosses)

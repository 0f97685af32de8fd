"""An index opened for reading: its passages, searched by words and by meaning."""

import hashlib
import os
import weakref
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np

from assistant import generations
from assistant.errors import IndexDamaged, IndexMismatch
from assistant.generations import Entry, Manifest
from assistant.glossary import FILE, glossary
from assistant.glosses import GlossTable
from assistant.models import Embedder, Vectors, embedder, is_english_only
from assistant.records import Record
from assistant.settings import Settings
from assistant.store import Collection
from assistant.terms import Analyser, Term, gloss_sentence
from assistant.types import Language, Source
from assistant.vocabulary import HEARD, Vocabulary, vocabulary_of
from assistant.words import WordIndex, read_index

ANALYSIS = "9"
GLOSSES = "glosses-3.sqlite"
MOST_KEPT = 1000
"""Passages kept in memory, some 20 KB each."""


class Index:
    """One generation of the index, as `open_index` gives it."""

    def __init__(self, settings: Settings, name: str) -> None:
        folder = generations.folder_of(settings.index, name)
        weakref.finalize(self, os.close, generations.hold(folder))
        self.name = name
        self.manifest = generations.read_manifest(folder)
        check_identity(self.manifest, settings)
        self.entries: Sequence[Entry] = self.manifest.entries
        self.position = {entry.id: at for at, entry in enumerate(self.entries)}
        this = weakref.ref(self)  # no circle, so that an index that is read no more is let go of at once
        table = GlossTable(settings.index / GLOSSES)
        self.analyser = Analyser(table, lambda: it._vocabulary if (it := this()) else Vocabulary())
        self._folder = folder
        self._settings = settings
        self._collection = Collection(folder, settings.chroma_url)
        self._kept: dict[int, Record] = {}
        self._collection.check(self.manifest)

    @cached_property
    def native(self) -> WordIndex:
        return read_index(self._folder, "native", len(self.entries))

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        """What documents or glossary know."""
        known = {part for form in glossary().english for part in form}
        stems = {token for token in self.native.vocabulary() if token.isalpha() and token.isascii()}
        names = sorted(token[1:] for token in self.english.vocabulary() if token.startswith(HEARD))
        return vocabulary_of(sorted(known | stems), names)

    @cached_property
    def english(self) -> WordIndex:
        return read_index(self._folder, "english", len(self.entries))

    @cached_property
    def embedder(self) -> Embedder:
        return embedder(self._settings.embedding_model, self._settings.index)

    def embed(self, text: str, terms: Sequence[Term]) -> Vectors:
        """The vector of a question, shape (dimensions,)."""
        vectors = self.embedder.embed([text_to_embed(text, terms, self._settings.embedding_model)])
        return np.asarray(vectors[0], dtype=np.float32)

    def cosines(self, vector: Vectors, count: int) -> Vectors:
        """The best cosine of each passage among the `count` nearest windows; 0 for the others."""
        scores = np.zeros(len(self.entries), dtype=np.float32)
        for name, cosine in self._collection.nearest(vector, count).items():
            scores[self.position[name]] = cosine
        return scores

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The documents, each version once."""
        first: dict[tuple[str, Language], int] = {}
        for at, entry in enumerate(self.entries):
            first.setdefault((entry.document, entry.language), at)
        return tuple(record.passage.source for record in self.records(list(first.values())))

    def records(self, positions: Sequence[int]) -> list[Record]:
        """What is stored of some passages, in the order given, but the pairs of sentences, which only searching needs.

        Those looked at of late are kept in memory.
        """
        known = {at: record for at in positions if (record := self._kept.pop(at, None))}
        wanted = [at for at in dict.fromkeys(positions) if at not in known]
        entries = [replace(self.entries[at], pairs=0) for at in wanted]
        known |= zip(wanted, self._collection.records(entries), strict=True)
        self._kept.update(known)
        for at in list(self._kept)[:-MOST_KEPT]:
            self._kept.pop(at, None)  # another thread may have been here first
        return [known[at] for at in positions]


def open_index(settings: Settings, opened: Index | None = None) -> Index:
    """The generation in use; `opened` again where it still is that one."""
    name = generations.current(settings.index)
    if opened is not None and opened.name == name:
        return opened
    try:
        return Index(settings, name)
    except IndexDamaged:
        if generations.current(settings.index) == name:
            raise
        return open_index(settings)  # it was replaced, and removed, since its name was read


def check_identity(manifest: Manifest, settings: Settings) -> None:
    """Raises IndexMismatch for an index made with another embedding model or analysis."""
    if manifest.embedder != settings.embedding_model:
        raise IndexMismatch(
            f"The index in `{settings.index}` was made with the embedding model `{manifest.embedder}`, and the setting "
            f"ASSISTANT_EMBEDDING_MODEL says `{settings.embedding_model}`; run `python -m ingest` to rebuild it."
        )
    if manifest.analysis != analysis_version():
        raise IndexMismatch(
            f"The index in `{settings.index}` was made with another version of the glossary or of this program; "
            "run `python -m ingest` to rebuild it."
        )


def analysis_version() -> str:
    """Changes when texts would be analysed in another way: by the program, the gloss table or the glossary."""
    digest = hashlib.sha256(FILE.read_bytes()).hexdigest()[:12]
    return f"{ANALYSIS}-{Path(GLOSSES).stem}-{digest}"


def text_to_embed(text: str, terms: Sequence[Term], model: str) -> str:
    """A text as the embedding model should see it: Chinese by its glosses where the model knows only English."""
    if text.isascii() or not is_english_only(model) or not any(not term.text.isascii() for term in terms):
        return text
    return gloss_sentence(tuple(terms))

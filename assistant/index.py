"""An index opened for reading: its passages, searched by words and by meaning."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from assistant import store
from assistant.errors import IndexDamaged, IndexMismatch
from assistant.glossary import glossary
from assistant.glosses import GlossTable
from assistant.models import Embedder, Vectors, embedder, is_english_only
from assistant.settings import Settings
from assistant.store import Entry, Record
from assistant.terms import Analyser, Term, gloss_sentence
from assistant.types import Language, Source
from assistant.words import WordIndex

ANALYSIS = "4"
GLOSSES = "glosses-2.sqlite"


class Index:
    """One generation of the index, as `open_index` gives it."""

    def __init__(self, settings: Settings, name: str) -> None:
        folder = store.generation(settings.index, name)
        self.name = name
        self.manifest = store.read_manifest(folder)
        check_identity(self.manifest, settings)
        self.entries: Sequence[Entry] = self.manifest.entries
        self.position = {entry.id: at for at, entry in enumerate(self.entries)}
        self.analyser = Analyser(GlossTable(settings.index / GLOSSES), lambda: self._stems)
        self._folder = folder
        self._settings = settings
        self._collection = store.Collection(folder, settings.chroma_url)
        if self._collection.count() != self.manifest.records:
            raise IndexDamaged(
                f"The index in `{settings.index}` holds {self._collection.count()} records instead of "
                f"{self.manifest.records}; rebuild it with `python -m ingest --rebuild`."
            )

    @cached_property
    def native(self) -> WordIndex:
        return self._words("native")

    @cached_property
    def _stems(self) -> tuple[str, ...]:
        """The English stems that documents or glossary know."""
        known = {part for form in glossary().english for part in form}
        return tuple(
            sorted(known | {token for token in self.native.vocabulary() if token.isalpha() and token.isascii()})
        )

    @cached_property
    def english(self) -> WordIndex:
        return self._words("english")

    @cached_property
    def embedder(self) -> Embedder:
        return embedder(self._settings.embedding_model, self._settings.index)

    def embed(self, text: str, terms: Sequence[Term]) -> Vectors:
        """The vector of a question, shape (dimensions,)."""
        return self.embedder.embed([text_to_embed(text, terms, self._settings.embedding_model)])[0]

    def cosines(self, vector: Vectors, count: int) -> np.ndarray:  # type: ignore[type-arg]
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
        return self._collection.records([self.entries[at] for at in positions])

    def _words(self, view: str) -> WordIndex:
        try:
            return WordIndex(self._folder / "words" / view)
        except (OSError, ValueError, KeyError) as error:
            raise IndexDamaged(
                f"The word index in `{self._folder}` is damaged; rebuild it with `python -m ingest --rebuild`."
            ) from error


def open_index(settings: Settings, opened: Index | None = None) -> Index:
    """The generation in use; `opened` again where it still is that one."""
    name = store.current(settings.index)
    return opened if opened is not None and opened.name == name else Index(settings, name)


def check_identity(manifest: store.Manifest, settings: Settings) -> None:
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
    """Changes when texts would be analysed in another way: with the program's version of it or the glossary."""
    import hashlib

    from assistant.glossary import FILE

    return f"{ANALYSIS}-{hashlib.sha256(FILE.read_bytes()).hexdigest()[:12]}"


def text_to_embed(text: str, terms: Sequence[Term], model: str) -> str:
    """A text as the embedding model should see it: Chinese by its glosses where the model knows only English."""
    if text.isascii() or not is_english_only(model) or not any(not term.text.isascii() for term in terms):
        return text
    return gloss_sentence(tuple(terms))

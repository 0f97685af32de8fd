"""Passages → index: embeds what is new, copies what is not, writes a new generation and switches to it last."""

import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from assistant import store
from assistant.errors import IndexLocked, IndexProblem
from assistant.glosses import GlossTable
from assistant.index import GLOSSES, analysis_version, check_identity, text_to_embed
from assistant.language import sentence_spans
from assistant.models import embedder
from assistant.settings import Settings
from assistant.store import Manifest, Record, Window
from assistant.terms import Analyser, Term
from assistant.types import Passage
from assistant.words import VIEWS, tokens, write_index
from ingest import split
from ingest.export import export_model
from ingest.glosses import compile_glosses

EMBED_AT_ONCE = 64
"""Passages analysed and embedded in one go: bounds the memory, and is the step of the progress."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Changes:
    """How many passages a sync added, removed and left as they were."""

    added: int
    removed: int
    unchanged: int
    rebuilt: bool = False


def sync(passages: Sequence[Passage], settings: Settings, progress: Progress, rebuild: bool = False) -> Changes:
    """Make the index hold exactly these passages; readers see the old index until the new one is whole."""
    with _lock(settings.index):
        old = None if rebuild else _usable(settings)
        stored = {entry.id: entry for entry in old[1].entries} if old else {}
        wanted = {passage.id: passage for passage in passages}
        changes = Changes(
            added=sum(name not in stored for name in wanted),
            removed=sum(name not in wanted for name in stored),
            unchanged=sum(name in stored for name in wanted),
            rebuilt=old is None,
        )
        if old and not changes.added and not changes.removed and _same_sources(old, wanted, settings):
            return changes
        _write_generation(passages, old, settings, progress)
        return changes


def _usable(settings: Settings) -> tuple[Path, Manifest] | None:
    """The generation in use with its manifest, unless a new one must be made from nothing."""
    try:
        folder = store.generation(settings.index, store.current(settings.index))
        manifest = store.read_manifest(folder)
        check_identity(manifest, settings)
        if manifest.splitter != split.VERSION or not (settings.index / GLOSSES).is_file():
            return None
        if store.Collection(folder, settings.chroma_url).count() != manifest.records:
            return None
        return folder, manifest
    except IndexProblem:
        return None


def _same_sources(old: tuple[Path, Manifest], wanted: dict[str, Passage], settings: Settings) -> bool:
    """Whether the stored passages say the same of their documents: titles, dates and places may have changed."""
    folder, manifest = old
    collection = store.Collection(folder, settings.chroma_url)
    for start in range(0, len(manifest.entries), store.BATCH // 10):
        for record in collection.records(manifest.entries[start : start + store.BATCH // 10]):
            if record.passage != wanted[record.passage.id]:
                return False
    return True


def _write_generation(
    passages: Sequence[Passage], old: tuple[Path, Manifest] | None, settings: Settings, progress: Progress
) -> None:
    _prepare(settings)
    name = f"{time.strftime('%Y%m%dT%H%M%S', time.gmtime())}-{os.urandom(2).hex()}"
    folder = store.generation(settings.index, name)
    folder.mkdir(parents=True)
    collection = store.Collection(folder, settings.chroma_url, create=True)
    entries, native, english, written = [], [], [], 0
    for batch in _records(passages, old, settings, progress):
        written += collection.add(batch)
        entries += [store.entry(record) for record in batch]
        native += [record.native for record in batch]
        english += [record.english for record in batch]
    for view, texts in zip(VIEWS, (native, english), strict=True):
        write_index(folder / "words" / view, texts)
    documents = {(passage.source.id, passage.source.language) for passage in passages}
    newest = max((passage.source.published for passage in passages), default="", key=_last_day)
    identity = (settings.embedding_model, split.VERSION, analysis_version())
    store.write_manifest(folder, Manifest(*identity, newest, len(documents), written, entries))
    store.switch(settings.index, name)
    _remove_older(settings, keep={name, old[0].name if old else name})


def _last_day(published: str) -> str:
    """A date as its last day, for ordering: 2024 comes after 2024-05."""
    return published if not published else (published + "-99-99")[:10]


def _prepare(settings: Settings) -> None:
    """What all generations share: the exported model and the table of glosses."""
    export_model(settings.embedding_model, settings.index)
    table = settings.index / GLOSSES
    if not table.is_file():
        partial = table.with_suffix(".partial")
        partial.unlink(missing_ok=True)
        compile_glosses(partial)
        partial.replace(table)


def _records(
    passages: Sequence[Passage], old: tuple[Path, Manifest] | None, settings: Settings, progress: Progress
) -> Iterator[list[Record]]:
    """All records in order, in batches: unchanged ones with their stored vectors, new ones embedded."""
    stored = {entry.id: entry for entry in old[1].entries} if old else {}
    source = store.Collection(old[0], settings.chroma_url) if old else None
    analyser = Analyser(GlossTable(settings.index / GLOSSES))
    for start in range(0, len(passages), EMBED_AT_ONCE):
        batch = passages[start : start + EMBED_AT_ONCE]
        kept = source.records([stored[p.id] for p in batch if p.id in stored]) if source else []
        new = _embedded([p for p in batch if p.id not in stored], analyser, settings)
        by_id = {record.passage.id: record for record in (*kept, *new)}
        yield [_with_passage(by_id[passage.id], passage) for passage in batch]
        progress(min(start + EMBED_AT_ONCE, len(passages)), len(passages))


def _with_passage(record: Record, passage: Passage) -> Record:
    return Record(passage, record.whole, record.sentences, record.pairs, record.native, record.english)


def _embedded(passages: Sequence[Passage], analyser: Analyser, settings: Settings) -> list[Record]:
    """New records; the vectors of all their windows are made in one go."""
    drafts = [_draft(passage, analyser) for passage in passages]
    texts = [
        text_to_embed(text, terms, settings.embedding_model) for draft in drafts for _, _, text, terms in draft.windows()
    ]
    if not texts:
        return []
    vectors = iter(embedder(settings.embedding_model, settings.index).embed(texts))
    return [draft.record(vectors) for draft in drafts]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A passage analysed, before its vectors are made. Each window is (start, end, text, terms)."""

    passage: Passage
    heading: tuple[Term, ...]
    sentences: tuple[tuple[int, int, tuple[Term, ...]], ...]

    def windows(self) -> Iterator[tuple[int, int, str, tuple[Term, ...]]]:
        text = self.passage.text
        all_terms = tuple(term for _, _, terms in self.sentences for term in terms)
        yield 0, len(text), f"{self.passage.section}\n{text}".strip(), self.heading + all_terms
        yield from ((start, end, text[start:end], terms) for start, end, terms in self.sentences)
        for (start, _, first), (_, end, second) in zip(self.sentences, self.sentences[1:], strict=False):
            yield start, end, text[start:end], first + second

    def record(self, vectors: Iterator[store.Vectors]) -> Record:
        windows = [_window(start, end, terms, next(vectors)) for start, end, _, terms in self.windows()]
        count = len(self.sentences)
        whole, sentences, pairs = windows[0], windows[1 : 1 + count], windows[1 + count :]
        text = f"{self.passage.section}\n{self.passage.text}"
        found = tokens(text, [*self.heading, *(term for _, _, terms in self.sentences for term in terms)])
        return Record(self.passage, whole, tuple(sentences), tuple(pairs), found.native, found.english)


def _draft(passage: Passage, analyser: Analyser) -> _Draft:
    spans = sentence_spans(passage.text)
    sentences = tuple((start, end, analyser.terms(passage.text[start:end])) for start, end in spans)
    return _Draft(passage, analyser.terms(passage.section), sentences)


def _window(start: int, end: int, terms: Sequence[Term], vector: store.Vectors) -> Window:
    meant = [term for term in terms if not term.ignored]
    keys, parts, glosses = (
        frozenset(value for term in meant for value in getattr(term, name)) for name in ("keys", "parts", "glosses")
    )
    return Window(start, end, vector, keys, parts, glosses)


def _remove_older(settings: Settings, keep: set[str]) -> None:
    """Remove generations no reader needs: readers may still be on the one before."""
    for folder in (settings.index / "generations").iterdir():
        if folder.name not in keep:
            if settings.chroma_url:
                store.drop_collection(folder, settings.chroma_url)
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _lock(index: Path) -> Iterator[IO[str]]:
    """One process writes; raises IndexLocked for a second one and for a folder that cannot be written."""
    try:
        index.mkdir(parents=True, exist_ok=True)
        file = (index / "lock").open("a+", encoding="utf-8")
    except OSError as error:
        raise IndexLocked(
            f"The index folder `{index}` cannot be written ({error.strerror}); "
            "give yourself the right to, or set ASSISTANT_INDEX to another folder."
        ) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            raise IndexLocked(
                f"Process {file.read().strip() or 'unknown'} is writing the index in `{index}`; wait until it is done."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield file

"""Passages → index: embeds what is new, copies what is not, writes a new generation and switches to it last."""

import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant import generations, store
from assistant.errors import IndexProblem
from assistant.generations import Entry, Manifest
from assistant.glosses import GlossTable
from assistant.index import GLOSSES, analysis_version
from assistant.records import Record, entry_of
from assistant.settings import Settings
from assistant.terms import Analyser
from assistant.types import Passage, last_day
from assistant.words import VIEWS, write_index
from ingest import split
from ingest.embed import embedded
from ingest.lock import locked
from ingest.prepare import prepare
from ingest.previous import Previous, batches, previous

Progress = Callable[[int], object]
"""Told how many passages are done."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How many passages a sync added, removed and left as they were; `kept`, those of each file not read this time."""

    added: int
    removed: int
    unchanged: int
    rebuilt: bool = False
    kept: Mapping[str, int] = field(default_factory=dict)


def sync(
    passages: Sequence[Passage],
    settings: Settings,
    progress: Progress,
    rebuild: bool = False,
    unread: Collection[str] = (),
) -> Changes:
    """Make the index hold exactly these passages, and those it had of the files that could not be read this time.

    `unread` holds the paths of those files as their sources have them. Readers see the old index until the new one
    is whole. With `rebuild`, nothing of the old index is looked at.
    """
    with locked(settings.index):
        prepare(settings, thorough=rebuild)
        old = None if rebuild else previous(settings)
        if old:
            _remove_all_but({old.name}, settings)
        kept = old.kept(passages, unread) if old else []
        wanted = {passage.id: passage for passage in (*passages, *kept)}
        changes = _changes(old, wanted, kept)
        if old is None or changes.added or changes.removed or not old.tells_the_same(wanted):
            _write_generation(list(wanted.values()), old, settings, progress)
        return changes


def _changes(old: Previous | None, wanted: Mapping[str, Passage], kept: Sequence[Passage]) -> Changes:
    reusable = old.reusable if old else {}
    return Changes(
        added=sum(name not in reusable for name in wanted),
        removed=sum(name not in wanted for name in reusable),
        unchanged=sum(name in reusable for name in wanted),
        rebuilt=old is None or old.is_other,
        kept=Counter(passage.source.path for passage in kept),
    )


def _write_generation(
    passages: Sequence[Passage], old: Previous | None, settings: Settings, progress: Progress
) -> None:
    name = f"{time.strftime('%Y%m%dT%H%M%S', time.gmtime())}-{os.urandom(4).hex()}"
    folder = generations.folder_of(settings.index, name)
    folder.mkdir(parents=True)
    try:
        entries = _write_records(folder, _records(passages, old, settings, progress), settings)
        generations.write_manifest(folder, _manifest(passages, entries, settings))
        before = _pointed_at(settings.index)
        generations.switch(settings.index, name)
    except BaseException:
        if _pointed_at(settings.index) != name:
            _remove(folder, settings)
        raise
    _remove_all_but({name, before}, settings)


def _write_records(folder: Path, batches: Iterator[list[Record]], settings: Settings) -> list[Entry]:
    collection = store.Collection(folder, settings.chroma_url, create=True)
    entries: list[Entry] = []
    words: dict[str, list[tuple[str, ...]]] = {view: [] for view in VIEWS}
    for batch in batches:
        collection.add(batch)
        entries += [entry_of(record) for record in batch]
        for view in VIEWS:
            words[view] += [getattr(record, view) for record in batch]
    for view in VIEWS:
        write_index(folder, view, words[view])
    return entries


def _manifest(passages: Sequence[Passage], entries: list[Entry], settings: Settings) -> Manifest:
    documents = {(passage.source.id, passage.source.language) for passage in passages}
    newest = max((passage.source.published for passage in passages), default="", key=last_day)
    return Manifest(settings.embedding_model, split.VERSION, analysis_version(), newest, len(documents), entries)


def _records(
    passages: Sequence[Passage], old: Previous | None, settings: Settings, progress: Progress
) -> Iterator[list[Record]]:
    """All records in order, in batches: unchanged ones with their stored vectors, new ones embedded."""
    reusable = old.reusable if old else {}
    analyser = Analyser(GlossTable(settings.index / GLOSSES))
    done = 0
    for batch in batches(passages):
        copied = old.collection.records([reusable[p.id] for p in batch if p.id in reusable]) if old else []
        made = embedded([p for p in batch if p.id not in reusable], analyser, settings)
        by_id = {record.passage.id: record for record in (*copied, *made)}
        yield [replace(by_id[passage.id], passage=passage) for passage in batch]
        done += len(batch)
        progress(done)


def _pointed_at(index: Path) -> str:
    """The generation that readers may still be on, whether or not it could be used."""
    try:
        return generations.current(index)
    except IndexProblem:
        return ""


def _remove_all_but(names: Collection[str], settings: Settings) -> None:
    for folder in generations.folders(settings.index):
        if folder.name not in names:
            _remove(folder, settings)


def _remove(folder: Path, settings: Settings) -> None:
    if settings.chroma_url:
        store.drop_collection(folder, settings.chroma_url)
    shutil.rmtree(folder, ignore_errors=True)

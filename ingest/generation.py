"""Writes a generation of the index, switches to it last, and removes those that nobody reads any more."""

import os
import shutil
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from assistant import generations, store
from assistant.errors import IndexProblem
from assistant.generations import Entry, Manifest, content_of
from assistant.glosses import GlossTable
from assistant.index import GLOSSES, analysis_version
from assistant.records import Record, entry_of
from assistant.settings import Settings
from assistant.terms import Analyser
from assistant.types import Passage, last_day
from assistant.words import VIEWS, write_index
from ingest import split
from ingest.embed import embedded
from ingest.previous import Previous, told

AT_ONCE = 64
"""Passages read, analysed and embedded in one go: bounds the memory, and is the step of the progress."""

Progress = Callable[[int], object]
"""Told how many passages are done."""

Item = TypeVar("Item")


def write(
    passages: Sequence[Passage],
    files: Mapping[str, str],
    old: Previous | None,
    settings: Settings,
    progress: Progress,
) -> None:
    """Make a generation of these passages the one in use; if that fails, all is as it was."""
    name = f"{time.strftime('%Y%m%dT%H%M%S', time.gmtime())}-{os.urandom(4).hex()}"
    folder = generations.folder_of(settings.index, name)
    folder.mkdir(parents=True)
    try:
        entries = _write_records(folder, _records(passages, old, settings, progress), settings)
        generations.write_manifest(folder, _manifest(passages, entries, files, settings))
        before = _pointed_at(settings.index)
        generations.switch(settings.index, name)
    except BaseException:
        if _pointed_at(settings.index) != name:
            _remove(folder, settings)
        raise
    remove_all_but({name, before}, settings)


def remove_all_but(names: Collection[str], settings: Settings) -> None:
    """Remove the other generations; one that is being read stays until a later time."""
    for folder in generations.folders(settings.index):
        if folder.name not in names:
            with generations.unheld(folder) as free:
                if free:
                    _remove(folder, settings)


def _write_records(folder: Path, batches: Iterator[list[Record]], settings: Settings) -> list[Entry]:
    collection = store.Collection(folder, settings.chroma_url, create=True)
    entries: list[Entry] = []
    words: dict[str, list[tuple[str, ...]]] = {view: [] for view in VIEWS}
    known: dict[str, str] = {}  # each word once in memory, however many passages it is in
    for batch in batches:
        collection.add(batch)
        entries += [entry_of(record) for record in batch]
        for view in VIEWS:
            words[view] += [tuple(known.setdefault(w, w) for w in getattr(record, view)) for record in batch]
    collection.close()
    for view in VIEWS:
        write_index(folder, view, words.pop(view))
    return entries


def _manifest(
    passages: Sequence[Passage], entries: list[Entry], files: Mapping[str, str], settings: Settings
) -> Manifest:
    documents = {(passage.source.id, passage.source.language) for passage in passages}
    newest = max((passage.source.published for passage in passages), default="", key=last_day)
    versions = (settings.embedding_model, split.VERSION, analysis_version())
    return Manifest(*versions, newest, len(documents), entries, files, told(passages))


def _records(
    passages: Sequence[Passage], old: Previous | None, settings: Settings, progress: Progress
) -> Iterator[list[Record]]:
    """All records in order, in batches: unchanged ones with their stored vectors, new ones embedded."""
    analyser = Analyser(GlossTable(settings.index / GLOSSES))
    done = 0
    for batch in _batches(passages):
        found = dict(old.copies(batch)) if old else {}
        new = [passage for passage in batch if content_of(passage) not in found]
        found |= {content_of(record.passage): record for record in embedded(new, analyser, settings)}
        yield [replace(found[content_of(passage)], passage=passage) for passage in batch]
        done += len(batch)
        progress(done)


def _batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    yield from (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))


def _pointed_at(index: Path) -> str:
    """The generation that readers may still be on, whether or not it could be used."""
    try:
        return generations.current(index)
    except IndexProblem:
        return ""


def _remove(folder: Path, settings: Settings) -> None:
    if settings.chroma_url:
        store.drop_collection(folder, settings.chroma_url)
    shutil.rmtree(folder, ignore_errors=True)

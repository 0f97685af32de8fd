"""The index as it was before a sync: what can be copied from it, and what must be kept."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from assistant import generations, store
from assistant.errors import IndexMismatch, IndexProblem, IndexUnreachable
from assistant.generations import Entry, Manifest
from assistant.index import check_identity
from assistant.settings import Settings
from assistant.types import Passage
from assistant.words import VIEWS, read_index
from ingest import split

AT_ONCE = 64
"""Passages read, analysed and embedded in one go: bounds the memory, and is the step of the progress."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Previous:
    """The generation in use. `is_other`: its records cannot be copied, for another model or program made them."""

    name: str
    manifest: Manifest
    collection: store.Collection
    is_other: bool

    @property
    def reusable(self) -> Mapping[str, Entry]:
        return {} if self.is_other else {entry.id: entry for entry in self.manifest.entries}

    def kept(self, passages: Sequence[Passage], unread: Collection[str]) -> list[Passage]:
        """The passages of the files at the paths in `unread`, unless another file has become that document."""
        if not unread:
            return []
        read = {(passage.source.id, passage.source.language) for passage in passages}
        missing = [entry for entry in self.manifest.entries if (entry.document, entry.language) not in read]
        return [passage for passage in self._passages(missing) if passage.source.path in unread]

    def tells_the_same(self, wanted: Mapping[str, Passage]) -> bool:
        """Whether it holds these passages in this order, with the same titles, dates and places."""
        same_order = [entry.id for entry in self.manifest.entries] == list(wanted)
        return same_order and all(p == wanted[p.id] for p in self._passages(self.manifest.entries))

    def _passages(self, entries: Sequence[Entry]) -> Iterator[Passage]:
        for batch in batches(entries):
            yield from (record.passage for record in self.collection.records(batch))


def previous(settings: Settings) -> Previous | None:
    """The generation in use, None where there is none or it is damaged."""
    try:
        name = generations.current(settings.index)
        folder = generations.folder_of(settings.index, name)
        manifest = generations.read_manifest(folder)
        collection = store.Collection(folder, settings.chroma_url)
        collection.check(manifest)
        for view in VIEWS:
            read_index(folder, view, len(manifest.entries))
    except IndexUnreachable:
        raise
    except IndexProblem:
        return None
    return Previous(name, manifest, collection, _is_other(manifest, settings))


def batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    yield from (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))


def _is_other(manifest: Manifest, settings: Settings) -> bool:
    try:
        check_identity(manifest, settings)
    except IndexMismatch:
        return True
    return manifest.splitter != split.VERSION

"""The index as it was before a sync: what can be copied from it, and what must be kept."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assistant import generations, store
from assistant.errors import IndexMismatch, IndexProblem, IndexUnreachable
from assistant.generations import Entry, Manifest, content_of
from assistant.index import check_identity
from assistant.records import Record
from assistant.settings import Settings
from assistant.types import Passage
from assistant.words import VIEWS, read_index
from ingest import split
from ingest.document import holder


@dataclass(frozen=True)
class Previous:
    """The generation in use. `is_other`: its records cannot be copied, for another model or program made them."""

    name: str
    manifest: Manifest
    collection: store.Collection
    is_other: bool

    @cached_property
    def reusable(self) -> Mapping[str, Entry]:
        return {} if self.is_other else {entry.id: entry for entry in self.manifest.entries}

    @cached_property
    def _by_content(self) -> Mapping[str, Entry]:
        return {entry.content: entry for entry in self.reusable.values()}

    def equal(self, passage: Passage) -> Entry | None:
        """The entry of a passage that says the same, in whichever document, for it may be renamed."""
        return self._by_content.get(content_of(passage))

    def copies(self, passages: Iterable[Passage]) -> Mapping[str, Record]:
        """What can be copied of some passages, by the content that they share with what is there."""
        entries = {entry.id: entry for passage in passages if (entry := self.equal(passage))}
        return {entry.content: record for entry, record in self._records(list(entries.values()))}

    def passages_of(self, names: Collection[str]) -> dict[str, list[Passage]]:
        """The passages of some files, by name."""
        found: dict[str, list[Passage]] = {}
        for passage in self.collection.passages([entry for entry in self.manifest.entries if entry.path in names]):
            found.setdefault(passage.source.path, []).append(passage)
        return found

    def kept(self, passages: Sequence[Passage], unread: Collection[str]) -> list[Passage]:
        """The passages of the files at the paths in `unread`, unless another file has become that document."""
        read = {(passage.source.id, passage.source.language) for passage in passages}
        entries = self.manifest.entries
        missing = [
            entry for entry in entries if holder(entry.path, unread) and (entry.document, entry.language) not in read
        ]
        return list(self.collection.passages(missing))

    def tells(self, passages: Iterable[Passage]) -> bool:
        """Whether it holds these passages in this order, with the same titles, dates and places."""
        return list(self.manifest.told.items()) == list(told(passages).items())

    def counts(self, names: Collection[str]) -> Mapping[str, int]:
        """How many passages it has of some files, by name."""
        return Counter(name for entry in self.manifest.entries if (name := holder(entry.path, names)))

    def _records(self, entries: Sequence[Entry]) -> Iterator[tuple[Entry, Record]]:
        return zip(entries, self.collection.records(entries), strict=True)


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
    return Previous(name, manifest, collection, is_other(manifest, settings))


def is_other(manifest: Manifest, settings: Settings) -> bool:
    """Whether another model or another program made it."""
    try:
        check_identity(manifest, settings)
    except IndexMismatch:
        return True
    return manifest.splitter != split.VERSION


def told(passages: Iterable[Passage]) -> dict[str, str]:
    """A digest of the passages of each file in their order, with all that is said of them: titles, dates, places."""
    digests: dict[str, Any] = {}
    for passage in passages:
        digests.setdefault(passage.source.path, hashlib.sha256()).update(repr(passage).encode())
    return {name: digest.hexdigest()[:32] for name, digest in digests.items()}

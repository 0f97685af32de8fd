"""What a sync would change, document by document: the files as they are against the index as it is."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.generations import Entry, Manifest, content_of
from ingest.inputs import Inputs
from ingest.previous import told

Contents = Mapping[str, Counter[str]]
"""Digests of the passages of each file, by the file's name."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Names of files with their passages; those of a changed one are (added, removed, unchanged)."""

    added: Mapping[str, int]
    changed: Mapping[str, tuple[int, int, int]]
    renamed: Mapping[str, str]
    removed: Mapping[str, int]
    unchanged: int
    embedded: int

    def __str__(self) -> str:
        """A line for each document that would change, and one for all."""
        return "\n".join((*self._documents(), self._sum()))

    def _documents(self) -> Iterator[str]:
        yield from (f"added: {name} ({count} passages)" for name, count in self.added.items())
        for name, (added, removed, unchanged) in self.changed.items():
            yield f"changed: {name} ({added} passages added, {removed} removed, {unchanged} unchanged)"
        yield from (f"renamed: {before} to {after}" for after, before in self.renamed.items())
        yield from (f"removed: {name} ({count} passages)" for name, count in self.removed.items())

    def _sum(self) -> str:
        counts = {"added": self.added, "changed": self.changed, "renamed": self.renamed, "removed": self.removed}
        told = ", ".join(f"{len(documents)} {what}" for what, documents in counts.items())
        return f"{told}, {self.unchanged} unchanged documents; {self.embedded} passages to embed; nothing was written"


def plan(inputs: Inputs, known: Manifest | None, reusable: bool) -> Plan:
    """Compare what was read with what is known; only where `reusable` need equal passages not be embedded again."""
    held = _held(known.entries if known else ())
    found = {name: Counter(map(content_of, passages)) for name, passages in inputs.passages.items()}
    stay = inputs.same | inputs.unread
    gone = {name: contents for name, contents in held.items() if name not in found and name not in stay}
    renamed = _renamed({name: contents for name, contents in found.items() if name not in held}, gone)
    there = {content for contents in held.values() for content in contents} if reusable else set()
    before = known.told if known else {}
    changed = {
        name: _difference(now, held[name])
        for name, now in found.items()
        if name in held and told(inputs.passages[name]).get(name) != before.get(name)
    }
    return Plan(
        added={name: sum(found[name].values()) for name in found if name not in held and name not in renamed},
        changed=changed,
        renamed=renamed,
        removed={name: sum(gone[name].values()) for name in gone if name not in renamed.values()},
        unchanged=sum(name in held and name not in changed and name not in gone for name in held),
        embedded=sum(content not in there for contents in found.values() for content in contents.elements())
        + (0 if reusable else sum(held[name].total() for name in stay if name in held)),
    )


def _held(entries: Sequence[Entry]) -> Contents:
    held: dict[str, Counter[str]] = {}
    for entry in entries:
        held.setdefault(entry.path, Counter())[entry.content] += 1
    return held


def _renamed(new: Contents, gone: Contents) -> dict[str, str]:
    """The new names of files that are gone, and their old ones: those that say the same."""
    left = {frozenset(contents.items()): name for name, contents in gone.items()}
    return {name: old for name, contents in new.items() if (old := left.pop(frozenset(contents.items()), None))}


def _difference(now: Counter[str], before: Counter[str]) -> tuple[int, int, int]:
    return (now - before).total(), (before - now).total(), (now & before).total()

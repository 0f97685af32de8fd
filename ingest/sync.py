"""Passages → index: embeds what is new, copies what is not, and leaves an index alone that says the same."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant import generations
from assistant.settings import Settings
from assistant.types import Passage
from ingest import generation
from ingest.document import holder
from ingest.generation import Progress
from ingest.inputs import Inputs
from ingest.lock import locked
from ingest.prepare import prepare
from ingest.previous import Previous, previous


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
        old = opened(settings, rebuild)
        return _renewed(passages, unread, {}, old, settings, progress)


def opened(settings: Settings, rebuild: bool = False) -> Previous | None:
    """What the index has already, and beside it what all generations share; to be asked for under the lock."""
    prepare(settings, thorough=rebuild)
    old = None if rebuild else previous(settings)
    if old:
        generation.remove_all_but({old.name}, settings)
    return old


def sync_files(inputs: Inputs, old: Previous | None, settings: Settings, progress: Progress) -> Changes:
    """Make the index hold what these files say; to be done under the lock, by which `old` was opened."""
    if old and _is_as_it_was(inputs, old):
        return Changes(0, 0, len(old.manifest.entries), kept=old.counts(inputs.unread))
    copied = old.passages_of(inputs.same) if old else {}
    by_name = {**copied, **inputs.passages}
    passages = [passage for file in inputs.files for passage in by_name.pop(file.name, ())]
    return _renewed(passages, inputs.unread, inputs.digests, old, settings, progress)


def _is_as_it_was(inputs: Inputs, old: Previous) -> bool:
    same_files = list(inputs.digests.items()) == list(old.manifest.files.items())
    return same_files and not inputs.passages and not old.is_other


def _renewed(
    passages: Sequence[Passage],
    unread: Collection[str],
    files: Mapping[str, str],
    old: Previous | None,
    settings: Settings,
    progress: Progress,
) -> Changes:
    kept = old.kept(passages, unread) if old else []
    wanted = {passage.id: passage for passage in (*passages, *kept)}
    changes = _changes(old, wanted, Counter(holder(passage.source.path, unread) for passage in kept))
    if old is None or old.is_other or not old.tells(wanted.values()):
        generation.write(list(wanted.values()), files, old, settings, progress)
    elif old.manifest.files != files:
        folder = generations.folder_of(settings.index, old.name)
        generations.write_manifest(folder, replace(old.manifest, files=files))
    return changes


def _changes(old: Previous | None, wanted: Mapping[str, Passage], kept: Mapping[str, int]) -> Changes:
    reusable = old.reusable if old else {}
    return Changes(
        added=sum(name not in reusable for name in wanted),
        removed=sum(name not in wanted for name in reusable),
        unchanged=sum(name in reusable for name in wanted),
        rebuilt=old is None or old.is_other,
        kept=kept,
    )

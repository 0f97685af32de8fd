"""The index folder: its generations, which of them is in use, and what each was made of.

index/current                     the name of the generation in use
index/generations/<name>/         manifest.json, chroma/, words/native/, words/english/
index/glosses-3.sqlite, index/models/, index/pages/   shared by all generations

What a generation says is never changed once it is in use. Whoever reads one holds it, and what is held is not removed.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, fields
from operator import attrgetter
from pathlib import Path

from assistant.errors import IndexDamaged, IndexMissing
from assistant.relative import resolved
from assistant.types import Language, Passage


@dataclass(frozen=True, slots=True)
class Entry:
    """What is kept in memory of each passage: `path` is its file's, `content` tells equal passages of any document."""

    id: str
    document: str
    language: Language
    sentences: int
    pairs: int
    path: str
    content: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was made with and of; an index whose identity differs is not read.

    `files` holds a digest of each file by its name, in order, empty for one that could not be read; `told` holds one
    of all that its passages tell, of themselves and of their source.
    """

    embedder: str
    splitter: str
    analysis: str
    newest: str
    documents: int
    entries: list[Entry] = field(default_factory=list)
    files: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many rows of the collection its entries stand for."""
        return sum(1 + entry.sentences + entry.pairs for entry in self.entries)


_NAMES, _ENTRY_NAMES = ([each.name for each in fields(kind)] for kind in (Manifest, Entry))
_ENTRY = attrgetter(*_ENTRY_NAMES)  # much faster than `asdict`, for there are many


def content_of(passage: Passage) -> str:
    """A digest of what a passage's vectors and words are made from, whichever document it is in.

    What "last year" means in it is among the words, so that the date counts where it is told from.
    """
    dates = (each.value for each in resolved(passage.text, passage.source.published))
    parts = (passage.source.language, passage.section, passage.text, *dates)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def current(index: Path) -> str:
    """The name of the generation in use; raises IndexMissing where there is none."""
    try:
        return (index / "current").read_text("utf-8").strip()
    except FileNotFoundError:
        raise IndexMissing(f"There is no index in `{index}` yet; make it with `python -m ingest`.") from None
    except OSError as error:
        raise IndexDamaged(f"The index in `{index}` cannot be read ({error.strerror}); check its rights.") from error
    except UnicodeDecodeError as error:
        raise damaged(index, "`current` names no generation") from error


def switch(index: Path, name: str) -> None:
    """Make a generation the one in use, at once and whole, after all of it has reached the disk."""
    _to_disk(folder_of(index, name))
    _replace(index / "current", name)


def folder_of(index: Path, name: str) -> Path:
    return index / "generations" / name


def folders(index: Path) -> list[Path]:
    """The folders of all generations, whole or not."""
    parent = index / "generations"
    return sorted(parent.iterdir()) if parent.is_dir() else []


def hold(folder: Path) -> int:
    """A descriptor that keeps a generation from being removed until it is closed; raises IndexDamaged if it is gone.

    Where the file system knows no locks, nothing is kept.
    """
    try:
        held = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise damaged(folder, "its folder is missing") from error
    try:
        fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(held)
        raise damaged(folder, "it is being removed") from error
    except OSError:
        pass
    return held


@contextmanager
def unheld(folder: Path) -> Iterator[bool]:
    """Whether nobody reads a generation, nor can begin to until the end of the block."""
    try:
        taken = os.open(folder, os.O_RDONLY)
    except OSError:
        yield True
        return
    try:
        fcntl.flock(taken, fcntl.LOCK_EX | fcntl.LOCK_NB)
        free = True
    except OSError as error:
        free = not isinstance(error, BlockingIOError)
    try:
        yield free
    finally:
        os.close(taken)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation; raises IndexDamaged where it is missing or not what was written."""
    try:
        data = json.loads((folder / "manifest.json").read_text("utf-8"))
        entries = [Entry(**{**entry, "language": Language(entry["language"])}) for entry in data.pop("entries")]
        return Manifest(**data, entries=entries)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise damaged(folder, "its manifest is missing or cannot be read") from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Written at once and whole, so that it may also take the place of one that readers know."""
    told = {name: getattr(manifest, name) for name in _NAMES}
    told["entries"] = [dict(zip(_ENTRY_NAMES, _ENTRY(entry), strict=True)) for entry in manifest.entries]
    _replace(folder / "manifest.json", json.dumps(told, ensure_ascii=False))


def damaged(place: Path, why: object) -> IndexDamaged:
    """The error for an index that only making it anew mends."""
    return IndexDamaged(f"The index in `{place}` is damaged ({why}); rebuild it with `python -m ingest --rebuild`.")


def _replace(path: Path, text: str) -> None:
    """Write a file so that there is always the old or the new one, whole, even after a loss of power."""
    partial = path.with_name(f"{path.name}.partial")
    with partial.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    _sync(path.parent)


def _to_disk(folder: Path) -> None:
    """Every file below a folder, then every folder up to the index."""
    for parent, _, names in os.walk(folder, topdown=False):
        for name in (*names, "."):
            _sync(Path(parent) / name)
    _sync(folder.parent)


def _sync(path: Path) -> None:
    with suppress(FileNotFoundError):
        opened = os.open(path, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)

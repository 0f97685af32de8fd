"""The index folder: its generations, which of them is in use, and what each was made of.

index/current                     the name of the generation in use
index/generations/<name>/         manifest.json, chroma/, words/native/, words/english/
index/glosses-3.sqlite, index/models/   shared by all generations
"""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from assistant.errors import IndexDamaged, IndexMissing
from assistant.types import Language


@dataclass(frozen=True, slots=True)
class Entry:
    """What is kept in memory of each passage."""

    id: str
    document: str
    language: Language
    sentences: int
    pairs: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was made with and of; an index whose identity differs is not read."""

    embedder: str
    splitter: str
    analysis: str
    newest: str
    documents: int
    entries: list[Entry] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """How many rows of the collection its entries stand for."""
        return sum(1 + entry.sentences + entry.pairs for entry in self.entries)


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
    """Make a generation the one in use, at once and whole."""
    partial = index / "current.partial"
    with partial.open("w", encoding="utf-8") as file:
        file.write(name)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(index / "current")


def folder_of(index: Path, name: str) -> Path:
    return index / "generations" / name


def folders(index: Path) -> list[Path]:
    """The folders of all generations, whole or not."""
    parent = index / "generations"
    return sorted(parent.iterdir()) if parent.is_dir() else []


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation; raises IndexDamaged where it is missing or not what was written."""
    try:
        data = json.loads((folder / "manifest.json").read_text("utf-8"))
        entries = [Entry(**{**entry, "language": Language(entry["language"])}) for entry in data.pop("entries")]
        return Manifest(**data, entries=entries)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise damaged(folder, "its manifest is missing or cannot be read") from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    (folder / "manifest.json").write_text(json.dumps(asdict(manifest), ensure_ascii=False), "utf-8")


def damaged(place: Path, why: object) -> IndexDamaged:
    """The error for an index that only making it anew mends."""
    return IndexDamaged(f"The index in `{place}` is damaged ({why}); rebuild it with `python -m ingest --rebuild`.")

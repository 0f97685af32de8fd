"""What the writing side hands on: File → Raw → Cleaned → Document. Frozen, free of I/O, with where each came from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant.types import Source

Meta = Mapping[str, str | None]
"""What is told of a document, by key: id, kind, title, source, publisher, published, url, language."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to read; `name` is its path inside the folder it was found in, and stays when that folder moves.

    A member of a zip archive has the path that it would have if the archive were a folder; `archive` is the archive,
    and `member` its name in there. `meta` is what is told of the document elsewhere, and wins over what the file tells.
    """

    path: Path
    name: str
    archive: Path | None = None
    member: str = ""
    meta: Meta = field(default_factory=dict, hash=False)

    @property
    def place(self) -> str:
        """Where a person finds it: the address of a page, else the path."""
        return self.meta.get("url") or str(self.path)


@dataclass(frozen=True, slots=True)
class Raw:
    """What a reader makes of a file: its text with Markdown's headings, and a form feed before each further page.

    `meta` is what the file tells of itself, `notes` tell what could not be read of it. `paged` says that its pages are
    numbered, be it only one; `is_plain`, that this is the file as it was written, with front matter if it has any.
    """

    text: str
    meta: Meta = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    paged: bool = False
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text: as found, and as kept. `text` is None where it was dropped; `reason` names the rule."""

    number: int
    page: int
    found: str
    text: str | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document to be split: its cleaned text, and where in it each page starts, as (offset, page).

    `pages` is empty where a file has no pages. `dropped` is what cleaning left out and `repaired` what it changed, with
    the reasons; `origins` tells for each key of the source what it was taken from.
    """

    source: Source
    text: str
    pages: tuple[tuple[int, int], ...] = ()
    dropped: tuple[Line, ...] = ()
    repaired: tuple[Line, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and why, in a sentence."""

    file: File
    reason: str


def holder(path: str, names: Collection[str]) -> str:
    """The one of some files that is at a path, be it the archive in which the path leads on; empty where none is."""
    while path and path not in names:
        path = path.rpartition("/")[0]
    return path

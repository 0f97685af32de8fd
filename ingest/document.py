"""What the writing side hands on: File → Raw → Cleaned → Document. Frozen, free of I/O, each with where it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant.types import Source

Meta = Mapping[str, str | None]
"""What is told of a document, by key: id, kind, title, source, publisher, published, url, language."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to read; `name` is its path inside the folder it was found in, and stays when that folder moves.

    `meta` is what is told of the document elsewhere, and wins over what the file tells of itself.
    """

    path: Path
    name: str
    meta: Meta = field(default_factory=dict, hash=False)

    @property
    def place(self) -> str:
        """Where a person finds it: the address of a page, else the path."""
        return self.meta.get("url") or str(self.path)


@dataclass(frozen=True, slots=True)
class Raw:
    """What a reader makes of a file: its text with Markdown's headings, and a form feed before each further page.

    `meta` is what the file tells of itself, `notes` are sentences about what could not be read of it.
    """

    text: str
    meta: Meta = field(default_factory=dict)
    notes: tuple[str, ...] = ()


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

    `pages` is empty where a file has no pages. `dropped` is what cleaning left out, with the reasons; `origins` tells
    for each key of the source what it was taken from.
    """

    source: Source
    text: str
    pages: tuple[tuple[int, int], ...] = ()
    dropped: tuple[Line, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and why, in a sentence."""

    file: File
    reason: str

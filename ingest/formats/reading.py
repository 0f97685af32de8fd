"""A file's bytes → Raw, by the format that they have."""

import importlib
from types import ModuleType

from assistant.errors import DocumentError
from ingest.document import Raw
from ingest.formats import kinds
from ingest.formats.kinds import Format

LONGEST = 20_000_000
"""Characters of text of a file; a book has one million."""


def read(data: bytes, suffix: str) -> Raw:
    """What the file says; raises DocumentError, about no file in particular, where it cannot be read."""
    if not data:
        raise DocumentError("the file is empty; write some text or remove it")
    kind = kinds.of(data, suffix)
    try:
        raw: Raw = _module(kind).read(data)
    except (DocumentError, MemoryError):
        raise
    except (Exception, SystemExit) as error:  # a parser can raise anything on a damaged file
        raise DocumentError(f"the file is damaged ({_told(error)}); save or fetch it anew") from error
    if len(raw.text) > LONGEST:
        raise DocumentError(f"the file has more than {LONGEST:,} characters of text; split it")
    return raw


def _told(error: BaseException) -> str:
    lines = str(error).splitlines() or [""]
    return f"{type(error).__name__}: {lines[0][:200]}".rstrip(": ")


def more_seconds(data: bytes, suffix: str) -> float:
    """The time that reading it takes beyond the usual, which only a PDF file can: by its pages."""
    try:
        return float(_module(Format.PDF).more_seconds(data)) if kinds.of(data, suffix) is Format.PDF else 0.0
    except DocumentError:
        return 0.0  # and `read` will tell what is wrong


def _module(kind: Format) -> ModuleType:
    """Loaded when it is first needed: no process needs all parsers."""
    return importlib.import_module(f"ingest.formats.{kind}")

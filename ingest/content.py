"""A file → its bytes, and what they say; whatever is wrong is a DocumentError, about no file in particular."""

import stat
from pathlib import Path

from assistant.errors import DocumentError
from ingest import archive
from ingest.document import File, Raw
from ingest.formats import reading

LARGEST = 100 * 1024 * 1024
"""Bytes of a file; a larger one is refused before it is read."""


def content(file: File) -> bytes:
    """The file's bytes, all of one moment."""
    if file.archive is not None:
        return archive.content(file.archive, file.member)
    try:
        return _whole(file.path)
    except OSError as error:
        raise DocumentError(
            f"the file cannot be read ({error.strerror}); check that it exists and its rights"
        ) from error


def parsed(file: File) -> Raw:
    return reading.read(content(file), suffix(file))


def more_seconds(file: File) -> float:
    """The time that `parsed` may take beyond the usual."""
    return reading.more_seconds(content(file), suffix(file))


def suffix(file: File) -> str:
    return file.path.suffix.lower()


def _whole(path: Path) -> bytes:
    """Read twice where it changed meanwhile; someone may be saving it."""
    for _ in range(2):
        before = path.stat()
        _check(before.st_mode, before.st_size)
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
        after = path.stat()
        if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns) and len(data) == after.st_size:
            return data
    raise DocumentError("the file changed while it was read; try again when nobody is writing it")


def _check(mode: int, size: int) -> None:
    if not stat.S_ISREG(mode):
        raise DocumentError("this is no file with contents; give a document")
    if size > LARGEST:
        raise DocumentError(f"the file has {size / 1024**2:,.0f} MB, and {LARGEST // 1024**2} is the most; split it")

"""One process writes the index at a time."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

from assistant.errors import IndexLocked


@contextmanager
def locked(index: Path) -> Iterator[None]:
    """Hold the index folder; raises IndexLocked while another process does, or where it cannot be written."""
    try:
        index.mkdir(parents=True, exist_ok=True)
        file = (index / "lock").open("ab+", buffering=0)
    except OSError as error:
        raise _unwritable(index, error) from error
    with file:
        try:
            _take(file, index)
            yield
        except (OSError, sqlite3.Error) as error:
            raise _unwritable(index, error) from error


def _unwritable(index: Path, error: Exception) -> IndexLocked:
    return IndexLocked(
        f"The index folder `{index}` cannot be written ({getattr(error, 'strerror', None) or error}); "
        "make room or give yourself the right to, or set ASSISTANT_INDEX to another folder."
    )


def _take(file: FileIO, index: Path) -> None:
    """Take the lock, which the system gives back whatever becomes of the process, and note who holds it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        holder = file.read().decode(errors="replace").strip() or "unknown"
        raise IndexLocked(f"Process {holder} is writing the index in `{index}`; wait until it is done.") from None
    file.truncate(0)
    file.write(str(os.getpid()).encode())

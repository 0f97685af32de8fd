"""Paths → the files to read: those below a folder, those in a zip archive; nothing else is left out silently."""

import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath

from assistant.errors import DocumentError
from ingest import archive, isolate
from ingest.document import File
from ingest.formats import kinds
from ingest.sidecar import SUFFIX

ADDRESSES = "sources.yaml"
"""A file in a folder of documents that lists web addresses of others: see `ingest.sources`."""
_NAMED = 5
"""Files left out that are named; more are counted."""
_log = logging.getLogger(__name__)


def find(paths: Iterable[Path]) -> list[File]:
    """The files to read, in order of name; raises DocumentError for a missing path or when there are none."""
    paths = list(paths)
    files: dict[tuple[Path, str], File] = {}
    for path in paths:
        if not path.exists():
            raise DocumentError(f"There is no file or folder `{path}`; give a path that exists or set its name right.")
        for file in _inside(path) if path.is_dir() else _opened(File(path, path.name)):
            files.setdefault(_identity(file), file)
    if not files:
        where = ", ".join(f"`{path}`" for path in paths)
        raise DocumentError(f"There are no documents in {where}; put files ending in {kinds.READABLE} there.")
    return list(files.values())


def named(path: Path) -> list[File]:
    """The documents at a path, which may lead on in an archive; raises DocumentError when there are none."""
    outer = next((each for each in path.parents if each.suffix.lower() == kinds.ARCHIVE and each.is_file()), None)
    if outer is None:
        return find([path])
    found = [file for file in find([outer]) if file.archive is None or file.path.is_relative_to(path)]
    if not found:
        raise DocumentError(f"There is no document `{path.relative_to(outer)}` in `{outer}`; set its name right.")
    return found


def _identity(file: File) -> tuple[Path, str]:
    return (_real(file.path), "") if file.archive is None else (_real(file.archive), file.member)


def _real(path: Path) -> Path:
    """Where it leads; unlike `Path.resolve`, for a link to itself too."""
    return Path(os.path.realpath(path))


def _inside(folder: Path) -> Iterator[File]:
    """The documents below a folder; a link that leads nowhere is among them, so that it is reported."""
    names = sorted(_below(folder))
    documents = [name for name in names if _is_document(name.name)]
    others = [name for name in names if not _is_document(name.name)]
    _tell_left_out(folder, [name for name in others if not name.name.endswith(SUFFIX)])
    for name in documents:
        yield from _opened(File(folder / name, name.as_posix()))


def _below(folder: Path) -> Iterator[PurePath]:
    """The names of what is below a folder, hidden things left out; a link to a folder is not followed."""
    for above, folders, names in os.walk(folder, onerror=_tell_closed):
        folders[:] = [name for name in folders if not name.startswith(".")]
        here = Path(above)
        for name in (*folders, *names):
            path = here / name
            if _is_hidden(name) or not (path.is_file() or path.is_symlink()):
                continue
            if path.exists() and not _real(path).is_relative_to(_real(folder)):
                _log.warning(
                    "`%s` is a link that leads out of `%s`, so it is left out; put a copy there.", path, folder
                )
            elif not path.is_dir():
                yield path.relative_to(folder)


def _opened(file: File) -> Iterator[File]:
    """The documents in an archive; the file itself where it is none, or where none can be read of it."""
    found = []
    if file.path.suffix.lower() == kinds.ARCHIVE:
        try:
            names = isolate.run(archive.members, isolate.SECONDS, file.path)
        except DocumentError:
            names = []  # reading the archive will tell what is wrong
        documents = [name for name in names if _is_document(name) and name != ADDRESSES]
        found = [_member(file, name) for name in documents]
        _tell_left_out(file.path, [PurePath(name) for name in names if not _is_document(name) or name == ADDRESSES])
    yield from found or [file]


def _member(archive: File, name: str) -> File:
    return File(Path(f"{archive.path}/{name}"), f"{archive.name}/{name}", archive.path, name)


def _is_hidden(name: str) -> bool:
    """Whether a system or an office program made it for itself."""
    return name.startswith((".", "~$")) or name in ("Thumbs.db", "desktop.ini")


def _is_document(name: str) -> bool:
    suffix = PurePath(name).suffix.lower()
    return suffix in kinds.FORMATS or suffix in kinds.OLD or suffix == kinds.ARCHIVE or name == ADDRESSES


def _tell_left_out(where: Path, names: Sequence[PurePath]) -> None:
    if names:
        shown = ", ".join(f"`{name}`" for name in names[:_NAMED])
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        _log.warning("of no kind that can be read, and left out of `%s`: %s%s.", where, shown, more)


def _tell_closed(error: OSError) -> None:
    _log.warning(
        "`%s` cannot be opened (%s), so what is in it is left out; check its rights.", error.filename, error.strerror
    )

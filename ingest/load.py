"""Files → documents: reads what each says, whatever its format; what cannot be read does not stop the others."""

import logging
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path

from assistant.errors import DocumentError
from assistant.types import Language
from ingest import archive, front_matter, isolate
from ingest.clean import clean
from ingest.content import more_seconds, parsed, suffix
from ingest.document import Document, Failure, File, Meta, Raw
from ingest.find import find
from ingest.formats import kinds
from ingest.formats.kinds import Format

__all__ = ["find", "load", "read"]

_BETWEEN = "\n\n"
_SAMPLE = 100_000
"""Characters of a text that tell its language and its first line."""
_log = logging.getLogger(__name__)


def load(files: Iterable[File]) -> tuple[list[Document], list[Failure]]:
    """Read all files; one that cannot be read is a Failure and does not stop the others."""
    documents: list[Document] = []
    failures: list[Failure] = []
    seen: dict[tuple[str, Language], File] = {}
    for file in files:
        try:
            document = read(file)
            _check_unique(document, file, seen)
            documents.append(document)
        except DocumentError as error:
            failures.append(Failure(file, str(error)))
    return documents, failures


def read(file: File) -> Document:
    """One document; raises DocumentError with the file's name, what is wrong and what to do."""
    try:
        raw = _raw(file)
        for note in raw.notes:
            _log.warning("`%s`: %s.", file.path, note)
        text, pages = _cleaned(raw)
        return Document(front_matter.source(_titled(raw, file), text[:_SAMPLE], file.name), text, pages)
    except DocumentError as error:
        raise DocumentError(f"`{file.path}`: {error}.") from error


def _raw(file: File) -> Raw:
    """What the file says; all but plain text is parsed in another process."""
    _check_name(file)
    if suffix(file) == kinds.ARCHIVE:
        raise _unusable(file)
    if file.archive is None and kinds.is_text(_head(file.path), suffix(file)):
        return parsed(file)
    more = isolate.run(more_seconds, isolate.SECONDS, file) if suffix(file) == ".pdf" else 0.0
    return isolate.run(parsed, isolate.SECONDS + more, file)


def _cleaned(raw: Raw) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text cleaned, and where in it each page starts, if it has pages."""
    pages = [clean(page) for page in raw.text.split("\f")]
    starts = accumulate((len(page) + len(_BETWEEN) for page in pages[:-1]), initial=0)
    is_paged = raw.paged or len(pages) > 1
    return _BETWEEN.join(pages), tuple((start, number) for number, start in enumerate(starts, 1)) if is_paged else ()


def _titled(raw: Raw, file: File) -> Meta:
    """What the file tells of itself; a sheet, whose first line is no title, is called as its file is."""
    is_sheet = kinds.FORMATS.get(suffix(file)) is Format.SHEET
    return {"title": file.path.stem} | dict(raw.meta) if is_sheet else raw.meta


def _check_name(file: File) -> None:
    try:
        file.name.encode()
    except UnicodeEncodeError as error:
        raise DocumentError("the file's name is not in UTF-8; rename the file") from error


def _head(path: Path) -> bytes:
    """The first bytes, that tell a format; none where the file cannot be opened, which reading it will tell."""
    if not path.is_file():  # opening a pipe would wait for someone to write into it
        return b""
    try:
        with path.open("rb") as stream:
            return stream.read(kinds.HEAD)
    except OSError:
        return b""


def _unusable(file: File) -> DocumentError:
    """What is wrong with an archive of which no member is read."""
    if file.archive is not None:
        return DocumentError("this archive is inside another one, and is not opened; unpack the outer one")
    try:
        isolate.run(archive.members, isolate.SECONDS, file.path)
    except DocumentError as error:
        return error
    return DocumentError(f"the archive has no documents; put files ending in {kinds.READABLE} into it")


def _check_unique(document: Document, file: File, seen: dict[tuple[str, Language], File]) -> None:
    key = (document.source.id, document.source.language)
    first = seen.setdefault(key, file)
    if first is not file:
        raise DocumentError(
            f"`{first.path}` and `{file.path}` have the same id `{key[0]}` and language `{key[1]}`; "
            "rename one of them, or change the id or the language in its front matter."
        )

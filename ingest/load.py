"""Files → documents: reads what each says, whatever its format; what cannot be read does not stop the others."""

import logging
from collections.abc import Iterable
from pathlib import Path

from assistant.errors import DocumentError
from assistant.types import Language
from ingest import archive, front_matter, isolate
from ingest.clean import Cleaned, clean
from ingest.content import more_seconds, parsed, suffix
from ingest.document import Document, Failure, File, Meta, Raw
from ingest.find import find
from ingest.formats import kinds
from ingest.formats.kinds import Format
from ingest.metadata import metadata
from ingest.sidecar import sidecar
from ingest.told import Told

__all__ = ["find", "load", "read"]

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
    return examined(file)[0]


def examined(file: File) -> tuple[Document, Cleaned]:
    """A document and what became of its lines; raises DocumentError as `read` does."""
    try:
        raw = _raw(file)
        for note in raw.notes:
            _log.warning("`%s`: %s.", file.place, note)
        return _cleaned(raw, file)
    except DocumentError as error:
        raise DocumentError(f"`{file.place}`: {error}.") from error


def _raw(file: File) -> Raw:
    """What the file says; all but plain text is parsed in another process."""
    _check_name(file)
    if suffix(file) == kinds.ARCHIVE:
        raise _unusable(file)
    if file.archive is None and kinds.is_text(_head(file.path), suffix(file)):
        return parsed(file)
    more = isolate.run(more_seconds, isolate.SECONDS, file) if suffix(file) == ".pdf" else 0.0
    return isolate.run(parsed, isolate.SECONDS + more, file)


def _cleaned(raw: Raw, file: File) -> tuple[Document, Cleaned]:
    said, body = front_matter.split_off(raw.text) if raw.is_plain else (Told(), raw.text)
    beside = sidecar(file.path)
    result = clean(body, (*said.keep, *beside.keep), (*said.drop, *beside.drop))
    source, origins = metadata(_titled(raw, file), {**said.meta, **file.meta}, beside.meta, result.text, file.name)
    pages = result.pages or (((0, 1),) if raw.paged else ())
    return Document(source, result.text, pages, result.dropped, result.repaired, origins), result


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
            f"`{first.place}` and `{file.place}` have the same id `{key[0]}` and language `{key[1]}`; "
            "rename one of them, or change the id or the language in its front matter."
        )

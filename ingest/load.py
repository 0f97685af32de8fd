"""Files → documents: reads Markdown and plain text with their front matter."""

from collections.abc import Iterable
from pathlib import Path

from assistant.errors import DocumentError
from assistant.types import Language
from ingest import front_matter
from ingest.document import Document, Failure, File

SUFFIXES = (".md", ".txt")
ADDRESSES = "sources.yaml"
"""The name of a file in a folder of documents that lists web addresses of others: see `ingest.sources`."""


def find(paths: Iterable[Path]) -> list[File]:
    """The files to read, in order of name; raises DocumentError for a missing path or when there are none."""
    paths = list(paths)
    files: dict[Path, File] = {}
    for path in paths:
        if not path.exists():
            raise DocumentError(f"There is no file or folder `{path}`; give a path that exists or set its name right.")
        for file in _inside(path) if path.is_dir() else [File(path, path.name)]:
            files.setdefault(file.path.resolve(), file)
    if not files:
        where = ", ".join(f"`{path}`" for path in paths)
        raise DocumentError(f"There are no documents in {where}; put files ending in {' or '.join(SUFFIXES)} there.")
    return list(files.values())


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
        meta, body = front_matter.split_off(_decoded(file.path))
        return Document(front_matter.source({**meta, **file.meta}, body, file.name), body)
    except DocumentError as error:
        raise DocumentError(f"`{file.place}`: {error}.") from error


def _inside(folder: Path) -> list[File]:
    """The documents below a folder; a link that leads nowhere is among them, so that it is reported."""
    return [
        File(path, path.relative_to(folder).as_posix())
        for path in sorted(folder.rglob("*"))
        if (path.suffix.lower() in SUFFIXES or path.name == ADDRESSES)
        and (path.is_file() or (path.is_symlink() and not path.exists()))
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]


def _decoded(path: Path) -> str:
    if path.suffix.lower() not in SUFFIXES:
        raise DocumentError(f"this is not a kind of file that can be read; give one ending in {' or '.join(SUFFIXES)}")
    try:
        str(path).encode()
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeEncodeError as error:
        raise DocumentError("the file's name is not in UTF-8; rename the file") from error
    except UnicodeDecodeError as error:
        raise DocumentError(f"the file is not in UTF-8 (byte {error.start} does not fit); save it as UTF-8") from error
    except OSError as error:
        raise DocumentError(
            f"the file cannot be read ({error.strerror}); check that it exists and its rights"
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _check_unique(document: Document, file: File, seen: dict[tuple[str, Language], File]) -> None:
    key = (document.source.id, document.source.language)
    first = seen.setdefault(key, file)
    if first is not file:
        raise DocumentError(
            f"`{first.path}` and `{file.path}` have the same id `{key[0]}` and language `{key[1]}`; "
            "change the id or the language in the front matter of one of them."
        )

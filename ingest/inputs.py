"""What of the files has to be read: those that differ from what the index was made of, by a digest of their content."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.generations import Manifest
from assistant.types import Passage
from ingest import quarantine, split
from ingest.document import Document, Failure, File
from ingest.load import load
from ingest.sidecar import beside

ATTEMPTS = 3
"""How often files are read anew that change while they are read."""

Told = Callable[[Sequence[File]], Iterable[File]]
"""Tells of the progress while files are read."""

_ROOT = Path(__file__).parents[1]
_READERS = ("ingest/**/*.py", "ingest/**/*.yaml", "assistant/language.py", "assistant/types.py", "requirements.txt")


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was found in the files, by their names: `passages` of those read, and `same`, those the index has already.

    `digests` tells each file's content, in order; it is empty for what could not be read or keeps changing. `left_out`
    is what cleaning left out or changed of those read, for the quarantine list.
    """

    files: Sequence[File]
    passages: Mapping[str, Sequence[Passage]]
    same: frozenset[str]
    failures: Sequence[Failure]
    digests: Mapping[str, str]
    undated: Sequence[str] = ()
    left_out: Sequence[str] = ()

    @property
    def unread(self) -> frozenset[str]:
        return frozenset(failure.file.name for failure in self.failures)


def read(
    files: Sequence[File],
    known: Manifest | None,
    failures: Sequence[Failure] = (),
    told: Told = iter,
) -> Inputs:
    """Read what is not `known`; `failures` are those met before there was anything to read."""
    before = _digests(files)
    same = frozenset(name for name, digest in before.items() if digest and known and known.files.get(name) == digest)
    found = _read([file for file in files if file.name not in same], told)
    if known and _clash(found.passages, same, known):
        return read(files, None, failures, told)
    failed = (*failures, *found.failures)
    digests = {**{failure.file.name: "" for failure in failures}, **before, **found.digests}
    return Inputs(files, found.passages, same, failed, digests, found.undated, found.left_out)


def _read(files: Sequence[File], told: Told) -> Inputs:
    """Read files until they are the same afterwards as before; one that never is will be read again next time."""
    for _ in range(ATTEMPTS):
        before = _digests(files)
        documents, failures = load(told(files))
        after = _digests(files)
        if before == after:
            break
    passages, empty = _passages(documents, files)
    failures = [*failures, *empty]
    unread = {failure.file.name for failure in failures}
    stable = {name: after[name] if name not in unread and before[name] == after[name] else "" for name in after}
    undated = [document.source.path for document in documents if not document.source.published]
    left_out = list(quarantine.entries(documents))
    return Inputs(files, passages, frozenset(), failures, stable, undated, left_out)


def _passages(documents: Sequence[Document], files: Sequence[File]) -> tuple[dict[str, list[Passage]], list[Failure]]:
    """The passages of all documents by the names of their files; a document without any is a failure."""
    named = {file.name: file for file in files}
    passages: dict[str, list[Passage]] = {}
    failures: list[Failure] = []
    for document in documents:
        found = split.split(document)
        if found:
            passages.setdefault(document.source.path, []).extend(found)
        else:
            file = named[document.source.path]
            failures.append(Failure(file, f"`{file.place}` has no text but headings; write some or remove the file."))
    return passages, failures


def _clash(passages: Mapping[str, Sequence[Passage]], same: frozenset[str], known: Manifest) -> bool:
    """Whether a document read now has the id and language of one that was not: which of them counts is to be told."""
    held = {(entry.document, entry.language) for entry in known.entries if entry.path in same}
    return any((found[0].source.id, found[0].source.language) in held for found in passages.values())


def _digests(files: Sequence[File]) -> dict[str, str]:
    """A digest of each file's content, of what is told of it elsewhere, and of how it is read.

    Empty for a file that cannot be read, and where two files have one name.
    """
    contents = cache(_content)  # an archive is read once, whatever the number of its members
    digests = {file.name: _digest(file, contents(file.archive or file.path)) for file in files}
    twice = {name for name, count in Counter(file.name for file in files).items() if count > 1}
    return {name: "" if name in twice else digest for name, digest in digests.items()}


def _digest(file: File, content: str) -> str:
    sidecar = None if file.archive else beside(file.path)
    told = (_version(), file.member, sorted(file.meta.items()), (_content(sidecar) or "unread") if sidecar else "")
    return hashlib.sha256(repr((content, *told)).encode()).hexdigest()[:32] if content else ""


def _content(path: Path) -> str:
    try:
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""


def _version() -> str:
    """Changes with every part of the program that files are read by."""
    return f"{_program()}-{split.VERSION}"


@cache
def _program() -> str:
    content = hashlib.sha256()
    for pattern in _READERS:
        for path in sorted(_ROOT.glob(pattern)):
            content.update(path.read_bytes())
    return content.hexdigest()

"""What cleaning left out or changed, as lines of JSON: kept beside the index, so that nothing vanishes unseen."""

import json
import logging
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from ingest.document import Document, holder

FILE = "quarantine.jsonl"
_log = logging.getLogger(__name__)


def entries(documents: Iterable[Document]) -> Iterator[str]:
    """One line of JSON for each line dropped or repaired: document, path, page, line, reason, found, text or null."""
    for document in documents:
        told = {"document": document.source.id, "language": str(document.source.language), "path": document.source.path}
        for line in sorted((*document.dropped, *document.repaired), key=lambda line: line.number):
            place = {"page": line.page if document.pages else None, "line": line.number, "reason": line.reason}
            yield json.dumps({**told, **place, "found": line.found, "text": line.text}, ensure_ascii=False)


def update(found: Iterable[str], same: Collection[str], index: Path) -> None:
    """Write the list beside the index, whole or not at all: what was found, and what it had of the `same` files."""
    kept = [entry for entry in _written(index) if holder(_path(entry), same)]
    partial = index / f"{FILE}.partial"
    try:
        partial.write_text("".join(f"{entry}\n" for entry in (*kept, *found)), "utf-8")
        partial.replace(index / FILE)
    except OSError as error:  # the index itself is whole by now
        _log.warning("`%s` cannot be written (%s); the index is up to date.", index / FILE, error.strerror)


def _written(index: Path) -> list[str]:
    """The entries; not by `splitlines`, for what was found may hold other line ends."""
    try:
        return (index / FILE).read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return []


def _path(entry: str) -> str:
    """The path in an entry; empty where it is none, for a person may have edited the list."""
    try:
        return str(json.loads(entry)["path"])
    except (ValueError, KeyError, TypeError):
        return ""

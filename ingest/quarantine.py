"""What cleaning left out or changed, as lines of JSON: kept beside the index, so that nothing vanishes unseen."""

import json
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from ingest.document import Document

FILE = "quarantine.jsonl"


def entries(documents: Iterable[Document]) -> Iterator[str]:
    """One line of JSON for each line dropped or repaired: document, path, page, line, reason, found, text or null."""
    for document in documents:
        told = {"document": document.source.id, "language": str(document.source.language), "path": document.source.path}
        for line in sorted((*document.dropped, *document.repaired), key=lambda line: line.number):
            place = {"page": line.page if document.pages else None, "line": line.number, "reason": line.reason}
            yield json.dumps({**told, **place, "found": line.found, "text": line.text}, ensure_ascii=False)


def update(found: Iterable[str], same: Collection[str], index: Path) -> None:
    """Write the list beside the index, whole or not at all: what was found, and what it had of the `same` files."""
    kept = [entry for entry in _written(index) if json.loads(entry)["path"] in same]
    partial = index / f"{FILE}.partial"
    partial.write_text("".join(f"{entry}\n" for entry in (*kept, *found)), "utf-8")
    partial.replace(index / FILE)


def _written(index: Path) -> list[str]:
    try:
        return (index / FILE).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []

"""What cleaning left out or changed, as lines of JSON: kept beside the index, so that nothing vanishes unseen."""

import json
from collections.abc import Iterable, Iterator
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


def write(documents: Iterable[Document], index: Path) -> None:
    """Write the list beside the index, whole or not at all."""
    partial = index / f"{FILE}.partial"
    partial.write_text("".join(f"{entry}\n" for entry in entries(documents)), "utf-8")
    partial.replace(index / FILE)

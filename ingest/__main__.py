"""python -m ingest [PATH…]: make or update the index."""

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from assistant import settings as configuration
from assistant.errors import AssistantError
from assistant.settings import Settings
from assistant.types import Passage
from ingest.clean import clean
from ingest.load import Document, find, load
from ingest.split import split
from ingest.sync import Changes, sync

ALL_READ, NONE_READ, SOME_FAILED = 0, 1, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: all documents are in the index; 3: some could not be read; 1: nothing was done."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    logging.getLogger("transformers").setLevel(logging.ERROR)
    try:
        return run(options.paths, configuration.load(), options.rebuild)
    except AssistantError as error:
        print(f"ingest: {error}", file=sys.stderr)
        return NONE_READ


def run(paths: Sequence[Path], settings: Settings, rebuild: bool = False) -> int:
    documents, failures = load(find(paths or [settings.documents]))
    for failure in failures:
        print(f"ingest: {failure.reason}", file=sys.stderr)
    if not documents:
        return NONE_READ
    for document in documents:
        if not document.source.published:
            print(f"ingest: `{document.source.path}` has no date; add `published:` to it.", file=sys.stderr)
    passages = [passage for document in documents for passage in _passages(document)]
    with tqdm(total=len(passages), unit="passage", desc="indexing", delay=2, disable=None) as bar:
        changes = sync(passages, settings, lambda done, total: bar.update(done - bar.n) and None, rebuild)
    print(_summary(changes, len(documents), settings))
    return SOME_FAILED if failures else ALL_READ


def _passages(document: Document) -> list[Passage]:
    return split(Document(document.source, clean(document.text)))


def _summary(changes: Changes, documents: int, settings: Settings) -> str:
    counts = f"{changes.added} added, {changes.removed} removed, {changes.unchanged} unchanged"
    return f"{counts} passages of {documents} documents in `{settings.index}`" + (" (built anew)" * changes.rebuilt)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ingest", description="Make or update the index from documents.")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders (default: the setting)")
    parser.add_argument("--rebuild", action="store_true", help="make the index from nothing")
    return parser


if __name__ == "__main__":
    sys.exit(main())

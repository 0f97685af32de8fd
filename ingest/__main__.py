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
from ingest.document import Document, Failure, File
from ingest.load import find, load
from ingest.split import split
from ingest.sync import Changes, sync

ALL_READ, NONE_READ, SOME_FAILED = 0, 1, 3
STOPPED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: all documents are in the index; 3: some could not be read; 1: nothing was done."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.ERROR, format="ingest: %(message)s")
    logging.getLogger("ingest").setLevel(logging.INFO)
    try:
        return run(options.paths, configuration.load(), options.rebuild)
    except AssistantError as error:
        _tell(str(error))
        return NONE_READ
    except KeyboardInterrupt:
        _tell("stopped; the index is as it was.")
        return STOPPED


def run(paths: Sequence[Path], settings: Settings, rebuild: bool = False) -> int:
    files = find(paths or [settings.documents])
    documents, failures = load(files)
    passages, empty = _passages(documents, files)
    failures = [*failures, *empty]
    for failure in failures:
        _tell(failure.reason)
    if not passages:
        _tell("None of the documents can be read; the index is as it was.")
        return NONE_READ
    _tell_undated(documents)
    with tqdm(total=len(passages), unit="passage", desc="indexing", delay=2, disable=None) as bar:
        unread = {failure.file.name for failure in failures}
        changes = sync(passages, settings, lambda done: bar.update(done - bar.n), rebuild, unread)
    for failure in failures:
        _tell(_kept(failure.file, changes))
    print(_summary(changes, passages, settings))
    return SOME_FAILED if failures else ALL_READ


def _passages(documents: Sequence[Document], files: Sequence[File]) -> tuple[list[Passage], list[Failure]]:
    """The passages of all documents; one without any is a failure."""
    paths = {file.name: file for file in files}
    passages: list[Passage] = []
    failures: list[Failure] = []
    for document in documents:
        found = split(document)
        passages += found
        if not found:
            file = paths[document.source.path]
            failures.append(Failure(file, f"`{file.path}` has no text but headings; write some or remove the file."))
    return passages, failures


def _tell(sentence: str) -> None:
    print(f"ingest: {sentence}", file=sys.stderr)


def _tell_undated(documents: Sequence[Document]) -> None:
    for document in documents:
        if not document.source.published:
            _tell(f"`{document.source.path}` has no date; add `published:` to its front matter.")


def _kept(file: File, changes: Changes) -> str:
    count = changes.kept.get(file.name, 0)
    return f"`{file.path}` " + (
        f"keeps the {count} passages that the index had of it." if count else "is not in the index."
    )


def _summary(changes: Changes, passages: Sequence[Passage], settings: Settings) -> str:
    documents = len({passage.source.path for passage in passages})
    counts = f"{changes.added} added, {changes.removed} removed, {changes.unchanged} unchanged"
    return f"{counts} passages of {documents} documents in `{settings.index}`" + (" (built anew)" * changes.rebuilt)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ingest",
        description="Make the index hold these documents and no others; only what changed is embedded.",
    )
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders (default: the setting)")
    parser.add_argument("--rebuild", action="store_true", help="make the index from nothing")
    return parser


if __name__ == "__main__":
    sys.exit(main())

"""python -m ingest [PATH…]: make or update the index."""

import argparse
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tqdm import tqdm

from assistant import generations
from assistant import settings as configuration
from assistant.errors import AssistantError, DocumentError, IndexProblem
from assistant.generations import Manifest
from assistant.settings import Settings
from ingest import quarantine
from ingest.document import File
from ingest.explain import explain
from ingest.find import find, named
from ingest.generation import Progress
from ingest.inputs import Inputs, read
from ingest.load import examined
from ingest.lock import locked
from ingest.pages import CACHE
from ingest.plan import plan
from ingest.previous import is_other
from ingest.sources import with_pages
from ingest.sync import Changes, opened, sync_files
from ingest.watch import watch

ALL_READ, NONE_READ, SOME_FAILED = 0, 1, 3
STOPPED = 130

_reading = partial(tqdm, desc="reading", unit="document", delay=2, disable=None)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: all documents are in the index; 3: some could not be read; 1: nothing was done."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.ERROR, format="ingest: %(message)s")
    logging.getLogger("ingest").setLevel(logging.INFO)
    try:
        if options.explain:
            return show_cleaning(named(options.explain))
        settings = configuration.load()
        if options.dry_run:
            return show(options.paths, settings)
        if options.watch:
            paths = options.paths or [settings.documents]
            return watch(paths, settings, partial(run, paths, settings), _tell)
        return run(options.paths, settings, options.rebuild)
    except AssistantError as error:
        _tell(str(error))
        return NONE_READ
    except BrokenPipeError:  # whoever reads has read enough; what is left has nowhere to go
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ALL_READ
    except KeyboardInterrupt:
        _tell("stopped; the index is as it was.")
        return STOPPED


def run(paths: Sequence[Path], settings: Settings, rebuild: bool = False) -> int:
    """Make the index hold the documents at these paths, by default those of the settings."""
    files = find(paths or [settings.documents])
    with locked(settings.index):
        old = opened(settings, rebuild)
        inputs = _read(files, settings, settings.index / CACHE, old.manifest if old else None)
        if not (inputs.passages or inputs.same):
            _tell("None of the documents can be read; the index is as it was.")
            return NONE_READ
        known = sum(old.counts(inputs.same).values()) if old else 0
        with _embedding(known + sum(map(len, inputs.passages.values()))) as progress:
            changes = sync_files(inputs, old, settings, progress)
        quarantine.update(inputs.left_out, inputs.same | inputs.unread, settings.index)
    for failure in inputs.failures:
        _tell(_kept(failure.file, changes))
    print(_summary(changes, inputs, settings), flush=True)
    return SOME_FAILED if inputs.failures else ALL_READ


def show(paths: Sequence[Path], settings: Settings) -> int:
    """Print what a run would change, and write nothing."""
    known = _known(settings)
    with TemporaryDirectory(prefix="ingest-") as folder:
        inputs = _read(find(paths or [settings.documents]), settings, Path(folder), known)
    print(plan(inputs, known, reusable=known is not None and not is_other(known, settings)))
    return SOME_FAILED if inputs.failures else ALL_READ


def show_cleaning(files: Sequence[File]) -> int:
    """Print what becomes of each line of some files, and write nothing."""
    failed = 0
    for file in files:
        try:
            shown = explain(*examined(file), painted=sys.stdout.isatty())
            print(f"{file.place}\n\n{shown}\n" if len(files) > 1 else shown)
        except DocumentError as error:
            _tell(str(error))
            failed += 1
    return ALL_READ if not failed else SOME_FAILED if failed < len(files) else NONE_READ


def _known(settings: Settings) -> Manifest | None:
    try:
        return generations.read_manifest(generations.folder_of(settings.index, generations.current(settings.index)))
    except IndexProblem:
        return None


def _read(files: Sequence[File], settings: Settings, cache: Path, known: Manifest | None) -> Inputs:
    """Read what is new of the files, and tell of what cannot be read."""
    all_files, failures = with_pages(files, cache, settings)
    inputs = read(all_files, known, failures, _reading)
    for failure in inputs.failures:
        _tell(failure.reason)
    for file in all_files:
        if file.name in inputs.undated:
            _tell(_undated(file))
    return inputs


@contextmanager
def _embedding(total: int) -> Iterator[Progress]:
    with tqdm(total=total, desc="embedding", unit="passage", delay=2, disable=None) as bar:
        yield lambda done: bar.update(done - bar.n)


def _tell(sentence: str) -> None:
    print(f"ingest: {sentence}", file=sys.stderr)


def _undated(file: File) -> str:
    if file.meta.get("url"):
        return f"`{file.place}` has no date; add `published:` to it in the list of addresses."
    if file.archive:
        return f"`{file.name}` has no date; let its name begin with one, such as 2030-01-15."
    return f"`{file.name}` has no date; add `published:` to its front matter, or to `{file.name}.meta.yaml`."


def _kept(file: File, changes: Changes) -> str:
    count = changes.kept.get(file.name, 0)
    return f"`{file.place}` " + (
        f"keeps the {count} passages that the index had of it." if count else "is not in the index."
    )


def _summary(changes: Changes, inputs: Inputs, settings: Settings) -> str:
    documents = len(inputs.passages) + len(inputs.same)
    counts = f"{changes.added} added, {changes.removed} removed, {changes.unchanged} unchanged"
    return f"{counts} passages of {documents} documents in `{settings.index}`" + (" (built anew)" * changes.rebuilt)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ingest",
        description="Make the index hold these documents and no others; only what changed is embedded.",
    )
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders (default: the setting)")
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--rebuild", action="store_true", help="make the index from nothing")
    ways.add_argument("--dry-run", action="store_true", help="print what would change, and write nothing")
    ways.add_argument("--watch", action="store_true", help="go on, and update the index when a document changes")
    ways.add_argument("--explain", type=Path, metavar="FILE", help="show what of a file is kept, what not, and why")
    return parser


if __name__ == "__main__":
    sys.exit(main())

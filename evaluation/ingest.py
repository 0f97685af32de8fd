"""`python -m evaluation.ingest`: how long it takes to index many documents, and how little it takes when none changed.

Makes up documents, indexes them in a temporary folder, indexes them again unchanged, and again after a few changes;
each in a process of its own, whose start counts. Exit status: 0; 1 where the run without changes took more than
`MOST` of the first; 2 when the run cannot be made.
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant import settings
from assistant.errors import AssistantError
from assistant.index import open_index
from assistant.settings import Settings
from evaluation import synthetic
from evaluation.paragraphs import link_shared
from ingest.__main__ import run

MOST = 0.03
"""What share of the first run's time a run without changes may take."""
DOCUMENTS = 1000


@dataclass(frozen=True, slots=True)
class Run:
    """What one ingest took: seconds, and at most how many megabytes of memory."""

    seconds: float
    megabytes: float


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        return _evaluate(options.documents, settings.load())
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _evaluate(count: int, configured: Settings) -> int:
    with TemporaryDirectory(prefix="ingest-", ignore_cleanup_errors=True) as folder:
        places = {"documents": Path(folder) / "documents", "index": Path(folder) / "index", "chroma_url": None}
        measured = configured.model_copy(update=places)
        link_shared(configured, measured.index)
        paths = synthetic.write(measured.documents, count)
        first = measure(measured)
        passages = len(open_index(measured).entries)
        again = measure(measured)
        changed = _changed(paths)
        after = measure(measured)
    ratio = again.seconds / first.seconds
    speed = f"{count / first.seconds:.1f} documents/s, {passages / first.seconds:.1f} passages/s"
    print(f"first run      {_told(first)}, {speed}")
    print(f"without change {_told(again)}, {ratio:.1%} of the first (at most {MOST:.0%})")
    print(f"{changed:<3} changed    {_told(after)}, {after.seconds / first.seconds:.1%} of the first")
    return int(ratio > MOST)


def measure(measured: Settings) -> Run:
    """One ingest in a fresh process, timed from outside."""
    started = time.perf_counter()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        megabytes = pool.submit(_ingest, measured).result()
    return Run(time.perf_counter() - started, megabytes)


def _ingest(measured: Settings) -> float:
    if run([], measured):
        raise AssistantError("The documents cannot be indexed; see above.")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _changed(paths: Sequence[Path]) -> int:
    """Change the text of some documents, the names of some, and remove some; how many."""
    some = paths[:: max(1, len(paths) // 9)][:9]
    ways: tuple[Callable[[Path], object], ...] = (_rewrite, _rename, Path.unlink)
    for number, path in enumerate(some):
        ways[number % len(ways)](path)
    return len(some)


def _rewrite(path: Path) -> None:
    path.write_text(path.read_text("utf-8") + "\nA paragraph was added in 2024.\n", "utf-8")


def _rename(path: Path) -> None:
    path.rename(path.with_name(f"renamed-{path.name}"))


def _told(measured: Run) -> str:
    return f"{measured.seconds:8.1f} s, {measured.megabytes:6.0f} MB"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.ingest", description="Measure how long it takes to index made-up documents."
    )
    parser.add_argument("--documents", type=_positive, default=DOCUMENTS, metavar="N", help="how many (default: 1000)")
    return parser


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of documents; give 1 or more")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())

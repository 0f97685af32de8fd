"""Goes on after an ingest, and does it again when a document changes."""

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event
from typing import Any

from assistant.errors import AssistantError, DocumentError, IndexLocked
from assistant.settings import Settings
from ingest.sidecar import places

QUIET = 1000
"""Milliseconds without a further change before an ingest begins."""
AGAIN = 10.0
"""Seconds until the next attempt while another process writes the index."""

ENDED = 0

Ingest = Callable[[], object]
Tell = Callable[[str], object]


def watch(paths: Sequence[Path], settings: Settings, ingest: Ingest, tell: Tell) -> int:
    """Ingest now and after every change, whatever becomes of it, until Ctrl+C, which is its end and no failure.

    Raises DocumentError for a path that is missing at the beginning.
    """
    due: float | None = 0.0
    tell(f"watching {', '.join(f'`{path}`' for path in paths)}; stop it with Ctrl+C.")
    with suppress(KeyboardInterrupt), _interruptible() as stopped:
        for changed in _changes(paths, settings, stopped):
            if changed:
                tell(f"changed: {', '.join(sorted(changed))}")
            if changed or (due is not None and time.monotonic() >= due):
                due = None if _ingested(ingest, tell) else time.monotonic() + AGAIN
    tell("stopped watching; the index is as the last ingest left it.")
    return ENDED


@contextmanager
def _interruptible() -> Iterator[Event]:
    """Set by Ctrl+C, which interrupts besides: an interruption alone is lost where it meets a finalizer."""
    stopped = Event()

    def stop(*_: object) -> None:
        stopped.set()
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield stopped
    finally:
        signal.signal(signal.SIGINT, before)


def _ingested(ingest: Ingest, tell: Tell) -> bool:
    """Whether it need not be tried again before the next change."""
    try:
        ingest()
    except IndexLocked as error:
        tell(str(error))
        return False
    except AssistantError as error:
        tell(str(error))
    except Exception as error:  # one document may be what no reader expects; the others go on changing
        tell(f"an unexpected error ({type(error).__name__}: {error}); waiting for the next change.")
    return True


def _changes(paths: Sequence[Path], settings: Settings, stopped: Event) -> Iterator[set[str]]:
    """The names of what changed, again and again, and none where nothing did for a while.

    Of a file its folder is watched, for the file may be replaced by another, and its sidecar counts too.
    """
    from watchfiles import watch

    missing = next((path for path in paths if not path.exists()), None)
    if missing:
        raise DocumentError(f"There is no file or folder `{missing}` to watch; give a path that exists.")
    folders = {path.resolve() for path in paths if path.is_dir()}
    files = {each for path in paths if not path.is_dir() for each in (path.resolve(), *places(path.resolve()))}
    index = settings.index.resolve()

    def matters(_: object, name: str) -> bool:
        path = Path(name)
        below = (path.relative_to(folder).parts for folder in folders if path.is_relative_to(folder))
        shown = any(not any(part.startswith(".") for part in parts) for parts in below)
        return not path.is_relative_to(index) and (path in files or shown)

    watched = folders | {file.parent for file in files}
    waits: dict[str, Any] = {"debounce": QUIET * 10, "step": QUIET, "rust_timeout": QUIET}
    for changes in watch(*watched, watch_filter=matters, yield_on_timeout=True, stop_event=stopped, **waits):
        yield {Path(name).name for _, name in changes}

"""What the commands of this folder share: the exit status of a run that fails, and arguments checked early."""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from assistant.errors import AssistantError

DONE, MISSED, FAILED, STOPPED = 0, 1, 2, 130

Work = Callable[[argparse.Namespace], int]
"""Takes the options, gives an exit status."""


def run(work: Work, parser: argparse.ArgumentParser, arguments: Sequence[str] | None) -> int:
    """The exit status of `work`: its own, 2 where it cannot be done, which is told in a sentence, 130 where stopped."""
    options = parser.parse_args(arguments)
    try:
        return work(options)
    except AssistantError as error:
        print(error, file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return STOPPED


def positive(text: str) -> int:
    """A count given as an argument."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a count; give 1 or more")
    return int(text)


def check_writable(paths: Iterable[Path | None]) -> None:
    """Tell of a wrong path before the work is done; raises AssistantError."""
    for path in filter(None, paths):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.open("a").close()
        except OSError as error:
            raise AssistantError(f"`{path}` cannot be written: {error.strerror}. Give another path.") from error

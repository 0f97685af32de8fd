"""What a parser can do to its process, and that nothing comes of it but a sentence."""

import ctypes
import logging
import os
import time

import pytest

from assistant.errors import DocumentError
from ingest import isolate


def doubled(number: int) -> int:
    return 2 * number


def process() -> int:
    return os.getpid()


def hang() -> None:
    while True:
        time.sleep(0.1)


def spin() -> None:
    while True:
        pass


def crash() -> None:
    ctypes.string_at(0)


def leave() -> None:
    os._exit(5)


def eat() -> int:
    return len(bytearray(2 * isolate.MEMORY))


def refuse() -> None:
    raise DocumentError("the file is damaged; fetch it anew")


def chatter() -> None:
    logging.getLogger("parser").warning("nobody's concern")


@pytest.mark.parametrize(
    ("function", "seconds", "words"),
    [
        (hang, 0.5, "reading it took over 0 seconds; save it anew, or split it"),
        (spin, 0.5, "reading it took over 0 seconds"),
        (crash, 20.0, r"the program that reads it crashed \(exit code -11\)"),
        (leave, 20.0, r"crashed \(exit code 5\)"),
        (eat, 20.0, "reading it takes over 2 GB of memory; save it anew, or split it"),
        (refuse, 20.0, "the file is damaged; fetch it anew"),
    ],
)
def test_whatever_happens_is_a_sentence_and_the_next_task_is_done(function: object, seconds: float, words: str) -> None:
    with pytest.raises(DocumentError, match=words):
        isolate.run(function, seconds)  # type: ignore[arg-type]
    assert isolate.run(doubled, isolate.SECONDS, 4) == 8


def test_one_process_serves_many_tasks() -> None:
    assert isolate.run(process) == isolate.run(process) != os.getpid()


def test_parsers_are_not_heard(capfd: pytest.CaptureFixture[str]) -> None:
    isolate.run(chatter)
    assert capfd.readouterr() == ("", "")

"""A parser at work in a process of its own: what it breaks, forgets to end or eats up is its own."""

import atexit
import contextlib
import logging
import multiprocessing
import os
import warnings
from collections.abc import Callable
from concurrent.futures import TimeoutError as OverTime
from functools import cache
from typing import ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from assistant.errors import DocumentError

P = ParamSpec("P")
R = TypeVar("R")

SECONDS = 20.0
"""The time a task has; a caller that knows better says so."""
MEMORY = 2 * 1024**3
"""Bytes of address space that the process has, where the system can limit it."""
_TASKS = 200
"""After which the process is exchanged for a fresh one: parsers leak."""
_OUT_OF_MEMORY = 77


def run(function: Callable[P, R], seconds: float = SECONDS, *arguments: P.args, **options: P.kwargs) -> R:
    """The function's result, worked out in the other process; what it raises is raised here.

    Raises DocumentError, about no file in particular, when it takes too long or too much memory, or crashes.
    """
    future = _pool().schedule(_guarded, [function, *arguments], options, timeout=seconds)
    try:
        result: R = future.result()
        return result
    except OverTime as error:
        raise DocumentError(f"reading it took over {seconds:.0f} seconds; save it anew, or split it") from error
    except ProcessExpired as error:
        raise DocumentError(_ended(error)) from error


def _ended(error: ProcessExpired) -> str:
    if error.exitcode == _OUT_OF_MEMORY:
        return f"reading it takes over {MEMORY // 1024**3} GB of memory; save it anew, or split it"
    return f"the program that reads it crashed (exit code {error.exitcode}); save the file anew, perhaps as PDF"


def _guarded(function: Callable[..., R], *arguments: object, **options: object) -> R:
    """Ends the process when memory is out: what is left of it would be too little for the next file."""
    try:
        return function(*arguments, **options)
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)


@cache
def _pool() -> ProcessPool:
    """One process, started when it is first needed and again whenever it was ended."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPool(max_workers=1, max_tasks=_TASKS, initializer=_prepare, context=context)
    atexit.register(_close, pool)
    return pool


def _close(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()


def _prepare() -> None:
    """In the other process: its limit of memory, and silence, for parsers tell much that is nobody's concern."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, hard))

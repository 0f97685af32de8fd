"""A whole process, from its start to its end: the time that passed and the most memory it held."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO

from assistant.errors import AssistantError

START_SECONDS = 120.0
ANSWER_SECONDS = 60.0
_UNITS_PER_MEGABYTE = 2**20 if sys.platform == "darwin" else 2**10


@dataclass(frozen=True, slots=True)
class Used:
    """Wall time, and the peak of what was in memory."""

    seconds: float
    megabytes: float


def run(command: Sequence[str]) -> Used:
    """Run a command that ends by itself; raises AssistantError where it fails."""
    with TemporaryFile() as told:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=told, stderr=told)
        used = _ended(process, start)
        if process.returncode:
            raise AssistantError(f"`{' '.join(command)}` failed, so there is nothing to compare. {_last_line(told)}")
    return used


def serve(command: Sequence[str], question: str) -> Used:
    """Start the web chat on a free port, ask it one question, stop it; raises AssistantError where it fails."""
    port = _free_port()
    start = time.perf_counter()
    process = subprocess.Popen(["env", f"ASSISTANT_PORT={port}", *command], stdout=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}/api/health")
        _ask(f"http://127.0.0.1:{port}/api/ask", question)
    finally:
        process.send_signal(signal.SIGTERM)
        used = _ended(process, start)
    return used


def _ended(process: "subprocess.Popen[bytes]", start: float) -> Used:
    """What a process had used when it ended."""
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    return Used(seconds, usage.ru_maxrss / _UNITS_PER_MEGABYTE)


def _last_line(told: IO[bytes]) -> str:
    told.seek(0)
    return told.read().decode(errors="replace").strip().rpartition("\n")[2]


def _wait(url: str) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(url, timeout=ANSWER_SECONDS).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssistantError(f"The web chat did not answer at {url} within {START_SECONDS:g} seconds.")


def _ask(url: str, question: str) -> None:
    body = json.dumps({"question": question}).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as response:
        answer = json.load(response)
    if answer["status"] == "unavailable":
        raise AssistantError(f"The web chat could not answer: {answer['text']}")


def _free_port() -> int:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])

"""The index is the old one or the new one, never a part: whatever kills, changes or hurries an ingest."""

import collections
import random
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import corpus
import pytest
from fresh import assert_as_if_made_anew, manifest, synced, texts
from processes import ingest
from starlette.testclient import TestClient

from assistant import generations
from assistant.chain import Assistant
from assistant.index import open_index
from assistant.settings import Settings
from assistant.types import Status
from assistant.web.server import create_app
from ingest import inputs
from ingest.document import File

DICE = random.Random(20)
POINTS = 20
QUESTION = "How many civil servants were in the first batch?"

# What a process does first: little at a time, so that there is much to interrupt.
SMALL_STEPS = "import chromadb, ingest.generation as g, ingest.__main__; g.AT_ONCE = 3\n"
READY = "print('ready', flush=True)\n"
# Kills the process at a file operation within the index, told by its number; without one, they are counted.
AT_OPERATION = """
import atexit, os, signal, sys
done = 0
def count(event, given):
    global done
    if event in {{"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir"}} and {index!r} in str(given[0]):
        done += 1
        if done == {number}:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(count)
atexit.register(lambda: print("operations", done, flush=True))
"""


def changed(settings: Settings, number: int) -> None:
    """Change one document, rename another, add a third and remove one."""
    body = "## Number {0}\n\nThe office opened number {0} in 2023. It has {0} rooms.\n"
    corpus.write(settings.documents, {f"{number % 5}.md": corpus.document(body.format(number), id=f"n{number % 5}")})
    for old in settings.documents.glob("renamed-*.md"):
        old.rename(settings.documents / f"renamed-{number}.md")
    corpus.write(settings.documents, {f"added-{number}.md": body.format(1000 + number)})
    (settings.documents / f"added-{number - 3}.md").unlink(missing_ok=True)


@pytest.fixture
def small(settings: Settings, small_model: str) -> Settings:
    """A test's own index of a few documents with the small model."""
    small = settings.model_copy(update={"embedding_model": small_model})
    corpus.write(small.documents, corpus.TINY | {"renamed-0.md": "The pier was built in 1990. It is long."})
    for number in range(5):
        changed(small, number)
    synced(small)
    return small


def finished(process: subprocess.Popen[str]) -> tuple[float, int]:
    """(seconds, file operations) of an undisturbed run."""
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    started = time.perf_counter()
    out, err = process.communicate()
    assert process.returncode == 0, err
    return time.perf_counter() - started, int(re.findall(r"operations (\d+)", out)[0])


@pytest.mark.slow
def test_an_index_is_as_made_anew_after_a_kill_at_any_point(small: Settings) -> None:
    def process(number: int = 0) -> subprocess.Popen[str]:
        return ingest(small, code=SMALL_STEPS + AT_OPERATION.format(index=str(small.index), number=number) + READY)

    changed(small, 5)
    seconds, operations = finished(process())
    killed = 0
    for point in range(POINTS):
        changed(small, point + 6)
        before = manifest(small).told
        share = (point + DICE.random()) / POINTS
        if point % 2:
            running = process(number=1 + int(share * operations))
        else:
            running = process()
            assert running.stdout is not None and running.stdout.readline() == "ready\n"
            time.sleep(share * seconds)
            running.kill()
        running.communicate()
        killed += running.returncode == -signal.SIGKILL
        found = manifest(small).told
        assert len(texts(small)) == len(open_index(small).entries)
        synced(small)
        assert found in (before, manifest(small).told)
        assert_as_if_made_anew(small)
    assert killed >= POINTS * 3 / 4, "most are to be killed before they end"


@pytest.mark.slow
def test_readers_are_answered_while_ingests_follow_each_other(tiny: Settings) -> None:
    loop = """
import sys; sys.path.append({tests!r})
import corpus
from pathlib import Path
from assistant import settings
from ingest.__main__ import run
english = corpus.TINY["brief.en.md"]
for number in range(11, 36):
    corpus.write(Path({documents!r}), {{"brief.en.md": english.replace("had 10", f"had {{number}}")}})
    assert run([], settings.load()) == 0
"""
    code = loop.format(tests=str(Path(__file__).parent), documents=str(tiny.documents))
    writer = ingest(tiny, code=code)
    found: collections.Counter[str] = collections.Counter()

    def follow(ask: Callable[[], Assistant]) -> None:
        while writer.poll() is None:
            try:
                answer = ask().ask(QUESTION)
                found[answer.text if answer.status is Status.ANSWERED else f"failed: {answer.text}"] += 1
            except Exception as error:
                found[f"failed: {error}"] += 1

    staying = Assistant(tiny)
    readers = [threading.Thread(target=follow, args=[ask]) for ask in (lambda: staying, lambda: Assistant(tiny)) * 2]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert writer.returncode == 0, writer.communicate()
    assert [text for text in found if text.startswith("failed")] == []
    assert len(found) > 3, "several generations are to be read"
    assert "35" in staying.ask(QUESTION).text


@pytest.mark.slow
def test_a_served_chat_answers_from_the_old_index_until_the_new_one_is_whole(tiny: Settings) -> None:
    wait = "import time, assistant.generations as g; real = g.switch\n"
    wait += "g.switch = lambda *given: (print('ready', flush=True), time.sleep(2), real(*given))"
    with TestClient(create_app(Assistant(tiny), tiny)) as client:

        def answer() -> str:
            return str(client.post("/api/ask", json={"question": QUESTION}).json()["text"])

        corpus.write(tiny.documents, {"brief.en.md": corpus.TINY["brief.en.md"].replace("had 10", "had 12")})
        process = ingest(tiny, code=wait)
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
        assert "had 10" in answer()
        process.communicate()
        assert "had 12" in answer()


def test_a_file_that_changes_while_it_is_read_is_read_again(tiny: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tiny.documents / "brief.en.md"
    load, rewrites = inputs.load, iter(["11", "12"])

    def hurried(files: Iterator[File]) -> object:
        loaded = load(files)
        if number := next(rewrites, ""):
            path.write_text(corpus.TINY[path.name].replace("had 10", f"had {number}"), "utf-8")
        return loaded

    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    monkeypatch.setattr(inputs, "load", hurried)
    synced(tiny)
    assert any("had 12" in text for text in texts(tiny))
    assert_as_if_made_anew(tiny)


def test_a_file_that_keeps_changing_is_read_the_next_time_even_if_it_is_as_before(
    tiny: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tiny.documents / "brief.en.md"
    original, load, numbers = path.read_text("utf-8"), inputs.load, iter(range(11, 99))

    def hurried(files: Iterator[File]) -> object:
        path.write_text(original.replace("had 10", f"had {next(numbers)}"), "utf-8")
        return load(files)

    corpus.write(tiny.documents, {"new.md": "New."})
    path.write_text(original + "\n", "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(inputs, "load", hurried)
        synced(tiny)
    assert manifest(tiny).files[path.name] == ""
    synced(tiny)
    assert manifest(tiny).files[path.name] != ""
    assert_as_if_made_anew(tiny)


def test_two_ingests_at_once_leave_one_whole_index(tiny: Settings) -> None:
    corpus.write(tiny.documents, {"new.md": "New."})
    both = [ingest(tiny) for _ in range(2)]
    for process in both:
        process.communicate()
    assert {process.returncode for process in both} <= {0, 1}
    assert 0 in {process.returncode for process in both}
    assert_as_if_made_anew(tiny)
    synced(tiny)
    assert [folder.name for folder in generations.folders(tiny.index)] == [generations.current(tiny.index)]

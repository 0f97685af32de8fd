"""`--watch`: the index follows the documents, whatever they become, until Ctrl+C."""

import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue

import corpus
import pytest
from fresh import assert_as_if_made_anew, records
from processes import ingest

from assistant.errors import DocumentError, IndexLocked
from assistant.settings import Settings
from ingest import watch as watching
from ingest.lock import locked
from ingest.watch import watch

EN, ZH = "brief.en.md", "brief.zh-Hant.md"
QUICK = "import ingest.watch as w; w.QUIET, w.AGAIN = 150, 0.5"


class Watcher:
    """`python -m ingest --watch` as a process, and what it prints."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self._lines: Queue[str] = Queue()
        for stream in (process.stdout, process.stderr):
            threading.Thread(target=lambda told=stream: [*map(self._lines.put, told)], daemon=True).start()  # type: ignore[misc]

    def says(self, words: str, seconds: float = 60) -> str:
        """The next line with these words; those before it are passed over."""
        try:
            while words not in (line := self._lines.get(timeout=seconds)):
                pass
        except Empty:
            raise AssertionError(f"it did not say {words!r}") from None
        return line

    def rest(self) -> list[str]:
        return [self._lines.get_nowait() for _ in range(self._lines.qsize())]


@pytest.fixture
def watcher(tiny: Settings) -> Iterator[Watcher]:
    process = ingest(tiny, "--watch", code=QUICK)
    try:
        yield Watcher(process)
    finally:
        process.kill()
        process.communicate()


@pytest.mark.slow
def test_the_index_follows_the_documents_until_ctrl_c(tiny: Settings, watcher: Watcher) -> None:
    watcher.says(f"watching `{tiny.documents}`; stop it with Ctrl+C.")
    watcher.says("0 added, 0 removed, 4 unchanged passages of 2 documents")
    corpus.write(tiny.documents, {"new.md": "New.", ".hidden.md": "Hidden."})
    assert watcher.says("changed: ") == "ingest: changed: new.md\n"
    watcher.says("1 added, 0 removed, 4 unchanged passages of 3 documents")
    corpus.write(tiny.documents, {f"{EN}.meta.yaml": "url: https://example.org/brief"})
    assert watcher.says("changed: ") == f"ingest: changed: {EN}.meta.yaml\n"
    watcher.says("0 added, 0 removed, 5 unchanged passages of 3 documents")
    assert {r.passage.source.url for r in records(tiny)} == {"https://example.org/brief", None}
    corpus.write(tiny.documents, {EN: b"\xff"})
    watcher.says("brief.en.md` keeps the 2 passages")
    corpus.write(tiny.documents, {"sources.yaml": "- ["})
    watcher.says("sources.yaml` cannot be read")
    (tiny.documents / "sources.yaml").unlink()
    corpus.write(tiny.documents, corpus.TINY)
    watcher.says("0 added, 0 removed, 5 unchanged passages of 3 documents")
    with locked(tiny.index):
        (tiny.documents / "new.md").unlink()
        watcher.says("is writing the index")
    watcher.says("0 added, 1 removed, 4 unchanged passages of 2 documents")
    watcher.process.send_signal(signal.SIGINT)
    assert watcher.process.wait(30) == 0
    watcher.says("stopped watching; the index is as the last ingest left it.")
    assert_as_if_made_anew(tiny)


@pytest.mark.slow
def test_many_changes_at_once_are_one_ingest(tiny: Settings, watcher: Watcher) -> None:
    watcher.says("4 unchanged")
    for number in range(20):
        corpus.write(tiny.documents, {f"{number}.md": f"Number {number}."})
    watcher.says("20 added, 0 removed, 4 unchanged passages of 22 documents")
    watcher.process.send_signal(signal.SIGINT)
    watcher.says("stopped watching")
    assert [line for line in watcher.rest() if "added" in line] == []


def test_a_file_is_watched_through_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "QUIET", 50)
    corpus.write(tmp_path, {"a.md": "A.", "b.md": "B."})
    seen = watching._changes([tmp_path / "a.md"], Settings(index=tmp_path / "index"), threading.Event())
    assert next(seen) == set()
    corpus.write(tmp_path, {"b.md": "Other.", "c.md": "C.", "a.md.new": "Other.", "index/a.md": "Other."})
    (tmp_path / "a.md.new").replace(tmp_path / "a.md")
    assert next(each for each in seen if each) == {"a.md"}
    corpus.write(tmp_path, {"a.meta.yaml": "published: 2024", "b.md.meta.yaml": "published: 2024"})
    assert next(each for each in seen if each) == {"a.meta.yaml"}


def test_what_is_missing_cannot_be_watched(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"There is no file or folder `.*/missing` to watch"):
        watch([tmp_path / "missing"], Settings(), lambda: None, lambda sentence: None)


ENDS: list[tuple[type[BaseException], str, bool]] = [
    (DocumentError, "told", True),
    (IndexLocked, "told", False),
    (ValueError, "an unexpected error (ValueError: told); waiting for the next change.", True),
]


@pytest.mark.parametrize(("error", "words", "done"), ENDS)
def test_an_error_does_not_end_it(error: type[BaseException], words: str, done: bool) -> None:
    told: list[str] = []

    def fail() -> None:
        raise error("told")

    assert watching._ingested(fail, told.append) is done
    assert told == [words]

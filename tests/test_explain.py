"""`python -m ingest --explain FILE` shows what became of a file; the list of what was left out is written beside the index."""

import json
from pathlib import Path

import corpus
import pytest

from ingest import quarantine
from ingest.__main__ import main
from ingest.document import File
from ingest.explain import explain
from ingest.load import examined, read

TEXT = "The room\n\nShare Print\n\nThe har□bour opened\nit, with\x1b[2J care.\n\fMore of it.\n"
EXPECTED = """\
id:        2021-room  (file name)
title:     The room  (text)
source:    The room
kind:      original  (default)
publisher: unknown
published: 2021  (file name)
language:  en  (text)

    1   The room
    2
    3 - Share Print  [buttons]
    4
    5 ~ The harbour opened  [stray characters]
      was The har□bour opened
    6 ~ it, with[2J care.  [invisible characters]
      was it, with<001B>[2J care.
    7
      page 2
    8   More of it.

8 lines: 1 dropped, 2 repaired. To overrule: `keep:` and `drop:`."""


@pytest.fixture
def file(tmp_path: Path) -> File:
    corpus.write(tmp_path, {"2021-room.txt": TEXT})
    return File(tmp_path / "2021-room.txt", "2021-room.txt")


def test_every_line_is_shown_with_what_became_of_it(file: File) -> None:
    assert explain(*examined(file)) == EXPECTED


def test_colours_are_for_terminals(file: File) -> None:
    painted = explain(*examined(file), painted=True)
    assert "\x1b[31m    3 - Share Print  [buttons]\x1b[0m" in painted
    assert "\x1b" not in explain(*examined(file))


def test_the_command_explains_and_makes_no_index(
    file: File, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_INDEX", str(tmp_path / "index"))
    assert main(["--explain", str(file.path)]) == 0
    assert capsys.readouterr().out == f"{EXPECTED}\n"
    assert not (tmp_path / "index").exists()
    assert main(["--explain", str(tmp_path / "none.txt")]) == 1


def test_the_quarantine_has_every_line_dropped_or_repaired(file: File, tmp_path: Path) -> None:
    document = read(file)
    quarantine.write([document], tmp_path)
    entries = [json.loads(line) for line in (tmp_path / quarantine.FILE).read_text("utf-8").splitlines()]
    told = {"document": "2021-room", "language": "en", "path": "2021-room.txt"}
    assert entries[0] == told | {"page": 1, "line": 3, "reason": "buttons", "found": "Share Print", "text": None}
    assert [(entry["line"], entry["text"]) for entry in entries[1:]] == [
        (5, "The harbour opened"),
        (6, "it, with[2J care."),
    ]

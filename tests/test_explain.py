"""`python -m ingest --explain FILE` shows what became of a file; the list of what was left out is written beside the index."""

import json
from pathlib import Path

import corpus
import made
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
    quarantine.update(quarantine.entries([document]), (), tmp_path)
    entries = [json.loads(line) for line in (tmp_path / quarantine.FILE).read_text("utf-8").splitlines()]
    told = {"document": "2021-room", "language": "en", "path": "2021-room.txt"}
    assert entries[0] == told | {"page": 1, "line": 3, "reason": "buttons", "found": "Share Print", "text": None}
    assert [(entry["line"], entry["text"]) for entry in entries[1:]] == [
        (5, "The harbour opened"),
        (6, "it, with[2J care."),
    ]


def test_documents_of_every_kind_are_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus.write(
        tmp_path, {"report.pdf": made.report(), "all.zip": made.ALL["all.zip"](), "old.doc": b"\xd0\xcf\x11\xe0"}
    )
    assert main(["--explain", str(tmp_path / "report.pdf")]) == 0
    printed = capsys.readouterr().out
    assert (
        "title:     Seagull report  (file)\n" in printed and "\n      page 2\n" in printed and made.ENGLISH in printed
    )
    assert main(["--explain", str(tmp_path / "all.zip" / "inner" / "名單.md")]) == 0
    member = capsys.readouterr().out
    assert member.startswith("id:        名單  (file name)\n") and made.CHINESE in member
    assert main(["--explain", str(tmp_path / "all.zip")]) == 0
    printed = capsys.readouterr().out
    assert (
        f"{tmp_path}/all.zip/inner/名單.md\n\n{member}" in printed
        and f"{tmp_path}/all.zip/inner/letter.docx" in printed
    )
    assert main(["--explain", str(tmp_path / "all.zip" / "none.md")]) == 1
    assert f"There is no document `none.md` in `{tmp_path}/all.zip`; set its name right." in capsys.readouterr().err
    assert main(["--explain", str(tmp_path)]) == 3
    assert f"ingest: `{tmp_path}/old.doc`: the file is an old Office file" in capsys.readouterr().err


def test_an_archive_that_is_damaged_is_explained_as_such(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus.write(tmp_path, {"all.zip": made.ALL["all.zip"]()[:-40]})
    for path in (tmp_path / "all.zip", tmp_path / "all.zip" / "inner" / "名單.md"):
        assert main(["--explain", str(path)]) == 1
        assert f"`{tmp_path}/all.zip`: the archive is damaged" in capsys.readouterr().err


def test_a_list_that_someone_edited_does_not_stop_the_next_one(file: File, tmp_path: Path) -> None:
    corpus.write(tmp_path, {quarantine.FILE: 'no JSON\n{"path": 3}\n[]\n{"path": "a.md", "found": "\u2028"}\n'})
    quarantine.update(["new"], ("a.md", "none.md"), tmp_path)
    assert (tmp_path / quarantine.FILE).read_text("utf-8") == '{"path": "a.md", "found": "\u2028"}\nnew\n'

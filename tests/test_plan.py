"""`--dry-run`: what a sync would change is told by document, and nothing is written."""

from collections.abc import Callable
from pathlib import Path

import corpus
import pytest
from fresh import synced
from servers import page_server

from assistant.settings import Settings
from ingest import inputs
from ingest.__main__ import main, run, show

EN, ZH = "brief.en.md", "brief.zh-Hant.md"
END = "; nothing was written\n"


def renamed(settings: Settings) -> None:
    (settings.documents / EN).rename(settings.documents / "z.md")


def replaced(settings: Settings) -> None:
    """By a file of another name that has no id of its own."""
    (settings.documents / EN).unlink()
    corpus.write(settings.documents, {"notes.md": corpus.ENGLISH})


def written(name: str, content: str | bytes) -> Callable[[Settings], object]:
    return lambda settings: corpus.write(settings.documents, {name: content})


def rewritten(name: str, old: str, new: str) -> Callable[[Settings], object]:
    return written(name, corpus.TINY[name].replace(old, new))


EDITS: list[tuple[Callable[[Settings], object], list[str], str]] = [
    (lambda s: None, [], "0 added, 0 changed, 0 renamed, 0 removed, 2 unchanged documents; 0 passages to embed"),
    (
        written("new.md", "New.\n\nNewer.\n\nNew."),
        ["added: new.md (3 passages)"],
        "1 added, 0 changed, 0 renamed, 0 removed, 2 unchanged documents; 3 passages to embed",
    ),
    (
        rewritten(EN, "had 10", "had 11"),
        [f"changed: {EN} (1 passages added, 1 removed, 1 unchanged)"],
        "0 added, 1 changed, 0 renamed, 0 removed, 1 unchanged documents; 1 passages to embed",
    ),
    (
        rewritten(EN, "title: Brief", "title: Summary"),
        [f"changed: {EN} (0 passages added, 0 removed, 2 unchanged)"],
        "0 added, 1 changed, 0 renamed, 0 removed, 1 unchanged documents; 0 passages to embed",
    ),
    (renamed, [f"renamed: {EN} to z.md"], "0 added, 0 changed, 1 renamed, 0 removed, 1 unchanged documents; 0 passages"),
    (replaced, [f"renamed: {EN} to notes.md"], "0 added, 0 changed, 1 renamed, 0 removed, 1 unchanged documents; 0"),
    (
        lambda s: (s.documents / EN).unlink(),
        [f"removed: {EN} (2 passages)"],
        "0 added, 0 changed, 0 renamed, 1 removed, 1 unchanged documents; 0 passages to embed",
    ),
    (
        lambda s: (renamed(s), written("y.md", "New.")(s), rewritten(ZH, "10", "11")(s)),
        ["added: y.md (1 passages)", f"changed: {ZH} (1 passages added, 1 removed, 1 unchanged)", f"renamed: {EN} to z.md"],
        "1 added, 1 changed, 1 renamed, 0 removed, 0 unchanged documents; 2 passages to embed",
    ),
    (written(EN, b"\xff"), [], "0 added, 0 changed, 0 renamed, 0 removed, 2 unchanged documents; 0 passages to embed"),
]  # fmt: skip


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in sorted(folder.rglob("*"))
    }


@pytest.mark.parametrize(("edit", "lines", "told"), EDITS)
def test_what_would_change_is_told_and_nothing_is_written(
    tiny: Settings, capsys: pytest.CaptureFixture[str], embedded: list[str],
    edit: Callable[[Settings], object], lines: list[str], told: str,
) -> None:  # fmt: skip
    run([], tiny)
    edit(tiny)
    before = state(tiny.index)
    capsys.readouterr()
    code = show([], tiny)
    out, err = capsys.readouterr()
    assert out.splitlines()[:-1] == lines
    assert out.splitlines()[-1].startswith(told)
    assert out.endswith(END)
    assert (code == 3) is ("not in UTF-8" in err)
    assert (state(tiny.index), embedded) == (before, [])
    synced(tiny)
    assert (embedded == []) is ("; 0" in told)


def test_without_an_index_all_is_new_and_no_folder_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_INDEX", str(tmp_path / "index"))
    folder = corpus.write(tmp_path / "documents", corpus.TINY)
    assert main(["--dry-run", str(folder)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"added: {EN} (2 passages)",
        f"added: {ZH} (2 passages)",
        "2 added, 0 changed, 0 renamed, 0 removed, 0 unchanged documents; 4 passages to embed; nothing was written",
    ]
    assert not (tmp_path / "index").exists()


def test_for_another_model_all_is_embedded(
    tiny: Settings, small_model: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert show([], tiny.model_copy(update={"embedding_model": small_model})) == 0
    assert "4 passages to embed" in capsys.readouterr().out


def test_another_version_of_the_readers_that_reads_the_same_changes_nothing(
    tiny: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inputs, "_program", lambda: "another")
    assert show([], tiny) == 0
    assert capsys.readouterr().out.startswith("0 added, 0 changed, 0 renamed, 0 removed, 2 unchanged documents")


def test_pages_are_looked_at_and_not_kept(tiny: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings = tiny.model_copy(update={"allow_private_addresses": True})
    with page_server() as pages:
        pages.answers["/a"] = [(200, {"Content-Type": "text/plain", "ETag": '"1"'}, b"Eleven.")]
        corpus.write(tiny.documents, {"sources.yaml": f"- {pages.url}/a"})
        assert show([], settings) == 0
        assert "1 added, 0 changed, 0 renamed, 0 removed, 2 unchanged documents" in capsys.readouterr().out
        assert not (tiny.index / "pages").exists()
        assert run([], settings) == 0
        before = state(tiny.index)
        capsys.readouterr()
        assert show([], settings) == 0
        assert capsys.readouterr().out.startswith("0 added, 0 changed, 0 renamed, 0 removed, 3 unchanged documents")
        assert state(tiny.index) == before

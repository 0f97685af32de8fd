"""One process writes the index, and a folder that cannot be written is told."""

import os
import sqlite3
from pathlib import Path

import pytest

from assistant.errors import IndexLocked
from ingest.lock import locked


def test_the_lock_says_who_holds_it_and_is_given_back(tmp_path: Path) -> None:
    for _ in range(2):
        with locked(tmp_path):
            assert (tmp_path / "lock").read_text() == str(os.getpid())
            with pytest.raises(IndexLocked) as raised, locked(tmp_path):
                pass
        assert str(raised.value).startswith(f"Process {os.getpid()} is writing the index in `{tmp_path}`; wait")


def test_a_lock_of_a_process_that_is_gone_is_no_lock(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text("999999999")
    with locked(tmp_path):
        assert (tmp_path / "lock").read_text() == str(os.getpid())


def test_the_folder_is_made(tmp_path: Path) -> None:
    with locked(tmp_path / "a" / "b"):
        assert (tmp_path / "a" / "b").is_dir()


@pytest.mark.parametrize("index", ["file", "file/index", "file/a/b"])
def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, index: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexLocked) as raised, locked(tmp_path / index):
        pass
    assert f"The index folder `{tmp_path / index}` cannot be written (" in str(raised.value)
    assert "set ASSISTANT_INDEX to another folder" in str(raised.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_rights_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(IndexLocked, match="Permission denied"), locked(tmp_path / "index"):
        pass


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (OSError(28, "No space left on device"), "(No space left on device)"),
        (sqlite3.OperationalError("database or disk is full"), "(database or disk is full)"),
    ],
)
def test_what_cannot_be_written_under_the_lock_is_told(tmp_path: Path, error: Exception, why: str) -> None:
    with pytest.raises(IndexLocked) as raised, locked(tmp_path):
        raise error
    assert why in str(raised.value)

"""The pointer to the generation in use, and the manifest of each."""

import json
from pathlib import Path

import pytest

from assistant import generations
from assistant.errors import IndexDamaged, IndexMissing
from assistant.generations import Entry, Manifest
from assistant.types import Language

MANIFEST = Manifest("model", "1", "1", "2024-03", 1, [Entry("a", "brief", Language.SIMPLIFIED, 3, 2)])
WRITTEN = {
    "embedder": "model", "splitter": "1", "analysis": "1", "newest": "2024-03", "documents": 1,
    "entries": [{"id": "a", "document": "brief", "language": "zh-Hans", "sentences": 3, "pairs": 2}],
}  # fmt: skip


def test_the_pointer_is_what_was_switched_to_last(tmp_path: Path) -> None:
    generations.switch(tmp_path, "one")
    generations.switch(tmp_path, "two")
    assert generations.current(tmp_path) == "two"
    assert [path.name for path in tmp_path.iterdir()] == ["current"]


def test_a_switch_that_was_cut_off_changes_nothing(tmp_path: Path) -> None:
    generations.switch(tmp_path, "one")
    (tmp_path / "current.partial").write_text("tw")
    assert generations.current(tmp_path) == "one"
    generations.switch(tmp_path, "two")
    assert generations.current(tmp_path) == "two"


@pytest.mark.parametrize("index", ["missing", "empty"])
def test_no_index_yet(tmp_path: Path, index: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(IndexMissing, match=r"There is no index in `.*` yet; make it with `python -m ingest`"):
        generations.current(tmp_path / index)


def test_a_pointer_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "current").write_bytes(b"\xff\xfe")
    with pytest.raises(IndexDamaged, match="rebuild it with `python -m ingest --rebuild`"):
        generations.current(tmp_path)


def test_a_pointer_that_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "current").mkdir()
    with pytest.raises(IndexDamaged, match=r"cannot be read \(Is a directory\)"):
        generations.current(tmp_path)


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    generations.write_manifest(tmp_path, MANIFEST)
    assert generations.read_manifest(tmp_path) == MANIFEST
    assert MANIFEST.rows == 1 + 3 + 2


@pytest.mark.parametrize(
    "content",
    [
        None, "", "{", "null", "[]", "3", '"text"', "{}", json.dumps(WRITTEN)[:-5],
        json.dumps(WRITTEN | {"other": 1}),
        json.dumps(WRITTEN | {"entries": 1}),
        json.dumps(WRITTEN | {"entries": [1]}),
        json.dumps(WRITTEN | {"entries": [{"id": "a"}]}),
        json.dumps(WRITTEN | {"entries": [WRITTEN["entries"][0] | {"language": "fr"}]}),  # type: ignore[index]
    ],
)  # fmt: skip
def test_a_damaged_manifest_is_told_from_a_sound_one(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(IndexDamaged, match=r"is damaged .*; rebuild it with `python -m ingest --rebuild`"):
        generations.read_manifest(tmp_path)


def test_the_manifest_says_what_it_says(tmp_path: Path) -> None:
    generations.write_manifest(tmp_path, MANIFEST)
    assert json.loads((tmp_path / "manifest.json").read_text()) == WRITTEN


def test_the_folders_of_all_generations(tmp_path: Path) -> None:
    assert generations.folders(tmp_path) == []
    for name in ("b", "a"):
        generations.folder_of(tmp_path, name).mkdir(parents=True)
    assert [folder.name for folder in generations.folders(tmp_path)] == ["a", "b"]

"""The pointer to the generation in use, and the manifest of each."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import generations
from assistant.errors import IndexDamaged, IndexMissing
from assistant.generations import Entry, Manifest, content_of
from assistant.types import Kind, Language, Passage, Source

ENTRY = Entry("a", "brief", Language.SIMPLIFIED, 3, 2, "brief.md", "c0")
MANIFEST = Manifest("model", "1", "1", "2024-03", 1, [ENTRY], {"brief.md": "d0"}, {"brief.md": "e0"})
WRITTEN = {
    "embedder": "model", "splitter": "1", "analysis": "1", "newest": "2024-03", "documents": 1,
    "entries": [
        {"id": "a", "document": "brief", "language": "zh-Hans", "sentences": 3, "pairs": 2, "path": "brief.md", "content": "c0"}
    ],
    "files": {"brief.md": "d0"},
    "told": {"brief.md": "e0"},
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


def test_equal_passages_of_any_document_have_one_content() -> None:
    source = Source("a", "A", Kind.BRIEF, "A", "", "2024", Language.ENGLISH)
    passage = Passage("1", "Ten.", source, "Heading", 3)
    same = [
        replace(passage, id="2", start=9, page=4),
        replace(passage, source=replace(source, id="b", title="B", published="2025")),
    ]
    others = [
        replace(passage, text="Ten"),
        replace(passage, section=""),
        replace(passage, source=replace(source, language=Language.SIMPLIFIED)),
    ]
    relative = [
        replace(passage, text="Ten last year.", source=replace(source, published=year)) for year in ("2024", "2025")
    ]
    assert {content_of(each) for each in same} == {content_of(passage)}
    assert len({content_of(each) for each in (passage, *others, *relative)}) == 6


def test_what_is_held_is_not_free_until_all_let_go(tmp_path: Path) -> None:
    first, second = generations.hold(tmp_path), generations.hold(tmp_path)
    for held in (first, second):
        with generations.unheld(tmp_path) as free:
            assert not free
        os.close(held)
    with generations.unheld(tmp_path) as free:
        assert free
        with pytest.raises(IndexDamaged, match="it is being removed"):
            generations.hold(tmp_path)
    os.close(generations.hold(tmp_path))


def test_what_is_gone_cannot_be_held_and_is_free(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="its folder is missing"):
        generations.hold(tmp_path / "gone")
    with generations.unheld(tmp_path / "gone") as free:
        assert free


def test_all_of_a_generation_is_on_disk_before_the_switch_and_the_switch_before_it_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = generations.folder_of(tmp_path, "one")
    (folder / "words" / "native").mkdir(parents=True)
    for name in ("manifest.json", "words/native/data"):
        (folder / name).write_text("x")
    steps: list[str] = []
    fsync, replace_ = os.fsync, Path.replace

    def noted(opened: int) -> None:
        steps.append(Path(f"/proc/self/fd/{opened}").readlink().relative_to(tmp_path).as_posix())
        fsync(opened)

    def moved(self: Path, target: Path) -> Path:
        steps.append(f"{self.name} → {target.name}")
        return replace_(self, target)

    monkeypatch.setattr(os, "fsync", noted)
    monkeypatch.setattr(Path, "replace", moved)
    generations.switch(tmp_path, "one")
    inside = [
        f"generations/one{name}" for name in ("", "/words", "/words/native", "/manifest.json", "/words/native/data")
    ]
    assert sorted(steps[:5]) == sorted(inside)
    assert steps[5:] == ["generations", "current.partial", "current.partial → current", "."]

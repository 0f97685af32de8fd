"""What of the files is read: those that differ from what the index was made of, and none that do not."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import corpus
import pytest
from fresh import assert_as_if_made_anew, manifest, synced, texts

from assistant.settings import Settings
from ingest import inputs, split
from ingest.document import File
from ingest.inputs import read
from ingest.load import find

EN, ZH = "brief.en.md", "brief.zh-Hant.md"


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read from now on."""
    names: list[str] = []
    load = inputs.load

    def noted(files: Iterable[File]) -> object:
        given = list(files)
        names.extend(file.name for file in given)
        return load(given)

    monkeypatch.setattr(inputs, "load", noted)
    return names


EDITS: list[tuple[Callable[[Path], object], list[str], list[str]]] = [
    # what is done, the names of the files read, and those read the time after
    (lambda folder: None, [], []),
    (lambda folder: (folder / EN).touch(), [], []),
    (lambda folder: corpus.write(folder, {"new.md": "New."}), ["new.md"], []),
    (lambda folder: corpus.write(folder, {ZH: corpus.TINY[ZH] + "\n"}), [ZH], []),
    (lambda folder: (folder / EN).rename(folder / "z.md"), ["z.md"], []),
    (lambda folder: (folder / EN).unlink(), [], []),
    (lambda folder: corpus.write(folder, {EN: b"\xff"}), [EN], [EN]),
]


@pytest.mark.parametrize(("edit", "names", "again"), EDITS)
def test_only_what_differs_is_read(
    tiny: Settings, loaded: list[str], edit: Callable[[Path], object], names: list[str], again: list[str]
) -> None:
    edit(tiny.documents)
    synced(tiny)
    assert loaded == names
    synced(tiny)
    assert loaded == [*names, *again]


def test_a_file_read_now_that_is_also_one_of_those_known_has_all_read(tiny: Settings, loaded: list[str]) -> None:
    corpus.write(tiny.documents, {"a-copy.md": corpus.TINY[EN]})
    assert synced(tiny).kept == {}
    assert loaded == ["a-copy.md", "a-copy.md", EN, ZH]
    assert manifest(tiny).files[EN] == ""
    assert_as_if_made_anew(tiny)


def test_another_version_of_the_readers_has_all_read(
    tiny: Settings, loaded: list[str], monkeypatch: pytest.MonkeyPatch, embedded: list[str]
) -> None:
    monkeypatch.setattr(inputs, "_program", lambda: "another")
    synced(tiny)
    assert (loaded, embedded) == ([EN, ZH], [])
    monkeypatch.setattr(split, "VERSION", "another")
    synced(tiny)
    assert loaded == [EN, ZH] * 2


def test_what_is_told_of_a_file_elsewhere_is_part_of_it(tiny: Settings) -> None:
    files = find([tiny.documents])
    known = manifest(tiny)
    assert read(files, known).same == {EN, ZH}
    told = [replace(files[0], meta={"title": "Another"}), files[1]]
    found = read(told, known)
    assert found.same == {ZH}
    assert {passage.source.title for passage in found.passages[EN]} == {"Another"}


def test_two_files_of_one_name_are_read_every_time(tiny: Settings, tmp_path: Path) -> None:
    other = corpus.write(tmp_path / "other", {EN: corpus.document("New.", id="other")})
    files = find([tiny.documents, other])
    found = read(files, manifest(tiny))
    assert (found.same, found.digests[EN], len(found.passages[EN])) == ({ZH}, "", 3)


def test_the_order_of_the_passages_is_that_of_the_files(tiny: Settings) -> None:
    corpus.write(tiny.documents, {"a.md": "First.", "c.md": "Last.", "brief.en.md": corpus.TINY[EN] + "\nMore.\n"})
    synced(tiny)
    assert [text[:5] for text in texts(tiny)] == ["First", "The f", "The l", "More.", "首批有10", "交流的啟動", "Last."]

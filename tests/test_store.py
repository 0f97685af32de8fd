"""Records in Chroma: what comes back is what was stored, and damage is told."""

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from servers import chroma_server, free_port, no_server, other_server, silent_server

from assistant import store
from assistant.errors import IndexDamaged, IndexLocked, IndexUnreachable
from assistant.generations import Manifest
from assistant.models import Vectors
from assistant.records import Record, Window, entry_of
from assistant.store import Collection, drop_collection
from assistant.types import Kind, Language, Passage, Source

SOURCE = Source(
    "brief", "摘要", Kind.BRIEF, "Brief", "Office", "2024-03", Language.TRADITIONAL, "https://example.org", "brief.md"
)
TEXT = "首批有10名公務員。\tThe first batch had 10."


def unit(seed: int) -> Vectors:
    vector = np.random.default_rng(seed).normal(size=8).astype(np.float32)
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


def window(start: int, end: int, seed: int) -> Window:
    keys, parts, glosses = frozenset({"首批", "@a b"}), frozenset({"a", "b"}), frozenset({"first"})
    return Window(start, end, unit(seed), keys, parts, glosses)


def record(name: str, seed: int = 0, source: Source = SOURCE, page: int | None = None) -> Record:
    """A record with two sentences and the pair of them; the vector of its whole is `unit(seed)`."""
    return Record(
        Passage(name, TEXT, source, "首批 › A", 42, page),
        window(0, len(TEXT), seed),
        (window(0, 11, seed + 1), window(12, 35, seed + 2)),
        (window(0, 35, seed + 3),),
        ("首批", "_首批"),
        (),
    )


def same(one: Record, other: Record) -> bool:
    def plain(record: Record) -> object:
        windows = (record.whole, *record.sentences, *record.pairs)
        return replace(record, whole=None, sentences=(), pairs=()), [replace(w, vector=None) for w in windows]  # type: ignore[arg-type]

    pairs = zip((one.whole, *one.sentences, *one.pairs), (other.whole, *other.sentences, *other.pairs), strict=True)
    return plain(one) == plain(other) and all(np.allclose(a.vector, b.vector, atol=1e-6) for a, b in pairs)


RECORDS = [
    record("a", 10),
    record("b", 20, page=7),
    record("b-2", 30, replace(SOURCE, url=None, publisher="", published="", language=Language.ENGLISH)),
    replace(record("c", 40), sentences=(), pairs=()),
]


def manifest(records: list[Record]) -> Manifest:
    return Manifest("model", "1", "1", "", 1, [entry_of(record) for record in records])


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a generation with RECORDS."""
    folder = tmp_path_factory.mktemp("generation")
    Collection(folder, None, create=True).add(RECORDS)
    return folder


def test_records_come_back_as_they_were_stored_and_in_the_order_asked(written: Path) -> None:
    collection = Collection(written, None)
    collection.check(manifest(RECORDS))
    back = collection.records([entry_of(record) for record in reversed(RECORDS)])
    assert all(same(one, other) for one, other in zip(back, reversed(RECORDS), strict=True))
    assert collection.records([]) == []


def test_more_records_than_a_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "BATCH", 3)
    records = [record(f"r{at}", at * 4) for at in range(5)]
    collection = Collection(tmp_path, None, create=True)
    collection.add(records)
    collection.check(manifest(records))
    back = collection.records([entry_of(record) for record in records])
    assert all(same(one, other) for one, other in zip(back, records, strict=True))


@pytest.mark.parametrize(
    ("seed", "name"), [(10, "a"), (11, "a"), (13, "a"), (20, "b"), (22, "b"), (33, "b-2"), (40, "c")]
)
def test_the_nearest_passage_is_the_one_with_the_nearest_window(written: Path, seed: int, name: str) -> None:
    nearest = Collection(written, None).nearest(unit(seed), 100)
    assert set(nearest) == {"a", "b", "b-2", "c"}
    assert max(nearest, key=lambda each: nearest[each]) == name
    assert nearest[name] == pytest.approx(1, abs=1e-5)


def test_cosines_are_those_of_the_best_window(written: Path) -> None:
    vector = unit(99)
    for name, cosine in Collection(written, None).nearest(vector, 100).items():
        (found,) = [record for record in RECORDS if record.passage.id == name]
        windows = (found.whole, *found.sentences, *found.pairs)
        assert cosine == pytest.approx(max(float(vector @ window.vector) for window in windows), abs=1e-5)


def test_an_empty_collection_has_no_nearest(tmp_path: Path) -> None:
    assert Collection(tmp_path, None, create=True).nearest(unit(1), 5) == {}


def test_a_record_that_is_not_there_is_told(written: Path) -> None:
    with pytest.raises(IndexDamaged, match="lacks the record missing"):
        Collection(written, None).records([entry_of(record("missing"))])


def test_too_few_rows_are_told(written: Path) -> None:
    with pytest.raises(IndexDamaged, match="holds 13 rows instead of 17"):
        Collection(written, None).check(manifest([*RECORDS, record("d")]))


def _vectors(folder: Path) -> Path:
    return next(path for path in (folder / "chroma").iterdir() if path.is_dir())


DAMAGE: dict[str, Callable[[Path], object]] = {
    "no folder": lambda folder: shutil.rmtree(folder / "chroma"),
    "no database": lambda folder: (folder / "chroma" / "chroma.sqlite3").unlink(),
    "empty database": lambda folder: (folder / "chroma" / "chroma.sqlite3").write_bytes(b""),
    "other database": lambda folder: (folder / "chroma" / "chroma.sqlite3").write_bytes(b"garbage" * 1000),
    "cut database": lambda folder: _cut(folder / "chroma" / "chroma.sqlite3"),
    "no vectors": lambda folder: shutil.rmtree(_vectors(folder)),
    "no vector data": lambda folder: (_vectors(folder) / "data_level0.bin").unlink(),
    "other vector data": lambda folder: (_vectors(folder) / "data_level0.bin").write_bytes(b"garbage" * 100),
    "other header": lambda folder: (_vectors(folder) / "header.bin").write_bytes(b"garbage" * 10),
    "other lengths": lambda folder: (_vectors(folder) / "length.bin").write_bytes(b"garbage" * 100),
}


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:50_000])


MANY = [record(f"r{at}", at * 4) for at in range(300)]


@pytest.fixture(scope="module")
def persisted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A generation large enough that Chroma writes its vectors to a folder of their own."""
    folder = tmp_path_factory.mktemp("many") / "generation"
    Collection(folder, None, create=True).add(MANY)
    return folder


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_told_with_what_to_do(persisted: Path, tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "generation"
    shutil.copytree(persisted, folder)
    Collection(folder, None).check(manifest(MANY))
    DAMAGE[damage](folder)
    shutil.copytree(folder, tmp_path / "damaged")  # another path, for which the process has nothing in memory
    with pytest.raises(IndexDamaged, match=r"is damaged \(.*\); rebuild it with `python -m ingest --rebuild`\."):
        Collection(tmp_path / "damaged", None).check(manifest(MANY))


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "chroma").write_text("a file")
    with pytest.raises(IndexLocked, match="cannot be written"):
        Collection(tmp_path, None, create=True)


@pytest.mark.parametrize("server", [no_server, silent_server, other_server])
def test_a_server_that_does_not_answer_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: Callable[[], AbstractContextManager[str]]
) -> None:
    monkeypatch.setattr(store, "_ANSWER_SECONDS", 0.5)
    with server() as url, pytest.raises(IndexUnreachable) as raised:
        Collection(tmp_path, url)
    assert str(raised.value).startswith(f"No Chroma server answers at {url} (")
    assert "start it, or correct or unset ASSISTANT_CHROMA_URL" in str(raised.value)


@pytest.mark.slow
def test_a_server_holds_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "generation"
    with chroma_server(tmp_path / "server") as url:
        with pytest.raises(IndexDamaged, match="its passages are missing"):
            Collection(folder, url)
        Collection(folder, url, create=True).add(RECORDS)
        collection = Collection(folder, url + "/")
        collection.check(manifest(RECORDS))
        back = collection.records([entry_of(record) for record in RECORDS])
        assert all(same(one, other) for one, other in zip(back, RECORDS, strict=True))
        assert max((found := collection.nearest(unit(22), 100)), key=lambda name: found[name]) == "b"
        drop_collection(folder, url)
        drop_collection(folder, url)
        with pytest.raises(IndexUnreachable):
            collection.check(manifest(RECORDS))


@pytest.mark.slow
def test_a_server_that_stops_is_told_and_found_again(tmp_path: Path) -> None:
    port = free_port()
    with chroma_server(tmp_path / "server", port) as url:
        collection = Collection(tmp_path / "generation", url, create=True)
        collection.add(RECORDS)
    with pytest.raises(IndexUnreachable):
        collection.nearest(unit(22), 5)
    with chroma_server(tmp_path / "server", port):
        assert "b" in collection.nearest(unit(22), 5)

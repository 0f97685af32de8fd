"""An index opened for reading: what it holds, when it is not opened, and how it follows to a new generation."""

import dataclasses
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import corpus
import numpy as np
import pytest

from assistant import generations, index
from assistant.chain import Assistant
from assistant.errors import IndexDamaged, IndexMismatch, IndexMissing
from assistant.glossary import FILE
from assistant.index import GLOSSES, Index, check_identity, open_index, text_to_embed
from assistant.settings import BUNDLED_MODEL, Settings
from assistant.types import Language, Status
from assistant.words import write_index
from ingest.__main__ import run


@pytest.fixture(scope="module")
def opened(tiny_settings: Settings) -> Index:
    return open_index(tiny_settings)


def folder_of(settings: Settings) -> Path:
    return generations.folder_of(settings.index, generations.current(settings.index))


def test_an_index_holds_the_documents_in_order(opened: Index) -> None:
    entries = [(entry.document, entry.language, entry.sentences, entry.pairs) for entry in opened.entries]
    assert entries == [
        ("brief", Language.ENGLISH, 2, 1),
        ("brief", Language.ENGLISH, 1, 0),
        ("brief", Language.TRADITIONAL, 2, 1),
        ("brief", Language.TRADITIONAL, 1, 0),
    ]
    assert (opened.manifest.newest, opened.manifest.documents) == ("2024-03-08", 2)
    assert [source.path for source in opened.sources] == ["brief.en.md", "brief.zh-Hant.md"]


def test_records_hold_passages_with_their_offsets(opened: Index, tiny_settings: Settings) -> None:
    for record in opened.records(range(len(opened.entries))):
        passage = record.passage
        body = (tiny_settings.documents / passage.source.path).read_text("utf-8").split("---\n", 2)[2]
        assert body[passage.start :].startswith(passage.text)
        for window in (record.whole, *record.sentences, *record.pairs):
            assert passage.text[window.start : window.end].strip() != ""
        assert (record.whole.start, record.whole.end) == (0, len(passage.text))


def test_records_come_in_the_order_asked_for(tiny_settings: Settings) -> None:
    opened = open_index(tiny_settings)
    ids = [entry.id for entry in opened.entries]
    for positions in ([3, 0, 2, 0], [], [1], [0, 1, 2, 3], [3, 3]):
        assert [record.passage.id for record in opened.records(positions)] == [ids[at] for at in positions]


def test_few_records_are_kept_and_those_looked_at_of_late(
    tiny_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, read = open_index(tiny_settings), []
    stored = opened._collection.records
    monkeypatch.setattr(index, "MOST_KEPT", 2)
    monkeypatch.setattr(opened._collection, "records", lambda entries: read.extend(entries) or stored(entries))
    for positions, from_disk in [([0, 1], 2), ([0], 0), ([2], 1), ([0, 2], 0), ([1], 1), ([0, 1, 2, 3], 2), ([3], 0)]:
        read.clear()
        assert len(opened.records(positions)) == len(positions)
        assert len(read) == from_disk, positions
        assert len(opened._kept) <= 2


def test_threads_share_what_is_kept(tiny_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = open_index(tiny_settings)
    monkeypatch.setattr(index, "MOST_KEPT", 1)
    wanted = [[at % 4, (at + 1) % 4] for at in range(80)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(opened.records, wanted))
    ids = [entry.id for entry in opened.entries]
    assert [[record.passage.id for record in records] for records in found] == [[ids[a], ids[b]] for a, b in wanted]


@pytest.mark.parametrize(
    ("question", "position"),
    [
        ("How long did the exchange of the first batch last?", 0),
        ("Where was the launch ceremony?", 1),
        ("首批交流為期多久？", 0),
        ("啟動儀式在哪裡舉行？", 1),
        ("启动仪式在哪里举行？", 1),
    ],
)
def test_meaning_is_found_in_english_from_every_language(opened: Index, question: str, position: int) -> None:
    cosines = opened.cosines(opened.embed(question, opened.analyser.terms(question)), 200)
    assert cosines.shape == (4,)
    assert int(np.argmax(cosines[:2])) == position


def test_only_the_nearest_windows_count(opened: Index) -> None:
    vector = opened.embed("the first batch", ())
    assert np.count_nonzero(opened.cosines(vector, 1)) == 1


def test_words_are_those_of_the_passages(opened: Index) -> None:
    assert (opened.native.size, opened.english.size) == (4, 4)
    assert opened.english.frequency("batch") >= 1


@pytest.mark.parametrize(
    ("text", "model", "glossed"),
    [
        ("The first batch", BUNDLED_MODEL, False),
        ("首批公務員", BUNDLED_MODEL, True),
        ("首批公務員", "a-multilingual-model", False),
        ("“The first batch”", BUNDLED_MODEL, False),
    ],
)
def test_chinese_is_embedded_by_its_glosses_where_the_model_knows_only_english(
    opened: Index, text: str, model: str, glossed: bool
) -> None:
    embedded = text_to_embed(text, opened.analyser.terms(text), model)
    assert (embedded != text) is glossed
    assert embedded.isascii() or not glossed


def test_no_index_yet(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="make it with `python -m ingest`"):
        open_index(Settings(index=tmp_path))


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("embedder", "other-model", "made with the embedding model `other-model`, and .* says `all-MiniLM-L6-v2`"),
        ("analysis", "other", "made with another version of the glossary or of this program"),
    ],
)
def test_an_index_made_otherwise_is_not_read(tiny: Settings, field: str, value: str, words: str) -> None:
    folder = folder_of(tiny)
    generations.write_manifest(folder, dataclasses.replace(generations.read_manifest(folder), **{field: value}))  # type: ignore[arg-type]
    with pytest.raises(IndexMismatch, match=rf"{words}.*; run `python -m ingest` to rebuild it\."):
        open_index(tiny)


@pytest.mark.parametrize(("name", "value"), [("ANALYSIS", "0"), ("GLOSSES", "glosses-0.sqlite")])
def test_another_version_of_the_analysis_is_another_index(
    opened: Index, tiny_settings: Settings, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    check_identity(opened.manifest, tiny_settings)
    monkeypatch.setattr(index, name, value)
    with pytest.raises(IndexMismatch):
        check_identity(opened.manifest, tiny_settings)


def test_another_glossary_is_another_index(
    opened: Index, tiny_settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    glossary = tmp_path / "glossary.yaml"
    glossary.write_bytes(FILE.read_bytes() + b"\n")
    monkeypatch.setattr(index, "FILE", glossary)
    with pytest.raises(IndexMismatch):
        check_identity(opened.manifest, tiny_settings)


def _replaced(path: Path, content: bytes) -> None:
    path.unlink()
    path.write_bytes(content)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "pointer to nothing": lambda index: (index / "current").write_text("20000101T000000-ffff"),
    "empty pointer": lambda index: (index / "current").write_text(""),
    "no manifest": lambda index: next(index.glob("generations/*/manifest.json")).unlink(),
    "no words": lambda index: next(index.glob("generations/*/words/native/vocab.index.json")).unlink(),
    "empty words": lambda index: next(index.glob("generations/*/words/native/data.csc.index.npy")).write_bytes(b""),
    "other words": lambda index: next(index.glob("generations/*/words/native/*.json")).write_text("[]"),
    "other passages' words": lambda index: write_index(next(index.glob("generations/*")), "english", [["first"]]),
    "no passages": lambda index: next(index.glob("generations/*/chroma/chroma.sqlite3")).unlink(),
    "no glosses": lambda index: (index / GLOSSES).unlink(),
    "other glosses": lambda index: _replaced(index / GLOSSES, b"garbage" * 1000),
    "empty glosses": lambda index: _replaced(index / GLOSSES, b""),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_index_is_told_with_what_to_do(tiny: Settings, damage: str) -> None:
    DAMAGE[damage](tiny.index)
    with pytest.raises(IndexDamaged, match="`python -m ingest --rebuild`"):
        assert open_index(tiny).native.size + open_index(tiny).english.size


@pytest.mark.parametrize("damage", [damage for damage in DAMAGE if "glosses" not in damage])  # see test_prepare.py
def test_ingest_mends_a_damaged_index(tiny: Settings, damage: str) -> None:
    DAMAGE[damage](tiny.index)
    assert run([], tiny) == 0
    assert Assistant(tiny).ask("How many civil servants were in the first batch?").status is Status.ANSWERED


def test_an_open_index_is_kept_until_there_is_a_new_one(tiny: Settings) -> None:
    first = open_index(tiny)
    assert open_index(tiny, first) is first
    corpus.write(tiny.documents, {"new.md": corpus.document("The second batch had 20 members.", id="new")})
    assert run([], tiny) == 0
    second = open_index(tiny, first)
    assert (second is first, len(second.entries)) == (False, 5)
    assert len(first.records(range(4))) == 4, "a question under way ends on the index it began on"


def test_an_assistant_follows_to_the_new_generation(tiny: Settings) -> None:
    assistant = Assistant(tiny)
    question = "How many members did the second batch have?"
    assert "20" not in assistant.ask(question).text
    body = "## The second batch\n\nThe second batch had 20 members."
    corpus.write(tiny.documents, {"new.en.md": corpus.document(body, id="new", language="en", published="2025")})
    assert run([], tiny) == 0
    answer = assistant.ask(question)
    assert (answer.text, answer.as_of) == ("The second batch had 20 members.", "2025")
    assert assistant.newest == "2025"
    (tiny.documents / "new.en.md").unlink()
    assert run([], tiny) == 0
    assert "20" not in assistant.ask(question).text

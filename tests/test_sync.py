"""Syncing: what changed is embedded and nothing else, and the result is that of making the index anew."""

import gc
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import corpus
import pytest
from fresh import assert_as_if_made_anew, manifest, records, synced, texts
from fresh import vectors as vectors_of

from assistant import generations, index
from assistant.errors import IndexLocked
from assistant.index import open_index
from assistant.models import OnnxEmbedder
from assistant.settings import Settings
from ingest import generation, split
from ingest.load import find, load
from ingest.lock import locked
from ingest.sync import Changes, sync

EN, ZH = "brief.en.md", "brief.zh-Hant.md"


def counts(changes: Changes) -> tuple[int, int, int]:
    return changes.added, changes.removed, changes.unchanged


def edited(settings: Settings, name: str, old: str, new: str) -> None:
    path = settings.documents / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_the_first_run_adds_everything_and_the_second_nothing(settings: Settings, embedded: list[str]) -> None:
    corpus.write(settings.documents, corpus.TINY)
    assert synced(settings) == Changes(4, 0, 0, rebuilt=True)
    windows = 4 + 6 + 2
    assert len(embedded) == windows
    name = generations.current(settings.index)
    assert synced(settings) == Changes(0, 0, 4)
    assert (generations.current(settings.index), len(embedded)) == (name, windows)


def _moved(settings: Settings) -> None:
    first, second = corpus.ENGLISH.split("\n## ")
    edited(settings, EN, corpus.ENGLISH, f"## {second}\n{first}")


def _to_folder(path: Path) -> None:
    path.with_name("sub").mkdir()
    path.rename(path.with_name("sub") / path.name)


EDITS: dict[str, tuple[Callable[[Settings], object], tuple[int, int, int], int]] = {
    # what is done, passages (added, removed, unchanged), texts embedded
    "a paragraph": (lambda s: edited(s, EN, "three months", "four weeks"), (1, 1, 3), 4),
    "a short paragraph": (lambda s: edited(s, ZH, "前海", "深圳前海"), (1, 1, 3), 2),
    "a heading": (lambda s: edited(s, EN, "## The launch ceremony", "## The launch"), (1, 1, 3), 2),
    "a paragraph more": (lambda s: edited(s, EN, "## The launch", "Ten it was.\n\n## The launch"), (1, 0, 4), 2),
    "a paragraph less": (lambda s: edited(s, EN, "The launch ceremony of", "\n# The launch ceremony of"), (0, 1, 3), 0),
    "paragraphs moved": (_moved, (0, 0, 4), 0),
    "the title": (lambda s: edited(s, EN, "title: Brief", "title: Summary"), (0, 0, 4), 0),
    "the date": (lambda s: edited(s, EN, "2024-03-08", "2025-01"), (0, 0, 4), 0),
    "a date that dates are told from": (
        lambda s: (edited(s, EN, "three months", "last year"), synced(s), edited(s, EN, "2024-03-08", "2025-01")), (0, 0, 4), 8,
    ),
    "the publisher": (lambda s: edited(s, ZH, "publisher: Office", "publisher: 辦公室"), (0, 0, 4), 0),
    "the kind": (lambda s: edited(s, ZH, "kind: brief", "kind: original"), (0, 0, 4), 0),
    "an address": (lambda s: edited(s, ZH, "kind: brief", "url: https://example.org\nkind: brief"), (0, 0, 4), 0),
    "the id": (lambda s: edited(s, ZH, "id: brief", "id: other"), (2, 2, 2), 0),
    "line ends": (lambda s: edited(s, EN, "\n", "\r\n"), (0, 0, 4), 0),
    "blank lines": (lambda s: edited(s, EN, "\n\n", "\n\n\n"), (0, 0, 4), 0),
    "a file deleted": (lambda s: (s.documents / EN).unlink(), (0, 2, 2), 0),
    "a file renamed": (lambda s: (s.documents / EN).rename(s.documents / "z.md"), (0, 0, 4), 0),
    "a file moved to a folder": (lambda s: _to_folder(s.documents / EN), (0, 0, 4), 0),
    "a file more": (lambda s: corpus.write(s.documents, {"2025-new.md": "New."}), (1, 0, 4), 2),
    "a copy under another id": (
        lambda s: corpus.write(s.documents, {"copy.md": corpus.document(corpus.ENGLISH, id="copy")}), (2, 0, 4), 0,
    ),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_only_what_changed_is_embedded(tiny: Settings, embedded: list[str], edit: str) -> None:
    change, expected, texts_embedded = EDITS[edit]
    change(tiny)
    assert counts(synced(tiny)) == expected
    assert len(embedded) == texts_embedded
    assert_as_if_made_anew(tiny)
    assert synced(tiny) == Changes(0, 0, expected[0] + expected[2])


@pytest.mark.parametrize(
    ("old", "new", "field", "value"),
    [
        ("title: Brief", "title: Summary", "title", "Summary"),
        ("source: Brief", "source: The original", "original_title", "The original"),
        ("2024-03-08", "2025-01", "published", "2025-01"),
        ("publisher: Office", "publisher: Bureau", "publisher", "Bureau"),
    ],
)
def test_citations_say_what_the_front_matter_says_now(
    tiny: Settings, embedded: list[str], old: str, new: str, field: str, value: str
) -> None:
    edited(tiny, EN, old, new)
    synced(tiny)
    sources = {record.passage.source for record in records(tiny) if record.passage.source.path == EN}
    assert [getattr(source, field) for source in sources] == [value]
    assert embedded == []


@pytest.mark.parametrize(
    ("dates", "newest"),
    [
        (("2024-03-08", "2024-03-09"), "2024-03-09"),
        (("2024-03", "2024-03-09"), "2024-03"),
        (("2024", "2024-12-31"), "2024"),
        (("2024", "2025-01-01"), "2025-01-01"),
    ],
)
def test_the_newest_document_is_by_the_last_day_of_its_date(
    tiny: Settings, dates: tuple[str, str], newest: str
) -> None:
    for name, date in zip((EN, ZH), dates, strict=True):
        edited(tiny, name, "published: 2024-03-08", f"published: {date}")
    synced(tiny)
    assert manifest(tiny).newest == newest


def test_the_same_paragraph_twice_is_two_passages(tiny: Settings) -> None:
    edited(tiny, EN, "## The launch", "Again.\n\nAgain.\n\n## The launch")
    assert counts(synced(tiny)) == (2, 0, 4)
    edited(tiny, EN, "Again.\n\nAgain.", "Again.")
    assert counts(synced(tiny)) == (0, 1, 5)
    assert_as_if_made_anew(tiny)


def test_many_passages_go_in_batches(tiny: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generation, "AT_ONCE", 2)
    corpus.write(tiny.documents, {"long.md": "\n\n".join(f"Paragraph number {n}." for n in range(7))})
    done: list[int] = []
    assert counts(synced(tiny, progress=done.append)) == (7, 0, 4)
    assert done == [2, 4, 6, 8, 10, 11]
    assert_as_if_made_anew(tiny)


BROKEN: dict[str, str | bytes] = {
    "broken front matter": "---\ntitle: 'x\n---\nThe first batch had 11.\n",
    "no end of the front matter": "---\ntitle: x\nThe first batch had 11.\n",
    "not UTF-8": b"\xff",
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_document_that_cannot_be_read_keeps_what_the_index_had_of_it(
    tiny: Settings, embedded: list[str], broken: str
) -> None:
    before = records(tiny)
    corpus.write(tiny.documents, {EN: BROKEN[broken]})
    changes = synced(tiny)
    assert (counts(changes), changes.kept) == ((0, 0, 4), {EN: 2})
    assert sorted(texts(tiny)) == sorted(record.passage.text for record in before)
    assert counts(synced(tiny)) == (0, 0, 4)
    edited(tiny, ZH, "三個月", "四星期")
    assert counts(synced(tiny)) == (1, 1, 3)
    corpus.write(tiny.documents, corpus.TINY)
    assert counts(synced(tiny)) == (1, 1, 3)
    assert len(embedded) == 8
    assert_as_if_made_anew(tiny)


def test_a_document_that_was_never_read_keeps_nothing(tiny: Settings) -> None:
    corpus.write(tiny.documents, {"new.md": b"\xff"})
    changes = synced(tiny)
    assert (counts(changes), changes.kept) == ((0, 0, 4), {})


def test_what_another_file_has_become_is_not_kept(tiny: Settings) -> None:
    (tiny.documents / EN).rename(tiny.documents / "renamed.md")
    corpus.write(tiny.documents, {EN: b"\xff"})
    changes = synced(tiny)
    assert (counts(changes), changes.kept) == ((0, 0, 4), {})


def test_a_document_deleted_beside_one_that_cannot_be_read_is_gone(tiny: Settings) -> None:
    corpus.write(tiny.documents, {"new.md": "New."})
    synced(tiny)
    corpus.write(tiny.documents, {EN: b"\xff"})
    (tiny.documents / ZH).unlink()
    changes = synced(tiny)
    assert (counts(changes), changes.kept) == ((0, 2, 3), {EN: 2})


def test_what_is_kept_is_embedded_anew_with_the_rest(tiny: Settings, small_model: str) -> None:
    corpus.write(tiny.documents, {EN: b"\xff"})
    other = tiny.model_copy(update={"embedding_model": small_model})
    assert synced(other) == Changes(4, 0, 0, rebuilt=True, kept={EN: 2})
    assert {vector.shape for record in records(other) for vector in vectors_of(record)} == {(32,)}


def test_rebuilding_looks_at_nothing_of_the_old_index(tiny: Settings, embedded: list[str]) -> None:
    corpus.write(tiny.documents, {EN: b"\xff"})
    assert synced(tiny, rebuild=True) == Changes(2, 0, 0, rebuilt=True)
    assert len(embedded) == 6
    assert_as_if_made_anew(tiny)


def test_another_embedding_model_rebuilds_the_index(tiny: Settings, small_model: str) -> None:
    other = tiny.model_copy(update={"embedding_model": small_model})
    assert synced(other) == Changes(4, 0, 0, rebuilt=True)
    assert synced(other) == Changes(0, 0, 4)
    assert_as_if_made_anew(other)
    shutil.rmtree(tiny.index.with_name("anew"))
    assert synced(tiny) == Changes(4, 0, 0, rebuilt=True)
    assert_as_if_made_anew(tiny)


@pytest.mark.parametrize(("module", "name"), [(index, "ANALYSIS"), (split, "VERSION")])
def test_another_version_of_the_program_rebuilds_the_index(
    tiny: Settings, monkeypatch: pytest.MonkeyPatch, module: object, name: str
) -> None:
    monkeypatch.setattr(module, name, "next")
    assert synced(tiny) == Changes(4, 0, 0, rebuilt=True)
    assert synced(tiny) == Changes(0, 0, 4)


def _folders(settings: Settings) -> list[str]:
    return [folder.name for folder in generations.folders(settings.index)]


def test_a_generation_is_left_for_its_readers_and_then_removed(tiny: Settings) -> None:
    reader = open_index(tiny)
    names = [generations.current(tiny.index)]
    for number in ("11", "12", "13"):
        edited(tiny, EN, "had 1", f"had {number} or 1")
        synced(tiny)
        names.append(generations.current(tiny.index))
        gc.collect()
        assert set(_folders(tiny)) == {names[0], *names[-2:]}
        assert len(reader.records(range(4))) == 4
    del reader
    gc.collect()
    synced(tiny)
    assert _folders(tiny) == names[-1:]


def test_passages_alone_are_synced_as_files_are(tiny: Settings, embedded: list[str]) -> None:
    documents, _ = load(find([tiny.documents]))
    passages = [passage for document in documents for passage in split.split(document)]
    assert sync(passages, tiny, lambda done: None) == Changes(0, 0, 4)
    assert counts(sync(passages[1:], tiny, lambda done: None)) == (0, 1, 3)
    assert sync([], tiny, lambda done: None, unread={EN, ZH}).kept == {EN: 1, ZH: 2}
    assert (len(texts(tiny)), embedded) == (3, [])


def test_what_a_crash_left_is_removed(tiny: Settings) -> None:
    name = generations.current(tiny.index)
    for left in ("20000101T000000-aaaa", "29990101T000000-bbbb"):
        shutil.copytree(generations.folder_of(tiny.index, name), generations.folder_of(tiny.index, left))
        (generations.folder_of(tiny.index, left) / "manifest.json").unlink()
    assert counts(synced(tiny)) == (0, 0, 4)
    assert _folders(tiny) == [name]


@pytest.mark.parametrize("error", [RuntimeError("no memory"), KeyboardInterrupt()])
def test_a_sync_that_fails_leaves_the_old_index_and_nothing_else(
    tiny: Settings, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    before, held = texts(tiny), _folders(tiny)

    def fail(self: OnnxEmbedder, given: Sequence[str]) -> None:
        raise error

    edited(tiny, EN, "three months", "four weeks")
    with monkeypatch.context() as patch:
        patch.setattr(OnnxEmbedder, "embed", fail)
        with pytest.raises(type(error)):
            synced(tiny)
    assert (texts(tiny), _folders(tiny)) == (before, held)
    assert counts(synced(tiny)) == (1, 1, 3)


def test_one_process_writes(tiny: Settings) -> None:
    with locked(tiny.index), pytest.raises(IndexLocked):
        synced(tiny)
    assert counts(synced(tiny)) == (0, 0, 4)

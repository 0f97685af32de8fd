"""A folder with documents of every kind, an archive, a sidecar and web pages: one index, and what becomes of it later."""

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import corpus
import made
import pptx
import pytest
from fresh import assert_as_if_made_anew, records
from processes import environment, ingest
from servers import page_server

from assistant.chain import Assistant
from assistant.settings import Settings
from ingest import inputs, quarantine
from ingest.__main__ import main
from ingest.document import File

MENU = "Share Print\n\nThe Plover House was painted in 2024.\n"


def deck() -> bytes:
    slides = pptx.Presentation()
    for title, text in (
        ("Houses", "The Cormorant House is in the north."),
        ("Rooms", "The Cormorant House has 40 rooms."),
    ):
        slide = slides.slides.add_slide(slides.slide_layouts[1])
        slide.shapes.title.text, slide.placeholders[1].text = title, text
    return made.saved(slides)


def report() -> bytes:
    first, second = (
        ["The Heron Office is a part of the city."],
        ["The Heron Office was opened by Ada Brook in March 2022."],
    )
    return made.pdf([made.lines(first), made.lines(second)])


def zipped(second: str = "The Egret Office was closed in 2025.") -> bytes:
    return made.archive({"inner/plover.md": MENU.encode(), "inner/egret.md": second.encode()})


NOT_HERE = ("scan.pdf", "report.pdf", "deck.pptx", "clerks.csv", "all.zip")  # scan.pdf needs Tesseract
FILES = {name: make() for name, make in made.ALL.items() if name not in NOT_HERE} | {
    "report.pdf": report(),
    "report.pdf.meta.yaml": b"publisher: Harbour Office\npublished: 2022-04-01\n",
    "deck.pptx": deck(),
    "months.csv": made.values(),
    "all.zip": zipped(),
}
DOCUMENTS = len(FILES) - 1 + 1 + 2  # no sidecar, two in the archive, two pages


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, prepared: Path) -> Iterator[tuple[Settings, float, str]]:
    """Settings with all of it indexed by a real run, its seconds, and what it printed."""
    folder = tmp_path_factory.mktemp("every")
    index = folder / "index"
    shutil.copytree(prepared, index, symlinks=True)
    settings = Settings(documents=folder / "documents", index=index, allow_private_addresses=True)
    with page_server() as pages:
        html, plain = {"Content-Type": "text/html", "ETag": '"1"'}, {"Content-Type": "text/plain", "ETag": '"2"'}
        pages.answers |= {"/scheme": [(200, html, made.page())], "/note": [(200, plain, b"The Gull Office is small.")]}
        addresses = f"- url: {pages.url}/scheme\n- url: {pages.url}/note\n  published: 2024-02\n"
        corpus.write(settings.documents, FILES | {"sources.yaml": addresses})
        started = time.perf_counter()
        process = ingest(settings)
        out, err = process.communicate()
        assert process.returncode == 0, err
        yield settings, time.perf_counter() - started, out + err


@pytest.fixture
def every(first: tuple[Settings, float, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A test's own copy of it, by settings in the environment of this process."""
    copy = first[0].model_copy(update={"documents": tmp_path / "documents", "index": tmp_path / "index"})
    shutil.copytree(first[0].documents, copy.documents)
    shutil.copytree(first[0].index, copy.index, symlinks=True)
    for name, value in environment(copy).items():
        monkeypatch.setenv(name, value)
    return copy


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of all files that are read from now on."""
    names: list[str] = []
    load = inputs.load

    def noted(files: Iterator[File]) -> object:
        files = list(files)
        names.extend(file.name for file in files)
        return load(files)

    monkeypatch.setattr(inputs, "load", noted)
    return names


def test_one_run_reads_all_and_the_next_one_nothing(first: tuple[Settings, float, str]) -> None:
    settings, seconds, said = first
    passages = len(records(settings))
    assert f"{passages} added, 0 removed, 0 unchanged passages of {DOCUMENTS} documents in `{settings.index}`" in said
    started = time.perf_counter()
    process = ingest(settings)
    out, _ = process.communicate()
    assert out == f"0 added, 0 removed, {passages} unchanged passages of {DOCUMENTS} documents in `{settings.index}`\n"
    assert process.returncode == 0
    assert time.perf_counter() - started < 0.8 * seconds, "most of the least that a run takes is the start of Python"


def test_nothing_is_read_that_is_as_it_was(every: Settings, read: list[str]) -> None:
    before = (every.index / quarantine.FILE).read_bytes()
    assert main([]) == 0
    assert read == []
    assert (every.index / quarantine.FILE).read_bytes() == before != b""
    assert main(["--rebuild"]) == 0
    assert (every.index / quarantine.FILE).read_bytes() == before


@pytest.mark.parametrize(
    ("question", "answer", "document", "page"),
    [
        ("Who opened the Heron Office?", "Ada Brook", "report", 2),
        ("How many rooms does the Cormorant House have?", "40", "deck", 2),
        ("When was the Egret Office closed?", "2025", "egret", None),
    ],
)
def test_a_citation_names_the_page_or_the_slide(
    first: tuple[Settings, float, str], question: str, answer: str, document: str, page: int | None
) -> None:
    found = Assistant(first[0]).ask(question)
    assert answer in found.text
    passage = found.citations[0].passage
    assert (passage.source.id, passage.page) == (document, page)


def test_a_sidecar_that_changed_has_its_document_read_again(every: Settings, read: list[str]) -> None:
    corpus.write(every.documents, {"report.pdf.meta.yaml": "publisher: Tram Office\npublished: 2022-04-01\n"})
    assert main([]) == 0
    assert read == ["report.pdf"]
    told = {r.passage.source.publisher for r in records(every) if r.passage.source.id == "report"}
    assert told == {"Tram Office"}
    (every.documents / "report.pdf.meta.yaml").unlink()
    corpus.write(every.documents, {"report.meta.yaml": "publisher: [\n"})
    assert main([]) == 3
    assert sum(r.passage.source.publisher == "Tram Office" for r in records(every)) == 2


def test_an_archive_that_breaks_keeps_what_the_index_and_the_quarantine_had_of_it(
    every: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    before = len(records(every))
    corpus.write(
        every.documents, {"all.zip": FILES["all.zip"][:-40], "new.md": "---\npublished: 2025\n---\nIt is new.\n"}
    )
    assert main([]) == 3
    printed = capsys.readouterr()
    assert f"ingest: `{every.documents}/all.zip`: the archive is damaged" in printed.err
    assert f"ingest: `{every.documents}/all.zip` keeps the 2 passages that the index had of it." in printed.err
    assert len(records(every)) == before + 1
    listed = map(json.loads, (every.index / quarantine.FILE).read_text("utf-8").splitlines())
    assert [each["found"] for each in listed if each["path"] == "all.zip/inner/plover.md"] == ["Share Print"]
    assert main([]) == 3
    assert "`all.zip` keeps the 2 passages" in capsys.readouterr().err.replace(f"{every.documents}/", "")
    corpus.write(every.documents, {"all.zip": zipped("The Egret Office was opened again in 2026.")})
    (every.documents / "new.md").unlink()
    assert main([]) == 0
    assert "2026" in Assistant(every).ask("When was the Egret Office opened again?").text
    assert_as_if_made_anew_without_pages(every)


def assert_as_if_made_anew_without_pages(every: Settings) -> None:
    (every.documents / "sources.yaml").unlink()
    assert main([]) == 0
    assert_as_if_made_anew(every)


@pytest.mark.parametrize("name", ["months.csv", "all.zip", "report.pdf"])
def test_a_dry_run_writes_nothing(every: Settings, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    (every.documents / name).unlink()
    before = {path: path.stat().st_mtime_ns for path in every.index.rglob("*") if path.is_file()}
    assert main(["--dry-run"]) == 0
    removed = 2 if name == "all.zip" else 1
    assert (
        f"0 added, 0 changed, 0 renamed, {removed} removed, {DOCUMENTS - removed} unchanged" in capsys.readouterr().out
    )
    assert {path: path.stat().st_mtime_ns for path in every.index.rglob("*") if path.is_file()} == before

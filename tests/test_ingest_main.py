"""`python -m ingest`: what it says, how it ends, and what is left when it does not."""

from pathlib import Path

import corpus
import pytest
from fresh import assert_as_if_made_anew
from processes import environment, ingest
from servers import chroma_server, no_server, page_server

from assistant import generations, store
from assistant.chain import Assistant
from assistant.errors import IndexDamaged, IndexUnreachable
from assistant.index import GLOSSES, open_index
from assistant.settings import BUNDLED_MODEL, PREFIX, Settings
from assistant.types import Status
from ingest import fetch
from ingest.__main__ import main, run

EN, ZH = "brief.en.md", "brief.zh-Hant.md"
QUESTION = "How many civil servants were in the first batch?"
MORE = corpus.document("## The second batch\n\nThe second batch had 20 members.\n", id="more", language="en")


@pytest.fixture
def cli(tiny: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The tiny index, by settings in the environment of this process."""
    for name, value in environment(tiny).items():
        monkeypatch.setenv(name, value)
    return tiny


def count(settings: Settings) -> int:
    return len(open_index(settings).entries)


FILES: list[tuple[dict[str, str | bytes], int, list[str], int]] = [
    # files changed, exit code, what is said of them, passages in the index afterwards
    ({}, 0, [], 4),
    ({"more.md": MORE}, 0, [], 5),
    (
        {"more.md": "More."},
        0,
        ["`more.md` has no date; add `published:` to its front matter, or to `more.md.meta.yaml`."],
        5,
    ),
    ({"more.md": b"\xff"}, 3, ["`{}/more.md`: the file is not in UTF-8", "`{}/more.md` is not in the index."], 4),
    (
        {EN: b"\xff"},
        3,
        ["`{}/brief.en.md`: the file is not", "`{}/brief.en.md` keeps the 2 passages that the index"],
        4,
    ),
    ({EN: "---\nid: [\n---\nA."}, 3, ["is not YAML", "`{}/brief.en.md` keeps the 2 passages"], 4),
    ({EN: ""}, 3, ["`{}/brief.en.md`: the file is empty", "`{}/brief.en.md` keeps the 2 passages"], 4),
    ({EN: corpus.document(" \n\u200b\n")}, 3, ["`{}/brief.en.md` has no text"], 4),
    ({EN: corpus.document("# A heading\n")}, 3, ["`{}/brief.en.md` has no text but headings; write some"], 4),
    ({"copy.md": corpus.TINY[EN]}, 3, ["`{}/brief.en.md` and `{}/copy.md` have the same id `brief`"], 4),
    ({"a.md": b"\xff", "b.md": b"\xff", "more.md": MORE}, 3, ["`{}/a.md`:", "`{}/b.md`:"], 5),
    ({EN: b"\xff", ZH: b"\xff"}, 1, ["`{}/brief.en.md`:", "None of the documents can be read; the index is as it"], 4),
]


@pytest.mark.parametrize(("files", "code", "said", "passages"), FILES)
def test_each_file_is_told_and_the_others_are_read(
    cli: Settings,
    capsys: pytest.CaptureFixture[str],
    files: dict[str, str | bytes],
    code: int,
    said: list[str],
    passages: int,
) -> None:
    corpus.write(cli.documents, files)
    assert main([]) == code
    printed = capsys.readouterr()
    for words in said:
        assert words.replace("{}", str(cli.documents)) in printed.err
    assert all(line.startswith("ingest: ") for line in printed.err.splitlines())
    assert len(printed.err.splitlines()) >= len(said)
    assert (printed.err == "") is (code == 0 and not said)
    assert count(cli) == passages


@pytest.mark.parametrize(
    ("arguments", "code", "out"),
    [
        ([], 0, "0 added, 0 removed, 4 unchanged passages of 2 documents in `{index}`\n"),
        (["{documents}"], 0, "0 added, 0 removed, 4 unchanged passages of 2 documents in `{index}`\n"),
        (["{documents}/brief.en.md"], 0, "0 added, 2 removed, 2 unchanged passages of 1 documents in `{index}`\n"),
        (["{documents}", "{more}"], 0, "1 added, 0 removed, 4 unchanged passages of 3 documents in `{index}`\n"),
        (["--rebuild"], 0, "4 added, 0 removed, 0 unchanged passages of 2 documents in `{index}` (built anew)\n"),
        (["{documents}/missing"], 1, ""),
        (["{documents}", "{documents}/missing"], 1, ""),
        (["{index}/models"], 1, ""),
    ],
)
def test_paths_on_the_command_line(
    cli: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, out: str
) -> None:
    more = corpus.write(tmp_path / "more", {"more.md": MORE})
    places = {"documents": cli.documents, "index": cli.index, "more": more}
    assert main([argument.format(**places) for argument in arguments]) == code
    assert capsys.readouterr().out == out.format(**places)


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("DOCUMENTS", "{tmp}/missing", "There is no file or folder `{tmp}/missing`"),
        ("DOCUMENTS", "{tmp}/empty", "There are no documents in `{tmp}/empty`"),
        ("INDEX", "{tmp}/file", "The index folder `{tmp}/file` cannot be written (File exists)"),
        ("INDEX", "{tmp}/file/index", "The index folder `{tmp}/file/index` cannot be written (Not a directory)"),
        ("INDXE", "x", "There is no setting `ASSISTANT_INDXE`; did you mean `ASSISTANT_INDEX`?"),
        ("CHROMA_URL", "nowhere", "The setting `ASSISTANT_CHROMA_URL` cannot be 'nowhere'"),
        ("EMBEDDING_MODEL", "{tmp}/no-model", "The embedding model `{tmp}/no-model` cannot be loaded"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told(
    cli: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    setting: str,
    value: str,
    words: str,
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv(PREFIX + setting, value.format(tmp=tmp_path))
    assert main([]) == 1
    printed = capsys.readouterr()
    assert printed.err.startswith(f"ingest: {words.format(tmp=tmp_path)}")
    assert printed.err.count("\n") == 1
    assert count(cli) == 4


def test_an_index_of_another_model_is_rebuilt(
    cli: Settings, small_model: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_EMBEDDING_MODEL", small_model)
    assert main([]) == 0
    assert capsys.readouterr().out.endswith("(built anew)\n")
    assert count(cli.model_copy(update={"embedding_model": small_model})) == 4


def test_a_server_that_does_not_answer_is_told(
    cli: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with no_server() as url:
        monkeypatch.setenv("ASSISTANT_CHROMA_URL", url)
        assert main([]) == 1
    assert capsys.readouterr().err.startswith(f"ingest: No Chroma server answers at {url} (")
    assert count(cli) == 4
    assert len(generations.folders(cli.index)) == 1


PAGE = {"Content-Type": "text/plain"}


def test_pages_of_a_list_are_documents_and_one_that_fails_keeps_what_the_index_had_of_it(
    cli: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_ALLOW_PRIVATE_ADDRESSES", "true")
    monkeypatch.setattr(fetch, "PAUSES", ())
    with page_server() as pages:
        pages.answers |= {"/a": [(200, PAGE, b"Eleven came in 2021.")], "/b": [(200, PAGE, b"Twelve came in 2022.")]}
        corpus.write(cli.documents, {"sources.yaml": f"- {pages.url}/a\n- url: {pages.url}/b\n  published: 2022\n"})
        assert main([]) == 0
        printed = capsys.readouterr()
        assert printed.out.startswith("2 added, 0 removed, 4 unchanged passages of 4 documents")
        assert printed.err.count("has no date; add `published:`") == 1
        pages.answers["/a"] = [(503, {}, b"")]
        pages.answers["/b"] = [(200, PAGE, b"Thirteen came in 2023.")]
        assert main([]) == 3
        printed = capsys.readouterr()
        place = cli.documents / "sources.yaml"
        assert printed.err.splitlines() == [
            f"ingest: `{pages.url}/a` in `{place}`: the server answers with status 503; run `python -m ingest` again later.",
            f"ingest: `{pages.url}/a` keeps the 1 passages that the index had of it.",
        ]
        assert printed.out.startswith("1 added, 1 removed, 5 unchanged passages of 3 documents")
        answer = Assistant(cli).ask("How many came in 2023?")
        assert answer.citations[0].passage.source.url == f"{pages.url}/b"
        pages.answers["/a"] = [(200, PAGE, b"Eleven came in 2021.")]
        assert main([]) == 0
    assert count(cli) == 6
    (cli.documents / "sources.yaml").write_text("")
    assert main([]) == 0
    assert (count(cli), list((cli.index / "pages").rglob("*.txt"))) == (4, [])


def test_a_list_alone_is_enough(
    cli: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_ALLOW_PRIVATE_ADDRESSES", "true")
    with page_server() as pages:
        pages.answers["/a"] = [(200, PAGE, b"Eleven.")]
        corpus.write(tmp_path / "lists", {"pages.yml": f"- {pages.url}/a\n", "sources.yaml": f"- {pages.url}/none\n"})
        assert main([str(tmp_path / "lists" / "pages.yml")]) == 0
        assert count(cli) == 1
        assert main([str(tmp_path / "lists")]) == 1
    assert "None of the documents can be read; the index is as it was." in capsys.readouterr().err
    assert count(cli) == 1


@pytest.mark.slow
def test_the_first_run_says_one_line_of_the_export_and_nothing_of_others(
    settings: Settings, small_model: str, tmp_path: Path, prepared: Path
) -> None:
    corpus.write(settings.documents, corpus.TINY)
    fresh = settings.model_copy(update={"embedding_model": small_model, "index": tmp_path / "fresh"})
    fresh.index.mkdir()
    (fresh.index / GLOSSES).symlink_to(prepared / GLOSSES)
    process = ingest(fresh)
    out, err = process.communicate()
    assert err == f"ingest: exporting the embedding model {small_model}, once; this takes about ten seconds\n"
    assert out == f"4 added, 0 removed, 0 unchanged passages of 2 documents in `{fresh.index}` (built anew)\n"
    process = ingest(fresh)
    out, err = process.communicate()
    assert (process.returncode, err) == (0, "")
    assert out == f"0 added, 0 removed, 4 unchanged passages of 2 documents in `{fresh.index}`\n"


@pytest.mark.slow
def test_the_very_first_run_needs_nothing(tmp_path: Path) -> None:
    settings = Settings(documents=corpus.write(tmp_path / "documents", corpus.TINY), index=tmp_path / "a" / "index")
    process = ingest(settings)
    out, err = process.communicate()
    assert err == f"ingest: exporting the embedding model {BUNDLED_MODEL}, once; this takes about ten seconds\n"
    assert (process.returncode, out.count("\n")) == (0, 1)
    assert sorted(path.name for path in settings.index.iterdir()) == [
        "current",
        "generations",
        GLOSSES,
        "lock",
        "models",
        "quarantine.jsonl",
    ]
    assert Assistant(settings).ask(QUESTION).status is Status.ANSWERED


KILL = "import os, signal; die = lambda *given, **named: os.kill(os.getpid(), signal.SIGKILL)\n"
MOMENTS = {
    "before the first record": "import assistant.store as s; s.Collection.add = die",
    "after the records": "import ingest.generation as s; s.write_index = die",
    "after the words": "import assistant.generations as g; g.write_manifest = die",
    "before the switch": "import assistant.generations as g; g.switch = die",
    "within the switch": "import os; os.fsync = die",
    "after the switch": "import assistant.generations as g; real = g.switch; g.switch = lambda *a: (real(*a), die())",
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_ingest_leaves_an_index_and_the_next_one_makes_it_right(tiny: Settings, moment: str) -> None:
    assistant, name = Assistant(tiny), generations.current(tiny.index)
    corpus.write(tiny.documents, {"more.md": MORE})
    process = ingest(tiny, code=KILL + MOMENTS[moment])
    assert process.communicate()[1] == ""
    assert process.returncode == -9
    assert (generations.current(tiny.index) == name) is (moment != "after the switch")
    assert assistant.ask(QUESTION).status is Assistant(tiny).ask(QUESTION).status is Status.ANSWERED
    assert run([], tiny) == 0
    assert assistant.ask("How many members did the second batch have?").text == "The second batch had 20 members."
    assert run([], tiny) == 0
    assert [folder.name for folder in generations.folders(tiny.index)] == [generations.current(tiny.index)]


def test_a_second_writer_is_told_of_the_first_and_readers_read_on(
    cli: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus.write(cli.documents, {"more.md": MORE})
    wait = "import time, assistant.generations as g; real = g.switch\n"
    wait += "g.switch = lambda *given: (print('ready', flush=True), time.sleep(2), real(*given))"
    process = ingest(cli, code=wait)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    assert main([]) == 1
    assert f"Process {process.pid} is writing the index in `{cli.index}`; wait" in capsys.readouterr().err
    assert (count(cli), Assistant(cli).ask(QUESTION).status) == (4, Status.ANSWERED)
    process.communicate()
    assert (process.returncode, count(cli)) == (0, 5)


@pytest.mark.parametrize("size", [1, 100_000])  # too little for the note of who writes, and for Chroma's database
def test_a_disk_that_is_full_is_told_and_leaves_the_old_index(tiny: Settings, size: int) -> None:
    corpus.write(tiny.documents, {"more.md": MORE})
    full = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    full += f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))"
    process = ingest(tiny, code=full)
    _, err = process.communicate()
    assert (process.returncode, err.count("\n")) == (1, 1), err
    assert err.startswith("ingest: The index "), err
    assert "cannot be written" in err
    assert (count(tiny), len(generations.folders(tiny.index))) == (4, 1)
    assert run([], tiny) == 0
    assert_as_if_made_anew(tiny)


@pytest.mark.slow
def test_a_chroma_server_holds_the_index(cli: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with chroma_server(tmp_path / "server") as url:
        monkeypatch.setenv("ASSISTANT_CHROMA_URL", url)
        served = cli.model_copy(update={"chroma_url": url})
        with pytest.raises(IndexDamaged, match="its passages are missing"):
            open_index(served)
        for number in ("11", "12", "13"):
            corpus.write(cli.documents, {EN: corpus.TINY[EN].replace("had 10", f"had {number}")})
            assert main([]) == 0
            assert number in Assistant(served).ask(QUESTION).text
        assert not list(cli.index.glob("generations/*/chroma"))
        assert len(store._client(tmp_path, url).list_collections()) == 2
        assert main([]) == 0
        assert len(store._client(tmp_path, url).list_collections()) == 1
        assistant = Assistant(served)
    assert assistant.ask(QUESTION).status is Status.UNAVAILABLE
    with pytest.raises(IndexUnreachable):
        Assistant(served)
    assert main([]) == 1
    monkeypatch.delenv("ASSISTANT_CHROMA_URL")
    with pytest.raises(IndexDamaged):
        open_index(cli)
    assert main([]) == 0
    assert count(cli) == 4

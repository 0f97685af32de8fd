"""`python -m assistant`: answers, exit codes, and one sentence for whatever cannot be done."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from servers import no_server

from assistant import generations
from assistant.__main__ import main
from assistant.chain import Assistant
from assistant.settings import PREFIX, Settings
from assistant.types import Status
from prompts import message

ROOT = Path(__file__).parents[1]
QUESTION = "How many civil servants were in the first batch?"
ANSWER = "The first batch had 10 Hong Kong civil servants."
KEYS = [
    "question", "language", "status", "text", "notice", "suggestions", "as_of", "sentences", "citations", "seconds",
]  # fmt: skip
CITATION_KEYS = [
    "number", "document", "kind", "title", "publisher", "published", "language", "section", "page", "quote", "passage",
    "passage_id", "start", "end", "url",
]  # fmt: skip


def command(settings: Settings, *arguments: str | bytes, **environment: str) -> subprocess.CompletedProcess[str]:
    """`python -m assistant` as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "ASSISTANT_INDEX": str(settings.index),
            **environment,
        },
        cwd=settings.documents,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


Ask = Callable[..., dict[str, object]]


@pytest.fixture
def ask(tiny_settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """`python -m assistant ask … --json` in this process, over the tiny documents."""
    monkeypatch.setenv("ASSISTANT_INDEX", str(tiny_settings.index))

    def asked(*arguments: str | bytes) -> dict[str, object]:
        assert main(["ask", *map(os.fsdecode, arguments), "--json"]) == 0
        printed = capsys.readouterr()
        assert printed.err == ""
        answer: dict[str, object] = json.loads(printed.out)
        return answer

    return asked


def test_an_answer_in_the_shared_shape(tiny_settings: Settings) -> None:
    done = command(tiny_settings, "ask", QUESTION, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    seconds = answer.pop("seconds")
    citations = answer.pop("citations")
    assert [*answer, "citations", "seconds"] == KEYS
    assert {"total", "understand", "retrieve", "read"} <= set(seconds)
    assert all(isinstance(value, float) and value >= 0 for value in seconds.values())
    assert answer == {
        "question": QUESTION,
        "language": "en",
        "status": "answered",
        "text": ANSWER,
        "notice": None,
        "suggestions": [],
        "as_of": "2024-03-08",
        "sentences": [{"text": ANSWER, "citations": [1]}],
    }
    (citation,) = citations
    assert list(citation) == CITATION_KEYS
    assert len(citation.pop("passage_id")) == 32
    assert citation == {
        "number": 1,
        "document": "brief",
        "kind": "brief",
        "title": "Brief",
        "publisher": "Office",
        "published": "2024-03-08",
        "language": "en",
        "section": "The first batch",
        "page": None,
        "quote": ANSWER,
        "passage": f"{ANSWER} The exchange of the first batch in Shenzhen lasted three months.",
        "start": 0,
        "end": len(ANSWER),
        "url": None,
    }


def test_an_answer_for_a_person(tiny_settings: Settings) -> None:
    done = command(tiny_settings, "ask", "首批有多少名香港公務員？")
    assert (done.returncode, done.stderr) == (0, "")
    answer, _, source, section, quote = done.stdout.splitlines()
    assert answer == "首批有10名香港公務員。 [1]"
    assert source.startswith("[1] ") and "Office" in source and "2024年3月8日" in source
    assert (section.strip(), quote.strip()) == ("首批人員", "“首批有10名香港公務員。”")


@pytest.mark.parametrize(
    "question",
    [
        "<b>How many</b> civil servants were in the <i>first batch</i>?",
        "**How many** civil servants were in the `first batch`?",
        "How many civil servants\x07\x1b[31m were in\u200b the\tfirst\nbatch?",
        b"How many civil servants \xff were in the first batch?",
        "How many civil servants were in the first batch? 😀",
        "  " + QUESTION + "  ",
    ],
)
def test_a_question_is_answered_for_its_words(ask: Ask, question: str | bytes) -> None:
    assert ask(question)["text"] == ANSWER


def test_the_history_says_what_a_follow_up_is_about(ask: Ask) -> None:
    follow_up = ["And how long did it last?", "--history", "Where was the launch ceremony?", "--history", QUESTION]
    answer = ask(*follow_up)
    assert "The exchange of the first batch in Shenzhen lasted three months." in str(answer["text"])
    assert answer["question"] == follow_up[0]


def test_a_history_of_nothing_is_no_history(ask: Ask) -> None:
    answer = ask(QUESTION, "--history", "", "--history", "首批".encode() + b"\xff\x01", "--history", "😀")
    assert answer["text"] == ANSWER


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("", "The question is empty; ask in words."),
        (" \t\n", "The question is empty; ask in words."),
        ("\x01\x02\x1b", "The question is empty; ask in words."),
        ("\u200b\ufeff", "The question is empty; ask in words."),
        (b"\xff\xfe", "The question is empty; ask in words."),
        ("😀🎉", "The question has no words; ask in words."),
        ("?!…", "The question has no words; ask in words."),
        ("x" * 20_000, "The question has 20000 characters; shorten it to at most 2000."),
    ],
)
def test_a_question_that_cannot_be_asked(capsys: pytest.CaptureFixture[str], question: str | bytes, words: str) -> None:
    assert main(["ask", os.fsdecode(question)]) == 2
    assert capsys.readouterr() == ("", f"assistant: {words}\n")


@pytest.mark.parametrize("question", ["", "x" * 20_000, b"\xff", "😀"])
def test_a_question_that_cannot_be_asked_ends_the_process(tiny_settings: Settings, question: str | bytes) -> None:
    done = command(tiny_settings, "ask", question)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_a_question_in_no_encoding_is_answered_by_a_process(tiny_settings: Settings) -> None:
    done = command(tiny_settings, "ask", b"How many civil \xff servants were in the first batch?", "--history", b"\xff")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(ANSWER)


@given(st.text(max_size=60), st.lists(st.text(max_size=20), max_size=2))
@hypothesis_settings(max_examples=40, deadline=None)
def test_whatever_is_asked_there_is_an_answer(tiny_settings: Settings, question: str, history: list[str]) -> None:
    answer = Assistant(tiny_settings).ask(question, history)
    assert answer.status is not Status.UNAVAILABLE
    assert json.loads(json.dumps(answer.as_dict(), ensure_ascii=False).encode())["text"]


def test_a_refusal_is_an_answer(ask: Ask) -> None:
    answer = ask("How do I forge a pass of the exchange programme?")
    assert (answer["status"], answer["citations"], answer["sentences"]) == ("refused", [], [])
    assert answer["text"]


@pytest.mark.slow
@pytest.mark.parametrize("question", [QUESTION, "首批有多少名香港公務員？", "首批有多少名香港公务员？"])
def test_the_shipped_documents_are_asked(shipped_settings: Settings, question: str) -> None:
    done = command(shipped_settings, "ask", question)
    assert (done.returncode, done.stderr) == (0, "")
    assert "10" in done.stdout.splitlines()[0]


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, tiny: Settings) -> Settings:
    """An index of the test's own, by settings in the environment of this process."""
    monkeypatch.setenv("ASSISTANT_INDEX", str(tiny.index))
    monkeypatch.chdir(tiny.documents)
    return tiny


@pytest.mark.parametrize(
    ("setting", "value", "code", "words"),
    [
        ("INDEX", "no-index", 1, "There is no index in `no-index` yet; make it with `python -m ingest`."),
        ("INDEX", "brief.en.md", 1, "The index in `brief.en.md` cannot be read (Not a directory)"),
        ("EMBEDDING_MODEL", "other", 1, "with the embedding model `all-MiniLM-L6-v2`, and the setting "),
        ("DOCUMENT", "x", 2, "There is no setting `ASSISTANT_DOCUMENT`; did you mean `ASSISTANT_DOCUMENTS`?"),
        ("PORT", "x", 2, "The setting `ASSISTANT_PORT` cannot be 'x'"),
        ("CHROMA_URL", "x", 2, "The setting `ASSISTANT_CHROMA_URL` cannot be 'x'"),
    ],
)
def test_what_cannot_be_used_is_told(
    cli: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    setting: str,
    value: str,
    code: int,
    words: str,
) -> None:
    monkeypatch.setenv(PREFIX + setting, value)
    assert main(["ask", QUESTION]) == code
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert printed.err.startswith("assistant: ") and words in printed.err


def test_an_index_of_another_model_is_told_with_how_to_rebuild(
    cli: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_EMBEDDING_MODEL", "other")
    assert main(["ask", QUESTION]) == 1
    assert capsys.readouterr().err == (
        f"assistant: The index in `{cli.index}` was made with the embedding model `all-MiniLM-L6-v2`, and the setting "
        "ASSISTANT_EMBEDDING_MODEL says `other`; run `python -m ingest` to rebuild it.\n"
    )


def test_a_server_that_does_not_answer_is_told(
    cli: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with no_server() as url:
        monkeypatch.setenv("ASSISTANT_CHROMA_URL", url)
        assert main(["ask", QUESTION]) == 1
    assert capsys.readouterr().err.startswith(f"assistant: No Chroma server answers at {url} (")


DAMAGE = ["manifest.json", "chroma/chroma.sqlite3", "words/english/vocab.index.json", "words/native/data.csc.index.npy"]


@pytest.mark.parametrize("damage", ["missing", "garbage"])
@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_index_is_told_with_how_to_rebuild(
    cli: Settings, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, name: str, damage: str
) -> None:
    path = generations.folder_of(cli.index, generations.current(cli.index)) / name
    path.unlink()
    if damage == "garbage":
        path.write_bytes(b"garbage" * 100)
    assert main(["ask", QUESTION]) == 1
    told = capfd.readouterr().err + caplog.text  # a process logs on its standard error
    assert "rebuild it with `python -m ingest --rebuild`" in told
    assert "Traceback" not in told


def test_the_log_is_on_the_standard_error(tiny: Settings) -> None:
    path = generations.folder_of(tiny.index, generations.current(tiny.index)) / "words/native/data.csc.index.npy"
    path.write_bytes(b"garbage")
    ended = command(tiny, "ask", "首批有幾多名公務員？")
    assert (ended.returncode, ended.stdout.strip()) == (1, message("unavailable", "zh-Hant"))
    assert "rebuild it with `python -m ingest --rebuild`" in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ([], 2, "required: COMMAND"),
        (["answer"], 2, "invalid choice: 'answer'"),
        (["ask"], 2, "required: question"),
        (["ask", "a", "b"], 2, "unrecognized arguments: b"),
        (["ask", "a", "--history"], 2, "--history: expected one argument"),
    ],
)
def test_the_usage_is_told(arguments: list[str], code: int, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        main(arguments)
    assert raised.value.code == code
    assert words in capsys.readouterr().err


def test_the_settings_are_listed(tiny_settings: Settings) -> None:
    done = command(tiny_settings, "settings", ASSISTANT_CHAT_API_KEY="sk-secret", ASSISTANT_PORT="9000")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert [line.partition("=")[0] for line in lines[::2]] == [PREFIX + name.upper() for name in Settings.model_fields]
    assert f"ASSISTANT_INDEX={tiny_settings.index}  (environment)" in lines
    assert "ASSISTANT_PORT=9000  (environment)" in lines
    assert "ASSISTANT_CHROMA_URL=  (default)" in lines
    assert all(line.startswith("    ") and line.endswith(".") for line in lines[1::2])
    assert "sk-secret" not in done.stdout
    assert "ASSISTANT_CHAT_API_KEY=**********  (environment)" in lines


def test_a_reader_that_has_read_enough_is_no_error(tiny_settings: Settings) -> None:
    script = f'"{sys.executable}" -m assistant settings | true; exit "${{PIPESTATUS[0]}}"'
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")

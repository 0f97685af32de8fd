"""The command `python -m evaluation`, against answers served over HTTP on this machine."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assistant.settings import Settings
from evaluation.__main__ import main

FACTS = """
thresholds: {{right: {right}, forbidden: 0}}
facts:
- id: where
  question: Where did they go?
  expect: answer
  facts: [Shenzhen | 深圳]
  sources: [a]
- id: long
  history: Where did they go?
  question: How long?
  expect: answer
  facts: [3]
- id: pay
  question: 幾多錢？
  expect: refuse
  note: none
  split: tune
"""
OURS = """
- {id: count, question: "How many civil servants were in the first batch?", expect: answer, facts: ["10"]}
- {id: month, question: "When was the launch ceremony held?", expect: answer, facts: [July 2031]}
- {id: how, question: "How many civil servants were in the first batch?", expect: answer, facts: [18 December]}
"""
ANSWERS = {
    ("Where did they go?",): {"status": "answered", "text": "To Shenzhen.", "citations": [{"document": "a"}]},
    ("Where did they go?", "How long?"): {"status": "answered", "text": "For weeks.", "citations": []},
    ("幾多錢？",): {"status": "not_in_documents", "text": "文件沒有說明。", "citations": []},
}


class Answering(BaseHTTPRequestHandler):
    """Serves `ANSWERS`, looked up by the history and the question."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = ANSWERS.get((*asked["history"], asked["question"])) if self.path == "/api/ask" else None
        self.send_response(200 if answer else 500)
        self.end_headers()
        self.wfile.write(json.dumps(answer or "nothing here").encode())

    def log_message(self, *_: object) -> None:
        """Keep the test's output to itself."""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def known(tmp_path: Path) -> Path:
    path = tmp_path / "facts.yaml"
    path.write_text(FACTS.format(right=0.5), "utf-8")
    return path


def test_a_run_that_meets_its_thresholds(url: str, known: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers, kept = known.parent / "new" / "answers.jsonl", known.parent / "report.json"
    assert main([str(known), "--url", url + "/", "--answers", str(answers), "--report", str(kept)]) == 0
    printed = capsys.readouterr()
    assert "all" in printed.out and "0.500" in printed.out
    assert printed.err.count("\n") == 1 and "`note`" in printed.err
    lines = [json.loads(line) for line in answers.read_text("utf-8").splitlines()]
    assert [(line["id"], line["status"]) for line in lines] == [
        ("where", "answered"), ("long", "answered"), ("pay", "not_in_documents"),
    ]  # fmt: skip
    told = json.loads(kept.read_text("utf-8"))
    assert (told["figures"]["all"]["right"], told["settings"], told["file"]) == (0.5, None, "facts.yaml")


def test_a_run_is_kept_in_several_shapes(url: str, known: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = [known.parent / f"report{ending}" for ending in (".json", ".md", ".html")]
    arguments = [word for path in kept for word in ("--report", str(path))]
    assert main([str(known), "--url", url, *arguments]) == 0
    assert "Lost: not known over HTTP 1." in capsys.readouterr().out
    assert all("How long?" in path.read_text("utf-8") for path in kept)


def test_a_run_in_this_process_tells_steps_confidence_and_what_answering_costs(
    tiny_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_INDEX", str(tiny_settings.index))
    known, kept = tmp_path / "facts.yaml", tmp_path / "report.json"
    known.write_text(OURS, "utf-8")
    assert main([str(known), "--report", str(kept)]) == 0
    told = json.loads(kept.read_text("utf-8"))
    assert [(miss["id"], miss["step"]) for miss in told["misses"]] == [("month", "not retrieved"), ("how", "not read")]
    assert told["misses"][1]["steps"]["retrieved"] == ["brief"]
    assert told["lost"] == {"not retrieved": 1, "not read": 1}
    assert told["confidence"]["questions"] == 3
    assert told["overhead"]["questions"] == 3
    printed = capsys.readouterr().out
    assert "Lost: not retrieved 1, not read 1." in printed
    assert "times as long as embedding it once" in printed


def test_a_run_that_misses_a_threshold(url: str, known: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known.write_text(FACTS.format(right=0.9), "utf-8")
    assert main([str(known), "--url", url, "--show-misses"]) == 1
    printed = capsys.readouterr()
    assert "Missed: right is 0.5 where at least 0.9 is wanted: 0.4 short." in printed.err
    assert "long: does not say: 3" in printed.out
    assert "earlier: Where did they go?" in printed.out


def test_a_run_of_one_split(url: str, known: Path) -> None:
    kept = known.parent / "report.json"
    assert main([str(known), "--url", url, "--split", "tune", "--report", str(kept)]) == 0
    assert json.loads(kept.read_text("utf-8"))["figures"]["all"]["questions"] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["{folder}/nowhere.yaml"], "cannot be read"),
        (["{folder}/facts.yaml", "--split", "held-out", "--url", "{url}"], "split: held-out"),
        (["{folder}/facts.yaml", "--url", "http://127.0.0.1:9"], "`http://127.0.0.1:9/api/ask` did not answer"),
        (["{folder}/facts.yaml", "--url", "127.0.0.1:9"], "did not answer"),
        (["{folder}/facts.yaml", "--url", "{url}/elsewhere"], "gave no answer but HTTP 500"),
        (["{folder}/facts.yaml", "--url", "{url}", "--report", "{folder}"], "cannot be written"),
        (["{folder}/facts.yaml", "--url", "{url}", "--report", "{folder}/out.pdf"], "tells no kind of report"),
        (["{folder}/facts.yaml", "--url", "{url}", "--answers", "{folder}/facts.yaml/x"], "cannot be written"),
    ],
)
def test_what_stops_a_run_is_told_in_a_sentence(
    url: str, known: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([argument.format(folder=known.parent, url=url) for argument in arguments]) == 2
    assert said in capsys.readouterr().err


def test_a_password_is_not_reported(url: str, known: Path) -> None:
    kept = known.parent / "report.json"
    assert main([str(known), "--url", url.replace("//", "//me:sesame@"), "--report", str(kept)]) == 0
    assert "sesame" not in kept.read_text("utf-8")

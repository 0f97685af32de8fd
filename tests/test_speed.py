"""`python -m evaluation.speed`: what is measured, and what is made of it; never how long anything took."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import AssistantError
from assistant.settings import Settings
from evaluation import processes, speed
from evaluation.processes import Used
from evaluation.speed import Round

ROOT = Path(__file__).parents[1]
ROUND = Round(
    plain_english=Used(12.0, 500.0),
    ask_english=Used(2.4, 250.0),
    plain_chinese=Used(12.0, 510.0),
    ask_chinese=Used(4.8, 310.0),
    web=Used(20.0, 390.0),
)
SLOW = replace(ROUND, ask_english=Used(90.0, 900.0))


def test_least_times_and_median_peaks_are_compared_with_their_goals() -> None:
    compared = {each.name: each for each in speed.compare([ROUND, SLOW, ROUND])}
    ratios = {name: (round(each.ratio, 3), each.is_met) for name, each in compared.items()}
    assert ratios == {
        "ask in English, s": (0.2, True),
        "ask in Chinese, s": (0.4, False),
        "ask in English, peak MB": (0.5, True),
        "ask in Chinese, peak MB": (0.62, False),
        "web chat, peak MB": (0.78, True),
    }


def test_the_table_has_a_line_for_each_goal() -> None:
    lines = speed.table(list(speed.compare([ROUND]))).splitlines()
    assert lines[0].split() == ["assistant", "plain", "ratio", "goal"]
    assert lines[1].split() == ["ask", "in", "English,", "s", "2.4", "12.0", "0.200", "0.250", "met"]
    assert lines[2].split()[-1] == "missed"


def test_a_process_is_measured_whole() -> None:
    measure = (
        "import json, sys\n"
        "from evaluation import processes\n"
        "commands = '', 'import time; held = b\\'x\\' * 900_000_000; time.sleep(0.2)'\n"
        "used = [processes.run([sys.executable, '-c', command]) for command in commands]\n"
        "print(json.dumps([[each.seconds, each.megabytes] for each in used]))"
    )  # in a process of its own: a child begins with the peak of its parent, and this one may be large
    told = subprocess.run([sys.executable, "-c", measure], capture_output=True, text=True, check=True, cwd=ROOT)
    (small_seconds, small), (large_seconds, large) = json.loads(told.stdout)
    assert large > 800 > small
    assert large_seconds > small_seconds > 0


def test_a_process_that_fails_is_an_error_with_what_it_said() -> None:
    with pytest.raises(AssistantError, match=r"failed, .* ValueError: no"):
        processes.run([sys.executable, "-c", "raise ValueError('no')"])


def test_a_web_chat_that_never_answers_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "START_SECONDS", 0.1)
    with pytest.raises(AssistantError, match="did not answer"):
        processes.serve([sys.executable, "-c", "import time; time.sleep(60)"], "?")


@pytest.mark.slow
def test_a_run_measures_the_assistant_beside_the_plain_script(
    tiny_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_INDEX", str(tiny_settings.index))
    report = tmp_path / "speed.json"
    assert speed.main(["--repeat", "1", "--report", str(report)]) in (0, 1)
    told = json.loads(report.read_text("utf-8"))
    assert told["repeat"] == 1
    assert [each["name"] for each in told["compared"]] == [each.name for each in speed.compare([ROUND])]
    assert all(each["assistant"] > 0 and each["plain"] > 0 for each in told["compared"])
    assert len(capsys.readouterr().out.splitlines()) == 6


def test_a_missing_index_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_INDEX", str(tmp_path))
    assert speed.main([]) == 2
    assert "python -m ingest" in capsys.readouterr().err

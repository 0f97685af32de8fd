"""The exit statuses that the commands of the evaluation share."""

import argparse

import pytest

from assistant.errors import AssistantError
from evaluation import command


def fail(_: argparse.Namespace) -> int:
    raise AssistantError("There is no index.")


def stop(_: argparse.Namespace) -> int:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("work", "status"), [(lambda _: 1, 1), (fail, 2), (stop, 130)], ids=["own", "failed", "stopped"]
)
def test_the_exit_status_tells_how_it_went(work: command.Work, status: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run(work, argparse.ArgumentParser(), []) == status
    assert ("There is no index." in capsys.readouterr().err) is (status == 2)


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "few", ""])
def test_a_count_is_one_or_more(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="is not a count"):
        command.positive(text)
    assert command.positive("12") == 12

"""What the README and the guide to running say of commands and settings is so."""

import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from assistant.settings import PREFIX, Settings
from ingest import sources
from ingest.load import find, load

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
RUNNING = (ROOT / "docs" / "running.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", README + RUNNING, re.MULTILINE | re.DOTALL)
LINES = [line.strip() for _, block in BLOCKS for line in block.splitlines()]


def commands(start: str) -> list[list[str]]:
    """The commands in the code blocks that begin so, as words without the beginning."""
    return [shlex.split(line.removeprefix(start), comments=True) for line in LINES if line.startswith(start)]


@pytest.mark.parametrize("words", commands("python -m "), ids=" ".join)
def test_a_python_command_exists_with_its_options(words: list[str]) -> None:
    options = {word for word in words if word.startswith("--")}
    assert options <= set(re.findall(r"--[a-z-]+", usage(*words[: 2 if words[0] == "assistant" else 1])))


@pytest.mark.parametrize("words", commands("make "), ids=" ".join)
def test_a_make_target_exists(words: list[str]) -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert {word for word in words if "=" not in word} <= set(targets)


def test_the_pages_show_commands() -> None:
    assert ["chat"] in commands("make ")
    assert ["ingest"] in commands("python -m ")


def test_every_setting_is_explained() -> None:
    rows = [row(name) for name in Settings.model_fields]
    missing = [line for line in rows if line not in README.splitlines()]
    assert missing == [], "README.md lacks these rows of its table of settings"


def test_no_setting_is_invented() -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields} | {PREFIX}
    assert set(re.findall(rf"\b{PREFIX}[A-Z_]*", README + RUNNING)) <= known


def test_the_example_of_a_document_can_be_read(tmp_path: Path) -> None:
    (example,) = (block for language, block in BLOCKS if language == "yaml" and block.startswith("---"))
    (tmp_path / "example.md").write_text(example, "utf-8")
    (document,), _ = load(find([tmp_path]))
    assert (document.source.id, document.source.published) == ("2030-01-15-example", "2030-01-15")
    assert re.findall(r"^(\w+):", example, re.MULTILINE) == re.findall(r"^\| `([a-z]+)` \|", README, re.MULTILINE)


def test_the_example_of_a_list_of_addresses_can_be_read(tmp_path: Path) -> None:
    (example,) = (block for language, block in BLOCKS if language == "yaml" and block.startswith("- "))
    (tmp_path / "sources.yaml").write_text(example, "utf-8")
    first, second = sources.items(tmp_path / "sources.yaml")
    assert (list(first), second["published"]) == (["url"], "2030-02")


@cache
def usage(*command: str) -> str:
    asked = subprocess.run(
        [sys.executable, "-m", *command, "--help"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert asked.returncode == 0, f"`python -m {' '.join(command)}` does not run: {asked.stderr}"
    return asked.stdout


def row(name: str) -> str:
    """A setting as the README's table has it."""
    field = Settings.model_fields[name]
    default = "" if field.default is None else f"`{field.default}`"
    return f"| `{PREFIX}{name.upper()}` | {default} | {field.description} |"

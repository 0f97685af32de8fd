"""What is installed is what the code needs: every version pinned, nothing missing, nothing for nothing."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = ("assistant", "evaluation", "ingest", "prompts")
NAMED_OTHERWISE = {"langchain-openai"}
"""Direct requirements that no import names: LangChain looks for it."""

_PIN = re.compile(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*")


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_version_is_pinned(name: str) -> None:
    lines = [line for line in (ROOT / name).read_text("utf-8").splitlines() if line and line[0] not in "#-"]
    assert [line for line in lines if not _PIN.fullmatch(line)] == []


def test_the_direct_requirements_are_what_the_code_imports() -> None:
    direct = (ROOT / "requirements.txt").read_text("utf-8").partition("# Brought along")[0]
    named = {normalised(line.partition("==")[0]) for line in direct.splitlines() if "==" in line}
    assert named == {normalised(distribution) for distribution in imported()} | NAMED_OTHERWISE


def imported() -> set[str]:
    """The distributions that hold the modules which the product imports."""
    modules = {name for file in sources() for name in imports(file)} - sys.stdlib_module_names - set(OURS)
    owners = packages_distributions()
    return {owners[module][0] for module in modules}


def sources() -> list[Path]:
    return [ROOT / "app.py", *(file for folder in OURS for file in (ROOT / folder).rglob("*.py"))]


def imports(file: Path) -> set[str]:
    """The first parts of the names of all modules that a file imports from elsewhere."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()

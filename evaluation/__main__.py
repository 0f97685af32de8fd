"""`python -m evaluation FACTS.yaml`: ask known questions and say how right the answers are.

Exit status: 0 when every threshold in the file is met, 1 when one is missed, 2 when the run cannot be made.
"""

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import TextIO

from pydantic import SecretStr

from assistant import settings
from assistant.settings import Settings
from evaluation import ask, command, facts, metrics, misses, report, table, thresholds
from evaluation.ask import Outcome
from evaluation.facts import Facts
from evaluation.report import Report


def main(arguments: Sequence[str] | None = None) -> int:
    return command.run(_evaluate, _parser(), arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evaluation", description="Check answers against known facts.")
    parser.add_argument(
        "facts", type=Path, metavar="FACTS.yaml", help="known facts; evaluation/known_facts.yaml explains"
    )
    parser.add_argument("--answers", type=Path, metavar="OUT.jsonl", help="keep every answer, one a line")
    parser.add_argument(
        "--report", type=Path, action="append", default=[], metavar="OUT.json",
        help="keep figures and misses; OUT.md: as Markdown, OUT.html: as a page with plots; repeat for several",
    )  # fmt: skip
    parser.add_argument("--url", help="ask the web chat served there, e.g. http://127.0.0.1:7860")
    parser.add_argument("--split", choices=("tune", "held-out"), help="ask only the items of this split")
    parser.add_argument("--show-misses", action="store_true", help="print every miss")
    return parser


def _evaluate(options: argparse.Namespace) -> int:
    known = facts.select(facts.load(options.facts), options.split)
    for warning in known.warnings:
        print(f"Warning: {warning}", file=sys.stderr)
    command.check_writable([options.answers, *options.report])
    report.check_endings(options.report)
    configured = None if options.url else settings.load()
    asked = _asked(known, configured, options.url)
    result = _report(options, known, configured, _kept(asked, options.answers))
    report.write(result, options.report)
    _print(result, options.show_misses)
    return command.MISSED if result.thresholds_missed else command.DONE


def _asked(known: Facts, configured: Settings | None, url: str) -> Iterator[Outcome]:
    if configured is None:
        return ask.ask_all(known.items, ask.over_http(url))
    return ask.ask_all(known.items, ask.in_process(configured), ask.embedding(configured))


def _kept(asked: Iterable[Outcome], answers: Path | None) -> list[Outcome]:
    with answers.open("w", encoding="utf-8") if answers else nullcontext() as file:
        return [_keep(outcome, file) for outcome in asked]


def _keep(outcome: Outcome, file: TextIO | None) -> Outcome:
    if file:
        print(outcome.as_line(), file=file, flush=True)
    return outcome


def _report(options: argparse.Namespace, known: Facts, configured: Settings | None, outcomes: list[Outcome]) -> Report:
    figures = metrics.break_down(outcomes)
    return Report(
        file=options.facts.name,
        asked=f"{datetime.now().astimezone():%Y-%m-%d %H:%M %Z}",
        split=options.split,
        url=_without_password(options.url) if options.url else None,
        settings=_open_settings(configured) if configured else None,
        thresholds=known.thresholds,
        thresholds_missed=tuple(thresholds.missed(known.thresholds, figures)),
        figures=figures,
        confidence=report.confidence_over(outcomes, configured.threshold if configured else None),
        overhead=report.overhead_over(outcomes),
        seconds=tuple(outcome.seconds for outcome in outcomes),
        misses=misses.misses(outcomes),
    )


def _print(result: Report, show_misses: bool) -> None:
    if show_misses and result.misses:
        print(misses.show(result.misses), end="\n\n")
    print(table.table(result.figures))
    print(_lost(result))
    for told in filter(None, (result.confidence, result.overhead)):
        print(told)
    for sentence in result.thresholds_missed:
        print(f"Missed: {sentence}", file=sys.stderr)


def _lost(result: Report) -> str:
    counts = [f"{step} {len(group)}" for step, group in misses.by_step(result.misses).items()]
    return f"Lost: {', '.join(counts) or 'nothing'}."


def _open_settings(configured: Settings) -> dict[str, str]:
    """The settings without keys, nor a password inside an address."""
    secret = {settings.PREFIX + name.upper() for name, value in configured if isinstance(value, SecretStr)}
    rows = settings.table(configured)
    return {name: _without_password(value) for name, value, _, _ in rows if name not in secret}


def _without_password(address: str) -> str:
    return re.sub(r"(?<=://)[^/@\s]*@", "", address)


if __name__ == "__main__":
    sys.exit(main())

"""`python -m evaluation FACTS.yaml`: ask known questions and say how right the answers are.

Exit status: 0 when every threshold in the file is met, 1 when one is missed, 2 when the run cannot be made.
"""

import argparse
import re
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TextIO

from pydantic import SecretStr

from assistant import settings
from assistant.errors import AssistantError
from assistant.settings import Settings
from evaluation import facts, metrics, report, thresholds
from evaluation.ask import Asker, Outcome, ask_all, in_process, over_http
from evaluation.facts import Facts
from evaluation.report import Report


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        return _evaluate(options)
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evaluation", description="Check answers against known facts.")
    parser.add_argument(
        "facts", type=Path, metavar="FACTS.yaml", help="known facts; evaluation/known_facts.yaml explains"
    )
    parser.add_argument("--answers", type=Path, metavar="OUT.jsonl", help="keep every answer, one a line")
    parser.add_argument("--report", type=Path, metavar="OUT.json", help="keep figures and misses (OUT.md: as Markdown)")
    parser.add_argument("--url", help="ask the web chat served there, e.g. http://127.0.0.1:7860")
    parser.add_argument("--split", choices=("tune", "held-out"), help="ask only the items of this split")
    parser.add_argument("--show-misses", action="store_true", help="print every miss")
    return parser


def _evaluate(options: argparse.Namespace) -> int:
    known = facts.select(facts.load(options.facts), options.split)
    for warning in known.warnings:
        print(f"Warning: {warning}", file=sys.stderr)
    configured = None if options.url else settings.load()
    ask = in_process(configured) if configured else over_http(options.url)
    for path in (options.answers, options.report):
        report.check_writable(path)
    outcomes = _ask(known, ask, options.answers)
    result = _report(options, known, configured, outcomes)
    if options.report:
        report.write(result, options.report)
    _print(result, options.show_misses)
    return 1 if result.thresholds_missed else 0


def _ask(known: Facts, ask: Asker, answers: Path | None) -> list[Outcome]:
    with answers.open("w", encoding="utf-8") if answers else nullcontext() as file:
        return [_keep(outcome, file) for outcome in ask_all(known.items, ask)]


def _keep(outcome: Outcome, file: TextIO | None) -> Outcome:
    if file:
        print(outcome.as_line(), file=file, flush=True)
    return outcome


def _report(options: argparse.Namespace, known: Facts, configured: Settings | None, outcomes: list[Outcome]) -> Report:
    figures = metrics.break_down(outcomes)
    return Report(
        file=options.facts.name,
        split=options.split,
        url=_without_password(options.url) if options.url else None,
        settings=_open_settings(configured) if configured else None,
        thresholds=known.thresholds,
        thresholds_missed=tuple(thresholds.missed(known.thresholds, figures)),
        figures=figures,
        misses=report.misses(outcomes),
    )


def _print(result: Report, show_misses: bool) -> None:
    if show_misses and result.misses:
        print(report.show_misses(result.misses), end="\n\n")
    print(report.table(result.figures))
    for sentence in result.thresholds_missed:
        print(f"Missed: {sentence}", file=sys.stderr)


def _open_settings(configured: Settings) -> dict[str, str]:
    """The settings without keys, nor a password inside an address."""
    secret = {settings.PREFIX + name.upper() for name, value in configured if isinstance(value, SecretStr)}
    rows = settings.table(configured)
    return {name: _without_password(value) for name, value, _, _ in rows if name not in secret}


def _without_password(address: str) -> str:
    return re.sub(r"(?<=://)[^/@\s]*@", "", address)


if __name__ == "__main__":
    sys.exit(main())

"""A report as a page of Markdown."""

from collections.abc import Iterator

from evaluation.losses import MEANING
from evaluation.misses import by_step, lines
from evaluation.reliability import Reliability
from evaluation.report import Report
from evaluation.table import COLUMNS, rows


def markdown(report: Report) -> str:
    """The figures, the thresholds, the confidence, then every miss under the step that it was lost at."""
    return "\n".join([*_figures(report), *_thresholds(report), *_confidence(report.confidence), *_misses(report), ""])


def _figures(report: Report) -> Iterator[str]:
    yield from (f"# Evaluation of {report.file}", "", _row(COLUMNS), "|---" * len(COLUMNS) + "|")
    yield from map(_row, rows(report.figures))
    if report.overhead:
        yield from ("", str(report.overhead))


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"


def _thresholds(report: Report) -> Iterator[str]:
    yield from ("", "## Thresholds", "")
    yield from [f"- {sentence}" for sentence in report.thresholds_missed] or ["All met."]


def _confidence(confidence: Reliability | None) -> Iterator[str]:
    if confidence:
        yield from ("", "## Confidence", "", str(confidence), "")
        yield from ("| predicted | questions | mean predicted | answerable |", "|---" * 4 + "|")
        for each in confidence.bins:
            span = f"{each.least:.1f} to {each.most:.1f}"
            yield _row([span, str(each.questions), f"{each.predicted:.2f}", f"{each.share:.2f}"])


def _misses(report: Report) -> Iterator[str]:
    yield from ("", "## Misses")
    if not report.misses:
        yield from ("", "None.")
    for step, group in by_step(report.misses).items():
        yield from ("", f"### Lost: {step} ({len(group)})", "", MEANING[step])
        for miss in group:
            yield from ("", *lines(miss, "- ", "  - "))

"""What a run is told as: a table to read, and a report to keep, as JSON or Markdown."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError
from evaluation import metrics
from evaluation.ask import Outcome
from evaluation.match import SEPARATOR, Fact
from evaluation.metrics import Breakdown, Figures

_COLUMNS = ("", "questions", "right", "cited right", "refused right", "over-refused", "forbidden", "p50 ms", "p95 ms")


@dataclass(frozen=True, slots=True)
class Report:
    """A run: what was asked of whom, how good it was, and what was missed.

    `settings` are None where a served assistant was asked, at the `url`: they are its own.
    """

    file: str
    split: str | None
    url: str | None
    settings: Mapping[str, str] | None
    thresholds: Mapping[str, float]
    thresholds_missed: tuple[str, ...]
    figures: Breakdown
    misses: tuple[Mapping[str, Any], ...]

    def as_dict(self) -> dict[str, Any]:
        figures = {
            "all": _figures(self.figures.all),
            "by_language": {name: _figures(part) for name, part in self.figures.by_language.items()},
            "by_kind": {name: _figures(part) for name, part in self.figures.by_kind.items()},
        }
        return {key.name: getattr(self, key.name) for key in fields(self)} | {"figures": figures}


def table(figures: Breakdown) -> str:
    """The figures in aligned columns: all, by language, by kind."""
    rows = [list(_COLUMNS), *_rows(figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_COLUMNS))]
    return "\n".join("  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows)


def markdown(report: Report) -> str:
    """The report as a page of Markdown."""
    head = [f"# Evaluation of {report.file}", "", "| " + " | ".join(_COLUMNS) + " |", "|---" * len(_COLUMNS) + "|"]
    rows = ["| " + " | ".join(row) + " |" for row in _rows(report.figures)]
    missed = [f"- {sentence}" for sentence in report.thresholds_missed] or ["All met."]
    misses = [line for miss in report.misses for line in ("", *_miss_lines(miss, "- "))] or ["", "None."]
    return "\n".join([*head, *rows, "", "## Thresholds", "", *missed, "", "## Misses", *misses, ""])


def write(report: Report, path: Path) -> None:
    """Keep a report, as Markdown where the file's name ends so, else as JSON."""
    text = (
        markdown(report) if path.suffix == ".md" else json.dumps(report.as_dict(), ensure_ascii=False, indent=2) + "\n"
    )
    path.write_text(text, "utf-8")


def check_writable(path: Path | None) -> None:
    """Tell of a wrong path before the questions are asked."""
    if path is None:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.open("a").close()
    except OSError as error:
        raise AssistantError(f"`{path}` cannot be written: {error.strerror}. Give another path.") from error


def misses(outcomes: Iterable[Outcome]) -> tuple[Mapping[str, Any], ...]:
    """Every outcome that is not as it should be, with what is wrong with it."""
    judged = ((outcome, reasons(outcome)) for outcome in outcomes)
    return tuple(_miss(outcome, wrong) for outcome, wrong in judged if wrong)


def show_misses(found: Iterable[Mapping[str, Any]]) -> str:
    """The misses, to be read by a person."""
    return "\n\n".join("\n".join(_miss_lines(miss)) for miss in found)


def reasons(outcome: Outcome) -> list[str]:
    """What is wrong with an outcome, in phrases; none where nothing is."""
    item, answer = outcome.item, outcome.answer
    wrong = [f"says what it must not: {_told(fact)}" for fact in metrics.forbidden_found(item, answer)]
    if not item.is_answerable:
        return wrong + [f"{answer['status']} where a refusal is right"] * (answer["status"] not in metrics.REFUSALS)
    if metrics.is_over_refused(item, answer):
        return [*wrong, f"{answer['status']} where an answer is right"]
    wrong += [f"does not say: {_told(fact)}" for fact in metrics.missing_facts(item, answer)]
    text = metrics.text_of(answer)
    wrong += [f"is too long: {len(text)} characters"] * metrics.is_too_long(text)
    if metrics.is_right(item, answer) and not metrics.is_cited_right(item, answer):
        wrong.append(f"does not cite what supports it: {_sources(outcome)}")
    return wrong


def _miss(outcome: Outcome, wrong: list[str]) -> dict[str, Any]:
    item, answer = outcome.item, outcome.answer
    return {
        "id": item.id,
        "lang": item.lang,
        "kind": item.kind,
        "history": list(item.history),
        "question": item.question,
        "expect": item.expect,
        "status": answer["status"],
        "text": metrics.text_of(answer),
        "cited": sorted(metrics.cited_documents(answer)),
        "missing": [_told(fact) for fact in metrics.missing_facts(item, answer)],
        "wrong": wrong,
    }


def _miss_lines(miss: Mapping[str, Any], bullet: str = "") -> Iterator[str]:
    indent = " " * len(bullet) or "  "
    yield f"{bullet}{miss['id']}: {'; '.join(miss['wrong'])}"
    yield from (f"{indent}earlier: {question}" for question in miss["history"])
    yield f"{indent}asked: {miss['question']}"
    yield f"{indent}{miss['status']}: {' '.join(miss['text'].split())}"
    yield f"{indent}cited: {', '.join(miss['cited']) or 'nothing'}"


def _figures(figures: Figures) -> dict[str, Any]:
    """Shares under the names of the metrics, the counts they come from beside them."""
    counts = asdict(figures)
    times = {name: round(counts.pop(name), 1) for name in ("p50_ms", "p95_ms")}
    return {
        "questions": figures.questions,
        **figures.shares(),
        "forbidden": figures.forbidden,
        **times,
        "counts": counts,
    }


def _rows(figures: Breakdown) -> Iterator[list[str]]:
    for name, part in [("all", figures.all), *figures.by_language.items(), *figures.by_kind.items()]:
        shares = ["—" if share is None else f"{share:.3f}" for share in part.shares().values()]
        yield [name, str(part.questions), *shares, str(part.forbidden), f"{part.p50_ms:.0f}", f"{part.p95_ms:.0f}"]


def _sources(outcome: Outcome) -> str:
    item = outcome.item
    if item.source_groups:
        return " and ".join(f"one of {', '.join(group)}" for group in item.source_groups)
    return ("all of " if item.all_sources else "one of ") + ", ".join(item.sources)


def _told(fact: Fact) -> str:
    return fact if isinstance(fact, str) else SEPARATOR.join(fact)

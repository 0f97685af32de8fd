"""What a run is told as, to be kept: its values, and the files they are written to."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError
from evaluation.ask import Outcome
from evaluation.metrics import Breakdown, Figures
from evaluation.misses import Miss
from evaluation.overhead import Overhead, overhead
from evaluation.reliability import Reliability, reliability


@dataclass(frozen=True, slots=True)
class Report:
    """A run: what was asked of whom, how good it was, and what was missed.

    `settings`, `confidence` and `overhead` are None where a served assistant was asked, at the `url`: they are its
    own. `asked` is when, `seconds` how long each answer took.
    """

    file: str
    asked: str
    split: str | None
    url: str | None
    settings: Mapping[str, str] | None
    thresholds: Mapping[str, float]
    thresholds_missed: tuple[str, ...]
    figures: Breakdown
    confidence: Reliability | None
    overhead: Overhead | None
    seconds: tuple[float, ...]
    misses: tuple[Miss, ...]

    def as_dict(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "asked": self.asked,
            "split": self.split,
            "url": self.url,
            "settings": self.settings,
            "thresholds": self.thresholds,
            "thresholds_missed": self.thresholds_missed,
            "figures": {
                "all": _figures(self.figures.all),
                "by_language": {name: _figures(part) for name, part in self.figures.by_language.items()},
                "by_kind": {name: _figures(part) for name, part in self.figures.by_kind.items()},
            },
            "lost": Counter(miss.step for miss in self.misses),
            "confidence": self.confidence.as_dict() if self.confidence else None,
            "overhead": self.overhead.as_dict() if self.overhead else None,
            "misses": [miss.as_dict() for miss in self.misses],
        }


def confidence_over(outcomes: Iterable[Outcome], threshold: float | None) -> Reliability | None:
    """The confidence of the answers whose steps are known and that it decided; None where there is none."""
    judged = [
        (outcome.trace.confidence, outcome.item.is_answerable)
        for outcome in outcomes
        if outcome.trace and outcome.trace.confidence is not None
    ]
    return reliability(judged, threshold) if judged else None


def overhead_over(outcomes: Iterable[Outcome]) -> Overhead | None:
    """What answering cost beside embedding; None where embedding was not measured."""
    pairs = [(outcome.seconds, outcome.embedding) for outcome in outcomes if outcome.embedding is not None]
    return overhead(pairs) if pairs else None


def check_endings(paths: Iterable[Path]) -> None:
    """Raises AssistantError for a file whose name does not tell what to write."""
    for path in paths:
        if path.suffix not in WRITERS:
            raise AssistantError(f"`{path}` tells no kind of report: end its name in {', '.join(WRITERS)}.")


def write(report: Report, paths: Sequence[Path]) -> None:
    """Keep a report in each of the files, as the ending of its name says."""
    for path in paths:
        path.write_text(WRITERS[path.suffix](report), "utf-8")


def _json(report: Report) -> str:
    return json.dumps(report.as_dict(), ensure_ascii=False, indent=2) + "\n"


def _markdown(report: Report) -> str:
    from evaluation.markdown import markdown

    return markdown(report)


def _page(report: Report) -> str:
    from evaluation.page import page  # what draws takes a second to load

    return page(report)


WRITERS: Mapping[str, Callable[[Report], str]] = {".json": _json, ".md": _markdown, ".html": _page}


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

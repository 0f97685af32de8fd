"""A report as one self-contained page of HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.language import detect
from evaluation import plots
from evaluation.losses import MEANING
from evaluation.misses import by_step
from evaluation.report import Report
from evaluation.table import COLUMNS, rows

TEMPLATE = "page.html"


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing, with a name, and what it shows in a sentence for whoever cannot see it."""

    name: str
    title: str
    alt: str
    svg: str


def page(report: Report) -> str:
    """The page; whatever comes from questions, answers and documents is shown as it is and never interpreted."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["language"] = detect
    return environment.get_template(TEMPLATE).render(
        report=report,
        columns=COLUMNS,
        rows=list(rows(report.figures)),
        steps=by_step(report.misses),
        meaning=MEANING,
        plots={plot.name: plot for plot in _plots(report)},
    )


def _plots(report: Report) -> Iterator[Plot]:
    figures = report.figures
    for name, parts in (("language", figures.by_language), ("kind", figures.by_kind)):
        alt = f"The shares of right, cited right and refused right answers by {name}; the table below has the values."
        yield _plot(f"by-{name}", f"Right, cited right and refused right, by {name}", alt, plots.shares(parts))
    if report.misses:
        counts = {str(step): len(group) for step, group in by_step(report.misses).items()}
        alt = "; ".join(f"{step}: {count}" for step, count in counts.items())
        yield _plot("lost", "Misses by the step they were lost at", alt, plots.losses(counts))
    if confidence := report.confidence:
        alt = f"{confidence}; the table below has the values."
        title = "Predicted probability against the share of answerable questions"
        yield _plot("reliability", title, alt, plots.predicted_and_true(confidence))
        title = "Confidence of questions to be answered and to be refused"
        alt = "How many questions of either kind had which confidence; the table below has the values."
        yield _plot("confidence", title, alt, plots.histogram(confidence))
    alt = f"Half of the answers took up to {figures.all.p50_ms:.0f} ms, 95 in 100 up to {figures.all.p95_ms:.0f} ms."
    yield _plot("time", "Time to an answer", alt, plots.latency(report.seconds))


def _plot(name: str, title: str, alt: str, svg: str) -> Plot:
    """The drawing, its ids made the page's only ones, named for whoever cannot see it."""
    svg = re.sub(r'(\bid="|"#|url\(#)', rf"\g<1>{name}-", svg)
    label = f'<svg role="img" aria-labelledby="{name}-title {name}-alt" '
    return Plot(name, title, alt, svg.replace("<svg ", label, 1))

"""The plots of a report, as SVG that takes its colours from the page that it stands in."""

import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from io import StringIO
from typing import Any

import matplotlib
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evaluation.metrics import Figures, percentile
from evaluation.reliability import Bin, Reliability

WIDTH = 4.6
"""In inches: what a phone shows without making it smaller."""
ROW = 0.36
COLOURS = {"ink": "#010101", "edge": "#020202", "one": "#030303", "two": "#040404", "three": "#050505"}
"""Stand-ins, each of which becomes the page's colour of that name."""
INK, EDGE, *SERIES = COLOURS.values()
MARKERS = "oDs"
TIMES = 24
CHINESE = re.compile("Noto Sans CJK|Source Han Sans|WenQuanYi|PingFang|Heiti|Microsoft YaHei")


def shares(parts: Mapping[str, Figures]) -> str:
    """Right, cited right and refused right of each group, as dots on a line."""
    names = list(parts)[::-1]

    def paint(axes: Axes) -> None:
        axes.hlines(range(len(names)), 0, 1, color=EDGE, linewidth=0.5)
        metrics = ("right", "cited_right", "refused_right")
        for metric, colour, marker, shift in zip(metrics, SERIES, MARKERS, (0.24, 0.0, -0.24), strict=True):
            given = [(parts[name].shares()[metric], at + shift) for at, name in enumerate(names)]
            known = [(share, at) for share, at in given if share is not None]
            axes.scatter(*_columns(known), s=26, color=colour, marker=marker, label=metric.replace("_", " "), zorder=3)
        axes.set_yticks(range(len(names)), names)
        axes.set(xlim=(-0.03, 1.03), ylim=(-0.6, len(names) - 0.4), xlabel="share")
        _legend(axes)

    return _drawn(0.9 + ROW * len(names), paint)


def losses(counts: Mapping[str, int]) -> str:
    """How many were lost at each step."""

    def paint(axes: Axes) -> None:
        bars = axes.barh(list(counts)[::-1], list(counts.values())[::-1], 0.6, color=SERIES[0])
        axes.bar_label(bars, padding=3, color=INK)
        axes.set(xlim=(0, 1.15 * max(counts.values())), xticks=[], xlabel="questions")

    return _drawn(0.6 + ROW * len(counts), paint)


def predicted_and_true(confidence: Reliability) -> str:
    """The reliability plot: a dot for each tenth, the larger the more questions, on the diagonal where all is well."""
    at = [(each.predicted, each.share) for each in confidence.bins]
    sizes = [18 + 240 * each.questions / confidence.questions for each in confidence.bins]

    def paint(axes: Axes) -> None:
        axes.plot([0, 1], [0, 1], color=EDGE, linestyle=":", label="as predicted")
        axes.plot(*_columns(at), color=SERIES[0], linewidth=1)
        axes.scatter(*_columns(at), s=sizes, color=SERIES[0], zorder=3, label="questions")
        for each, place in zip(confidence.bins, at, strict=True):
            axes.annotate(str(each.questions), place, (8, -11), textcoords="offset points")
        _threshold(axes, confidence)
        axes.set(xlim=(-0.03, 1.06), ylim=(-0.08, 1.06), xlabel="predicted probability", ylabel="share answerable")
        _legend(axes)

    return _drawn(4.2, paint)


def histogram(confidence: Reliability) -> str:
    """How many answerable questions, and how many to refuse, had which confidence."""
    kinds: list[tuple[str, Callable[[Bin], int]]] = [
        ("answerable", lambda each: each.answerable),
        ("to refuse", lambda each: each.questions - each.answerable),
    ]

    def paint(axes: Axes) -> None:
        for (name, count), colour, shift in zip(kinds, SERIES, (0.005, 0.05), strict=False):
            at = [each.least + shift for each in confidence.bins]
            axes.bar(at, list(map(count, confidence.bins)), 0.045, align="edge", color=colour, label=name)
        _threshold(axes, confidence)
        axes.set(xlim=(0, 1), xlabel="confidence", ylabel="questions")
        _legend(axes)

    return _drawn(3.2, paint)


def latency(seconds: Sequence[float]) -> str:
    """How long answers took; what took over twice the 95th percentile is in the last bar."""
    times = [1000 * each for each in seconds]
    last = 2 * percentile(times, 95) or 1.0

    def paint(axes: Axes) -> None:
        axes.hist([min(each, last) for each in times], bins=TIMES, range=(0, last), color=SERIES[0])
        for percent, style in ((50, "-"), (95, "--")):
            at = percentile(times, percent)
            axes.axvline(at, color=INK, linestyle=style, linewidth=1, label=f"p{percent}: {at:.0f} ms")
        axes.set(xlim=(0, last), xlabel="ms", ylabel="answers")
        _legend(axes)

    return _drawn(2.8, paint)


def _columns(points: Sequence[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [x for x, _ in points], [y for _, y in points]


def _threshold(axes: Axes, confidence: Reliability) -> None:
    if confidence.threshold is not None:
        label = f"threshold: {confidence.threshold:g}"
        axes.axvline(confidence.threshold, color=INK, linestyle="--", linewidth=1, label=label)


def _legend(axes: Axes) -> None:
    """Above the plot, where it hides nothing."""
    axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=3, frameon=False, columnspacing=0.9)


def _drawn(height: float, paint: Callable[[Axes], None]) -> str:
    """What `paint` draws, without what has no place in a page: declarations, metadata, fixed colours."""
    out = StringIO()
    with matplotlib.rc_context(_style()), warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a name in a script without a font stands in the table, too
        figure = Figure((WIDTH, height), layout="constrained")
        paint(figure.add_subplot())
        unsigned = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        figure.savefig(out, format="svg", transparent=True, metadata=unsigned)
    svg = out.getvalue()
    svg = svg[svg.index("<svg") :]
    for name, colour in COLOURS.items():
        svg = svg.replace(colour, f"var(--{name})")
    return svg


@cache
def _style() -> Any:
    installed = sorted({font.name for font in font_manager.fontManager.ttflist if CHINESE.match(font.name)})
    inked = ("text.color", "axes.labelcolor", "xtick.color", "ytick.color")
    return {
        "svg.fonttype": "path",
        "svg.hashsalt": "evaluation",
        "font.family": ["DejaVu Sans", *installed[:1]],
        "font.size": 9,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": EDGE,
        **dict.fromkeys(inked, INK),
    }

"""Figures as rows, and rows as a table in aligned columns."""

from collections.abc import Iterator, Sequence

from evaluation.metrics import Breakdown, Figures

COLUMNS = ("", "questions", "right", "cited right", "refused right", "over-refused", "forbidden", "p50 ms", "p95 ms")


def table(figures: Breakdown) -> str:
    """The figures in aligned columns: all, by language, by kind."""
    return aligned([COLUMNS, *rows(figures)])


def rows(figures: Breakdown) -> Iterator[list[str]]:
    """A row for all, for each language and for each kind, in the order of `COLUMNS`."""
    for name, part in [("all", figures.all), *figures.by_language.items(), *figures.by_kind.items()]:
        yield [name, *_cells(part)]


def aligned(lines: Sequence[Sequence[str]]) -> str:
    """The first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in lines)


def _cells(part: Figures) -> list[str]:
    shares = ["—" if share is None else f"{share:.3f}" for share in part.shares().values()]
    return [str(part.questions), *shares, str(part.forbidden), f"{part.p50_ms:.0f}", f"{part.p95_ms:.0f}"]

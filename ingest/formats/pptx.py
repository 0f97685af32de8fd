"""Presentations: a page for each slide, with its title, texts, tables and notes."""

from collections.abc import Iterable, Iterator
from typing import Any

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.slide import Slide

from ingest.document import Raw
from ingest.formats import office
from ingest.formats.flow import labelled, one_line, table

_FURNITURE = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.HEADER)


def read(data: bytes) -> Raw:
    presentation = pptx.Presentation(office.opened(data))
    pages = ["\n\n".join(_blocks(slide, number)) for number, slide in enumerate(presentation.slides, 1)]
    notes = tuple(
        f"slide {number} has no text; what is in its pictures is not read"
        for number, slide in enumerate(presentation.slides, 1)
        if not any(_text(slide))
    )
    return Raw("\n\f".join(pages) + "\n", office.meta(presentation.core_properties), notes, paged=True)


def _blocks(slide: Slide, number: int) -> Iterator[str]:
    title = one_line(slide.shapes.title.text_frame.text) if slide.shapes.title is not None else ""
    yield f"## Slide {number}: {title}" if title else f"## Slide {number}"
    yield from _text(slide)


def _text(slide: Slide) -> Iterator[str]:
    title = slide.shapes.title
    rest = [shape for shape in slide.shapes if title is None or shape.shape_id != title.shape_id]
    for shape in _in_order(rest):
        yield from _shape(shape)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        notes = list(_paragraphs(slide.notes_slide.notes_text_frame))
        yield from ["### Notes", *notes] if notes else []


def _in_order(shapes: Iterable[Any]) -> list[Any]:
    """Down the slide, then across; a shape placed by its layout has no position of its own and comes first."""
    return sorted(shapes, key=lambda shape: (shape.top or 0, shape.left or 0))


def _shape(shape: Any) -> Iterator[str]:
    if hasattr(shape, "shapes"):
        for part in _in_order(shape.shapes):
            yield from _shape(part)
    elif getattr(shape, "has_table", False):
        text = table([[cell.text_frame.text for cell in row.cells] for row in shape.table.rows])
        yield from [text] * bool(text)
    elif getattr(shape, "has_chart", False):
        yield from _chart(shape.chart)
    elif shape.has_text_frame and not _is_furniture(shape):
        yield from _paragraphs(shape.text_frame)


def _paragraphs(frame: Any) -> list[str]:
    """One paragraph as it is, several as a list."""
    texts = [text for text in (one_line(paragraph.text) for paragraph in frame.paragraphs) if text]
    return [f"- {text}" for text in texts] if len(texts) > 1 else texts


def _chart(chart: Any) -> Iterator[str]:
    """What a chart shows, as the table that it is drawn from."""
    for plot in chart.plots:
        header = ["", *(series.name or "" for series in plot.series)]
        columns = [map(str, plot.categories), *(map(_number, series.values) for series in plot.series)]
        yield "\n".join(labelled(header, row) for row in zip(*columns, strict=False))


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _is_furniture(shape: Any) -> bool:
    """Whether it is the date, the footer or the number that the layout puts on every slide."""
    return shape.is_placeholder and shape.placeholder_format.type in _FURNITURE

"""Tables: Excel workbooks and comma-separated values, a line for each row, with each column's header."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import Any

import openpyxl

from assistant.errors import DocumentError
from ingest.document import Raw
from ingest.formats import office
from ingest.formats.encoding import decoded
from ingest.formats.flow import table

MOST_ROWS = 100_000
"""Rows read of a sheet, empty ones among them; more is no table for people."""
MOST_COLUMNS = 500
_SAMPLE = 10_000


def read(data: bytes) -> Raw:
    return _workbook(data) if data.startswith(b"PK") else _values(decoded(data))


def _workbook(data: bytes) -> Raw:
    book = openpyxl.load_workbook(office.opened(data), read_only=True, data_only=True)
    try:
        texts = [(sheet.title, *_sheet(sheet)) for sheet in book.worksheets if sheet.sheet_state == "visible"]
        notes = [
            f"the hidden sheet `{each.title}` is left out" for each in book.worksheets if each.sheet_state != "visible"
        ]
        notes += [f"the sheet `{title}` is read up to row {MOST_ROWS}" for title, _, is_cut in texts if is_cut]
        text = "\n\n".join(f"## {title}\n\n{text}" for title, text, _ in texts if text)
        return Raw(text + "\n", office.meta(book.properties), tuple(notes))
    finally:
        book.close()


def _sheet(sheet: Any) -> tuple[str, bool]:
    """(its text, whether there are rows after it). What a sheet says of its own size is not believed."""
    sheet.reset_dimensions()
    rows = (row[:MOST_COLUMNS] for row in sheet.iter_rows())
    text = _parts([_shown(cell) for cell in row] for row in islice(rows, MOST_ROWS))
    return text, any(any(cell.value is not None for cell in row) for row in islice(rows, MOST_ROWS))


def _values(text: str) -> Raw:
    try:
        dialect: Any = csv.Sniffer().sniff(text[:_SAMPLE], ",;\t|")
    except csv.Error:
        dialect = "excel-tab" if "\t" in text[:_SAMPLE] else "excel"
    rows = csv.reader(text.splitlines(keepends=True), dialect)
    try:
        found = _parts(islice(rows, MOST_ROWS))
    except csv.Error as error:
        raise DocumentError(f"row {rows.line_num} is not right ({error}); correct it") from error
    notes = (f"it is read up to row {MOST_ROWS}",) if next(rows, None) else ()
    return Raw(found + "\n", notes=notes)


def _parts(rows: Iterable[Sequence[str]]) -> str:
    """The tables of a sheet, between which there are empty rows; a row of one cell is a paragraph."""
    return "\n\n".join(part for block in _between_gaps(rows) for part in _part(block))


def _part(rows: list[Sequence[str]]) -> Iterator[str]:
    """A table under its title lines."""
    lone = next((number for number, row in enumerate(rows) if sum(map(bool, row)) > 1), len(rows))
    yield from ("".join(row) for row in rows[:lone])
    if rows[lone:]:
        yield table(rows[lone:])


def _between_gaps(rows: Iterable[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    block: list[Sequence[str]] = []
    for row in rows:
        if any(cell.strip() for cell in row):
            block.append(row)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _shown(cell: Any) -> str:
    """A cell's value as a reader of the sheet sees it, without rounding."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value * 100:.10g}%" if "%" in str(cell.number_format) else f"{value:.12g}"
    return str(value)

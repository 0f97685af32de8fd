"""A passage as stored with its windows and their vectors, and the rows of a Chroma collection it is kept in.

Each passage is one row under its id; each of its sentences and pairs of neighbouring sentences is a further
row, `<id>#<n>` and `<id>+<n>`, so that the meaning of a stretch is found, not only of a whole.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from assistant.generations import Entry, content_of
from assistant.models import Vectors
from assistant.types import Kind, Language, Passage, Source

Row = tuple[str, Mapping[str, Any], Vectors]
"""Text, metadata and vector."""

_SEPARATOR = "\t"


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a passage with its vector; `keys`, `parts` and `glosses` are those of its terms."""

    start: int
    end: int
    vector: Vectors
    keys: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    glosses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Record:
    """A passage as stored: `whole` spans it all, `sentences` are in order, `pairs` join neighbours."""

    passage: Passage
    whole: Window
    sentences: tuple[Window, ...]
    pairs: tuple[Window, ...]
    native: tuple[str, ...]
    english: tuple[str, ...]


def entry_of(record: Record) -> Entry:
    passage, source = record.passage, record.passage.source
    counts = (len(record.sentences), len(record.pairs))
    return Entry(passage.id, source.id, source.language, *counts, source.path, content_of(passage))


def passage_id(row_id: str) -> str:
    """The passage that a row belongs to."""
    return row_id.partition("#")[0].partition("+")[0]


def ids_of(entry: Entry) -> Iterator[str]:
    yield entry.id
    yield from (f"{entry.id}#{n}" for n in range(entry.sentences))
    yield from (f"{entry.id}+{n}" for n in range(entry.pairs))


def rows_of(record: Record) -> Iterator[tuple[str, str, dict[str, Any], Vectors]]:
    passage, source = record.passage, record.passage.source
    meta = {f"source_{key}": value for key, value in asdict(source).items() if value is not None}
    meta |= {"section": passage.section, "start": passage.start, **({"page": passage.page} if passage.page else {})}
    meta |= {"native": _SEPARATOR.join(record.native), "english": _SEPARATOR.join(record.english)}
    yield passage.id, passage.text, meta | _terms(record.whole), record.whole.vector
    for mark, windows in (("#", record.sentences), ("+", record.pairs)):
        for n, window in enumerate(windows):
            where = {"from": window.start, "to": window.end}
            text = passage.text[window.start : window.end]
            yield f"{passage.id}{mark}{n}", text, where | _terms(window), window.vector


def _terms(window: Window) -> dict[str, str]:
    parts = {"keys": window.keys, "parts": window.parts, "glosses": window.glosses}
    return {name: _SEPARATOR.join(sorted(values)) for name, values in parts.items()}


def passage_of(name: str, text: str, meta: Mapping[str, Any]) -> Passage:
    fields = {key.removeprefix("source_"): value for key, value in meta.items() if key.startswith("source_")}
    source = Source(**{**fields, "kind": Kind(fields["kind"]), "language": Language(fields["language"])})
    return Passage(name, text, source, meta["section"], meta["start"], meta.get("page"))


def record_of(entry: Entry, rows: Mapping[str, Row]) -> Record:
    text, meta, vector = rows[entry.id]
    return Record(
        passage_of(entry.id, text, meta),
        _window(0, len(text), meta, vector),
        tuple(_stored(rows[f"{entry.id}#{n}"]) for n in range(entry.sentences)),
        tuple(_stored(rows[f"{entry.id}+{n}"]) for n in range(entry.pairs)),
        _split(meta["native"]),
        _split(meta["english"]),
    )


def _stored(row: Row) -> Window:
    _, meta, vector = row
    return _window(meta["from"], meta["to"], meta, vector)


def _window(start: int, end: int, meta: Mapping[str, Any], vector: Vectors) -> Window:
    keys, parts, glosses = (frozenset(_split(meta[name])) for name in ("keys", "parts", "glosses"))
    return Window(start, end, vector, keys, parts, glosses)


def _split(joined: str) -> tuple[str, ...]:
    return tuple(joined.split(_SEPARATOR)) if joined else ()

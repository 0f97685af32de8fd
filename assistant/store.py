"""The index on disk: generations of a Chroma collection, switched as a whole. The only file that knows Chroma.

    index/current                     the name of the generation in use
    index/generations/<name>/         manifest.json, chroma/, words/native/, words/english/
    index/glosses.sqlite, index/models/   shared by all generations

Each passage is one record under its id; each of its sentences and pairs of neighbouring sentences is a
further record, `<id>#<n>` and `<id>+<n>`, so that the meaning of a stretch is found, not only of a whole.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from assistant.errors import IndexDamaged, IndexMissing
from assistant.models import Vectors
from assistant.types import Kind, Language, Passage, Source

BATCH = 1000
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


@dataclass(frozen=True, slots=True)
class Entry:
    """What is kept in memory of each passage."""

    id: str
    document: str
    language: Language
    sentences: int
    pairs: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was made with and of; an index whose identity differs is not read."""

    embedder: str
    splitter: str
    analysis: str
    newest: str
    documents: int
    records: int
    entries: list[Entry] = field(default_factory=list)


def current(index: Path) -> str:
    """The name of the generation in use; raises IndexMissing where there is none."""
    try:
        return (index / "current").read_text("utf-8").strip()
    except FileNotFoundError:
        raise IndexMissing(f"There is no index in `{index}` yet; make it with `python -m ingest`.") from None
    except OSError as error:
        raise IndexDamaged(f"The index in `{index}` cannot be read ({error.strerror}); check its rights.") from error


def generation(index: Path, name: str) -> Path:
    return index / "generations" / name


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation; raises IndexDamaged where it is missing or not what was written."""
    try:
        data = json.loads((folder / "manifest.json").read_text("utf-8"))
        entries = [Entry(**{**entry, "language": Language(entry["language"])}) for entry in data.pop("entries")]
        return Manifest(**data, entries=entries)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise IndexDamaged(
            f"The index in `{folder}` is damaged; rebuild it with `python -m ingest --rebuild`."
        ) from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    (folder / "manifest.json").write_text(json.dumps(asdict(manifest), ensure_ascii=False), "utf-8")


def switch(index: Path, name: str) -> None:
    """Make a generation the one in use, at once and whole."""
    partial = index / "current.partial"
    with partial.open("w", encoding="utf-8") as file:
        file.write(name)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(index / "current")


class Collection:
    """The records of one generation, in embedded Chroma or on a Chroma server."""

    def __init__(self, folder: Path, chroma_url: str | None, create: bool = False) -> None:
        name = f"passages-{folder.name}"
        self._client = _client(folder / "chroma", chroma_url)
        if create:
            configuration: Any = {"hnsw": {"space": "cosine"}}
            self._chroma = self._client.create_collection(name, configuration=configuration, embedding_function=None)
            return
        try:
            self._chroma = self._client.get_collection(name, embedding_function=None)
        except Exception as error:
            raise IndexDamaged(
                f"The collection `{name}` cannot be opened; rebuild it with `python -m ingest --rebuild`."
            ) from error

    def count(self) -> int:
        return int(self._chroma.count())

    def add(self, records: Iterable[Record]) -> int:
        """Store records in batches; returns how many Chroma records were written."""
        written = 0
        batch: list[tuple[str, str, dict[str, Any], Vectors]] = []
        for row in (row for record in records for row in _rows(record)):
            batch.append(row)
            if len(batch) == BATCH:
                written += self._write(batch)
                batch = []
        return written + self._write(batch)

    def _write(self, batch: Sequence[tuple[str, str, dict[str, Any], Vectors]]) -> int:
        if batch:
            ids, texts, metadata, vectors = (list(column) for column in zip(*batch, strict=True))
            self._chroma.add(ids=ids, documents=texts, metadatas=metadata, embeddings=np.array(vectors))
        return len(batch)

    def nearest(self, vector: Vectors, count: int) -> dict[str, float]:
        """The best cosine of each passage among the `count` nearest windows, by passage id."""
        count = min(count, self.count())
        if count == 0:
            return {}
        found = self._chroma.query(query_embeddings=vector.reshape(1, -1), n_results=count, include=["distances"])
        best: dict[str, float] = {}
        for name, distance in zip(found["ids"][0], (found["distances"] or [[]])[0], strict=True):
            best.setdefault(name.partition("#")[0].partition("+")[0], 1.0 - distance)
        return best

    def records(self, entries: Sequence[Entry]) -> list[Record]:
        """The records of some passages, in the order given; raises IndexDamaged where one is missing."""
        ids = [name for entry in entries for name in _ids(entry)]
        rows: dict[str, tuple[str, Mapping[str, Any], Vectors]] = {}
        for start in range(0, len(ids), BATCH):
            got = self._chroma.get(ids=ids[start : start + BATCH], include=["documents", "metadatas", "embeddings"])
            columns = (got["ids"], got["documents"] or [], got["metadatas"] or [], _array(got["embeddings"]))
            rows.update((name, (text, meta, vector)) for name, text, meta, vector in zip(*columns, strict=True))
        missing = next((name for name in ids if name not in rows), None)
        if missing:
            raise IndexDamaged(f"The index lacks the record `{missing}`; rebuild it with `python -m ingest --rebuild`.")
        return [_record(entry, rows) for entry in entries]


def drop_collection(folder: Path, chroma_url: str) -> None:
    """Remove a generation's collection from a Chroma server."""
    client = _client(folder, chroma_url)
    name = f"passages-{folder.name}"
    if any(collection.name == name for collection in client.list_collections()):
        client.delete_collection(name)


def entry(record: Record) -> Entry:
    source = record.passage.source
    return Entry(record.passage.id, source.id, source.language, len(record.sentences), len(record.pairs))


def _client(folder: Path, chroma_url: str | None) -> Any:
    import chromadb

    settings = chromadb.Settings(anonymized_telemetry=False)
    if chroma_url is None:
        return chromadb.PersistentClient(path=str(folder), settings=settings)
    address = urlsplit(chroma_url)
    try:
        return chromadb.HttpClient(
            host=address.hostname or "", port=address.port or 8000, ssl=address.scheme == "https", settings=settings
        )
    except Exception as error:
        raise IndexMissing(
            f"No Chroma server answers at {chroma_url}; start it, or correct or unset ASSISTANT_CHROMA_URL."
        ) from error


def _ids(entry: Entry) -> Iterator[str]:
    yield entry.id
    yield from (f"{entry.id}#{n}" for n in range(entry.sentences))
    yield from (f"{entry.id}+{n}" for n in range(entry.pairs))


def _rows(record: Record) -> Iterator[tuple[str, str, dict[str, Any], Vectors]]:
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


def _record(entry: Entry, rows: Mapping[str, tuple[str, Mapping[str, Any], Vectors]]) -> Record:
    text, meta, vector = rows[entry.id]
    fields = {key.removeprefix("source_"): value for key, value in meta.items() if key.startswith("source_")}
    source = Source(**{**fields, "kind": Kind(fields["kind"]), "language": Language(fields["language"])})
    return Record(
        Passage(entry.id, text, source, meta["section"], meta["start"], meta.get("page")),
        _window(0, len(text), meta, vector),
        tuple(_stored(rows[f"{entry.id}#{n}"]) for n in range(entry.sentences)),
        tuple(_stored(rows[f"{entry.id}+{n}"]) for n in range(entry.pairs)),
        _split(meta["native"]),
        _split(meta["english"]),
    )


def _stored(row: tuple[str, Mapping[str, Any], Vectors]) -> Window:
    _, meta, vector = row
    return _window(meta["from"], meta["to"], meta, vector)


def _window(start: int, end: int, meta: Mapping[str, Any], vector: Vectors) -> Window:
    keys, parts, glosses = (frozenset(_split(meta[name])) for name in ("keys", "parts", "glosses"))
    return Window(start, end, vector, keys, parts, glosses)


def _split(joined: str) -> tuple[str, ...]:
    return tuple(joined.split(_SEPARATOR)) if joined else ()


def _array(vectors: Any) -> Vectors:
    return np.asarray(vectors, dtype=np.float32)

"""The records of each generation, in a Chroma collection of their own. The only file that knows Chroma."""

import threading
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np

from assistant.errors import AssistantError, IndexDamaged, IndexLocked, IndexProblem, IndexUnreachable
from assistant.generations import Entry, Manifest, damaged
from assistant.models import Vectors
from assistant.records import Record, Row, ids_of, passage_id, passage_of, record_of, rows_of
from assistant.types import Passage

BATCH = 1000
UNIT = 0.01
"""How far from one the length of a stored vector may be."""
_ANSWER_SECONDS = 5.0
_TURN = threading.Lock()
"""Chroma counts the clients of a folder, but makes and closes them safely only one at a time."""
_LEFT: list[Any] = []
_WHOLE = ("ids", "documents", "metadatas")


class Collection:
    """The records of one generation, in embedded Chroma or on a Chroma server.

    Raises IndexDamaged where it is not what was written, IndexLocked where it cannot be written, and
    IndexUnreachable where the server does not answer.
    """

    def __init__(self, folder: Path, chroma_url: str | None, create: bool = False) -> None:
        self._folder, self._url, self._is_new = folder, chroma_url, create
        self._count: int | None = None
        database = folder / "chroma" / "chroma.sqlite3"
        if not (create or chroma_url or database.is_file()):
            raise damaged(folder, "its passages are missing")
        with self._reported():
            self._client = _client(folder / "chroma", chroma_url)
            self._close = weakref.finalize(self, _let_go, self._client)
            self._chroma = self._create() if create else self._get()

    def _create(self) -> Any:
        configuration: Any = {"hnsw": {"space": "cosine"}}
        return self._client.create_collection(_name(self._folder), configuration=configuration, embedding_function=None)

    def _get(self) -> Any:
        from chromadb.errors import NotFoundError

        try:
            return self._client.get_collection(_name(self._folder), embedding_function=None)
        except NotFoundError as error:
            raise damaged(self._folder, "its passages are missing") from error

    def close(self) -> None:
        """Let go of the files; nothing can be asked of it afterwards."""
        with self._reported():
            self._close()

    def count(self) -> int:
        with self._reported():
            return int(self._chroma.count())

    def check(self, manifest: Manifest) -> None:
        """Raises IndexDamaged unless all rows are there, and a vector read back is one that can be searched."""
        self._count = self.count()  # no generation changes once it is in use
        if self._count != manifest.rows:
            raise damaged(self._folder, f"it holds {self._count} rows instead of {manifest.rows}")
        for record in self.records(manifest.entries[:1]):
            length = float(np.linalg.norm(record.whole.vector))
            if abs(length - 1) > UNIT or not self.nearest(record.whole.vector, 1):
                raise damaged(self._folder, "its vectors cannot be read")

    def add(self, records: Iterable[Record]) -> None:
        rows = [row for record in records for row in rows_of(record)]
        for start in range(0, len(rows), BATCH):
            ids, texts, metadata, vectors = (list(column) for column in zip(*rows[start : start + BATCH], strict=True))
            with self._reported():
                self._chroma.add(ids=ids, documents=texts, metadatas=metadata, embeddings=np.array(vectors))

    def nearest(self, vector: Vectors, count: int) -> dict[str, float]:
        """The best cosine of each passage among the `count` nearest windows, by passage id."""
        count = min(count, self.count() if self._count is None else self._count)
        if count == 0:
            return {}
        with self._reported():
            found = self._chroma.query(query_embeddings=vector.reshape(1, -1), n_results=count, include=["distances"])
        best: dict[str, float] = {}
        for name, distance in zip(found["ids"][0], (found["distances"] or [[]])[0], strict=True):
            best.setdefault(passage_id(name), 1.0 - distance)
        return best

    def records(self, entries: Sequence[Entry]) -> list[Record]:
        """The records of some passages, in the order given; raises IndexDamaged where one is missing."""
        ids = [name for entry in entries for name in ids_of(entry)]
        rows: dict[str, Row] = {}
        for start in range(0, len(ids), BATCH):
            rows |= self._rows(ids[start : start + BATCH])
        missing = next((name for name in ids if name not in rows), None)
        if missing:
            raise damaged(self._folder, f"it lacks the record {missing}")
        with self._reported():
            return [record_of(entry, rows) for entry in entries]

    def passages(self, entries: Sequence[Entry]) -> Iterator[Passage]:
        """The passages of some entries, in the order given, without their vectors; raises IndexDamaged as above."""
        for start in range(0, len(entries), BATCH):
            ids = [entry.id for entry in entries[start : start + BATCH]]
            with self._reported():
                got = self._chroma.get(ids=ids, include=["documents", "metadatas"])
            rows = {name: (text, meta) for name, text, meta in zip(*map(got.get, _WHOLE), strict=True)}
            with self._reported():
                yield from [passage_of(name, *rows[name]) for name in ids]

    def _rows(self, ids: list[str]) -> dict[str, Row]:
        with self._reported():
            got = self._chroma.get(ids=ids, include=["documents", "metadatas", "embeddings"])
        vectors = np.asarray(got["embeddings"], dtype=np.float32)
        columns = (got["ids"], got["documents"], got["metadatas"], vectors)
        return {name: (text, meta, vector) for name, text, meta, vector in zip(*columns, strict=True)}

    def drop(self) -> None:
        """Remove the collection from a Chroma server."""
        with self._reported():
            self._client.delete_collection(_name(self._folder))

    @contextmanager
    def _reported(self) -> Iterator[None]:
        """Chroma raises whatever happened below it: a person is told which index it happened to, and what to do."""
        try:
            yield
        except AssistantError:
            raise
        except Exception as error:
            raise self._problem((str(error).splitlines() or [type(error).__name__])[0]) from error

    def _problem(self, why: str) -> IndexProblem:
        if self._url:
            return _unreachable(self._url, why)
        if self._is_new:
            return IndexLocked(f"The index in `{self._folder}` cannot be written ({why}); make room and try again.")
        return damaged(self._folder, why)


def drop_collection(folder: Path, chroma_url: str) -> None:
    """Remove a generation's collection from a Chroma server, if it is there."""
    with suppress(IndexDamaged):
        Collection(folder, chroma_url).drop()


def _name(folder: Path) -> str:
    return f"passages-{folder.name}"


def _client(folder: Path, chroma_url: str | None) -> Any:
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    settings = ChromaSettings(anonymized_telemetry=False)
    if chroma_url is None:
        with _TURN:
            made = chromadb.PersistentClient(path=str(folder), settings=settings)
        _close_left()
        return made
    _check_answers(chroma_url)
    return chromadb.HttpClient(host=chroma_url.rstrip("/"), settings=settings)


def _let_go(client: Any) -> None:
    """Close a client as soon as none is being made: this may be called in the middle of that, by the collector."""
    _LEFT.append(client)
    _close_left()


def _close_left() -> None:
    while _LEFT and _TURN.acquire(blocking=False):
        try:
            while _LEFT:
                _LEFT.pop().close()
        finally:
            _TURN.release()


def _check_answers(chroma_url: str) -> None:
    """Chroma's own client waits for ever."""
    import httpx

    try:
        httpx.get(f"{chroma_url.rstrip('/')}/api/v2/heartbeat", timeout=_ANSWER_SECONDS).raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise _unreachable(chroma_url, error) from error


def _unreachable(chroma_url: str, why: object) -> IndexUnreachable:
    return IndexUnreachable(
        f"No Chroma server answers at {chroma_url} ({why}); start it, or correct or unset ASSISTANT_CHROMA_URL."
    )

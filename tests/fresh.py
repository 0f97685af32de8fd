"""Syncs documents in this process, and compares an index with one made of them from nothing."""

import shutil

import numpy as np

from assistant.generations import Manifest
from assistant.index import GLOSSES, open_index
from assistant.models import Vectors
from assistant.records import Record, Window
from assistant.settings import Settings
from ingest.generation import Progress
from ingest.inputs import read
from ingest.load import find
from ingest.lock import locked
from ingest.sync import Changes, opened, sync_files


def synced(settings: Settings, rebuild: bool = False, progress: Progress = lambda done: None) -> Changes:
    files = find([settings.documents])
    with locked(settings.index):
        old = opened(settings, rebuild)
        inputs = read(files, old.manifest if old else None)
        return sync_files(inputs, old, settings, progress)


def records(settings: Settings) -> list[Record]:
    opened = open_index(settings)
    return opened._collection.records(opened.entries)


def texts(settings: Settings) -> list[str]:
    return [record.passage.text for record in records(settings)]


def manifest(settings: Settings) -> Manifest:
    return open_index(settings).manifest


def assert_as_if_made_anew(settings: Settings) -> None:
    """The index equals one that is made of the same documents from nothing, passage by passage."""
    anew = settings.model_copy(update={"index": settings.index.with_name("anew")})
    shutil.rmtree(anew.index, ignore_errors=True)
    anew.index.mkdir()
    for name in ("models", GLOSSES):
        (anew.index / name).symlink_to((settings.index / name).resolve())
    synced(anew)
    assert manifest(settings) == manifest(anew)
    for one, other in zip(records(settings), records(anew), strict=True):
        assert _without_vectors(one) == _without_vectors(other)
        assert all(np.allclose(a, b, atol=1e-5) for a, b in zip(vectors(one), vectors(other), strict=True))
    for view in ("native", "english"):
        mine, fresh = (getattr(open_index(each), view) for each in (settings, anew))
        assert set(mine.vocabulary()) == set(fresh.vocabulary())
        assert all(
            np.array_equal(mine.scores([{word: 1.0}]), fresh.scores([{word: 1.0}])) for word in mine.vocabulary()
        )


def _windows(record: Record) -> tuple[Window, ...]:
    return (record.whole, *record.sentences, *record.pairs)


def vectors(record: Record) -> list[Vectors]:
    return [window.vector for window in _windows(record)]


def _without_vectors(record: Record) -> object:
    terms = [(w.start, w.end, w.keys, w.parts, w.glosses) for w in _windows(record)]
    return record.passage, sorted(record.native), sorted(record.english), terms  # their order is by chance

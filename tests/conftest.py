"""Settings with an index: what takes seconds to make is made once a session.

`shipped_settings` and `tiny_settings` are shared by all tests: read them only. `settings` is a test's own, with
no document and no index yet; `tiny` is a test's own with the tiny documents and their index.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import corpus
import pytest
import random_model

from assistant.index import GLOSSES, Index, open_index
from assistant.models import OnnxEmbedder, Vectors
from assistant.settings import PREFIX, Settings
from ingest.__main__ import run
from ingest.prepare import prepare

DOCUMENTS = Path(__file__).parents[1] / "documents"


@pytest.fixture(scope="session", autouse=True)
def no_settings_from_outside() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.upper().startswith(PREFIX)]:
            patch.delenv(name)
        patch.setitem(Settings.model_config, "env_file", None)
        yield


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index folder with the exported model and the table of glosses, and no generation."""
    index = tmp_path_factory.mktemp("prepared")
    prepare(Settings(index=index))
    return index


def _linked(index: Path, prepared: Path) -> Path:
    index.mkdir()
    for name in ("models", GLOSSES):
        (index / name).symlink_to(prepared / name)
    return index


@pytest.fixture(scope="session")
def shipped_settings(tmp_path_factory: pytest.TempPathFactory, prepared: Path) -> Settings:
    """The documents that the product ships with, and their index."""
    index = _linked(tmp_path_factory.mktemp("shipped") / "index", prepared)
    settings = Settings(documents=DOCUMENTS, index=index)
    assert run([], settings) == 0
    return settings


@pytest.fixture(scope="session")
def shipped_index(shipped_settings: Settings) -> Index:
    return open_index(shipped_settings)


@pytest.fixture(scope="session")
def tiny_settings(tmp_path_factory: pytest.TempPathFactory, prepared: Path) -> Settings:
    """One small brief in two languages, and its index."""
    folder = tmp_path_factory.mktemp("tiny")
    documents = corpus.write(folder / "documents", corpus.TINY)
    settings = Settings(documents=documents, index=_linked(folder / "index", prepared))
    assert run([], settings) == 0
    return settings


@pytest.fixture
def settings(tmp_path: Path, prepared: Path) -> Settings:
    documents = tmp_path / "documents"
    documents.mkdir()
    return Settings(documents=documents, index=_linked(tmp_path / "index", prepared))


@pytest.fixture
def tiny(settings: Settings, tiny_settings: Settings) -> Settings:
    corpus.write(settings.documents, corpus.TINY)
    shutil.copytree(tiny_settings.index / "generations", settings.index / "generations")
    shutil.copy(tiny_settings.index / "current", settings.index)
    return settings


@pytest.fixture(scope="session")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of another embedding model: random weights, made in a second."""
    return str(random_model.make(tmp_path_factory.mktemp("small") / "small-model", "mean"))


@pytest.fixture
def embedded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that is given to the embedding model from now on."""
    texts: list[str] = []
    embed = OnnxEmbedder.embed

    def noted(self: OnnxEmbedder, given: list[str]) -> Vectors:
        texts.extend(given)
        return embed(self, given)

    monkeypatch.setattr(OnnxEmbedder, "embed", noted)
    return texts

"""The exported model gives the vectors of the original, and is made once."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import random_model

from assistant import models
from assistant.errors import ModelError
from assistant.models import OnnxEmbedder, TorchEmbedder, embedder, exported_folder
from assistant.settings import BUNDLED_MODEL
from ingest.export import LEAST_COSINE, export_model

TEXTS = [
    "",
    "When did the exchange begin?",
    "The first batch had 10 Hong Kong civil servants, of middle and senior level.",
    "首批有10名香港公務員。",
    "first batch ten Hong Kong civil servant",
    "Mrs Ingrid Yeung 楊何蓓茵 spoke on 8 March 2024 — “closer ties”…",
    "🎉",
    "exchange " * 600,
]


def test_the_export_gives_the_vectors_of_the_original(prepared: Path) -> None:
    original = np.asarray(TorchEmbedder(BUNDLED_MODEL).embed(TEXTS))
    exported = OnnxEmbedder(exported_folder(prepared, BUNDLED_MODEL)).embed(TEXTS)
    assert exported.shape == original.shape == (len(TEXTS), 384)
    assert np.sum(exported * original, axis=1).min() >= 0.9999


def test_the_weights_are_in_a_file_of_their_own_that_the_same_people_may_read(prepared: Path) -> None:
    model, weights = (exported_folder(prepared, BUNDLED_MODEL) / name for name in ("model.onnx", "weights.bin"))
    assert model.stat().st_size < 1_000_000 < weights.stat().st_size
    assert model.stat().st_mode == weights.stat().st_mode


def test_vectors_do_not_depend_on_their_company(prepared: Path) -> None:
    served = embedder(BUNDLED_MODEL, prepared)
    together, alone = served.embed(TEXTS * 10), np.vstack([served.embed([text]) for text in TEXTS])
    assert np.allclose(together, np.vstack([alone] * 10), atol=1e-5)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


def test_nothing_to_embed(prepared: Path) -> None:
    assert len(embedder(BUNDLED_MODEL, prepared).embed([])) == 0


def test_a_whole_export_is_left_alone(tmp_path: Path, small_model: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="ingest")
    export_model(small_model, tmp_path)
    (record,) = caplog.records
    assert record.getMessage().startswith(f"exporting the embedding model {small_model}, once")
    made = (exported_folder(tmp_path, small_model) / "model.onnx").stat().st_mtime_ns
    export_model(small_model, tmp_path)
    assert (exported_folder(tmp_path, small_model) / "model.onnx").stat().st_mtime_ns == made
    assert len(caplog.records) == 1


@pytest.mark.parametrize(
    "damage", ["missing", "cut", "changed", "no weights", "no note", "other note", "old format", "half made"]
)
def test_a_damaged_export_is_made_again(tmp_path: Path, small_model: str, damage: str) -> None:
    export_model(small_model, tmp_path)
    folder = exported_folder(tmp_path, small_model)
    model, note = folder / "model.onnx", folder / "model.json"
    whole = model.read_bytes()
    if damage == "missing":
        model.unlink()
    elif damage == "cut":
        model.write_bytes(whole[:1000])
    elif damage == "changed":
        model.write_bytes(bytes(len(whole)))
    elif damage == "no weights":
        (folder / "weights.bin").unlink()
    elif damage == "old format":
        note.write_text(note.read_text().replace('"format": 2', '"format": 1'))
    elif damage == "no note":
        note.unlink()
    elif damage == "other note":
        note.write_text("[]")
    else:
        shutil.move(folder, folder.with_name(folder.name + ".partial"))
    export_model(small_model, tmp_path, thorough=damage == "changed")
    assert isinstance(embedder(small_model, tmp_path), OnnxEmbedder)
    assert model.stat().st_size == len(whole)
    assert list(folder.parent.iterdir()) == [folder]


def test_a_model_whose_export_differs_is_served_as_it_is(tmp_path: Path) -> None:
    name = str(random_model.make(tmp_path / "other-pooling", "cls"))
    export_model(name, tmp_path)
    folder = exported_folder(tmp_path, name)
    assert not (folder / "model.onnx").exists()
    assert "model.onnx" not in json.loads((folder / "model.json").read_text())["sha256"]
    assert isinstance(embedder(name, tmp_path), TorchEmbedder)


def test_an_export_that_cannot_be_loaded_is_said(tmp_path: Path) -> None:
    folder = exported_folder(tmp_path, BUNDLED_MODEL)
    folder.mkdir(parents=True)
    (folder / "model.onnx").write_bytes(b"garbage")
    with pytest.raises(ModelError, match=r"cannot be loaded .*; make it again with `python -m ingest --rebuild`"):
        embedder(BUNDLED_MODEL, tmp_path)


def test_a_model_that_is_not_to_be_had_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelError, match=r"`no/such-model` cannot be loaded: .* Set ASSISTANT_EMBEDDING_MODEL"):
        models.sentence_transformer("no/such-model")


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("all-MiniLM-L6-v2", "all-MiniLM-L6-v2"),
        ("org/model-v1.5", "org--model-v1.5"),
        ("/srv/models/own", "srv--models--own"),
        ("./own", "own"),
        ("..", "model"),
    ],
)
def test_each_model_has_a_folder_of_its_own(name: str, folder: str) -> None:
    assert exported_folder(Path("index"), name) == Path("index/models") / folder


def test_the_least_cosine_is_strict() -> None:
    assert LEAST_COSINE >= 0.9999

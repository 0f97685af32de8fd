"""Exports a sentence-transformers model to ONNX, once, so that serving needs no torch."""

import hashlib
import json
import logging
import shutil
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from assistant.models import OnnxEmbedder, exported_folder, sentence_transformer

LEAST_COSINE = 0.9999
_PROBES = ("When did it start?", "The first batch of 10 civil servants went to Shenzhen.", "深圳", "x " * 400)
MODEL, WEIGHTS, NOTE = "model.onnx", "weights.bin", "model.json"
FORMAT = 2
"""Changes when a model would be exported in another way."""
log = logging.getLogger(__name__)


def export_model(name: str, index: Path, thorough: bool = False) -> None:
    """Write the export beside the index unless it is there; a model that cannot be exported is served as it is.

    Whether it is there is told by the sizes of its files; if `thorough`, by their content.
    """
    folder = exported_folder(index, name)
    if _is_whole(folder, thorough):
        return
    log.info("exporting the embedding model %s, once; this takes about ten seconds", name)
    model = sentence_transformer(name)
    partial = folder.with_name(f"{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    faithful = _export(model, partial)
    if not faithful:
        (partial / MODEL).unlink(missing_ok=True)
        log.warning("the model %s gives other vectors when exported; it is served by sentence-transformers", name)
    note = {"name": name, "format": FORMAT, "sizes": _sizes(partial), "sha256": _digests(partial)}
    (partial / NOTE).write_text(json.dumps(note), "utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    partial.rename(folder)


def _is_whole(folder: Path, thorough: bool) -> bool:
    """Whether the files of an export are those that were written."""
    try:
        note = json.loads((folder / NOTE).read_text("utf-8"))
        is_complete = (note["format"], note["sizes"]) == (FORMAT, _sizes(folder))
        return is_complete and (not thorough or note["sha256"] == _digests(folder))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _sizes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in folder.iterdir() if path.name != NOTE}


def _digests(folder: Path) -> dict[str, str]:
    files = (path for path in folder.iterdir() if path.name != NOTE)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _export(model: Any, folder: Path) -> bool:
    import torch

    class Sentences(torch.nn.Module):
        """Mean pooling over the model's tokens, vectors of length one."""

        def __init__(self) -> None:
            super().__init__()
            self.encoder = model[0].model

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            states = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            mask = attention_mask.unsqueeze(-1).to(states.dtype)
            return torch.nn.functional.normalize((states * mask).sum(1) / mask.sum(1), dim=1)

    tokenizer = model.tokenizer.backend_tokenizer
    tokenizer.enable_truncation(model.max_seq_length)
    tokenizer.enable_padding(pad_id=model.tokenizer.pad_token_id, pad_token=model.tokenizer.pad_token)
    (folder / "tokenizer.json").write_text(tokenizer.to_str(), "utf-8")
    example = model.tokenizer(["an example", "another, longer example"], padding=True, return_tensors="pt")
    try:
        _trace(torch, Sentences().eval(), example, folder / MODEL)
        _put_weights_apart(folder)
    except (RuntimeError, ValueError, TypeError, AttributeError) as error:
        log.warning("the model cannot be exported: %s", str(error).splitlines()[0])
        return False
    return least_cosine(model, folder) >= LEAST_COSINE


def _trace(torch: Any, module: Any, example: Any, path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer warns of constants that are constants here
        torch.onnx.export(
            module,
            (example["input_ids"], example["attention_mask"]),
            str(path),
            input_names=["input_ids", "attention_mask"],
            output_names=["vectors"],
            dynamic_axes={"input_ids": {0: "texts", 1: "tokens"}, "attention_mask": {0: "texts", 1: "tokens"}},
            opset_version=17,
            dynamo=False,
        )


def _put_weights_apart(folder: Path) -> None:
    """In a file of their own, the weights are mapped instead of copied: a process that serves holds 80 MB less."""
    import onnx

    path = folder / MODEL
    onnx.save_model(onnx.load(path), path, save_as_external_data=True, location=WEIGHTS)
    for weights in folder.glob(WEIGHTS):
        weights.chmod(path.stat().st_mode)  # it is made for its owner alone


def least_cosine(model: Any, folder: Path) -> float:
    """The smallest cosine between the vectors of a model and of its export, over a few texts."""
    exported = OnnxEmbedder(folder).embed(_PROBES)
    original = np.asarray(model.encode(list(_PROBES), normalize_embeddings=True, show_progress_bar=False))
    return float(np.sum(exported * original, axis=1).min())

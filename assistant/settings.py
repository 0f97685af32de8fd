"""Every setting, typed and explained; the only file that reads the environment."""

import difflib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError

PREFIX = "ASSISTANT_"
ENV_FILE = ".env"
BUNDLED_MODEL = "all-MiniLM-L6-v2"


def _web_address(value: str) -> str:
    """What a client would refuse later, with a worse sentence."""
    address = urlsplit(value)
    if address.scheme not in ("http", "https") or not address.hostname or address.port == 0:
        raise ValueError("give an address such as http://127.0.0.1:8000")
    return value


WebAddress = Annotated[str, AfterValidator(_web_address)]


class Settings(BaseSettings):
    """The settings, from the environment (prefix `ASSISTANT_`) or a `.env` file; the environment wins."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=ENV_FILE, extra="ignore", frozen=True, env_ignore_empty=True
    )

    documents: Path = Field(Path("documents"), description="Folder with the source documents.")
    index: Path = Field(Path("index"), description="Folder that holds the index made from the documents.")
    chroma_url: WebAddress | None = Field(
        None, description="Address of a Chroma server, e.g. http://127.0.0.1:8000; embedded Chroma when empty."
    )
    embedding_model: str = Field(
        BUNDLED_MODEL,
        description="sentence-transformers model: the bundled one, a folder, or a name on a model hub.",
    )
    fetch_timeout: float = Field(
        20.0, gt=0, description="Seconds to wait for the server of a web page among the documents."
    )
    allow_private_addresses: bool = Field(
        False,
        description="Fetch web pages among the documents also from loopback, private and other addresses not public.",
    )
    chat_model: str | None = Field(
        None, description="Chat model as `provider:model`, e.g. openai:gpt-4o-mini; the built-in reader when empty."
    )
    chat_base_url: WebAddress | None = Field(
        None, description="Address of an OpenAI-compatible server for the chat model, e.g. http://127.0.0.1:8080/v1."
    )
    chat_api_key: SecretStr | None = Field(None, description="Key for the chat model, where its provider wants one.")
    chat_timeout: float = Field(30.0, gt=0, description="Seconds to wait for the chat model before falling back.")
    passages: int = Field(12, ge=1, le=100, description="Passages retrieved for a question.")
    threshold: float = Field(
        0.53, ge=0, le=1, description="Probability of being answerable under which a question is refused."
    )
    max_question: int = Field(2000, ge=1, description="Longest question accepted, in characters.")
    host: str = Field("127.0.0.1", description="Address the web chat listens on.")
    port: int = Field(7860, ge=1, le=65535, description="Port the web chat listens on.")


def load(overrides: Mapping[str, Any] | None = None) -> Settings:
    """Read the settings; raises SettingsError for an unknown name or an unusable value."""
    _reject_unknown_names({*_names(os.environ), *_names(_file())})
    try:
        return Settings(**(overrides or {}))
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0])
        name = PREFIX + field.upper()
        raise SettingsError(
            f"The setting `{name}` cannot be {first['input']!r}: {first['msg'].removeprefix('Value error, ')}. "
            f"Its meaning: {Settings.model_fields[field].description}"
        ) from error


def table(settings: Settings) -> list[tuple[str, str, str, str]]:
    """Rows of (name, value, where it came from, meaning), keys hidden."""
    in_file = _names(_file())
    in_environment = _names(os.environ)
    rows = []
    for field, info in Settings.model_fields.items():
        name = PREFIX + field.upper()
        origin = "environment" if name in in_environment else ".env" if name in in_file else "default"
        value = getattr(settings, field)
        rows.append((name, "" if value is None else str(value), origin, info.description or ""))
    return rows


def _file() -> Mapping[str, str | None]:
    try:
        return dotenv_values(ENV_FILE)
    except (OSError, ValueError) as error:
        raise SettingsError(f"The file `{ENV_FILE}` cannot be read ({error}); save it as UTF-8.") from error


def _reject_unknown_names(names: Iterable[str]) -> None:
    known = [field.upper() for field in Settings.model_fields]
    for name in sorted(names):
        given = name.removeprefix(PREFIX)
        if given not in known:
            nearest = difflib.get_close_matches(given, known, n=1, cutoff=0)[0]
            raise SettingsError(f"There is no setting `{name}`; did you mean `{PREFIX}{nearest}`?")


def _names(values: Mapping[str, Any]) -> set[str]:
    return {name.upper() for name, value in values.items() if name.upper().startswith(PREFIX) and value}

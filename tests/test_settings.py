"""Settings from the environment and from `.env`, and what is said of those that cannot be used."""

from pathlib import Path

import pytest

from assistant import settings
from assistant.errors import SettingsError
from assistant.settings import Settings


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder of its own, where a `.env` is read."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(Settings.model_config, "env_file", settings.ENV_FILE)
    return tmp_path


def test_the_defaults_need_nothing() -> None:
    loaded = settings.load()
    assert (loaded.documents, loaded.index) == (Path("documents"), Path("index"))
    assert (loaded.chroma_url, loaded.chat_model, loaded.embedding_model) == (None, None, "all-MiniLM-L6-v2")


@pytest.mark.parametrize(
    ("environment", "file", "field", "value"),
    [
        ({}, "ASSISTANT_DOCUMENTS=texts", "documents", Path("texts")),
        ({"ASSISTANT_DOCUMENTS": "papers"}, "", "documents", Path("papers")),
        ({"ASSISTANT_DOCUMENTS": "papers"}, "ASSISTANT_DOCUMENTS=texts", "documents", Path("papers")),
        ({"ASSISTANT_DOCUMENTS": ""}, "ASSISTANT_DOCUMENTS=texts", "documents", Path("texts")),
        ({"ASSISTANT_DOCUMENTS": ""}, "", "documents", Path("documents")),
        ({"assistant_port": "8000"}, "", "port", 8000),
        ({"ASSISTANT_CHROMA_URL": "http://127.0.0.1:8000"}, "", "chroma_url", "http://127.0.0.1:8000"),
        ({"ASSISTANT_CHROMA_URL": ""}, "", "chroma_url", None),
        ({}, "", "allow_private_addresses", False),
        ({"ASSISTANT_ALLOW_PRIVATE_ADDRESSES": "true"}, "", "allow_private_addresses", True),
        ({}, "OTHER=1\n# ASSISTANT_PORT=1\nASSISTANT_PORT='9000'", "port", 9000),
        ({}, "\ufeffASSISTANT_PORT=9000", "port", 9000),
        ({"ASSISTANT_UNKNOWN": ""}, "ASSISTANT_OTHER=", "port", 7860),
    ],
)
def test_the_environment_wins_over_the_file_and_empty_is_unset(
    folder: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], file: str, field: str, value: object
) -> None:
    (folder / ".env").write_text(file, "utf-8")
    for name, text in environment.items():
        monkeypatch.setenv(name, text)
    assert getattr(settings.load(), field) == value


def test_overrides_win() -> None:
    assert settings.load({"port": 9000}).port == 9000


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("ASSISTANT_DOCUMENT", "ASSISTANT_DOCUMENTS"),
        ("ASSISTANT_DOCS", "ASSISTANT_DOCUMENTS"),
        ("ASSISTANT_MODEL", "ASSISTANT_CHAT_MODEL"),
        ("ASSISTANT_EMBEDDINGS_MODEL", "ASSISTANT_EMBEDDING_MODEL"),
        ("ASSISTANT_CHROMA", "ASSISTANT_CHROMA_URL"),
        ("assistant_prot", "ASSISTANT_PORT"),
    ],
)
@pytest.mark.parametrize("where", ["environment", "file"])
def test_an_unknown_name_is_told_the_nearest(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, nearest: str, where: str
) -> None:
    if where == "environment":
        monkeypatch.setenv(name, "x")
    else:
        (folder / ".env").write_text(f"{name}=x\n")
    with pytest.raises(SettingsError) as raised:
        settings.load()
    assert str(raised.value) == f"There is no setting `{name.upper()}`; did you mean `{nearest}`?"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("ASSISTANT_PORT", "many", "valid integer"),
        ("ASSISTANT_PORT", "0", "greater than or equal to 1"),
        ("ASSISTANT_PORT", "70000", "less than or equal to 65535"),
        ("ASSISTANT_PASSAGES", "0", "greater than or equal to 1"),
        ("ASSISTANT_PASSAGES", "1.5", "valid integer"),
        ("ASSISTANT_THRESHOLD", "2", "less than or equal to 1"),
        ("ASSISTANT_CHAT_TIMEOUT", "-1", "greater than 0"),
        ("ASSISTANT_FETCH_TIMEOUT", "0", "greater than 0"),
        ("ASSISTANT_ALLOW_PRIVATE_ADDRESSES", "some", "valid boolean"),
        ("ASSISTANT_MAX_QUESTION", "none", "valid integer"),
        ("ASSISTANT_CHROMA_URL", "localhost:8000", "give an address such as http://127.0.0.1:8000"),
        ("ASSISTANT_CHROMA_URL", "ftp://example.org", "give an address such as http://127.0.0.1:8000"),
        ("ASSISTANT_CHROMA_URL", "http://", "give an address such as http://127.0.0.1:8000"),
        ("ASSISTANT_CHROMA_URL", "http://a:99999", "Port out of range"),
        ("ASSISTANT_CHAT_BASE_URL", "127.0.0.1", "give an address such as http://127.0.0.1:8000"),
    ],
)
def test_a_bad_value_is_named_with_what_it_should_be(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as raised:
        settings.load()
    assert str(raised.value).startswith(f"The setting `{name}` cannot be '{value}': ")
    assert words in str(raised.value)


def test_a_file_that_cannot_be_read_is_said(folder: Path) -> None:
    (folder / ".env").write_bytes(b"ASSISTANT_PORT=\xff")
    with pytest.raises(SettingsError, match=r"`\.env` cannot be read .*; save it as UTF-8"):
        settings.load()


def test_the_table_lists_each_setting_with_its_origin(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("ASSISTANT_PORT=9000\nASSISTANT_HOST=::1\n")
    monkeypatch.setenv("ASSISTANT_HOST", "0.0.0.0")
    rows = settings.table(settings.load())
    assert [row[0] for row in rows] == ["ASSISTANT_" + name.upper() for name in Settings.model_fields]
    found = {name: (value, origin) for name, value, origin, _ in rows}
    assert found["ASSISTANT_PORT"] == ("9000", ".env")
    assert found["ASSISTANT_HOST"] == ("0.0.0.0", "environment")
    assert found["ASSISTANT_INDEX"] == ("index", "default")
    assert found["ASSISTANT_CHAT_MODEL"] == ("", "default")
    assert all(meaning.endswith(".") for *_, meaning in rows)


def test_keys_are_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_CHAT_API_KEY", "sk-secret")
    loaded = settings.load()
    assert "sk-secret" not in str(settings.table(loaded)) + repr(loaded)
    assert loaded.chat_api_key is not None and loaded.chat_api_key.get_secret_value() == "sk-secret"


def test_settings_do_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        settings.load().port = 1

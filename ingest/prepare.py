"""What all generations of an index share: the exported model and the table of glosses."""

import sqlite3
from contextlib import closing
from pathlib import Path

from assistant.index import GLOSSES
from assistant.settings import Settings
from ingest.export import export_model
from ingest.glosses import compile_glosses


def prepare(settings: Settings) -> None:
    """Make what is missing or damaged of it."""
    export_model(settings.embedding_model, settings.index)
    table = settings.index / GLOSSES
    if not _is_sound(table):
        partial = table.with_suffix(".partial")
        partial.unlink(missing_ok=True)
        compile_glosses(partial)
        partial.replace(table)


def _is_sound(table: Path) -> bool:
    if not table.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{table.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("SELECT 1 FROM commonness LIMIT 1")
            return bool(connection.execute("PRAGMA quick_check").fetchone() == ("ok",))
    except sqlite3.Error:
        return False

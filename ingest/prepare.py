"""What all generations of an index share: the exported model and the table of glosses."""

import sqlite3
from contextlib import closing
from pathlib import Path

from assistant.index import GLOSSES
from assistant.settings import Settings
from ingest import glosses
from ingest.export import export_model


def prepare(settings: Settings, thorough: bool = False) -> None:
    """Make what is missing or damaged of it; if `thorough`, every byte is looked at."""
    export_model(settings.embedding_model, settings.index, thorough)
    table = settings.index / GLOSSES
    if not _is_sound(table, thorough):
        partial = table.with_suffix(".partial")
        partial.unlink(missing_ok=True)
        glosses.compile_glosses(partial)
        partial.replace(table)


def _is_sound(table: Path, thorough: bool) -> bool:
    """Whether a table can be read and was made with this glossary."""
    check = "PRAGMA quick_check" if thorough else "SELECT 'ok' FROM glosses, commonness, sounding LIMIT 1"
    try:
        with closing(sqlite3.connect(f"{table.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            made_with, sound = (connection.execute(each).fetchone() for each in ("PRAGMA user_version", check))
            return bool((made_with, sound) == ((glosses.version(),), ("ok",)))
    except sqlite3.Error:
        return False

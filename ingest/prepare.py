"""What all generations of an index share: the exported model and the table of glosses."""

import sqlite3
from contextlib import closing
from pathlib import Path

from assistant.errors import IndexDamaged
from assistant.glosses import GlossTable
from assistant.index import GLOSSES
from assistant.settings import Settings
from ingest.export import export_model
from ingest.glosses import compile_glosses


def prepare(settings: Settings, thorough: bool = False) -> None:
    """Make what is missing or damaged of it; if `thorough`, every byte is looked at."""
    export_model(settings.embedding_model, settings.index, thorough)
    table = settings.index / GLOSSES
    if not _is_readable(table) or (thorough and not _is_sound(table)):
        partial = table.with_suffix(".partial")
        partial.unlink(missing_ok=True)
        compile_glosses(partial)
        partial.replace(table)


def _is_readable(table: Path) -> bool:
    try:
        GlossTable(table)
    except IndexDamaged:
        return False
    return True


def _is_sound(table: Path) -> bool:
    try:
        with closing(sqlite3.connect(table)) as connection:
            return bool(connection.execute("PRAGMA quick_check").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False

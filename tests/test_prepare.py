"""What all generations share is made where it is missing or damaged."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assistant.glosses import GlossTable
from assistant.index import GLOSSES
from assistant.settings import Settings
from ingest.prepare import prepare


def _set_version(table: Path, version: int) -> None:
    with closing(sqlite3.connect(table)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")


DAMAGE: dict[str, tuple[Callable[[Path], object], bool]] = {
    # what is done to the table, whether it takes a thorough look
    "missing": (lambda table: table.unlink(), False),
    "empty": (lambda table: table.write_bytes(b""), False),
    "other": (lambda table: table.write_bytes(b"garbage" * 1000), False),
    "of another glossary": (lambda table: _set_version(table, 1), False),
    "cut": (lambda table: table.write_bytes(table.read_bytes()[:100_000]), True),
}


def test_what_is_there_is_left_alone(prepared: Path) -> None:
    def times() -> list[int]:
        return [path.stat().st_mtime_ns for path in sorted(prepared.rglob("*"))]

    before = times()
    prepare(Settings(index=prepared))
    prepare(Settings(index=prepared), thorough=True)
    assert times() == before


def test_the_table_knows_words_and_how_common_they_are(prepared: Path) -> None:
    table = GlossTable(prepared / GLOSSES)
    gloss = table.look_up("天气")
    assert gloss is not None and "weather" in dict(gloss.senses)
    assert table.look_up("程步一") is None
    assert table.zipf("the") > table.zipf("batch") > table.zipf("secondment") >= table.zipf("no-such-word") == 0


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_table_is_made_again(prepared: Path, tmp_path: Path, damage: str) -> None:
    (tmp_path / "models").symlink_to(prepared / "models")
    table = tmp_path / GLOSSES
    table.write_bytes((prepared / GLOSSES).read_bytes())
    spoil, thorough = DAMAGE[damage]
    spoil(table)
    prepare(Settings(index=tmp_path), thorough)
    assert table.read_bytes() == (prepared / GLOSSES).read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [GLOSSES, "models"]

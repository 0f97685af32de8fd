"""Damaged files of every format: each is a document or a failure that names it, and nothing breaks or hangs."""

import io
import random
import time
import zipfile
from collections import Counter
from pathlib import Path

import made
import pytest

from ingest import isolate
from ingest.document import File
from ingest.load import find, load

FILES = {name: make() for name, make in made.ALL.items()}
COSTLY = {"scan.pdf": 20}
"""Recognising text takes seconds."""


def flipped(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 30)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def truncated(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def spliced(data: bytearray, chance: random.Random) -> None:
    other = FILES[chance.choice(list(FILES))]
    start, at = chance.randrange(len(other)), chance.randrange(len(data))
    data[at:at] = other[start : start + chance.randint(1, 2000)]


def swapped(data: bytearray, chance: random.Random) -> None:
    size = chance.randint(1, max(1, len(data) // 4))
    first, second = (chance.randrange(max(1, len(data) - size)) for _ in range(2))
    data[first : first + size], data[second : second + size] = data[second : second + size], data[first : first + size]


def deleted(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 5)):
        start = chance.randrange(max(1, len(data)))
        del data[start : start + chance.randint(1, 200)]


def overwritten(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    data[start : start + chance.randint(1, 100)] = chance.randbytes(chance.randint(1, 100))


def inside(data: bytearray, chance: random.Random) -> None:
    """Damages a member of a zip archive, which is otherwise whole; any other file directly."""
    damage = chance.choice((flipped, truncated, swapped, deleted, overwritten))
    if not data.startswith(b"PK"):
        return damage(data, chance)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    damage(members[chance.choice([name for name, content in members.items() if content])], chance)
    data[:] = made.archive({name: bytes(content) for name, content in members.items()})


DAMAGES = (flipped, truncated, spliced, swapped, deleted, overwritten, *[inside] * 4)


def read_damaged(folder: Path, name: str, seed: int) -> tuple[str, float]:
    """(what came of it, the seconds it took)"""
    chance = random.Random(f"{name} {seed}")
    data = bytearray(FILES[name])
    chance.choice(DAMAGES)(data, chance)
    file = File(folder / name, name)
    file.path.write_bytes(data)
    began = time.monotonic()
    documents, failures = load(find([file.path]))
    assert len(documents) + len(failures) >= 1
    for failure in failures:
        assert failure.reason.startswith(f"`{file.path}"), failure.reason
        assert failure.reason.endswith(".") and "\n" not in failure.reason, failure.reason
    return ("read" if documents else "refused"), time.monotonic() - began


def count(folder: Path, each: int) -> Counter[str]:
    outcomes: Counter[str] = Counter()
    for name in FILES:
        for seed in range(min(each, COSTLY.get(name, each))):
            outcome, seconds = read_damaged(folder, name, seed)
            assert seconds < isolate.SECONDS, (name, seed)
            outcomes[outcome] += 1
    return outcomes


def test_some_damaged_files_are_read_or_refused(tmp_path: Path) -> None:
    assert count(tmp_path, 6).total() > 60


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_thousand_damaged_files_are_read_or_refused(tmp_path: Path) -> None:
    outcomes = count(tmp_path, 110)
    assert outcomes.total() > 1000
    assert min(outcomes["read"], outcomes["refused"]) > 100

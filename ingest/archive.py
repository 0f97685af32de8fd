"""Zip archives, read as the folders that they hold; nothing is ever unpacked onto the disk."""

import lzma
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import DocumentError
from ingest.formats.encoding import decoded

MOST_MEMBERS = 5000
LARGEST_MEMBER = 100 * 1024 * 1024
LARGEST = 1024**3
"""Bytes of all members together, unpacked."""
STEEPEST = 200
"""How many times larger than packed an archive may be, once it is larger than `_HARMLESS` bytes."""
_HARMLESS = 32 * 1024 * 1024
_UTF8 = 0x800
_ENCRYPTED = 0x1
_PIECE = 1024 * 1024


def members(archive: Path) -> list[str]:
    """The names of its files, in order; raises DocumentError, about no file in particular, where it is of no use."""
    with _opened(archive) as opened:
        found = _named(opened)
        size, packed = (sum(getattr(each, key) for each in found.values()) for key in ("file_size", "compress_size"))
        if len(found) > MOST_MEMBERS:
            raise DocumentError(f"the archive has over {MOST_MEMBERS} files; give several smaller ones")
        if size > LARGEST or (size > _HARMLESS and size > STEEPEST * packed):
            raise DocumentError("the archive unpacks to far more than documents hold; unpack it and give the documents")
        return sorted(found)


def content(archive: Path, name: str) -> bytes:
    """What is in one of its files; raises DocumentError, about no file in particular, where it is not to be read."""
    with _opened(archive) as opened:
        member = _named(opened).get(name)
        if member is None:
            raise DocumentError("the file is no longer in the archive; try again when nobody is writing it")
        _check(member)
        data = bytearray()
        with opened.open(member) as unpacked:
            while piece := unpacked.read(_PIECE):
                data += piece
                if len(data) > LARGEST_MEMBER:
                    raise DocumentError(f"the file is larger than {LARGEST_MEMBER // 1024**2} MB; split it")
        return bytes(data)


@contextmanager
def _opened(archive: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(archive) as opened:
            yield opened
    except OSError as error:
        raise DocumentError(
            f"the archive cannot be read ({error.strerror or error}); check that it exists and its rights"
        ) from error
    except (zipfile.BadZipFile, EOFError, ValueError, RuntimeError, zlib.error, lzma.LZMAError) as error:
        raise DocumentError(f"the archive is damaged ({error}); save or fetch it anew") from error


def _check(member: zipfile.ZipInfo) -> None:
    if member.flag_bits & _ENCRYPTED:
        raise DocumentError("the file is protected with a password; make the archive without one")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise DocumentError("this is a link, and links in archives are not followed; put the file itself there")
    parts = re.split(r"[/\\]", member.filename)
    if ".." in parts or not parts[0] or re.match("[A-Za-z]:", member.filename):
        raise DocumentError("its name leads out of the archive, so it is not read; make the archive anew")


def _named(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The files, by their names as their writer saw them."""
    rename = _renaming(archive)
    found = {_shown(rename(member)): member for member in archive.infolist() if not member.is_dir()}
    return {name: member for name, member in found.items() if not _is_hidden(name)}


def _shown(name: str) -> str:
    """On one line, with the slashes of this side of the world."""
    return "".join(char if char.isprintable() else "\ufffd" for char in name.replace("\\", "/"))


def _is_hidden(name: str) -> bool:
    parts = name.split("/")
    return "__MACOSX" in parts or any(part.startswith(".") and part not in (".", "..") for part in parts)


def _renaming(archive: zipfile.ZipFile) -> Callable[[zipfile.ZipInfo], str]:
    """Programs in China write names in the encoding of their system, which an archive does not name."""
    unmarked = [member.filename for member in archive.infolist() if not member.flag_bits & _UTF8]
    raw = b"\n".join(name.encode("cp437", "replace") for name in unmarked)
    try:
        text = decoded(raw)
    except DocumentError:
        text = "\n".join(unmarked)
    names = dict(zip(unmarked, text.split("\n"), strict=False))
    return lambda member: names.get(member.filename, member.filename)

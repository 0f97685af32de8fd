"""Office files are zip archives of XML: bounded before any library opens them, and without their macros."""

import re
import zipfile
import zlib
from datetime import date, datetime
from io import BytesIO
from typing import Any

from assistant.errors import DocumentError
from ingest.document import Meta
from ingest.formats.flow import one_line

LARGEST = 256 * 1024 * 1024
STEEPEST = 200
"""How many times larger than packed a file may be, once it is larger than `_HARMLESS` bytes."""
_HARMLESS = 32 * 1024 * 1024
_PIECE = 1024 * 1024
_TYPES = "[Content_Types].xml"
_UNUSUAL = re.compile(
    rb"application/vnd\.(?:ms-word\.(?:document|template)\.macroEnabled"
    rb"|ms-powerpoint\.(?:presentation|slideshow|template)\.macroEnabled"
    rb"|openxmlformats-officedocument\.(?:wordprocessingml\.template|presentationml\.(?:slideshow|template)))\.main\+xml"
)
_UNTOLD = ("", "PowerPoint Presentation", "Word Document", "Document", "Untitled")
"""Titles that a program gives of itself."""
_TEMPLATES = (date(2013, 12, 23), date(2013, 1, 27))
"""When the empty documents of python-docx and python-pptx were made, which is no date of what is written into them."""


def opened(data: bytes) -> BytesIO:
    """The file to hand to a library; raises DocumentError where it would unpack to too much."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_size(archive, len(data))
            return _plain(archive, data)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, ValueError, RuntimeError) as error:
        raise DocumentError(f"the file is damaged ({one_line(str(error))}); save or fetch it anew") from error


def meta(properties: Any) -> Meta:
    """The title and the date that a file's core properties tell."""
    title = one_line(properties.title or "")
    created = properties.created
    dated = isinstance(created, datetime) and created.date() not in _TEMPLATES
    told = {} if title in _UNTOLD else {"title": title}
    return told | ({"published": created.date().isoformat()} if dated else {})


def _check_size(archive: zipfile.ZipFile, packed: int) -> None:
    """By counting, not by what the file says of itself."""
    size = 0
    for member in archive.infolist():
        with archive.open(member) as content:
            while piece := content.read(_PIECE):
                size += len(piece)
                if size > LARGEST or (size > _HARMLESS and size > STEEPEST * packed):
                    raise DocumentError("the file unpacks to far more than a document holds; save it anew, or smaller")


def _plain(archive: zipfile.ZipFile, data: bytes) -> BytesIO:
    """The file itself; one with macros, or a slide show, as a copy that calls itself by the usual name.

    The libraries refuse the other names; they read the text and run nothing.
    """
    types = archive.read(_TYPES)
    usual = _UNUSUAL.sub(_usual, types)
    if usual == types:
        return BytesIO(data)
    copy = BytesIO()
    with zipfile.ZipFile(copy, "w") as plain:
        for member in archive.infolist():
            plain.writestr(member.filename, usual if member.filename == _TYPES else archive.read(member))
    return copy


def _usual(name: re.Match[bytes]) -> bytes:
    kind = b"wordprocessingml.document" if b"word" in name.group() else b"presentationml.presentation"
    return b"application/vnd.openxmlformats-officedocument." + kind + b".main+xml"

"""Markdown and plain text, in whatever encoding, front matter and all."""

from ingest.document import Raw
from ingest.formats.encoding import decoded


def read(data: bytes) -> Raw:
    return Raw(decoded(data).replace("\r\n", "\n").replace("\r", "\n"), is_plain=True)

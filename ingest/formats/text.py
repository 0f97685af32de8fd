"""Markdown and plain text, in whatever encoding; front matter is what it says of itself."""

from ingest import front_matter
from ingest.document import Raw
from ingest.formats.encoding import decoded


def read(data: bytes) -> Raw:
    meta, body = front_matter.split_off(decoded(data).replace("\r\n", "\n").replace("\r", "\n"))
    return Raw(body, meta)

"""What a document says of itself: `key: value` lines between two lines of three dashes at its beginning."""

import re

from assistant.errors import DocumentError
from ingest.told import Told, told

_BLOCK = re.compile(r"\A(---[ \t]*\n.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_OPENING = re.compile(r"\A---[ \t]*\n")


def split_off(text: str) -> tuple[Told, str]:
    """(its keys, the text after it); raises DocumentError, about no file in particular, where it is not right."""
    if not _OPENING.match(text):
        return Told(), text
    block = _BLOCK.match(text)
    if block is None:
        raise DocumentError("the front matter has no end; close it with a line of three dashes")
    return told(block.group(1), "front matter"), text[block.end() :]

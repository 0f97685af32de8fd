"""Text as found → text worth reading: line ends and invisible characters, nothing of the wording."""

import re
import unicodedata

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_TRAILING = re.compile(r"[ \t\u00a0\u3000]+$", re.MULTILINE)


def clean(text: str) -> str:
    """Drop control and invisible characters and trailing blanks; keep every word."""
    text = _INVISIBLE.sub("", text)
    text = "".join(char for char in text if char in "\n\t" or unicodedata.category(char) != "Cc")
    return _TRAILING.sub("", text)

"""Text as found → text worth reading: line ends and invisible characters, nothing of the wording."""

import re
import unicodedata

_LINE_END = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")
_TRAILING = re.compile(r"[ \t\u00a0\u3000]+$", re.MULTILINE)


def clean(text: str) -> str:
    """Make line ends and page breaks line ends; drop control and invisible characters and trailing blanks."""
    text = _INVISIBLE.sub("", _LINE_END.sub("\n", text))
    text = "".join(char for char in text if char in "\n\t" or unicodedata.category(char) != "Cc")
    return _TRAILING.sub("", text)

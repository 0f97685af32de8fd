"""The words of junk.yaml as patterns."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("junk.yaml")
SEPARATORS = r"\s|/·•,，、:：;；\-–—()（）\[\]【】<>«»›→+&0-9"


@cache
def words(name: str) -> frozenset[str]:
    """The words of a list, in lower case."""
    return frozenset(word.casefold() for word in _flat(_lists()[name]))


@cache
def only(name: str) -> re.Pattern[str]:
    """Matches a text that consists of nothing but words of a list; possessive, so that no text takes long."""
    choice = "|".join(re.escape(word) for word in sorted(words(name), key=len, reverse=True))
    return re.compile(rf"[{SEPARATORS}]*+(?>(?>{choice})[{SEPARATORS}]*+)++", re.IGNORECASE)


@cache
def opening(name: str) -> re.Pattern[str]:
    """Matches a word of a list at the beginning of a text, with a colon after it."""
    choice = "|".join(re.escape(word) for word in sorted(words(name), key=len, reverse=True))
    return re.compile(rf"(?:{choice})\s*[:：|｜]\s*(?=\S)", re.IGNORECASE)


@cache
def _lists() -> dict[str, Any]:
    lists: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return lists


def _flat(value: Any) -> list[str]:
    return [word for each in value for word in _flat(each)] if isinstance(value, list) else [str(value)]

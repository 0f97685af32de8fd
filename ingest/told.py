"""What a person tells of a document, in front matter or in a file beside it: `key: value` lines, checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

import yaml

from assistant.errors import DocumentError
from assistant.types import Kind, Language
from ingest.document import Meta

KEYS = ("id", "kind", "title", "source", "publisher", "published", "url", "language")
LISTS = ("keep", "drop")
WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Told:
    """A person's word: `meta` for the source; lines with a text of `keep` or `drop` in them stay or go, always."""

    meta: Meta = field(default_factory=dict)
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


def told(block: str, where: str) -> Told:
    """The keys of a block of YAML; raises DocumentError, about no file in particular, saying `where` it is wrong."""
    pairs = _parsed(block, where)
    known = (*KEYS, *LISTS)
    unknown = next((str(key) for key in pairs if key not in known), None)
    if unknown:
        raise DocumentError(f"the {where} has an unknown key `{unknown}`; known are {', '.join(known)}")
    meta = {key: _line(key, value, where) for key, value in pairs.items() if key in KEYS}
    _check(meta, where)
    return Told(meta, *(_texts(key, pairs.get(key), where) for key in LISTS))


def is_date(text: str) -> bool:
    """Whether it is YYYY, YYYY-MM or YYYY-MM-DD, and in the calendar."""
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


def _parsed(block: str, where: str) -> Mapping[Any, Any]:
    try:
        pairs = yaml.safe_load(block) or {}
    except yaml.YAMLError as error:
        raise DocumentError(f"the {where} is not YAML: {_problem(error)}; correct it") from error
    except (ValueError, RecursionError) as error:  # a date such as 2024-13-45
        raise DocumentError(f"the {where} cannot be read: {error}; correct it") from error
    if not isinstance(pairs, dict):
        raise DocumentError(f"the {where} is not a list of `key: value` lines; correct it")
    return pairs


def _problem(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    return f"{problem} (line {mark.line + 1})" if mark else problem


def _line(key: str, value: Any, where: str) -> str | None:
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float):
        return None if value is None else " ".join(str(value).split())
    raise DocumentError(f"`{key}` in the {where} is not one line of text; put quotes around it")


def _texts(key: str, value: Any, where: str) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [] if value is None else [value]
    if not all(isinstance(each, str | int | float) and str(each).strip() for each in values):
        raise DocumentError(f"`{key}` in the {where} is not a list of texts; begin each with `- ` and put it in quotes")
    return tuple(str(each) for each in values)


def _check(meta: Meta, where: str) -> None:
    _check_choice(meta, "kind", Kind, where)
    _check_choice(meta, "language", Language, where)
    published, url = meta.get("published"), meta.get("url")
    if published and not is_date(published):
        raise DocumentError(f"the date `{published}` in the {where} is not YYYY, YYYY-MM or YYYY-MM-DD")
    if url and not url.startswith(WEB):
        raise DocumentError(f"the url `{url}` in the {where} does not start with {' or '.join(WEB)}")


def _check_choice(meta: Meta, key: str, kind: type[StrEnum], where: str) -> None:
    value = meta.get(key)
    if value and value not in list(kind):
        raise DocumentError(f"the {key} `{value}` in the {where} is none of {', '.join(kind)}")

"""What a document says of itself: `key: value` lines between two lines of three dashes → a Source."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import PurePath
from typing import Any, TypeVar

import yaml

from assistant.errors import DocumentError
from assistant.language import detect
from assistant.types import Kind, Language, Source
from ingest.document import Meta

Choice = TypeVar("Choice", Kind, Language)

_KEYS = ("id", "kind", "title", "source", "publisher", "published", "url", "language")
_BLOCK = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_OPENING = re.compile(r"\A---[ \t]*\n")
_LEADING_DATE = re.compile(r"((?:19|20)\d{2})(?:-(\d{2})(?:-(\d{2}))?)?(?=\D|$)")
_WEB = ("http://", "https://")


def split_off(text: str) -> tuple[Meta, str]:
    """(its keys, the text after it); raises DocumentError, about no file in particular, where it is not right."""
    if not _OPENING.match(text):
        return {}, text
    block = _BLOCK.match(text)
    if block is None:
        raise DocumentError("the front matter has no end; close it with a line of three dashes")
    meta = _parsed(block.group(1))
    unknown = next((str(key) for key in meta if key not in _KEYS), None)
    if unknown:
        raise DocumentError(f"the front matter has an unknown key `{unknown}`; known are {', '.join(_KEYS)}")
    return {key: _line(key, value) for key, value in meta.items()}, text[block.end() :]


def source(meta: Meta, body: str, name: str) -> Source:
    """The source that a document's keys, its text and the name of its file tell of."""
    stem = PurePath(name).stem
    title = meta.get("title") or _first_line(body) or stem
    return Source(
        id=meta.get("id") or stem,
        title=title,
        kind=_choice(meta, "kind", Kind, Kind.ORIGINAL),
        original_title=meta.get("source") or title,
        publisher=meta.get("publisher") or "",
        published=_published(meta, PurePath(name).name),
        language=_choice(meta, "language", Language, detect(body)),
        url=_url(meta),
        path=name,
    )


def _parsed(block: str) -> Mapping[Any, Any]:
    try:
        meta = yaml.safe_load(block) or {}
    except yaml.YAMLError as error:
        raise DocumentError(f"the front matter is not YAML: {_problem(error)}; correct it") from error
    except (ValueError, RecursionError) as error:  # a date such as 2024-13-45
        raise DocumentError(f"the front matter cannot be read: {error}; correct it") from error
    if not isinstance(meta, dict):
        raise DocumentError("the front matter is not a list of `key: value` lines; correct it")
    return meta


def _problem(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    return f"{problem} (line {mark.line + 2})" if mark else problem


def _line(key: str, value: Any) -> str | None:
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float):
        return None if value is None else " ".join(str(value).split())
    raise DocumentError(f"`{key}` in the front matter is not one line of text; put quotes around it")


def _first_line(body: str) -> str:
    first = next((line.strip() for line in body.splitlines() if line.strip()), "")
    return first.lstrip("# ").strip()[:200]


def _choice(meta: Meta, key: str, kind: type[Choice], default: Choice) -> Choice:
    value = meta.get(key)
    if value is None:
        return default
    try:
        return kind(value)
    except ValueError as error:
        raise DocumentError(f"the {key} `{value}` in the front matter is none of {', '.join(kind)}") from error


def _published(meta: Meta, filename: str) -> str:
    """From the front matter, else from a leading date in the file's name."""
    value = meta.get("published")
    if value:
        if not _is_date(value):
            raise DocumentError(f"the date `{value}` in the front matter is not YYYY, YYYY-MM or YYYY-MM-DD")
        return value
    leading = _LEADING_DATE.match(filename)
    found = "-".join(part for part in leading.groups() if part) if leading else ""
    return found if _is_date(found) else ""


def _is_date(text: str) -> bool:
    """Whether it is YYYY, YYYY-MM or YYYY-MM-DD, and in the calendar."""
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


def _url(meta: Meta) -> str | None:
    url = meta.get("url")
    if url and not url.startswith(_WEB):
        raise DocumentError(f"the url `{url}` in the front matter does not start with {' or '.join(_WEB)}")
    return url or None

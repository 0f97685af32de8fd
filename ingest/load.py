"""Files → documents: reads Markdown and plain text with their front matter."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml

from assistant.errors import DocumentError
from assistant.language import detect
from assistant.types import Kind, Language, Source

SUFFIXES = (".md", ".txt")
Choice = TypeVar("Choice", Kind, Language)
_KEYS = {"id", "kind", "title", "source", "publisher", "published", "url", "language"}
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_LEADING_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?=\D|$)")
_PUBLISHED = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Document:
    """A file's text without its front matter, and what is known of it."""

    source: Source
    text: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and why, in a sentence."""

    path: Path
    reason: str


def find(paths: Iterable[Path]) -> list[Path]:
    """The files to read, in order of name; raises DocumentError for a missing path or when there are none."""
    paths = list(paths)
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files.extend(sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and _is_visible(p, path)))
        elif path.is_file():
            files.append(path)
        else:
            raise DocumentError(f"There is no file or folder `{path}`; give a path that exists or set its name right.")
    if not files:
        where = ", ".join(f"`{path}`" for path in paths)
        raise DocumentError(f"There are no documents in {where}; put files ending in {' or '.join(SUFFIXES)} there.")
    return files


def load(files: Iterable[Path]) -> tuple[list[Document], list[Failure]]:
    """Read all files; one that cannot be read is a Failure and does not stop the others."""
    documents: list[Document] = []
    failures: list[Failure] = []
    seen: dict[tuple[str, Language], Path] = {}
    for file in files:
        try:
            document = read(file)
            key = (document.source.id, document.source.language)
            if key in seen:
                raise DocumentError(
                    f"`{file}` and `{seen[key]}` have the same id `{key[0]}` and language `{key[1]}`; "
                    "change the id or the language in the front matter of one of them."
                )
            seen[key] = file
            documents.append(document)
        except DocumentError as error:
            failures.append(Failure(file, str(error)))
    return documents, failures


def read(file: Path) -> Document:
    """One document; raises DocumentError with the file's name, what is wrong and what to do."""
    text = _decode(file)
    meta, body = _front_matter(file, text)
    if not body.strip():
        raise DocumentError(f"`{file}` has no text; write some or remove the file.")
    return Document(_source(file, meta, body), body)


def _is_visible(path: Path, root: Path) -> bool:
    return path.is_file() and not any(part.startswith(".") for part in path.relative_to(root).parts)


def _decode(file: Path) -> str:
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"`{file}` is not in UTF-8 (byte {error.start} does not fit); save it as UTF-8 and try again."
        ) from error
    except OSError as error:
        raise DocumentError(f"`{file}` cannot be read: {error.strerror}; check that it exists and its rights.") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _front_matter(file: Path, text: str) -> tuple[dict[str, Any], str]:
    if not text.startswith("---\n"):
        return {}, text
    match = _FRONT_MATTER.match(text)
    if match is None:
        raise DocumentError(f"The front matter of `{file}` has no end; close it with a line of three dashes.")
    try:
        meta = yaml.safe_load(match.group(1)) or {}
    except yaml.YAMLError as error:
        raise DocumentError(f"The front matter of `{file}` is not YAML: {_first_line(error)}; correct it.") from error
    if not isinstance(meta, dict):
        raise DocumentError(f"The front matter of `{file}` is not a list of `key: value` lines; correct it.")
    unknown = sorted(str(key) for key in meta if key not in _KEYS)
    if unknown:
        known = ", ".join(sorted(_KEYS))
        raise DocumentError(f"The front matter of `{file}` has an unknown key `{unknown[0]}`; known are {known}.")
    return meta, text[match.end() :]


def _first_line(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    return f"{problem} (line {mark.line + 2})" if mark else problem


def _source(file: Path, meta: dict[str, Any], body: str) -> Source:
    title = str(meta.get("title") or _title(body) or file.stem)
    return Source(
        id=str(meta.get("id") or file.stem),
        title=title,
        kind=_choice(file, meta, "kind", Kind, Kind.ORIGINAL),
        original_title=str(meta.get("source") or title),
        publisher=str(meta.get("publisher") or ""),
        published=_published(file, meta),
        language=_choice(file, meta, "language", Language, detect(body)),
        url=str(meta["url"]) if meta.get("url") else None,
        path=file.name,
    )


def _title(body: str) -> str:
    first = next((line.strip() for line in body.splitlines() if line.strip()), "")
    return first.lstrip("# ").strip()[:200]


def _choice(file: Path, meta: dict[str, Any], key: str, kind: type[Choice], default: Choice) -> Choice:
    if meta.get(key) is None:
        return default
    try:
        return kind(str(meta[key]))
    except ValueError as error:
        known = ", ".join(kind)
        raise DocumentError(f"The {key} `{meta[key]}` in the front matter of `{file}` is none of {known}.") from error


def _published(file: Path, meta: dict[str, Any]) -> str:
    """From the front matter, else from a leading date in the file's name."""
    value = meta.get("published")
    if value is None:
        match = _LEADING_DATE.match(file.name)
        return "-".join(part for part in match.groups() if part) if match else ""
    text = value.isoformat() if isinstance(value, date) else str(value)
    if not _PUBLISHED.fullmatch(text):
        raise DocumentError(f"The date `{text}` in the front matter of `{file}` is not YYYY, YYYY-MM or YYYY-MM-DD.")
    return text

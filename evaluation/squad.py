"""Reading-comprehension sets in SQuAD's format: their paragraphs are a collection, their questions search it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError


class SquadError(AssistantError):
    """A file in SQuAD's format cannot be used as it stands."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question, and the position of the paragraph that answers it."""

    id: str
    text: str
    right: int


@dataclass(frozen=True, slots=True)
class Squad:
    """What a file holds, in its order."""

    paragraphs: tuple[str, ...]
    queries: tuple[Query, ...]


def load(path: Path) -> Squad:
    """Read `data[].paragraphs[].{context, qas[].{id, question}}`; raises SquadError where it is not that."""
    paragraphs: list[str] = []
    queries: list[Query] = []
    for paragraph, name in _paragraphs(_parse(path), path):
        for query, query_name in _mappings(paragraph, "qas", "question", name):
            queries.append(Query(_text(query, "id", query_name), _text(query, "question", query_name), len(paragraphs)))
        paragraphs.append(_text(paragraph, "context", name))
    if not queries:
        raise SquadError(f"`{path}` holds no questions; give a file with some under `data[].paragraphs[].qas`.")
    return Squad(tuple(paragraphs), tuple(queries))


def paired(asked: Squad, collection: Squad) -> tuple[Query, ...]:
    """The questions of one set that another holds by the same id, each with its paragraph there."""
    right: dict[str, int] = {}
    for query in collection.queries:
        if right.setdefault(query.id, query.right) != query.right:
            raise SquadError(f"Two paragraphs of the collection have the question id `{query.id}`; give each its own.")
    found = tuple(replace(query, right=right[query.id]) for query in asked.queries if query.id in right)
    if not found:
        raise SquadError("No question has an id that the collection has, too; give two versions of the same set.")
    return found


def _parse(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise SquadError(f"`{path}` cannot be read: {error.strerror}. Give the path of a SQuAD file.") from error
    except UnicodeDecodeError as error:
        raise SquadError(f"`{path}` is not UTF-8 text; save it as UTF-8.") from error
    except json.JSONDecodeError as error:
        raise SquadError(f"`{path}` is not JSON: line {error.lineno}: {error.msg}.") from error


def _paragraphs(content: Any, path: Path) -> Iterator[tuple[Mapping[str, Any], str]]:
    if not isinstance(content, dict):
        raise SquadError(f"`{path}` is not a mapping with `data`, as SQuAD's format has it.")
    for article, name in _mappings(content, "data", "article", f"`{path}`"):
        yield from _mappings(article, "paragraphs", "paragraph", name)


def _mappings(parent: Mapping[str, Any], key: str, kind: str, name: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    """The mappings in a list, each with a name that says where it is."""
    entries = parent.get(key)
    if not isinstance(entries, list):
        raise SquadError(f"{_capital(name)} has no list under `{key}`, as SQuAD's format has it.")
    for number, entry in enumerate(entries, start=1):
        entry_name = f"{kind} {number} of {name}"
        if not isinstance(entry, dict):
            raise SquadError(f"{_capital(entry_name)} is not a mapping.")
        yield entry, entry_name


def _text(entry: Mapping[str, Any], key: str, name: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise SquadError(f"{_capital(name)} has no text under `{key}`.")
    return value


def _capital(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]

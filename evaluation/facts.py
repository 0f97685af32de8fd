"""Known facts, read from a YAML file: a list of items, or `{thresholds: …, facts: […]}`."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import AssistantError
from evaluation.match import Fact

THRESHOLDS = ("right", "right_each_language", "cited_right", "refused_right", "over_refused", "forbidden")


class FactsError(AssistantError):
    """A file of known facts cannot be used as it stands."""


@dataclass(frozen=True, slots=True)
class Item:
    """A question with what a right answer holds; `history` has the earlier questions, oldest first."""

    id: str
    question: str
    expect: str
    lang: str = "—"
    kind: str = "—"
    history: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    must_not: tuple[Fact, ...] = ()
    sources: tuple[str, ...] = ()
    all_sources: bool = False
    source_groups: tuple[tuple[str, ...], ...] = ()
    split: str | None = None

    @property
    def is_answerable(self) -> bool:
        return self.expect == "answer"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file holds; `warnings` says what in it was ignored."""

    items: tuple[Item, ...]
    thresholds: Mapping[str, float] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def load(path: Path) -> Facts:
    """Read a file; raises FactsError where it cannot be used."""
    content = _parse(path)
    if isinstance(content, list):
        content = {"facts": content}
    if not isinstance(content, dict) or not isinstance(content.get("facts"), list) or not content["facts"]:
        raise FactsError(f"`{path}` holds no facts: give a list of items, or one under `facts`.")
    entries, thresholds = content["facts"], content.get("thresholds") or {}
    items = _one_rule([_item(entry, f"item {number} of `{path}`") for number, entry in enumerate(entries, start=1)])
    _reject_duplicates(items, path)
    known, warnings = (
        _thresholds(thresholds, path),
        (*_unknown_keys(content, entries), *_unknown_thresholds(thresholds)),
    )
    return Facts(tuple(items), known, warnings)


def select(facts: Facts, split: str | None) -> Facts:
    """The items of one split, or all of them for None; raises FactsError where none is left."""
    items = tuple(item for item in facts.items if split in (None, item.split))
    if not items:
        raise FactsError(f"No item has `split: {split}`; leave out `--split` to ask every question.")
    return replace(facts, items=items)


class _TextLoader(yaml.SafeLoader):
    """Reads every scalar but null as text, so that 2002, No and 2024-03-08 stay what was written."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [
            (tag, pattern) for tag, pattern in resolvers if tag in ("tag:yaml.org,2002:null", "tag:yaml.org,2002:merge")
        ]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _parse(path: Path) -> Any:
    try:
        return yaml.load(path.read_text("utf-8"), _TextLoader)
    except OSError as error:
        raise FactsError(f"`{path}` cannot be read: {error.strerror}. Give the path of a YAML file.") from error
    except UnicodeDecodeError as error:
        raise FactsError(f"`{path}` is not UTF-8 text; save it as UTF-8.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        raise FactsError(f"`{path}` is not YAML: {where}{getattr(error, 'problem', None) or error}.") from error


def _item(entry: Any, name: str) -> Item:
    if not isinstance(entry, dict):
        raise FactsError(f"{_capital(name)} is not a mapping with `id`, `question` and `expect`.")
    if isinstance(entry.get("id"), str):
        name = f"`{entry['id']}`, {name},"
    for key in ("id", "question", "expect"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise FactsError(f"{_capital(name)} has no `{key}`; every item needs `id`, `question` and `expect`.")
    if entry["expect"] not in ("answer", "refuse"):
        raise FactsError(f"{_capital(name)} expects `{entry['expect']}`; allowed are `answer` and `refuse`.")
    return Item(**{key: _value(key, value, name) for key, value in entry.items() if key in _KEYS and value is not None})


def _value(key: str, value: Any, name: str) -> Any:
    if key in ("facts", "must_not"):
        return tuple(_fact(fact, key, name) for fact in _list(value))
    if key == "source_groups":
        return tuple(_texts(group, key, name) for group in _list(value))
    if key in ("history", "sources"):
        return _texts(value, key, name)
    text = _text(value, key, name)
    return text.lower() in ("true", "yes") if key == "all_sources" else text


def _fact(fact: Any, key: str, name: str) -> Fact:
    forms = _texts(fact, key, name) if isinstance(fact, list) else (_text(fact, key, name),)
    if not any(form.strip() for form in forms):
        raise FactsError(f"{_capital(name)} has an empty entry in `{key}`; write what to look for, or take it out.")
    return forms if isinstance(fact, list) else forms[0]


def _texts(value: Any, key: str, name: str) -> tuple[str, ...]:
    return tuple(_text(element, key, name) for element in _list(value))


def _text(value: Any, key: str, name: str) -> str:
    if not isinstance(value, str):
        raise FactsError(f"{_capital(name)} has {value!r} in `{key}` where text is wanted; put it in quotes.")
    return value


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _one_rule(items: list[Item]) -> list[Item]:
    """In a file whose facts are all lists of forms, what must not be said falls under the literal rule, too."""
    facts = [fact for item in items for fact in item.facts]
    if not facts or any(isinstance(fact, str) for fact in facts):
        return items
    return [
        replace(item, must_not=tuple((form,) if isinstance(form, str) else form for form in item.must_not))
        for item in items
    ]


def _reject_duplicates(items: Iterable[Item], path: Path) -> None:
    for name, count in Counter(item.id for item in items).items():
        if count > 1:
            raise FactsError(f"{count} items of `{path}` have the id `{name}`; give each its own.")


def _thresholds(given: Any, path: Path) -> dict[str, float]:
    if not isinstance(given, dict):
        raise FactsError(f"The `thresholds` of `{path}` are not a mapping of names to numbers.")
    try:
        return {name: float(value) for name, value in given.items() if name in THRESHOLDS}
    except (TypeError, ValueError) as error:
        raise FactsError(f"A threshold of `{path}` is not a number: {error}.") from error


def _unknown_thresholds(given: Mapping[str, Any]) -> Iterator[str]:
    for name in given:
        if name not in THRESHOLDS:
            yield f"The threshold `{name}` is not known and was ignored; known are {', '.join(THRESHOLDS)}."


def _unknown_keys(content: Mapping[str, Any], entries: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for key in content:
        if key not in ("facts", "thresholds"):
            yield f"The key `{key}` beside `facts` is not known and was ignored."
    for key, count in Counter(key for entry in entries for key in entry if key not in _KEYS).items():
        yield f"The key `{key}` of {count} item{'s' * (count > 1)} is not known and was ignored."


def _capital(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]


_KEYS = frozenset(key.name for key in fields(Item))

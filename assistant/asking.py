"""How people ask, from `asking.yaml`: patterns over folded text."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "asking.yaml"


class Target(StrEnum):
    """The kind of thing that would answer a question."""

    STATEMENT = "statement"
    PERSON_NAME = "person's name"
    NAME = "name"
    DAY = "day"
    DATE = "date"
    DURATION = "duration"
    MONEY = "money"
    COUNT = "count"
    PROCEDURE = "procedure"
    REASON = "reason"
    OFFICIAL = "official"
    PERSON = "person"
    PLACE = "place"
    BODY = "body"
    LIST = "list"
    YES_NO = "yes-no"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Patterns:
    """`targets` in the order in which they are tried."""

    targets: dict[Target, re.Pattern[str]]
    dependent: re.Pattern[str]
    pronoun: re.Pattern[str]
    greeting: re.Pattern[str]
    orders: re.Pattern[str]
    harm: re.Pattern[str]
    comparing: re.Pattern[str]
    sides: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """The patterns, read and compiled once."""
    data = yaml.load(FILE.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    targets = {Target(name): _any(lines) for name, lines in data.pop("targets").items()}
    return Patterns(targets, **{name: _any(lines) for name, lines in data.items()})


def target(folded: str) -> Target:
    """What a folded question asks for."""
    return next((kind for kind, pattern in patterns().targets.items() if pattern.search(folded)), Target.OTHER)


def asks_several(folded: str) -> bool:
    """Whether a folded question asks for more than one thing, whatever kind of thing it is."""
    return patterns().targets[Target.LIST].search(folded) is not None


def _any(lines: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(lines))

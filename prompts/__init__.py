"""Every text told to a person or to a model, loaded and checked here.

`messages.<language>.yaml` holds what people read, with the same keys in each language;
`*.md` holds what a chat model is told.
"""

from functools import cache
from pathlib import Path
from string import Formatter

import yaml

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "zh-Hant", "zh-Hans")


def message(key: str, language: str, /, **values: object) -> str:
    """The text `key` in `language`; raises KeyError for an unknown key or a missing value."""
    return messages(language)[key].format(**values)


@cache
def messages(language: str) -> dict[str, str]:
    """All texts of one language by key."""
    texts: dict[str, str] = yaml.safe_load((FOLDER / f"messages.{language}.yaml").read_text("utf-8"))
    return {key: text.strip() for key, text in texts.items()}


@cache
def instructions(name: str) -> str:
    """What a chat model is told, from `<name>.md`."""
    return (FOLDER / f"{name}.md").read_text("utf-8").strip()


def placeholders(text: str) -> set[str]:
    """The names in braces that a text expects."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}

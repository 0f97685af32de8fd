"""Does a text state a fact? Two ways to ask.

A fact given as a tuple of forms is searched by the *literal rule*: any form, as it stands, up to typography.
A fact given as a string, its alternatives separated by " | ", is searched by the *kinder rule*: up to the writing
of numbers and dates, Traditional or Simplified characters, case, hyphens and spaces.
"""

import re
import unicodedata
from functools import lru_cache

from assistant.language import HAN, to_script
from assistant.types import Language
from evaluation import dates, numbers

Fact = str | tuple[str, ...]

SEPARATOR = " | "

_TYPOGRAPHY = str.maketrans(
    dict.fromkeys("“”„‟«»「」『』〝〞＂", '"') | dict.fromkeys("‘’‚‛`´ʼ", "'") | dict.fromkeys("‐‑‒–—―−⁃﹘", "-")
)
_EMPHASIS = re.compile(r"[*_]+")
_SPACE_BESIDE_HAN = re.compile(rf"(?<=[{HAN}])\s+|\s+(?=[{HAN}])")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[ ,]\d{3})+(?!\d)")
_ABBREVIATED = re.compile(r"\b(jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.")

_CODE = re.compile(r"[=<>{}\[\];_]|\w\(")
_TOKEN = re.compile(rf"⟦[^⟧]*⟧|[{HAN}]|[^\W{HAN}]+")
_OPEN_ENDED = 4


def states(text: str, fact: Fact) -> bool:
    """Whether `text` holds one of the forms of `fact`."""
    if isinstance(fact, tuple):
        return any(states_literally(text, form) for form in fact)
    return any(states_kindly(text, form) for form in fact.split(SEPARATOR))


def states_literally(text: str, form: str) -> bool:
    """The literal rule: `form` is a substring of `text` up to case and typography."""
    plain = literal(form)
    return bool(plain) and plain in literal(text)


def states_kindly(text: str, form: str) -> bool:
    """The kinder rule: `form` stands in `text`, from the start of a word, however its numbers and dates are written.

    A last word of four letters or more may go on: "engineer" is stated by "engineering", "Chan" is not by "mechanic".
    A form with signs of code, such as "x=2", falls under the literal rule.
    """
    if _CODE.search(form):
        return states_literally(text, form)
    pattern = _pattern(form)
    return pattern is not None and pattern.search(canonical(text)) is not None


@lru_cache(maxsize=4096)
def literal(text: str) -> str:
    """A text for the literal rule.

    NFKC, case folded, one kind of quote and dash, no markdown emphasis, no space beside a Chinese character,
    10 000 = 10,000 = 10000, "Dec." = "Dec".
    """
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    text = _EMPHASIS.sub("", text.translate(_TYPOGRAPHY))
    text = _SPACE_BESIDE_HAN.sub("", re.sub(r"\s+", " ", text))
    text = _GROUPED.sub(lambda match: re.sub("[ ,]", "", match.group()), text)
    return _ABBREVIATED.sub(r"\1", text)


@lru_cache(maxsize=4096)
def canonical(text: str) -> str:
    """A text for the kinder rule: words, Chinese characters and marks of numbers and dates, separated by spaces.

    >>> canonical("On March 8, ten civil servants…")
    'on ⟦y0m3d8⟧ ⟦10⟧ civil servants'
    """
    text = unicodedata.normalize("NFKC", text).translate(_TYPOGRAPHY)
    text = to_script(re.sub("[⟦⟧]", " ", text), Language.SIMPLIFIED)
    text = numbers.in_digits(_EMPHASIS.sub("", text))
    text = numbers.marked(dates.marked(text)).replace("&", " and ")
    return " ".join(_TOKEN.findall(text.casefold()))


@lru_cache(maxsize=4096)
def _pattern(form: str) -> re.Pattern[str] | None:
    """What to search for in a canonical text; None for a form without words, which nothing states."""
    tokens = canonical(form).split()
    if not tokens:
        return None
    goes_on = r"\w*" if len(tokens[-1]) >= _OPEN_ENDED and tokens[-1].isalpha() else ""
    return re.compile(rf"(?<!\S){' ?'.join(map(_token_pattern, tokens))}{goes_on}(?!\S)")


def _token_pattern(token: str) -> str:
    return dates.any_writing(token) if token.startswith("⟦y") else " ?".join(map(re.escape, _characters(token)))


def _characters(token: str) -> list[str]:
    """The parts of a token that a space or a hyphen may separate: "cooperation" is "co-operation"."""
    return [token] if token.startswith("⟦") else list(token)

"""The programme's bilingual words, from `glossary.yaml`: concepts with their forms, and words to ignore."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import Stemmer
import yaml

from assistant.language import fold, has_chinese

FILE = Path(__file__).parent / "glossary.yaml"
KINDS = {
    "people": "person",
    "places": "place",
    "bodies": "body",
    "posts": "post",
    "programme": "term",
    "words": "word",
    "details": "detail",
}

WORD = re.compile(r"[a-z0-9]+")
_COPULA = re.compile("(?<![關聯关联体體])係")  # before folding makes it the same as in 关系
_STEMMER = Stemmer.Stemmer("english")


@dataclass(frozen=True, slots=True)
class Concept:
    """One meaning: `id` starts with "@", `kind` is person, place, body, term, word or detail."""

    id: str
    kind: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Glossary:
    """Concepts by form: English forms as tuples of stems, Chinese ones as folded text."""

    english: dict[tuple[str, ...], tuple[Concept, ...]]
    chinese: dict[str, tuple[Concept, ...]]
    ignore_english: frozenset[str]
    ignore_chinese: frozenset[str]
    cantonese: dict[str, str]


def stem(word: str) -> str:
    """The stem of a folded English word (Porter 2)."""
    return str(_STEMMER.stemWord(word))


@cache
def glossary() -> Glossary:
    """The glossary, read once."""
    data = yaml.load(FILE.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    english: dict[tuple[str, ...], tuple[Concept, ...]] = {}
    chinese: dict[str, tuple[Concept, ...]] = {}
    for section, kind in KINDS.items():
        for line in data[section]:
            forms = tuple(form.strip() for form in line.split("|"))
            concept = Concept(f"@{fold(forms[0])}", kind, forms)
            for form in forms:
                if has_chinese(form):
                    chinese[fold(form)] = (*chinese.get(fold(form), ()), concept)
                else:
                    key = tuple(stem(word) for word in words(fold(form)))
                    english[key] = (*english.get(key, ()), concept)
    return Glossary(
        english,
        chinese,
        frozenset(fold(data["ignore_en"]).split()),
        frozenset(fold(data["ignore_zh"]).split()),
        dict(pair.split("=") for pair in fold(_COPULA.sub("是", data["cantonese"])).split()),
    )


def plain(text: str) -> str:
    """A text folded, and its Cantonese words put into written Chinese."""
    folded = fold(_COPULA.sub("是", text))
    return _cantonese().sub(lambda match: glossary().cantonese[match.group()], folded)


@cache
def _cantonese() -> re.Pattern[str]:
    return re.compile("|".join(sorted(glossary().cantonese, key=len, reverse=True)))


def words(folded: str) -> list[str]:
    """The Latin words and numbers of a folded text."""
    return [match.group() for match in WORD.finditer(folded)]

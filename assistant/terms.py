"""What a text says, as terms: the units that searching, reading and refusing compare.

A term is a word, a phrase of the glossary, a number or a date. It has `keys`, by any of which it equals a term
of another text in any script, `parts`, the words that a phrase is made of, and `glosses`, the English stems by
which it may mean the same in the other language.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from assistant.glossary import Concept, Glossary, glossary, plain, stem
from assistant.glosses import GlossTable, pinyin
from assistant.language import HAN, fold
from assistant.numbers import Number, numbers

_MOST_WORDS = 8
SHORTEST_CORRECTED = 5
LEAST_ALIKE = 82
"""How alike (0 to 100, normalised edit distance) a misspelt word must be to the one it is taken for."""


@dataclass(frozen=True, slots=True)
class Term:
    """`kind` is word, number, date, or the kind of the glossary concept (person, place, body, post, term, detail).

    `zipf` tells how common the word is in general (see `GlossTable.zipf`).
    """

    text: str
    kind: str
    keys: frozenset[str]
    parts: frozenset[str] = frozenset()
    glosses: frozenset[str] = frozenset()
    phrase: str = ""
    ignored: bool = False
    zipf: float = 0.0


class Analyser:
    """Texts to terms, with the gloss table of one index."""

    def __init__(self, glosses: GlossTable, vocabulary: Callable[[], Sequence[str]] = tuple) -> None:
        """`vocabulary` gives the stems that the documents hold: misspelt words are taken for the nearest of them."""
        self._glosses = glosses
        self._glossary = glossary()
        self._vocabulary = vocabulary

    def terms(self, text: str) -> tuple[Term, ...]:
        """The terms of a text in order, those without meaning of their own marked `ignored`."""
        folded = plain(text)
        found: list[tuple[int, Term]] = []
        for number in numbers(folded):
            surface = folded[number.start : number.end]
            if not _is_in_name(self._glossary, folded, number):
                found.append((number.start, _number_term(surface.strip(), number.value, number.is_date)))
                folded = folded[: number.start] + " " * len(surface) + folded[number.end :]
        found.extend(self._english(folded))
        found.extend(self._chinese(folded))
        return tuple(term for _, term in sorted(found, key=lambda item: item[0]))

    def _english(self, folded: str) -> Iterator[tuple[int, Term]]:
        tokens = list(re.finditer(r"[a-z0-9]+", folded))
        stems = [self._spelt(match.group()) for match in tokens]
        at = 0
        while at < len(tokens):
            length, concepts = _longest_english(self._glossary, stems, at)
            last = tokens[at + length - 1]
            surface = folded[tokens[at].start() : last.end()]
            if concepts:
                zipf = min(map(self._glosses.zipf, stems[at : at + length]))
                yield tokens[at].start(), replace(_concept_term(surface, concepts, stems[at : at + length]), zipf=zipf)
            else:
                yield tokens[at].start(), self._english_word(tokens[at].group(), stems[at])
            at += length

    def _spelt(self, word: str) -> str:
        """The stem of a word, that of the nearest known word where no dictionary has it."""
        stemmed = stem(word)
        if len(word) < SHORTEST_CORRECTED or not word.isalpha() or self._glosses.zipf(stemmed):
            return stemmed
        vocabulary = self._vocabulary()
        if not vocabulary or stemmed in vocabulary:
            return stemmed
        from rapidfuzz import fuzz, process

        nearest = process.extractOne(stemmed, vocabulary, scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE)
        return str(nearest[0]) if nearest else stemmed

    def _english_word(self, word: str, stemmed: str) -> Term:
        ignored = word in self._glossary.ignore_english or len(word) == 1
        return Term(word, "word", frozenset({stemmed}), phrase=word, ignored=ignored, zipf=self._glosses.zipf(stemmed))

    def _chinese(self, folded: str) -> Iterator[tuple[int, Term]]:
        for run in re.finditer(rf"[{HAN}]+", folded):
            for start, surface, concepts in _chinese_pieces(self._glossary, run.group()):
                at = run.start() + start
                if concepts:
                    yield at, self._chinese_concept(surface, concepts)
                else:
                    yield at, self._chinese_word(surface)

    def _chinese_concept(self, surface: str, concepts: tuple[Concept, ...]) -> Term:
        parts = {word for word in _segment(surface) if len(word) > 1}
        gloss = self._glosses.look_up(surface)
        english = next((form for form in concepts[0].forms if form.isascii()), gloss.phrase if gloss else "")
        glosses = {stem(word) for c in concepts for form in c.forms for word in re.findall("[a-z0-9]+", fold(form))}
        term = _concept_term(surface, concepts, sorted(parts), phrase=english)
        return replace(term, glosses=frozenset(glosses), zipf=self._glosses.zipf(surface))

    def _chinese_word(self, word: str) -> Term:
        gloss = self._glosses.look_up(word)
        if gloss is None and 1 < len(word) <= 4:
            gloss = pinyin(word)
        ignored = word in self._glossary.ignore_chinese
        stems, phrase = (gloss.stems, gloss.phrase) if gloss else ((), "")
        zipf = self._glosses.zipf(word)
        return Term(word, "word", frozenset({word}), frozenset(), frozenset(stems), phrase, ignored, zipf)


def bigrams(text: str) -> list[str]:
    """The overlapping pairs of Chinese characters of a text, folded."""
    return [run[i : i + 2] for run in re.findall(rf"[{HAN}]{{2,}}", fold(text)) for i in range(len(run) - 1)]


def gloss_sentence(terms: tuple[Term, ...]) -> str:
    """The text's meaning in rough English, for an embedding model that knows only English."""
    return " ".join(term.phrase for term in terms if term.phrase and not term.ignored)


def _number_term(surface: str, value: str, is_date: bool) -> Term:
    if not is_date:
        return Term(surface, "number", frozenset({f"#{value}"}), phrase=surface)
    year, month, day = value[:4], value[5:7], value[8:10]
    keys = {f"#y{year}"} if year != "----" else set()
    if month != "--":
        keys.add(f"#m{month}")
        if day != "--":
            keys.add(f"#d{month}-{day}")
    return Term(surface, "date", frozenset(keys), phrase=surface)


def _concept_term(surface: str, concepts: tuple[Concept, ...], parts: list[str], phrase: str = "") -> Term:
    keys = frozenset(concept.id for concept in concepts)
    meant = frozenset(part for part in parts if part not in glossary().ignore_english)
    return Term(surface, concepts[0].kind, keys, meant, phrase=phrase or surface)


def _longest_english(known: Glossary, stems: list[str], at: int) -> tuple[int, tuple[Concept, ...]]:
    for length in range(min(8, len(stems) - at), 0, -1):
        concepts = known.english.get(tuple(stems[at : at + length]))
        if concepts:
            return length, concepts
    return 1, ()


def _chinese_pieces(known: Glossary, run: str) -> Iterator[tuple[int, str, tuple[Concept, ...]]]:
    """The run cut into the longest forms of the glossary and the words between them."""
    words = _segment(run)
    at = position = 0
    while at < len(words):
        length, concepts = _longest_chinese(known, words, at)
        surface = "".join(words[at : at + length])
        yield position, surface, concepts
        at, position = at + length, position + len(surface)


def _longest_chinese(known: Glossary, words: list[str], at: int) -> tuple[int, tuple[Concept, ...]]:
    for length in range(min(_MOST_WORDS, len(words) - at), 0, -1):
        concepts = known.chinese.get("".join(words[at : at + length]))
        if concepts:
            return length, concepts
    return 1, ()


def _is_in_name(known: Glossary, folded: str, number: Number) -> bool:
    """Whether a Chinese numeral is part of a form of the glossary, as in 第一批 or 程步一."""
    if number.is_date or folded[number.start].isascii():
        return False
    around = folded[max(number.start - 8, 0) : number.end + 8]
    at = number.start - max(number.start - 8, 0)
    return any(
        start < at + 1 <= start + len(surface) and concepts
        for run in re.finditer(rf"[{HAN}]+", around)
        for first, surface, concepts in _chinese_pieces(known, run.group())
        for start in [run.start() + first]
    )


def _segment(text: str) -> list[str]:
    return list(_jieba().cut(text))


@cache
def _jieba() -> Any:
    import jieba

    jieba.setLogLevel(60)
    tokenizer = jieba.Tokenizer()
    for word in glossary().ignore_chinese | set(glossary().chinese):
        if len(word) > 1:
            tokenizer.add_word(word)
    return tokenizer

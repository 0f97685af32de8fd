"""What a text says, as terms: the units that searching, reading and refusing compare.

A term is a word, a phrase of the glossary, a number or a date. It has `keys`, by any of which it equals a term
of another text in any script, `parts`, the words that a phrase is made of, and `senses`, the English stems by
which it may mean the same in the other language.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.glossary import Concept, Glossary, glossary, plain, stem
from assistant.glosses import GlossTable, Sense, pinyin
from assistant.language import HAN, fold
from assistant.numbers import Number, numbers
from assistant.relative import with_dates
from assistant.segment import concepts_and_words, parts_of, pieces, segment
from assistant.sounds import pinyin_of
from assistant.vocabulary import HEARD, Vocabulary

SHORTEST_CORRECTED = 5
LEAST_ALIKE = 82
"""How alike (0 to 100, normalised edit distance) a misspelt word must be to the one it is taken for."""
_RARE = 2.5
_CAPITALISED = re.compile(r"(?<![.!?:\s]\s)(?<!^)(?<!\n)\b[A-Z][^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Term:
    """`kind` is word, number, date, or the kind of the glossary concept (person, place, body, post, term, detail).

    `senses` are the English stems it may mean, each with how likely; a name written for its sound has among them the
    names that sound alike. `zipf` tells how common the word is in general (see `GlossTable.zipf`).
    """

    text: str
    kind: str
    keys: frozenset[str]
    parts: frozenset[str] = frozenset()
    senses: tuple[Sense, ...] = ()
    phrase: str = ""
    ignored: bool = False
    zipf: float = 0.0

    @property
    def glosses(self) -> frozenset[str]:
        return frozenset(stem for stem, _ in self.senses)


class Analyser:
    """Texts to terms, with the gloss table of one index."""

    def __init__(self, glosses: GlossTable, vocabulary: Callable[[], Vocabulary] = Vocabulary) -> None:
        """`vocabulary` tells what the documents hold; a question's words are taken for the nearest of it."""
        self._glosses = glosses
        self._glossary = glossary()
        self._vocabulary = vocabulary

    def terms(self, text: str, published: str = "") -> tuple[Term, ...]:
        """The terms of a text in order, those without meaning of their own marked `ignored`.

        What the text says of dates from its day of publication, such as "last year", becomes the dates they are.
        """
        folded = plain(text)
        names = _names(text)
        found: list[tuple[int, Term]] = []
        for number in with_dates(folded, published) if published else numbers(folded):
            surface = folded[number.start : number.end]
            if not _is_in_name(folded, number):
                found.append((number.start, _number_term(surface.strip(), number.value, number.is_date)))
                folded = folded[: number.start] + " " * len(surface) + folded[number.end :]
        found.extend(self._english(folded, names))
        found.extend(self._chinese(folded))
        return tuple(term for _, term in sorted(found, key=lambda item: item[0]))

    def _english(self, folded: str, names: Collection[str]) -> Iterator[tuple[int, Term]]:
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
                yield tokens[at].start(), self._english_word(tokens[at].group(), stems[at], names)
            at += length

    def _spelt(self, word: str) -> str:
        """The stem of a word, that of the nearest known word where no dictionary has it."""
        stemmed = stem(word)
        if len(word) < SHORTEST_CORRECTED or not word.isalpha() or self._glosses.zipf(stemmed):
            return stemmed
        known = self._vocabulary().stems
        if not known or stemmed in known:
            return stemmed
        from rapidfuzz import fuzz, process

        nearest = process.extractOne(stemmed, known, scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE)
        return str(nearest[0]) if nearest else stemmed

    def _english_word(self, word: str, stemmed: str, names: Collection[str]) -> Term:
        ignored = word in self._glossary.ignore_english or len(word) == 1
        zipf = self._glosses.zipf(stemmed)
        is_name = word in names or (word.isalpha() and len(word) > 3 and zipf < _RARE)
        senses = self._sounding_like(word) if is_name and not ignored else ()
        return Term(word, "word", frozenset({stemmed}), senses=senses, phrase=word, ignored=ignored, zipf=zipf)

    def _sounding_like(self, name: str) -> tuple[Sense, ...]:
        return ((HEARD + name, 1.0), *self._vocabulary().heard(name))

    def _chinese(self, folded: str) -> Iterator[tuple[int, Term]]:
        for run in re.finditer(rf"[{HAN}]+", folded):
            for piece in pieces(run.group(), self._glosses):
                at = run.start() + piece.start
                if piece.concepts:
                    yield at, self._chinese_concept(piece.text, piece.concepts)
                elif piece.is_name:
                    yield at, self._chinese_name(piece.text)
                else:
                    yield from ((at, term) for term in self._chinese_words(piece.text))

    def _chinese_concept(self, surface: str, concepts: tuple[Concept, ...]) -> Term:
        gloss = self._glosses.look_up(surface)
        forms = {form: 1.0 for concept in concepts for form in concept.forms if form.isascii()}
        own = dict(gloss.senses) if gloss else {}
        words = [word for form in forms for word in re.findall("[a-z0-9]+", fold(form))]
        meant = {stem(word): 1.0 for word in words if word not in self._glossary.ignore_english}
        is_word = concepts[0].kind in ("word", "detail")
        phrase = gloss.phrase if gloss and is_word else next(iter(forms), gloss.phrase if gloss else "")
        term = _concept_term(surface, concepts, sorted(word for word in segment(surface) if len(word) > 1), phrase)
        senses = {**meant, **own} if is_word else meant
        return replace(term, senses=tuple(senses.items()), zipf=self._glosses.zipf(surface))

    def _chinese_name(self, name: str) -> Term:
        """A foreign name: it means what the dictionary has of it, and what sounds like it."""
        parts = {part for part in parts_of(name, self._glosses) if len(part) > 1}
        glosses = [gloss for part in parts if (gloss := self._glosses.look_up(part))]
        heard = self._sounding_like(name)
        phrase = heard[1][0].removeprefix(HEARD) if len(heard) > 1 else pinyin_of(name)
        senses = (*heard, *(sense for gloss in glosses for sense in gloss.senses))
        return Term(name, "word", frozenset({name}), frozenset(parts), senses, phrase, zipf=self._glosses.zipf(name))

    def _chinese_words(self, word: str) -> Iterator[Term]:
        """The word; one that the dictionary lacks is its parts, or where they are too short, a name in pinyin."""
        gloss = self._glosses.look_up(word)
        ignored = word in self._glossary.ignore_chinese
        parts = [] if gloss or ignored or len(word) == 1 else parts_of(word, self._glosses)
        if len(parts) > 1 and all(len(part) > 1 for part in parts):
            yield from (term for part in parts for term in self._chinese_words(part))
            return
        senses = dict(gloss.senses) if gloss else self._senses_of(parts)
        phrase = gloss.phrase if gloss else " ".join(g.phrase for part in parts if (g := self._glosses.look_up(part)))
        if parts:
            senses |= dict(pinyin(word).senses)
        long = frozenset(part for part in parts if len(part) > 1)
        zipf = self._glosses.zipf(word)
        yield Term(word, "word", frozenset({word}), long, tuple(senses.items()), phrase, ignored, zipf)

    def _senses_of(self, parts: Sequence[str]) -> dict[str, float]:
        """What the parts of a word mean; a single character may mean much."""
        glosses = [(gloss, 1.0 if len(part) > 1 else 0.5) for part in parts if (gloss := self._glosses.look_up(part))]
        return {stem: share * weight for gloss, share in glosses for stem, weight in gloss.senses}


def gloss_sentence(terms: tuple[Term, ...]) -> str:
    """The text's meaning in rough English, for an embedding model that knows only English."""
    return " ".join(term.phrase for term in terms if term.phrase and not term.ignored)


def _names(text: str) -> frozenset[str]:
    """The words of a text that a capital inside a sentence tells to be names, folded."""
    return frozenset(fold(match.group()) for match in _CAPITALISED.finditer(unicodedata.normalize("NFKC", text)))


def _number_term(surface: str, value: str, is_date: bool) -> Term:
    if not is_date:
        return Term(surface, "number", frozenset({f"#{value}"}), phrase=value)
    year, month, day = value[:4], value[5:7], value[8:10]
    keys = {f"#y{year}"} if year != "----" else set()
    if month != "--":
        keys.add(f"#m{month}")
        if day != "--":
            keys.add(f"#d{month}-{day}")
    return Term(surface, "date", frozenset(keys), phrase=" ".join(re.findall(r"\d+", value)))


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


def _is_in_name(folded: str, number: Number) -> bool:
    """Whether a Chinese numeral is part of a form of the glossary, as in 第一批 or 程步一."""
    if number.is_date or folded[number.start].isascii():
        return False
    around = folded[max(number.start - 8, 0) : number.end + 8]
    at = number.start - max(number.start - 8, 0)
    return any(
        piece.concepts and run.start() + piece.start <= at < run.start() + piece.start + len(piece.text)
        for run in re.finditer(rf"[{HAN}]+", around)
        for piece in concepts_and_words(run.group())
    )

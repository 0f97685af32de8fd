"""A question and its history → what is asked: its terms, what it carries over from before, and its target."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.asking import Target, asks_several, patterns, target
from assistant.errors import QuestionError
from assistant.glossary import plain
from assistant.language import detect
from assistant.terms import Analyser, Term
from assistant.types import Language, Question

_CLAUSE = re.compile(
    r"(?<=[.!?。！？；;\n])\s*|(?<=[:：])\s+"
    r"|[,，](?=\s*(?i:ignore|disregard|forget|忽略|[无無][视視]|[唔不][好要用使必]理|忘[掉记記]|[别別]管))"
)
_PROPER = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+")
_WORD = re.compile(r"\w")
_PART = re.compile(
    r"[?？,，;；。]|\band (?=who|what|when|where|which|how|in (?:which|what)|at (?:which|what))"
    r"|和(?=哪|什么|几)|以及|并且"
)
LEAST_OWN = 2
"""Terms that each side of a comparison must have to itself."""
_ASKS = re.compile(r"\b(what|which|how)\b|什么|甚么|哪|几|谁|怎")


@dataclass(frozen=True, slots=True)
class Clause:
    """One of several things asked in one question: the keys of its terms, and its own target."""

    keys: frozenset[str]
    target: Target


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: `terms` of the question itself, `carried` over from its history, and its `target`.

    `several` says that it asks for more than one; `instructed`, that it also gave orders to the assistant.
    """

    question: Question
    terms: tuple[Term, ...]
    carried: tuple[Term, ...]
    target: Target
    folded: str
    clauses: tuple[Clause, ...] = ()
    several: bool = False
    instructed: bool = False
    harmful: bool = False

    @property
    def lacks_person(self) -> bool:
        """Whether it means a person by a pronoun whom neither it nor the earlier questions name."""
        named = any(term.kind == "person" for term in (*self.terms, *self.carried))
        return bool(self.question.history) and not named and patterns().pronoun.search(self.folded) is not None


def visible(text: str) -> str:
    """A text without control characters, halves of characters and doubled blanks."""
    shown = "".join(
        " " if char.isspace() else char
        for char in text
        if char.isspace() or unicodedata.category(char) not in ("Cc", "Cf", "Cs")
    )
    return re.sub(r" {2,}", " ", shown).strip()


def tidy(text: str, limit: int) -> str:
    """The question as `visible` shows it; raises QuestionError where nothing can be asked."""
    text = visible(text)
    if not text:
        raise QuestionError("question_empty", "The question is empty; ask in words.")
    if len(text) > limit:
        raise QuestionError(
            "question_too_long", f"The question has {len(text)} characters; shorten it to at most {limit}."
        )
    if not _WORD.search(text):
        raise QuestionError("question_no_words", "The question has no words; ask in words.")
    return text


def language_of(text: str, history: Sequence[str]) -> Language:
    """The question's language; characters that are the same in both scripts take the script of the history."""
    before = [detect(earlier) for earlier in history]
    chinese = next((language for language in reversed(before) if language.is_chinese), Language.TRADITIONAL)
    return detect(text, chinese)


def understand(text: str, history: Sequence[str], analyser: Analyser) -> Asked:
    """What a tidied question asks, given the earlier questions of the conversation, oldest first."""
    wanted, instructed = _without_instructions(text)
    folded = plain(wanted)
    terms = _with_proper_names(_meant(analyser.terms(wanted)), wanted)
    carried = _carried(folded, terms, history, analyser)
    standalone = wanted if not carried else f"{wanted} ({' '.join(dict.fromkeys(term.text for term in carried))})"
    question = Question(text, language_of(text, history), tuple(history), standalone)
    harmful = patterns().harm.search(plain(text)) is not None
    clauses = _clauses(folded, analyser)
    return Asked(question, terms, carried, target(folded), folded, clauses, asks_several(folded), instructed, harmful)


def with_person(asked: Asked, sentence: str, analyser: Analyser) -> Asked:
    """The question with the people whom a sentence of the answer before names."""
    people = tuple(term for term in _meant(analyser.terms(sentence)) if term.kind == "person")
    if not people:
        return asked
    standalone = f"{asked.question.standalone} ({' '.join(term.phrase or term.text for term in people)})"
    question = replace(asked.question, standalone=standalone)
    return replace(asked, question=question, terms=asked.terms + people)


def _clauses(folded: str, analyser: Analyser) -> tuple[Clause, ...]:
    """The parts of a question that ask something of their own, where there are several."""
    parts = [(part, target(part.strip())) for part in _PART.split(folded) if part and part.strip()]
    asking = [(part, wanted) for part, wanted in parts if wanted is not Target.OTHER or _ASKS.search(part)]
    if len(asking) < 2:
        return _sides(folded, analyser)
    clauses = [Clause(_keys(part, analyser), wanted) for part, wanted in asking]
    meant = tuple(clause for clause in clauses if clause.keys)
    return meant if len(meant) > 1 else ()


def _sides(folded: str, analyser: Analyser) -> tuple[Clause, ...]:
    """The two things that a question compares: where it is cut, both sides have most of their own."""
    if not patterns().comparing.search(folded):
        return ()
    cuts = ((folded[: cut.start()], folded[cut.end() :]) for cut in patterns().sides.finditer(folded))
    pairs = [(_keys(one, analyser), _keys(other, analyser)) for one, other in cuts]
    best = max(pairs, key=lambda pair: min(len(pair[0] - pair[1]), len(pair[1] - pair[0])), default=None)
    if best is None or min(len(best[0] - best[1]), len(best[1] - best[0])) < LEAST_OWN:
        return ()
    return tuple(Clause(keys, target(folded)) for keys in best)


def _keys(text: str, analyser: Analyser) -> frozenset[str]:
    return frozenset(key for term in _meant(analyser.terms(text)) for key in term.keys)


def _meant(terms: Sequence[Term]) -> tuple[Term, ...]:
    unique: dict[frozenset[str], Term] = {}
    for term in terms:
        if not term.ignored:
            unique.setdefault(term.keys, term)
    return tuple(unique.values())


def _with_proper_names(terms: Sequence[Term], text: str) -> tuple[Term, ...]:
    """The terms, with those told apart that the question writes as names: with a capital inside a sentence."""
    names = {match.group().casefold() for match in _PROPER.finditer(text)}
    return tuple(replace(term, kind="proper") if term.kind == "word" and term.text in names else term for term in terms)


def _without_instructions(text: str) -> tuple[str, bool]:
    """The text without the clauses that give orders to the assistant, and whether there were any."""
    clauses = [clause for clause in _CLAUSE.split(text) if clause and clause.strip()]
    kept = [clause for clause in clauses if not patterns().orders.search(plain(clause))]
    return " ".join(clause.strip() for clause in kept), len(kept) < len(clauses)


def _carried(folded: str, terms: Sequence[Term], history: Sequence[str], analyser: Analyser) -> tuple[Term, ...]:
    """The terms of earlier questions that a follow-up leaves out: none for a question that stands alone."""
    if not history or not _is_dependent(folded, terms):
        return ()
    present = {key for term in terms for key in term.keys}
    carried: list[Term] = []
    for earlier in (history[-1], *history[:-1][:1]):
        for term in _meant(analyser.terms(earlier)):
            if not term.keys & present and not (carried and earlier != history[-1] and term.kind == "word"):
                carried.append(term)
                present |= term.keys
    return tuple(carried)


def _is_dependent(folded: str, terms: Sequence[Term]) -> bool:
    named = [term for term in terms if term.kind not in ("word", "number", "date")]
    return patterns().dependent.search(folded) is not None or len(terms) <= 2 or not named

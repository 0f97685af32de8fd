"""How well a sentence covers what a question asks: the features that reading and refusing rest on."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from assistant.glossary import glossary
from assistant.index import Index
from assistant.language import fold
from assistant.models import Vectors
from assistant.numbers import Number, agrees, numbers
from assistant.retrieve import CARRIED, Found, rarity
from assistant.store import Record, Window
from assistant.terms import Term
from assistant.types import Passage
from assistant.understand import Asked, Target

CONTEXT = 0.8
_DURATION = re.compile(r"(month|week|day|year|hour)s?\b|个月|星期|礼拜|周(?!年)|\d天|\d年(?!度)|半年|小时")
_MONEY = re.compile(r"[$€£¥]|\b(yuan|dollars?|rmb|hkd|billion|million)\b|元|亿")
_REASON = re.compile(
    r"\b(because|since|so that|in order|so as|due to|owing|thanks to|reason|aim|purpose|help|helps|let|lets|to enable|enabl\w+|will|would|by)\b"
    r"|因为|由于|因此|所以|为了|以便|目的|旨在|原因|借此|有助|让|使|可令|以期"
)
_COUNTED = re.compile(r"how many (?:of the |of |the |more |other )?|(?:几多|多少|几)(?:个|名|间|位|家|所|人|项|条|份|只|隻)?")
_PLAN = re.compile(
    r"\b(plan(ned|s)?|expected|scheduled|was to|were to|intended|would)\b|计划在|计划于|预计|拟|打算|将会|将于|当时计划"
)
_AS_OF = re.compile(r"As of|By |截至")
_OPENING_DATE = re.compile(r"^(?:As of|In|On|By|截至|在)?\s*(?:\d{1,2} )?(?:[A-Z][a-z]+ )?\d{4}(?:年(?:\d{1,2}月)?(?:\d{1,2}日)?)?\s*[,，]?")
_PERSON = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.? ((?:[A-Z][\w-]+ ?)+)|([一-鿿]{1,3})(?:先生|女士|小姐|博士)")
_BODY = re.compile(
    r"((?:[A-Z][\w'’-]+ (?:of |and |for |the )?)*(?:Bureau|Department|Office|Authority|Council|Board|Commission|College|University|Polytechnic"
    r"|Park|Agency|Committee|Government|Daily|Grade|Director\S*|Mayor|Secretary|Head|Officer)\b)"
    r"|([一-鿿]{2,12}(?:局|署|處|辦公室|學院|大學|公司|委員會|政府|日報|職系|管理局|中心|學校|部|部長|局長|區長|主任|组织部|处|办公室|学院|大学|委员会|日报|职系|区长))"
)
_AT = r"(?:\b(?:in|at|to|from|near|of|visited) (?:the )?(?:[a-z-]+ ){0,3}|(?:在|于|到|来自|赴|往|至|位于|设于|连接|前往).{0,6})"
_NAMES = re.compile(r"\bnames\b|哪些|边些|边啲|分别叫")
_PROPER = re.compile(r"(?<=[a-z,:] )((?:[A-Z][\w'’-]+ ?){1,6})|[“\"「《]([^”\"」》]+)[”\"」》]|（([A-Za-z][^）]+)）")


@dataclass(frozen=True, slots=True)
class Weighted:
    """A term of the question with its weight: its rarity in the documents, less where it is carried over."""

    term: Term
    weight: float


@dataclass(frozen=True)
class Candidate:
    """A sentence that may answer, with its place, and what of the question it covers, per term, 0 to 1."""

    record: Record
    window: Window
    rank: int
    cosine: float
    covered: tuple[float, ...]
    around: tuple[float, ...]
    coverage: float
    context: float
    passage_score: float
    gives: bool
    listing: float

    @property
    def passage(self) -> Passage:
        return self.record.passage

    @cached_property
    def text(self) -> str:
        return self.passage.text[self.window.start : self.window.end]

    @cached_property
    def score(self) -> float:
        """How likely the sentence is to answer: the reader ranks by it (the weights: docs/answering.md)."""
        given = 0.3 * float(self.gives) + 0.3 * self.listing
        return 0.6 * self.coverage + 0.9 * self.context + 0.6 * self.cosine + 0.48 * self.passage_score + given


@dataclass(frozen=True, slots=True)
class Reading:
    """The sentences of an answer: the `leading` one, or one for each thing asked, carry it; the others add to it.

    `gives` says whether the leading ones hold the kind of thing asked for, all of them where several are asked.
    """

    sentences: tuple[Candidate, ...] = ()
    leading: tuple[Candidate, ...] = ()
    gives: bool = False


def weigh(asked: Asked, index: Index) -> tuple[Weighted, ...]:
    """The question's terms with their weights."""
    own = [Weighted(term, _weight(term, index)) for term in asked.terms]
    return (*own, *(Weighted(term, CARRIED * _weight(term, index)) for term in asked.carried))


def _weight(term: Term, index: Index) -> float:
    frequency = max((index.native.frequency(key) for key in term.keys), default=0)
    if not frequency and term.glosses:
        frequency = min((index.english.frequency(g) for g in term.glosses if index.english.frequency(g)), default=0)
    return rarity(frequency, index.native.size)


def candidates(asked: Asked, weighted: Sequence[Weighted], found: Found) -> list[Candidate]:
    """All sentences of the retrieved passages, best first."""
    drafts = [
        _candidate(asked, weighted, found.vector, evidence.record, sentence, rank, evidence.match.score)
        for rank, evidence in enumerate(found.evidence)
        for sentence in evidence.record.sentences
    ]
    return sorted(drafts, key=lambda candidate: -candidate.score)


def _candidate(
    asked: Asked,
    weighted: Sequence[Weighted],
    vector: Vectors,
    record: Record,
    sentence: Window,
    rank: int,
    score: float,
) -> Candidate:
    covered = tuple(match(item.term, sentence) for item in weighted)
    around = tuple(
        max(own, CONTEXT * match(item.term, record.whole)) for own, item in zip(covered, weighted, strict=True)
    )
    text = record.passage.text[sentence.start : sentence.end]
    return Candidate(
        record,
        sentence,
        rank,
        float(np.dot(vector, sentence.vector)),
        covered,
        around,
        share(weighted, covered),
        share(weighted, around),
        score,
        gives(asked, text, sentence),
        min(text.count("、") + text.count(", "), 5) / 5 if asked.several else 0.0,
    )


def share(weighted: Sequence[Weighted], covered: Sequence[float]) -> float:
    """The covered share of the question's weight, 0 to 1."""
    total = sum(item.weight for item in weighted)
    return sum(item.weight * value for item, value in zip(weighted, covered, strict=True)) / total if total else 0.0


def match(term: Term, window: Window) -> float:
    """How surely a window holds a term: 1 the term itself, less for parts of a phrase and for glosses."""
    if term.keys & window.keys:
        return 1.0
    if term.kind in ("number", "date"):
        return 0.0
    if term.keys & window.parts:
        return 0.9
    if term.kind == "detail":
        return 0.9 if term.keys & window.parts else 0.0
    parts = len(term.parts & (window.keys | window.parts)) / len(term.parts) if term.parts else 0.0
    senses = window.glosses | window.keys | window.parts
    gloss = 0.6 if term.glosses & senses or (term.keys | term.parts) & window.glosses else 0.0
    return max(0.8 * parts, gloss)


def gives(asked: Asked, text: str, sentence: Window) -> bool:
    """Whether a sentence holds the kind of thing asked for, beyond what the question itself says."""
    if is_plan(text) or _AS_OF.match(text):
        text = _OPENING_DATE.sub("", text)
    return _GIVES[asked.target](asked, text, sentence)


def _new_numbers(asked: Asked, folded: str, dates: bool) -> list[Number]:
    said = {number.value for number in numbers(asked.folded)}
    return [n for n in numbers(folded) if n.is_date == dates and n.value not in said and (dates or n.value != "1")]


def _new_concepts(asked: Asked, sentence: Window, kinds: frozenset[str]) -> set[str]:
    said = {key for term in (*asked.terms, *asked.carried) for key in term.keys}
    return {key for key in sentence.keys if key in _ids(kinds) and key not in said}


@cache
def _forms_of(concept: str) -> tuple[str, ...]:
    """All forms of a concept of the glossary, folded."""
    known = glossary()
    found = [c for concepts in (*known.english.values(), *known.chinese.values()) for c in concepts if c.id == concept]
    return tuple(map(fold, found[0].forms)) if found else ()


def _ids(kinds: frozenset[str]) -> frozenset[str]:
    if kinds not in _IDS:
        known = glossary()
        concepts = [c for forms in (known.english, known.chinese) for found in forms.values() for c in found]
        _IDS[kinds] = frozenset(c.id for c in concepts if c.kind in kinds)
    return _IDS[kinds]


def _gives_person_name(asked: Asked, text: str, sentence: Window) -> bool:
    return bool(_new_concepts(asked, sentence, frozenset({"person"})) or _new(asked, _PERSON, text))


def _gives_official(asked: Asked, text: str, sentence: Window) -> bool:
    return _gives_person_name(asked, text, sentence) or bool(_new_concepts(asked, sentence, frozenset({"post"})))


def _gives_person(asked: Asked, text: str, sentence: Window) -> bool:
    return _gives_person_name(asked, text, sentence) or _gives_body(asked, text, sentence)


def _gives_body(asked: Asked, text: str, sentence: Window) -> bool:
    return bool(_new_concepts(asked, sentence, frozenset({"body", "post"})) or _new(asked, _BODY, text))


def _gives_name(asked: Asked, text: str, sentence: Window) -> bool:
    wanted = 2 if _NAMES.search(asked.folded) else 1
    named = [part for part in _new(asked, _PROPER, text) if not numbers(fold(part)) and not _is_person(part)]
    return len(named) >= wanted


def _is_person(name: str) -> bool:
    return any(fold(name).strip() in _forms_of(concept) for concept in _ids(frozenset({"person"})))


def _new(asked: Asked, pattern: re.Pattern[str], text: str) -> list[str]:
    """The matches of a pattern in a text that have a word the question does not."""
    concepts = {key for term in asked.terms for key in term.keys}
    said = asked.folded + fold(asked.question.standalone) + " ".join(form for key in concepts for form in _forms_of(key))
    found = [part for match in pattern.finditer(text) for part in match.groups() if part]
    return [part for part in found if any(word not in said for word in re.findall(r"\w+", fold(part)))]


def _gives_place(asked: Asked, text: str, sentence: Window) -> bool:
    places = _new_concepts(asked, sentence, frozenset({"place"}))
    folded = fold(text)
    located = any(re.search(rf"{_AT}{re.escape(form)}", folded) for key in places for form in _forms_of(key))
    return located or bool(_new_concepts(asked, sentence, frozenset({"body"})))


def _gives_day(asked: Asked, text: str, sentence: Window) -> bool:
    return any(not date.value.endswith("--") for date in _new_dates(asked, text))


def _gives_date(asked: Asked, text: str, sentence: Window) -> bool:
    return bool(_new_dates(asked, text))


def _new_dates(asked: Asked, text: str) -> list[Number]:
    """The dates of a text that the question does not say and that can be meant by the dates it says."""
    said = [number.value for number in numbers(asked.folded) if number.is_date]
    new = _new_numbers(asked, fold(text), dates=True)
    return [date for date in new if not said or any(agrees(value, date.value) for value in said)]


def _gives_count(asked: Asked, text: str, sentence: Window) -> bool:
    counted = _COUNTED.search(asked.folded)
    noun = counted and next((t for t in asked.terms if asked.folded.startswith(t.text, counted.end())), None)
    return bool(_new_numbers(asked, fold(text), dates=False)) and (not noun or match(noun, sentence) >= 0.5)


def _gives_duration(asked: Asked, text: str, sentence: Window) -> bool:
    return _DURATION.search(fold(text)) is not None and bool(numbers(fold(text)))


def _gives_money(asked: Asked, text: str, sentence: Window) -> bool:
    return _MONEY.search(fold(text)) is not None


def _gives_list(asked: Asked, text: str, sentence: Window) -> bool:
    return text.count("、") + text.count(", ") >= 2 or " and " in text or "和" in text


def _gives_reason(asked: Asked, text: str, sentence: Window) -> bool:
    return _REASON.search(fold(text)) is not None


def _gives_anything(asked: Asked, text: str, sentence: Window) -> bool:
    return True


def is_plan(text: str) -> bool:
    """Whether a sentence tells of a plan."""
    return _PLAN.search(fold(text)) is not None


_IDS: dict[frozenset[str], frozenset[str]] = {}
_GIVES = {
    Target.PERSON: _gives_person,
    Target.PERSON_NAME: _gives_person_name,
    Target.OFFICIAL: _gives_official,
    Target.BODY: _gives_body,
    Target.NAME: _gives_name,
    Target.PLACE: _gives_place,
    Target.DAY: _gives_day,
    Target.DATE: _gives_date,
    Target.DURATION: _gives_duration,
    Target.MONEY: _gives_money,
    Target.COUNT: _gives_count,
    Target.REASON: _gives_reason,
    Target.LIST: _gives_list,
    Target.YES_NO: _gives_anything,
    Target.OTHER: _gives_anything,
}


def describe(asked: Asked, weighted: Sequence[Weighted], reading: Reading) -> Mapping[str, float]:
    """The features by which an answer is judged (see `assistant.confidence`)."""
    if not reading.leading or not weighted:
        return dict.fromkeys(FEATURES, 0.0)
    leading = reading.leading
    covered = [max(values) for values in zip(*(candidate.covered for candidate in leading), strict=True)]
    around = [max(values) for values in zip(*(candidate.around for candidate in leading), strict=True)]
    own = [(item.term, value) for item, value in zip(weighted, around, strict=True)][: len(asked.terms)]
    missing = {kind: _missing(own, kinds) for kind, kinds in _MISSING.items()}
    typed = asked.target not in (Target.OTHER, Target.YES_NO, Target.LIST, Target.REASON)
    given = reading.gives
    return {
        "coverage": share(weighted, covered),
        "context": share(weighted, around),
        "cosine": max(candidate.cosine for candidate in leading),
        "passage": max(candidate.passage_score for candidate in leading),
        **{f"missing_{kind}": min(sum(values), 2.0) for kind, values in missing.items()},
        "missing_most": max(missing["word"], default=0.0),
        "gives": float(typed and given),
        "lacks": float(typed and not given),
        "lacks_name": float(asked.target in (Target.PERSON_NAME, Target.DAY, Target.MONEY) and not given),
        "yes_no": float(asked.target is Target.YES_NO),
        "reason": float(asked.target is Target.REASON),
        "follow_up": float(bool(asked.carried)),
    }


def _missing(own: Sequence[tuple[Term, float]], kinds: Sequence[str]) -> list[float]:
    """How much each term of some kinds that the answer does not cover matters, 0 to 1."""
    return [specificity(term) * (1 - value) for term, value in own if term.kind in kinds and value < 0.5]


def specificity(term: Term) -> float:
    """How much a word narrows what is asked: a number or a name fully, a word the less the commoner it is."""
    if term.kind != "word":
        return 1.0
    rare = min(max((COMMON - term.zipf) / (COMMON - RARE), 0.0), 1.0)
    return rare if len(term.text) > 1 else 0.3 * rare


COMMON, RARE = 6.0, 4.0
_MISSING = {
    "word": ("word",),
    "number": ("number", "date"),
    "name": ("person", "body", "post", "term"),
    "place": ("place",),
    "detail": ("detail",),
}
FEATURES = (
    "coverage", "context", "cosine", "passage", "missing_word", "missing_number", "missing_name", "missing_place",
    "missing_detail", "missing_most", "gives", "lacks", "lacks_name", "yes_no", "reason", "follow_up",
)  # fmt: skip

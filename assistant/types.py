"""The values that flow through the assistant: frozen, free of I/O, each holding where it came from.

Source ← Passage ← Match ← Citation ← Answer
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Language(StrEnum):
    """A language together with its script, as a BCP 47 tag."""

    ENGLISH = "en"
    TRADITIONAL = "zh-Hant"
    SIMPLIFIED = "zh-Hans"

    @property
    def is_chinese(self) -> bool:
        return self is not Language.ENGLISH


class Status(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    NOT_IN_DOCUMENTS = "not_in_documents"
    OUT_OF_SCOPE = "out_of_scope"
    REFUSED = "refused"
    UNAVAILABLE = "unavailable"


class Kind(StrEnum):
    """Whose wording a document is: the publisher's own, or our summary of it."""

    BRIEF = "brief"
    ORIGINAL = "original"


def last_day(published: str) -> str:
    """A date as its last day, for ordering: 2024 comes after 2024-05."""
    return (published + "-99-99")[:10] if published else ""


@dataclass(frozen=True, slots=True)
class Source:
    """A document. `published` is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as precise as known, or empty."""

    id: str
    title: str
    kind: Kind
    original_title: str
    publisher: str
    published: str
    language: Language
    url: str | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document, verbatim; `start` is its offset in the cleaned document, in characters."""

    id: str
    text: str
    source: Source
    section: str = ""
    start: int = 0
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A retrieved passage, its score and the parts the score is made of."""

    passage: Passage
    score: float
    why: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as asked, and `standalone`: the same question understandable without its history."""

    text: str
    language: Language
    history: tuple[str, ...] = ()
    standalone: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered quote: `passage.text[start:end] == quote`."""

    number: int
    passage: Passage
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer with the numbers of the citations that support it."""

    text: str
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation with what was answered."""

    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a question, whatever it is: an answer, a refusal, or a failure told in a sentence."""

    question: Question
    status: Status
    text: str
    notice: str | None = None
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    suggestions: tuple[str, ...] = ()
    as_of: str | None = None
    matches: tuple[Match, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The JSON shape that the command line, the HTTP API and the evaluation share."""
        return {
            "question": self.question.text,
            "language": str(self.question.language),
            "status": str(self.status),
            "text": self.text,
            "notice": self.notice,
            "suggestions": list(self.suggestions),
            "as_of": self.as_of,
            "sentences": [{"text": s.text, "citations": list(s.citations)} for s in self.sentences],
            "citations": [_citation_as_dict(c) for c in self.citations],
            "seconds": {step: round(value, 6) for step, value in self.seconds.items()},
        }


@dataclass(frozen=True, slots=True)
class Trace:
    """An answer with what the steps handed on, for whoever wants to know why it came out so.

    What was retrieved is in `answer.matches`. `chosen` are the sentences that the reader chose, verbatim, shown or not;
    `confidence` is the probability that they answer, None where no reading was needed or none was made; `dropped` is
    what a chat model wrote and verification held back.
    """

    answer: Answer
    chosen: tuple[str, ...] = ()
    confidence: float | None = None
    dropped: tuple[str, ...] = ()


def _citation_as_dict(citation: Citation) -> dict[str, Any]:
    passage, source = citation.passage, citation.passage.source
    return {
        "number": citation.number,
        "document": source.id,
        "kind": str(source.kind),
        "title": source.title,
        "publisher": source.publisher or None,
        "published": source.published or None,
        "language": str(source.language),
        "section": passage.section,
        "page": passage.page,
        "quote": citation.quote,
        "passage": passage.text,
        "passage_id": passage.id,
        "start": citation.start,
        "end": citation.end,
        "url": source.url,
    }

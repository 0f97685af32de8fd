"""An assistant that says what it was told to, and remembers what it was asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.types import Answer, Citation, Kind, Language, Passage, Question, Sentence, Source, Status

BRIEF = Source(
    id="first-batch",
    title="Review meeting on the first batch",
    kind=Kind.BRIEF,
    original_title="First batch completes three-month exchange",
    publisher="HKSAR Government",
    published="2024-03-08",
    language=Language.ENGLISH,
    url="https://example.org/first-batch",
)
ORIGINAL = Source(
    id="launch",
    title="交流計劃啟動",
    kind=Kind.ORIGINAL,
    original_title="",
    publisher="日報",
    published="2023-12-18",
    language=Language.TRADITIONAL,
)


def citation(number: int, source: Source, text: str, quote: str, section: str = "") -> Citation:
    """A citation of `quote` within a passage that reads `text`."""
    start = text.index(quote)
    passage = Passage(id=f"{source.id}-{number}", text=text, source=source, section=section)
    return Citation(number, passage, quote, start, start + len(quote))


def answered(question: str, language: Language = Language.ENGLISH) -> Answer:
    """An answer of two sentences with two citations."""
    first = citation(
        1, BRIEF, "The first batch had 10 officers. It went to Shenzhen.", "The first batch had 10 officers."
    )
    second = citation(2, ORIGINAL, "首批公務員去了深圳。", "首批公務員去了深圳。", "啟動")
    sentences = (Sentence("The first batch had 10 officers.", (1,)), Sentence("They went to Shenzhen.", (1, 2)))
    return Answer(
        question=Question(question, language),
        status=Status.ANSWERED,
        text="The first batch had 10 officers. They went to Shenzhen.",
        notice="Quoted in English, the document's language.",
        sentences=sentences,
        citations=(first, second),
        suggestions=("How long did it last?",),
        as_of="2024-03-08",
        seconds={"total": 0.1},
    )


def refused(question: str, status: Status = Status.NOT_IN_DOCUMENTS, language: Language = Language.ENGLISH) -> Answer:
    """A refusal that suggests two questions."""
    return Answer(
        Question(question, language), status, "The documents do not say.", suggestions=("Who went?", "When was it?")
    )


@dataclass
class ScriptedAssistant:
    """Answers each question with `script[question]`, else with two cited sentences."""

    script: dict[str, Answer] = field(default_factory=dict)
    newest: str = "2025-02"
    sources: tuple[Source, ...] = (BRIEF, ORIGINAL)
    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def ask(self, text: str, history: Sequence[str] = ()) -> Answer:
        self.asked.append((text, tuple(history)))
        return self.script.get(text) or answered(text)

    def stream(self, text: str, history: Sequence[str] = ()) -> Iterator[Answer]:
        answer = self.ask(text, history)
        for count in range(1, len(answer.sentences)):
            yield replace(answer, sentences=answer.sentences[:count], suggestions=())
        yield answer

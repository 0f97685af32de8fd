"""What was found, as the Answer that a person or a program sees: texts, notices, citations, dates, suggestions."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.asking import patterns
from assistant.cite import best_quote, from_quotes
from assistant.evidence import Reading
from assistant.gives import is_plan
from assistant.language import to_script
from assistant.origin import date_text
from assistant.read import in_order
from assistant.relative import resolved
from assistant.retrieve import Evidence
from assistant.types import Answer, Citation, Language, Question, Sentence, Status, last_day
from assistant.understand import Asked
from prompts import message

if TYPE_CHECKING:
    from assistant.write import Draft

MOST_SUGGESTIONS = 3
MOST_DATES = 4
_CLOSING = "\"'”’)]"


def read_out(asked: Asked, status: Status, reading: Reading, found: Sequence[Evidence]) -> Answer:
    """The reader's answer, or the refusal that its judgement calls for."""
    if status is not Status.ANSWERED:
        return refusal(asked, status, found)
    language = asked.question.language
    parts = [(to_script(c.text, language), [(c.passage, c.window.start, c.window.end)]) for c in in_order(reading)]
    return _answered(asked, *from_quotes(parts), found)


def written(asked: Asked, drafts: "Sequence[Draft]", found: Sequence[Evidence]) -> Answer:
    """The answer made of a chat model's verified sentences."""
    parts = [(draft.text, [best_quote(draft.text, passage) for passage in draft.passages]) for draft in drafts]
    return _answered(asked, *from_quotes(parts), found)


def refusal(asked: Asked, status: Status, found: Sequence[Evidence]) -> Answer:
    """A sentence that says so, and near things that the documents do answer."""
    question = asked.question
    matches = tuple(evidence.match for evidence in found)
    near = {Status.NOT_IN_DOCUMENTS: _suggestions, Status.OUT_OF_SCOPE: _examples}
    suggestions = near[status](question.language, found) if status in near else ()
    key = "greeting" if patterns().greeting.search(asked.folded) else str(status)
    return Answer(question, status, message(key, question.language), suggestions=suggestions, matches=matches)


def unusable(question: Question, reason: str, limit: int) -> Answer:
    """The answer to what is no question: empty, too long or without words."""
    language = question.language
    example = message("example_1", language)
    text = message(reason, language, length=len(question.text), limit=limit, example=example)
    return Answer(question, Status.REFUSED, text)


def unavailable(question: Question) -> Answer:
    """The answer when something failed."""
    return Answer(question, Status.UNAVAILABLE, message("unavailable", question.language))


def growing(answer: Answer, finished: Callable[[Answer], Answer]) -> Iterator[Answer]:
    """An answer sentence by sentence, the last one complete."""
    for count in range(1, len(answer.sentences)):
        yield _beginning(answer, count)
    yield finished(answer)


def timed(answer: Answer, seconds: Mapping[str, float]) -> Answer:
    return replace(answer, seconds=dict(seconds))


def with_notice(answer: Answer, key: str) -> Answer:
    """An answer with one more notice before its own."""
    notice = message(key, answer.question.language)
    return replace(answer, notice=f"{notice} {answer.notice}" if answer.notice else notice)


def _answered(
    asked: Asked, sentences: tuple[Sentence, ...], citations: tuple[Citation, ...], found: Sequence[Evidence]
) -> Answer:
    question = asked.question
    return Answer(
        question,
        Status.ANSWERED,
        _joined(sentences, question.language),
        notice=_notice(question.language, citations),
        sentences=sentences,
        citations=citations,
        as_of=max((c.passage.source.published for c in citations), key=last_day, default="") or None,
        matches=tuple(evidence.match for evidence in found),
    )


def _joined(sentences: Sequence[Sentence], language: Language) -> str:
    """Sentences side by side: a space after a Latin end, none after a Chinese one."""
    text = ""
    for sentence in sentences:
        text += (" " if text and text.rstrip(_CLOSING)[-1:].isascii() else "") + sentence.text
    return text


def _beginning(answer: Answer, count: int) -> Answer:
    sentences = answer.sentences[:count]
    used = {number for sentence in sentences for number in sentence.citations}
    citations = tuple(citation for citation in answer.citations if citation.number in used)
    text = _joined(sentences, answer.question.language)
    return replace(answer, sentences=sentences, citations=citations, text=text, notice=None)


def _notice(language: Language, citations: Sequence[Citation]) -> str | None:
    notices = []
    foreign = {
        c.passage.source.language for c in citations if c.passage.source.language.is_chinese != language.is_chinese
    }
    for other in sorted(foreign):
        notices.append(message("other_language", language, language=message(f"language_{other}", language)))
    planned = sorted({c.passage.source.published for c in citations if is_plan(c.quote)})
    for published in planned:
        if published:
            notices.append(message("as_planned", language, date=date_text(published, language)))
    notices.append(_relative_dates(language, citations))
    return " ".join(notice for notice in notices if notice) or None


def _relative_dates(language: Language, citations: Sequence[Citation]) -> str:
    """What `last year` and `today` in the quotes are; where one word is two dates, with the numbers of the sources."""
    first: dict[str, tuple[str, int]] = {}
    for words, date, number in _told_dates(language, citations):
        first.setdefault(date, (words, number))
    counts = Counter(words for words, _ in first.values())
    parts = [
        message("relative_date", language, words=words, source=f" [{number}]" * (counts[words] > 1), date=date)
        for date, (words, number) in first.items()
    ][:MOST_DATES]
    return message("relative_dates", language, dates=_listed(parts, language)) if parts else ""


def _listed(parts: Sequence[str], language: Language) -> str:
    """`a, b and c`"""
    text = parts[0]
    for part in parts[1:]:
        key = "list_last" if part is parts[-1] else "list_next"
        text = message(key, language, before=text, next=part)
    return text


def _told_dates(language: Language, citations: Sequence[Citation]) -> Iterator[tuple[str, str, int]]:
    """(words, the date they mean, the number of the source) of each relative date in a quote."""
    for citation in citations:
        text = citation.passage.text
        for each in resolved(text, citation.passage.source.published):
            if citation.start <= each.start and each.end <= citation.end:
                words = to_script(text[each.start : each.end], language)
                yield words, date_text(each.value, language), citation.number


def _examples(language: Language, found: Sequence[Evidence]) -> tuple[str, ...]:
    return tuple(message(f"example_{number}", language) for number in range(1, MOST_SUGGESTIONS + 1))


def _suggestions(language: Language, found: Sequence[Evidence]) -> tuple[str, ...]:
    """Questions about the sections nearest to what was asked, each of which the documents answer."""
    sections = dict.fromkeys(
        to_script(e.match.passage.section.split(" › ")[-1], language) for e in found if e.match.passage.section
    )
    return tuple(message("suggest", language, section=section) for section in sections)[:MOST_SUGGESTIONS]

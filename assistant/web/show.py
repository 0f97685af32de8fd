"""An Answer as HTML: the message with its citation numbers, and a card for each cited passage.

Everything that comes from outside (questions, documents, models) passes through `_safe`.
Ids are `turn-<turn>-source-<number>`, so a citation is an ordinary link to its card.
"""

from collections.abc import Iterator
from html import escape

from assistant.origin import date_text, origin
from assistant.types import Answer, Citation, Language, Sentence, Status
from prompts import message

LAST_LETTERS = 2


def question(text: str, language: Language) -> str:
    """What was asked, as text, whatever it holds."""
    asked = _safe(message("you_asked", language))
    return f'<h2 class="question" lang="{language}"><span class="unseen">{asked} </span>{_safe(text)}</h2>'


def waiting(language: Language) -> str:
    """Stands where the answer will be."""
    text = _safe(message("waiting", language))
    return f'<article class="turn" lang="{language}" aria-busy="true"><p class="waiting">{text}</p></article>'


def answer(answer: Answer, turn: int, *, partial: bool = False) -> str:
    """The whole message; `partial` while more of it is to come."""
    language, status = answer.question.language, answer.status
    busy = ' aria-busy="true"' if partial else ""
    parts = [_label(answer), _text(answer, turn), _notes(answer)]
    if not partial:
        parts += [_suggestions(answer), _copy(answer)]
    body = f'<div class="answer">{"".join(parts)}</div>'
    return f'<article class="turn {status}" lang="{language}"{busy}>{body}{_sources(answer, turn)}</article>'


def plain(answer: Answer) -> str:
    """The answer and its sources as plain text, to be pasted elsewhere."""
    language = answer.question.language
    quotes = [f"[{c.number}] {c.quote} {origin(c.passage.source, language)}" for c in answer.citations]
    return "\n".join([answer.text, "", message("sources", language), *quotes])


def ask_button(text: str, language: Language) -> str:
    """A question that is asked at a click."""
    return f'<button type="button" class="chip" data-question="{_safe(text)}" lang="{language}">{_safe(text)}</button>'


def _label(answer: Answer) -> str:
    if answer.status is Status.ANSWERED:
        return ""
    return f'<p class="label">{_safe(message(f"status_{answer.status}", answer.question.language))}</p>'


def _text(answer: Answer, turn: int) -> str:
    if not answer.sentences:
        return f'<p class="text">{_safe(answer.text)}</p>'
    titles = {c.number: c.passage.source.title for c in answer.citations}
    links = {n: _link(n, title, turn, answer.question.language) for n, title in titles.items()}
    pieces = (
        _safe(glue) + _linked(sentence.text, [links[n] for n in sentence.citations if n in links])
        for glue, sentence in _glued(answer)
    )
    return f'<p class="text">{"".join(pieces)}</p>'


def _glued(answer: Answer) -> Iterator[tuple[str, Sentence]]:
    """Each sentence with what stands before it in the answer's text: a space, a line break or nothing."""
    end = 0
    for sentence in answer.sentences:
        start = answer.text.find(sentence.text, end)
        glue = answer.text[end:start] if start >= 0 else " "
        end = start + len(sentence.text) if start >= 0 else end
        yield glue, sentence


def _linked(text: str, links: list[str]) -> str:
    """A sentence and its numbers; no line begins with a number, as its last letters stay with them."""
    start, end = text[:-LAST_LETTERS], text[-LAST_LETTERS:]
    return f'{_safe(start)}<span class="end">{_safe(end)}{"".join(links)}</span>'


def _link(number: int, title: str, turn: int, language: Language) -> str:
    label = _safe(message("source_number", language, number=number, title=title))
    return f'<a class="cite" href="#{_card_id(turn, number)}" aria-label="{label}">{number}</a>'


def _notes(answer: Answer) -> str:
    language = answer.question.language
    dated = message("as_of", language, date=date_text(answer.as_of, language)) if answer.as_of else ""
    notes = [f"<span>{_safe(note)}</span>" for note in (answer.notice, dated) if note]
    return f'<p class="notes">{"".join(notes)}</p>' if notes else ""


def _suggestions(answer: Answer) -> str:
    if not answer.suggestions:
        return ""
    language = answer.question.language
    chips = "".join(ask_button(text, language) for text in answer.suggestions)
    heading = _safe(message("suggestions", language))
    return f'<div class="suggestions"><p class="heading">{heading}</p><div class="chips">{chips}</div></div>'


def _copy(answer: Answer) -> str:
    if not answer.citations:
        return ""
    language = answer.question.language
    copy, copied = _safe(message("copy", language)), _safe(message("copied", language))
    text = _safe(plain(answer)).replace("\n", "&#10;")
    return f'<button type="button" class="copy" data-text="{text}" data-done="{copied}">{copy}</button>'


def _sources(answer: Answer, turn: int) -> str:
    if not answer.citations:
        return ""
    language = answer.question.language
    cards = "".join(_card(citation, turn, language) for citation in answer.citations)
    heading = _safe(message("sources", language))
    return (
        f'<aside class="sources" aria-live="off" aria-label="{heading}"><p class="heading">{heading}</p>{cards}</aside>'
    )


def _card(citation: Citation, turn: int, language: Language) -> str:
    passage, source = citation.passage, citation.passage.source
    title = f'<span class="title" lang="{source.language}">{_safe(source.title)}</span>'
    section = f'<p class="section" lang="{source.language}">{_safe(passage.section)}</p>' if passage.section else ""
    return (
        f'<details class="source" id="{_card_id(turn, citation.number)}">'
        f'<summary><span class="number">{citation.number}</span>{title}</summary>'
        f'<p class="origin">{_safe(origin(citation.passage.source, language))}</p>{section}'
        f'<blockquote lang="{source.language}">{_marked(citation)}</blockquote>'
        f"{_original(citation, language)}</details>"
    )


def _marked(citation: Citation) -> str:
    """The passage verbatim with the quote highlighted."""
    text, start, end = citation.passage.text, citation.start, citation.end
    return f"{_safe(text[:start])}<mark>{_safe(text[start:end])}</mark>{_safe(text[end:])}"


def _original(citation: Citation, language: Language) -> str:
    url = citation.passage.source.url
    if not url or not url.startswith(("https://", "http://")):
        return ""
    text = _safe(message("open_original", language))
    return f'<a class="original" href="{_safe(url)}" target="_blank" rel="noopener noreferrer">{text}</a>'


def _card_id(turn: int, number: int) -> str:
    return f"turn-{turn}-source-{number}"


def _safe(text: str) -> str:
    return escape(text, quote=True)

"""Sentences and what supports them → numbered citations; a model's markers such as [1] are read and removed here."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.language import HAN, sentence_spans
from assistant.types import Citation, Passage, Sentence
from assistant.verify import features

Quote = tuple[Passage, int, int]
"""A stretch of a passage: `passage.text[start:end]`."""

WINDOW = 3
"""The most sentences of a passage that one quote takes."""

_WORD = (
    r"(?:\^|#|(?:passages?|sources?|documents?|docs?|refs?|citations?|第|段落|文段|段|來源|来源|資料|资料|文件|引文))"
)
_SEPARATOR = r"(?:[\s,，、;；&]+|\s*(?:[-–—~至]|and|to|和|及)\s*)"
_LIST = rf"\d+(?:{_SEPARATOR}(?:{_WORD}\s*)?\d+)*"
_MARKER = re.compile(
    rf"[\[【［〔]\s*(?:{_WORD}\s*[#:：]?\s*)?(?P<square>{_LIST})\s*段?\s*(?:†[^\]】]*)?[\]】］〕](?:\([^()\s]*\))?"
    rf"|[(（]\s*(?:passages?|sources?|段落|來源|来源|第)\s*(?P<round>{_LIST})\s*段?\s*[)）]",
    re.I,
)
_ITEM = re.compile(r"(\d+)(?:\s*[-–—~至]\s*(\d+))?")

_FIRST_MARK = 0xE000
_MARK = "\ue000-\uf8ff"
_MARKS = re.compile(rf"[ \t]*([{_MARK}](?:[ \t]*[{_MARK}])*)[ \t]*")
_BRACKETED = re.compile(rf"[\[【［〔(（]\s*([{_MARK}\s,，、;；]*)[\]】］〕)）]")
_OWN_LINE = re.compile(rf"\s*\n\s*([{_MARK}][ \t{_MARK}]*)(?=\n|$)")
_BULLET = re.compile(r"(?m)^[ \t]*(?:[-*•·>]|#{1,6}|\d{1,2}[.)、])[ \t]+")
_EMPHASIS = re.compile(r"\*\*|__|`")
_GLUED = re.compile(rf"[{HAN}\u3000-\u303f\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence without its markers, and the numbers that they held."""

    text: str
    numbers: tuple[int, ...] = ()


def from_text(text: str, passages: Sequence[Passage]) -> tuple[tuple[Sentence, ...], tuple[Citation, ...]]:
    """The sentences of a model's text and the citations that its markers, numbers into `passages` from 1, stand for."""
    return from_quotes(
        (sentence.text, [best_quote(sentence.text, passages[number - 1]) for number in sentence.numbers])
        for sentence in marked(text, len(passages))
    )


def from_quotes(parts: Iterable[tuple[str, Sequence[Quote]]]) -> tuple[tuple[Sentence, ...], tuple[Citation, ...]]:
    """Sentences with their quotes, numbered from 1 by first use; equal quotes share a number."""
    sentences: list[Sentence] = []
    citations: dict[tuple[str, int, int], Citation] = {}
    for text, quotes in parts:
        used = []
        for passage, start, end in quotes:
            new = Citation(len(citations) + 1, passage, passage.text[start:end], start, end)
            used.append(citations.setdefault((passage.id, start, end), new).number)
        sentences.append(Sentence(text, tuple(dict.fromkeys(used))))
    return tuple(sentences), tuple(citations.values())


def best_quote(sentence: str, passage: Passage) -> Quote:
    """The one to three sentences in a row that share most with `sentence`; the whole passage where none shares any."""
    spans = sentence_spans(passage.text)
    held = [features(passage.text[start:end]) for start, end in spans]
    spread = Counter(feature for found in held for feature in found)
    wanted = features(sentence)
    scores = {
        (first, last): sum(1 / spread[feature] for feature in wanted & set().union(*held[first : last + 1]))
        - (last - first)
        for first in range(len(spans))
        for last in range(first, min(first + WINDOW, len(spans)))
    }
    first, last = max(scores, key=lambda window: scores[window], default=(0, 0))
    if not scores or scores[first, last] <= 0:
        return passage, 0, len(passage.text)
    return passage, spans[first][0], spans[last][1]


def marked(text: str, count: int) -> list[Marked]:
    """The sentences of a model's text with the numbers of their markers, those from 1 to `count` only.

    A marker after a sentence's end belongs to that sentence; one that opens a line, to the sentence it opens.
    """
    plain, marks = _lift(text, count)
    spans = _whole_sentences(plain)
    held: list[list[int]] = [[] for _ in spans]
    for position, number in marks:
        if spans and number:
            held[_owner(position, plain, spans)].append(number)
    found = [
        Marked(_tidy(plain[a:b]), tuple(dict.fromkeys(numbers))) for (a, b), numbers in zip(spans, held, strict=True)
    ]
    return [sentence for sentence in found if re.search(r"\w", sentence.text)]


def _lift(text: str, count: int) -> tuple[str, list[tuple[int, int]]]:
    """The text without markers and list signs, and each marker's number with the offset where it stood."""
    text = _OWN_LINE.sub(r" \1", _signed(text, count))
    plain, marks, done = "", [], 0
    for match in _MARKS.finditer(text):
        plain += text[done : match.start()]
        marks += [(len(plain), ord(sign) - _FIRST_MARK) for sign in match[1] if not sign.isspace()]
        plain += _glue(plain[-1:], text[match.end() : match.end() + 1])
        done = match.end()
    return plain + text[done:], marks


def _signed(text: str, count: int) -> str:
    """The text with a single private character for each number of a marker, a blank one for unknown numbers."""
    text = re.sub(f"[{_MARK}]", "", text)
    text = _BULLET.sub("", _EMPHASIS.sub("", text))
    text = _MARKER.sub(lambda match: "".join(map(_sign, _numbers(match["square"] or match["round"], count))), text)
    return _BRACKETED.sub(r"\1", text)


def _sign(number: int) -> str:
    return chr(_FIRST_MARK + number)


def _numbers(listed: str, count: int) -> list[int]:
    found: list[int] = []
    for first, last in _ITEM.findall(listed):
        if len(first + last) < 9:
            found += range(max(int(first), 1), min(int(last or first), count) + 1)
    return found or [0]


def _glue(before: str, after: str) -> str:
    """What takes a marker's place: a space where two words would meet."""
    bare = {"", "\n", "(", "["}
    if before in bare or after in {"", "\n"} or after in ".,;:!?)]\"'”’" or _GLUED.match(before) or _GLUED.match(after):
        return ""
    return " "


def _whole_sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a text, where a Chinese semicolon does not end one."""
    spans: list[tuple[int, int]] = []
    for start, end in sentence_spans(text):
        if spans and text[spans[-1][1] - 1] == "；":
            start = spans.pop()[0]
        spans.append((start, end))
    return spans


def _owner(position: int, text: str, spans: Sequence[tuple[int, int]]) -> int:
    opens_line = not text[:position].rpartition("\n")[2].strip()
    index = bisect_left([start for start, _ in spans], position) - (0 if opens_line else 1)
    return min(max(index, 0), len(spans) - 1)


def _tidy(text: str) -> str:
    while _MARKER.search(text):
        text = _MARKER.sub("", text)
    return re.sub(r"\s+", " ", text).strip()

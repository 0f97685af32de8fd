"""Where words begin and end in Chinese: forms of the glossary, names written for their sound, dictionary words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.glossary import Concept, glossary
from assistant.glosses import GlossTable

_MOST_WORDS = 8
_LONGEST_JOINED = 8
_LONGEST_PART = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of Chinese: with `concepts` a form of the glossary, with `is_name` a foreign name, else a word."""

    start: int
    text: str
    concepts: tuple[Concept, ...] = ()
    is_name: bool = False


def pieces(run: str, table: GlossTable) -> list[Piece]:
    """A folded stretch of Chinese characters cut into pieces, in order; together they are the stretch."""
    found: list[Piece] = []
    plain: list[Piece] = []
    for piece in (*concepts_and_words(run), None):
        if piece is not None and not piece.concepts:
            plain.append(piece)
            continue
        found += _names_and_words(plain, table)
        plain = []
        if piece is not None:
            found.append(piece)
    return found


def concepts_and_words(run: str) -> Iterator[Piece]:
    """The stretch cut into the longest forms of the glossary and the segmenter's words between them."""
    words = segment(run)
    at = position = 0
    while at < len(words):
        length, concepts = _longest(words, at)
        text = "".join(words[at : at + length])
        yield Piece(position, text, concepts)
        at, position = at + length, position + len(text)


def segment(text: str) -> list[str]:
    return list(_jieba().cut(text))


def parts_of(word: str, table: GlossTable) -> list[str]:
    """A word that the dictionary lacks, cut into the longest words that it has."""
    parts, at = [], 0
    while at < len(word):
        longest = min(_LONGEST_PART, len(word) - at)
        length = next((n for n in range(longest, 1, -1) if table.look_up(word[at : at + n])), 1)
        parts.append(word[at : at + length])
        at += length
    return parts


def _longest(words: Sequence[str], at: int) -> tuple[int, tuple[Concept, ...]]:
    for length in range(min(_MOST_WORDS, len(words) - at), 0, -1):
        concepts = glossary().chinese.get("".join(words[at : at + length]))
        if concepts:
            return length, concepts
    return 1, ()


def _names_and_words(plain: Sequence[Piece], table: GlossTable) -> Iterator[Piece]:
    """Neighbouring words: those that spell a name together are one, and those that the dictionary has as one."""
    at = 0
    while at < len(plain):
        end = at
        while end < len(plain) and _may_sound(plain[end].text, table):
            end += 1
        name = "".join(piece.text for piece in plain[at:end])
        if len(name) > 1 and (end - at > 1 or not table.look_up(name)):
            yield Piece(plain[at].start, name, is_name=True)
        else:
            end = at + _joined(plain, at, table)
            yield Piece(plain[at].start, "".join(piece.text for piece in plain[at:end]))
        at = end


def _may_sound(word: str, table: GlossTable) -> bool:
    """Whether a word may be, or be part of, a foreign name."""
    if word in glossary().ignore_chinese:
        return False
    gloss = table.look_up(word)
    if len(word) > 1 and gloss:
        return gloss.is_name
    return all(char in table.sounding and char not in glossary().ignore_chinese for char in word)


def _joined(plain: Sequence[Piece], at: int, table: GlossTable) -> int:
    """How many words from here the dictionary has as one."""
    for count in range(min(5, len(plain) - at), 1, -1):
        word = "".join(piece.text for piece in plain[at : at + count])
        if len(word) <= _LONGEST_JOINED and table.look_up(word):
            return count
    return 1


@cache
def _jieba() -> Any:
    import jieba

    jieba.setLogLevel(60)
    tokenizer = jieba.Tokenizer()
    for word in glossary().ignore_chinese | set(glossary().chinese):
        if len(word) > 1:
            tokenizer.add_word(word)
    return tokenizer

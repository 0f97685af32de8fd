"""Scripts and sentences: which language a text is in, folding for comparison, script conversion, sentence spans."""

import re
import unicodedata
from functools import cache

import opencc

from assistant.types import Language

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_HAN = re.compile(f"[{HAN}]")
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z'’.-]*")

_ABBREVIATIONS = frozenset(
    ("mr mrs ms dr prof hon st no nos vs etc e.g i.e u.s u.k u.n dept jr sr fig vol approx inc ltd co").split()  # noqa: SIM905
)
_ENGLISH_END = re.compile(r"[.!?]+[\"'”’)\]]*(?=\s|$)")
_CHINESE_END = re.compile(r"[。！？；]+[」』”’）》]*")
_LAST_WORD = re.compile(r"[A-Za-z.]+\Z")
_LONGEST_WORD = 20
_LINE_END = re.compile(r"\n+")


def detect(text: str, default: Language = Language.TRADITIONAL) -> Language:
    """The language of a text; `default` decides the script of Chinese that is the same in both.

    Chinese when its characters are at least as many as the Latin words: a name or two in Latin
    letters does not make a Chinese question English.
    """
    han = len(_HAN.findall(text))
    if han == 0 or han < len(_LATIN_WORD.findall(text)):
        return Language.ENGLISH
    balance = _balance(text)
    if not balance:
        return default if default.is_chinese else Language.TRADITIONAL
    return Language.TRADITIONAL if balance > 0 else Language.SIMPLIFIED


def chinese_share(text: str) -> float:
    """The share of Chinese characters among all characters that are not white space."""
    visible = re.sub(r"\s", "", text)
    return len(_HAN.findall(visible)) / len(visible) if visible else 0.0


def has_chinese(text: str) -> bool:
    return _HAN.search(text) is not None


def fold(text: str) -> str:
    """A form in which equal words are equal: NFKC, lower case, Simplified characters, plain quotes and dashes."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = text.translate(_PUNCTUATION)
    return str(_converter("hk2s").convert(text)) if _HAN.search(text) else text


def to_script(text: str, language: Language) -> str:
    """The text in the script of `language`; a text that is in it, or has no Chinese characters, stays as it is.

    A Traditional text has characters that the converter takes for Simplified ones: 后海灣, 獲准, 陳祖恒.
    """
    if not language.is_chinese or not _HAN.search(text):
        return text
    if language is Language.SIMPLIFIED:
        return str(_converter("hk2s").convert(text))
    return str(_converter("s2hk").convert(text)) if _balance(text) < 0 else text


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """The sentences of a text as `(start, end)` offsets, in order, without surrounding white space.

    English and Chinese enders, with closing quotes and brackets; a line end ends a sentence too.
    Abbreviations ("Mr.", "No.", "U.S.") and single initials do not.
    """
    ends = {match.end() for match in _CHINESE_END.finditer(text)} | {m.end() for m in _LINE_END.finditer(text)}
    ends |= {match.end() for match in _ENGLISH_END.finditer(text) if not _is_abbreviation(text, match)}
    spans, start = [], 0
    for end in [*sorted(ends), len(text)]:
        piece = text[start:end]
        stripped = piece.strip()
        if stripped:
            first = start + piece.index(stripped)
            spans.append((first, first + len(stripped)))
        start = end
    return spans


def _is_abbreviation(text: str, end: re.Match[str]) -> bool:
    if end.group()[0] != "." or len(end.group().rstrip("\"'”’)]")) > 1:
        return False
    before = _LAST_WORD.search(text, max(0, end.start() - _LONGEST_WORD), end.start())
    if before is None:
        return False
    word = before.group().lower()
    return word in _ABBREVIATIONS or (len(word) == 1 and before.group().isupper())


def _balance(text: str) -> int:
    """How many more characters are Traditional only than Simplified only."""
    return _changed(text, _converter("t2s")) - _changed(text, _converter("s2t"))


def _changed(text: str, converter: opencc.OpenCC) -> int:
    return sum(converter.convert(char) != char for char in _HAN.findall(text))


@cache
def _converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)


_PUNCTUATION = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "「": '"', "」": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-"}
)

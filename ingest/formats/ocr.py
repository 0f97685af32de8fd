"""Pages that are pictures → their text, by the program Tesseract where it is installed."""

import math
import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from statistics import mean
from typing import Any, NamedTuple

import pypdfium2
import pytesseract

from assistant.errors import DocumentError
from assistant.language import HAN
from ingest.formats.flow import joined


class Word(NamedTuple):
    """A word that was recognised; its place is the numbers of its block, paragraph and line, `sure` a percentage."""

    place: tuple[int, int, int]
    text: str
    sure: float


SECONDS = 20.0
"""The time that a page has."""
LANGUAGES = ("eng", "chi_tra", "chi_sim")
"""What is tried on the first page; the one that reads most is taken for all. Two at once lose whole lines."""
INSTALL = (
    "install Tesseract with its English and Chinese data "
    "(Debian's packages tesseract-ocr, tesseract-ocr-chi-tra and tesseract-ocr-chi-sim)"
)
_HAN = re.compile(f"[{HAN}]")
_SPACED = re.compile(f"(?<=[{HAN}]) (?=[0-9])|(?<=[0-9]) (?=[{HAN}])")
_COMMA = re.compile(f"(?<=[{HAN}]) ?, ?(?=[{HAN}])")
_SCALE = 300 / 72
_MOST_PIXELS = 20_000_000
_TELLING = 3000.0
"""The sureness of a page that tells the language of the others: some forty letters."""
_SURE = 40.0
"""Percent; a line of which the program is less sure is dirt on the page."""


def texts(data: bytes, numbers: Sequence[int]) -> Mapping[int, str]:
    """The text of the pages with these numbers; raises DocumentError where Tesseract is not installed."""
    languages = _installed()
    with pypdfium2.PdfDocument(data) as document:
        found: dict[int, str] = {}
        for number in numbers:
            picture = _picture(document[number - 1])
            if _is_blank(picture):
                found[number] = ""
                continue
            read = {language: _words(picture, language) for language in languages}
            language = max(read, key=lambda each: _sureness(read[each]))
            languages = [language] if _sureness(read[language]) > _TELLING else languages
            found[number] = _text(read[language])
    return found


def _installed() -> Sequence[str]:
    try:
        there = set(pytesseract.get_languages())
    except (pytesseract.TesseractNotFoundError, OSError) as error:
        raise DocumentError(INSTALL) from error
    languages = [each for each in LANGUAGES if each in there]
    if not languages:
        raise DocumentError(INSTALL)
    return languages


def _picture(page: pypdfium2.PdfPage) -> Any:
    """As fine as Tesseract likes it, less so where the page is huge."""
    width, height = page.get_size()
    scale = min(_SCALE, math.sqrt(_MOST_PIXELS / max(width * height, 1.0)))
    return page.render(scale=scale, grayscale=True).to_pil()


def _is_blank(picture: Any) -> bool:
    darkest, lightest = picture.getextrema()
    return bool(lightest - darkest < 16)


def _words(picture: Any, language: str) -> list[Word]:
    try:
        told = pytesseract.image_to_data(picture, language, timeout=SECONDS, output_type=pytesseract.Output.DICT)
    except (RuntimeError, pytesseract.TesseractError) as error:
        raise DocumentError(
            f"Tesseract failed ({str(error).splitlines()[0][:200]}); try again, or give a smaller file"
        ) from error
    places = zip(told["block_num"], told["par_num"], told["line_num"], strict=True)
    words = [
        Word(*word)
        for word in zip(places, map(str, told["text"]), map(float, told["conf"]), strict=True)
        if word[1].strip()
    ]
    lines = (list(line) for _, line in groupby(words, key=attrgetter("place")))
    return [word for line in lines if mean(word.sure for word in line) >= _SURE for word in line]


def _sureness(words: Sequence[Word]) -> float:
    """How much was read, and how surely; a Chinese character is as wide as two letters."""
    return sum(word.sure * (len(word.text) + len(_HAN.findall(word.text))) for word in words)


def _text(words: Sequence[Word]) -> str:
    """By paragraphs. In Chinese text the program puts spaces around every number, and Western commas."""
    paragraphs = (joined(word.text for word in part) for _, part in groupby(words, key=lambda word: word.place[:2]))
    return "\n\n".join(_SPACED.sub("", _COMMA.sub("，", paragraph)) for paragraph in paragraphs)

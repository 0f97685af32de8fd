"""Bytes → text: UTF-8 where they are that, else what reads most like English or Chinese among the usual encodings."""

import codecs
from functools import cache

from assistant.errors import DocumentError

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_CANDIDATES = ("big5hkscs", "gb18030", "cp1252", "utf-16-le", "utf-16-be")
_ENOUGH = 0.7
"""The score that a text has at least; noise has 0.1 to 0.4."""
_SAMPLE = 20_000
_FREQUENT = frozenset(
    "的一是在不了有和人這这中大為为上個个國国我以要他時时來来用們们生到作地於于出就分對对成會会可主發发年動动同工也能下過过子說说"
    "產产種种面而方後后多定行學学法所民得經经十三之進进着等部度家電电力裡里如水化高自二理起小物現现實实加量都兩两體体制機机當当"
    "使點点從从業业本去把性好應应開开它合還还因由其些然前外天政四日那社義义事平形相全表間间樣样與与關关各重新線线內内數数正心反"
    "你明看原又麼么利比或但質质氣气第向道命此變变條条只沒没結结解問问意建月公無无系軍军很情者最立代想已通並并提直題题黨党程展"
    "五果料象員员革位入常文總总次品式活設设及管特件長长求老頭头基資资邊边流路級级少圖图山統统接知較较將将組组見见計计別别她手"
    "角期根論论運运農农指幾几九區区強强放決决西被幹干做必戰战先回則则任取據据處处府研市局署港嘅咗喺啲嘢哋唔係嚟睇交參参加培訓训務务計计劃划首批"
)
_PUNCTUATION = frozenset("，。、；：？！「」『』（）《》〈〉【】“”‘’—–…·•　〇－／％\n\t\r")


def decoded(data: bytes) -> str:
    """The text that the bytes are; raises DocumentError, about no file in particular, where they are none."""
    encoding = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        return _without_nul(data.decode(encoding))
    except UnicodeError as error:
        byte = error.start if isinstance(error, UnicodeDecodeError) else data.find(b"\0")
    try:
        return _without_nul(data.decode(_guessed(data)))
    except UnicodeError as error:
        raise DocumentError(
            f"the file is not in UTF-8 (byte {byte} does not fit), nor in another encoding of English or Chinese; "
            "save it as UTF-8"
        ) from error


def _without_nul(text: str) -> str:
    """The text itself: one with a NUL in it is no text, or was taken for another encoding than it has."""
    if "\0" in text:
        raise UnicodeError
    return text


def _guessed(data: bytes) -> str:
    scores = {encoding: _score(data[:_SAMPLE], encoding) for encoding in _CANDIDATES}
    best = max(scores, key=lambda encoding: scores[encoding])
    if scores[best] < _ENOUGH:
        raise UnicodeError
    return best


def _score(sample: bytes, encoding: str) -> float:
    """How much the bytes read like a text in this encoding: 0 where they cannot be, 1 where all is usual."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        text = decoder.decode(sample, len(sample) < _SAMPLE)
    except UnicodeDecodeError:
        return 0.0
    beyond = [char for char in text if not (" " <= char <= "~" or char in "\n\t\r\f")]
    if not beyond:
        return float(bool(text))
    if encoding == "cp1252" and 3 * len(beyond) > len(text):
        return 0.0
    return sum(map(_usual, beyond)) / len(beyond)


def _usual(char: str) -> float:
    if char in _FREQUENT or char in _PUNCTUATION:
        return 1.0
    if char in _common():
        return 0.9
    if "\uff01" <= char <= "\uff5e" or "\u2010" <= char <= "\u203a" or char in "£©®°«»½€™" or "à" <= char <= "ÿ":
        return 0.8
    return 0.3 if "\u4e00" <= char <= "\u9fff" else 0.0


@cache
def _common() -> frozenset[str]:
    """The characters in daily use: the first levels of GB 2312 and of Big5, which are ordered by use."""
    simplified = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    trailing = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    traditional = (bytes((row, cell)) for row in range(0xA4, 0xC7) for cell in trailing)
    pairs = ((simplified, "gb2312"), (traditional, "big5"))
    return frozenset(char for codes, name in pairs for code in codes for char in code.decode(name, "ignore"))

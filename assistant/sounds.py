"""How names sound: foreign names written in Chinese characters and their Latin spellings meet in a rough sound.

A sound is a string of consonant classes (P for b and p, K for g, k and hard c, …), vowels left out, in the manner of
Soundex and Metaphone: 杰克逊维尔 and Jacksonville are both JKSNWL.
"""

import re
from collections.abc import Sequence

SHORTEST = 2
"""A shorter sound tells nothing."""
_LEAST_ALIKE = 75
_LEAST_TOGETHER = 60
_MOST = 4
_INITIALS = {
    "b": "P", "p": "P", "m": "M", "f": "F", "d": "T", "t": "T", "n": "N", "l": "L", "r": "L", "g": "K", "k": "K",
    "h": "H", "j": "J", "q": "J", "zh": "J", "ch": "J", "x": "S", "s": "S", "z": "S", "c": "S", "sh": "S", "w": "W",
}  # fmt: skip
_INITIAL = re.compile("zh|ch|sh|[bpmfdtnlgkhjqxrzcsw]")
_GROUPS = (
    ("tch", "J"), ("sch", "S"), ("sh", "S"), ("ch", "J"), ("ph", "F"), ("th", "S"), ("ck", "K"), ("qu", "K"),
    ("gh", "K"), ("x", "KS"), ("kn", "N"), ("wr", "L"),
)  # fmt: skip
_LETTERS = {
    "b": "P", "p": "P", "f": "F", "d": "T", "t": "T", "l": "L", "r": "L", "k": "K", "q": "K", "j": "J", "s": "S",
    "z": "S", "v": "W", "w": "W", "n": "N",
}  # fmt: skip
_VOWELS = "aeiouy"


def sound_of_chinese(word: str) -> str:
    """The sound of a name in Chinese characters, by its pinyin."""
    sound = ""
    for syllable in syllables(word):
        initial = _INITIAL.match(syllable)
        sound += "L" if syllable == "er" else _INITIALS[initial.group()] if initial else ""
        sound += "N" if syllable.endswith(("n", "ng")) else ""
    return _once(sound)


def sound_of_english(word: str) -> str:
    """The sound of a name in small Latin letters."""
    sound, at = "", 0
    while at < len(word):
        letters, classes = next(((g, c) for g, c in _GROUPS if word.startswith(g, at)), (word[at], ""))
        sound += classes or _letter(word, at)
        at += len(letters)
    return _once(sound)


def syllables(word: str) -> list[str]:
    """The pinyin of a word, without tones."""
    from pypinyin import lazy_pinyin

    return list(lazy_pinyin(word))


def most_alike(name: str, sounds: Sequence[str], spellings: Sequence[str]) -> list[tuple[int, float]]:
    """Which of some names a name may be, as (position, likeness 0 to 1), best first.

    `sounds` are those of the names to choose from, `spellings` their letters or pinyin.
    """
    from rapidfuzz import fuzz, process

    sound, letters = (sound_of_english(name), name) if name.isascii() else (sound_of_chinese(name), pinyin_of(name))
    if len(sound) < SHORTEST:
        return []
    least = 100 if len(sound) == SHORTEST else _LEAST_ALIKE
    near = process.extract(sound, sounds, scorer=fuzz.ratio, score_cutoff=least, limit=5 * _MOST)
    scored = [(at, 0.7 * alike + 0.3 * fuzz.ratio(letters, spellings[at])) for _, alike, at in near]
    best = sorted((pair for pair in scored if pair[1] >= _LEAST_TOGETHER), key=lambda pair: -pair[1])
    return [(at, alike / 100) for at, alike in best[:_MOST]]


def pinyin_of(word: str) -> str:
    return "".join(syllables(word))


def _letter(word: str, at: int) -> str:
    letter, after = word[at], word[at + 1 : at + 2]
    if letter in "cg":
        soft = after != "" and after in "eiy"
        return ("S" if letter == "c" else "J") if soft else "K"
    if letter == "m":
        return "M" if at == 0 or (after != "" and after in _VOWELS) else "N"
    if letter == "h":
        return "" if at else "H"
    return _LETTERS.get(letter, "")


def _once(sound: str) -> str:
    """Doubled consonants count once."""
    return re.sub(r"(.)\1+", r"\1", sound)

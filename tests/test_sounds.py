"""How names sound: Chinese characters and Latin letters meet in a rough sound."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.sounds import SHORTEST, most_alike, pinyin_of, sound_of_chinese, sound_of_english, syllables

NAMES = {
    "jacksonville": "杰克逊维尔",
    "newcastle": "纽卡斯尔",
    "manchester": "曼彻斯特",
    "bristol": "布里斯托尔",
    "stockholm": "斯德哥尔摩",
    "wilson": "威尔逊",
    "frederick": "弗雷德里克",
    "salamanca": "萨拉曼卡",
    "anderson": "安德森",
    "nottingham": "诺丁汉",
    "catherine": "凯瑟琳",
    "helsinki": "赫尔辛基",
}
"""Names that sound unlike each other, and how they are written in Chinese."""

LATIN, CHINESE = list(NAMES), list(NAMES.values())
CLASSES = re.compile("[PMFTNLKHJSW]*")


@pytest.mark.parametrize(
    ("word", "sound"),
    [
        ("杰克逊维尔", "JKSNWL"),
        ("布里斯托尔", "PLSTL"),
        ("曼彻斯特", "MNJST"),
        ("爱丁堡", "TNP"),
        ("尔", "L"),
        ("安", "N"),
        ("奥", ""),
        ("", ""),
    ],
)
def test_characters_sound_like_their_pinyin(word: str, sound: str) -> None:
    assert sound_of_chinese(word) == sound


@pytest.mark.parametrize(
    ("word", "sound"),
    [
        ("jacksonville", "JKSNWL"),
        ("bristol", "PLSTL"),
        ("cecil", "SL"),
        ("carol", "KLL"),
        ("george", "JLJ"),
        ("gordon", "KLTN"),
        ("philippa", "FLP"),
        ("knight", "NKT"),
        ("wright", "LKT"),
        ("schmidt", "SMT"),
        ("mcdonald", "MKTNLT"),
        ("quentin", "KNTN"),
        ("alexander", "LKSNTL"),
        ("hannah", "HN"),
        ("ada", "T"),
        ("io", ""),
        ("", ""),
    ],
)
def test_letters_sound_as_english_has_them(word: str, sound: str) -> None:
    assert sound_of_english(word) == sound.replace("LL", "L")


@pytest.mark.parametrize(
    ("one", "other"),
    [("philip", "filip"), ("mckenna", "makenna"), ("catherine", "katherine"), ("jackson", "jaxon"), ("anna", "ana")],
)
def test_spellings_of_one_sound_are_one(one: str, other: str) -> None:
    assert sound_of_english(one) == sound_of_english(other)


@pytest.mark.parametrize(("latin", "chinese"), NAMES.items(), ids=NAMES)
def test_each_script_finds_the_name_in_the_other(latin: str, chinese: str) -> None:
    sounds, spellings = [sound_of_english(name) for name in LATIN], LATIN
    (first, *_) = most_alike(chinese, sounds, spellings)
    assert LATIN[first[0]] == latin
    sounds, spellings = [sound_of_chinese(name) for name in CHINESE], [pinyin_of(name) for name in CHINESE]
    (first, *_) = most_alike(latin, sounds, spellings)
    assert CHINESE[first[0]] == chinese


@pytest.mark.parametrize("name", ["zorg", "深圳", "王小明", "图书馆", "quixotic", "umbrella"])
def test_what_sounds_like_none_of_them_is_none_of_them(name: str) -> None:
    assert most_alike(name, [sound_of_english(each) for each in LATIN], LATIN) == []


@pytest.mark.parametrize("name", ["", "a", "io", "李", "奥"])
def test_a_short_sound_tells_nothing(name: str) -> None:
    sound = sound_of_english(name) if name.isascii() else sound_of_chinese(name)
    assert len(sound) < SHORTEST
    assert most_alike(name, [sound], [name]) == []


def test_a_sound_of_two_must_be_the_same() -> None:
    assert most_alike("oslo", ["SL", "SN", "SLN"], ["aosilu", "aosinu", "aosilun"])[0][0] == 0
    assert len(most_alike("oslo", ["SN", "SLN"], ["aosinu", "aosilun"])) == 0


@pytest.mark.parametrize(
    ("word", "spoken"), [("杰克", ["jie", "ke"]), ("", []), ("吕", ["lv"]), ("重庆", ["chong", "qing"])]
)
def test_syllables_have_no_tones(word: str, spoken: list[str]) -> None:
    assert syllables(word) == spoken
    assert pinyin_of(word) == "".join(spoken)


@given(st.text(max_size=20) | st.text(alphabet="杰克逊维尔斯特 abcghkmqxwv", max_size=20))
def test_any_text_has_a_sound_of_single_consonants(text: str) -> None:
    for sound in (sound_of_chinese(text), sound_of_english(text)):
        assert CLASSES.fullmatch(sound)
        assert not re.search(r"(.)\1", sound)


@given(
    st.text(max_size=12), st.lists(st.text(alphabet="abcdefghiklmnopqrstuvwxyz", min_size=1, max_size=12), max_size=8)
)
def test_likeness_is_a_share_and_the_best_comes_first(name: str, others: list[str]) -> None:
    found = most_alike(name, [sound_of_english(other) for other in others], others)
    shares = [alike for _, alike in found]
    assert shares == sorted(shares, reverse=True) and all(0 < alike <= 1 for alike in shares)
    assert len({at for at, _ in found}) == len(found) <= 4

"""Scripts, folding and sentence ends."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language import chinese_share, detect, fold, has_chinese, sentence_spans, to_script
from assistant.types import Language

EN, HANT, HANS = Language.ENGLISH, Language.TRADITIONAL, Language.SIMPLIFIED
CHINESE = st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How many civil servants were in the first batch?", EN),
        ("2024?", EN),
        ("", EN),
        ("Привет", EN),
        ("Where did Cheng Buyi 程步一 work?", EN),
        ("首批有多少名公務員？", HANT),
        ("首批有多少名公务员？", HANS),
        ("佢哋喺深圳做咗幾耐？", HANT),
        ("他们在深圳待了多久？", HANS),
        ("Terence Wang 係邊個？", HANT),
        ("Terence Wang 是谁？", HANS),
        ("CSB 同 GBA 係咩嚟？", HANT),
        ("Cryus Chow在深圳的職責是什麼", HANT),
    ],
)
def test_the_language_is_that_of_the_question(text: str, language: Language) -> None:
    assert detect(text) is language


@pytest.mark.parametrize(("default", "language"), [(HANT, HANT), (HANS, HANS), (EN, HANT)])
def test_characters_that_are_the_same_in_both_scripts_take_the_default(default: Language, language: Language) -> None:
    assert detect("中文", default) is language


@pytest.mark.parametrize(
    ("text", "share"), [("", 0), ("  ", 0), ("abc", 0), ("中文", 1), ("中 文 a b", 0.5), ("中。", 0.5)]
)
def test_the_share_of_chinese_leaves_blanks_out(text: str, share: float) -> None:
    assert chinese_share(text) == share
    assert has_chinese(text) is (share > 0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Shenzhen", "ＳＨＥＮＺＨＥＮ"),
        ("公務員事務局", "公务员事务局"),
        ("甯漢豪", "甯汉豪"),
        ("裏面", "里面"),
        ("衞生", "衛生"),
        ("啟動", "啓動"),
        ("“GBA”", '"GBA"'),
        ("「一區兩園」", "“一区两园”"),
        ("Hong Kong–Shenzhen", "Hong Kong-Shenzhen"),
        ("the ‘Loop’", "the 'loop'"),
        ("１０名", "10名"),
    ],
)
def test_equal_words_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("深圳", "香港"), ("10", "1"), ("局長", "局"), ("cat", "cats")])
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(CHINESE)
def test_both_scripts_of_a_text_fold_to_the_same_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "language", "converted"),
    [
        ("公務員交流計劃", HANS, "公务员交流计划"),
        ("公务员交流计划", HANT, "公務員交流計劃"),
        ("公務員交流計劃", HANT, "公務員交流計劃"),
        ("Cryus Chow在前海", HANT, "Cryus Chow在前海"),
        ("plain English", HANS, "plain English"),
        ("公務員", EN, "公務員"),
        ("曾國衞", HANS, "曾国卫"),
        ("内地", HANT, "內地"),
        ("米埔內后海灣", HANT, "米埔內后海灣"),
        ("獲准執業，了解陳祖恒議員的說話", HANT, "獲准執業，了解陳祖恒議員的說話"),
    ],
)
def test_texts_are_put_into_the_askers_script(text: str, language: Language, converted: str) -> None:
    assert to_script(text, language) == converted


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        (" \n ", []),
        ("One. Two.", ["One.", "Two."]),
        ("Mr. Chow and Dr. Choi came. They spoke.", ["Mr. Chow and Dr. Choi came.", "They spoke."]),
        ("No. 7 it is! Is it?", ["No. 7 it is!", "Is it?"]),
        ("It grew by 3.5 per cent. Good.", ["It grew by 3.5 per cent.", "Good."]),
        ("Mr. J. B. Lee spoke.", ["Mr. J. B. Lee spoke."]),
        ("U.S. officers came. They left.", ["U.S. officers came.", "They left."]),
        ("“Come.” They came.", ["“Come.”", "They came."]),
        ("First line\nSecond line", ["First line", "Second line"]),
        ("他說：「好。」然後走了。", ["他說：「好。」", "然後走了。"]),
        ("一。二！三？四；五", ["一。", "二！", "三？", "四；", "五"]),
        ("共10名。Ten in all.", ["共10名。", "Ten in all."]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences


@given(st.text(alphabet=st.sampled_from("ab .!?\n。！；」”)中文1Mr"), max_size=60))
def test_sentences_hold_the_whole_text_in_order(text: str) -> None:
    spans = sentence_spans(text)
    assert all(start < end and text[start:end] == text[start:end].strip() for start, end in spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans)), "spans overlap"
    assert "".join("".join(text[start:end] for start, end in spans).split()) == "".join(text.split())


@given(st.text(max_size=80))
def test_any_text_can_be_looked_at(text: str) -> None:
    assert detect(text) in Language
    assert 0 <= chinese_share(text) <= 1
    assert has_chinese(text) is any(has_chinese(char) for char in text)
    assert sentence_spans(text) == [] or text.strip()


def test_the_range_of_chinese_characters_has_the_rare_ones() -> None:
    assert has_chinese("㗎") and has_chinese("鿿") and not has_chinese("。「あ")

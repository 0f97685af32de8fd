"""Matching: what states a fact, and what only looks like it."""

import pytest

from evaluation.match import states


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("It was held on **March 8**.", "march 8"),
        ("共有 10 名 公務員", "10名公務員"),
        ("more than 10 000 enterprises", "10,000"),
        ("more than 10,000 enterprises", "10000"),
        ("on 18 Dec. 2023", "18 Dec 2023"),
        ("the “Chic HK” event", '"chic hk"'),
        ("2023–24", "2023-24"),
        ("Ｈｏｎｇ　Ｋｏｎｇ", "hong kong"),
    ],
)
def test_the_literal_rule_looks_past_typography(text: str, form: str) -> None:
    assert states(text, (form,))


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("ten officers", "10 officers"),
        ("8 March", "March 8"),
        ("環境", "环境"),
        ("10 0000", "100000"),
        ("2023 100", "2023100"),
        ("anything", ""),
    ],
)
def test_the_literal_rule_looks_past_nothing_else(text: str, form: str) -> None:
    assert not states(text, (form,))


def test_any_form_of_a_list_will_do() -> None:
    assert states("在深圳", ("Shenzhen", "深圳"))


@pytest.mark.parametrize("fact", ["10", "ten", "十", "１０"])
@pytest.mark.parametrize("text", ["10 officers", "Ten officers", "十名公務員", "共１０人", "有10名", "total: 10."])
def test_a_number_is_the_same_however_written(text: str, fact: str) -> None:
    assert states(text, fact)


@pytest.mark.parametrize("fact", ["10,000", "10 000", "10000", "ten thousand", "1萬", "一万", "1万"])
@pytest.mark.parametrize("text", ["over 10 000 firms", "10,000", "ten thousand firms", "一萬間", "1万家", "萬間企業"])
def test_a_large_number_is_the_same_however_written(text: str, fact: str) -> None:
    assert states(text, fact)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("$10 billion", "100億"),
        ("一百億元", "10bn"),
        ("a hundred and five", "一百零五"),
        ("1.5 million", "150萬"),
        ("two million three hundred thousand", "2 300 000"),
        ("the 14th Five-Year Plan", "fourteenth"),
        ("the twenty-first", "21st"),
        ("第三期", "3rd | 第3"),
        ("百分之二十", "20 per cent"),
        ("20%", "twenty percent"),
        ("a three-month exchange", "three month | 三個月"),
        ("三个月", "three month | 三個月"),
        ("No. 7", "7"),
    ],
)
def test_numbers_of_every_kind(text: str, fact: str) -> None:
    assert states(text, fact)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("on 10 March 2024", "10"),
        ("on March 10, 2024", "10"),
        ("十月三日", "10"),
        ("3月10日", "10"),
        ("2024-03-10", "10"),
        ("18–20 December", "18"),
        ("December 18 to 20", "20"),
        ("12月18日至20日", "20"),
        ("in 2010", "10"),
        ("10,000 firms", "10"),
        ("10 billion", "10"),
        ("一百一十人", "十"),
        ("10.5", "10"),
        ("110", "10"),
        ("the tenth meeting", "10"),
        ("兩地合作十分密切", "10 | 2"),
        ("often", "ten"),
        ("星期三", "3"),
        ("2023", "2 | 23 | 202"),
        ("LCQ7", "7"),
    ],
)
def test_a_bare_number_is_not_in_a_date_nor_in_a_larger_number(text: str, fact: str) -> None:
    assert not states(text, fact)


DATE_WRITINGS = [
    "8 March 2024", "March 8, 2024", "8th of March 2024", "Mar. 8, 2024", "March 8th, 2024", "2024-03-08",
    "2024年3月8日", "2024年 3 月 8 號", "二〇二四年三月八日", "二零二四年三月八号", "eighth of March, 2024", "8/3/2024",
]  # fmt: skip


@pytest.mark.parametrize("fact", DATE_WRITINGS)
@pytest.mark.parametrize("text", DATE_WRITINGS)
def test_a_date_is_the_same_in_every_order_and_language(text: str, fact: str) -> None:
    assert states(f"It was on Friday, the {text}.", fact)
    assert states(f"會議於{text}舉行。", fact)


@pytest.mark.parametrize(
    ("text", "fact", "holds"),
    [
        ("on 8 March", "8 March 2024", False),
        ("on 8 March 2023", "8 March 2024", False),
        ("on 8 March 2023", "8 March", True),
        ("on 18 March 2024", "8 March", False),
        ("in March 2024", "8 March", False),
        ("2023年9月", "September 2023", True),
        ("Sept. 2023", "2023年9月", True),
        ("on 8 September 2023", "September 2023", True),
        ("September 2024", "September 2023", False),
        ("in September 2023", "2023", True),
        ("since 2002", "2002年", True),
        ("二〇〇二年起", "2002", True),
        ("2005年至2013年", "2005", True),
        ("2005–2013", "2013", True),
        ("三月開放申請", "March", True),
        ("為期三個月", "March", False),
        ("It may be so", "May", False),
        ("in May this year", "5月", True),
        ("18–20 December", "18 December", True),
        ("12月18日至20日", "20 December", True),
        ("march on the 8", "8 March", False),
    ],
)
def test_a_date_agrees_as_far_as_it_goes(text: str, fact: str, holds: bool) -> None:
    assert states(text, fact) is holds


@pytest.mark.parametrize(
    ("text", "fact", "holds"),
    [
        ("深圳市交通運輸局", "交通运输局", True),
        ("曾国卫", "曾國衞", True),
        ("HONG KONG", "Hong Kong", True),
        ("Hong Kong/Shenzhen Cooperation", "co-operation", True),
        ("start up", "start-up | startup", True),
        ("香港時尚", "香港·時尚", True),
        ("innovation & technology", "innovation and tech", True),
        ("engineering", "engineer", True),
        ("Chancellor", "Cha", False),
        ("mechanical", "Chan", False),
        ("unlike", "Li Ke", False),
        ("It was so.", "I&T", False),
        ("Futian **District**", "Futian District", True),
        ("no fact at all", "—", False),
        ("return array.sort()", "array.sort", True),
        ("its functions", "function(", False),
        ("f = function(x)", "function(", True),
    ],
)
def test_words_match_from_their_start_in_either_script(text: str, fact: str, holds: bool) -> None:
    assert states(text, fact) is holds


def test_any_alternative_will_do() -> None:
    assert states("in the north", "south | north")
    assert not states("in the north", "south | east")

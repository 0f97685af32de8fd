"""Numbers and dates, however they are written."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language import fold
from assistant.numbers import agrees, han_value, numbers

DATES = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def values(text: str) -> list[str]:
    return [number.value for number in numbers(fold(text))]


@pytest.mark.parametrize(
    ("writings", "value"),
    [
        (["10 officers", "ten officers", "10名公務員", "十名公务员", "共十人", "１０名"], "10"),
        (["21", "twenty-one", "二十一名"], "21"),
        (["two of them", "2 of them", "兩個", "两个", "二個"], "2"),
        (["10,000 firms", "10 000", "10000", "一萬家", "1萬家", "ten thousand"], "10000"),
        (["$10 billion", "100億元", "10bn", "一百亿"], "10000000000"),
        (["3.5 km"], "3.5"),
        (["205名律師", "二百零五名"], "205"),
        (["17 young officers", "seventeen", "十七名"], "17"),
        (["20%", "20 per cent"], "20"),
    ],
)
def test_a_number_has_one_value(writings: list[str], value: str) -> None:
    assert {text: value in values(text) for text in writings} == dict.fromkeys(writings, True)


@pytest.mark.parametrize(
    ("writings", "value"),
    [
        (
            ["8 March 2024", "March 8, 2024", "8th of March 2024", "2024年3月8日", "2024-03-08", "二〇二四年三月八日",
             "Mar 8, 2024", "2024 年 3 月 8 號"],
            "2024-03-08",
        ),
        (["8 March", "March 8th", "3月8日", "三月八號"], "-----03-08"),
        (["March 2024", "2024年3月", "2024-03", "mid-March 2024", "二零二四年三月"], "2024-03---"),
        (["in 2002", "2002年", "since 2002", "二〇〇二年"], "2002------"),
        (["十二月", "12月"], "-----12---"),
        (["十二月十八日", "18 December", "Dec 18"], "-----12-18"),
    ],
)  # fmt: skip
def test_a_date_has_one_value(writings: list[str], value: str) -> None:
    assert {text: value in values(text) for text in writings} == dict.fromkeys(writings, True)
    assert all(numbers(fold(text))[0].is_date for text in writings)


@pytest.mark.parametrize(
    "text",
    ["程步一", "統一", "一直", "they may come", "half", "", "second-hand", "萬事", "tend", "weight", "someone"],
)
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10 officers for 3 months from 18 December 2023", ["10", "3", "2023-12-18"]),
        ("首批10名公務員於2023年12月到深圳交流三個月", ["10", "2023-12---", "3"]),
        ("March 10,000 people", ["10000"]),
        ("2023-24", ["2023------", "24"]),
        ("32 March and 40 May", ["32", "40"]),
        ("13月", ["13"]),
        ("first in 2002, then 2005 to 2013", ["2002------", "2005------", "2013------"]),
    ],
)
def test_numbers_stand_in_order_and_once(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("二十一", 21),
        ("一百二十", 120),
        ("三百零五", 305),
        ("兩千", 2000),
        ("一千零一", 1001),
        ("二〇二三", 2023),
        ("十万", 100_000),
        ("三千五百萬", 35_000_000),
        ("十二亿三千万", 1_230_000_000),
        ("一億", 100_000_000),
        ("零", 0),
        ("公務員", None),
        ("3", None),
    ],
)
def test_chinese_numerals(text: str, value: int | None) -> None:
    assert han_value(text) == value


@pytest.mark.parametrize(
    ("asked", "given", "same"),
    [
        ("2024-03-08", "2024-03-08", True),
        ("2024-03-08", "2024-03---", True),
        ("2024------", "2024-03-08", True),
        ("-----03-08", "2024-03-08", True),
        ("2023-12-18", "2024-03-08", False),
        ("2023------", "2024-03-08", False),
        ("-----03-08", "2024-03-09", False),
        ("2024-04---", "2024-03-08", False),
    ],
)
def test_dates_agree_where_neither_says_otherwise(asked: str, given: str, same: bool) -> None:
    assert agrees(asked, given) is same
    assert agrees(given, asked) is same


@given(DATES)
def test_every_way_of_writing_a_day_is_that_day(day: date) -> None:
    ways = [f"{day:%Y-%m-%d}", f"{day.day} {day:%B} {day.year}", f"{day:%B} {day.day}, {day.year}"]
    ways.append(f"{day.year}年{day.month}月{day.day}日")
    assert {way: values(f"on {way}.") for way in ways} == {way: [day.isoformat()] for way in ways}


@given(st.integers(2, 999_999).filter(lambda n: not 1900 <= n <= 2099))
def test_digits_are_read_with_and_without_separators(number: int) -> None:
    ways = [f"{number} people", f"{number:,} people", f"共{number}人", f"{number:,}".replace(",", " ") + "個"]
    assert {way: values(way) for way in ways} == {way: [str(number)] for way in ways}


@given(st.text(max_size=80) | st.text(alphabet="0123456789 ,.-年月日十百千万亿一二三〇march may th", max_size=40))
def test_any_text_has_its_numbers_in_place(text: str) -> None:
    folded = fold(text)
    found = numbers(folded)
    assert all(0 <= number.start < number.end <= len(folded) for number in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found)), "numbers overlap"
    assert all(len(number.value) == 10 for number in found if number.is_date)

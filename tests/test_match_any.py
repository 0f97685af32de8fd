"""Matching: what holds of any number, any date and any text."""

import re
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation import dates, numbers
from evaluation.match import canonical, literal, states

NUMERALS = "零一二三四五六七八九"

unhurried = settings(deadline=None)  # the first use loads the dictionary of Chinese scripts


@unhurried
@given(st.integers(1, 99_999_999))
def test_every_writing_of_a_number_reads_as_its_value(value: int) -> None:
    writings = [str(value), f"{value:,}", f"{value:,}".replace(",", " "), chinese(value), english(value)]
    assert {numbers.in_digits(writing) for writing in writings} == {str(value)}


@unhurried
@given(st.integers(1, 9999), st.integers(1, 9999))
def test_a_bare_number_finds_itself_alone(asked: int, told: int) -> None:
    assert states(f"There were {told} of them.", str(asked)) is (asked == told)


@unhurried
@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_writing_of_a_date_reads_as_its_day(day: date) -> None:
    writings = [f"{day:%d %B %Y}", f"{day:%B %d, %Y}", f"{day:%Y-%m-%d}", f"{day.year}年{day.month}月{day.day}日"]
    assert {canonical(writing) for writing in writings} == {f"⟦y{day.year}m{day.month}d{day.day}⟧"}


@unhurried
@given(st.text(st.sampled_from("aB1 ,*_–“深圳時10Dec.\n　"), max_size=30))
def test_a_literal_form_is_stable(text: str) -> None:
    assert literal(literal(text)) == literal(text)


@unhurried
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_can_be_matched(text: str, fact: str) -> None:
    assert isinstance(states(text, fact), bool)
    assert isinstance(states(text, (fact,)), bool)


@unhurried
@given(st.sampled_from(["10", "Shenzhen", "深圳", "8 March", "三個月", "Kwok-ki"]), st.sampled_from("，。, .（(\n「"))
def test_a_fact_is_found_between_any_signs(fact: str, sign: str) -> None:
    assert states(f"答案{sign}{fact}{sign}如此", fact)


def test_a_mark_in_the_text_is_no_number() -> None:
    assert not states("⟦y2024m3d8⟧", "8 March 2024")


def test_what_a_date_leaves_open_may_be_anything() -> None:
    assert re.fullmatch(dates.any_writing("⟦y0m10d0⟧"), "⟦y2024m10d3⟧")


UNDER_TWENTY = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def english(value: int) -> str:
    for size, name in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if value >= size:
            rest = f" {english(value % size)}" if value % size else ""
            return f"{english(value // size)} {name}{rest}"
    if value < 20:
        return UNDER_TWENTY[value]
    tens = TENS[value // 10 - 2]
    return f"{tens}-{UNDER_TWENTY[value % 10]}" if value % 10 else tens


def chinese(value: int) -> str:
    for size, name in ((10_000, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if value >= size:
            rest = value % size
            zero = "零" if 0 < rest < size // 10 else ""
            return chinese(value // size) + name + zero + (chinese(rest) if rest else "")
    return NUMERALS[value]

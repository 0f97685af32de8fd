"""Relative dates become the dates they are, in three scripts; what is not sure is left alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.language import fold
from assistant.numbers import agrees
from assistant.publication import publication
from assistant.relative import resolved, with_dates

DAY = "2024-03-08"


def found(text: str, published: str = DAY) -> dict[str, str]:
    return {text[each.start : each.end]: each.value for each in resolved(text, published)}


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        # years
        ("It closed last year and opens this year or next year.", "2024", {"last year": "2023", "this year": "2024", "next year": "2025"}),
        ("It opened earlier this year.", "2024", {"this year": "2024"}),
        ("It opened in September last year.", "2024", {"September last year": "2023-09"}),
        ("It opened on February 6 this year.", "2024", {"February 6 this year": "2024-02-06"}),
        ("It opened on 6 February this year.", "2024", {"6 February this year": "2024-02-06"}),
        ("It opens in May of next year.", "2024", {"May of next year": "2025-05"}),
        ("該室去年關閉，今年重開，明年擴建。", "2024", {"去年": "2023", "今年": "2024", "明年": "2025"}),
        ("该室去年九月开放，今年3月8日关闭。", "2024", {"去年九月": "2023-09", "今年3月8日": "2024-03-08"}),
        ("該室前年開放。", "2024", {"前年": "2022"}),
        # months
        ("It opened last month and closes this month.", "2024-01", {"last month": "2023-12", "this month": "2024-01"}),
        ("It moves next month.", "2024-12-05", {"next month": "2025-01"}),
        ("該室上月開放，本月關閉，下個月搬遷。", "2024-12", {"上月": "2024-11", "本月": "2024-12", "下個月": "2025-01"}),
        ("It opened last September.", DAY, {"last September": "2023-09"}),
        ("It opens this June.", DAY, {"this June": "2024-06"}),
        ("It moves next January.", DAY, {"next January": "2025-01"}),
        # days
        ("It opened today and closes tomorrow.", DAY, {"today": "2024-03-08", "tomorrow": "2024-03-09"}),
        ("It opened yesterday.", "2024-03-01", {"yesterday": "2024-02-29"}),
        ("It opened this morning.", DAY, {"this morning": "2024-03-08"}),
        ("該室今日開放，昨天佈置，明日關閉。", DAY, {"今日": "2024-03-08", "昨天": "2024-03-07", "明日": "2024-03-09"}),
        ("It opened today (March 8).", "2024-03-09", {"today": "2024-03-08", "March 8": "2024-03-08"}),
        ("該室今日（三月八日）開放。", DAY, {"今日": "2024-03-08", "三月八日": "2024-03-08"}),
        # a month and a day, or a month, without a year
        ("It opened on March 8.", DAY, {"March 8": "2024-03-08"}),
        ("It opened on 18 December.", "2024-01-05", {"18 December": "2023-12-18"}),
        ("It opens on May 3.", DAY, {"May 3": "2024-05-03"}),
        ("It opened in December.", DAY, {"December": "2023-12"}),
        ("12月18日下午，該室開放。", "2023-12-18", {"12月18日": "2023-12-18"}),
        ("该室自12月中旬开放。", "2023-12-18", {"12月": "2023-12"}),
        ("It opened on March 3, this year.", DAY, {"March 3, this year": "2024-03-03"}),
        ("It opened on 8 Mar. and closed.", DAY, {"8 Mar": "2024-03-08"}),
    ],
)  # fmt: skip
def test_expressions_become_dates(text: str, published: str, expected: dict[str, str]) -> None:
    assert found(text, published) == expected


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("It opened last year.", ""),
        ("It opened last year.", "soon"),
        ("It opened last month, on March 3, and today.", "2024"),
        ("It opened today.", "2024-03"),
        ("Over the last year and in the next year it rained.", DAY),
        ("Life in today's towns is quick.", DAY),
        ("今天的城鎮生活節奏很快。", DAY),
        ("過去年度有所增加，日本年產量亦然，青年代表出席。", DAY),
        ("It opened on March 8, 2019.", DAY),
        ("It opened on 8 March 2019 and in May 2020.", DAY),
        ("It ran from March 8 to April 10, 2019.", DAY),
        ("In 2019 it ran from March 8.", DAY),
        ("該室於2019年3月8日至5月1日開放。", DAY),
        ("該室去年9月開放，3月8日關閉。".replace("去年9月", "2019年9月"), DAY),
        ("It opens every March 8.", DAY),
        ("每年3月8日開放。", DAY),
        ("It opened on August 20.", DAY),
        ("It opened last September.", "2024-11-08"),
        ("It opened on February 30.", DAY),
        ("We may go, and may 5,000 others march.", DAY),
        ("It took 3個月 and 一月一次.", DAY),
        ("It opened on Monday.", DAY),
        ("", DAY),
    ],
)
def test_what_is_not_sure_is_left(text: str, published: str) -> None:
    assert found(text, published) == {}


def test_a_date_of_another_years_sentence_is_left() -> None:
    assert found("去年9月開放，3月8日關閉。") == {"去年9月": "2023-09"}
    assert found("It opened in May last year. It closed on March 3.") == {
        "May last year": "2023-05",
        "March 3": "2024-03-03",
    }


@pytest.mark.parametrize("text", ["It opened in September last year.", "該室去年九月開放。", "该室去年9月开放。"])
def test_folded_texts_give_numbers_with_their_year(text: str) -> None:
    (date,) = [number for number in with_dates(fold(text), DAY) if number.is_date]
    assert date.value == "2023-09---"
    assert agrees("2023------", date.value)


def test_numbers_beside_relative_dates_stay() -> None:
    values = [number.value for number in with_dates(fold("Last year 10 engineers came, in 2 groups."), DAY)]
    assert values == ["2023------", "10", "2"]


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["last year", "May", "3", "去年", "三月", "3月8日", "today", "(March 8)", "2019", ", ", "本月"])).map(" ".join)
    | st.text(),
    st.sampled_from(["", "2024", "2024-02", "2024-02-29", "2024-12-31", "1900-01-01", "2099-12-31", "2024-02-30"]) | st.text(max_size=10),
)  # fmt: skip
def test_spans_are_in_the_text_in_order_and_apart(text: str, published: str) -> None:
    end = 0
    for each in resolved(text, published):
        assert end <= each.start < each.end <= len(text)
        assert publication(each.value)
        end = each.end
    with_dates(fold(text), published)

"""The date of publication: found where such a date stands, never just any date that a text tells of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import dates

BODY = "The harbour office opened a reading room for visiting engineers, who came from four towns."


@pytest.mark.parametrize(
    ("told", "date"),
    [
        ("2024-03-08", "2024-03-08"),
        ("2024-03-08T10:30:00+08:00", "2024-03-08"),
        ("2024-03", "2024-03"),
        ("2024", "2024"),
        ("D:20240308103000+08'00'", "2024-03-08"),
        ("2024/03/08 10:30", "2024-03-08"),
        ("8 March 2024", "2024-03-08"),
        ("March 2024", "2024-03"),
        ("2024年3月8日", "2024-03-08"),
        ("March 8", ""),
        ("2024-13-08", ""),
        ("soon", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_dates_of_metadata(told: str | None, date: str) -> None:
    assert dates.normal(told) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (f"A title\n\n{BODY}\n\nEnds/Friday, May 7, 2021\nIssued at HKT 18:30", "2021-05-07"),
        (f"標題\n\n{BODY}\n\n完／2021年5月7日（星期五）\n香港時間18時30分", "2021-05-07"),
        (f"標題\n\n{BODY}\n\n2021年5月7日（星期五）", "2021-05-07"),
        (f"A title\n7 May 2021\n\n{BODY}", "2021-05-07"),
        (f"A title\nPublished: 7 May 2021, 10:30\n\n{BODY}", "2021-05-07"),
        (f"标题\n发布时间：2021/5/7 10:30 来源：港口日报\n\n{BODY}", "2021-05-07"),
        (f"A title\n\nDate: 7 May 2021\n\n{BODY}", "2021-05-07"),
        (f"A title\nBy Jane Lee | 7 May 2021 | 3 min read\n\n{BODY}", "2021-05-07"),
        (f"标题\n2021-05-07 10:30 来源：港口日报\n\n{BODY}", "2021-05-07"),
        (f"A title\nMay 2021\n\n{BODY}", "2021-05"),
        (f"A title\n\nThe room was opened in the harbour today (May 7). {BODY}", "--05-07"),
        ("標題\n\n閱覽室今日（五月七日）開幕，供來訪的工程師使用。", "--05-07"),
        ("标题\n\n5月7日下午，港务处在北港举行阅览室启用仪式，来自四个城镇的工程师出席了仪式。", "--05-07"),
        (f"A title\n\nNORTHPORT, May 7 (Port News) -- {BODY}", "--05-07"),
        ("标题\n\n港口社北港5月7日电 港务处开设阅览室。", "--05-07"),
        (f"A title\n\n{BODY} It opened on 7 May 2021.", ""),
        (f"A title\n\nOn 7 May 2021, the harbour office opened a room. {BODY}", ""),
        ("标题\n\n2021年5月7日，港务处开设阅览室，来自四个城镇的工程师出席了仪式。", ""),
        (f"A title\n\nDate: 7 May 2021\nVenue: Northport\n\n{BODY}", ""),
        (f"7 May 2021\n\n{BODY}\n\n8 June 2022\n\n{BODY}", ""),
        ("巴利岡（Balligand，1950年5月30日 - ），港務處長，生於北港，曾任工程師。", ""),
        (BODY, ""),
        ("", ""),
    ],
)
def test_dates_of_texts(text: str, date: str) -> None:
    assert dates.in_text(text) == date


@pytest.mark.parametrize(
    ("found", "leading", "whole"),
    [
        ("2021-05-07", "", "2021-05-07"),
        ("2021-05-07", "2022-01-01", "2021-05-07"),
        ("2021", "2021-05-07", "2021-05-07"),
        ("2021-05", "2021-05-07", "2021-05-07"),
        ("2021-05", "2021", "2021-05"),
        ("--05-07", "2021-05-07", "2021-05-07"),
        ("--05-07", "2021-05", "2021-05-07"),
        ("--05-07", "2021", "2021-05-07"),
        ("--05-07", "2021-06", ""),
        ("--05-07", "2021-05-08", ""),
        ("--02-29", "2021", ""),
        ("--05-07", "", ""),
    ],
)
def test_what_is_open_is_completed_by_the_name_where_they_agree(found: str, leading: str, whole: str) -> None:
    assert dates.completed(found, leading) == whole


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    dates.in_text(text)
    dates.normal(text)
    dates.in_name(text)

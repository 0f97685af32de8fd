"""Cleaning leaves out what no author wrote, mends what a program broke, tells all it did, and touches nothing else."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import front_matter
from ingest.clean import ALL, OVERRULED, Cleaned, clean

BRIEFS = sorted((Path(__file__).parents[1] / "documents").glob("*.md"))
FIRST = "The harbour office opened a reading room for visiting engineers in May 2021."
SECOND = "Twelve engineers from four towns used the room in its first month."
HAN = "港務處於二〇二一年五月開設閱覽室，供來訪的工程師使用。"
AROUND = f"{FIRST}\n\n{{}}\n\n{SECOND}\n"


def kept(text: str) -> list[str]:
    return [line for line in clean(text).text.splitlines() if line]


def why(cleaned: Cleaned) -> dict[str, str]:
    return {line.found: line.reason for line in cleaned.dropped}


@pytest.mark.parametrize(
    ("found", "cleaned"),
    [
        ("", ""),
        ("\n", "\n"),
        ("One.\r\nTwo.\rThree.\n", "One.\nTwo.\nThree.\n"),
        ("Page one.\fPage two.\vMore.", "Page one.\nPage two.\nMore."),
        ("One.\u2028Two.\u2029Three.\x85Four.", "One.\nTwo.\nThree.\nFour."),
        ("  kept indent\n\u3000\u3000首行", "  kept indent\n\u3000\u3000首行"),
        ("「首批」—— 10 名…", "「首批」—— 10 名…"),
        ("café cafe\u0301 ﬁ １０", "café cafe\u0301 ﬁ １０"),
    ],
)
def test_line_ends_are_line_ends_and_the_rest_stays(found: str, cleaned: str) -> None:
    assert clean(found).text == cleaned


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("navigation", "Home > News > Press releases > Harbour"),
        ("navigation", "You are here: Home › About us › Reading room"),
        ("navigation", "首页 > 新闻中心 > 正文"),
        ("navigation", "当前位置：首页 > 港口 > 阅览室"),
        ("navigation", "Home | About us | News | Contact us | Site map"),
        ("navigation", "首頁 | 關於我們 | 聯絡我們 | 網站地圖"),
        ("navigation", "Back to top"),
        ("navigation", "返回頂部"),
        ("cookie notice", "We use cookies to improve your visit. By continuing to use this site you agree to them."),
        ("cookie notice", "Accept all cookies"),
        ("cookie notice", "本網站使用Cookie以改善服務，繼續使用即表示同意。"),
        ("buttons", "Share on Facebook Twitter WhatsApp Print"),
        ("buttons", "Print this page"),
        ("buttons", "分享到：微信 微博 QQ空间 复制链接"),
        ("buttons", "字號：大 中 小"),
        ("buttons", "Subscribe to our newsletter | Follow us"),
        ("buttons", "A- A A+"),
        ("navigation", "Advertisement"),
        ("pointer to another text", "Also read | Ferry times change"),
        ("pointer to another text", "Tags: harbour, engineers"),
        ("picture credit", "(Photo by Jane Lee)"),
        ("page number", "Page 3 of 12"),
        ("page number", "- 7 -"),
        ("page number", "第 3 頁 共 12 頁"),
        ("image placeholder", "Photo  Photo  Photo"),
        ("image placeholder", "[Image]"),
        ("image placeholder", "图片 图片"),
        ("image placeholder", "![](harbour.jpg)"),
        ("image placeholder", "harbour-room-01.jpg"),
        ("picture credit", "Photo: Jane Lee"),
        ("picture credit", "Photo by Jane Lee / Harbour News"),
        ("picture credit", "图片来源：港口通讯"),
        ("picture credit", "攝影：李珍"),
        ("site footer", "© 2021 Harbour Office. All rights reserved."),
        ("site footer", "Copyright 2021 Harbour Office"),
        ("site footer", "京ICP备05012345号-1 京公网安备110105001234号"),
        ("pointer to another text", "Next article: Ferry times change"),
        ("pointer to another text", "上一篇：渡輪班次更改"),
        ("comment", "Quite right! 2021-05-11 10:34 举报 分享 回复 踩0 赞28 收藏"),
        ("search result", "3.Reading rooms of the world and where to find the best of them...https://rooms.example/3"),
    ],
)
def test_a_line_that_no_author_wrote_is_dropped_by_its_rule(rule: str, line: str) -> None:
    cleaned = clean(AROUND.format(line))
    assert why(cleaned) == {line: rule}
    assert kept(AROUND.format(line)) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "line",
    [
        "Home visits > 20 a month were common, and the office said > 30 would be too many.",
        "Copyright notice: see the annex.",
        "Manage cookies and other storage on the page of settings.",
        "He went home | she stayed | they met again in May",
        "The regulator fined the firm for the cookies that its web site had set.",
        "Applicants may share the form, print it and send it by e-mail.",
        "- Email",
        "- Print",
        "Email: room@harbour.example",
        "## Print",
        "See page 3 of 12 for the table.",
        "A photo of the room hangs in the hall.",
        "Photo: the engineers stand in the room on its first day, with the mayor in the middle.",
        "![The reading room on its first day](room.jpg)",
        "來源：港口日報",
        "Copyright law was on the agenda.",
        "The next article of the agreement: engineers pay nothing.",
        "Like the harbour office, the ferry office will report on its share of the costs.",
        "他在评论中回复说：分享经验很重要。",
        "1. Lee, J. (2021). Rooms for readers. https://press.example/rooms",
        "| Home | News | Contact |",
        "42",
        "The end of the year is near.",
        "首页设计由李珍负责。",
    ],
)
def test_a_line_that_only_looks_like_it_stays(line: str) -> None:
    cleaned = clean(AROUND.format(line))
    assert cleaned.text == AROUND.format(line)
    assert cleaned.dropped == ()


TAIL = """\
1.Ten rooms to read in before you are forty 2018-02-03 09:15 Reply Like Report ...https://lists.example/rooms
2.Is the harbour office hiring? Click here to buy now...https://jobs.example/77
3.Best price for lamps, 40% off, download our app...https://lamps.example/sale
"""
RESULTS = """\
1.港務處招聘？網友熱議，樓主說薪金不錯 回覆 舉報 讚12...https://jobs.example/1
2.十個必去的閱覽室推薦，立即諮詢可享優惠...https://rooms.example/2
3.2018年最佳燈具排行，點擊查看，免費試用...https://lamps.example/3
"""


@pytest.mark.parametrize(
    "mark", ["THE END", "- Ends -", "# # #", "Ends/Friday, May 7, 2021", "[责任编辑：李珍]", "（完）"]
)
@pytest.mark.parametrize("tail", [TAIL, RESULTS])
def test_search_results_after_the_end_are_dropped(mark: str, tail: str) -> None:
    cleaned = clean(f"{FIRST}\n\n{HAN}\n\n{mark}\n{tail}")
    assert [line for line in cleaned.text.splitlines() if line and line != mark] == [FIRST, HAN]
    assert len(cleaned.dropped) >= 3


@pytest.mark.parametrize("tail", [TAIL, RESULTS])
def test_search_results_are_dropped_without_an_end_mark(tail: str) -> None:
    assert kept(f"{FIRST}\n\n{SECOND}\n\n{tail}") == [FIRST, SECOND]


@pytest.mark.parametrize(
    "tail",
    [
        "Notes to editors\n\nThe harbour office was founded in 1901. See https://harbour.example for more.",
        "Annex\n\nThe rooms are open from nine to five. Engineers show a letter from their office.",
        "The harbour office will open a second reading room for engineers in the first month of 2022.",
        "備註：閱覽室由港務處管理，工程師須出示公函。",
    ],
)
def test_an_end_mark_alone_proves_nothing(tail: str) -> None:
    text = f"{FIRST}\n\nENDS\n\n{tail}\n"
    assert clean(text).text == text


def test_headlines_of_another_subject_after_the_end_are_dropped() -> None:
    others = [
        f"{name} wins the cup after a long night of penalties and rain" for name in ("North", "South", "Westbrook")
    ]
    more = ["Cooks reveal what they never order in restaurants", "Seven signs that a cat secretly likes its owner"]
    assert kept("\n\n".join([FIRST, SECOND, "THE END", *others, *more])) == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("block", "rule"),
    [
        ("Related articles\nFerry times change in June\nNew lamps for the pier\nMayor opens bridge", "related links"),
        ("相關閱讀\n渡輪班次六月更改\n碼頭換上新燈\n市長主持大橋開幕", "related links"),
        ("## Related news\n- [Ferry times](http://a.example)\n- [New lamps](http://b.example)", "related links"),
        ("Home\nNews\nAbout us\nContact us", "menu"),
        ("- Share\n- Print\n- Email", "menu"),
        ("\n".join(f"[Page {n}](http://a.example/{n})" for n in "abcde"), "link farm"),
        ("3 Comments\nbob 2 hours ago\nNonsense!\nReply\nann 3 hours ago\n5 likes", "readers' comments"),
        ("You may also like\nNew lamps\nFerry times\nLeave a comment\nbob 2 days ago Reply", "readers' comments"),
        ("网友评论\n张三 3小时前\n胡说 赞3\n李四 5小时前\n回复", "readers' comments"),
    ],
)
def test_a_block_that_no_author_wrote_is_dropped_by_its_rule(block: str, rule: str) -> None:
    cleaned = clean(f"{FIRST}\n\n{SECOND}\n\n{block}\n")
    assert [line for line in cleaned.text.splitlines() if line] == [FIRST, SECOND]
    assert rule in why(cleaned).values()


@pytest.mark.parametrize(
    "block",
    [
        "Related work was done by the ferry office.\nIt opened in May.",
        "Sources:\n\n" + "\n".join(f"- https://a.example/{n}" for n in range(6)),
        "## Useful links\n\n" + "\n".join(f"- [Form {n}](https://a.example/{n})" for n in range(6)),
        "## Comments\n\nThe office received comments from four towns. All were in favour.",
        "\n".join(f"- [Room {n}](https://a.example/{n})" for n in range(6)) + f"\n\n{HAN}{HAN}{HAN}",
        "- [Rooms](#rooms)\n- [Hours](#hours)\n- [Rules](#rules)\n- [Costs](#costs)\n- [Towns](#towns)",
        "    name      the word of the office\n    town      where it is, and\n    post      what it does",
        "Apply by:\n\n- Email\n- Post",
        "- News\n- Opening hours\n- Rules of the room",
        "```\nHome > News > Text\nShare\n```",
        "| Name | Town |\n|---|---|\n| Lee | Port |",
    ],
)
def test_a_block_that_only_looks_like_it_stays(block: str) -> None:
    text = f"{FIRST}\n\n{SECOND}\n\n{block}\n"
    assert clean(text).text == text


def test_repeated_headers_and_footers_are_dropped_but_for_the_first() -> None:
    pages = [f"Harbour Office Report\n\nIn town {name} it rained.\n\nDraft {at}" for at, name in enumerate("ABCD")]
    cleaned = clean("\f".join(pages))
    assert [line for line in cleaned.text.splitlines() if line] == [
        "Harbour Office Report",
        *(f"In town {name} it rained." for name in "ABCD"),
    ]
    assert set(why(cleaned).values()) == {"repeated header or footer"}


def test_pages_start_where_they_say() -> None:
    cleaned = clean("One.\n\nMore.\fTwo.\fThree.")
    assert [(cleaned.text[at:].split("\n")[0], page) for at, page in cleaned.pages] == [
        ("One.", 1),
        ("Two.", 2),
        ("Three.", 3),
    ]
    assert [line.page for line in cleaned.lines] == [1, 1, 1, 2, 3]
    assert clean("One.\n\nMore.").pages == ()


def test_people_overrule_the_rules() -> None:
    text = AROUND.format("Share Print\n\nPhoto Photo")
    assert kept(text) == [FIRST, SECOND]
    assert "Share Print" in clean(text, keep=["Share"]).text
    assert clean(text, keep=ALL).text == text
    cleaned = clean(text, keep=ALL, drop=["Twelve engineers"])
    assert why(cleaned) == {SECOND: OVERRULED}


def test_a_kept_line_stays_in_a_block_that_goes() -> None:
    assert kept(f"{FIRST}\n\nTHE END\n{TAIL}")[1:] == []
    assert clean(f"{FIRST}\n\nTHE END\n{TAIL}", keep=["harbour office hiring"]).text.count("https://") == 1


def test_every_repair_is_told() -> None:
    cleaned = clean(f"{FIRST}\n\nIt worked with the offices\n\nof four towns, the Port-□Macao line too.\n")
    assert cleaned.text == f"{FIRST}\n\nIt worked with the offices of four towns, the Port-Macao line too.\n"
    assert [(line.number, line.reason) for line in cleaned.repaired] == [
        (3, "stray characters, broken sentence"),
        (4, "joined to line 3"),
        (5, "joined to line 3"),
    ]


@pytest.mark.parametrize("path", BRIEFS, ids=lambda path: path.name)
def test_the_shipped_briefs_pass_untouched(path: Path) -> None:
    _, body = front_matter.split_off(path.read_text("utf-8"))
    cleaned = clean(body)
    assert (cleaned.text, cleaned.dropped, cleaned.repaired) == (body, (), ())


PIECES = (
    "Home", "Share", "Photo Photo", "THE END", "Ends/Friday, May 7, 2021", "Related articles", "3 Comments", "2 hours ago Reply",
    "- item", "| a | b |", "# Head", "```", "Page 1 of 3", "\f", FIRST, FIRST[:40], SECOND[20:], HAN, HAN[:20], "co-", "operation",
    TAIL, "（完）", "Port-□Macao", "Ã©tÃ©", "\ufffd", "[a](http://b.example)", "Home > News > Text", "a  b", "\u00a0\u3000x", "图片",
    "notes", "你好,世界", "(特区)", "  indented", "\u3000\u3000首行",
)  # fmt: skip
texts = st.one_of(
    st.text(),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=12).map("\n".join),
    st.lists(st.sampled_from(PIECES), max_size=12).map("\n\n".join),
)


@settings(deadline=None)
@given(texts)
def test_cleaning_what_is_clean_changes_nothing(text: str) -> None:
    once = clean(text).text
    assert clean(once).text == once


@settings(deadline=None)
@given(texts)
def test_the_lines_account_for_every_line(text: str) -> None:
    cleaned = clean(text)
    assert [line.number for line in cleaned.lines] == list(range(1, len(cleaned.lines) + 1))
    assert "".join(line.found for line in cleaned.lines) == "".join(
        text.replace("\r\n", "\n").translate(dict.fromkeys(map(ord, "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")))
    )
    told = [line.text for line in cleaned.lines if line.text is not None and not line.reason.startswith("joined")]
    assert "\n".join(told) == cleaned.text.removesuffix("\n") or "\n".join(told) == cleaned.text
    assert all(line.reason for line in cleaned.lines if line.text != line.found)


@given(st.lists(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1), min_size=1, max_size=8))
def test_no_character_is_invented(words: list[str]) -> None:
    text = " ".join(words)
    cleaned = clean(text)
    assert set(cleaned.text) <= set(text) or any("mojibake" in line.reason for line in cleaned.repaired)


def test_the_time_is_linear() -> None:
    def seconds(text: str) -> float:
        start = time.perf_counter()
        clean(text)
        return time.perf_counter() - start

    page = "".join(
        f"{at} {FIRST}\n{SECOND}\n\nRelated articles\nOne thing\n3 Comments\nTHE END\n{HAN}\n" for at in range(400)
    )
    seconds(page)
    assert seconds(page.replace("0", "x") * 8) < 30 * seconds(page.replace("0", "y")) + 0.5

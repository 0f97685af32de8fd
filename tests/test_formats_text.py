"""Text in every encoding that English and Chinese documents have."""

import codecs

import pytest

from assistant.errors import DocumentError
from ingest import front_matter
from ingest.formats import text
from ingest.formats.encoding import decoded
from ingest.formats.flow import joined, table

ENGLISH = ("The clerk’s diary – “three months” – cost £12.", "A café in the harbour.")
TRADITIONAL = (
    "香港",
    "會議記錄",
    "本計劃今年展開。",
    "甲、乙、丙",
    "電話：二八一零 查詢",
    "首批有十名人員參加交流，為期三個月。",
    "Staff list 員工名單",
    "# 海鷗計劃\n\n雲海市政府於五月展開海鷗計劃。\n",
)
SIMPLIFIED = (
    "广州",
    "会议记录",
    "本计划今年展开。",
    "甲、乙、丙",
    "电话：二八一零 查询",
    "首批有十名人员参加交流，为期三个月。",
    "Staff list 员工名单",
    "# 海鸥计划\n\n云海市政府于五月展开海鸥计划。\n",
)
CASES = [
    *((each, encoding) for each in ENGLISH for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252")),
    *((each, encoding) for each in TRADITIONAL for encoding in ("utf-8", "utf-8-sig", "utf-16", "big5", "big5hkscs")),
    *((each, encoding) for each in SIMPLIFIED for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb2312", "gb18030")),
    ("會議記錄：海鷗計劃於五月展開。", "gb18030"),
    ("嘅咗喺啲嘢，我哋今日去咗海港處。", "big5hkscs"),
    ("A plain line.\nAnother.\n", "utf-16-le"),
    ("A plain line.\nAnother.\n", "utf-16-be"),
]


@pytest.mark.parametrize(("found", "encoding"), CASES)
def test_the_encoding_is_recognised(found: str, encoding: str) -> None:
    assert decoded(found.encode(encoding)) == found


@pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-16"])
def test_a_long_text_is_decoded_whole(encoding: str) -> None:
    found = "海港處的文員寫日記，" * 9000
    assert decoded(found.encode(encoding)) == found


def test_big_endian_is_told_by_its_mark() -> None:
    assert decoded(codecs.BOM_UTF16_BE + "海鷗".encode("utf-16-be")) == "海鷗"


@pytest.mark.parametrize(
    "data",
    [b"\xff", bytes(range(256)), b"\0\1\2" * 50, b"text\0with a NUL", b"\xff\xfea", b"\x81\x82\x83\xff\xfe\xfd" * 9],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match="save it as UTF-8"):
        decoded(data)


def test_front_matter_and_line_ends() -> None:
    raw = text.read("---\r\ntitle: 海鷗計劃\r\n---\r\n內文。\r\n第二行。".encode("big5"))
    assert raw.is_plain and "\r" not in raw.text
    told, body = front_matter.split_off(raw.text)
    assert (told.meta, body) == ({"title": "海鷗計劃"}, "內文。\n第二行。")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["The harbour", "office."], "The harbour office."),
        (["the num-", "bers"], "the numbers"),
        (["the Hong Kong-", "Shenzhen line"], "the Hong Kong- Shenzhen line"),
        (["海港", "處"], "海港處"),
        (["由", "Ada 及"], "由 Ada 及"),
        (["，為期", "「三個月」"], "，為期「三個月」"),
        ([" a ", "", "b"], "a b"),
        ([], ""),
    ],
)
def test_soft_line_ends_are_joined(lines: list[str], expected: str) -> None:
    assert joined(lines) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["Name", "Months"], ["Ada", "3"], ["Ben", ""]], "Name: Ada; Months: 3\nName: Ben"),
        ([["姓名", "月數"], ["白鷺", "3"]], "姓名: 白鷺; 月數: 3"),
        ([["Ada", "3"], ["Ben", "6"]], "Ada; 3\nBen; 6"),
        ([["Name", "Name"], ["Ada", "Brook"]], "Name; Name\nAda; Brook"),
        ([["Name", "", "Months"], ["Ada", "Brook", "3"]], "Name: Ada; Brook; Months: 3"),
        ([["Name", "Months"], ["Ada", "3", "more"]], "Name: Ada; Months: 3; more"),
        ([["only", "one row"]], "only; one row"),
        ([["", ""], ["", ""]], ""),
        ([["Name", "Note"], ["Ada", "two\nlines"]], "Name: Ada; Note: two lines"),
    ],
)
def test_a_row_has_its_headers(rows: list[list[str]], expected: str) -> None:
    assert table(rows) == expected

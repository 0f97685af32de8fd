"""Where words begin and end in Chinese."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.glosses import GlossTable
from assistant.index import GLOSSES
from assistant.segment import concepts_and_words, parts_of, pieces, segment


@pytest.fixture(scope="module")
def table(prepared: Path) -> GlossTable:
    return GlossTable(prepared / GLOSSES)


def cut(run: str, table: GlossTable) -> list[str]:
    """The pieces, forms of the glossary in brackets, names in angles."""
    found = pieces(run, table)
    return [f"[{p.text}]" if p.concepts else f"<{p.text}>" if p.is_name else p.text for p in found]


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("", []),
        ("首批公务员", ["[首批]", "[公务员]"]),
        ("公务员事务局", ["[公务员事务局]"]),
        ("公务员事务局局长", ["[公务员事务局局长]"]),
        ("首批的图书馆", ["[首批]", "的", "图书馆"]),
        ("德勒斯维尔市政府", ["<德勒斯维尔>", "市政府"]),
        ("杰克逊维尔的图书馆", ["<杰克逊维尔>", "的", "图书馆"]),
        ("斯内普教授", ["<斯内普>", "教授"]),
        ("首批去贝尔克顿", ["[首批]", "去", "<贝尔克顿>"]),
        ("他在纽卡斯尔读书", ["他", "在", "纽卡斯尔", "读书"]),
        ("威尔逊女士", ["威尔逊", "女士"]),
    ],
)
def test_chinese_is_cut_into_forms_names_and_words(table: GlossTable, run: str, expected: list[str]) -> None:
    assert cut(run, table) == expected


@pytest.mark.parametrize("run", ["王小明去了图书馆", "我们的天气", "市政厅开放时间", "陈大文", "数据流动"])
def test_what_is_written_for_its_meaning_is_no_name(table: GlossTable, run: str) -> None:
    assert not any(piece.is_name for piece in pieces(run, table))


@pytest.mark.parametrize("word", ["录取通知书", "射电望远镜", "有机化合物", "太平洋潜鸟", "程序码"])
def test_what_the_dictionary_has_as_one_word_is_one(table: GlossTable, word: str) -> None:
    assert len(segment(word)) > 1, "the segmenter alone cuts it"
    assert cut(f"图书馆的{word}", table) == ["图书馆", "的", word]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("跨境交流", ["跨境", "交流"]),
        ("图书馆天气", ["图书馆", "天气"]),
        ("环境保护署", ["环境保护", "署"]),
        ("图书馆", ["图书馆"]),
        ("的的", ["的", "的"]),
        ("", []),
    ],
)
def test_a_word_that_no_dictionary_has_is_its_parts(table: GlossTable, word: str, parts: list[str]) -> None:
    assert parts_of(word, table) == parts


@pytest.mark.parametrize("run", ["首批", "公务员", "深圳", "粤港澳大湾区"])
def test_forms_of_the_glossary_are_kept_whole(run: str) -> None:
    assert [piece.text for piece in concepts_and_words(run)] == [run]
    assert next(concepts_and_words(run)).concepts


HAN = st.text(alphabet="首批公务员事务局去深圳的图书馆斯特维尔克德王小明一二", max_size=24)


@settings(deadline=None)
@given(HAN | st.text(max_size=20))
def test_the_pieces_are_the_stretch(table: GlossTable, run: str) -> None:
    for found in (pieces(run, table), list(concepts_and_words(run))):
        assert "".join(piece.text for piece in found) == run
        assert all(piece.text and run.startswith(piece.text, piece.start) for piece in found)
        assert not any(piece.concepts and piece.is_name for piece in found)
    assert "".join(segment(run)) == "".join(parts_of(run, table)) == run

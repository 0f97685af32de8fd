"""The table of English glosses and of how common words are."""

import sqlite3
from pathlib import Path

import pytest

from assistant.errors import IndexDamaged
from assistant.glosses import SCHEMA, GlossTable, pinyin
from assistant.index import GLOSSES
from ingest.glosses import MOST_STEMS, MOST_WORDS


@pytest.fixture(scope="module")
def table(prepared: Path) -> GlossTable:
    return GlossTable(prepared / GLOSSES)


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("交流", "exchang"),
        ("培训", "train"),
        ("仲裁", "arbitr"),
        ("薪酬", "salari"),
        ("湿地", "wetland"),
        ("铁路", "railway"),
        ("医院", "hospit"),
        ("深圳", "shenzhen"),
    ],
)
def test_a_chinese_word_brings_its_english_stems(table: GlossTable, word: str, stem: str) -> None:
    gloss = table.look_up(word)
    assert gloss is not None and stem in dict(gloss.senses)
    assert 1 <= len(gloss.phrase.split()) <= MOST_WORDS


@pytest.mark.parametrize("word", ["程步一", "exchange", "", "公務員", "'; DROP TABLE glosses; --"])
def test_what_the_dictionary_lacks_has_no_gloss(table: GlossTable, word: str) -> None:
    assert table.look_up(word) is None, "only folded Chinese words are in it"


@pytest.mark.parametrize(
    ("commoner", "rarer"),
    [
        ("the", "school"),
        ("school", "kangaroo"),
        ("kangaroo", "xyzzyq"),
        ("的", "交流"),
        ("交流", "仲裁"),
        ("仲裁", "程步一"),
    ],
)
def test_common_words_are_known_to_be_common(table: GlossTable, commoner: str, rarer: str) -> None:
    assert table.zipf(commoner) > table.zipf(rarer) >= 0


@pytest.mark.parametrize("word", ["交流", "打", "头", "马德里", "图书馆", "开放"])
def test_the_likeliest_senses_weigh_most(table: GlossTable, word: str) -> None:
    gloss = table.look_up(word)
    assert gloss is not None and 1 <= len(gloss.senses) <= MOST_STEMS
    weights = [weight for _, weight in gloss.senses]
    assert weights == sorted(weights, reverse=True) and 0 < weights[-1] <= weights[0] <= 1
    assert len(dict(gloss.senses)) == len(weights), "each stem once"


@pytest.mark.parametrize(
    ("word", "likelier", "rarer"), [("头", "head", "chief"), ("图书馆", "librari", ""), ("交流", "exchang", "altern")]
)
def test_first_senses_weigh_more_than_later_ones(table: GlossTable, word: str, likelier: str, rarer: str) -> None:
    gloss = table.look_up(word)
    assert gloss is not None
    senses = dict(gloss.senses)
    assert senses[likelier] > senses.get(rarer, 0.0)


@pytest.mark.parametrize(
    ("word", "is_name"),
    [
        ("纽卡斯尔", True),
        ("马德里", True),
        ("爱因斯坦", True),
        ("北京", False),
        ("长江", False),
        ("图书馆", False),
        ("交流", False),
    ],
)
def test_names_written_for_their_sound_are_told_apart(table: GlossTable, word: str, is_name: bool) -> None:
    gloss = table.look_up(word)
    assert gloss is not None and gloss.is_name is is_name


def test_characters_written_for_their_sound_are_known(table: GlossTable) -> None:
    assert set("斯尔克维") <= table.sounding
    assert not set("馆务员议") & table.sounding


def test_an_unknown_word_is_not_common(table: GlossTable) -> None:
    assert table.zipf("xyzzyq") == 0


@pytest.mark.parametrize(
    ("name", "romanised"),
    [
        ("程步一", "cheng buyi"),
        ("李焕春", "li huanchun"),
        ("陈丽文", "chen liwen"),
        ("戴立科", "dai like"),
        ("王", "wang"),
    ],
)
def test_mainland_names_are_romanised_as_they_are_written(name: str, romanised: str) -> None:
    gloss = pinyin(name)
    assert gloss.phrase == romanised
    assert gloss.senses == tuple((part, 1.0) for part in romanised.split())


def test_reading_does_not_write(table: GlossTable) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        table._connection.execute("DELETE FROM glosses")


def _missing(path: Path) -> None:
    assert not path.exists()


def _text(path: Path) -> None:
    path.write_text("no database")


def _empty(path: Path) -> None:
    path.touch()


def _other_tables(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(SCHEMA.split(";")[0])


@pytest.mark.parametrize("damage", [_missing, _text, _empty, _other_tables])
def test_a_table_that_cannot_be_read_says_what_to_do(tmp_path: Path, damage: object) -> None:
    path = tmp_path / "glosses.sqlite"
    damage(path)  # type: ignore[operator]
    with pytest.raises(IndexDamaged, match=r"gloss table `.*glosses\.sqlite` cannot be read .*ingest --rebuild"):
        GlossTable(path)

"""What is known of a document comes from the surest place, and that place is told."""

from pathlib import Path

import corpus
import pytest

from assistant.errors import DocumentError
from assistant.types import Kind, Language
from ingest.document import File, Meta
from ingest.load import read
from ingest.metadata import metadata, publisher_in, title_in, url_in
from ingest.sidecar import sidecar
from ingest.told import Told

TEXT = "Reading room opens\n\nSource: Port News\nURL: https://port.example/1\n\nIt opened.\n\nEnds/Friday, May 7, 2021"
SURER: Meta = {
    "title": "Told",
    "publisher": "Office",
    "published": "2020",
    "url": "https://a.example",
    "language": "en",
}
FILES: Meta = {"title": "File", "publisher": "Printer", "published": "2019-01-02", "url": "https://b.example"}
KEYS = ("title", "publisher", "published", "url")


@pytest.mark.parametrize(
    ("raw", "front_matter", "beside", "expected", "origin"),
    [
        (FILES, SURER, {"title": "Beside"}, ("Told", "Office", "2020", "https://a.example"), "front matter"),
        (FILES, {}, SURER, ("Told", "Office", "2020", "https://a.example"), "sidecar"),
        (FILES, {}, {}, ("File", "Printer", "2019-01-02", "https://b.example"), "file"),
        ({}, {}, {}, ("Reading room opens", "Port News", "2021-05-07", "https://port.example/1"), "text"),
        ({"published": "soon", "url": "no"}, {}, {}, ("Reading room opens", "Port News", "2021-05-07", "https://port.example/1"), "text"),
    ],
)  # fmt: skip
def test_the_surest_is_taken(
    raw: Meta, front_matter: Meta, beside: Meta, expected: tuple[str, ...], origin: str
) -> None:
    source, origins = metadata(raw, front_matter, beside, TEXT, "a.txt")
    assert tuple(getattr(source, key) for key in KEYS) == expected
    assert {origins[key] for key in KEYS} == {origin}


def test_what_nothing_tells_is_the_names_or_the_usual() -> None:
    source, origins = metadata({}, {}, {}, "", "sub/2024-03-room.pdf")
    assert (source.id, source.title, source.kind, source.published) == (
        "2024-03-room",
        "2024-03-room",
        Kind.ORIGINAL,
        "2024-03",
    )
    assert (origins["id"], origins["title"], origins["kind"], origins["published"]) == (
        "file name",
        "file name",
        "default",
        "file name",
    )
    assert "publisher" not in origins  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "published", "origin"),
    [
        ("2021-05-07-a.txt", "標題\n\n閱覽室今日（五月七日）開幕，供來訪的工程師使用。", "2021-05-07", "text, completed by the file name"),
        ("2021-a.txt", "標題\n\n閱覽室今日（五月七日）開幕，供來訪的工程師使用。", "2021-05-07", "text, completed by the file name"),
        ("2021-06-a.txt", "標題\n\n閱覽室今日（五月七日）開幕，供來訪的工程師使用。", "2021-06", "file name"),
        ("a.txt", "標題\n\n閱覽室今日（五月七日）開幕，供來訪的工程師使用。", "", None),
        ("2021-05-07-a.txt", "It opened.", "2021-05-07", "file name"),
    ],
)  # fmt: skip
def test_the_name_completes_the_date_of_the_text(name: str, text: str, published: str, origin: str | None) -> None:
    source, origins = metadata({}, {}, {}, text, name)
    assert (source.published, origins.get("published")) == (published, origin)


@pytest.mark.parametrize(
    ("label", "text", "language", "origin"),
    [
        ("zh-Hans", "工程.", Language.SIMPLIFIED, "file"),
        ("en", "港務處開設閱覽室", Language.TRADITIONAL, "text"),
        ("fr", "The room", Language.ENGLISH, "text"),
    ],
)
def test_a_label_decides_only_what_the_text_leaves_open(label: str, text: str, language: Language, origin: str) -> None:
    source, origins = metadata({"language": label}, {}, {}, text, "a.txt")
    assert (source.language, origins["language"]) == (language, origin)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("\n\n# The room #\n\nText.", "The room #"),
        ("Highlights\n\nThe room –\nEngineers Come to\nNorthport\n\nText.", "The room – Engineers Come to Northport"),
        ("新聞公報\n\n閱覽室開幕\n\n內文。", "閱覽室開幕"),
        ("News", "News"),
        ("The room\nby Jane Lee", "The room"),
        ("A kicker line\n\n# The room\n\nText.", "The room"),
        ("", ""),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert title_in(text) == title


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("Title\nSource: Port News\n\nText.", "Port News"),
        ("標題\n來源：港口日報\n\n內文。", "港口日報"),
        ("标题\n2021-05-07 10:30 来源：港口日报\n\n内文。", "港口日报"),
        ("标题\n\n内文。(港口日报记者李珍)", "港口日报"),
        ("The source: a spring, which runs all year.", ""),
        ("Source: https://port.example", ""),
        ("Text.", ""),
    ],
)
def test_publishers(text: str, publisher: str) -> None:
    assert publisher_in(text) == publisher


def test_an_address_counts_only_where_it_is_labelled() -> None:
    assert url_in("标题\n原文链接：https://port.example/1\n") == "https://port.example/1"
    assert url_in("See https://port.example/1 for more.") == ""


def test_a_sidecar_tells_of_a_file(tmp_path: Path) -> None:
    corpus.write(
        tmp_path,
        {
            "room.txt": "Share Print\n\nThe room opened.\n\nA secret.\n",
            "room.txt.meta.yaml": "title: The room\npublished: 2021-05-07\nkeep: Share\ndrop: [secret]\n",
            "other.txt": "It closed.",
            "other.meta.yaml": "publisher: Office",
        },
    )
    document = read(File(tmp_path / "room.txt", "room.txt"))
    assert (document.source.title, document.source.published) == ("The room", "2021-05-07")
    assert document.text == "Share Print\n\nThe room opened.\n\n"
    assert [(line.found, line.reason) for line in document.dropped] == [("A secret.", "dropped by `drop:`")]
    assert read(File(tmp_path / "other.txt", "other.txt")).source.publisher == "Office"
    assert sidecar(tmp_path / "third.txt") == Told()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("author: me", "the sidecar `a.txt.meta.yaml` has an unknown key `author`; known are id, kind, title"),
        ("published: May", "the date `May` in the sidecar `a.txt.meta.yaml` is not YYYY"),
        ("keep: {a: b}", "`keep` in the sidecar `a.txt.meta.yaml` is not a list of texts"),
        ("drop: ['']", "`drop` in the sidecar `a.txt.meta.yaml` is not a list of texts"),
        ("title: [", "the sidecar `a.txt.meta.yaml` is not YAML"),
        (b"\xff\xfe\xff", "the sidecar `a.txt.meta.yaml` is not in UTF-8"),
    ],
)
def test_a_sidecar_that_is_wrong_is_named_with_what_to_do(tmp_path: Path, content: str | bytes, words: str) -> None:
    corpus.write(tmp_path, {"a.txt": "Text.", "a.txt.meta.yaml": content})
    with pytest.raises(DocumentError) as raised:
        read(File(tmp_path / "a.txt", "a.txt"))
    assert words in str(raised.value)
    assert str(raised.value).startswith(f"`{tmp_path}/a.txt`: ")

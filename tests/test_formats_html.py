"""Web pages: the content and nothing else, in whatever encoding the page has or says that it has."""

import made
import pytest

from assistant.errors import DocumentError
from ingest.formats import html

BODY = f"<h1>海鷗計劃</h1><p>{made.CHINESE}各人在另一部門工作三個月，期間須寫日記，並於回任後向同事講述見聞。</p>"
SIMPLIFIED = (
    f"<h1>海鸥计划</h1><p>{made.SIMPLIFIED}各人在另一部门工作三个月，期间须写日记，并于回任后向同事讲述见闻。</p>"
)


def test_the_content_is_markdown() -> None:
    assert html.read(made.page()).text == (
        f"# Seagull Scheme\n\n{made.ENGLISH} It is run by the Harbour Office, and each clerk writes a diary of the months "
        f"spent in another office.\n\n## 人員\n\n{made.CHINESE}\n\n- Ada Brook\n- Ben Cole\n\nName: Ada Brook; Months: 3\n"
    )


def test_the_page_tells_of_itself() -> None:
    assert html.read(made.page()).meta == {
        "title": "Seagull Scheme",
        "publisher": "Cloud City Office",
        "published": "2021-06-07",
        "language": "en",
        "url": "https://example.org/seagull",
    }


@pytest.mark.parametrize("word", ["scripted", "color", "Copyright", "All news"])
def test_scripts_styles_and_navigation_are_left_out(word: str) -> None:
    assert word not in html.read(made.page()).text


@pytest.mark.parametrize(
    ("body", "written", "named"),
    [
        (BODY, "utf-8", "utf-8"),
        (BODY, "big5", "big5"),
        (BODY, "big5hkscs", "Big5"),
        (BODY, "utf-8", "big5"),
        (BODY, "big5", "utf-8"),
        (BODY, "big5", "no-such-encoding"),
        (BODY, "utf-16", "utf-8"),
        (SIMPLIFIED, "gb18030", "gb2312"),
        (SIMPLIFIED, "gbk", "GBK"),
        (SIMPLIFIED, "gb18030", "utf-8"),
    ],
)
def test_the_encoding_is_the_pages_unless_it_is_wrong_about_it(body: str, written: str, named: str) -> None:
    data = made.page(body, "utf-8").decode().replace('charset="utf-8"', f'charset="{named}"').encode(written)
    assert (made.CHINESE if body is BODY else made.SIMPLIFIED) in html.read(data).text


@pytest.mark.parametrize(
    ("named", "body", "language"),
    [
        ("en", BODY, None),
        ("zh-HK", BODY, "zh-Hant"),
        ("zh-Hans-CN", SIMPLIFIED, "zh-Hans"),
        ("zh", BODY, None),
        ("zh-TW", "", None),
    ],
)
def test_the_language_is_the_pages_unless_the_text_belies_it(named: str, body: str, language: str | None) -> None:
    data = made.page(body).replace(b'lang="en"', f'lang="{named}"'.encode())
    assert html.read(data).meta.get("language") == language


@pytest.mark.parametrize(
    "body", ["A few words.", "<div>A <b>few</b> words.</div>", "<table><tr><td>A few words.</td></tr></table>"]
)
def test_a_page_without_a_main_content_is_read_whole(body: str) -> None:
    text = html.read(f"<html><body>{body}<script>scripted()</script></body></html>".encode()).text
    assert "few" in text and "words." in text and "scripted" not in text


@pytest.mark.parametrize(
    "data", [b"<html></html>", b"<html><body><script>only()</script></body></html>", b"<!doctype html>"]
)
def test_a_page_without_text_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match="the page has no text"):
        html.read(data)


def test_deep_nesting_breaks_nothing() -> None:
    data = b"<html><body>" + b"<div>" * 50_000 + b"Deep words in the page." + b"</div>" * 50_000
    try:
        assert "Deep" in html.read(data).text
    except DocumentError as error:
        assert "no text" in str(error)

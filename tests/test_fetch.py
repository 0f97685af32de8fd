"""Fetching pages: patience with busy servers, limits, redirects, and robots where they are welcome."""

import gzip
from collections.abc import Iterator
from email.utils import formatdate

import httpx
import pytest
from servers import Answer, Pages, no_server, page_server, silent_server

from assistant.errors import DocumentError
from ingest import addresses, fetch
from ingest.fetch import AGENT, Page, Web

TEXT = {"Content-Type": "text/plain"}
OK: Answer = (200, TEXT, b"Ten.")


@pytest.fixture
def pages() -> Iterator[Pages]:
    with page_server() as served:
        yield served


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that are waited, which take no time here."""
    waited: list[float] = []
    monkeypatch.setattr(fetch, "sleep", waited.append)
    return waited


def got(url: str, headers: dict[str, str] | None = None, allow_private: bool = True) -> Page | None:
    with Web(1.0, allow_private) as web:
        return web.get(url, headers or {}, lambda told, url: None)


def test_a_page_is_got_with_the_name_of_this_program(pages: Pages) -> None:
    pages.answers["/a"] = [OK]
    page = got(f"{pages.url}/a")
    assert page is not None
    assert (page.url, page.content, page.headers["content-type"]) == (f"{pages.url}/a", b"Ten.", "text/plain")
    assert [(path, headers["User-Agent"]) for path, headers in pages.requests] == [
        ("/robots.txt", AGENT),
        ("/a", AGENT),
    ]


def test_an_unchanged_page_is_nothing(pages: Pages) -> None:
    pages.answers["/a"] = [(200, TEXT | {"ETag": '"1"'}, b"Ten.")]
    assert got(f"{pages.url}/a", {"If-None-Match": '"1"'}) is None
    assert got(f"{pages.url}/a", {"If-None-Match": '"2"'}) is not None


@pytest.mark.parametrize(
    ("before", "waited"),
    [
        ([(503, {}, b"")], [1.0]),
        ([(429, {"Retry-After": "7"}, b"")], [7.0]),
        ([(429, {"Retry-After": "0"}, b"")], [1.0]),
        ([(500, {"Retry-After": "soon"}, b""), (502, {}, b"")], [1.0, 4.0]),
        ([(504, {"Retry-After": formatdate(0, usegmt=True)}, b"")], [1.0]),
        ([(200, TEXT | {"Content-Length": "9"}, b"cut")], [1.0]),
    ],
)
def test_a_busy_server_is_asked_again(
    pages: Pages, pauses: list[float], before: list[Answer], waited: list[float]
) -> None:
    pages.answers["/a"] = [*before, OK]
    page = got(f"{pages.url}/a")
    assert page is not None and page.content == b"Ten."
    assert pauses == waited


def redirect(to: str) -> Answer:
    return 302, {"Location": to}, b""


@pytest.mark.parametrize(
    ("path", "answer", "words", "asked"),
    [
        ("/a", (404, {}, b""), "the server answers with status 404; correct the address or take it out", 1),
        ("/a", (403, {}, b""), "status 403", 1),
        ("/a", (503, {}, b""), "status 503; run `python -m ingest` again later", 3),
        ("/a", (429, {"Retry-After": "86400"}, b""), "status 429; run", 1),
        ("/a", (503, {"Retry-After": formatdate(4e9, usegmt=True)}, b""), "status 503; run", 1),
        ("/a", redirect("/a"), "it redirects more than 5 times", 6),
        ("/a", redirect("ftp://example.org/a"), "`ftp://example.org/a` is no web address", 1),
        ("/a", redirect("file:///etc/passwd"), "`file:///etc/passwd` is no web address", 1),
        ("/a", redirect("http://[::1"), "the server gives no usable answer (Invalid URL in location", 3),
        ("/a", redirect("http://me:secret@example.org/"), "an address with a password in it is not used", 1),
        ("/a", (200, TEXT, b"x" * 3000), "it is larger than 2,000 bytes", 1),
        ("/a", (200, TEXT | {"Content-Encoding": "gzip"}, gzip.compress(b"x" * 3000)), "it is larger than 2,000", 1),
        ("/a", (200, TEXT | {"Content-Encoding": "gzip"}, b"no gzip"), "it cannot be fetched", 1),
    ],
)
def test_what_cannot_be_had_is_told(
    pages: Pages, monkeypatch: pytest.MonkeyPatch, path: str, answer: Answer, words: str, asked: int
) -> None:
    monkeypatch.setattr(fetch, "LARGEST", 2000)
    pages.answers[path] = [answer]
    with pytest.raises(DocumentError) as raised:
        got(pages.url + path)
    assert words in str(raised.value)
    assert pages.asked().count(path) == asked


def test_a_server_that_does_not_answer_is_told_once_for_all_its_pages(pauses: list[float]) -> None:
    with no_server() as url, Web(1.0, True) as web:
        for path in ("/a", "/b"):
            with pytest.raises(DocumentError, match=r"no usable answer .*; run `python -m ingest` again later"):
                web.get(url + path, {}, lambda told, url: None)
    assert pauses == [1.0, 4.0]


def test_a_server_that_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "PAUSES", ())
    with silent_server() as url, Web(0.2, True) as web, pytest.raises(DocumentError, match="no usable answer"):
        web.get(url, {}, lambda told, url: None)


def test_a_page_that_trickles_is_not_waited_for(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    pages.answers["/a"] = [OK]
    monkeypatch.setattr(fetch, "LONGEST", -1.0)
    with pytest.raises(DocumentError, match="it takes longer than"):
        got(f"{pages.url}/a")


def test_redirects_are_followed_to_another_server(pages: Pages) -> None:
    with page_server() as other:
        pages.answers |= {"/a": [redirect("b")], "/b": [redirect(f"{other.url}/c")]}
        other.answers["/c"] = [OK]
        page = got(f"{pages.url}/a")
        assert page is not None and page.url == f"{other.url}/c"
        assert other.asked() == ["/robots.txt", "/c"]


def test_a_redirect_to_an_address_that_is_not_public_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "is_public", lambda address: str(address) == "127.0.0.2")
    with page_server("127.0.0.2") as public, page_server() as private:
        public.answers["/a"] = [redirect(f"{private.url}/secret")]
        private.answers["/secret"] = [OK]
        with pytest.raises(DocumentError, match=r"stands for 127\.0\.0\.1, which is no public address"):
            got(f"{public.url}/a", allow_private=False)
        assert private.requests == []


@pytest.mark.parametrize(
    ("rules", "welcome"),
    [
        ([(200, TEXT, b"User-agent: *\nDisallow: /private\n")], True),
        ([(200, TEXT, b"User-agent: *\nDisallow: /\n")], False),
        ([(200, TEXT, b"User-agent: *\nDisallow: /a\nAllow: /")], False),
        ([(200, TEXT, f"User-agent: {AGENT}\nDisallow:\n\nUser-agent: *\nDisallow: /".encode())], True),
        ([(200, TEXT, f"User-agent: {AGENT}\nDisallow: /a".encode())], False),
        ([(200, TEXT, b"\xff\xfe no rules")], True),
        ([(200, TEXT, b"")], True),
        ([(404, {}, b"")], True),
        ([(403, {}, b"")], True),
        ([(503, {}, b"")], False),
        ([(302, {"Location": "/rules"}, b"")], False),
        ([(200, TEXT, b"#" * 600_000)], False),
    ],
)
def test_robots_are_kept_out_where_they_are_not_welcome(pages: Pages, rules: list[Answer], welcome: bool) -> None:
    pages.answers |= {"/robots.txt": rules, "/rules": [(200, TEXT, b"User-agent: *\nDisallow: /")], "/a": [OK]}
    if welcome:
        assert got(f"{pages.url}/a") is not None
    else:
        with pytest.raises(DocumentError):
            got(f"{pages.url}/a")
        assert "/a" not in pages.asked()


def test_rules_are_asked_for_once(pages: Pages) -> None:
    pages.answers |= {"/a": [OK], "/b": [OK]}
    with Web(1.0, True) as web:
        for path in ("/a", "/b"):
            web.get(pages.url + path, {}, lambda told, url: None)
    assert pages.asked() == ["/robots.txt", "/a", "/b"]


def test_a_page_that_is_not_wanted_is_not_read(pages: Pages) -> None:
    pages.answers["/a"] = [(200, {"Content-Type": "video/mp4"}, b"x" * 100)]

    def refuse(headers: httpx.Headers, url: str) -> None:
        raise DocumentError(f"no {headers['content-type']}")

    with Web(1.0, True) as web, pytest.raises(DocumentError, match="no video/mp4"):
        web.get(f"{pages.url}/a", {}, refuse)

"""Lists of addresses: what they may say, and the pages that become files."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import corpus
import pytest
from servers import Pages, no_server, page_server

from assistant.errors import DocumentError
from assistant.settings import Settings
from ingest import fetch
from ingest.document import File
from ingest.load import load
from ingest.pages import CACHE, name_of
from ingest.sources import fetched, with_pages

TEXT = {"Content-Type": "text/plain; charset=utf-8"}


@pytest.fixture
def pages() -> Iterator[Pages]:
    with page_server() as served:
        yield served


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(fetch, "PAUSES", ())
    return Settings(index=tmp_path / "index", allow_private_addresses=True, fetch_timeout=2)


def listed(folder: Path, text: str, pages: Pages | None = None) -> Path:
    corpus.write(folder, {"sources.yaml": text.replace("{}", pages.url if pages else "")})
    return folder / "sources.yaml"


def all_of(path: Path, settings: Settings) -> tuple[list[File], list[str]]:
    files, failures = fetched(path, settings.index / CACHE, settings)
    return files, [failure.reason for failure in failures]


def test_pages_become_documents_with_what_the_list_tells_of_them(tmp_path: Path, pages: Pages, here: Settings) -> None:
    pages.answers |= {
        "/2024-03-08-launch.md": [(200, TEXT, b"# The launch\n\nTen took part.\n")],
        "/notes": [(200, {"Content-Type": "text/markdown"}, b"---\ntitle: Notes\npublisher: Office\n---\nEleven.")],
    }
    path = listed(
        tmp_path,
        "- {}/2024-03-08-launch.md\n- url: {}/notes\n  id: notes\n  title: Our notes\n  published: 2024-05-01\n",
        pages,
    )
    files, failures = all_of(path, here)
    assert [file.path.suffix for file in files] == [".md", ".md"]
    documents, unread = load(files)
    assert (failures, unread) == ([], [])
    first, second = (document.source for document in documents)
    assert (first.url, first.title, first.published) == (
        f"{pages.url}/2024-03-08-launch.md",
        "The launch",
        "2024-03-08",
    )
    assert (second.id, second.title, second.publisher, second.published, second.url) == (
        "notes", "Our notes", "Office", "2024-05-01", f"{pages.url}/notes",
    )  # fmt: skip
    assert first.id.startswith("2024-03-08-launch-")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: b", "`{}` is not a list of addresses; begin each line with `- `."),
        ("- [", "The list of addresses `{}` cannot be read ("),
        ("- 3", "There is no address in item 1 of `{}`; write one"),
        ("- https://example.org\n- title: x", "There is no address in item 2 of `{}`"),
        (
            "- url: https://example.org\n  titel: x",
            "There is an unknown key `titel` in item 1 of `{}`; known are url, id",
        ),
        ("- published: 2024-13-45", "The list of addresses `{}` cannot be read ("),
    ],
)
def test_a_list_that_is_not_right_is_told(tmp_path: Path, here: Settings, text: str, words: str) -> None:
    path = listed(tmp_path, text)
    with pytest.raises(DocumentError) as raised:
        all_of(path, here)
    assert words.replace("{}", str(path)) in str(raised.value)


def test_an_empty_list_is_no_page(tmp_path: Path, here: Settings) -> None:
    assert all_of(listed(tmp_path, "# none yet\n"), here) == ([], [])


@pytest.mark.parametrize(
    "address", ["ftp://example.org/a", "/etc/passwd", "http://[::1", "http://me:pass@example.org/"]
)
def test_an_address_that_is_none_is_told_and_the_others_are_fetched(
    tmp_path: Path, pages: Pages, here: Settings, address: str
) -> None:
    pages.answers["/a"] = [(200, TEXT, b"Ten.")]
    path = listed(tmp_path, f"- {address}\n- {{}}/a\n", pages)
    files, failures = all_of(path, here)
    assert [file.place for file in files] == [f"{pages.url}/a"]
    (reason,) = failures
    assert reason.startswith(f"`{address}` in `{path}`: ")


def test_private_addresses_need_the_setting(tmp_path: Path, pages: Pages, here: Settings) -> None:
    path = listed(tmp_path, "- {}/a\n", pages)
    files, failures = all_of(path, here.model_copy(update={"allow_private_addresses": False}))
    assert (files, pages.requests) == ([], [])
    assert "stands for 127.0.0.1, which is no public address" in failures[0]


@pytest.mark.parametrize(
    ("path", "kind", "suffix"),
    [
        ("/a", "text/plain", ".txt"),
        ("/a.md", "text/plain", ".md"),
        ("/a.md", "application/octet-stream", ".md"),
        ("/a.txt", "", ".txt"),
        ("/a.txt", "text/markdown", ".md"),
        ("/a", "TEXT/Markdown; charset=x", ".md"),
        ("/a", "video/mp4", None),
        ("/a.exe", "application/octet-stream", None),
        ("/a", "", None),
    ],
)
def test_the_type_of_a_page_decides_who_reads_it(
    tmp_path: Path, pages: Pages, here: Settings, path: str, kind: str, suffix: str | None
) -> None:
    pages.answers[path] = [(200, {"Content-Type": kind}, b"Ten.")]
    files, failures = all_of(listed(tmp_path, f"- {{}}{path}", pages), here)
    assert [file.path.suffix for file in files] == ([suffix] if suffix else [])
    assert ["is not one that can be read; take it out" in reason for reason in failures] == [True] * (suffix is None)


@pytest.mark.parametrize("charset", ["big5", "gb18030", "utf-16", "utf-8", "no-such"])
def test_text_is_read_in_the_encoding_that_the_server_names(
    tmp_path: Path, pages: Pages, here: Settings, charset: str
) -> None:
    body = "首批".encode("utf-8" if charset == "no-such" else charset)
    pages.answers["/a"] = [(200, {"Content-Type": f'text/plain; charset="{charset}"'}, body)]
    files, _ = all_of(listed(tmp_path, "- {}/a", pages), here)
    assert load(files)[0][0].text == "首批"


VALIDATORS: list[Mapping[str, str]] = [{"ETag": '"1"'}, {"Last-Modified": "Mon, 01 Jan 2024 00:00:00 GMT"}]


@pytest.mark.parametrize("validators", VALIDATORS)
def test_an_unchanged_page_is_not_fetched_again(
    tmp_path: Path, pages: Pages, here: Settings, validators: Mapping[str, str]
) -> None:
    pages.answers["/a"] = [(200, TEXT | validators, b"Ten.")]
    path = listed(tmp_path, "- {}/a", pages)
    (first,), _ = all_of(path, here)
    pages.answers["/a"] = [(200, TEXT | validators, b"other, yet of the same age")]
    assert all_of(path, here) == ([first], [])
    assert first.path.read_bytes().endswith(b"Ten.")
    pages.answers["/a"] = [(200, TEXT | {"ETag": '"2"'}, b"Eleven.")]
    assert all_of(path, here) == ([first], [])
    assert first.path.read_bytes().endswith(b"Eleven.")


DAMAGE = {
    "content gone": lambda file, note: file.unlink(),
    "content changed": lambda file, note: file.write_bytes(b"Twelve."),
    "note gone": lambda file, note: note.unlink(),
    "note cut": lambda file, note: note.write_text(note.read_text()[:40]),
    "other note": lambda file, note: note.write_text(json.dumps({"validators": {}})),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_page_is_fetched_again(tmp_path: Path, pages: Pages, here: Settings, damage: str) -> None:
    pages.answers["/a"] = [(200, TEXT | {"ETag": '"1"'}, b"Ten.")]
    path = listed(tmp_path, "- {}/a", pages)
    (file,), _ = all_of(path, here)
    content = file.path.read_bytes()
    DAMAGE[damage](file.path, file.path.with_suffix(".json"))
    assert all_of(path, here) == ([file], [])
    assert file.path.read_bytes() == content


def test_names_of_pages_stay_and_differ() -> None:
    urls = [
        "https://example.org/a", "https://example.org/a?page=2", "https://example.org/b/a", "http://example.org/a",
        "https://example.org/", "https://example.org", "https://example.org:8080/a", "https://example.org/../../x",
        "https://example.org/%2e%2e%2fx", "https://example.org/" + "long" * 100, "https://example.org/首批.html", "http://[::1",
    ]  # fmt: skip
    names = [name_of(url) for url in urls]
    assert names == [name_of(url) for url in urls]
    assert len(set(names)) == len(urls)
    assert all(name.count("/") == 1 and ".." not in name and len(name.encode()) < 200 for name in names)


def test_a_list_takes_the_place_of_its_pages_and_others_are_removed(
    tmp_path: Path, pages: Pages, here: Settings
) -> None:
    pages.answers |= {name: [(200, TEXT, b"Ten.")] for name in ("/a", "/b", "/c")}
    first, last = File(tmp_path / "a.md", "a.md"), File(tmp_path / "z.md", "z.md")
    path = listed(tmp_path, "- {}/a\n- {}/b\n- {}/a\n", pages)
    files, failures = with_pages([first, File(path, "sources.yaml"), last], here.index / CACHE, here)
    assert ([file.place for file in files], failures) == (
        [str(first.path), f"{pages.url}/a", f"{pages.url}/b", str(last.path)], [],
    )  # fmt: skip
    assert pages.asked().count("/a") == 1
    path = listed(tmp_path, "- {}/b\n- {}/c\n", pages)
    with_pages([File(path, "sources.yaml")], here.index / CACHE, here)
    left = {file.stem.rpartition("-")[0] for file in (here.index / CACHE).rglob("*") if file.is_file()}
    assert left == {"b", "c"}


def test_a_page_that_fails_stays_in_the_cache(tmp_path: Path, pages: Pages, here: Settings) -> None:
    pages.answers["/a"] = [
        (200, TEXT | {"ETag": '"1"'}, b"Ten."),
        (503, {}, b""),
        (200, TEXT | {"ETag": '"1"'}, b"Ten."),
    ]
    source = File(listed(tmp_path, "- {}/a\n", pages), "sources.yaml")
    (file,), _ = with_pages([source], here.index / CACHE, here)
    files, (failure,) = with_pages([source], here.index / CACHE, here)
    assert (files, failure.file.name, failure.file.place) == ([], file.name, f"{pages.url}/a")
    assert with_pages([source], here.index / CACHE, here) == ([file], [])
    assert file.path.is_file()


def test_no_server_is_a_failure_of_the_page(tmp_path: Path, here: Settings) -> None:
    with no_server() as url:
        files, (reason,) = all_of(listed(tmp_path, f"- {url}/a"), here)
    assert files == []
    assert "the server gives no usable answer" in reason

"""Zip archives are folders, whatever their writers did to names, sizes and paths."""

import io
import stat
import zipfile
from pathlib import Path

import corpus
import made
import pytest

from assistant.errors import DocumentError
from ingest import archive
from ingest.find import find
from ingest.load import load

BODY = made.ENGLISH.encode()


def written(folder: Path, files: dict[str, bytes], name: str = "all.zip") -> Path:
    return corpus.write(folder, {name: made.archive(files)}) / name


def misnamed(folder: Path, names: list[str], encoding: str) -> Path:
    """An archive as programs write it that know of no UTF-8: the names' bytes are in the encoding of their system."""
    raw = made.archive({f"{number:0{len(name.encode(encoding))}}": BODY for number, name in enumerate(names)})
    for number, name in enumerate(names):
        code = name.encode(encoding)
        raw = raw.replace(f"{number:0{len(code)}}".encode(), code)
    return corpus.write(folder, {"all.zip": raw}) / "all.zip"


def test_an_archive_is_read_like_a_folder(tmp_path: Path) -> None:
    written(
        tmp_path, {"a.md": BODY, "sub/b.docx": made.word(), "c.png": b"x", ".hidden.md": BODY, "__MACOSX/a.md": BODY}
    )
    files = find([tmp_path])
    assert [(file.name, file.archive) for file in files] == [
        ("all.zip/a.md", tmp_path / "all.zip"),
        ("all.zip/sub/b.docx", tmp_path / "all.zip"),
    ]
    documents, failures = load(files)
    assert [document.source.path for document in documents] == ["all.zip/a.md", "all.zip/sub/b.docx"]
    assert failures == [] and made.ENGLISH in documents[1].text


def test_an_archive_in_a_folder_and_one_given_twice(tmp_path: Path) -> None:
    path = written(tmp_path / "docs" / "sub", {"a.md": BODY})
    assert [file.name for file in find([path, tmp_path / "docs", path])] == ["all.zip/a.md"]
    assert [file.name for file in find([tmp_path / "docs"])] == ["sub/all.zip/a.md"]


@pytest.mark.parametrize(
    ("names", "encoding"),
    [
        (["雲海市/海鷗計劃.md", "雲海市/會議記錄.md"], "big5"),
        (["云海市/海鸥计划.md", "云海市/会议记录.md"], "gbk"),
        (["雲海市/海鷗計劃.md", "é.md"], "utf-8"),
    ],
)
def test_names_in_the_encoding_of_a_system_are_recovered(tmp_path: Path, names: list[str], encoding: str) -> None:
    path = misnamed(tmp_path, names, encoding)
    assert set(archive.members(path)) == set(names)
    assert [archive.content(path, name) for name in names] == [BODY] * 2


@pytest.mark.parametrize("name", ["名單 😀.md", "a b.md", "Ünter.md", "plain.md", "深/層/次/名.md"])
def test_any_name_is_kept(tmp_path: Path, name: str) -> None:
    documents, _ = load(find([written(tmp_path, {name: BODY})]))
    assert [document.source.path for document in documents] == [f"all.zip/{name}"]


@pytest.mark.parametrize(
    "name", ["../evil.md", "sub/../../evil.md", "/etc/evil.md", "C:/evil.md", "C:evil.md", "..\\evil.md", "\\evil.md"]
)
def test_a_name_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    documents, failures = load(find([written(tmp_path, {name: BODY, "good.md": BODY})]))
    assert [document.source.id for document in documents] == ["good"]
    (failure,) = failures
    assert "its name leads out of the archive, so it is not read" in failure.reason and "evil.md" in failure.reason
    assert sorted(path.name for path in tmp_path.parent.rglob("*evil*")) == []


def test_a_link_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.md")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as opened:
        opened.writestr(link, "/etc/passwd")
        opened.writestr("good.md", BODY)
    corpus.write(tmp_path, {"all.zip": stream.getvalue()})
    documents, (failure,) = load(find([tmp_path]))
    assert len(documents) == 1
    assert failure.reason.startswith(f"`{tmp_path}/all.zip/link.md`: this is a link")


def test_an_archive_in_an_archive_is_reported(tmp_path: Path) -> None:
    _, (failure,) = load(find([written(tmp_path, {"inner.zip": made.archive({"a.md": BODY}), "b.md": BODY})]))
    assert (
        "all.zip/inner.zip`: this archive is inside another one, and is not opened; unpack the outer" in failure.reason
    )


@pytest.mark.parametrize(
    ("files", "constant", "value", "words"),
    [
        ({f"{n}.md": BODY for n in range(9)}, "MOST_MEMBERS", 8, "the archive has over 8 files"),
        ({"a.md": bytes(9000), "b.md": bytes(9000)}, "LARGEST", 10_000, "unpacks to far more than documents hold"),
        ({"a.md": bytes(900_000)}, "_HARMLESS", 100_000, "unpacks to far more than documents hold"),
        ({"a.md": BODY * 99}, "LARGEST_MEMBER", 1000, "the file is larger than"),
    ],
)
def test_bombs_are_refused(
    tmp_path: Path, files: dict[str, bytes], constant: str, value: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, files)
    monkeypatch.setattr(archive, constant, value)
    with pytest.raises(DocumentError, match=words):
        archive.members(path)
        archive.content(path, "a.md")


def test_a_member_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, {"a.md": bytes(3_000_000)})
    path.write_bytes(path.read_bytes().replace((3_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    with pytest.raises(DocumentError, match="the archive is damaged"):
        archive.content(path, "a.md")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"no zip", "all.zip`: the archive is damaged (File is not a zip file); save or fetch it anew."),
        (b"", "all.zip`: the archive is damaged"),
        (made.archive({"a.md": BODY})[:60], "all.zip`: the archive is damaged"),
        (made.archive({}), "all.zip`: the archive has no documents; put files ending in .md"),
        (made.archive({"a.png": b"x"}), "all.zip`: the archive has no documents"),
    ],
)
def test_an_archive_that_cannot_be_read_is_one_failure(tmp_path: Path, data: bytes, words: str) -> None:
    corpus.write(tmp_path, {"all.zip": data, "good.md": BODY})
    documents, (failure,) = load(find([tmp_path]))
    assert len(documents) == 1
    assert words in failure.reason


def test_a_member_with_a_password_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, {"a.md": BODY})
    data = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    path.write_bytes(data)
    _, (failure,) = load(find([tmp_path]))
    assert "protected with a password; make the archive without one" in failure.reason


def test_what_tells_of_documents_elsewhere_is_told_and_left_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = written(
        tmp_path, {"a.md": BODY, "a.md.meta.yaml": b"published: 2024", "sources.yaml": b"- https://a.example"}
    )
    assert [file.name for file in find([path])] == ["all.zip/a.md"]
    assert (
        f"of no kind that can be read, and left out of `{path}`: `a.md.meta.yaml`, `sources.yaml`." in caplog.messages
    )

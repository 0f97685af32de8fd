"""Pages of the web as files in a folder, where those that have not changed are not fetched again."""

import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import httpx

from assistant.errors import DocumentError
from ingest.document import File, Meta
from ingest.fetch import Web
from ingest.formats.kinds import FORMATS

CACHE = "pages"
"""The folder beside the index that holds the pages."""
TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}
_VAGUE = {"", "text/plain", "application/octet-stream", "binary/octet-stream"}
"""Types that servers give to what they do not know: the ending of the address tells more."""


def page_file(item: Meta, folder: Path, web: Web) -> File:
    """The file of the page that an item tells of; raises DocumentError, about no address in particular."""
    url = str(item["url"])
    note = folder / f"{name_of(url)}.json"
    known = _known(note)
    page = web.get(url, known.get("validators", {}), _suffix)
    if page is None:
        return File(folder / known["file"], name_of(url), meta=item)
    path = note.with_suffix(_suffix(page.headers, page.url))
    content = _as_utf8(page.content, page.headers)
    _write(path, content)
    told = {"file": path.relative_to(folder).as_posix(), "sha256": hashlib.sha256(content).hexdigest()}
    _write(note, json.dumps({"url": url, **told, "validators": _validators(page.headers)}).encode())
    return File(path, name_of(url), meta=item)


def name_of(url: str) -> str:
    """A name for a page that stays: its server, the last part of its path, and a digest of all of the address."""
    parts = _parts(url)
    last = PurePosixPath(unquote(parts.path)).stem
    slug = re.sub(r"[^\w-]+", "-", last.lower()).strip("-")[:60] or "page"
    host = re.sub(r"[^\w.-]+", "-", parts.netloc.lower()).strip(".-") or "page"
    return f"{host}/{slug}-{hashlib.sha256(url.encode()).hexdigest()[:8]}"


def tidy(folder: Path, names: Iterable[str]) -> None:
    """Remove all pages but those of these names."""
    wanted = set(names)
    for path in folder.rglob("*"):
        if path.is_file() and path.relative_to(folder).with_suffix("").as_posix() not in wanted:
            path.unlink(missing_ok=True)


def _known(note: Path) -> dict[str, Any]:
    """What was noted of a page; nothing where it is no longer what was written."""
    try:
        known: dict[str, Any] = json.loads(note.read_text("utf-8"))
        content = (note.parents[1] / known["file"]).read_bytes()
        return known if hashlib.sha256(content).hexdigest() == known["sha256"] else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _validators(headers: httpx.Headers) -> dict[str, str]:
    """What to ask with whether the page has changed."""
    pairs = (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified"))
    return {asked: headers[told] for asked, told in pairs if told in headers}


def _suffix(headers: httpx.Headers, url: str) -> str:
    """The ending of a page's file, by its type; raises DocumentError for one that cannot be read."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    ending = PurePosixPath(urlsplit(url).path).suffix.lower()
    suffix = ending if kind in _VAGUE and ending in FORMATS else TYPES.get(kind, "")
    if suffix not in FORMATS:
        raise DocumentError(f"its type `{kind or 'unknown'}` is not one that can be read; take it out")
    return suffix


def _as_utf8(content: bytes, headers: httpx.Headers) -> bytes:
    """Text in the encoding that the server names, if it names one: a reader of the file will not know it."""
    kind, _, parameters = headers.get("content-type", "").partition(";")
    named = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", parameters, re.IGNORECASE)
    if not kind.strip().lower().startswith("text/") or named is None:
        return content
    try:
        text = content.decode(named.group(1))
    except (LookupError, UnicodeError):
        return content
    return text.encode("utf-8-sig") if not text.startswith("\ufeff") else text.encode()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.partial")
    partial.write_bytes(content)
    partial.replace(path)


def _parts(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", url, "", "")

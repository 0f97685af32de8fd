"""What is known of a document: from front matter, sidecar, the file's metadata, the text, its name, in this order."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from pathlib import PurePath

from assistant.language import detect
from assistant.types import Kind, Language, Source
from ingest import dates
from ingest.document import Meta
from ingest.rows import bare
from ingest.told import WEB
from ingest.vocabulary import words

FRONT_MATTER, SIDECAR, FILE, TEXT, NAME, USUAL = "front matter", "sidecar", "file", "text", "file name", "default"
COMPLETED = "{origin}, completed by the file name"
LONGEST_TITLE = 200
LONGEST_LINE, MOST_LINES = 60, 4
"""Of a title on several lines."""
OPENING, CLOSING = 12, 6

_HEADING = re.compile(r"\s*#\s+\S")
_PUBLISHER = re.compile(
    r"[\s\d:/.年月日|-]*[\[【(（]?\s*"
    r"(?:source|publisher|published by|issued by|(?:新闻|文章)?来源|來源|稿源|發佈機構|发布机构)"
    r"\s*[:：]\s*(.{2,60}?)\s*[\]】)）]?\s*$",
    re.IGNORECASE,
)
_REPORTER = re.compile(
    r"[(（]([\u4e00-\u9fff]{2,8}(?:日报|日報|晚报|晚報|时报|時報|商报|商報|早报|社|网|網))(?:全媒体)?(?:记者|記者)"
)
_ADDRESS = re.compile(
    r"\s*(?:url|link|web address|original|原文|原文链接|原文連結|链接|連結|網址|网址)\s*[:：]\s*<?(https?://[^\s<>]+)>?\s*$",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?。！？；;:：]$")

Origins = Mapping[str, str]


def metadata(raw: Meta, front_matter: Meta, sidecar: Meta, text: str, name: str) -> tuple[Source, Origins]:
    """The source of a document, and for each of its keys what that was taken from; `name` is its path in the folder.

    `raw` is what the file tells of itself; what it has wrong is passed over. The others were checked when read.
    """
    stem = PurePath(name).stem
    known = _known(raw, front_matter, sidecar, text, PurePath(name).name)
    found = {key: next(((value, origin) for value, origin in known[key] if value), ("", "")) for key in known}
    title = found["title"][0] or stem
    values = {key: value for key, (value, _) in found.items()}
    source = Source(
        id=values["id"] or stem,
        title=title,
        kind=Kind(values["kind"] or Kind.ORIGINAL),
        original_title=values["source"] or title,
        publisher=values["publisher"],
        published=values["published"],
        language=Language(values["language"]),
        url=values["url"] or None,
        path=name,
    )
    usual = {"id": NAME, "title": NAME, "kind": USUAL}
    return source, {key: origin or usual.get(key, "") for key, (_, origin) in found.items() if origin or key in usual}


def _known(
    raw: Meta, front_matter: Meta, sidecar: Meta, text: str, name: str
) -> dict[str, list[tuple[str | None, str]]]:
    """For each key, its values from the surest to the least sure, each with its origin."""
    told = {
        key: [(front_matter.get(key), FRONT_MATTER), (sidecar.get(key), SIDECAR)]
        for key in ("id", "kind", "title", "source", "publisher", "published", "language", "url")
    }
    told["title"] += [(_line(raw.get("title")), FILE), (title_in(text), TEXT)]
    told["publisher"] += [(_line(raw.get("publisher")), FILE), (publisher_in(text), TEXT)]
    told["published"] += _dates(raw, text, dates.in_name(name))
    told["language"] += _languages(raw, text)
    told["url"] += [(_url(raw.get("url")), FILE), (url_in(text), TEXT)]
    return told


def title_in(text: str) -> str:
    """A heading near the beginning, else the first line that says more than what kind of text it is."""
    lines = [line.strip() for line in text.splitlines()]
    opening = [at for at, line in enumerate(lines) if line][:OPENING]
    telling = [at for at in opening if bare(lines[at]).casefold() not in words("kicker")] or opening
    headings = [at for at in opening if _HEADING.match(lines[at])]
    if not telling:
        return ""
    return _whole_title(lines[(headings or telling)[0] :]).lstrip("# ").strip()[:LONGEST_TITLE]


def _whole_title(lines: Sequence[str]) -> str:
    """The first line, and the short ones right below it where it ends with a dash."""
    block = list(
        takewhile(lambda line: line and len(line) <= LONGEST_LINE and not _STOP.search(line), lines[:MOST_LINES])
    )
    return " ".join(block) if len(block) > 1 and block[0].endswith(("–", "—", "-")) else lines[0]


def publisher_in(text: str) -> str:
    """Who a labelled line or the reporter's line names."""
    lines = _outer(text)
    labelled = (found.group(1) for line in lines if (found := _PUBLISHER.match(line)) and not _STOP.search(line))
    reported = (found.group(1) for line in lines if (found := _REPORTER.search(line)))
    return next((who for who in (*labelled, *reported) if not who.startswith(WEB)), "")


def url_in(text: str) -> str:
    return next((found.group(1) for line in _outer(text) if (found := _ADDRESS.match(line))), "")


def _outer(text: str) -> list[str]:
    lines = [line for line in text.splitlines() if line.strip()]
    return [*lines[:OPENING], *lines[OPENING:][-CLOSING:]]


def _dates(raw: Meta, text: str, leading: str) -> Iterator[tuple[str, str]]:
    for found, origin in ((dates.normal(raw.get("published")), FILE), (dates.in_text(text), TEXT)):
        whole = dates.completed(found, leading) if found else ""
        yield whole, origin if whole == found else COMPLETED.format(origin=origin)
    yield leading, NAME


def _line(value: str | None) -> str:
    return " ".join((value or "").split())[:LONGEST_TITLE]


def _languages(raw: Meta, text: str) -> Iterator[tuple[str, str]]:
    """The text's own, as files are often labelled wrong; their label decides the script where the text does not."""
    label = raw.get("language")
    language = detect(text, Language(label)) if label in list(Language) else detect(text)
    yield str(language), FILE if language == label else TEXT


def _url(value: str | None) -> str:
    value = (value or "").strip()
    return value if value.startswith(WEB) else ""

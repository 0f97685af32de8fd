"""Web pages: the main content, with its headings, lists and tables, and what the page says of itself."""

import codecs
import re
from collections.abc import Iterable, Iterator
from typing import Any

import trafilatura

from assistant.errors import DocumentError
from assistant.language import detect
from ingest.document import Meta, Raw
from ingest.formats.encoding import decoded
from ingest.formats.flow import one_line, table

_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.I)
_LANGUAGE = re.compile(r"<html[^>]{0,500}?\slang\s*=\s*[\"']?([\w-]+)", re.I)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "iso-8859-1": "cp1252", "ascii": "cp1252"}
"""What the names in web pages stand for in practice."""
_INLINE = ("hi", "ref", "lb", "del", "code")
_PUBLISHED = {"extensive_search": False, "original_date": True}


def read(data: bytes) -> Raw:
    page = _text(data)
    found: Any = trafilatura.bare_extraction(
        page, include_comments=False, with_metadata=True, date_extraction_params=_PUBLISHED
    )
    blocks = list(_blocks(found.body)) if found is not None and found.body is not None else []
    text = "\n\n".join(blocks) or _all_text(page)
    if not text:
        raise DocumentError("the page has no text; save it with its contents, after it is shown whole")
    return Raw(text + "\n", _meta(found, page, text))


def _text(data: bytes) -> str:
    """By the page's own word where it holds; a byte order mark outranks it."""
    named = _CHARSET.search(data[:HEAD])
    name = named.group(1).decode().lower() if named else ""
    if name in ("", "utf-8") or data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decoded(data)
    try:
        return data.decode(_WIDER.get(name, name))
    except (LookupError, UnicodeDecodeError):
        return decoded(data)


HEAD = 4096
"""The bytes at its beginning in which a page names its encoding."""


def _blocks(parent: Any) -> Iterator[str]:
    """The blocks of trafilatura's tree, as Markdown; words loose between them are blocks too."""
    loose = parent.text or ""
    for element in parent:
        if element.tag in _INLINE:
            loose += f" {element.tail or ''}" if element.tag == "lb" else f"{_line(element)}{element.tail or ''}"
            continue
        yield from filter(None, [one_line(loose)])
        yield from filter(None, _block(element))
        loose = element.tail or ""
    yield from filter(None, [one_line(loose)])


def _block(element: Any) -> Iterable[str]:
    if element.tag == "head":
        return [f"{'#' * int(element.get('rend', 'h2')[-1])} {_line(element)}"]
    if element.tag == "list":
        return ["\n".join(_items(element))]
    if element.tag == "table":
        return [table([_line(cell) for cell in row] for row in element.iter("row"))]
    return [_line(element)] if element.tag == "p" else _blocks(element)


def _items(element: Any) -> Iterator[str]:
    for item in element.iter("item"):
        own = one_line("".join(_pieces(item, "list")))
        if own:
            yield f"- {own}"


def _line(element: Any) -> str:
    return one_line("".join(_pieces(element)))


def _pieces(element: Any, without: str = "") -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == "lb":
            yield " "
        elif child.tag != without and isinstance(child.tag, str):
            yield from _pieces(child, without)
        yield child.tail or ""


def _all_text(page: str) -> str:
    """All of a page's text, for one in which no main content can be told."""
    found: Any = trafilatura.html2txt(page)
    return one_line(found)


def _meta(found: Any, page: str, text: str) -> Meta:
    if found is None:
        return {}
    meta = {
        "title": found.title,
        "publisher": found.sitename,
        "published": found.date,
        "language": _language(page, text),
    }
    url = found.url if str(found.url or "").startswith(("http://", "https://")) else None
    return {key: one_line(value) for key, value in (meta | {"url": url}).items() if value}


def _language(page: str, text: str) -> str | None:
    """The page's own word, where its text does not belie it: templates are often wrong about it."""
    named = _LANGUAGE.search(page)
    tag = named.group(1).lower() if named else ""
    script = "zh-Hans" if re.search(r"hans|cn|sg", tag) else "zh-Hant" if re.search(r"hant|hk|tw|mo", tag) else ""
    language = script if tag.startswith("zh") else "en" if tag.startswith("en") else ""
    seen = detect(text)
    return language if language and (language == "en") is not seen.is_chinese else None

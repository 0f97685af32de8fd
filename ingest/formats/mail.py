"""Mail: who wrote, when, about what, the text, and the attachments that can be read."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from pathlib import PurePath
from typing import Any

from assistant.errors import DocumentError
from ingest.document import Meta, Raw
from ingest.formats import html, reading
from ingest.formats.encoding import decoded
from ingest.formats.flow import joined, one_line

_PARAGRAPHS = re.compile(r"\n(?:[ \t]*\n)+")
_LISTED = re.compile(r"\s*(?:[-*•>]|\d+[.)])\s|\s{4}")
_WRAPPED = 50
"""Mail programs break lines at 60 to 78 characters; a shorter line ends where its writer ended it."""
_HEADING = re.compile(r"^(?=#{1,4} )", re.MULTILINE)


def read(data: bytes) -> Raw:
    message = message_from_bytes(data, policy=policy.default)
    if not message["from"] and not message["subject"]:
        raise DocumentError("the file is no mail, as .eml says: it has no sender and no subject; save the mail anew")
    meta, notes = _meta(message), list[str]()
    body = message.get_body(("plain", "html"))
    sections = [f"# {meta['title']}" if "title" in meta else "", _body(body) if body is not None else ""]
    for part in message.iter_attachments():
        name = one_line(part.get_filename() or part.get_content_type())
        try:
            sections.append(f"## Attachment: {name}\n\n{_attached(part, name)}")
        except DocumentError as error:
            notes.append(f"its attachment `{name}` is left out: {error}")
    return Raw("\n\n".join(filter(None, sections)) + "\n", meta, tuple(notes))


def _meta(message: EmailMessage) -> Meta:
    sent = message["date"].datetime if message["date"] else None
    senders = message["from"].addresses if message["from"] else ()
    meta = {
        "title": one_line(message["subject"] or ""),
        "publisher": one_line(senders[0].display_name or senders[0].addr_spec) if senders else "",
        "published": sent.date().isoformat() if sent else "",
    }
    return {key: value for key, value in meta.items() if value}


def _body(part: MIMEPart) -> str:
    text = _text(part)
    return html.read(text.encode("utf-8-sig")).text if part.get_content_subtype() == "html" else _unwrapped(text)


def _text(part: MIMEPart) -> str:
    """By the mail's own word about its encoding where it holds."""
    data = _bytes(part)
    try:
        return data.decode(part.get_content_charset("utf-8"))
    except (LookupError, UnicodeDecodeError):
        return decoded(data)


def _bytes(part: MIMEPart) -> bytes:
    """A part's contents; those of an attached mail are the mail."""
    if part.get_content_maintype() == "multipart":
        raise DocumentError("it is of several parts; save each by itself")
    data: Any = part.get_content() if part.is_multipart() else part.get_payload(decode=True)
    return bytes(data)


def _attached(part: MIMEPart, name: str) -> str:
    """What an attachment says, its headings below the one with its name."""
    suffix = PurePath(name).suffix.lower() or (".eml" if part.get_content_type() == "message/rfc822" else "")
    raw = reading.read(_bytes(part), suffix)
    return _HEADING.sub("##", raw.text.replace("\f", "\n")).strip()


def _unwrapped(text: str) -> str:
    """Paragraphs whose lines a mail program broke are joined; lists and short lines stay as they are."""
    return "\n\n".join(
        "\n".join(_lines(part)) for part in _PARAGRAPHS.split(text.replace("\r\n", "\n")) if part.strip()
    )


def _lines(paragraph: str) -> Iterator[str]:
    line, wrapped = "", False
    for found in paragraph.strip("\n").split("\n"):
        if wrapped and not _LISTED.match(found):
            line = joined((line, found))
        else:
            yield from [line] * bool(line)
            line = found.strip()
        wrapped = len(found) >= _WRAPPED
    yield line

"""Mail: what it tells of itself, its text unwrapped, its attachments."""

from email.message import EmailMessage

import made
import pytest

from assistant.errors import DocumentError
from ingest.formats import mail

WRAPPED = (
    "Every clerk of the scheme writes a diary in the evening, and shows it\n"
    "on Fridays to the head of the office in which the clerk is a guest.\n\n"
    "Bring along:\n- a pen\n- a book in which there is room enough for the diary of three months\n- ink\n\nAda"
)


def test_a_mail_tells_of_itself() -> None:
    raw = mail.read(made.mail())
    assert raw.meta == {"title": "海鷗計劃: the beginning", "publisher": "Cloud City Office", "published": "2021-06-07"}
    assert raw.text == f"# 海鷗計劃: the beginning\n\n{made.ENGLISH}\n"


def test_lines_that_the_program_broke_are_joined() -> None:
    assert mail.read(made.mail(text=WRAPPED)).text.split("\n\n")[1:] == [
        "Every clerk of the scheme writes a diary in the evening, and shows it on Fridays to the head of the office in "
        "which the clerk is a guest.",
        "Bring along:\n- a pen\n- a book in which there is room enough for the diary of three months\n- ink",
        "Ada\n",
    ]


def test_attachments_are_sections() -> None:
    raw = mail.read(made.mail({"letter.docx": made.word(), "名單.csv": made.values(), "report.pdf": made.report()}))
    assert "## Attachment: letter.docx\n\n### Seagull Scheme\n\n### The beginning\n\n" in raw.text
    assert "## Attachment: 名單.csv\n\nName: Ada Brook; Office: Harbour Office; Months: 3" in raw.text
    assert "## Attachment: report.pdf\n\n### The Seagull Scheme\n\n" in raw.text and made.CHINESE in raw.text
    assert "\f" not in raw.text and raw.notes == ()


def test_a_mail_in_a_mail_is_a_section() -> None:
    outer = EmailMessage()
    outer["Subject"], outer["From"] = "Forwarded", "ada@example.org"
    outer.set_content("See below.")
    inner = EmailMessage()
    inner["Subject"], inner["From"] = "First", "ben@example.org"
    inner.set_content(made.ENGLISH)
    outer.add_attachment(inner)
    assert mail.read(bytes(outer)).text == (
        f"# Forwarded\n\nSee below.\n\n## Attachment: message/rfc822\n\n### First\n\n{made.ENGLISH}\n"
    )


def test_an_attachment_that_cannot_be_read_is_told() -> None:
    raw = mail.read(made.mail({"photo.png": b"\x89PNG\r\n", "all.zip": made.archive({"a.md": b"x"}), "old.doc": b"?"}))
    assert [note.partition(": ")[0] for note in raw.notes] == [
        f"its attachment `{name}` is left out" for name in ("photo.png", "all.zip", "old.doc")
    ]


def test_a_mail_of_html_only_is_read_as_a_page() -> None:
    message = EmailMessage()
    message["Subject"], message["From"] = "News", "office@example.org"
    message.set_content(made.page().decode(), subtype="html")
    text = mail.read(bytes(message)).text
    assert made.ENGLISH in text and "scripted" not in text


@pytest.mark.parametrize(("charset", "written"), [("big5", "big5"), ("utf-8", "big5"), ("no-such", "utf-8")])
def test_the_encoding_is_the_mails_unless_it_is_wrong_about_it(charset: str, written: str) -> None:
    head = f"From: a@example.org\r\nSubject: x\r\nContent-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    assert made.CHINESE in mail.read(head.encode() + made.CHINESE.encode(written)).text


@pytest.mark.parametrize("data", [b"no mail at all\n", b"\xff\xfe\0\0", b"Date: never\r\n\r\nText."])
def test_what_is_no_mail_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match="the file is no mail"):
        mail.read(data)

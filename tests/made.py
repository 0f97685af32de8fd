"""Small real files of every format, made on the spot: about the Seagull Scheme of Cloud City, which does not exist."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from email.message import EmailMessage

import docx
import openpyxl
import pptx
from PIL import Image, ImageDraw, ImageFont

ENGLISH = "The Seagull Scheme of Cloud City began in May 2021 with 12 clerks."
CHINESE = "雲海市的海鷗計劃於2021年5月展開，首批有12名文員參加。"
SIMPLIFIED = "云海市的海鸥计划于2021年5月展开，首批有12名文员参加。"
HEADER, ROWS = ("Name", "Office", "Months"), (("Ada Brook", "Harbour Office", "3"), ("Ben Cole", "Tram Office", "6"))
FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"

Run = tuple[float, float, float, str]
"""(x, y from the top, size, text) of a run on a page of 595 × 842 points; bold where the text begins with `*`."""


def saved(thing: object) -> bytes:
    stream = io.BytesIO()
    thing.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def word() -> bytes:
    document = docx.Document()
    document.core_properties.title = "Seagull Scheme"
    document.core_properties.created = datetime(2021, 6, 7, 9)
    document.add_heading("Seagull Scheme", 0)
    document.add_heading("The beginning", 1)
    document.add_paragraph(ENGLISH)
    document.add_heading("人員", 2)
    document.add_paragraph(CHINESE)
    document.add_paragraph("Clerks of the first batch", style="List Bullet")
    document.add_paragraph("Clerks of the second batch", style="List Number")
    table = document.add_table(1, 3)
    for row in (HEADER, *ROWS):
        cells = table.rows[0].cells if row is HEADER else table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    document.add_paragraph("The scheme ends in 2030.")
    return saved(document)


def slides() -> bytes:
    deck = pptx.Presentation()
    deck.core_properties.title = "Seagull briefing"
    first = deck.slides.add_slide(deck.slide_layouts[1])
    first.shapes.title.text = "The beginning"
    first.placeholders[1].text = f"{ENGLISH}\nIt is run by the Harbour Office."
    second = deck.slides.add_slide(deck.slide_layouts[5])
    second.shapes.title.text = "人員"
    shape = second.shapes.add_table(3, 3, 0, 2_000_000, 5_000_000, 1_000_000)
    for cells, row in zip(shape.table.rows, (HEADER, *ROWS), strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = text
    second.notes_slide.notes_text_frame.text = "Ben Cole returns in autumn."
    deck.slides.add_slide(deck.slide_layouts[6])
    return saved(deck)


def workbook(sheets: Mapping[str, Iterable[Sequence[object]]] | None = None) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in (sheets or {"Clerks": [HEADER, *ROWS], "名單": [("姓名", "月數"), ("白鷺", 3)]}).items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return saved(book)


def values(encoding: str = "utf-8") -> bytes:
    return "\r\n".join(",".join(row) for row in (HEADER, *ROWS)).encode(encoding)


def page(body: str = "", charset: str = "utf-8", head: str = "") -> bytes:
    text = body or (
        f"<h1>Seagull Scheme</h1><p>{ENGLISH} It is run by the Harbour Office, and each clerk writes a diary of the "
        f"months spent in another office.</p><h2>人員</h2><p>{CHINESE}</p><ul><li>Ada Brook</li><li>Ben Cole</li></ul>"
        "<table><tr><th>Name</th><th>Months</th></tr><tr><td>Ada Brook</td><td>3</td></tr></table>"
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="{charset}"><title>Seagull Scheme</title>'
        '<meta property="og:site_name" content="Cloud City Office">'
        '<meta property="article:published_time" content="2021-06-07T08:00:00+08:00">'
        f'<link rel="canonical" href="https://example.org/seagull">{head}<style>p {{color: red}}</style>'
        "<script>var secret = 'scripted';</script></head><body><nav><a href='/'>Home</a><a href='/all'>All news</a>"
        f"</nav><main><article>{text}</article></main><script>document.write('scripted')</script>"
        "<footer>Copyright Cloud City</footer></body></html>"
    ).encode(charset)


def mail(attachments: Mapping[str, bytes] | None = None, text: str = ENGLISH) -> bytes:
    message = EmailMessage()
    message["Subject"] = "海鷗計劃: the beginning"
    message["From"] = "Cloud City Office <office@example.org>"
    message["To"] = "all@example.org"
    message["Date"] = "Sat, 07 Jun 2021 09:00:00 +0800"
    message.set_content(text)
    for name, data in (attachments or {}).items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return bytes(message)


def archive(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in files.items():
            opened.writestr(name, data)
    return stream.getvalue()


def pdf(pages: Sequence[Sequence[Run]], info: str = "", encrypted: bool = False) -> bytes:
    """A PDF file of text in three fonts that every reader knows; Chinese text is Traditional or Simplified."""
    fonts = "<< /L 3 0 R /B 4 0 R /T 5 0 R /S 6 0 R >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{9 + 2 * n} 0 R' for n in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        _chinese_font("MSung-Light", "UniCNS-UCS2-H", "CNS1"),
        _chinese_font("STSong-Light", "UniGB-UCS2-H", "GB1"),
        f"<< {info} >>",
        "<< /Filter /Standard /V 1 /R 2 /P -4 /O (12345678901234567890123456789012) /U (12345678901234567890123456789012) >>",
    ]
    for number, runs in enumerate(pages):
        stream = "\n".join(map(_run, runs))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font {fonts} >> /Contents {10 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    return _assembled(objects, " /Encrypt 8 0 R /ID [(a) (a)]" if encrypted else "")


def _chinese_font(name: str, encoding: str, ordering: str) -> str:
    system = f"<< /Registry (Adobe) /Ordering ({ordering}) /Supplement 0 >>"
    descriptor = (
        f"<< /Type /FontDescriptor /FontName /{name} /Flags 6 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 "
        "/Descent -120 /CapHeight 880 /StemV 93 >>"
    )
    child = f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{name} /CIDSystemInfo {system} /DW 1000 /FontDescriptor {descriptor} >>"
    return f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /{encoding} /DescendantFonts [{child}] >>"


def _run(run: Run) -> str:
    x, y, size, text = run
    if text.isascii():
        font, shown = ("B", text[1:]) if text.startswith("*") else ("L", text)
        code = "(" + shown.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") + ")"
    else:
        font = "S" if any(char in text for char in "云鸥计划于员会开书") else "T"
        code = f"<{text.encode('utf-16-be').hex()}>"
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {842 - y} Tm {code} Tj ET"


def _assembled(objects: Sequence[str], trailer: str) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 7 0 R{trailer} >>"
    return data + f"{end}\nstartxref\n{len(data)}\n%%EOF\n".encode()


def lines(texts: Sequence[str], x: float = 72, y: float = 100, size: float = 11, step: float = 14) -> list[Run]:
    """Runs below each other."""
    return [(x, y + step * number, size, text) for number, text in enumerate(texts)]


def scanned(texts: Sequence[str]) -> bytes:
    """A PDF file of one page that is a picture of these lines."""
    picture = Image.new("L", (1240, 1000), 255)
    draw = ImageDraw.Draw(picture)
    for number, text in enumerate(texts):
        draw.text((100, 100 + 70 * number), text, 0, ImageFont.truetype(FONT, 36))
    stream = io.BytesIO()
    picture.save(stream, "PDF", resolution=150)
    return stream.getvalue()


def report() -> bytes:
    """A PDF file of two pages, with a heading, a table without lines and a sentence that runs over."""
    first = [(72, 90, 20, "The Seagull Scheme"), *lines([ENGLISH, "It is run by the Harbour Office."], y=130)]
    second = [*lines([CHINESE, SIMPLIFIED], y=100)]
    return pdf([first, second], "/Title (Seagull report) /CreationDate (D:20210607090000+08'00')")


ALL = {
    "note.md": lambda: f"# Seagull\n\n{ENGLISH}\n".encode(),
    "big5.txt": lambda: CHINESE.encode("big5"),
    "page.html": page,
    "report.pdf": report,
    "scan.pdf": lambda: scanned([ENGLISH]),
    "letter.docx": word,
    "deck.pptx": slides,
    "clerks.xlsx": workbook,
    "clerks.csv": values,
    "mail.eml": lambda: mail({"letter.docx": word()}),
    "all.zip": lambda: archive({"inner/名單.md": CHINESE.encode(), "inner/letter.docx": word()}),
}
"""A file of every kind, by name."""

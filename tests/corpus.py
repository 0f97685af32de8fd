"""A few tiny documents, and the words to write others."""

from collections.abc import Mapping
from pathlib import Path

ENGLISH = """\
## The first batch

The first batch had 10 Hong Kong civil servants. The exchange of the first batch in Shenzhen lasted three months.

## The launch ceremony

The launch ceremony of the exchange was held in Qianhai on 18 December 2023.
"""
CHINESE = """\
## 首批人員

首批有10名香港公務員。首批在深圳的交流為期三個月。

## 啟動儀式

交流的啟動儀式於2023年12月18日在前海舉行。
"""
KEYS = {
    "id": "brief",
    "kind": "brief",
    "title": "Brief",
    "source": "Brief",
    "publisher": "Office",
    "published": "2024-03-08",
}


def document(body: str, **keys: str) -> str:
    """A document's text with the usual front matter, changed by `keys`."""
    lines = "".join(f"{key}: {value}\n" for key, value in (KEYS | keys).items())
    return f"---\n{lines}---\n\n{body}"


TINY = {
    "brief.en.md": document(ENGLISH, language="en"),
    "brief.zh-Hant.md": document(CHINESE, language="zh-Hant"),
}


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """The folder, made where it is missing, with these files in it."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder

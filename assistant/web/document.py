"""The HTML document that Gradio serves, with this page's own head.

Gradio adds a page's styles and scripts only once its own script runs, and rewrites the styles;
written into the document, they hold from the first paint and as they are.
"""

import hashlib
import re
from html import escape
from pathlib import Path

from prompts import LANGUAGES, message

STATIC = Path(__file__).parent / "static"
URL = "/static-chat"
STYLES = ("base.css", "frame.css", "intro.css", "composer.css", "chat.css", "sources.css", "narrow.css")
SCRIPT, EMBLEM = "chat.js", "emblem.svg"
ABOUT_GRADIO = re.compile(rb'<meta\s+(?:property="og:|name="twitter:)[^>]*>\s*')


def dressed(html: bytes) -> bytes:
    """The document with our styles, script, emblem and description instead of Gradio's."""
    ours = ABOUT_GRADIO.sub(b"", html).replace(b"</head>", _head().encode() + b"</head>", 1)
    return ours.replace(b"</body>", _without_script().encode() + b"</body>", 1)


def _head() -> str:
    styles = "".join(f'<link rel="stylesheet" href="{_address(name)}">' for name in STYLES)
    about = escape(message("page_lead", "en"), quote=True)
    return (
        f'<link rel="icon" href="{_address(EMBLEM)}" type="image/svg+xml"><meta name="description" content="{about}">'
        f'{styles}<script src="{_address(SCRIPT)}" defer></script>'
    )


def _without_script() -> str:
    texts = (f'<p lang="{language}">{escape(message("script_needed", language))}</p>' for language in LANGUAGES)
    return f"<noscript>{''.join(texts)}</noscript>"


def _address(name: str) -> str:
    """Changes with the file's content, so a browser never keeps an old one."""
    return f"{URL}/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"

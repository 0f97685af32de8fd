"""`python -m ingest` in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

from assistant.settings import PREFIX, Settings

ROOT = Path(__file__).parents[1]


def environment(settings: Settings, **others: str) -> dict[str, str]:
    """The settings as an environment, for a process or for this one."""
    names = {"documents", "index", "embedding_model", "chroma_url", "allow_private_addresses"}
    values = {PREFIX + name.upper(): str(value) for name, value in settings if name in names and value is not None}
    return values | others


def ingest(settings: Settings, *arguments: str, code: str = "") -> subprocess.Popen[str]:
    """`python -m ingest` as a process of its own; `code` is run before it."""
    start = ["-c", f"{code}\nimport sys; from ingest.__main__ import main; sys.exit(main(sys.argv[1:]))"]
    return subprocess.Popen(
        [sys.executable, *(start if code else ["-m", "ingest"]), *arguments],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment(settings)},
        cwd=settings.documents.parent,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )

"""A list of web addresses → files: `sources.yaml`, whose items are addresses, or mappings of `url` and what is to be
told of the document.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from tqdm import tqdm

from assistant.errors import DocumentError
from assistant.settings import Settings
from ingest.document import Failure, File, Meta
from ingest.fetch import Web
from ingest.pages import name_of, page_file, tidy

LISTS = (".yaml", ".yml")
KEYS = ("url", "id", "kind", "title", "source", "publisher", "published", "language")


def with_pages(files: Sequence[File], folder: Path, settings: Settings) -> tuple[list[File], list[Failure]]:
    """The files with the pages of each list in its place; pages that no list has any more are removed."""
    found: dict[str, File] = {}
    failures: list[Failure] = []
    for file in files:
        if file.path.suffix.lower() in LISTS:
            pages, failed = fetched(file.path, folder, settings)
            found |= {page.name: page for page in pages if page.name not in found}
            failures += failed
        else:
            found.setdefault(str(file.path), file)
    tidy(folder, {failure.file.name for failure in failures} | {file.name for file in found.values()})
    return list(found.values()), failures


def fetched(path: Path, folder: Path, settings: Settings) -> tuple[list[File], list[Failure]]:
    """The pages of a list as files in `folder`; raises DocumentError where the list itself cannot be read."""
    files: list[File] = []
    failures: list[Failure] = []
    listed = items(path)
    with Web(settings.fetch_timeout, settings.allow_private_addresses) as web:
        for item in tqdm(listed, desc="fetching", unit="page", delay=2, disable=None):
            try:
                files.append(page_file(item, folder, web))
            except DocumentError as error:
                file = File(folder, name_of(str(item["url"])), meta=item)
                failures.append(Failure(file, f"`{item['url']}` in `{path}`: {error}."))
    return files, failures


def items(path: Path) -> list[Meta]:
    """What a list says, each address once; raises DocumentError where it cannot be read."""
    try:
        listed = yaml.safe_load(path.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        why = " ".join(str(error).split())
        raise DocumentError(f"The list of addresses `{path}` cannot be read ({why}); correct it.") from error
    if not isinstance(listed, list | None):
        raise DocumentError(f"`{path}` is not a list of addresses; begin each line with `- `.")
    found: dict[str | None, Meta] = {}
    for number, entry in enumerate(listed or (), start=1):
        item = _item(entry, f"item {number} of `{path}`")
        found.setdefault(item["url"], item)
    return list(found.values())


def _item(entry: Any, place: str) -> Meta:
    told = entry if isinstance(entry, dict) else {"url": entry}
    unknown = next((key for key in told if key not in KEYS), None)
    if unknown is not None:
        raise DocumentError(f"There is an unknown key `{unknown}` in {place}; known are {', '.join(KEYS)}.")
    if not isinstance(told.get("url"), str):
        raise DocumentError(f"There is no address in {place}; write one, such as https://example.org/page.")
    return {key: _line(value) for key, value in told.items() if value is not None}


def _line(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else " ".join(str(value).split())

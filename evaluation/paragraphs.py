"""Paragraphs → a temporary index, each paragraph one document of one passage, made as the project makes its own."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tqdm import tqdm

from assistant.errors import AssistantError
from assistant.index import GLOSSES, Index, open_index
from assistant.language import detect
from assistant.models import exported_folder
from assistant.settings import Settings
from assistant.types import Kind, Language, Passage, Source
from ingest.sync import sync

SAMPLE = 20_000
"""Characters of a collection that its language is told by."""


@contextmanager
def folder_for(paragraphs: Sequence[str], model: str, keep: Path | None) -> Iterator[Path]:
    """A folder of these paragraphs' own: inside `keep`, where it stays for the next time, else a temporary one."""
    if keep:
        yield keep / hashlib.sha256(json.dumps([model, *paragraphs]).encode()).hexdigest()[:16]
    else:
        with TemporaryDirectory(prefix="retrieval-", ignore_cleanup_errors=True) as folder:
            yield Path(folder)


def index_in(folder: Path, paragraphs: Sequence[str], configured: Settings) -> Index:
    """An index of the paragraphs: the documents' ids are their positions.

    The embedding model is that of the settings, whose own index and Chroma server are left as they are.
    """
    settings = configured.model_copy(update={"index": folder, "chroma_url": None})
    try:
        link_shared(configured, folder)
    except OSError as error:
        raise AssistantError(f"`{folder}` cannot be written: {error.strerror}. Give another folder.") from error
    with tqdm(total=len(paragraphs), unit="paragraph", desc="indexing", delay=2, disable=None) as bar:
        sync(passages(paragraphs), settings, lambda done: bar.update(done - bar.n))
    return open_index(settings)


def passages(paragraphs: Sequence[str]) -> list[Passage]:
    """All in the language of the collection as a whole: one paragraph may hold little but names."""
    language = detect("\n".join(paragraphs)[:SAMPLE])
    return [_passage(position, text, language) for position, text in enumerate(paragraphs)]


def position(passage: Passage) -> int:
    """Which paragraph a passage is."""
    return int(passage.source.id)


def _passage(position: int, text: str, language: Language) -> Passage:
    name = hashlib.sha256(f"{position}\0{language}\0{text}".encode()).hexdigest()[:32]
    title = f"Paragraph {position + 1}"
    return Passage(name, text, Source(str(position), title, Kind.ORIGINAL, title, "", "", language))


def link_shared(configured: Settings, folder: Path) -> None:
    """Spare the making of what all indexes share: the exported model and the table of glosses."""
    model = exported_folder(configured.index, configured.embedding_model)
    for source in (*model.glob("*"), configured.index / GLOSSES):
        target = folder / source.relative_to(configured.index)
        if source.is_file() and not target.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            target.symlink_to(source.resolve())

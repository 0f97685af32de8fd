"""What is told of a document in a file beside it: `report.pdf.meta.yaml` or `report.meta.yaml` for `report.pdf`."""

from pathlib import Path

from assistant.errors import DocumentError
from ingest.told import Told, told

SUFFIX = ".meta.yaml"


def beside(path: Path) -> Path | None:
    """The sidecar of a file, None where it has none; the one with the whole name comes first."""
    return next((found for found in places(path) if found.is_file()), None)


def places(path: Path) -> tuple[Path, Path]:
    """Where the sidecar of a file may be."""
    return path.with_name(path.name + SUFFIX), path.with_name(path.stem + SUFFIX)


def sidecar(path: Path) -> Told:
    """What the sidecar of a file tells; raises DocumentError where it is not right."""
    file = beside(path)
    if file is None:
        return Told()
    where = f"sidecar `{file.name}`"
    try:
        return told(file.read_text("utf-8-sig"), where)
    except UnicodeDecodeError as error:
        raise DocumentError(f"the {where} is not in UTF-8; save it as UTF-8") from error
    except OSError as error:
        raise DocumentError(f"the {where} cannot be read ({error.strerror}); check its rights") from error

"""Lines as they were set → text as it reads: soft line ends joined, tables as sentences of `header: value`."""

import re
from collections.abc import Iterable, Sequence

from assistant.language import HAN

_TIGHT = re.compile(f"[{HAN}\\u3000-\\u303f\\uff00-\\uffef]")
_HYPHENATED = re.compile(r"[a-z]-\Z")
_SPACES = re.compile(r"\s+")
_NUMBER = re.compile(r"[-+(]?[$€£¥]?[\d.,\s/:%-]+\)?")


def joined(lines: Iterable[str]) -> str:
    """One paragraph: a space between lines, none between Chinese characters, and no hyphen within a word."""
    text = ""
    for line in map(one_line, lines):
        if _HYPHENATED.search(text) and line[:1].islower():
            text = text[:-1] + line
        elif text and line and not (_TIGHT.match(text[-1]) and _TIGHT.match(line[0])):
            text = f"{text} {line}"
        else:
            text += line
    return text


def one_line(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def table(rows: Iterable[Sequence[str]]) -> str:
    """A line for each row of a table that is not empty, with each column's header before its value where it has one."""
    filled = [[one_line(cell) for cell in row] for row in rows]
    filled = [row for row in filled if any(row)]
    if len(filled) < 2 or not _is_header(filled[0]):
        return "\n".join("; ".join(cell for cell in row if cell) for row in filled)
    return "\n".join(labelled(filled[0], row) for row in filled[1:])


def _is_header(row: Sequence[str]) -> bool:
    """Whether it names columns: at least two, all different, and none of them a number."""
    names = [cell for cell in row if cell]
    return len(names) > 1 and len(set(names)) == len(names) and not any(map(_NUMBER.fullmatch, names))


def labelled(header: Sequence[str], row: Sequence[str]) -> str:
    """A row with each column's header before its value."""
    names = [*header, *[""] * (len(row) - len(header))]
    return "; ".join(f"{name}: {cell}" if name else cell for name, cell in zip(names, row, strict=False) if cell)

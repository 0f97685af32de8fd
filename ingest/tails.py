"""What follows the end of a text: search results, comments, adverts, headlines. The end mark alone proves nothing."""

import re
from collections.abc import Iterator, Sequence

from assistant.language import HAN
from ingest.rows import Form, Row, bare, filled, form
from ingest.signs import signs, years_in
from ingest.vocabulary import only, words

LEAST_SHARE = 0.5
"""How many of the lines after an end mark bear a sign, at least, where they are not of the document's kind."""
LEAST_SIGNS = 2
MOST_MARKS = 4
LEAST_IN_COMMON = 0.25
ENOUGH_TO_COMPARE = 20
LEAST_SIGNED_COMMENTS = 1 / 3
LEAST_RESULTS = 3
TELLING = {"cut off", "forum", "clock", "advert"}
"""The signs that no list of sources bears."""

_BARE_MARK = re.compile(
    r"[\s\-–—*#~=<>\[【(（]*(?:the end|ends?|end of (?:article|story|text)|nnnn|[全本正]?文?完)"
    r"[\s\-–—*#~=<>\]】)）.。]*|(?:#\s?){3}|[-–—]\s?30\s?[-–—]|■|∎|◼",
    re.IGNORECASE,
)
_SAYING_MARK = re.compile(
    r"ends?\s?/.*|issued at .*|.*[(（](?:完|全文完)[)）]\W?"
    r"|[［\[【(（]?\s*(?:责任编辑|責任編輯|责编|責編|编辑|編輯|校对|校對)\s*[:：].{1,30}",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?。！？；;：:][\"'”’」』)）]*$")
_PIECES = re.compile(rf"[{HAN}]{{2,}}|[A-Za-z]{{4,}}")


def after_the_end(rows: Sequence[Row]) -> Iterator[int]:
    """The indices of the rows after an end mark that are not of the document's kind, and of the mark if it is bare."""
    lines = filled(rows)
    marks = [at for at, index in enumerate(lines) if not rows[index].fixed and is_end(rows[index].text)]
    for at in [*marks[:MOST_MARKS], *marks[MOST_MARKS:][-1:]]:
        tail = _junk([rows[index].text for index in lines[:at]], rows, lines[at + 1 :])
        if tail or at == len(lines) - 1:
            yield from [lines[at]] * (_BARE_MARK.fullmatch(rows[lines[at]].text.strip()) is not None)
            yield from tail
            return


def comments(rows: Sequence[Row]) -> Iterator[int]:
    """The indices of a section of readers' comments, from its heading to the end or to the next heading."""
    lines = filled(rows)
    headings = [at for at, index in enumerate(lines) if _is_comments(rows[index])]
    for at in headings[:MOST_MARKS]:
        index, row = lines[at], rows[lines[at]]
        section = _until_heading(rows, lines[at + 1 :], row.text)
        signed = sum(bool(signs(rows[each].text) - {"numbered result", "address"}) for each in section)
        if section and signed >= max(1, LEAST_SIGNED_COMMENTS * len(section)):
            yield index
            yield from section
            return


def search_results(rows: Sequence[Row]) -> Iterator[int]:
    """The indices of the last rows where each bears a sign, and most of them one that no list of sources bears."""
    lines = filled(rows)
    run: list[int] = []
    telling = 0
    for index in reversed(lines[1:]):
        found = signs(rows[index].text)
        if not found or rows[index].fixed or form(rows[index].text) in (Form.HEADING, Form.TABLE):
            break
        run.append(index)
        telling += len(found) > 1 and bool(found & TELLING)
    if len(run) >= LEAST_RESULTS and 2 * telling > len(run):
        yield from reversed(run)


def _is_comments(row: Row) -> bool:
    return not row.fixed and len(row.text) <= 60 and only("comments").fullmatch(bare(row.text)) is not None


def is_end(text: str) -> bool:
    """Whether a line marks the end of a text: THE END, Ends/…, （完）, [责任编辑：…]."""
    stripped = text.strip()
    return bool(_BARE_MARK.fullmatch(stripped)) or (
        (len(stripped) <= 80 and _SAYING_MARK.fullmatch(stripped) is not None) or stripped.endswith(("（完）", "(完)"))
    )


def _junk(body: Sequence[str], rows: Sequence[Row], tail: Sequence[int]) -> Sequence[int]:
    """Of the rows after an end mark, those to be dropped: all, none, or those behind the notes of a release."""
    texts = {index: rows[index].text for index in tail if not is_end(rows[index].text)}
    if not texts:
        return ()
    years = {year for text in body for year in years_in(text)}
    found = {index: signs(text, years) | _looks(text) for index, text in texts.items()}
    if bare(next(iter(texts.values()))).casefold() in words("notes"):
        start = next((index for index in texts if len(found[index] - {"other year", "headline"}) > 1), None)
        return [index for index in tail if start is not None and index >= start]
    kinds = set().union(*found.values()) | ({"other words"} if _differ(body, list(texts.values())) else set())
    signed = sum(bool(each) for each in found.values())
    return list(tail) if len(kinds) >= LEAST_SIGNS and signed >= LEAST_SHARE * len(texts) else ()


def _looks(text: str) -> set[str]:
    short = 8 <= len(text.strip()) <= 100 and form(text) is Form.TEXT
    return {"headline"} if short and not _SENTENCE_END.search(text.strip()) else set()


def _differ(body: Sequence[str], tail: Sequence[str]) -> bool:
    """Whether a tail has few words of the body's."""
    known = {piece for text in body for piece in _pieces(text)}
    pieces = [piece for text in tail for piece in _pieces(text)]
    shared = sum(piece in known for piece in pieces)
    return len(pieces) >= ENOUGH_TO_COMPARE and shared < LEAST_IN_COMMON * len(pieces)


def _pieces(text: str) -> Iterator[str]:
    """English words, and pairs of Chinese characters."""
    for found in _PIECES.findall(text):
        if found[0].isascii():
            yield found.lower()
        else:
            yield from (found[at : at + 2] for at in range(len(found) - 1))


def _until_heading(rows: Sequence[Row], lines: Sequence[int], heading: str) -> list[int]:
    section = []
    for index in lines:
        if form(rows[index].text) is Form.HEADING and form(heading) is Form.HEADING:
            break
        section.append(index)
    return section

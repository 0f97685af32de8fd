"""Lines that no author wrote, told by the lines around them: each rule a named function from rows to indices."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from ingest.rows import Form, Row, bare, filled, form, is_link
from ingest.tails import after_the_end, comments, search_results
from ingest.vocabulary import only, words

LEAST_PAGES = 3
EDGE = 2
"""Lines at the top and at the foot of a page that may be its header and footer."""
LEAST_MENU, LEAST_LINKS, LEAST_HEADLINES = 3, 5, 2
MOST_HEADLINES, LONGEST_HEADLINE = 100, 110
LEAST_PROSE = 60

_DIGITS = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[.。；;，,][\"'”’」』)）]*$|[.!?。！？；].*[.。]")
_LEAD_IN = re.compile(
    r"links?|sources?|references?|websites?|resources|further reading|bibliography|downloads?"
    r"|链接|鏈接|連結|参考|參考|来源|來源|网站|網站|下载|下載|文獻|文献",
    re.IGNORECASE,
)


def menu(rows: Sequence[Row]) -> Iterator[int]:
    """Words of a menu or buttons, one on each line."""
    for run in _runs(rows, lambda row: _is_menu_word(row.text)):
        known = {bare(rows[index].text).casefold() for index in run}
        if len(known) >= LEAST_MENU:
            yield from run


def related(rows: Sequence[Row]) -> Iterator[int]:
    """`Related articles` and the headlines under it."""
    lines = filled(rows)
    beyond = 0
    for at, index in enumerate(lines):
        if at < beyond or bare(rows[index].text).casefold() not in words("related"):
            continue
        headlines = list(takewhile(lambda each: _is_headline(rows[each]), lines[at + 1 : at + 1 + MOST_HEADLINES]))
        beyond = at + 1 + len(headlines)
        if len(headlines) >= LEAST_HEADLINES or (headlines and 2 * at > len(lines)) or (at == len(lines) - 1 and at):
            yield index
            yield from headlines


def link_farm(rows: Sequence[Row]) -> Iterator[int]:
    """Lines that are nothing but links, before or after all prose, unless a line before them says what they are."""
    lines = filled(rows)
    before = dict(zip(lines[1:], lines, strict=False))
    prose = [index for index in lines if len(rows[index].text) >= LEAST_PROSE and not is_link(rows[index].text)]
    for run in _runs(rows, lambda row: is_link(row.text)):
        lead = rows[before[run[0]]].text if run[0] in before else ""
        named = _LEAD_IN.search(lead) or lead.rstrip().endswith((":", "：")) or form(lead) is Form.HEADING
        outside = bool(prose) and (run[-1] < prose[0] or run[0] > prose[-1])
        if len(run) >= LEAST_LINKS and outside and not named:
            yield from run


def running_heads(rows: Sequence[Row]) -> Iterator[int]:
    """What stands at the top or the foot of at least half of the pages; the first stays, unless it is numbered."""
    edges = list(_edges(rows))
    pages: dict[str, set[int]] = {}
    for index in edges:
        pages.setdefault(_numberless(rows[index].text), set()).add(rows[index].page)
    least = max(LEAST_PAGES, len({row.page for row in rows if row.text.strip()}) / 2)
    seen: Counter[str] = Counter()
    for index in edges:
        text = _numberless(rows[index].text)
        seen[text] += 1
        if len(pages[text]) >= least and (seen[text] > 1 or "#" in text):
            yield index


RULES: Mapping[str, Callable[[Sequence[Row]], Iterable[int]]] = {
    "repeated header or footer": running_heads,
    "after the end": after_the_end,
    "readers' comments": comments,
    "search results": search_results,
    "related links": related,
    "link farm": link_farm,
    "menu": menu,
}


def _runs(rows: Sequence[Row], holds: Callable[[Row], bool]) -> Iterator[list[int]]:
    """Rows that follow each other, blank ones aside, and for which something holds."""
    run: list[int] = []
    for index in filled(rows):
        if not rows[index].fixed and holds(rows[index]):
            run.append(index)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _is_menu_word(text: str) -> bool:
    plain = bare(text)
    if len(plain) > 60 or form(text) in (Form.TABLE, Form.HEADING):
        return False
    return plain.casefold() in words("menu") | words("home") or only("button").fullmatch(plain) is not None


def _is_headline(row: Row) -> bool:
    text = row.text.strip()
    if row.fixed or form(text) in (Form.HEADING, Form.TABLE, Form.RULE) or len(bare(text)) > LONGEST_HEADLINE:
        return False
    return is_link(text) or not _SENTENCE_END.search(bare(text))


def _edges(rows: Sequence[Row]) -> Iterator[int]:
    """The first and the last lines of each page."""
    pages: dict[int, list[int]] = {}
    for index in filled(rows):
        pages.setdefault(rows[index].page, []).append(index)
    for lines in pages.values():
        if len(pages) >= LEAST_PAGES:
            yield from sorted({*lines[:EDGE], *lines[-EDGE:]})


def _numberless(text: str) -> str:
    return _DIGITS.sub("#", " ".join(text.split())).casefold()

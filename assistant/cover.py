"""How surely a stretch of a document holds a term of a question."""

from assistant.records import Window
from assistant.terms import Term


def cover(term: Term, window: Window) -> float:
    """How surely a window holds a term: 1 the term itself, less for parts of a phrase and for glosses."""
    if term.keys & window.keys:
        return 1.0
    if term.kind in ("number", "date"):
        return 0.0
    if term.keys & window.parts:
        return 0.9
    if term.kind == "detail":
        return 0.0  # a particular is told or it is not: a word of like meaning does not tell it
    parts = len(term.parts & (window.keys | window.parts)) / len(term.parts) if term.parts else 0.0
    meant = window.glosses | window.keys | window.parts
    sense = max((weight for stem, weight in term.senses if stem in meant), default=0.0)
    if (term.keys | term.parts) & window.glosses:
        sense = 1.0
    return max(0.8 * parts, 0.6 * sense)

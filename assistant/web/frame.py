"""The fixed texts around the conversation, as HTML, in the language of the interface."""

from html import escape

from assistant.origin import date_text
from assistant.types import Language
from assistant.web import show
from prompts import message

EXAMPLES = ("example_1", "example_2", "example_3", "example_4")
FOR_SCRIPT = ("conversation", "language", "unreachable")
EMBLEM = (
    '<svg class="emblem" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8"/>'
    '<path d="M8 12.5h14m-4-4 4 4-4 4M24 20H10m4-4-4 4 4 4"/></svg>'
)


def brand(language: str) -> str:
    """The page's name; it carries the texts that the script shows."""
    texts = " ".join(f'data-{key}="{_text(key, language)}"' for key in FOR_SCRIPT)
    return f'<h1 class="brand" lang="{language}" {texts}>{EMBLEM}<span>{_text("page_title", language)}</span></h1>'


def intro(language: str) -> str:
    """What this is and what to ask it first."""
    chips = "".join(show.ask_button(message(key, language), Language(language)) for key in EXAMPLES)
    return (
        f'<section class="intro" lang="{language}"><h2>{_text("page_heading", language)}</h2>'
        f'<p>{_text("page_lead", language)}</p><p class="heading">{_text("examples", language)}</p>'
        f'<div class="chips">{chips}</div></section>'
    )


def scope(language: str, newest: str) -> str:
    """Not an official service, and how recent its documents are."""
    return f'<p lang="{language}">{escape(message("scope", language, date=date_text(newest, Language(language))))}</p>'


def hint(key: str, language: str) -> str:
    """A short word beside the input, read out at once."""
    return f'<p role="alert" lang="{language}">{_text(key, language)}</p>'


def _text(key: str, language: str) -> str:
    return escape(message(key, language), quote=True)

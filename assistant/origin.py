"""Where a quote is from, in the words that people read."""

from assistant.types import Kind, Language, Source
from prompts import message


def origin(source: Source, language: Language) -> str:
    """Whose words a document is, from what and of when, as far as known."""
    key = "our_summary" if source.kind is Kind.BRIEF else "publisher_text"
    title = source.original_title or source.title
    publisher = source.publisher or message("publisher_unknown", language)
    date = date_text(source.published, language) if source.published else message("date_unknown", language)
    return message(key, language, title=title, publisher=publisher, date=date)


def date_text(published: str, language: Language) -> str:
    """A date as precise as it is known: `8 March 2024`, `2024年3月8日`."""
    year, *rest = published.split("-")
    if language.is_chinese:
        return "".join(f"{int(part)}{unit}" for part, unit in zip((year, *rest), "年月日", strict=False))
    month = [message(f"month_{int(rest[0])}", language)] if rest else []
    return " ".join([*([str(int(rest[1]))] if len(rest) > 1 else []), *month, year])

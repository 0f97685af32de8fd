"""The language a browser asks for, from its `Accept-Language` header."""

from assistant.types import Language

TRADITIONAL_REGIONS = {"hk", "mo", "tw", "hant"}


def preferred(header: str) -> Language:
    """The interface's language nearest to what the header prefers; English when it names none of the three."""
    for tag in _by_preference(header):
        parts = tag.split("-")
        if parts[0] == "en":
            return Language.ENGLISH
        if parts[0] in ("zh", "yue"):
            return _chinese(parts)
    return Language.ENGLISH


def _chinese(parts: list[str]) -> Language:
    if "hans" in parts:
        return Language.SIMPLIFIED
    is_traditional = parts[0] == "yue" or TRADITIONAL_REGIONS & set(parts)
    return Language.TRADITIONAL if is_traditional else Language.SIMPLIFIED


def _by_preference(header: str) -> list[str]:
    weighed = [_weighed(part) for part in header.lower().split(",") if part.strip()]
    return [tag for weight, tag in sorted(weighed, key=lambda pair: -pair[0]) if weight > 0]


def _weighed(part: str) -> tuple[float, str]:
    tag, _, quality = part.strip().partition(";q=")
    try:
        return float(quality or 1), tag.strip()
    except ValueError:
        return 0.0, tag

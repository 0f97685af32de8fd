"""Lines that no author wrote, told by the line alone: each rule a named function from a line to yes or no."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from ingest.rows import REMEMBERED, Form, bare, form
from ingest.vocabulary import only, opening, words

LONGEST = 300
"""Characters of a line that may be a notice or a row of links; a longer one is a paragraph."""

_TRAIL = re.compile(r"\s*(?:>+|›|»|→|&gt;|\\)\s*")
_BAR = re.compile(r"\s*[|｜·•]\s*|\s+/\s+|\t+|\s{3,}")
_SENTENCE = re.compile(r"[.!?。！？；]")
_COOKIE = re.compile(r"(?<![a-z])cookies?(?![a-z])|曲奇|小型文字檔案", re.IGNORECASE)
_CONSENT = re.compile(
    r"\b(?:we|(?:our|this|the) (?:web)?site) uses? (?:\w+ ){0,3}cookies|\baccept (?:all )?(?:\w+ )?cookies"
    r"|\bby (?:continuing|using|browsing|clicking)\b|\bcookie (?:settings|preferences|consent|notice)\b"
    r"|\breject all\b|(?:本网站|本網站|我们|我們|本站).{0,8}使用.{0,12}(?:cookie|曲奇)"
    r"|(?:接受|同意|拒绝|拒絕).{0,8}cookie|继续(?:使用|浏览)|繼續(?:使用|瀏覽)",
    re.IGNORECASE,
)
_SIZES = re.compile(r"(?:A[+-]?\s+)+A[+-]?")
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:page|p\.)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[-–—\s]*|[-–—]\s*\d{1,4}\s*[-–—]"
    r"|第\s*\d{1,4}\s*[页頁](?:[，,/\s]*共\s*\d{1,4}\s*[页頁])?",
    re.IGNORECASE,
)
_EMPTY_IMAGE = re.compile(r"(?:!\[([^\[\]]*)\]\([^()]*\)\s*)+")
_FILE_NAME = re.compile(r"[\w\s%().-]{1,80}\.(?:jpe?g|png|gif|webp|svg|bmp|tiff?)", re.IGNORECASE)
_CREDIT = re.compile(
    r"(?:(?:file )?(?:photos?|pictures?|images?)(?: credits?| courtesy of| by| source)?|credit)"
    r"\s*[:：/]\s*(?P<a>\S.*)"
    r"|(?:photos?|pictures?|images?) (?:by|courtesy of|from|via) (?P<b>\S.*)"
    r"|(?:(?:图片|圖片|图|圖|照片|相片)(?:来源|來源|提供|由)|摄影|攝影|摄|攝)\s*[:：/]\s*(?P<c>\S.*)"
    r"|(?:(?:资料|資料|网络|網絡)?(?:图片|圖片)|图源网络|图源|圖源|getty images|file photo)"
    r"(?:\s*[:：/]\s*(?P<d>\S.*))?",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"(?:©|\(c\)\s*\d|copyright (?:©|\(c\)|\d|reserved)|版权所有|版權所有).{0,200}"
    r"|.{0,120}(?:all rights reserved|版权所有|版權所有|不得转载|不得轉載).{0,60}"
    r"|.{0,80}(?:[京沪粤浙苏津渝鲁川鄂湘豫冀闽]\s?ICP\s?[备证]|公网安备|新闻信息服务许可证).{0,120}"
    r"|powered by \w.{0,40}",
    re.IGNORECASE,
)
_CONTROLS = re.compile(
    r"举报|舉報|分享|回复|回覆|踩\s?\d*|点赞|點讚|赞\s?\d*|讚\s?\d*|收藏|转发|轉發|评论|楼主|樓主|沙发"
    r"|\b(?:reply|report|like|share|upvote|permalink)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\d{1,2}:\d{2}|\d+\s*(?:分钟|分鐘|小时|小時|天|日)前|\d+\s*(?:minutes?|hours?|days?|weeks?|months?) ago"
)
_SNIPPET = re.compile(r"(?:\.{3}|[…\u4e00-\u9fff。！])\s*https?://[^\s，。]+$")
_CUT = re.compile(r"\.{3}|…")


def is_navigation(text: str) -> bool:
    """A trail of places, a row of menu words, or a way back to the top."""
    words_only = bare(text)
    if words_only.casefold() in words("alone"):
        return True
    trail = [part for part in _TRAIL.split(words_only) if part]
    if len(trail) > 1 and all(len(part) <= 60 for part in trail):
        known = [_is_menu(part) for part in trail]
        return _is_home(trail[0]) or (len(trail) > 2 and any(known) and not _SENTENCE.search(words_only))
    parts = [part for part in _BAR.split(words_only) if part]
    return len(parts) > 2 and 2 * sum(map(_is_menu, parts)) > len(parts)


def is_cookie_notice(text: str) -> bool:
    return bool(_COOKIE.search(text) and _CONSENT.search(text))


def is_button(text: str) -> bool:
    """Share, print, subscribe and the like, and nothing else."""
    plain = bare(text)
    if _SIZES.fullmatch(plain):
        return True
    if not only("button").fullmatch(plain):
        return False
    return bool(only("sure_button").search(plain)) and form(text) is not Form.ITEM


def is_page_number(text: str) -> bool:
    return _PAGE_NUMBER.fullmatch(text.strip()) is not None


def is_image(text: str) -> bool:
    """`Photo Photo`, `图片`, a picture whose description says nothing, the name of a picture's file."""
    stripped = text.strip()
    images = _EMPTY_IMAGE.fullmatch(stripped)
    names = re.findall(r"!\[([^\[\]]*)\]", stripped) if images else [stripped.strip("[]()（）【】 ")]
    return all((images and not name.strip()) or _says_nothing(name) for name in names)


def is_credit(text: str) -> bool:
    """Whose a picture is, where that is all that is said."""
    found = _CREDIT.fullmatch(bare(text).strip("()（）"))
    if not found:
        return False
    who = next((part for part in found.groups() if part), "")
    return len(who.split()) <= 6 and len(who) <= 40 and not _SENTENCE.search(who.rstrip(".。"))


def is_footer(text: str) -> bool:
    return _FOOTER.fullmatch(bare(text)) is not None


def is_forum(text: str) -> bool:
    """A comment with the buttons under it, or a row of those buttons."""
    controls = {found.group().strip(" 0123456789").casefold() for found in _CONTROLS.finditer(text)}
    return len(controls) >= 4 or (len(controls) >= 2 and bool(_CLOCK.search(text)) and len(text) < LONGEST)


def is_snippet(text: str) -> bool:
    """A result of a search: text cut off, with an address glued to it."""
    stripped = text.strip()
    return _SNIPPET.search(stripped) is not None and (_CUT.search(stripped) is not None or stripped[0].isdigit())


def is_pointer(text: str) -> bool:
    """`Next article: …`, `相关阅读：…`: the headline of another text."""
    found = opening("related_to").match(bare(text))
    return found is not None and not _SENTENCE.search(bare(text).rstrip("?!？！"))


RULES: Mapping[str, Callable[[str], bool]] = {
    "navigation": is_navigation,
    "cookie notice": is_cookie_notice,
    "buttons": is_button,
    "page number": is_page_number,
    "image placeholder": is_image,
    "picture credit": is_credit,
    "site footer": is_footer,
    "pointer to another text": is_pointer,
}
LONG_RULES: Mapping[str, Callable[[str], bool]] = {"comment": is_forum, "search result": is_snippet}
"""Rules for lines of any length."""

NEVER = (Form.BLANK, Form.HEADING, Form.TABLE, Form.RULE)
"""Lines that are never dropped by themselves."""


@lru_cache(REMEMBERED)
def rule_for(text: str) -> str | None:
    """The name of the first rule by which a line is to be dropped."""
    if form(text) in NEVER:
        return None
    rules = {**RULES, **LONG_RULES} if len(text) <= LONGEST else LONG_RULES
    return next((name for name, holds in rules.items() if holds(text)), None)


def _is_home(part: str) -> bool:
    return bare(part).casefold() in words("home") or (opening("home").match(part) is not None and len(part) <= 30)


def _is_menu(part: str) -> bool:
    return bare(part).casefold() in words("menu") | words("home")


def _says_nothing(name: str) -> bool:
    return bool(only("image").fullmatch(name) or _FILE_NAME.fullmatch(name))

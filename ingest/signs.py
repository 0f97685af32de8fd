"""Signs that a line is not of a document's own text: what search results, forums and adverts leave behind."""

import re
from collections.abc import Collection, Mapping

SIGNS: Mapping[str, re.Pattern[str]] = {
    "address": re.compile(r"https?://|\bwww\.|\b[\w-]+\.(?:com|cn|net|org|info|tv)\b", re.IGNORECASE),
    "cut off": re.compile(r"(?:\.{3}|…)\s*(?:$|https?:|\d)"),
    "forum": re.compile(
        r"举报|舉報|回复|回覆|点赞|點讚|[赞讚踩]\s?\d+|楼主|樓主|网友|網友|沙发|\d+\s?[楼樓]\b|\bup ?vote|\bpermalink\b"
        r"|\b(?:reply|report|like|share)\b\W+(?:reply|report|like|share|\d)"
        r"|\b\d+ (?:likes?|replies|comments?|points?)\b|\breply\W*$|^\W*(?:reply|report)\W*$|^@\w+",
        re.IGNORECASE,
    ),
    "clock": re.compile(
        r"(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}[ T]\d{1,2}:\d{2}|\d+\s*(?:秒|分钟|分鐘|小时|小時|天|个月|個月)前"
        r"|\b(?:\d+|an?) (?:seconds?|minutes?|hours?|days?|weeks?|months?|years?) ago\b",
        re.IGNORECASE,
    ),
    "advert": re.compile(
        r"立即(?:咨询|諮詢|购买|購買|下载|下載|抢购|报名)|加微信|点击(?:查看|下载|进入|这里)|免费(?:领取|咨询|试用)|万次播放"
        r"|优惠|優惠|盲目跟风|热门视频|扫码|客服|buy now|click here|limited[- ]time|free trial|order now|discount"
        r"|\d+% off|download (?:our|the) app|sign up (?:now|today)|promo code|best price",
        re.IGNORECASE,
    ),
    "numbered result": re.compile(r"^\s*\d{1,3}[.、]\S.{25,}"),
}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def signs(text: str, years: Collection[str] = ()) -> set[str]:
    """The names of the signs on a line; `years` are those that the document itself speaks of."""
    found = {name for name, sign in SIGNS.items() if sign.search(text)}
    others = set(years_in(text)) - set(years)
    return found | {"other year"} if years and others else found


def years_in(text: str) -> list[str]:
    return _YEAR.findall(text)

"""Whether a sentence gives the kind of thing that a question asks for, beyond what the question itself says."""

import re
from functools import cache

from assistant.asking import Target
from assistant.cover import cover
from assistant.glossary import glossary
from assistant.language import fold
from assistant.numbers import Number, agrees, numbers
from assistant.records import Window
from assistant.relative import resolved
from assistant.understand import Asked

_DURATION = re.compile(
    r"(month|week|day|year|hour)s?\b|anniversary|周年|个月|星期|礼拜|周(?!年)|\d天|\d年(?!度)|半年|小时"
)
_MONEY = re.compile(r"[$€£¥]|\b(yuan|dollars?|rmb|hkd|billion|million)\b|元|亿")
_REASON = re.compile(
    r"\b(because|since|so that|in order|so as|due to|owing|thanks to|reason|aim|purpose|helps?|lets?"
    r"|enabl\w+|will|would|by)\b"
    r"|因为|由于|因此|所以|为了|以便|目的|旨在|原因|借此|有助|让|使|可令|以期"
)
_PROCEDURE = re.compile(
    r"\b(submit\w*|nominat\w+|forms?|(apply|applied|register|registered|enrol) (to|at|online|by|via|through|with)"
    r"|applicants?|contact (the|your)|procedures?)\b"
    r"|提交|递交|填写|表格|提名|报名|手续|程序|联络|申请人|(向|经|由|透过|通过).{1,20}(申请|推荐|登记)"
)
_SAYS = re.compile(
    r"\b(said|says|saying|noted|notes|described|named|called|hoped|hopes|believed|believes|encouraged|considered|thanked|pointed"
    r"|expressed|impressed|view|according to|named|told|mentioned|concluded|observations?|reflections?)\b"
    r"|指|表示|提到|提出|認為|认为|希望|相信|鼓勵|鼓励|感謝|感谢|形容|覺得|觉得|總結|总结|期望|體會|体会|講述|印象"
)
_COUNTED = re.compile(
    r"how many (?:of the |of |the |more |other )?|(?:几多|多少|几)(?:个|名|间|位|家|所|人|项|条|份|只|隻)?"
)
_UNIT_OF_TIME = re.compile(r"[ -]?(?:months?|weeks?|days?|years?|hours?|个月|星期|周|年|天|日|小时)")
_PLAN = re.compile(
    r"\b(planned|plans? to|expected|scheduled|was to|were to|intended|would)\b"
    r"|(?<![流作业习员援调审该本此项培训练展])计划(?:在|于|采用|继续|探讨)|预计|预定|拟|打算|将会|将于|当时计划"
)
_AS_OF = re.compile(r"As of|By |截至")
_OPENING_DATE = re.compile(
    r"^(?:As of|In|On|By|截至|在)?\s*(?:\d{1,2} )?(?:[A-Z][a-z]+ )?\d{4}(?:年(?:\d{1,2}月)?(?:\d{1,2}日)?)?\s*[,，]?"
)
_PERSON = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.? ((?:[A-Z][\w-]+ ?)+)|([一-鿿]{1,3})(?:先生|女士|小姐|博士)")
_BODY = re.compile(
    r"((?:[A-Z][\w'’-]+ (?:of |and |for |the )?)*(?:Bureau|Department|Office|Authority|Council|Board|Commission|College"
    r"|University|Polytechnic|Park|Agency|Committee|Government|Daily|Grade|Director\S*|Mayor|Secretary|Head|Officer)\b)"
    r"|([一-鿿]{2,12}(?:局|署|處|处|辦公室|办公室|學院|学院|大學|大学|公司|委員會|委员会|政府|日報|日报|職系|职系"
    r"|中心|學校|学校|部|部長|部长|局長|局长|區長|区长|主任))"
)
_AT = (
    r"(?:\b(?:in|at|to|from|near|of|visited) (?:the )?(?:[a-z-]+ ){0,3}"
    r"|(?:在|于|到|来自|赴|往|至|位于|设于|连接|前往).{0,6})"
)
_NAMES = re.compile(r"\bnames\b|哪些|分别叫")
_PROPER = re.compile(r"(?<=[a-z,:] )((?:[A-Z][\w'’-]+ ?){1,6})|[“\"「《]([^”\"」》]+)[”\"」》]|（([A-Za-z][^）]+)）")


def gives(asked: Asked, text: str, sentence: Window, published: str = "") -> bool:
    """Whether a sentence holds the kind of thing asked for, beyond what the question itself says.

    `published` is the date that the sentence's "today" and "last year" go by.
    """
    if asked.target in (Target.DATE, Target.DAY) and (told := resolved(text, published)):
        text = f"{text} {' '.join(_spelt(date.value) for date in told)}"
    if is_plan(text) or _AS_OF.match(text):
        text = _OPENING_DATE.sub("", text)
    return _GIVES[asked.target](asked, text, sentence)


def _spelt(value: str) -> str:
    """A date as `numbers` reads it."""
    return "".join(part + unit for part, unit in zip(value.split("-"), "年月日", strict=False))


def _new_numbers(asked: Asked, folded: str, dates: bool) -> list[Number]:
    said = {number.value for number in numbers(asked.folded)}
    return [n for n in numbers(folded) if n.is_date == dates and n.value not in said and (dates or n.value != "1")]


def _new_concepts(asked: Asked, sentence: Window, kinds: frozenset[str]) -> set[str]:
    said = {key for term in (*asked.terms, *asked.carried) for key in term.keys}
    return {key for key in sentence.keys if key in _ids(kinds) and key not in said}


@cache
def _forms_of(concept: str) -> tuple[str, ...]:
    """All forms of a concept of the glossary, folded."""
    known = glossary()
    found = [c for concepts in (*known.english.values(), *known.chinese.values()) for c in concepts if c.id == concept]
    return tuple(map(fold, found[0].forms)) if found else ()


def _ids(kinds: frozenset[str]) -> frozenset[str]:
    if kinds not in _IDS:
        known = glossary()
        concepts = [c for forms in (known.english, known.chinese) for found in forms.values() for c in found]
        _IDS[kinds] = frozenset(c.id for c in concepts if c.kind in kinds)
    return _IDS[kinds]


def _gives_person_name(asked: Asked, text: str, sentence: Window) -> bool:
    return bool(_new_concepts(asked, sentence, frozenset({"person"})) or _new(asked, _PERSON, text))


def _gives_official(asked: Asked, text: str, sentence: Window) -> bool:
    return _gives_person_name(asked, text, sentence) or bool(_new_concepts(asked, sentence, frozenset({"post"})))


def _gives_person(asked: Asked, text: str, sentence: Window) -> bool:
    return _gives_person_name(asked, text, sentence) or _gives_body(asked, text, sentence)


def _gives_body(asked: Asked, text: str, sentence: Window) -> bool:
    return bool(_new_concepts(asked, sentence, frozenset({"body", "post"})) or _new(asked, _BODY, text))


def _gives_statement(asked: Asked, text: str, sentence: Window) -> bool:
    return _SAYS.search(text) is not None


def _gives_name(asked: Asked, text: str, sentence: Window) -> bool:
    wanted = 2 if _NAMES.search(asked.folded) else 1
    named = [part for part in _new(asked, _PROPER, text) if not numbers(fold(part)) and not _is_person(part)]
    return len(named) >= wanted


def _is_person(name: str) -> bool:
    return any(fold(name).strip() in _forms_of(concept) for concept in _ids(frozenset({"person"})))


def _new(asked: Asked, pattern: re.Pattern[str], text: str) -> list[str]:
    """The matches of a pattern in a text that have a word the question does not."""
    concepts = {key for term in asked.terms for key in term.keys}
    said = (
        asked.folded + fold(asked.question.standalone) + " ".join(form for key in concepts for form in _forms_of(key))
    )
    found = [part for match in pattern.finditer(text) for part in match.groups() if part]
    return [part for part in found if any(word not in said for word in re.findall(r"\w+", fold(part)))]


def _gives_place(asked: Asked, text: str, sentence: Window) -> bool:
    places = _new_concepts(asked, sentence, frozenset({"place"}))
    folded = fold(text)
    located = any(re.search(rf"{_AT}{re.escape(form)}", folded) for key in places for form in _forms_of(key))
    return located or bool(_new_concepts(asked, sentence, frozenset({"body"})))


def _gives_day(asked: Asked, text: str, sentence: Window) -> bool:
    return any(not date.value.endswith("--") for date in _new_dates(asked, text))


def _gives_date(asked: Asked, text: str, sentence: Window) -> bool:
    return bool(_new_dates(asked, text))


def _new_dates(asked: Asked, text: str) -> list[Number]:
    """The dates of a text that the question does not say and that can be meant by the dates it says."""
    said = [number.value for number in numbers(asked.folded) if number.is_date]
    new = _new_numbers(asked, fold(text), dates=True)
    return [date for date in new if not said or any(agrees(value, date.value) for value in said)]


def _gives_count(asked: Asked, text: str, sentence: Window) -> bool:
    counted = _COUNTED.search(asked.folded)
    noun = counted and next((term for term in asked.terms if asked.folded.startswith(term.text, counted.end())), None)
    folded = fold(text)
    counts = [n for n in _new_numbers(asked, folded, dates=False) if not _UNIT_OF_TIME.match(folded, n.end)]
    return bool(counts) and (not noun or cover(noun, sentence) >= 0.5)


def _gives_duration(asked: Asked, text: str, sentence: Window) -> bool:
    folded = fold(text)
    for date in [number for number in numbers(folded) if number.is_date]:
        folded = folded[: date.start] + " " * (date.end - date.start) + folded[date.end :]
    return _DURATION.search(folded) is not None and bool(numbers(folded))


def _gives_money(asked: Asked, text: str, sentence: Window) -> bool:
    return _MONEY.search(fold(text)) is not None


def _gives_list(asked: Asked, text: str, sentence: Window) -> bool:
    return text.count("、") + text.count(", ") >= 2 or " and " in text or "和" in text


def _gives_reason(asked: Asked, text: str, sentence: Window) -> bool:
    return _REASON.search(fold(text)) is not None


def _gives_procedure(asked: Asked, text: str, sentence: Window) -> bool:
    return _PROCEDURE.search(fold(text)) is not None


def _gives_anything(asked: Asked, text: str, sentence: Window) -> bool:
    return True


def is_plan(text: str) -> bool:
    """Whether a sentence tells of a plan."""
    return _PLAN.search(fold(text)) is not None


_IDS: dict[frozenset[str], frozenset[str]] = {}
_GIVES = {
    Target.PERSON: _gives_person,
    Target.STATEMENT: _gives_statement,
    Target.PERSON_NAME: _gives_person_name,
    Target.OFFICIAL: _gives_official,
    Target.BODY: _gives_body,
    Target.NAME: _gives_name,
    Target.PLACE: _gives_place,
    Target.DAY: _gives_day,
    Target.DATE: _gives_date,
    Target.DURATION: _gives_duration,
    Target.MONEY: _gives_money,
    Target.COUNT: _gives_count,
    Target.PROCEDURE: _gives_procedure,
    Target.REASON: _gives_reason,
    Target.LIST: _gives_list,
    Target.YES_NO: _gives_anything,
    Target.OTHER: _gives_anything,
}

"""A question and its history → what is asked: its terms, what it carries over from before, and its target."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.errors import QuestionError
from assistant.language import detect, fold
from assistant.glossary import plain
from assistant.terms import Analyser, Term
from assistant.types import Language, Question


class Target(StrEnum):
    """The kind of thing that would answer a question."""

    PERSON = "person"
    PERSON_NAME = "person's name"
    OFFICIAL = "official"
    NAME = "name"
    BODY = "body"
    PLACE = "place"
    DAY = "day"
    DATE = "date"
    DURATION = "duration"
    MONEY = "money"
    COUNT = "count"
    REASON = "reason"
    LIST = "list"
    YES_NO = "yes-no"
    OTHER = "other"


# The first that matches decides, so the narrow ones come first. Written for folded text: Simplified, lower case.
_TARGETS: tuple[tuple[Target, str], ...] = (
    (Target.PERSON_NAME, r"(?=.*\bnames?\b).*\b(officers?|officials?|secretary|members?|director|head|mayor|minister|people|person|participants?|servants?|reporter|representatives?)\b(?!.*(name of the (event|scheme|programme|park|office)))|(公务员|人员|官员|局长|秘书长|主任|区长|市长|记者|议员|代表|人)(的|嘅)?(叫(咩|乜|什么)名?|名字|姓名|中文名|英文名|名单)|贵姓|姓咩|姓什么"),
    (Target.NAME, r"\bnames? of\b|\bnamed?\b|\bcalled\b|叫(咩|乜|什么|甚么|做咩|做什么)|名字|名称|叫咩名|咩名"),
    (Target.DAY, r"exact(ly)? (day|date|when)|(which|what) (exact )?(day|date)\b|on what date|几月几|哪(一)?[天日]|几号|边日|确切日期|具体日期"),
    (Target.DURATION, r"how long|how many (more )?(months?|weeks?|days?|years?|hours?)\b|duration|what length|length of (time|the)|几耐|多久|多长|(几多|多少|几)个?(月|星期|礼拜|周|天|年)(?![份度底初])|为期"),
    (Target.DATE, r"\bwhen\b|what (month|year|time)\b|(which|what) (year|month|quarter)|in what year|since what|几时|何时|什么时候|甚么时候|哪(一)?年|边年|哪个?月|几月|边个?月|年份|日期|多咁?时间|时间是"),
    (Target.MONEY, r"how much (money|does|did|do|will|would|is|was|were|are|has|have)|\bcosts?\b|\bprice\b|budget|几多钱|多少钱|几钱|费用|造价|金额|规模(有)?多大|预算"),
    (Target.COUNT, r"how many|\bnumber of\b|how large|\bsize of\b|几多|多少|数量|人数|数目|(?<!哪)几(个|名|间|位|家|所|人|项|条|种|批)|有几|size of"),
    (Target.REASON, r"\bwhy\b|\breasons?\b|how come|what for\b|点解|为什么|为何|为咩|为甚么|原因|理由|做乜|因乜"),
    (Target.OFFICIAL, r"(which|what) (\w+ )?(officers?|officials?|persons?|people|lawmakers?|legislators?|members?|ministers?|secretary|secretaries|reporters?|journalists?)\b|哪(一)?(位|名)|边位|(哪|边)(些|啲)?(官员|人员|公务员|议员|局长|记者|官)"),
    (Target.PERSON, r"\bwho(se|m)?\b|谁|边个(?!月|口岸|城市|部门|机构|单位|区|国家|组织|办公室|大学|学校|院校|公司|地方|职系|界别|计划|文件|报|局|署|处|园|活动|年|省|市)|什么人|乜人|边人|何人|哪个人|邊個"),
    (Target.PLACE, r"\bwhere\b|(which|what) (city|place|district|location|venue|province)|边度|哪里|哪儿|何处|什么地方|乜地方|(哪|边)一?个(城市|地方|区|省|市|口岸|国家)|地点|边区"),
    (Target.BODY, r"(which|what) (\w+[ '-]){0,3}(bureaus?|bureaux|departments?|offices?|agency|agencies|organi[sz]ations?|units?|body|bodies|institutions?|company|university|college|school|newspaper|authority|council|grade)\b|(哪|边)(一|几)?(个|间|家|所)?(部门|机构|单位|办公室|组织|大学|院校|学校|公司|局|署|职系|报|报纸|报章|媒体|学院)|什么(部门|机构|单位|组织|职系|报)|咩(部门|机构|单位|职系|报)"),
    (Target.LIST, r"what are\b|\blist\b|name (the|all|two|three|four|five)|(which|what) (two|three|four|five|six|seven|eight|nine|ten|\d+)\b|which (\w+ )?(\w+s)\b (?!is\b|was\b|has\b)|边几|边啲|边些|哪些|哪几|有咩|有乜|有什么|有边|列出|分别(是|系)|邊兩"),
    (Target.YES_NO, r"^(is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may)\b|系咪|是不是|是否|有冇|有没有|吗\W*$|会不会|会唔会|可唔可以|可不可以|能不能|使唔使|㗎\W*$"),
)  # fmt: skip

_DEPENDENT = re.compile(
    r"\b(he|she|they|him|her|his|hers|them|their|theirs|it|its|this|that|these|those|there|then|same|one)\b"
    r"|^(and|but|so|what about|how about|or)\b|佢|他|她|它|嗰|那|该|此|呢个|呢次|这|其|^咁|^噉|^还有|^仲有|^同埋|呢\W*$"
)
_INSTRUCTION = re.compile(
    r"ignore .{0,40}(instruction|rule|prompt|above|previous|document)|disregard .{0,40}(instruction|rule|document|above)"
    r"|forget .{0,30}(instruction|rule|everything|previous)|system (prompt|override|message)|developer mode|jailbreak"
    r"|\b(dan|do anything now)\b.{0,20}mode|you are (now|no longer)|pretend (to be|you)|act as|role.?play|print your|reveal your"
    r"|repeat (the|your) (prompt|instruction|words above)|your (full |hidden |initial )?(system )?(prompt|instructions)"
    r"|override|no (longer )?(bound|restricted)|without (any )?(rule|restriction|citation|citing)|stop citing"
    r"|(end|start|begin|finish|prefix) (your|the|every) (reply|answer|response|sentence)|spel(t|l(ed)?) backwards"
    r"|(reply|answer|respond) only (with|in)|say only|output only|in (pirate|rhyme|base64|morse)"
    r"|忽略.{0,15}(指令|指示|规则|规定|提示|文件|内容)|无视.{0,15}(指令|指示|规则|规定|文件)|唔使理.{0,12}(规则|指示|指令|文件)"
    r"|不受.{0,10}(规则|限制)|从现在起你|由而家起|由依家开始|系统(提示|指令|覆盖|讯息)|提示词|开发者模式|越狱|扮演|假装|扮(成|作|做)|你(而家|现在)(是|系)(一个|个|一名)"
    r"|照住?文件.{0,6}(指示|指令)|文件.{0,10}(写明|叫你|要求你|指示你)|(回答|答案|回复|答复|结尾|最后|开头|开首).{0,8}(加上|写上|必须|要加|输出)|不要引用|唔好引用|重复.{0,8}(提示|指令)"
)
_HARM = re.compile(
    r"\b(forge|forging|fake|counterfeit|hack|hacking|phish|phishing|bribe|bribing|bomb|weapon|malware|ransomware|steal|kill|poison|launder"
    r"|blackmail|cheat)\b|伪造|假冒|冒充|黑客|入侵|贿赂|行贿|炸弹|武器|病毒程序|木马|偷取|盗取|杀人|洗黑钱|勒索|作弊|起底"
)
_CLAUSE = re.compile(r"(?<=[.!?。！？；;\n])\s*|(?<=[:：])\s+|[,，](?=\s*(?:ignore|disregard|forget|忽略|无视))")
_WORD = re.compile(r"\w")
_PART = re.compile(
    r"[?？,，;；。]|\band (?=who|what|when|where|which|how|in (?:which|what)|at (?:which|what))|同(?=边|咩|几)|以及|并且"
)
_ASKS = re.compile(r"\b(what|which|how)\b|什么|甚么|哪|边|咩|乜|几|谁|怎")


@dataclass(frozen=True, slots=True)
class Clause:
    """One of several things asked in one question: the keys of its terms, and its own target."""

    keys: frozenset[str]
    target: Target


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: `terms` of the question itself, `carried` over from its history, and its `target`.

    `several` says that it asks for more than one; `instructed`, that it also gave orders to the assistant.
    """

    question: Question
    terms: tuple[Term, ...]
    carried: tuple[Term, ...]
    target: Target
    folded: str
    clauses: tuple[Clause, ...] = ()
    several: bool = False
    instructed: bool = False
    harmful: bool = False


def tidy(text: str, limit: int) -> str:
    """The question without control characters and doubled blanks; raises QuestionError where nothing can be asked."""
    text = "".join(
        " " if char.isspace() else char
        for char in text
        if char.isspace() or unicodedata.category(char) not in ("Cc", "Cf")
    )
    text = re.sub(r" {2,}", " ", text).strip()
    if not text:
        raise QuestionError("question_empty", "The question is empty; ask in words.")
    if len(text) > limit:
        raise QuestionError(
            "question_too_long", f"The question has {len(text)} characters; shorten it to at most {limit}."
        )
    if not _WORD.search(text):
        raise QuestionError("question_no_words", "The question has no words; ask in words.")
    return text


def language_of(text: str, history: Sequence[str]) -> Language:
    """The question's language; characters that are the same in both scripts take the script of the history."""
    before = [detect(earlier) for earlier in history]
    chinese = next((language for language in reversed(before) if language.is_chinese), Language.TRADITIONAL)
    return detect(text, chinese)


def understand(text: str, history: Sequence[str], analyser: Analyser) -> Asked:
    """What a tidied question asks, given the earlier questions of the conversation, oldest first."""
    wanted, instructed = _without_instructions(text)
    folded = plain(wanted)
    terms = _meant(analyser.terms(wanted))
    carried = _carried(folded, terms, history, analyser)
    standalone = wanted if not carried else f"{wanted} ({' '.join(dict.fromkeys(term.text for term in carried))})"
    question = Question(text, language_of(text, history), tuple(history), standalone)
    harmful = _HARM.search(fold(text)) is not None
    clauses = _clauses(folded, analyser)
    several = _SEVERAL.search(folded) is not None
    return Asked(question, terms, carried, target(folded), folded, clauses, several, instructed, harmful)


def target(folded: str) -> Target:
    """What a folded question asks for."""
    return next((kind for kind, pattern in _PATTERNS if pattern.search(folded)), Target.OTHER)


def _clauses(folded: str, analyser: Analyser) -> tuple[Clause, ...]:
    """The parts of a question that ask something of their own, where there are several."""
    parts = [(part, target(part.strip())) for part in _PART.split(folded) if part and part.strip()]
    asking = [(part, wanted) for part, wanted in parts if wanted is not Target.OTHER or _ASKS.search(part)]
    if len(asking) < 2:
        return ()
    clauses = [
        Clause(frozenset(key for term in _meant(analyser.terms(part)) for key in term.keys), wanted)
        for part, wanted in asking
    ]
    meant = tuple(clause for clause in clauses if clause.keys)
    return meant if len(meant) > 1 else ()


def _meant(terms: Sequence[Term]) -> tuple[Term, ...]:
    unique: dict[frozenset[str], Term] = {}
    for term in terms:
        if not term.ignored:
            unique.setdefault(term.keys, term)
    return tuple(unique.values())


def _without_instructions(text: str) -> tuple[str, bool]:
    """The text without the clauses that give orders to the assistant, and whether there were any."""
    clauses = [clause for clause in _CLAUSE.split(text) if clause and clause.strip()]
    kept = [clause for clause in clauses if not _INSTRUCTION.search(fold(clause))]
    return " ".join(clause.strip() for clause in kept), len(kept) < len(clauses)


def _carried(folded: str, terms: Sequence[Term], history: Sequence[str], analyser: Analyser) -> tuple[Term, ...]:
    """The terms of earlier questions that a follow-up leaves out: none for a question that stands alone."""
    if not history or not _is_dependent(folded, terms):
        return ()
    present = {key for term in terms for key in term.keys}
    carried: list[Term] = []
    for earlier in (history[-1], *history[:-1][:1]):
        for term in _meant(analyser.terms(earlier)):
            if not term.keys & present and not (carried and earlier != history[-1] and term.kind == "word"):
                carried.append(term)
                present |= term.keys
    return tuple(carried)


def _is_dependent(folded: str, terms: Sequence[Term]) -> bool:
    named = [term for term in terms if term.kind not in ("word", "number", "date")]
    return _DEPENDENT.search(folded) is not None or len(terms) <= 2 or not named


_SEVERAL = re.compile(next(pattern for kind, pattern in _TARGETS if kind is Target.LIST))
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _TARGETS)

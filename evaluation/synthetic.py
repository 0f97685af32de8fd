"""Made-up documents in three languages, as many as wanted: to measure what an ingest takes, not what it finds."""

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.types import Language

PARAGRAPHS, SENTENCES = 5, 3
"""Of each document, and of each paragraph."""

_WORDS: Mapping[Language, Mapping[str, Sequence[str]]] = {
    Language.ENGLISH: {
        "who": ("the office", "the working group", "a team of engineers", "the district council", "the harbour office",
                "the library", "a panel of teachers", "the water department", "the youth centre", "the bureau"),
        "did": ("reviewed", "opened", "extended", "described", "measured", "repaired", "published", "compared",
                "planned", "visited"),
        "what": ("the coastal footpath", "a training course", "the annual accounts", "the ferry timetable",
                 "a museum exhibition", "the public gardens", "the recycling scheme", "a survey of old trees",
                 "the market hall", "the flood barrier"),
        "where": ("in the northern district", "near the old pier", "at the town hall", "on the outer islands",
                  "beside the river", "in the new quarter", "at the central station", "along the eastern shore"),
        "sentence": ("In {year}, {who} {did} {what} {where} with {number} people.",
                     "After {number} weeks, {who} {did} {what} {where}.",
                     "{who} {did} {what} {where}, which cost {number} thousand dollars in {year}."),
        "heading": ("What {who} {did}",),
    },
    Language.TRADITIONAL: {
        "who": ("辦事處", "工作小組", "工程團隊", "區議會", "港務處", "圖書館", "教師小組",
                "水務部門", "青年中心", "政策局"),
        "did": ("檢討了", "開放了", "擴展了", "介紹了", "量度了", "維修了", "公布了", "比較了", "規劃了", "視察了"),
        "what": ("海濱步道", "培訓課程", "年度帳目", "渡輪時間表", "博物館展覽", "公共花園", "回收計劃", "古樹調查",
                 "街市大樓", "防洪設施"),
        "where": ("在北區", "在舊碼頭附近", "於大會堂", "在離島", "在河畔", "在新區", "於中央車站", "沿東岸"),
        "sentence": ("{year}年，{who}{where}{did}{what}，共有{number}人參與。",
                     "經過{number}個星期，{who}{where}{did}{what}。",
                     "{who}{where}{did}{what}，{year}年的開支為{number}萬元。"),
        "heading": ("{who}{did}甚麼",),
    },
    Language.SIMPLIFIED: {
        "who": ("办事处", "工作小组", "工程团队", "区议会", "港务处", "图书馆", "教师小组",
                "水务部门", "青年中心", "政策局"),
        "did": ("检讨了", "开放了", "扩展了", "介绍了", "测量了", "维修了", "公布了", "比较了", "规划了", "视察了"),
        "what": ("海滨步道", "培训课程", "年度账目", "渡轮时间表", "博物馆展览", "公共花园", "回收计划", "古树调查",
                 "市场大楼", "防洪设施"),
        "where": ("在北区", "在旧码头附近", "于大会堂", "在离岛", "在河畔", "在新区", "于中央车站", "沿东岸"),
        "sentence": ("{year}年，{who}{where}{did}{what}，共有{number}人参与。",
                     "经过{number}个星期，{who}{where}{did}{what}。",
                     "{who}{where}{did}{what}，{year}年的开支为{number}万元。"),
        "heading": ("{who}{did}什么",),
    },
}  # fmt: skip


def write(folder: Path, count: int, seed: int = 7) -> list[Path]:
    """Write `count` documents below a folder, a hundred to a subfolder; the same ones for the same seed."""
    languages = list(Language)
    paths = []
    for number in range(count):
        language = languages[number % len(languages)]
        path = folder / f"{number // 100:03}" / f"document-{number:05}.{language}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(document(number, language, seed), "utf-8")
        paths.append(path)
    return paths


def document(number: int, language: Language, seed: int = 7) -> str:
    """The text of a document, with its front matter."""
    dice = random.Random(f"{seed}-{number}-{language}")
    paragraphs = (f"## {_made('heading', language, dice)}\n\n{_paragraph(language, dice)}" for _ in range(PARAGRAPHS))
    keys = f"title: Document {number}\npublished: {dice.randint(1990, 2024)}"
    return f"---\n{keys}\nlanguage: {language}\n---\n\n" + "\n\n".join(paragraphs) + "\n"


def _paragraph(language: Language, dice: random.Random) -> str:
    space = "" if language.is_chinese else " "
    return space.join(_made("sentence", language, dice) for _ in range(SENTENCES))


def _made(form: str, language: Language, dice: random.Random) -> str:
    words = _WORDS[language]
    chosen = {name: dice.choice(words[name]) for name in ("who", "did", "what", "where")}
    text = dice.choice(words[form]).format(**chosen, year=dice.randint(1990, 2024), number=dice.randint(3, 900))
    return text[0].upper() + text[1:]

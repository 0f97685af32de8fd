"""Meaning and words → one ranked list of passages."""

from collections.abc import Sequence

import corpus
import numpy as np
import pytest
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda
from pieces import steps

from assistant.index import Index, open_index
from assistant.retrieve import SIGNALS, HybridRetriever, retrieve
from assistant.settings import Settings
from assistant.types import Language, Match
from assistant.understand import understand
from ingest.__main__ import run

QUESTIONS = {
    "en": "How many civil servants were in the first batch?",
    "zh-Hant": "首批有幾多名公務員？",
    "zh-Hans": "首批有多少名公务员？",
}
FIRST_IN = {
    "Which grade did Cryus Chow come from?": "Cryus Chow",
    "How long is the Secretariat Attachment Scheme?": "Secretariat Attachment Scheme",
    "Who accompanied the Chief Secretary?": "officials who attended",
    "How many unicorns has HKSTP incubated?": "First observation",
    "第三屆大灣區律師考試喺幾時舉行？": "法律服務",
    "Terence Wang 對香港公務員隊伍有咩印象？": "第三點觀察",
    "聯合國初級專業人員計劃有幾多人參加？": "17名年輕公職人員",
    "前海有多少家港资企业注册？": "前海",
    "香园围口岸什么时候全面开通？": "口岸",
}


def found(index: Index, question: str, count: int = 12) -> list[Match]:
    asked = understand(question, (), index.analyser)
    return [evidence.match for evidence in retrieve(asked, index, count).evidence]


@pytest.mark.parametrize(("question", "heading"), FIRST_IN.items(), ids=FIRST_IN)
def test_the_right_section_is_among_the_first(shipped_index: Index, question: str, heading: str) -> None:
    sections = [match.passage.section for match in found(shipped_index, question, 3)]
    assert any(heading in section for section in sections), sections


@pytest.mark.parametrize(("language", "question"), QUESTIONS.items())
def test_each_document_speaks_the_askers_language(shipped_index: Index, language: str, question: str) -> None:
    languages = {match.passage.source.language for match in found(shipped_index, question, 50)}
    assert languages == {Language.ENGLISH if language == "en" else Language.TRADITIONAL}


@pytest.mark.parametrize("count", [1, 5, 12])
def test_the_best_come_first_and_no_more_than_asked_for(shipped_index: Index, count: int) -> None:
    matches = found(shipped_index, QUESTIONS["en"], count)
    scores = [match.score for match in matches]
    assert len(matches) == count
    assert scores == sorted(scores, reverse=True) and scores[-1] > 0
    assert len({match.passage.id for match in matches}) == count


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_a_score_tells_what_it_is_made_of(shipped_index: Index, question: str) -> None:
    for match in found(shipped_index, question):
        assert set(match.why) == set(SIGNALS)
        assert all(-1e-6 <= part <= 1 + 1e-6 for part in (match.score, *match.why.values())), match.why
    assert any(match.why["words"] > 0 and match.why["meaning"] > 0 for match in found(shipped_index, question))


def test_words_and_meaning_each_find_their_passage(shipped_index: Index) -> None:
    by_word = found(shipped_index, "UNCITRAL", 1)[0]
    assert "UNCITRAL" in by_word.passage.text and by_word.why["words"] > 0.3
    by_meaning = found(shipped_index, "Did anybody enjoy sightseeing and athletics?", 12)
    assert any("cultural and sports activities" in match.passage.text for match in by_meaning)


@pytest.mark.parametrize("question", ["", "🙂", "the of and", "xyzzyq"])
def test_nothing_asked_does_no_harm(shipped_index: Index, question: str) -> None:
    assert len(found(shipped_index, question)) <= 12


def test_a_follow_up_finds_what_it_carries(shipped_index: Index) -> None:
    alone = steps(shipped_index, "How long did they stay?").found.evidence[0].match
    carried = steps(shipped_index, "How long did they stay?", [QUESTIONS["en"]]).found.evidence[:3]
    assert any("first batch" in evidence.match.passage.text for evidence in carried), alone.passage.text


SALARY = corpus.document("## Pay\n\nThe salary is paid by the home government.\n", id="pay", language="en")
HOUSING = corpus.document("## 住宿\n\n住宿由接待機構安排。\n", id="housing", language="zh-Hant")

TRADITIONAL = corpus.document("## 開放時間\n\n辦公室每日開放。\n", id="hours", language="zh-Hant")
SIMPLIFIED = corpus.document("## 开放时间\n\n办公室每日开放。\n", id="hours", language="zh-Hans")


@pytest.fixture
def mixed(settings: Settings) -> Index:
    """Documents in English only, in Chinese only, in both, and in both scripts."""
    scripts = {"hours.zh-Hant.md": TRADITIONAL, "hours.zh-Hans.md": SIMPLIFIED}
    corpus.write(settings.documents, {"pay.en.md": SALARY, "housing.zh-Hant.md": HOUSING, **scripts, **corpus.TINY})
    assert run([], settings) == 0
    return open_index(settings)


def test_languages_find_each_other(mixed: Index) -> None:
    table = {
        "薪酬由邊個出？": "pay",
        "工资由谁支付？": "pay",
        "Who arranges accommodation?": "housing",
        "Who pays the salary?": "pay",
        "住宿由哪个机构安排？": "housing",
    }
    assert {question: found(mixed, question, 1)[0].passage.source.id for question in table} == table


@pytest.mark.parametrize("language", QUESTIONS)
def test_a_document_in_another_language_is_still_found(mixed: Index, language: str) -> None:
    versions = {match.passage.source.id: match.passage.source.language for match in found(mixed, QUESTIONS[language])}
    own = Language.ENGLISH if language == "en" else Language.TRADITIONAL
    assert versions["brief"] is own
    assert set(versions) <= {"brief", "pay", "housing", "hours"}


@pytest.mark.parametrize(
    ("question", "language"),
    [("辦公室幾時開放？", Language.TRADITIONAL), ("办公室什么时候开放？", Language.SIMPLIFIED)],
)
def test_each_script_has_its_own_version(mixed: Index, question: str, language: Language) -> None:
    best = found(mixed, question, 1)[0].passage.source
    assert (best.id, best.language) == ("hours", language)


@pytest.fixture
def dated(settings: Settings) -> Index:
    """Two documents that say the same in the words of their own day."""
    bodies = {"old": ("The reading room closed last year.", "2019-05-06"), "new": ("閱覽室去年關閉。", "2024-03-08")}
    for id, (body, day) in bodies.items():
        language = "en" if body.isascii() else "zh-Hant"
        corpus.write(settings.documents, {f"{id}.md": corpus.document(body, id=id, language=language, published=day)})
    assert run([], settings) == 0
    return open_index(settings)


@pytest.mark.parametrize(
    ("question", "id"),
    [
        ("What closed in 2018?", "old"),
        ("What closed in 2023?", "new"),
        ("2018年關閉咗乜嘢？", "old"),
        ("2023年关闭了什么？", "new"),
    ],
)
def test_relative_dates_are_found_by_the_year_they_mean(dated: Index, question: str, id: str) -> None:
    made = steps(dated, question)
    best = made.ranked[0]
    assert best.passage.source.id == id, [(found.text, found.score) for found in made.ranked]
    (at,) = [at for at, item in enumerate(made.weighted) if item.term.kind == "date"]
    assert best.covered[at] == 1.0


@pytest.mark.parametrize(("question", "id"), [("When did the reading room close?", "old"), ("閱覽室幾時關閉？", "new")])
def test_relative_dates_answer_when(dated: Index, question: str, id: str) -> None:
    reading = steps(dated, question).reading
    assert reading.gives and reading.leading[0].passage.source.id == id


@pytest.fixture
def retriever(shipped_index: Index) -> BaseRetriever:
    return HybridRetriever(index=shipped_index, count=4)


def test_it_is_a_retriever_as_langchain_knows_it(retriever: BaseRetriever, shipped_index: Index) -> None:
    documents = retriever.invoke(QUESTIONS["en"])
    matches = found(shipped_index, QUESTIONS["en"], 4)
    assert [document.id for document in documents] == [match.passage.id for match in matches]
    for document, match in zip(documents, matches, strict=True):
        assert document.page_content == match.passage.text
        assert document.metadata["document"] == match.passage.source.id
        assert document.metadata["score"] == match.score


def test_it_composes_and_runs_in_batches(retriever: BaseRetriever) -> None:
    def ids(documents: Sequence[Document]) -> list[str | None]:
        return [document.id for document in documents]

    chain = retriever | RunnableLambda(ids)
    assert chain.batch(list(QUESTIONS.values())) == [chain.invoke(question) for question in QUESTIONS.values()]


def test_cosines_are_those_of_the_nearest_windows(shipped_index: Index) -> None:
    made = steps(shipped_index, QUESTIONS["en"])
    cosines = shipped_index.cosines(made.found.vector, 10_000)
    entries = [shipped_index.entries[shipped_index.position[e.record.passage.id]] for e in made.found.evidence]
    records = shipped_index._collection.records(entries)  # with their pairs, which reading does without
    for evidence, record in zip(made.found.evidence, records, strict=True):
        windows = (record.whole, *record.sentences, *record.pairs)
        best = max(float(np.dot(made.found.vector, window.vector)) for window in windows)
        at = shipped_index.position[evidence.record.passage.id]
        assert cosines[at] == pytest.approx(best, abs=1e-3)

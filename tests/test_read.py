"""The built-in reader: which sentences answer, in which order, and no more than fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pieces import candidate, source, steps

from assistant.evidence import Candidate, Reading
from assistant.index import Index
from assistant.language import chinese_share
from assistant.read import LONGEST, LONGEST_CHINESE, MOST_SENTENCES, in_order, read
from assistant.terms import Analyser
from assistant.understand import Asked, understand
from assistant.weigh import Weighted


@pytest.fixture(scope="module")
def analyser(shipped_index: Index) -> Analyser:
    return shipped_index.analyser


def asked_of(analyser: Analyser, question: str) -> tuple[Asked, list[Weighted]]:
    asked = understand(question, (), analyser)
    return asked, [Weighted(term, 1.0) for term in asked.terms]


def text_of(index: Index, question: str, history: list[str] | None = None) -> str:
    return " ".join(found.text for found in steps(index, question, history or []).reading.sentences)


TWO_THINGS = {
    "When was the review meeting, and in which city was it held?": ["8 March 2024", "Shenzhen"],
    "How many civil servants were in the first batch and who was the Permanent Secretary for the Civil Service?": [
        "10", "Clement Leung",
    ],
    "Where did Cryus Chow work and where did Chan Fei-fei work?": ["Futian", "Qianhai"],
    "總結會喺幾時舉行，主持啟動儀式嘅地方喺邊度？": ["2024年3月8日", "前海"],
    "首批有幾多名公務員，嚟自幾多個部門同職系？": ["10名", "八個部門"],
    "启动仪式在哪里举行？总结会在什么时候举行？": ["前海", "2024年3月8日"],
    "How long is the Secretariat Attachment Scheme, and how long was the exchange in Shenzhen?": ["six months", "three months"],
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), TWO_THINGS.items(), ids=TWO_THINGS)
def test_each_of_two_things_asked_is_answered(shipped_index: Index, question: str, words: list[str]) -> None:
    text = text_of(shipped_index, question)
    assert [word for word in words if word not in text] == [], text


ONE_THING = {
    "Who is the Permanent Secretary for the Civil Service?": "Clement Leung",
    "How long is the Secretariat Attachment Scheme?": "six months",
    "Which newspaper carried the report on the launch ceremony?": "Nanfang Daily",
    "首批公務員嚟自邊啲部門同職系？": "路政署",
    "三位致辞的官员是谁？": "程步一",
    "Why was the wetlands Framework Arrangement signed?": "Outline Development Plan",
}


@pytest.mark.parametrize(("question", "words"), ONE_THING.items(), ids=ONE_THING)
def test_a_sentence_that_answers_is_chosen(shipped_index: Index, question: str, words: str) -> None:
    assert words in text_of(shipped_index, question)


@pytest.mark.parametrize("question", [*TWO_THINGS, *ONE_THING, "Tell me everything", "港深合作", "GBA", "🙂"])
def test_an_answer_is_short(shipped_index: Index, question: str) -> None:
    reading = steps(shipped_index, question, count=40).reading
    text = text_of(shipped_index, question)
    assert len(reading.sentences) <= MOST_SENTENCES
    assert len(text) <= (LONGEST_CHINESE if chinese_share(text) > 0.2 else LONGEST)
    assert all(leading in reading.sentences for leading in reading.leading)


@given(st.lists(st.integers(1, 700), min_size=1, max_size=6), st.booleans())
def test_what_does_not_fit_is_left_out(analyser: Analyser, lengths: list[int], chinese: bool) -> None:
    asked, weighted = asked_of(analyser, "Where is Futian?")
    limit = LONGEST_CHINESE if chinese else LONGEST
    ranked = [candidate(("中" if chinese else "a") * n, start=at, keys=f"k{at} m{at}") for at, n in enumerate(lengths)]
    reading = read(asked, weighted, ranked)
    assert sum(len(found.text) for found in reading.sentences) <= limit
    assert bool(reading.sentences) is (min(lengths) <= limit), "what fits is shown"


def test_nothing_found_gives_no_answer(analyser: Analyser) -> None:
    for question in ("Where is Futian?", "Where did Cryus Chow work and where did Chan Fei-fei work?"):
        reading = read(*asked_of(analyser, question), [])
        assert (reading.sentences, reading.leading, reading.gives) == ((), (), False)


def test_the_same_is_said_once(analyser: Analyser) -> None:
    asked, weighted = asked_of(analyser, "Where is Futian?")
    same = [candidate("Futian is a district of Shenzhen.", of=source(id), keys="a b c d") for id in ("one", "two")]
    other = candidate("Futian has a control point.", keys="e f g h")
    assert read(asked, weighted, [*same, other]).sentences == (same[0], other)


def test_a_much_weaker_sentence_adds_nothing(analyser: Analyser) -> None:
    asked, weighted = asked_of(analyser, "Where is Futian?")
    strong = candidate("Futian is a district of Shenzhen.")
    weak = candidate("It rains.", covered=(0.0,), coverage=0.0, cosine=0.0, gives=False)
    assert read(asked, weighted, [strong, weak]).sentences == (strong,)


def test_what_adds_a_missing_part_is_kept(analyser: Analyser) -> None:
    asked, weighted = asked_of(analyser, "Futian and kangaroos in winter")
    assert len(weighted) == 3
    first = candidate("About Futian in winter.", covered=(1.0, 0.0, 1.0), coverage=0.67)
    second = candidate("Kangaroos are here.", covered=(0.0, 1.0, 0.0), coverage=0.33, cosine=0.4)
    assert read(asked, weighted, [first, second]).sentences == (first, second)


def test_the_leading_sentence_gives_what_is_asked(analyser: Analyser) -> None:
    asked, weighted = asked_of(analyser, "Where is Futian?")
    lacking = candidate("Futian is fine.", gives=False)
    giving = candidate("Futian lies in Shenzhen.", coverage=0.95)
    reading = read(asked, weighted, [lacking, giving])
    assert reading.leading == (giving,) and reading.gives
    assert not read(asked, weighted, [lacking]).gives


def at(id: str, published: str, start: int = 0) -> Candidate:
    return candidate(f"{id} {start}.", of=source(id, published), start=start)


@pytest.mark.parametrize(
    "ordered",
    [
        [at("b", "2024-03-08"), at("a", "2023-12-18")],
        [at("b", "2024"), at("a", "2024-12-30")],
        [at("b", "2024-03"), at("a", "2024-03-08")],
        [at("b", "2023-02-23"), at("a", "")],
        [at("a", "2024-03-08", 5), at("a", "2024-03-08", 90), at("b", "2023")],
        [at("a", "2024-03-08"), at("b", "2024-03-08")],
        [at("a", ""), at("b", "")],
    ],
    ids=lambda ordered: " ".join(c.passage.source.published or "undated" for c in ordered),
)
def test_the_newest_comes_first_then_the_documents_order(ordered: list[Candidate]) -> None:
    for sentences in (tuple(ordered), tuple(ordered[::-1])):
        assert in_order(Reading(sentences, sentences)) == ordered
        assert in_order(Reading(sentences, ())) == ordered


def test_what_answers_comes_before_what_adds_to_it() -> None:
    old, new = at("old", "2023"), at("new", "2024")
    assert in_order(Reading((old, new), (old,))) == [old, new]
    assert in_order(Reading((old, new), (old, new))) == [new, old]

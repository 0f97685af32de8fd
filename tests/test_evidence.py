"""How well sentences cover a question."""

import pytest
from pieces import candidate, steps

from assistant.evidence import CONTEXT
from assistant.index import Index

FIRST = "How many civil servants were in the first batch?"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (FIRST, "had 10"),
        ("首批有幾多名公務員？", "10名"),
        ("首批有多少名公务员？", "10名"),
        ("Where was the launch ceremony held?", "in Qianhai"),
        ("總結會喺邊度舉行？", "深圳舉行"),
        ("Who reported on the launch for Nanfang Daily?", "Zeng Meiling"),
    ],
)
def test_the_sentence_that_answers_ranks_high(shipped_index: Index, question: str, words: str) -> None:
    best = steps(shipped_index, question).ranked[:3]
    assert any(words in found.text for found in best), [found.text for found in best]


def test_every_sentence_of_the_retrieved_passages_is_weighed(shipped_index: Index) -> None:
    made = steps(shipped_index, FIRST)
    assert len(made.ranked) == sum(len(evidence.record.sentences) for evidence in made.found.evidence)
    assert [c.score for c in made.ranked] == sorted((c.score for c in made.ranked), reverse=True)
    for found in made.ranked:
        assert found.text == found.passage.text[found.window.start : found.window.end]
        assert all(0 <= inside <= around <= 1 for inside, around in zip(found.covered, found.around, strict=True))
        assert len(found.covered) == len(made.weighted)
        assert 0 <= found.coverage <= found.context <= 1.000001


def test_what_stands_around_a_sentence_counts_less_than_what_it_says(shipped_index: Index) -> None:
    made = steps(shipped_index, FIRST)
    only_around = [
        (inside, around)
        for found in made.ranked
        for inside, around in zip(found.covered, found.around, strict=True)
        if inside == 0 < around
    ]
    assert only_around and all(around <= CONTEXT < 1 for _, around in only_around)


@pytest.mark.parametrize("better", [{"coverage": 1.0}, {"gives": True}, {"cosine": 0.9}], ids=str)
def test_better_evidence_scores_higher(better: dict[str, float]) -> None:
    worse = {"coverage": 0.2, "gives": False, "cosine": 0.1}
    assert candidate("A sentence.", **worse | better).score > candidate("A sentence.", **worse).score  # type: ignore[arg-type]

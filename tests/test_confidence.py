"""The probability that an answer answers: the calibrated model and what it looks at."""

import json
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pieces import candidate, term

from assistant.asking import Target
from assistant.confidence import FEATURES, FILE, confidence, describe, specificity
from assistant.evidence import Reading
from assistant.terms import Term
from assistant.types import Language, Question
from assistant.understand import Asked
from assistant.weigh import Weighted, share

HALVES = st.fixed_dictionaries({name: st.floats(0, 1) for name in FEATURES})
BETTER = ["coverage", "context", "cosine", "passage"]
WORSE = ["missing_detail", "lacks", "lacks_name"]


def asked(terms: tuple[Term, ...], target: Target = Target.OTHER, carried: tuple[Term, ...] = ()) -> Asked:
    return Asked(Question("?", Language.ENGLISH), terms, carried, target, "?")


def judged(terms: tuple[Term, ...], held: list[bool], target: Target = Target.OTHER, gives: bool = True) -> float:
    """The confidence in a sentence that holds some of the terms."""
    weighted = [Weighted(item, 1.0) for item in terms]
    covered = tuple(float(value) for value in held)
    found = candidate("A sentence.", covered=covered, coverage=share(weighted, covered), gives=gives)
    return confidence(describe(asked(terms, target), weighted, Reading((found,), (found,), gives)))


def test_the_file_has_a_weight_for_each_feature_and_no_other() -> None:
    data = json.loads(FILE.read_text("utf-8"))
    assert set(data) == {"intercept", "weights"}
    assert set(data["weights"]) == set(FEATURES)
    assert len(set(FEATURES)) == len(FEATURES)
    assert all(math.isfinite(value) for value in [data["intercept"], *data["weights"].values()])


def test_the_features_are_those_that_are_described() -> None:
    found = candidate("A sentence.")
    features = describe(asked((term("x"),)), [Weighted(term("x"), 1.0)], Reading((found,), (found,), True))
    assert list(features) == list(FEATURES)


@given(HALVES)
def test_it_is_a_probability(features: dict[str, float]) -> None:
    assert 0 < confidence(features) < 1


@pytest.mark.parametrize("name", BETTER)
@given(features=HALVES)
def test_better_evidence_never_lowers_it(name: str, features: dict[str, float]) -> None:
    assert confidence(features | {name: 1.0}) >= confidence(features | {name: 0.0})


@given(features=HALVES)
def test_to_give_what_is_asked_for_is_better_than_to_lack_it(features: dict[str, float]) -> None:
    given, lacked = {"gives": 1.0, "lacks": 0.0, "lacks_name": 0.0}, {"gives": 0.0, "lacks": 1.0}
    assert confidence(features | given) > confidence(features | lacked)


@pytest.mark.parametrize("name", WORSE)
@given(features=HALVES)
def test_a_lack_never_raises_it(name: str, features: dict[str, float]) -> None:
    assert confidence(features | {name: 1.0}) <= confidence(features | {name: 0.0})


@pytest.mark.parametrize("kind", ["word", "number", "date", "person", "body", "term", "place", "proper", "detail"])
def test_the_more_is_missing_the_lower(kind: str) -> None:
    terms = tuple(term(f"{kind}{at}", kind) for at in range(3))
    values = [judged(terms, [at >= missing for at in range(3)]) for missing in range(4)]
    assert values == sorted(values, reverse=True) and len(set(values)) == 4


def test_a_particular_that_is_missing_matters_more_than_a_word() -> None:
    words = (term("exchange"), term("programme"), term("x"))
    detail = (*words[:2], term("salary", "detail"))
    assert judged(detail, [True, True, False]) < judged(words, [True, True, False])


@pytest.mark.parametrize(
    "target", [Target.PERSON, Target.DATE, Target.COUNT, Target.DURATION, Target.PLACE, Target.NAME]
)
def test_what_lacks_the_kind_of_thing_asked_for_is_less_sure(target: Target) -> None:
    terms = (term("exchange"), term("programme"))
    assert judged(terms, [True, True], target, gives=False) < judged(terms, [True, True], target, gives=True)


def test_no_answer_is_no_evidence() -> None:
    weighted = [Weighted(term("x"), 1.0)]
    found = candidate("A sentence.")
    for reading, items in [(Reading(), weighted), (Reading((found,), (found,)), [])]:
        assert describe(asked((term("x"),)), items, reading) == dict.fromkeys(FEATURES, 0.0)
    assert confidence(dict.fromkeys(FEATURES, 0.0)) < 0.2


def test_a_follow_up_is_known_to_be_one() -> None:
    found = candidate("A sentence.", covered=(1.0, 1.0))
    items = [Weighted(term("x"), 1.0), Weighted(term("y"), 0.5)]
    question = asked((term("x"),), carried=(term("y"),))
    assert describe(question, items, Reading((found,), (found,)))["follow_up"] == 1.0
    alone = replace(question, terms=(term("x"), term("y")), carried=())
    assert describe(alone, items, Reading((found,), (found,)))["follow_up"] == 0.0


def test_what_was_only_carried_over_is_not_missed() -> None:
    found = candidate("A sentence.", covered=(1.0, 0.0))
    items = [Weighted(term("x"), 1.0), Weighted(term("salary", "detail"), 0.5)]
    question = asked((term("x"),), carried=(term("salary", "detail"),))
    assert describe(question, items, Reading((found,), (found,)))["missing_detail"] == 0.0


def test_several_leading_sentences_cover_together() -> None:
    terms = (term("x"), term("y"))
    items = [Weighted(item, 1.0) for item in terms]
    pair = (candidate("X.", covered=(1.0, 0.0)), candidate("Y.", covered=(0.0, 1.0)))
    features = describe(asked(terms), items, Reading(pair, pair, True))
    assert features["coverage"] == features["context"] == 1.0
    assert features["missing_word"] == 0.0


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        (term("salary", "detail"), term("salary", zipf=4.0)),
        (term("kangaroo", zipf=3.0), term("people", zipf=5.5)),
        (term("people", zipf=5.5), term("the", zipf=7.0)),
        (term("10", "number"), term("thing", zipf=5.0)),
        (term("仲裁", zipf=3.9), term("仲", zipf=3.9)),
    ],
)
def test_rare_words_and_names_narrow_more(narrow: Term, wide: Term) -> None:
    assert 1 >= specificity(narrow) >= specificity(wide) >= 0
    assert specificity(narrow) > specificity(wide) or specificity(narrow) == 1

"""Reliability of probabilities, and what answering costs beside embedding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.overhead import overhead
from evaluation.reliability import reliability


@pytest.mark.parametrize(
    ("judged", "auroc", "brier", "error"),
    [
        ([(1.0, True), (0.0, False)], 1.0, 0.0, 0.0),
        ([(1.0, False), (0.0, True)], 0.0, 1.0, 1.0),
        ([(0.5, True), (0.5, False)], 0.5, 0.25, 0.0),
        ([(0.8, True), (0.6, False), (0.4, True), (0.2, False)], 0.75, 0.2, 0.4),
        ([(0.7, True)], None, 0.09, 0.3),
        ([(0.7, False), (0.9, False)], None, 0.65, 0.8),
    ],
)
def test_figures_of_known_probabilities(
    judged: list[tuple[float, bool]], auroc: float | None, brier: float, error: float
) -> None:
    found = reliability(judged, 0.6)
    assert found.auroc == (None if auroc is None else pytest.approx(auroc))
    assert (found.brier, found.calibration_error) == (pytest.approx(brier), pytest.approx(error))
    assert found.questions == len(judged)


def test_bins_are_tenths_with_what_is_in_them() -> None:
    low, high = reliability([(0.0, False), (0.02, True), (0.9, True), (1.0, True)], None).bins
    assert (low.least, low.most, low.questions, low.answerable, low.share) == (0.0, 0.1, 2, 1, 0.5)
    assert (high.least, high.most, high.questions, high.answerable, high.share) == (0.9, 1.0, 2, 2, 1.0)
    assert (low.predicted, high.predicted) == (pytest.approx(0.01), pytest.approx(0.95))


def test_it_is_told_in_a_line() -> None:
    assert str(reliability([(1.0, True)], None)) == (
        "1 questions, AUROC unknown, Brier score 0.000, expected calibration error 0.000"
    )


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40))
def test_every_question_is_in_a_bin_and_every_figure_a_share(judged: list[tuple[float, bool]]) -> None:
    found = reliability(judged, 0.5)
    assert found.questions == len(judged)
    assert sum(each.answerable for each in found.bins) == sum(answerable for _, answerable in judged)
    assert all(0 <= figure <= 1 for figure in (found.auroc or 0.0, found.brier, found.calibration_error))


def test_what_answering_costs_is_told_by_medians() -> None:
    found = overhead([(0.020, 0.010), (0.050, 0.020), (9.0, 0.030)])
    assert (found.questions, found.answer_ms, found.embed_ms, found.times) == (3, 50.0, 20.0, 2.5)
    assert "takes 2.50 times as long" in str(found)

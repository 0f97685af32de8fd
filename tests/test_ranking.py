"""Ranked lists: what counts as a hit, and the figures over several lists."""

from collections.abc import Sequence

import pytest

from evaluation.ranking import Ranked, hit_at, measure, reciprocal_rank


@pytest.mark.parametrize(
    ("found", "right", "count", "hit"),
    [
        ([3, 1, 2], 3, 1, True),
        ([3, 1, 2], 1, 1, False),
        ([3, 1, 2], 2, 3, True),
        ([3, 1, 2], 2, 2, False),
        ([3, 1, 2], 4, 5, False),
        ([], 0, 5, False),
    ],
)
def test_a_hit_is_among_the_first(found: Sequence[int], right: int, count: int, hit: bool) -> None:
    assert hit_at(count, found, right) is hit


@pytest.mark.parametrize(
    ("found", "right", "share"),
    [
        ([3, 1, 2], 3, 1.0),
        ([3, 1, 2], 1, 1 / 2),
        ([3, 1, 2], 4, 0.0),
        (range(20), 9, 1 / 10),
        (range(20), 10, 0.0),
        ([], 0, 0.0),
    ],
)
def test_the_reciprocal_rank_counts_from_one_and_ends_at_ten(found: Sequence[int], right: int, share: float) -> None:
    assert reciprocal_rank(found, right) == share


def test_figures_are_means_over_all_questions_and_times_in_milliseconds() -> None:
    first = [Ranked([0, 1], 0, 0.001)] * 18
    third = Ranked([1, 2, 0], 0, 0.004)
    never = Ranked([], 0, 0.5)
    assert measure([*first, third, never]).as_dict() == {
        "hit@1": 0.9,
        "hit@5": 0.95,
        "mrr@10": round((18 + 1 / 3) / 20, 4),
        "p50_ms": 1.0,
        "p95_ms": 4.0,
    }

"""Thresholds: how good the figures must be for a run to pass."""

from collections.abc import Iterator, Mapping

from evaluation.metrics import Breakdown

_ROUNDING = 1e-9


def missed(thresholds: Mapping[str, float], figures: Breakdown) -> list[str]:
    """A sentence for each threshold that is missed; a share of nothing misses none."""
    sentences = []
    for threshold, name, value, is_maximum in _measured(figures):
        if threshold in thresholds and value is not None:
            excess = (value - thresholds[threshold]) * (1 if is_maximum else -1)
            if excess > _ROUNDING:
                sentences.append(_sentence(name, value, thresholds[threshold], excess, is_maximum))
    return sentences


def _measured(figures: Breakdown) -> Iterator[tuple[str, str, float | None, bool]]:
    """Each threshold with the name of a figure it is for, its value, and whether the threshold is a maximum."""
    shares = figures.all.shares()
    for name in ("right", "cited_right", "refused_right"):
        yield name, name, shares[name], False
    for language, of_language in figures.by_language.items():
        yield "right_each_language", f"right in {language}", of_language.shares()["right"], False
    yield "over_refused", "over_refused", shares["over_refused"], True
    yield "forbidden", "forbidden", figures.all.forbidden, True


def _sentence(name: str, value: float, threshold: float, excess: float, is_maximum: bool) -> str:
    wanted, side = ("at most", "over") if is_maximum else ("at least", "short")
    return f"{name} is {value:.4g} where {wanted} {threshold:.4g} is wanted: {excess:.4g} {side}."

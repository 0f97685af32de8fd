"""python -m evaluation.calibrate: fit the confidence of answers on known questions.

A logistic regression on the features of `assistant.evidence.describe`, over the questions marked
`split: tune`: answerable ones that the reader gets right against those that are to be refused. Prints how far its
probabilities can be relied on, by 5-fold cross-validation and on the questions held out, then writes the weights.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant import settings as configuration
from assistant.confidence import FEATURES, FILE, describe
from assistant.evidence import candidates
from assistant.index import Index, open_index
from assistant.judge import settled
from assistant.read import read
from assistant.retrieve import retrieve
from assistant.understand import understand
from assistant.weigh import weigh
from evaluation import command
from evaluation.facts import Item, load
from evaluation.match import states
from evaluation.reliability import Reliability, reliability

QUESTIONS = Path(__file__).parent / "questions.yaml"
FOLDS = 5
STRENGTH = 1.0
"""Inverse of the regularisation."""

Array = np.ndarray[Any, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    return command.run(_calibrate, _parser(), arguments)


def _calibrate(options: argparse.Namespace) -> int:
    settings = configuration.load()
    index = open_index(settings)
    items = load(options.questions).items
    tune = examples([item for item in items if item.split == "tune"], index, settings.passages)
    held_out = examples([item for item in items if item.split == "held-out"], index, settings.passages)
    model = fit(*tune)
    print(f"tune, by cross-validation: {judged(tune[1], cross_validated(*tune), settings.threshold)}")
    print(f"held out: {judged(held_out[1], probabilities(model, held_out[0]), settings.threshold)}")
    weights = dict(zip(FEATURES, (round(float(w), 4) for w in model.coef_[0]), strict=True))
    FILE.write_text(
        json.dumps({"intercept": round(float(model.intercept_[0]), 4), "weights": weights}, indent=1) + "\n"
    )
    print(json.dumps(weights, indent=1))
    return 0


def examples(items: Sequence[Item], index: Index, passages: int) -> tuple[Array, Array]:
    """Features, shape (questions, features), and whether each is to be answered; wrongly read ones are left out."""
    rows, labels = [], []
    for item in items:
        asked = understand(item.question, item.history, index.analyser)
        if settled(asked):
            continue
        weighted = weigh(asked, index)
        chosen = read(asked, weighted, candidates(asked, weighted, retrieve(asked, index, passages)))
        text = " ".join(candidate.text for candidate in chosen.sentences)
        if item.is_answerable and not all(states(text, fact) for fact in item.facts):
            continue
        features = describe(asked, weighted, chosen)
        rows.append([features[name] for name in FEATURES])
        labels.append(float(item.is_answerable))
    return np.array(rows), np.array(labels)


def fit(rows: Array, labels: Array) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=STRENGTH, max_iter=2000).fit(rows, labels)


def probabilities(model: Any, rows: Array) -> Array:
    return np.asarray(model.predict_proba(rows)[:, 1])


def cross_validated(rows: Array, labels: Array) -> Array:
    """The probability of each question by a model that has not seen it."""
    from sklearn.model_selection import StratifiedKFold

    found = np.zeros(len(labels))
    for seen, unseen in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(rows, labels):
        found[unseen] = probabilities(fit(rows[seen], labels[seen]), rows[unseen])
    return found


def judged(labels: Array, found: Array, threshold: float) -> Reliability:
    """How far the probabilities can be relied on."""
    return reliability([(float(p), bool(label)) for p, label in zip(found, labels, strict=True)], threshold)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.calibrate", description="Fit the confidence of answers."
    )
    parser.add_argument("--questions", type=Path, default=QUESTIONS, help="known questions with a `split` each")
    return parser


if __name__ == "__main__":
    sys.exit(main())

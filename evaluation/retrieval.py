"""`python -m evaluation.retrieval --collection SQUAD.json`: how well the right paragraph is found for a question.

Measures the project's retriever, and in the same run the usual ones beside it: dense only, BM25 only, and plain
reciprocal rank fusion of both. Exit status: 0 when it was measured, 2 when the run cannot be made.
"""

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import opencc
from tqdm import tqdm

from assistant import settings
from evaluation import command, squad
from evaluation.paragraphs import folder_for, index_in
from evaluation.rankers import Ranker, rankers
from evaluation.ranking import Figures, Ranked, measure
from evaluation.squad import Query, Squad
from evaluation.table import aligned

CONVERSIONS = ("s2hk", "t2s")
_COLUMNS = ("", "hit@1", "hit@5", "MRR@10", "p50 ms", "p95 ms")


def main(arguments: Sequence[str] | None = None) -> int:
    return command.run(_evaluate, _parser(), arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.retrieval", description="Measure how well paragraphs are found for questions."
    )
    parser.add_argument(
        "--collection", type=Path, required=True, metavar="SQUAD.json", help="paragraphs to search, and their questions"
    )
    parser.add_argument(
        "--questions",
        type=Path,
        metavar="SQUAD.json",
        help="ask the questions of this file, paired by their ids",
    )
    parser.add_argument("--convert", choices=CONVERSIONS, help="ask in the other Chinese script (an OpenCC conversion)")
    parser.add_argument("--limit", type=command.positive, metavar="N", help="ask only the first N questions")
    parser.add_argument("--report", type=Path, metavar="OUT.json", help="keep the figures")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the index there, for the next run")
    return parser


def _evaluate(options: argparse.Namespace) -> int:
    configured = settings.load()
    collection = squad.load(options.collection)
    queries = _queries(options, collection)
    command.check_writable([options.report])
    with folder_for(collection.paragraphs, configured.embedding_model, options.keep) as folder:
        index = index_in(folder, collection.paragraphs, configured)
        ways = rankers(collection.paragraphs, index, folder)
        figures = {name: measure(_ask(name, ranker, queries)) for name, ranker in ways.items()}
    print(table(figures, len(queries), len(collection.paragraphs)))
    if options.report:
        report = as_report(figures, len(queries), len(collection.paragraphs))
        options.report.write_text(json.dumps(report, indent=2) + "\n", "utf-8")
    return 0


def _queries(options: argparse.Namespace, collection: Squad) -> Sequence[Query]:
    """The questions to ask, in the script to ask them in."""
    queries = collection.queries
    if options.questions:
        asked = squad.load(options.questions)
        queries = squad.paired(asked, collection)
        if left_out := len(asked.queries) - len(queries):
            print(f"Warning: {left_out} questions are left out: the collection lacks their ids.", file=sys.stderr)
    queries = queries[: options.limit]
    if not options.convert:
        return queries
    converter = opencc.OpenCC(options.convert)
    return [replace(query, text=converter.convert(query.text)) for query in queries]


def _ask(name: str, ranker: Ranker, queries: Sequence[Query]) -> list[Ranked]:
    """Every question in turn, after one that warms up what is loaded when first needed."""
    ranker(queries[0].text)
    return [_timed(ranker, query) for query in tqdm(queries, desc=name, unit="question", delay=2, disable=None)]


def _timed(ranker: Ranker, query: Query) -> Ranked:
    start = time.perf_counter()
    found = ranker(query.text)
    return Ranked(found, query.right, time.perf_counter() - start)


def as_report(figures: Mapping[str, Figures], questions: int, paragraphs: int) -> dict[str, Any]:
    """The shape of the report: the counts, then the figures of each ranker under its name."""
    return {"questions": questions, "paragraphs": paragraphs} | {name: f.as_dict() for name, f in figures.items()}


def table(figures: Mapping[str, Figures], questions: int, paragraphs: int) -> str:
    """The figures in aligned columns, one ranker a line."""
    rows = [_COLUMNS, *(_row(name, f) for name, f in figures.items())]
    return f"{questions} questions, {paragraphs} paragraphs\n{aligned(rows)}"


def _row(name: str, figures: Figures) -> tuple[str, ...]:
    shares = (figures.hit_at_1, figures.hit_at_5, figures.mrr_at_10)
    return (name, *(f"{s:.3f}" for s in shares), f"{figures.p50_ms:.1f}", f"{figures.p95_ms:.1f}")


if __name__ == "__main__":
    sys.exit(main())

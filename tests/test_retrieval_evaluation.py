"""`python -m evaluation.retrieval` on a tiny set: what it measures, prints and keeps, and when it fails."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.index import GLOSSES
from assistant.models import OnnxEmbedder
from assistant.settings import Settings
from evaluation import paragraphs, rankers, retrieval

ENGLISH = {
    "The lighthouse on the northern cape was built in 1852 and is lit by a lamp of whale oil.": (
        "When was the lighthouse built?",
        "What lights the lamp on the northern cape?",
    ),
    "Penguins swim to the southern islands in autumn and feed on squid.": ("What do penguins feed on?",),
    "The railway carries coal from the mountain mines to the harbour.": ("What does the railway carry?",),
}
CHINESE = {
    "北部海角的灯塔建于1852年，用鲸油点灯。": ("灯塔是哪一年建造的？", "北部海角的灯用什么点亮？"),
    "企鹅秋天游到南方的岛屿，以鱿鱼为食。": ("企鹅吃什么？",),
    "铁路把煤炭从山里的矿场运到港口。": ("铁路运送什么？",),
}
RANKERS = ("project", "dense", "bm25", "rrf")


def write(path: Path, collection: dict[str, tuple[str, ...]]) -> Path:
    """The set as a file; a question has the same id in every language."""
    entries = [
        {"context": text, "qas": [{"id": f"{at}-{n}", "question": asked} for n, asked in enumerate(questions)]}
        for at, (text, questions) in enumerate(collection.items())
    ]
    path.write_text(json.dumps({"data": [{"title": "Tiny", "paragraphs": entries}]}), "utf-8")
    return path


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("squad") / "en.json", ENGLISH)


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("squad") / "zh.json", CHINESE)


@pytest.fixture(scope="module")
def keep(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(autouse=True)
def configured(monkeypatch: pytest.MonkeyPatch, prepared: Path) -> None:
    monkeypatch.setenv("ASSISTANT_INDEX", str(prepared))


def measured(tmp_path: Path, *arguments: object) -> Any:
    report = tmp_path / "reports" / "out.json"
    assert retrieval.main([*map(str, arguments), "--report", str(report)]) == 0
    return json.loads(report.read_text("utf-8"))


def test_the_report_has_the_figures_of_the_project_and_of_each_baseline(
    tmp_path: Path, english: Path, keep: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = measured(tmp_path, "--collection", english, "--keep", keep)
    assert list(report) == ["questions", "paragraphs", *RANKERS]
    assert (report["questions"], report["paragraphs"]) == (4, 3)
    for ranker in RANKERS:
        assert list(report[ranker]) == ["hit@1", "hit@5", "mrr@10", "p50_ms", "p95_ms"]
        assert 0 < report[ranker]["p50_ms"] <= report[ranker]["p95_ms"] or ranker == "bm25"
    assert report["project"]["hit@1"] == report["project"]["mrr@10"] == 1.0
    printed = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in printed] == ["4", "hit@1", *RANKERS]
    assert printed[2].split()[1:4] == ["1.000", "1.000", "1.000"]


def test_a_limit_takes_the_first_questions_and_leaves_every_paragraph(
    tmp_path: Path, english: Path, keep: Path
) -> None:
    report = measured(tmp_path, "--collection", english, "--keep", keep, "--limit", 3)
    assert (report["questions"], report["paragraphs"]) == (3, 3)


@pytest.mark.parametrize("convert", [(), ("--convert", "s2hk")])
def test_questions_in_another_language_or_script_find_the_paragraph_with_their_id(
    tmp_path: Path, english: Path, chinese: Path, keep: Path, convert: tuple[str, ...]
) -> None:
    report = measured(tmp_path, "--collection", english, "--questions", chinese, "--keep", keep, *convert)
    assert report["questions"] == 4
    assert report["project"]["hit@1"] == 1.0
    assert report["bm25"]["hit@1"] < 1.0


def test_the_script_of_the_questions_alone_is_converted(
    tmp_path: Path, chinese: Path, keep: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(rankers, "by_project", lambda index: lambda question: seen.append(question) or [])
    measured(tmp_path, "--collection", chinese, "--keep", keep, "--convert", "s2hk", "--limit", 1)
    assert set(seen) == {"燈塔是哪一年建造的？"}


def test_a_kept_index_is_not_made_again(tmp_path: Path, english: Path, keep: Path, embedded: list[str]) -> None:
    measured(tmp_path, "--collection", english, "--keep", keep)
    embedded.clear()
    measured(tmp_path, "--collection", english, "--keep", keep)
    assert not set(embedded) & set(ENGLISH)


def test_a_temporary_index_leaves_nothing_behind_and_the_configured_one_alone(
    tmp_path: Path, english: Path, prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(prepared.rglob("*"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert retrieval.main(["--collection", str(english), "--limit", "1"]) == 0
    assert sorted(prepared.rglob("*")) == before
    assert not list(tmp_path.iterdir())


def test_paragraphs_are_documents_in_the_language_of_the_collection() -> None:
    passages = paragraphs.passages(["北部海角的灯塔建于1852年。", "Whale oil", "北部海角的灯塔建于1852年。"])
    assert [str(passage.source.language) for passage in passages] == ["zh-Hans"] * 3
    assert [paragraphs.position(passage) for passage in passages] == [0, 1, 2]
    assert len({passage.id for passage in passages}) == 3


def test_the_bm25_baseline_neither_stems_nor_folds_and_finds_only_what_shares_a_word() -> None:
    assert rankers.words("The Railway's mines") == ["the", "railway", "s", "mines"]
    assert rankers.words("铁路把煤炭运到港口。") == ["铁路", "把", "煤炭", "运到", "港口"]
    rank = rankers.by_words(list(ENGLISH))
    assert rank("railway") == [2]
    assert list(rank("railways")) == []


def test_plain_fusion_adds_the_reciprocal_ranks() -> None:
    rank = rankers.fused(lambda _: [1, 2, 3], lambda _: [2, 4])
    assert list(rank("?")) == [2, 1, 4, 3]


def test_the_dense_baseline_ranks_by_cosine(prepared: Path) -> None:
    embedder = OnnxEmbedder(prepared / "models" / Settings().embedding_model)
    rank = rankers.by_meaning(embedder.embed(list(ENGLISH)), embedder)
    assert [rank(question)[0] for asked in ENGLISH.values() for question in asked] == [0, 0, 1, 2]
    assert sorted(rank("?")) == [0, 1, 2]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--collection", "none.json"), "`none.json` cannot be read: No such file or directory."),
        (("--collection", "{english}", "--questions", "none.json"), "`none.json` cannot be read"),
        (("--collection", "{english}", "--report", "/proc/none/out.json"), "`/proc/none/out.json` cannot be written"),
        (("--collection", "{english}", "--keep", "/proc/none"), "cannot be written"),
    ],
)
def test_what_stops_a_run_is_told_in_a_sentence(
    arguments: tuple[str, ...], sentence: str, english: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert retrieval.main([argument.replace("{english}", str(english)) for argument in arguments]) == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [(), ("--limit", "0"), ("--limit", "few"), ("--convert", "s2x")])
def test_wrong_options_exit_with_2(
    arguments: tuple[str, ...], english: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = ["--collection", str(english)] if arguments else []
    with pytest.raises(SystemExit) as raised:
        retrieval.main([*wanted, *arguments])
    assert raised.value.code == 2
    assert capsys.readouterr().err


def test_questions_that_the_collection_lacks_are_left_out_with_a_warning(
    tmp_path: Path, english: Path, keep: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = write(tmp_path / "more.json", ENGLISH | {"A fourth.": ("Which is it?",)})
    assert measured(tmp_path, "--collection", english, "--questions", more, "--keep", keep)["questions"] == 4
    assert "Warning: 1 questions are left out" in capsys.readouterr().err


def test_a_missing_gloss_table_and_model_are_made(tmp_path: Path, prepared: Path) -> None:
    """Links that lead nowhere, after the configured index was moved, are put right."""
    folder = tmp_path / "index"
    folder.mkdir()
    (folder / GLOSSES).symlink_to(tmp_path / "gone")
    index = paragraphs.index_in(folder, list(ENGLISH), Settings(index=prepared))
    assert (folder / GLOSSES).resolve() == (prepared / GLOSSES).resolve()
    assert len(index.entries) == 3

"""`python -m evaluation.ingest`: made-up documents, and the share of time that a run without changes takes."""

from collections import Counter
from pathlib import Path

import pytest

from assistant.language import detect
from assistant.settings import Settings
from assistant.types import Language
from evaluation import ingest, synthetic
from evaluation.ingest import Run
from ingest.load import find, load
from ingest.split import split


def test_documents_are_made_in_three_languages_with_so_many_passages_each(tmp_path: Path) -> None:
    paths = synthetic.write(tmp_path, 205)
    documents, failures = load(find([tmp_path]))
    assert (len(paths), len(documents), failures) == (205, 205, [])
    assert Counter(each.source.language for each in documents) == dict(zip(Language, (69, 68, 68), strict=True))
    assert all(detect(each.text) is each.source.language for each in documents)
    passages = [split(each) for each in documents]
    assert {len(each) for each in passages} == {synthetic.PARAGRAPHS}
    texts = [passage.text for each in passages for passage in each]
    assert len(set(texts)) > 0.95 * len(texts), "most paragraphs differ"
    assert all("{" not in text for text in texts)


def test_the_same_seed_makes_the_same_documents(tmp_path: Path) -> None:
    def content(name: str, seed: int) -> list[str]:
        return [path.read_text("utf-8") for path in synthetic.write(tmp_path / name, 6, seed)]

    assert content("a", 1) == content("b", 1) != content("c", 2)


@pytest.mark.parametrize(("again", "code"), [(0.2, 0), (0.31, 1)])
def test_a_run_without_changes_that_takes_too_long_fails(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    settings: Settings,
    small_model: str,
    again: float,
    code: int,
) -> None:
    runs = iter([Run(10, 300), Run(again, 200), Run(1, 250)])

    def measured(settings: Settings) -> Run:
        ingest._ingest(settings)
        return next(runs)

    monkeypatch.setattr(ingest, "measure", measured)
    assert ingest._evaluate(9, settings.model_copy(update={"embedding_model": small_model})) == code
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if "passages of" not in line] == [
        "first run          10.0 s,    300 MB, 0.9 documents/s, 4.5 passages/s",
        f"without change      {again:.1f} s,    200 MB, {again / 10:.1%} of the first (at most 3%)",
        "9   changed         1.0 s,    250 MB, 10.0% of the first",
    ]
    assert [line.partition(" in `")[0] for line in lines if "passages of" in line] == [
        "45 added, 0 removed, 0 unchanged passages of 9 documents",
        "0 added, 0 removed, 45 unchanged passages of 9 documents",
        "18 added, 30 removed, 15 unchanged passages of 6 documents",
    ]


@pytest.mark.slow
def test_it_is_measured_in_processes_of_their_own(settings: Settings, small_model: str) -> None:
    synthetic.write(settings.documents, 3)
    run = ingest.measure(settings.model_copy(update={"embedding_model": small_model}))
    assert run.seconds > 0
    assert run.megabytes > 50


@pytest.mark.parametrize("number", ["0", "-1", "many"])
def test_a_number_of_documents_that_is_none_is_told(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        ingest.main(["--documents", number])
    assert "is not a number of documents; give 1 or more" in capsys.readouterr().err

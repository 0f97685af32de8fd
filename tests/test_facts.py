"""Known facts: what a file may hold, and what is said about one that cannot be used."""

from pathlib import Path

import pytest

from evaluation import facts
from evaluation.facts import FactsError, Item

FOLDER = Path(facts.__file__).parent
ITEM = "- {id: a, question: Q, expect: answer}"


def write(folder: Path, text: str) -> Path:
    path = folder / "facts.yaml"
    path.write_text(text, "utf-8")
    return path


def test_every_key_is_read(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        """
        thresholds: {right: 0.8, forbidden: 0}
        facts:
        - id: a
          lang: en
          kind: follow-up
          history: ['Who went?', 'And when?']
          question: Where?
          expect: answer
          facts: [Shenzhen | 深圳, ["March 8", "3月8日"], 2002]
          must_not: [Beijing]
          sources: [one, two]
          all_sources: true
          source_groups: [[one], [two, three]]
          split: held-out
        """,
    )
    known = facts.load(path)
    assert known.thresholds == {"right": 0.8, "forbidden": 0}
    assert known.warnings == ()
    assert known.items == (
        Item(
            id="a",
            lang="en",
            kind="follow-up",
            history=("Who went?", "And when?"),
            question="Where?",
            expect="answer",
            facts=("Shenzhen | 深圳", ("March 8", "3月8日"), "2002"),
            must_not=("Beijing",),
            sources=("one", "two"),
            all_sources=True,
            source_groups=(("one",), ("two", "three")),
            split="held-out",
        ),
    )


def test_a_list_is_a_file_without_thresholds(tmp_path: Path) -> None:
    known = facts.load(write(tmp_path, ITEM))
    assert [item.id for item in known.items] == ["a"]
    assert known.thresholds == {}


def test_absent_values_may_be_null(tmp_path: Path) -> None:
    known = facts.load(write(tmp_path, "- {id: a, question: Q, expect: refuse, facts: null, history: , split: ~}"))
    assert known.items == (Item(id="a", question="Q", expect="refuse"),)


@pytest.mark.parametrize("scalar", ["2002", "No", "2024-03-08", "1_000", "0.50", "1:30", "2024-13-45"])
def test_a_fact_stays_as_it_was_written(tmp_path: Path, scalar: str) -> None:
    known = facts.load(write(tmp_path, f"- {{id: a, question: Q, expect: answer, facts: [{scalar}]}}"))
    assert known.items[0].facts == (scalar,)


@pytest.mark.parametrize(
    ("given", "forbidden"),
    [("[[x, y]]", (("2021",),)), ("[x | y]", ("2021",)), ("[[x], y]", ("2021",))],
)
def test_a_file_of_forms_forbids_by_the_literal_rule(tmp_path: Path, given: str, forbidden: tuple[object]) -> None:
    items = [
        f"{{id: a, question: Q, expect: answer, facts: {given}}}",
        "{id: b, question: Q, expect: refuse, must_not: [2021]}",
    ]
    assert facts.load(write(tmp_path, "".join(f"- {item}\n" for item in items))).items[1].must_not == forbidden


def test_unknown_keys_are_told_once_each(tmp_path: Path) -> None:
    text = """
    version: 2
    thresholds: {rihgt: 0.9}
    facts:
    - {id: a, question: Q, expect: refuse, note: x}
    - {id: b, question: Q, expect: refuse, note: y}
    """
    known = facts.load(write(tmp_path, text))
    assert len(known.warnings) == 3
    for name, warning in zip(("`version`", "`note` of 2 items", "`rihgt`"), known.warnings, strict=True):
        assert name in warning


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no facts"),
        ("just words", "holds no facts"),
        ("facts: []", "holds no facts"),
        ("facts: {a: b}", "holds no facts"),
        ("- id: [", "is not YAML: line 1"),
        ("- *nowhere", "is not YAML"),
        ("- !!python/object:os.system {}", "is not YAML"),
        ("- {question: Q, expect: answer}", "Item 1 of"),
        ("- {question: Q, expect: answer}", "has no `id`"),
        ("- {id: a, expect: answer}", "`a`, item 1 of"),
        ("- {id: a, expect: answer}", "has no `question`"),
        ("- {id: a, question: ' ', expect: answer}", "has no `question`"),
        ("- {id: a, question: Q}", "has no `expect`"),
        ("- {id: a, question: Q, expect: maybe}", "allowed are `answer` and `refuse`"),
        ("- just words", "Item 1 of"),
        (f"{ITEM}\n{ITEM}", "2 items of"),
        ("- {id: a, question: Q, expect: answer, facts: ['']}", "empty entry in `facts`"),
        ("- {id: a, question: Q, expect: answer, facts: [[]]}", "empty entry in `facts`"),
        ("- {id: a, question: Q, expect: answer, facts: [{b: c}]}", "where text is wanted"),
        ("- {id: a, question: Q, expect: answer, sources: [{b: c}]}", "where text is wanted"),
        (f"thresholds: {{right: high}}\nfacts:\n{ITEM}", "is not a number"),
        (f"thresholds: [right]\nfacts:\n{ITEM}", "are not a mapping"),
    ],
)
def test_what_cannot_be_used_is_told_in_a_sentence(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(FactsError) as caught:
        facts.load(write(tmp_path, text))
    assert said in str(caught.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FactsError, match=r"nowhere\.yaml` cannot be read"):
        facts.load(tmp_path / "nowhere.yaml")
    with pytest.raises(FactsError, match="cannot be read"):
        facts.load(tmp_path)


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FactsError, match="not UTF-8"):
        facts.load(path)


def test_a_split_is_selected(tmp_path: Path) -> None:
    text = "\n".join(f"- {{id: {name}, question: Q, expect: refuse, split: {name}}}" for name in ("tune", "held-out"))
    known = facts.load(write(tmp_path, text))
    assert [item.id for item in facts.select(known, "tune").items] == ["tune"]
    assert facts.select(known, None) == known


def test_a_split_without_items_is_told(tmp_path: Path) -> None:
    with pytest.raises(FactsError, match="split: tune"):
        facts.select(facts.load(write(tmp_path, ITEM)), "tune")


@pytest.mark.parametrize("name", ["known_facts.yaml", "questions.yaml"])
def test_the_shipped_facts_are_whole(name: str) -> None:
    known = facts.load(FOLDER / name)
    assert known.warnings == ()
    for item in known.items:
        assert item.lang in ("en", "zh-Hant", "zh-Hans"), item.id
        assert bool(item.facts) is item.is_answerable, item.id
        assert bool(item.sources or item.source_groups) is item.is_answerable, item.id


def test_the_shipped_facts_have_thresholds() -> None:
    assert set(facts.load(FOLDER / "known_facts.yaml").thresholds) == set(facts.THRESHOLDS)

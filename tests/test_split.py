"""Splitting cuts between paragraphs and sentences; the pieces are verbatim, where they say, and all there."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language import sentence_spans
from assistant.types import Kind, Language, Source
from ingest.clean import clean
from ingest.document import Document
from ingest.split import LONGEST, split

SOURCE = Source("brief", "Brief", Kind.BRIEF, "Brief", "Office", "2024", Language.ENGLISH)
SENTENCE = "The first batch had 10 civil servants, who came from eight departments and grades. "
CHINESE = "首批有10名香港公務員，他們來自八個部門和職系。"

lines = st.one_of(
    st.text(alphabet="ab .!?首批。；\t\u3000「」#-*", max_size=40),
    st.sampled_from(["", "# A", "## B ##", "###### C", "#no heading", "- item", "* item", "     indented", "---"]),
    st.integers(1, 40).map(lambda count: SENTENCE * count),
    st.integers(1, 40).map(lambda count: CHINESE * count),
    st.text(max_size=30),
)
texts = st.lists(lines, max_size=12).map("\n".join).map(lambda text: clean(text).text)


def document(text: str) -> Document:
    return Document(SOURCE, text)


def sections_and_texts(text: str) -> list[tuple[str, str]]:
    return [(passage.section, passage.text) for passage in split(document(text))]


@given(texts)
def test_offsets_are_exact(text: str) -> None:
    for passage in split(document(text)):
        assert text[passage.start : passage.start + len(passage.text)] == passage.text
        assert passage.text == passage.text.strip() != ""


@given(texts)
def test_no_text_is_lost_and_none_is_there_twice(text: str) -> None:
    rest, end = [], 0
    for passage in split(document(text)):
        assert passage.start >= end
        rest.append(text[end : passage.start])
        end = passage.start + len(passage.text)
    left = "".join([*rest, text[end:]]).splitlines()
    assert [line for line in left if line.strip() and not line.lstrip().startswith("#")] == []


@pytest.mark.parametrize(
    "text", ["abcdef " * 2000, "文員去了電車處，" * 2000, "x" * 9000, "字" * 9000, "a" + " " * 9000 + "b"]
)
def test_what_no_sentence_ends_is_cut_anyway(text: str) -> None:
    passages = split(document(text))
    assert max(len(passage.text) for passage in passages) <= 2 * LONGEST
    kept = "".join(passage.text for passage in passages)
    assert "".join(kept.split()) == "".join(text.split())
    for passage in passages:
        assert text[passage.start : passage.start + len(passage.text)] == passage.text == passage.text.strip()


@given(texts)
def test_ids_are_unique_and_stable(text: str) -> None:
    ids = [passage.id for passage in split(document(text))]
    assert len(set(ids)) == len(ids)
    assert ids == [passage.id for passage in split(document(text))]


@given(texts)
def test_a_long_passage_is_a_single_sentence(text: str) -> None:
    for passage in split(document(text)):
        assert len(passage.text) <= LONGEST or len(sentence_spans(passage.text)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("# Only a heading\n", []),
        ("One.", [("", "One.")]),
        ("One.\nTwo.\n\nThree.", [("", "One.\nTwo."), ("", "Three.")]),
        ("# A\nOne.\n## B\nTwo.\n### C\nThree.\n## D\nFour.\n# E\nFive.", [
            ("A", "One."), ("A › B", "Two."), ("A › B › C", "Three."), ("A › D", "Four."), ("E", "Five."),
        ]),
        ("### Deep\nOne.\n# Top\nTwo.", [("Deep", "One."), ("Top", "Two.")]),
        ("## Closed ##\nOne.", [("Closed", "One.")]),
        ("#hashtag\nOne.", [("", "#hashtag\nOne.")]),
        ("Three posts:\n- engineers\n- planners", [("", "Three posts:"), ("", "- engineers"), ("", "- planners")]),
        ("\u3000\u3000首段。\n\u3000\u3000次段。", [("", "首段。"), ("", "次段。")]),
        ("One.\n     Two.", [("", "One."), ("", "Two.")]),
        ("  One,\n  and on.\n", [("", "One,\n  and on.")]),
    ],
)  # fmt: skip
def test_passages_are_paragraphs_under_their_headings(text: str, expected: list[tuple[str, str]]) -> None:
    assert sections_and_texts(text) == expected


@pytest.mark.parametrize(("sentence", "longest"), [(SENTENCE, LONGEST), (CHINESE, LONGEST // 2)])
def test_a_long_paragraph_is_cut_between_sentences(sentence: str, longest: int) -> None:
    passages = split(document(sentence * 60))
    assert all(longest // 2 < len(passage.text) <= longest for passage in passages[:-1])
    assert all(passage.text.endswith(sentence.strip()) for passage in passages)
    assert all(passage.text.startswith(sentence[:10]) for passage in passages)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("# A\nOne.\n\nTwo.", "# A\nZero.\n\nOne.\n\nTwo.", True),
        ("# A\nOne.", "# B\nOne.", False),
        ("# A\nOne.", "# A\nOne!", False),
    ],
)
def test_an_id_tells_the_text_and_its_heading_apart_but_not_its_place(one: str, other: str, same: bool) -> None:
    first, second = split(document(one)), split(document(other))
    assert ({passage.id for passage in first} <= {passage.id for passage in second}) is same


def test_an_id_tells_documents_and_languages_apart() -> None:
    sources = [SOURCE, replace(SOURCE, id="other"), replace(SOURCE, language=Language.TRADITIONAL)]
    assert len({split(Document(source, "One."))[0].id for source in sources}) == 3


def test_an_id_does_not_depend_on_title_and_date() -> None:
    other = replace(SOURCE, title="Other", published="2025", path="other.md")
    assert split(Document(SOURCE, "One."))[0].id == split(Document(other, "One."))[0].id

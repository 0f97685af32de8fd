import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.cite import Marked, best_quote, from_quotes, from_text, marked
from assistant.types import Kind, Language, Passage, Sentence, Source

SOURCE = Source("review", "Review meeting", Kind.BRIEF, "", "HKSAR Government", "2024-03-08", Language.ENGLISH)
FIRST = Passage(
    "first", "The first batch had 10 civil servants. They came from eight departments. It rained in May.", SOURCE
)
SECOND = Passage("second", "首批公務員在深圳交流三個月。他們參觀了主要設施。", SOURCE)
PASSAGES = (FIRST, SECOND)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It had 10 people [1].", [("It had 10 people.", (1,))]),
        ("It had 10 people.[1] They came [2].", [("It had 10 people.", (1,)), ("They came.", (2,))]),
        ("It had 10 people. [1][2] They came. [2]", [("It had 10 people.", (1, 2)), ("They came.", (2,))]),
        ("Both say so [1, 2].", [("Both say so.", (1, 2))]),
        ("Both say so [1-2].", [("Both say so.", (1, 2))]),
        ("Both say so [1] and [2].", [("Both say so and.", (1, 2))]),
        ("Twice the same [1][1].", [("Twice the same.", (1,))]),
        ("首批有10人【1】。交流三個月［２］。", [("首批有10人。", (1,)), ("交流三個月。", (2,))]),
        ("首批有10人。【1†source】交流三個月。[^2]", [("首批有10人。", (1,)), ("交流三個月。", (2,))]),
        ("首批有10人；交流三個月[1]。", [("首批有10人；交流三個月。", (1,))]),
        ("As told [Passage 1], it rained (passage 2).", [("As told, it rained.", (1, 2))]),
        ("見[段落1]，也見【第2段】。", [("見，也見。", (1, 2))]),
        ("Invented [3], zero [0], far [1234567890123].", [("Invented, zero, far.", ())]),
        ("[1] It opens the line.\n[2] So does this.", [("It opens the line.", (1,)), ("So does this.", (2,))]),
        ("It stands alone.\n[1]\n", [("It stands alone.", (1,))]),
        ("- **Ten** people [1]\n2. `Two` cities [2]", [("Ten people", (1,)), ("Two cities", (2,))]),
        ("A link [1](https://example.org/a).", [("A link.", (1,))]),
        ("Nested [[1]] and ([2]).", [("Nested and.", (1, 2))]),
        ("Mr. Li of the U.S. office, e.g. No. 3, came [1]. He left.", None),
        ('He said "Ten went." [1] Then he left.', [('He said "Ten went."', (1,)), ("Then he left.", ())]),
        ("他說：「好。」[1]他走了。", [("他說：「好。」", (1,)), ("他走了。", ())]),
        ("[1]", []),
        ("", []),
    ],
)
def test_markers_leave_the_text_and_stay_with_their_sentence(
    text: str, expected: list[tuple[str, tuple[int, ...]]] | None
) -> None:
    if expected is None:
        expected = [("Mr. Li of the U.S. office, e.g. No. 3, came.", (1,)), ("He left.", ())]
    assert marked(text, count=2) == [Marked(*pair) for pair in expected]


def test_numbers_follow_first_use() -> None:
    sentences, citations = from_text("他們參觀了設施[2]。10 civil servants [1]. 參觀了設施[2]。", PASSAGES)
    assert [sentence.citations for sentence in sentences] == [(1,), (2,), (1,)]
    assert [(citation.number, citation.passage.id) for citation in citations] == [(1, "second"), (2, "first")]


def test_a_quote_is_the_sentence_that_says_it() -> None:
    assert _quoted("Ten civil servants took part.", FIRST) == "The first batch had 10 civil servants."
    assert _quoted("It rained.", FIRST) == "It rained in May."
    assert _quoted("他们参观设施。", SECOND) == "他們參觀了主要設施。"


def test_a_quote_may_take_sentences_in_a_row() -> None:
    both = "The first batch had 10 civil servants. They came from eight departments."
    assert _quoted("The first batch had 10 civil servants from eight departments.", FIRST) == both


def test_a_quote_across_languages_is_found_by_numbers_and_names() -> None:
    passage = Passage("en", "It rained. The exchange in Shenzhen lasted three months.", SOURCE)
    assert _quoted("深圳的交流为期3个月。", passage) == "The exchange in Shenzhen lasted three months."


def test_a_passage_that_shares_nothing_is_quoted_whole() -> None:
    assert _quoted("Zebras.", FIRST) == FIRST.text


def test_one_passage_with_two_quotes_is_two_citations() -> None:
    _, citations = from_text("It had 10 civil servants [1]. It rained in May [1].", PASSAGES)
    assert [citation.passage.id for citation in citations] == ["first", "first"]
    assert citations[0].quote != citations[1].quote


def test_equal_quotes_share_a_number() -> None:
    sentences, citations = from_quotes(
        [("A.", [(FIRST, 0, 9), (SECOND, 0, 2)]), ("B.", [(SECOND, 0, 2)]), ("C.", [(FIRST, 4, 9), (FIRST, 4, 9)])]
    )
    assert sentences == (Sentence("A.", (1, 2)), Sentence("B.", (2,)), Sentence("C.", (3,)))
    assert [citation.quote for citation in citations] == ["The first", "首批", "first"]


MARKERS = [
    "[1]",
    "[2][3]",
    "[1, 2]",
    "【1】",
    "［１］",
    "[^1]",
    "[Passage 1]",
    "[9]",
    "【2†s】",
    "[1-3]",
    "[[2]]",
    "([1])",
]
PIECES = [
    "The first batch",
    "10 people",
    "首批",
    "交流三個月",
    ". ",
    "。",
    "；",
    "! ",
    "\n",
    " ",
    "- ",
    '"',
    "”",
    "(",
    "Mr. ",
]
texts = st.lists(st.sampled_from(PIECES + MARKERS) | st.text(max_size=4), max_size=25).map("".join)
passages = st.lists(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join).filter(str.strip), min_size=1, max_size=4
).map(lambda found: [Passage(str(at), text, SOURCE) for at, text in enumerate(found)])


@settings(deadline=None)
@given(texts, passages)
def test_whatever_a_model_writes(text: str, given_passages: list[Passage]) -> None:
    sentences, citations = from_text(text, given_passages)
    assert [citation.number for citation in citations] == list(range(1, len(citations) + 1))
    for citation in citations:
        assert citation.quote
        assert citation.passage.text[citation.start : citation.end] == citation.quote
    used = list(dict.fromkeys(number for sentence in sentences for number in sentence.citations))
    assert used == [citation.number for citation in citations]
    for sentence in sentences:
        assert sentence.text.strip() == sentence.text != ""
        assert not re.search(r"[\[【［]\s*(?:\^|Passage )?\d+[\d,†s\s-]*[\]】］]|[\ue000-\uf8ff]", sentence.text)


@settings(deadline=None)
@given(texts)
def test_no_word_is_lost(text: str) -> None:
    def letters(value: str) -> str:
        value = re.sub(
            r"[\ue000-\uf8ff]|\[\[?\^?(?:Passage )?[\d, -]+\]?\]|[【［][^】］]*[】］]|[_*`#>•·-]|\d", "", value
        )
        return "".join(re.findall(r"[A-Za-z\u4e00-\u9fff]", value))

    assert letters("".join(sentence.text for sentence in marked(text, 3))) == letters(text)


def _quoted(sentence: str, passage: Passage) -> str:
    _, start, end = best_quote(sentence, passage)
    return passage.text[start:end]

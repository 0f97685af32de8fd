"""What a refusal suggests is itself answered, in each of the three languages."""

import pytest

from assistant.chain import Assistant, open_assistant
from assistant.index import Index
from assistant.language import to_script
from assistant.settings import Settings
from assistant.types import Answer, Language, Status
from prompts import message

ELSEWHERE = 0.1
"""The most of the suggestions, as a share, whose answer may come from another section than the one named."""


@pytest.fixture(scope="module")
def assistant(shipped_settings: Settings) -> Assistant:
    return open_assistant(shipped_settings)


def answers(assistant: Assistant, index: Index, language: Language) -> dict[str, Answer]:
    """The answer to the suggestion of each section of the shipped documents, by its heading."""
    passages = [record.passage for record in index.records(range(len(index.entries)))]
    headings = dict.fromkeys(
        passage.section.split(" › ")[-1]
        for passage in passages
        if passage.section and passage.source.language.is_chinese is language.is_chinese
    )
    assert len(headings) > 50
    asked = {heading: message("suggest", language, section=to_script(heading, language)) for heading in headings}
    return {heading: assistant.ask(question) for heading, question in asked.items()}


@pytest.mark.parametrize("language", Language)
def test_every_section_that_can_be_suggested_is_answered(
    assistant: Assistant, shipped_index: Index, language: Language
) -> None:
    found = answers(assistant, shipped_index, language)
    assert [heading for heading, answer in found.items() if answer.status is not Status.ANSWERED] == []
    elsewhere = [
        heading
        for heading, answer in found.items()
        if heading not in {citation.passage.section.split(" › ")[-1] for citation in answer.citations}
    ]
    assert len(elsewhere) <= ELSEWHERE * len(found), elsewhere


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_every_example_is_answered(assistant: Assistant, language: Language, number: int) -> None:
    answer = assistant.ask(message(f"example_{number}", language))
    assert answer.question.language is language
    assert answer.status is Status.ANSWERED


@pytest.mark.parametrize(
    "question",
    [
        "How can I apply for the exchange programme?",
        "What is the salary of the civil servants in the first batch?",
        "申請交流計劃嘅截止日期係幾時？",
        "公务员事务局的电话号码是多少？",
        "Which hotel did the officers in Qianhai stay at?",
        "今晚食乜好？",
    ],
)
def test_what_a_refusal_suggests_is_answered(assistant: Assistant, question: str) -> None:
    refusal = assistant.ask(question)
    assert refusal.status in (Status.NOT_IN_DOCUMENTS, Status.OUT_OF_SCOPE)
    assert 1 <= len(refusal.suggestions) <= 3
    for suggestion in refusal.suggestions:
        answer = assistant.ask(suggestion)
        assert (answer.status, answer.question.language) == (Status.ANSWERED, refusal.question.language), suggestion

"""What the page's events do, without a browser."""

from typing import Any

import pytest
from scripted import ScriptedAssistant

from assistant.types import Language
from assistant.web import frame, page
from assistant.web.preference import preferred
from prompts import LANGUAGES, messages


@pytest.fixture(scope="module")
def chat() -> page.Chat:
    blocks = page.gr.Blocks(analytics_enabled=False)
    with blocks:
        return page.Chat(ScriptedAssistant(), page.Parts(100))  # type: ignore[arg-type]


def final(updates: list[dict[Any, Any]]) -> dict[Any, Any]:
    return {part: value for update in updates for part, value in update.items()}


def test_a_question_is_shown_at_once_then_the_answer_grows(chat: page.Chat) -> None:
    updates = list(chat.ask("Who went?", "en", ()))
    shown = [update[chat.parts.chat] for update in updates if chat.parts.chat in update]
    assert "Who went?" in shown[0][0]["content"]
    assert "Reading the documents" in shown[0][1]["content"]
    assert [messages[1]["content"].count('class="cite"') for messages in shown[1:]] == [1, 3, 3]
    assert ["aria-busy" in messages[1]["content"] for messages in shown] == [True, True, True, False]


def test_earlier_questions_go_with_the_next_one(chat: page.Chat) -> None:
    first = final(list(chat.ask("Who went?", "en", ())))
    second = final(list(chat.ask("And when?", "en", first[chat.parts.conversation])))
    assert chat.assistant.asked[-1] == ("And when?", ("Who went?",))  # type: ignore[attr-defined]
    assert [message["role"] for message in second[chat.parts.chat]] == ["user", "assistant"] * 2
    assert 'id="turn-2-source-1"' in second[chat.parts.chat][3]["content"]


@pytest.mark.parametrize(("language", "words"), [("en", "Please type"), ("zh-Hant", "請輸入"), ("zh-Hans", "请输入")])
def test_an_empty_question_is_told_in_the_pages_language(chat: page.Chat, language: str, words: str) -> None:
    (update,) = chat.ask("  \n ", language, ())
    assert list(update) == [chat.parts.hint]
    assert words in update[chat.parts.hint]


def test_clearing_forgets_the_conversation(chat: page.Chat) -> None:
    update = chat.clear()
    assert update[chat.parts.chat] == []
    assert update[chat.parts.conversation] == ()


@pytest.mark.parametrize("language", Language)
def test_the_frame_speaks_each_language(language: Language) -> None:
    assert f'lang="{language}"' in frame.brand(language)
    assert frame.intro(language).count("data-question=") == 4
    assert "2025" in frame.scope(language, "2025-02")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("en-GB,en;q=0.9", "en"),
        ("zh-HK,zh;q=0.9,en;q=0.8", "zh-Hant"),
        ("zh-TW", "zh-Hant"),
        ("yue-HK", "zh-Hant"),
        ("zh-Hant-MO", "zh-Hant"),
        ("zh-CN,zh;q=0.9", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh-Hans-HK", "zh-Hans"),
        ("fr-FR, en;q=0.3, zh-HK;q=0.8", "zh-Hant"),
        ("fr, zh-CN;q=0, en;q=0.1", "en"),
        ("de", "en"),
        ("", "en"),
        ("zh-HK;q=many", "en"),
    ],
)
def test_the_browsers_language_is_found(header: str, language: str) -> None:
    assert preferred(header) == language


def test_every_text_exists_in_every_language() -> None:
    assert len({frozenset(messages(language)) for language in LANGUAGES}) == 1

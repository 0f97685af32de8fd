"""The chat as people meet it: in a browser, in three languages, at a desk and on a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from visit import SIZES, Visit

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]
LOCALES = {"en": "en-GB", "zh-Hant": "zh-HK", "zh-Hans": "zh-CN"}
QUESTIONS = {
    "en": "How many Hong Kong civil servants were in the first batch?",
    "zh-Hant": "首批有幾多名香港公務員參加交流？",
    "zh-Hans": "首批有多少名香港公务员参加交流？",
}
EMPTY = {"en": "Please type a question.", "zh-Hant": "請輸入問題。", "zh-Hans": "请输入问题。"}
HOSTILE = "<img src=x onerror=alert(1)> <b>who</b> went to Shenzhen & *why*?"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LOCALES)
def test_an_answer_leads_to_its_quotes(visit: Open, language: str, size: str) -> None:
    chat = visit(size, LOCALES[language])
    chat.ask(QUESTIONS[language])
    chat.answered()
    expect(chat.page.locator(".turn")).to_have_attribute("lang", language)
    expect(chat.page.locator(".turn .text")).to_contain_text("10")
    citation = chat.page.locator(".cite").last
    card = chat.page.locator(citation.get_attribute("href") or "")
    citation.click()
    expect(card.locator("mark")).to_be_in_viewport()
    expect(card.locator("mark")).not_to_be_empty()
    expect(card).to_have_class(re.compile("flash"))
    expect(card.locator("summary")).to_be_focused()
    assert is_within_width(chat)
    expect(chat.page.locator("#question textarea")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LOCALES)
def test_the_page_speaks_the_browsers_language(visit: Open, language: str, size: str) -> None:
    chat = visit(size, LOCALES[language])
    expect(chat.page.locator("html")).to_have_attribute("lang", language)
    expect(chat.page.locator("#scope")).to_contain_text("2025")
    expect(chat.page.locator("#question textarea")).to_be_in_viewport(ratio=1)
    assert is_within_width(chat)


def test_the_language_can_be_chosen_and_is_remembered(visit: Open) -> None:
    chat = visit()
    chat.page.get_by_label("繁體中文").check()
    expect(chat.page.locator("html")).to_have_attribute("lang", "zh-Hant")
    expect(chat.page).to_have_title("公務員交流計劃問答")
    chat.page.reload()
    expect(chat.page.locator("html")).to_have_attribute("lang", "zh-Hant")
    expect(chat.page.locator("#send")).to_have_text("提問")


@pytest.mark.parametrize("language", LOCALES)
def test_an_empty_question_is_told_in_the_pages_language(visit: Open, language: str) -> None:
    chat = visit(locale=LOCALES[language])
    chat.page.click("#send")
    expect(chat.page.get_by_role("alert")).to_have_text(EMPTY[language])
    expect(chat.page.locator(".question")).to_have_count(0)


def test_html_in_a_question_is_shown_as_text(visit: Open) -> None:
    chat = visit()
    chat.page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    chat.ask(HOSTILE)
    chat.answered()
    expect(chat.page.locator(".question")).to_contain_text(HOSTILE)
    expect(chat.page.locator("#chat :is(img, b)")).to_have_count(0)


def test_an_example_is_asked_at_a_click(visit: Open) -> None:
    chat = visit()
    example = chat.page.locator(".chip").first
    text = example.inner_text()
    example.click()
    chat.answered()
    expect(chat.page.locator(".question")).to_contain_text(text)
    expect(chat.page.locator("#intro")).to_be_hidden()


def test_a_refusal_suggests_questions_that_can_be_clicked(visit: Open) -> None:
    chat = visit()
    chat.ask("What salary are the officers on exchange paid?")
    chat.answered()
    expect(chat.page.locator(".turn .label")).to_have_text("Not in the documents")
    expect(chat.page.locator(".cite")).to_have_count(0)
    chat.page.locator(".turn .chip").first.click()
    chat.answered(2)
    expect(chat.page.locator(".question")).to_have_count(2)


def test_a_second_turn_folds_the_first_ones_sources(visit: Open) -> None:
    chat = visit()
    chat.ask(QUESTIONS["en"])
    chat.answered()
    assert chat.page.locator(".source[open]").count() > 0
    chat.ask("How long did the exchange in Shenzhen last?")
    chat.answered(2)
    turns = chat.page.locator(".turn")
    expect(turns.first.locator(".source[open]")).to_have_count(0)
    assert turns.last.locator(".source[open]").count() > 0
    turns.first.locator(".cite").first.click()
    expect(turns.first.locator(".source[open]")).to_have_count(1)


def test_sources_are_folded_on_a_phone(visit: Open) -> None:
    chat = visit("phone")
    chat.ask(QUESTIONS["en"])
    chat.answered()
    assert chat.page.locator(".source").count() > 0
    expect(chat.page.locator(".source[open]")).to_have_count(0)


def test_sources_stand_beside_the_answer_at_a_desk_and_below_it_on_a_phone(visit: Open) -> None:
    for size in SIZES:
        chat = visit(size)
        chat.ask(QUESTIONS["en"])
        chat.answered()
        answer = chat.page.locator(".answer").bounding_box()
        sources = chat.page.locator(".sources").bounding_box()
        assert answer
        assert sources
        is_beside = sources["x"] >= answer["x"] + answer["width"]
        is_below = sources["y"] >= answer["y"] + answer["height"]
        assert (is_beside, is_below) == ((True, False) if size == "desk" else (False, True))


def test_an_answer_can_be_copied_with_its_sources(visit: Open) -> None:
    chat = visit()
    chat.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chat.ask(QUESTIONS["en"])
    chat.answered()
    chat.page.click(".copy")
    expect(chat.page.locator(".copy")).to_have_text("Copied")
    copied = chat.page.evaluate("navigator.clipboard.readText()")
    assert "\nSources\n[1] " in copied
    assert "Our summary of" in copied


def test_a_new_chat_starts_from_nothing(visit: Open) -> None:
    chat = visit()
    expect(chat.page.locator("#new-chat")).to_be_hidden()
    chat.ask(QUESTIONS["en"])
    chat.answered()
    chat.page.click("#new-chat")
    expect(chat.page.locator(".turn")).to_have_count(0)
    expect(chat.page.locator(".intro h2")).to_be_visible()


def is_within_width(chat: Visit) -> bool:
    return bool(chat.page.evaluate("document.documentElement.scrollWidth <= innerWidth"))

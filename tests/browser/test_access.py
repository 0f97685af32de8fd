"""The chat for everyone: by keyboard, by ear, with little contrast to spare, in light and dark."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from visit import Visit

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]
QUESTION = "How many Hong Kong civil servants were in the first batch?"


def test_everything_works_by_keyboard(visit: Open) -> None:
    chat = visit()
    chat.ask(QUESTION)
    chat.answered()
    chat.page.locator(".cite").first.focus()
    chat.page.keyboard.press("Enter")
    expect(chat.page.locator(".source summary").first).to_be_focused()
    chat.page.keyboard.press("Escape")
    expect(chat.page.locator(".cite").first).to_be_focused()


def test_the_conversation_is_announced_without_markup(visit: Open) -> None:
    chat = visit(locale="zh-HK")
    chat.ask("首批有幾多名香港公務員參加交流？")
    chat.answered()
    log = chat.page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    expect(log).to_have_attribute("aria-label", "問答")
    expect(log.locator("[aria-label*='<']")).to_have_count(0)
    expect(chat.page.get_by_label("你的問題")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_what_is_behind_it(visit: Open, scheme: str) -> None:
    chat = visit(color_scheme=scheme)
    selectors = [".intro h2", ".intro p", ".chip", "#scope p", "#send", "#language label"]
    found = {selector: contrast(chat, selector) for selector in selectors}
    chat.ask(QUESTION)
    chat.answered()
    answered = [
        ".question",
        ".turn .text",
        ".turn .notes",
        ".copy",
        ".cite",
        "mark",
        ".origin",
        "blockquote",
        "#new-chat",
    ]
    found |= {selector: contrast(chat, selector) for selector in answered}
    assert {selector: ratio for selector, ratio in found.items() if ratio < 4.5} == {}


def contrast(chat: Visit, selector: str) -> float:
    """The contrast ratio of an element's text to the nearest opaque background behind it (WCAG 2.2, 1.4.3)."""
    colours = chat.page.locator(selector).first.evaluate(
        """element => {
            let behind = element;
            const fill = (node) => getComputedStyle(node).backgroundColor;
            const isClear = (node) => fill(node) === "rgba(0, 0, 0, 0)";
            while (behind.parentElement && isClear(behind)) behind = behind.parentElement;
            return [getComputedStyle(element).color, fill(behind)];
        }"""
    )
    light, dark = sorted((luminance(colour) for colour in colours), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    channels = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

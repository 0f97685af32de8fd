"""Fixtures that open the real app in a real browser."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from visit import NAMES, Visit, chromium, launch, open_page, serving


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if not path:
        reason = f"no Chromium is installed (looked for {', '.join(NAMES)})"
        if os.environ.get("CI") == "true":
            pytest.fail(f"{reason}; in CI the browser tests may not be skipped")
        pytest.skip(reason)
    with sync_playwright() as playwright:
        yield launch(playwright, path)


@pytest.fixture(scope="session")
def chat_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the app, served from an index made for it."""
    with serving(tmp_path_factory.mktemp("chat")) as url:
        yield url


@pytest.fixture
def visit(browser: Browser, chat_url: str) -> Iterator[Callable[..., Visit]]:
    """Opens the chat: `visit("phone", "zh-HK")`; fails the test for errors and foreign requests."""
    opened: list[Visit] = []

    def open_chat(size: str = "desk", locale: str = "en-GB", color_scheme: str = "light") -> Visit:
        opened.append(open_page(browser, chat_url, size, locale, color_scheme))
        return opened[-1]

    yield open_chat
    for each in opened:
        each.page.context.close()
        assert each.errors == []
        assert [url for url in each.requests if not url.startswith((each.url, "data:", "blob:"))] == []

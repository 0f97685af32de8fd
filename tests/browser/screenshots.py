"""python -m tests.browser.screenshots FOLDER: the chat in three languages, at a desk and on a phone, light and dark."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from tests.browser.visit import SIZES, chromium, launch, open_page, serving

QUESTIONS = {
    "en-GB": ("How long did the exchange in Shenzhen last?", "What salary are the officers paid?"),
    "zh-HK": ("2024年嘅交流計劃有邊幾個內地城市參加？", "佢哋人工有幾多？"),
    "zh-CN": ("2024年的交流计划有哪些内地城市参加？", "他们的薪酬是多少？"),
}
SCHEMES = ("light", "dark")


def main(folder: Path) -> None:
    """Write `<locale>-<size>-<scheme>-<step>.png` into `folder`."""
    path = chromium()
    if not path:
        sys.exit("No Chromium is installed.")
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as temporary, serving(Path(temporary)) as url, sync_playwright() as playwright:
        browser = launch(playwright, path)
        for locale in QUESTIONS:
            for size in SIZES:
                for scheme in SCHEMES:
                    photograph(browser, url, folder, locale, size, scheme)


def photograph(browser: Browser, url: str, folder: Path, locale: str, size: str, scheme: str) -> None:
    """The empty page, an answer, its last source, and a refusal."""
    visit = open_page(browser, url, size, locale, scheme)
    question, refused = QUESTIONS[locale]

    def shoot(step: str) -> None:
        visit.page.wait_for_timeout(500)
        visit.page.screenshot(path=folder / f"{locale}-{size}-{scheme}-{step}.png")

    shoot("1-empty")
    visit.ask(question)
    visit.answered()
    shoot("2-answer")
    visit.page.locator(".cite").last.click()
    shoot("3-source")
    visit.ask(refused)
    visit.answered(2)
    shoot("4-refusal")
    visit.page.context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

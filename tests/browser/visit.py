"""A real browser that notes what goes wrong, and the real app over an index made for it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES = {"desk": (1280, 800), "phone": (390, 844)}
START_SECONDS = 120


@dataclass
class Visit:
    """A page opened at `url`, with every request it made and every error it reported."""

    page: Page
    url: str
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def ask(self, question: str) -> None:
        self.page.fill("#question textarea", question)
        self.page.press("#question textarea", "Enter")

    def answered(self, count: int = 1) -> None:
        """Wait until `count` answers are complete."""
        self.page.locator("#chat .turn:not([aria-busy])").nth(count - 1).wait_for(timeout=60_000)


def chromium() -> str | None:
    """The path of a Chromium, by the first name that is installed."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def launch(playwright: Playwright, path: str) -> Browser:
    """The Chromium at `path`, kept from talking to anyone on its own account."""
    return playwright.chromium.launch(executable_path=path, args=FLAGS)


def open_page(browser: Browser, url: str, size: str, locale: str, color_scheme: str) -> Visit:
    """The chat in a fresh browser context, ready to be asked."""
    width, height = SIZES[size]
    is_phone = size == "phone"
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale=locale,
        color_scheme=color_scheme,  # type: ignore[arg-type]
        is_mobile=is_phone,
        has_touch=is_phone,
        reduced_motion="reduce",
    )
    visit = Visit(context.new_page(), url)
    visit.page.on("request", lambda request: visit.requests.append(request.url))
    visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
    visit.page.on("console", lambda line: visit.errors.append(line.text) if line.type == "error" else None)
    visit.page.goto(url)
    visit.page.wait_for_selector(".intro h2")
    return visit


class serving:
    """Context manager: the app in a process of its own, from an index made in `folder`."""

    def __init__(self, folder: Path) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        ours = {"DOCUMENTS": ROOT / "documents", "INDEX": folder / "index", "PORT": self.port}
        settings = {f"ASSISTANT_{name}": str(value) for name, value in ours.items()}
        self.folder, self.environment = folder, {**kept, **settings, "PYTHONPATH": str(ROOT)}

    def __enter__(self) -> str:
        subprocess.run([sys.executable, "-m", "ingest"], cwd=self.folder, env=self.environment, check=True)
        self.process = subprocess.Popen([sys.executable, ROOT / "app.py"], cwd=self.folder, env=self.environment)
        url = f"http://127.0.0.1:{self.port}/"
        try:
            _wait_for(url + "api/health", self.process)
        except BaseException:
            self.process.kill()
            raise
        return url

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


def _wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, "the app stopped while it was starting"
        try:
            urllib.request.urlopen(url, timeout=5)
            return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"{url} did not answer within {START_SECONDS} s")

"""Web addresses → pages: patient with servers that are busy, within limits, and only where robots are welcome."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from time import sleep
from types import TracebackType
from urllib.parse import urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

import httpx

from assistant.errors import DocumentError
from ingest.addresses import transport

AGENT = "civil-service-exchange-assistant"
PAUSES = (1.0, 4.0)
"""Seconds before each further attempt."""
LONGEST_PAUSE = 30.0
HOPS = 5
LARGEST = 20_000_000
LARGEST_RULES = 500_000
LONGEST = 120.0
"""Seconds that a page may take to arrive."""

_BUSY = {429, 500, 502, 503, 504}
_MOVED = {301, 302, 303, 307, 308}
_OK, _UNCHANGED = 200, 304

Check = Callable[[httpx.Headers, str], object]
"""Raises DocumentError where a page with these headers, at this address, is not wanted."""


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave; `url` is where it was found after redirects."""

    url: str
    headers: httpx.Headers
    content: bytes


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    headers: httpx.Headers
    content: bytes = b""


class Web:
    """Gets pages, one at a time. Raises DocumentError, about no address in particular, where one cannot be had."""

    def __init__(self, timeout: float, allow_private: bool) -> None:
        self._client = httpx.Client(
            transport=transport(allow_private), timeout=timeout, headers={"User-Agent": AGENT}, trust_env=False
        )
        self._rules: dict[str, RobotFileParser | DocumentError] = {}

    def __enter__(self) -> "Web":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def get(self, url: str, headers: Mapping[str, str], check: Check) -> Page | None:
        """The page at an address; None where it is unchanged since what `headers` tell of."""
        found, reply = self._followed(url, headers, LARGEST, check)
        if reply.status == _UNCHANGED:
            return None
        if reply.status != _OK:
            raise DocumentError(f"the server answers with status {reply.status}; correct the address or take it out")
        return Page(found, reply.headers, reply.content)

    def _followed(
        self, url: str, headers: Mapping[str, str], largest: int, check: Check | None = None
    ) -> tuple[str, _Reply]:
        """Where redirects lead to, each address on the way looked at as the first was."""
        for _ in range(HOPS + 1):
            _check_address(url)
            if check and not self._is_welcome(url):
                raise DocumentError(f"robots.txt of `{urlsplit(url).netloc}` asks not to read it; take it out")
            reply = self._patiently(url, headers, largest, check)
            if reply.status not in _MOVED or "location" not in reply.headers:
                return url, reply
            url = urljoin(url, reply.headers["location"])
        raise DocumentError(f"it redirects more than {HOPS} times; correct the address or take it out")

    def _is_welcome(self, url: str) -> bool:
        parts = urlsplit(url)
        origin = urlunsplit((parts.scheme, parts.netloc, "", "", ""))
        if origin not in self._rules:
            self._rules[origin] = self._rules_of(origin)
        rules = self._rules[origin]
        if isinstance(rules, DocumentError):
            raise rules
        return rules.can_fetch(AGENT, url)

    def _rules_of(self, origin: str) -> RobotFileParser | DocumentError:
        """A server without rules welcomes all, as RFC 9309 has it; one that cannot tell them welcomes nobody."""
        rules = RobotFileParser()
        try:
            _, reply = self._followed(f"{origin}/robots.txt", {}, LARGEST_RULES)
        except DocumentError as error:
            return error
        rules.parse(reply.content.decode("utf-8-sig", "replace").splitlines())
        return rules

    def _patiently(self, url: str, headers: Mapping[str, str], largest: int, check: Check | None) -> _Reply:
        for pause in (*PAUSES, None):
            try:
                reply = self._once(url, headers, largest, check)
                if reply.status not in _BUSY:
                    return reply
                why, wanted = f"the server answers with status {reply.status}", _retry_after(reply.headers)
            except httpx.TransportError as error:
                why, wanted = f"the server gives no usable answer ({str(error) or type(error).__name__})", 0.0
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise DocumentError(f"it cannot be fetched ({error}); correct the address or take it out") from error
            if pause is None or wanted > LONGEST_PAUSE:
                break
            sleep(max(pause, wanted))
        raise DocumentError(f"{why}; run `python -m ingest` again later")

    def _once(self, url: str, headers: Mapping[str, str], largest: int, check: Check | None) -> _Reply:
        with self._client.stream("GET", url, headers=dict(headers)) as response:
            if response.status_code != _OK:
                return _Reply(response.status_code, response.headers)
            if check:
                check(response.headers, url)
            return _Reply(_OK, response.headers, _body(response, largest))


def _body(response: httpx.Response, largest: int) -> bytes:
    """Counted as unpacked, so that a small answer cannot become a large one."""
    content = bytearray()
    until = time.monotonic() + LONGEST
    for piece in response.iter_bytes(65_536):
        content += piece
        if len(content) > largest:
            raise DocumentError(f"it is larger than {largest:,} bytes; take it out, or a part of it from elsewhere")
        if time.monotonic() > until:
            raise DocumentError(f"it takes longer than {LONGEST:g} seconds to arrive; try again later")
    return bytes(content)


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise DocumentError(f"`{url}` is no web address; correct it or take it out")
    if parts.username or parts.password:
        raise DocumentError("an address with a password in it is not used; take it out")


def _retry_after(headers: httpx.Headers) -> float:
    """The seconds that a server asks to wait, told in seconds or as a date; 0 where it does not."""
    value = headers.get("retry-after", "").strip()
    if value.isdecimal():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError):
        return 0.0

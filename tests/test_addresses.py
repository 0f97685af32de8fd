"""Only public addresses are connected to, by the address that was checked."""

import ipaddress
import socket
from typing import Any

import httpx
import pytest
from servers import page_server

from assistant.errors import DocumentError
from ingest import addresses
from ingest.addresses import is_public, transport


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("127.9.9.9", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("192.0.2.1", False),
        ("::", False),
        ("::1", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("fd12::1", False),
        ("ff02::1", False),
        ("2001:db8::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
        ("2002:0a00:0001::1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::a9fe:a9fe", False),
    ],
)
def test_what_is_public(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


def get(url: str, allow_private: bool = False) -> str:
    with httpx.Client(transport=transport(allow_private), trust_env=False) as client:
        return client.get(url).text


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.0.0.1", "0.0.0.0", "[::ffff:127.0.0.1]"]
)
def test_a_name_or_number_for_this_machine_is_refused_before_it_is_asked(host: str) -> None:
    with page_server() as pages:
        with pytest.raises(DocumentError, match=r"which is no public address; .*ASSISTANT_ALLOW_PRIVATE_ADDRESSES"):
            get(pages.url.replace("127.0.0.1", host))
        assert pages.requests == []


def test_it_is_asked_where_the_settings_allow_it() -> None:
    with page_server() as pages:
        pages.answers["/"] = [(200, {}, b"here")]
        assert get(pages.url, allow_private=True) == "here"


def looked_up(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """What names are looked up from now on; each time the next of the answers is given."""
    names: list[str] = []
    real, left = socket.getaddrinfo, iter(answers)

    def given(host: Any, port: Any, *rest: Any, **named: Any) -> Any:
        if host != "docs.example":
            return real(host, port, *rest, **named)
        names.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in next(left)]

    monkeypatch.setattr(socket, "getaddrinfo", given)
    return names


def test_a_name_that_stands_for_another_address_later_is_connected_to_as_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(addresses, "is_public", lambda address: str(address) == "127.0.0.2")
    names = looked_up(monkeypatch, ["127.0.0.2"], ["127.0.0.1"])
    with page_server("127.0.0.2") as pages:
        pages.answers["/"] = [(200, {"Connection": "close"}, b"public")]
        url = pages.url.replace("127.0.0.2", "docs.example")
        assert get(url) == "public"
        assert names == ["docs.example"]
        with pytest.raises(DocumentError, match=r"`docs\.example` stands for 127\.0\.0\.1"):
            get(url)


def test_one_address_that_is_not_public_is_one_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "is_public", lambda address: str(address) == "127.0.0.2")
    looked_up(monkeypatch, ["127.0.0.2", "127.0.0.1"])
    with pytest.raises(DocumentError, match=r"stands for 127\.0\.0\.1"):
        get("http://docs.example:9/")


def test_the_next_address_is_tried_where_one_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "is_public", lambda address: True)
    looked_up(monkeypatch, ["127.0.0.3", "127.0.0.1"])
    with page_server() as pages:
        pages.answers["/"] = [(200, {}, b"second")]
        assert get(pages.url.replace("127.0.0.1", "docs.example")) == "second"


@pytest.mark.parametrize("host", ["no-such-name.invalid", "a" * 70 + ".example"])
def test_a_name_that_is_not_known_is_no_connection(host: str) -> None:
    with pytest.raises((httpx.ConnectError, httpx.InvalidURL)):
        get(f"http://{host}/")

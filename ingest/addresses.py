"""Connects to public addresses only: what a name stands for is looked up once, checked, and connected to as checked."""

import ipaddress
import socket
from collections.abc import Iterable
from typing import Any

import httpcore
import httpx

from assistant.errors import DocumentError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def is_public(address: Address) -> bool:
    """Whether it is neither private, loopback, link-local, multicast nor reserved, also where it wraps another."""
    wrapped = _wrapped(address)
    return address.is_global and not address.is_multicast and (wrapped is None or is_public(wrapped))


def transport(allow_private: bool) -> httpx.BaseTransport:
    """A transport for httpx that connects to public addresses only, and through no proxy, which would look up itself.

    Raises DocumentError for a name that stands for another address.
    """
    made = httpx.HTTPTransport(trust_env=False)
    if not allow_private:  # httpx has no other way to say how to connect
        made._pool = httpcore.ConnectionPool(httpx.create_ssl_context(trust_env=False), network_backend=_Checked())
    return made


class _Checked(httpcore.NetworkBackend):
    """httpcore's way to connect, after a check of the address."""

    def __init__(self) -> None:
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failed: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in _looked_up(host, port):
            try:
                return self._backend.connect_tcp(str(address), port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed


def _looked_up(host: str, port: int) -> list[Address]:
    """The addresses of a name; raises DocumentError unless all of them are public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"{host} is not known") from error
    addresses = [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found]
    for address in addresses:
        if not is_public(address):
            raise DocumentError(
                f"`{host}` stands for {address}, which is no public address; take it out of the list, or set "
                "ASSISTANT_ALLOW_PRIVATE_ADDRESSES=true where all addresses of the list are to be trusted"
            )
    return addresses


def _wrapped(address: Address) -> Address | None:
    """The IPv4 address within an IPv6 address that leads to it."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)

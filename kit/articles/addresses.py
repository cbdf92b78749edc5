"""Which addresses of the network a page may be fetched from: public ones.

A page, or the server it redirects to, must not reach what only this computer can reach: itself, the house's network, a
cloud's metadata service.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from kit.articles.errors import ArticleError

_TRANSLATED = IPv6Network("64:ff9b::/96")  # NAT64: an IPv4 address in the last 32 bits


def resolve(host: str, port: int, *, allow_private: bool) -> list[str]:
    """The addresses of a host that may be connected to, in the system's order.

    Raises:
        ArticleError: the host is unknown, or stands in a private network and that is not allowed.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:  # UnicodeError: a label of more than 63 characters
        raise ArticleError("unreachable", f"{host}: no such host, or no network ({error})") from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    allowed = [address for address in addresses if allow_private or is_public(address)]
    if not allowed:
        message = (
            f"{host} is in a private network ({addresses[0]}): a page is fetched from there only with --allow-private"
        )
        raise ArticleError("private_address", message)
    return allowed


def is_public(address: str) -> bool:
    """Whether an address is one of the public network, also where it wraps an IPv4 address."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _wrapped(ip) if isinstance(ip, IPv6Address) else []
    if inner:
        return all(is_public(str(address)) for address in inner)
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _wrapped(ip: IPv6Address) -> list[IPv4Address]:
    inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if ip in _TRANSLATED:
        inner.append(IPv4Address(int(ip) & 0xFFFFFFFF))
    return [address for address in inner if address is not None]

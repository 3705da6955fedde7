"""Which places on the network may be asked: addresses of the web, and of those only machines that anyone can reach.

A feed or a page may lead to any address; none may lead to the router, the printer or the database of whoever reads it.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable
from urllib.parse import SplitResult, urlsplit, urlunsplit

import msgspec

from counterclaim.errors import InputRefused
from counterclaim.read.plain import web_address

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Permitted = Callable[[Address, int], bool]

LONGEST = 2_000
_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[A-Za-z0-9_.-]{1,253}|[0-9A-Fa-f:.]{2,45}")

# IPv6 addresses that stand for an IPv4 address, in the internet's translator (NAT64) and in one of somebody's own.
_TRANSLATED, _TRANSLATED_AT_HOME = ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48")


class Unreachable(InputRefused):
    """The address cannot be had now and may be later: a refusal that is worth another try."""


class Place(msgspec.Struct, frozen=True):
    """An address of the web taken apart, and the addresses of the machine, each of which may be asked."""

    url: str
    scheme: str
    host: str
    port: int
    target: str
    machines: tuple[str, ...]

    @property
    def origin(self) -> str:
        """What its `robots.txt` is for."""
        return f"{self.scheme}://{self.named}"

    @property
    def named(self) -> str:
        """The host as it stands in an address, with its port where that is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def is_public(address: Address, port: int) -> bool:
    """Whether anyone on the internet can reach this address, and the port is one where pages are served."""
    if port not in (80, 443) and port < 1024:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped, port)
        if address in _TRANSLATED:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF), port)
        if address in _TRANSLATED_AT_HOME or int(address) >> 32 == 0:
            return False
        inner = [address.sixtofour, *(address.teredo or ())]
        if any(each is not None and not is_public(each, port) for each in inner):
            return False
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback or address.is_link_local)


def place(url: str, permitted: Permitted) -> Place:
    """Return where this address leads, looked up once. Raises InputRefused for what must not be asked, Unreachable for no such host."""
    url = web_address(url) or url
    shown = url[:200]
    parts = _parts(url)
    host, port = _host(parts, shown), _port(parts, shown)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(shown, f"the host {host!r} is not found ({error}); see that the address is right and that you are connected") from error
    machines = tuple(dict.fromkeys(str(each[4][0]) for each in found))
    for machine in machines:
        # Every one of them: a name with a public and a private address is a trap.
        if "%" in machine or not permitted(ipaddress.ip_address(machine), port):
            raise InputRefused(shown, f"it leads to {machine} port {port}, which is no place of the public web; such addresses are never asked")
    if not machines:
        raise Unreachable(shown, f"the host {host!r} has no address")
    target = urlunsplit(("", "", _quoted(parts.path) or "/", _quoted(parts.query), ""))
    return Place(url, parts.scheme.lower(), host, port, target, machines)


def _parts(url: str) -> SplitResult:
    """Take the address apart. Raises InputRefused for what is no address of the web."""
    if len(url) > LONGEST or web_address(url) is None:
        raise InputRefused(url[:200], f"no address of the web: expected http:// or https:// and at most {LONGEST:,} characters without spaces")
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise InputRefused(url[:200], f"no address of the web ({error})") from error
    if parts.scheme.lower() not in _PORTS:
        raise InputRefused(url[:200], f"an address that begins with {parts.scheme}://; only http:// and https:// are fetched")
    if parts.username is not None or parts.password is not None:
        raise InputRefused(url[:200].replace(parts.netloc, "…"), "a name or password stands in the address; none is ever sent")
    return parts


def _host(parts: SplitResult, shown: str) -> str:
    try:
        host = (parts.hostname or "").encode("idna").decode("ascii") if not (parts.hostname or "").isascii() else parts.hostname or ""
    except UnicodeError as error:
        raise InputRefused(shown, "the host in the address is no name that a host can have") from error
    if not _HOST.fullmatch(host) or ("%" in host):
        raise InputRefused(shown, "the host in the address is no name that a host can have")
    return host


def _port(parts: SplitResult, shown: str) -> int:
    try:
        return parts.port or _PORTS[parts.scheme.lower()]
    except ValueError as error:
        raise InputRefused(shown, "the port in the address is no number from 1 to 65535") from error


def _quoted(words: str) -> str:
    """The words with what may not stand in a request as its bytes in hexadecimal."""
    return re.sub(r"[^!#-;=?-Z_a-z~\[\]]", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace")), words)

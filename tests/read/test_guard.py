"""Which addresses may be asked: all forms of a private one are refused, whatever name leads there."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

import pytest

from counterclaim.errors import InputRefused
from counterclaim.read.guard import Unreachable, is_public, place

PRIVATE = (
    "127.0.0.1 127.8.8.8 0.0.0.0 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 192.0.2.1 198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255 "
    "::1 :: fe80::1 fc00::1 fd12::1 fec0::1 ff02::1 2001:db8::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b:1::1 2002:7f00:1:: 2002:a00:1::"
).split()
PUBLIC = "93.184.215.14 8.8.8.8 172.32.0.1 2606:4700::1111 ::ffff:8.8.8.8 64:ff9b::808:808".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_no_private_address_may_be_asked(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address), 443)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_may_be_asked_where_pages_are_served(address: str) -> None:
    asked = ipaddress.ip_address(address)
    assert all(is_public(asked, port) for port in (80, 443, 8080, 8443))
    assert not any(is_public(asked, port) for port in (22, 25, 53, 111, 445))


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[fe80::1%25lo]/",
        "http://0/",
    ],
)
def test_no_way_of_writing_this_machine_gets_through(url: str) -> None:
    with pytest.raises(InputRefused):
        place(url, is_public)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://x.example/", "no address of the web"),
        ("file:///etc/passwd", "no address of the web"),
        ("https://user:secret@x.example/", "name or password"),
        ("https://x.example:99999/", "port"),
        ("https://x y/", "no address"),
        ("https://[x/", "no address of the web"),
        ("https:///path", "no name that a host can have"),
        ("https://exa<mple/", "no name that a host can have"),
        ("https://x.example/" + "a" * 3_000, "at most"),
    ],
)
def test_what_is_no_address_is_refused_before_anything_is_asked(url: str, why: str) -> None:
    with pytest.raises(InputRefused, match=why) as caught:
        place(url, is_public)
    assert "secret" not in str(caught.value)


def _names(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Let every name lead to these addresses: there is no name server to ask in a test."""

    def told(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", told)


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    _names(monkeypatch, "8.8.8.8", "10.0.0.1")
    with pytest.raises(InputRefused, match=r"leads to 10\.0\.0\.1 port 443"):
        place("https://rebind.example/", is_public)


def test_the_addresses_that_were_checked_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    _names(monkeypatch, "8.8.8.8", "2606:4700::1111", "8.8.8.8")
    at = place("https://ünï.example/a|b?q=ä#part", is_public)
    assert at.machines == ("8.8.8.8", "2606:4700::1111")
    assert (at.target, at.origin) == ("/a%7Cb?q=%C3%A4", f"https://{at.host}")
    assert at.host.startswith("xn--")


def test_a_name_that_leads_nowhere_may_be_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: Any, **__: Any) -> list[Any]:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", none)
    with pytest.raises(Unreachable, match="is not found"):
        place("https://nowhere.example/", is_public)

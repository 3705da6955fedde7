"""Addresses of the web, over real HTTP on this machine: what is fetched, what is refused, and what is asked of the server."""

from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from counterclaim import __version__
from counterclaim.core.report import Received, Refusal
from counterclaim.errors import InputRefused
from counterclaim.read import fetching, received, sources
from counterclaim.read.fetching import Fetcher
from counterclaim.read.guard import Unreachable
from counterclaim.read.located import located
from tests.read.factories import ENGLISH, web_page
from tests.read.pdfs import lines, pdf
from tests.read.serving import Answer, Site, fetcher, site


@pytest.fixture
def there() -> Iterator[Site]:
    with site() as served:
        yield served


def read(url: str) -> Received | Refusal:
    (result,) = received(located(url, fetcher()))
    return result


def test_a_page_is_fetched_and_read_with_its_address(there: Site) -> None:
    there.put("/story/1", web_page("<p>The end.</p>"))
    found = read(f"{there.address}/story/1#part")
    assert isinstance(found, Received)
    assert found.report.url == found.report.source == f"{there.address}/story/1"
    assert found.report.id == "127.0.0.1/story/1"
    assert found.report.text.endswith("The end.")
    assert there.asked == ["/robots.txt", "/story/1"]


def test_the_server_is_told_who_asks_and_nothing_else(there: Site) -> None:
    there.put("/", web_page(""))
    read(there.address)
    sent = there.fields[-1]
    assert sent["User-Agent"].startswith(f"counterclaim/{__version__} ")
    assert not {"Cookie", "Authorization", "Referer"} & set(sent)


def test_the_charset_of_the_server_is_used(there: Site) -> None:
    there.put("/", web_page("<p>“It fell,” he said.</p>").encode("cp1252"), Content_Type="text/html; charset=windows-1252")
    found = read(there.address)
    assert isinstance(found, Received)
    assert "“It fell,”" in found.report.text


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/plain", ENGLISH.encode()),
        ("application/pdf", pdf([lines([ENGLISH[:80]])])),
        ("application/rss+xml", f"<rss><channel><item><description>{ENGLISH}</description></item></channel></rss>".encode()),
    ],
)
def test_other_kinds_are_read_as_what_they_are(there: Site, kind: str, body: bytes) -> None:
    there.put("/x", body, Content_Type=kind)
    assert isinstance(read(f"{there.address}/x"), Received)


@pytest.mark.parametrize(("kind", "why"), [("image/png", "'image/png'"), ("", "does not say"), ("application/octet-stream", "octet-stream")])
def test_what_is_nothing_to_read_is_refused(there: Site, kind: str, why: str) -> None:
    there.put("/x", b"x", Content_Type=kind)
    found = read(f"{there.address}/x")
    assert isinstance(found, Refusal)
    assert why in found.reason


def test_robots_are_respected_and_asked_once(there: Site) -> None:
    there.put("/robots.txt", "User-agent: *\nDisallow: /private\n\nUser-agent: counterclaim\nDisallow: /ours\n", Content_Type="text/plain")
    there.put("/ours/1", web_page(""))
    there.put("/private/1", web_page(""))
    asking = fetcher()
    with pytest.raises(InputRefused, match=r"robots\.txt"):
        asking.get(f"{there.address}/ours/1")
    assert asking.get(f"{there.address}/private/1").status == 200
    assert there.asked == ["/robots.txt", "/private/1"]


def test_a_server_in_trouble_is_not_asked_further(there: Site) -> None:
    there.put("/robots.txt", "", status=503)
    with pytest.raises(Unreachable, match=r"robots\.txt of the host cannot be had"):
        fetcher().get(f"{there.address}/x")
    assert there.asked == ["/robots.txt"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(there: Site, status: int) -> None:
    there.put("/old", "", status=status, Location="/new")
    there.put("/new", web_page(""))
    assert fetcher().get(f"{there.address}/old").url == f"{there.address}/new"


def test_robots_hold_for_what_a_redirect_leads_to(there: Site) -> None:
    there.put("/robots.txt", "User-agent: *\nDisallow: /new\n", Content_Type="text/plain")
    there.put("/old", "", status=302, Location="/new")
    with pytest.raises(InputRefused, match=r"robots\.txt"):
        fetcher().get(f"{there.address}/old")
    assert "/new" not in there.asked


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.2:1/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "http://user:pw@127.0.0.1/",
        "//127.0.0.2/x",
        "http://[x",
    ],
)
def test_a_redirect_to_what_must_not_be_asked_is_refused(there: Site, to: str) -> None:
    there.put("/old", "", status=302, Location=to)
    with pytest.raises(InputRefused) as caught:
        fetcher().get(f"{there.address}/old")
    assert not isinstance(caught.value, Unreachable)


def test_redirects_in_a_circle_end(there: Site) -> None:
    there.put("/a", "", status=302, Location="/b")
    there.put("/b", "", status=302, Location="/a")
    with pytest.raises(InputRefused, match="more than 5 redirects"):
        fetcher().get(f"{there.address}/a")


def test_this_machine_is_not_asked_by_default(there: Site) -> None:
    there.put("/", web_page(""))
    with pytest.raises(InputRefused, match="no place of the public web"):
        Fetcher().get(there.address)
    assert there.asked == []


def test_the_address_that_was_checked_is_the_one_that_is_asked(there: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    there.put("/", web_page(""))
    port = int(there.address.rpartition(":")[2])
    looked_up, really = [], socket.getaddrinfo

    def told(host: str, port: int, *rest: int, **named: int) -> list[tuple[object, ...]]:
        # The name of a host that wants to lead astray: checked once as this machine, and another from then on.
        if host == "news.example":
            looked_up.append(host)
            host = "127.0.0.1" if len(looked_up) == 1 else "127.0.0.9"
        return list(really(host, port, *rest, **named))

    monkeypatch.setattr(socket, "getaddrinfo", told)
    assert fetcher().get(f"http://news.example:{port}/").status == 200
    assert looked_up == ["news.example"]
    assert there.asked == ["/robots.txt", "/"]
    assert there.fields[-1]["Host"] == f"news.example:{port}"


@pytest.mark.parametrize("packed", [False, True])
def test_more_than_the_largest_size_is_refused(there: Site, packed: bool) -> None:
    body = b"x" * 200_000
    if packed:
        there.put("/x", gzip.compress(body), Content_Encoding="gzip")
    else:
        there.put("/x", body)
    with pytest.raises(InputRefused, match="100,000 bytes"):
        fetcher(largest=100_000).get(f"{there.address}/x")


def test_what_was_packed_for_sending_is_unpacked(there: Site) -> None:
    there.put("/x", gzip.compress(web_page("").encode()), Content_Encoding="gzip")
    assert fetcher().get(f"{there.address}/x").body == web_page("").encode()


def test_a_body_without_end_is_refused(there: Site) -> None:
    def endless(request: BaseHTTPRequestHandler) -> Answer | None:
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.end_headers()
        try:
            while True:
                request.wfile.write(b"x" * 65_536)
        except OSError:
            return None

    there.pages["/x"] = endless
    with pytest.raises(InputRefused, match="larger than 100,000"):
        fetcher(largest=100_000).get(f"{there.address}/x")


@pytest.mark.parametrize("piece", [b"x", b"X-Field: y\r\n", b""])
def test_a_server_that_dribbles_is_left(there: Site, piece: bytes) -> None:
    def slow(request: BaseHTTPRequestHandler) -> Answer | None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + (b"\r\n" if piece == b"x" else b""))
        try:
            for _ in range(100):
                request.wfile.write(piece)
                request.wfile.flush()
                time.sleep(0.05)
        except OSError:
            return None
        return None

    there.pages["/x"] = slow
    with pytest.raises(Unreachable, match="longer than"):
        fetcher(seconds=0.3).get(f"{there.address}/x")


def test_a_body_that_ends_early_may_be_tried_again(there: Site) -> None:
    there.put("/x", b"half", Content_Length="100")
    with pytest.raises(Unreachable):
        fetcher().get(f"{there.address}/x")


@pytest.mark.parametrize("status", [429, 500, 503])
def test_trouble_may_be_tried_again(there: Site, status: int) -> None:
    there.put("/x", "", status=status)
    with pytest.raises(Unreachable, match=str(status)):
        fetcher().get(f"{there.address}/x")


@pytest.mark.parametrize("status", [204, 401, 403, 404, 410])
def test_no_is_no(there: Site, status: int) -> None:
    there.put("/x", "", status=status)
    with pytest.raises(InputRefused, match=str(status)) as caught:
        fetcher().get(f"{there.address}/x")
    assert not isinstance(caught.value, Unreachable)


def test_what_has_not_changed_is_not_sent_again(there: Site) -> None:
    def page(request: BaseHTTPRequestHandler) -> Answer:
        if request.headers.get("If-None-Match") == '"1"' and request.headers.get("If-Modified-Since") == "then":
            return 304, {}, b""
        return 200, {"Content-Type": "text/html", "ETag": '"1"', "Last-Modified": "then"}, b"words"

    there.pages["/x"] = page
    first = fetcher().get(f"{there.address}/x")
    assert (first.etag, first.modified) == ('"1"', "then")
    again = fetcher().get(f"{there.address}/x", etag=first.etag, modified=first.modified)
    assert (again.status, again.body) == (304, b"")


def test_a_host_is_not_asked_twice_in_a_breath(there: Site) -> None:
    waited: list[float] = []
    there.put("/robots.txt", "User-agent: *\nCrawl-delay: 7\n", Content_Type="text/plain")
    there.put("/x", "x")
    asking = fetcher(pause=1.0, wait=waited.append)
    for _ in range(3):
        asking.get(f"{there.address}/x")
    assert len(waited) == 2
    assert all(5 < each <= 7 for each in waited)


def test_a_port_where_nobody_listens_may_be_tried_again() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Unreachable, match="cannot be reached"):
        fetcher().get(f"http://127.0.0.1:{port}/")


def test_an_address_is_only_fetched_where_that_was_asked_for(there: Site) -> None:
    there.put("/x", web_page(""))
    (refused,) = sources([f"{there.address}/x"])
    assert refused.refused is not None
    assert "nothing is fetched here" in refused.refused
    (source,) = sources([f"{there.address}/x"], lambda url: located(url, fetcher()))
    assert there.asked == []
    assert [type(item) for item in received(source)] == [Received]


@pytest.mark.parametrize("line", ["Disallow: //[", "Disallow: http://[x", "Crawl-delay: soon", "Request-rate: a/b", "\xff\x00: x", "Disallow", ":" * 90])
def test_a_broken_robots_txt_is_read_as_far_as_it_goes(there: Site, line: str) -> None:
    there.put("/robots.txt", f"User-agent: *\n{line}\nDisallow: /x\n", Content_Type="text/plain")
    with pytest.raises(InputRefused, match=r"robots\.txt"):
        fetcher().get(f"{there.address}/x")


@pytest.mark.parametrize(
    "kind",
    [
        "text/html; charset*=x'y'%zz",
        "text/html; charset=\xff",
        "text/html; charset=rot13",
        "text/html;;;",
        "TEXT/HTML; CHARSET=utf-8",
        "text/html; charset=" + "x" * 9_000,
    ],
)
def test_what_a_server_says_of_its_charset_may_be_nonsense(there: Site, kind: str) -> None:
    there.put("/x", web_page(""), Content_Type=kind)
    assert isinstance(read(f"{there.address}/x"), Received)


def test_a_host_that_does_not_answer_is_asked_once() -> None:
    asking = fetcher()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    for page in ("/1", "/2"):
        with pytest.raises(Unreachable) as caught:
            asking.get(address + page)
        assert caught.value.source == address + page


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make a certificate with")
def test_a_certificate_is_checked_against_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    words = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout {key} -out {certificate}"
    subprocess.run(words.split(), check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with site(context) as there:
        there.put("/x", web_page(""))
        port = there.address.rpartition(":")[2]
        with pytest.raises(Unreachable, match="CERTIFICATE_VERIFY_FAILED"):
            fetcher().get(f"https://127.0.0.1:{port}/x")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        fetching.trusted.cache_clear()
        try:
            with pytest.raises(Unreachable, match="mismatch"):
                fetcher().get(f"https://127.0.0.1:{port}/x")
            monkeypatch.setattr(socket, "getaddrinfo", lambda host, port, *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))])
            assert fetcher().get(f"https://localhost:{port}/x").status == 200
        finally:
            fetching.trusted.cache_clear()
        assert there.asked == ["/robots.txt", "/x"]

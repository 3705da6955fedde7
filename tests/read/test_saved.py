"""Pages that a browser saved in one file: the page is read, its address kept."""

from __future__ import annotations

import quopri

import pytest

from tests.read.factories import reason, report, web_page

HEAD = (
    "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://x.example/snap\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\n'
)


@pytest.mark.parametrize("own", ["Content-Location: https://x.example/own\r\n", ""])
def test_a_saved_page_is_read_with_its_address(own: str) -> None:
    body = quopri.encodestring(web_page("<p>“It fell,” he said.</p>").encode("utf-8")).decode()
    data = f"{HEAD}Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n{own}\r\n{body}\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--\r\n"
    found = report("a.mhtml", data)
    assert found.text.endswith("“It fell,” he said.")
    assert found.url == ("https://x.example/own" if own else "https://x.example/snap")


def test_a_file_without_a_page_is_refused() -> None:
    assert "no page in it" in reason("a.mht", f"{HEAD}Content-Type: image/png\r\n\r\nx\r\n--b--\r\n")

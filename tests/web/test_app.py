"""The thin face: over real HTTP on this machine; hostile text stays text."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from counterclaim.config import Settings
from counterclaim.errors import NotFound
from counterclaim.read import Options, sources
from counterclaim.record import Record
from counterclaim.web.app import server

RULES = Settings(reader="rules")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("web")
    (folder / "a b.txt").write_text(
        "Title: <script>alert(1)</script>\nOutlet: <img src=x onerror=alert(2)>\nPublished: 2024-03-04\n\nRebels captured the town of <b>Arvad</b> on Sunday, the governor said.\n",
        encoding="utf-8",
    )
    with Record.open(folder / "r.db", settings=RULES, create=True) as record:
        assert [s.outcome for s in record.read(sources([folder / "a b.txt"]), Options())] == ["new"]
    serving = server(folder / "r.db", 0, RULES)
    thread = threading.Thread(target=serving.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{serving.server_address[1]}"
    serving.shutdown()
    serving.server_close()
    thread.join()


def get(url: str, host: str | None = None) -> tuple[int, str, str]:
    request = urllib.request.Request(url, headers={"Host": host} if host else {})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode(), answer.headers["Content-Security-Policy"]
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(), error.headers["Content-Security-Policy"]


def test_the_overview_leads_to_the_report(address: str) -> None:
    status, page, policy = get(f"{address}/")
    assert status == 200
    assert "/reports/a%20b" in page
    assert "default-src 'none'" in policy
    assert get(f"{address}/reports/a%20b")[0] == 200


def test_nothing_of_a_report_is_markup(address: str) -> None:
    for path in ("/", "/reports/a%20b", "/reports/%3Cscript%3E", "/<script>"):
        _, page, _ = get(address + path.replace("<", "%3C").replace(">", "%3E"))
        assert "<script>" not in page
        assert "<img" not in page
        assert "<b>" not in page


def test_another_host_is_refused(address: str) -> None:
    assert get(f"{address}/", host="evil.example")[0] == 403


def test_what_is_not_there_is_said(address: str) -> None:
    status, page, _ = get(f"{address}/reports/none")
    assert status == 404
    assert "no report" in page


def test_a_record_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        server(tmp_path / "none.db", 0, RULES)

"""This machine only, our own pages only, nothing but our own files."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from counterclaim.web.safety import HEADERS, hosts
from tests.web.asking import PORT, face, token

OWN = f"http://127.0.0.1:{PORT}"


@pytest.mark.parametrize("host", sorted(hosts(PORT)))
def test_this_machine_is_answered(looking: TestClient, host: str) -> None:
    assert looking.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:80", f"127.0.0.1.evil.example:{PORT}", "", f"0.0.0.0:{PORT}"])
def test_another_host_is_refused(looking: TestClient, host: str) -> None:
    for path in ("/", "/overview.json", "/static/style.css", "/openapi.json"):
        answer = looking.get(path, headers={"host": host})
        assert answer.status_code == 403
        assert "Kibua" not in answer.text


@pytest.mark.parametrize(
    "path", ["/", "/findings.csv", "/findings.json", "/nothing", "/claims?since=x", "/static/style.css", "/static/none.css", "/openapi.json"]
)
def test_every_answer_has_the_headers(looking: TestClient, path: str) -> None:
    answer = looking.get(path)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_the_policy_allows_nothing_inline_and_nobody_else() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    for part in ("default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert part in policy.split("; ")


def test_a_refusal_and_an_error_have_the_headers_too(looking: TestClient) -> None:
    assert looking.get("/", headers={"host": "evil.example"}).headers["Content-Security-Policy"]
    assert looking.post("/theme", data={"theme": "dark"}).headers["Content-Security-Policy"]


CHANGES = {
    "/add/text": {"text": "Rebels took Arvad."},
    "/add/folder": {"folder": "/"},
    "/add/files": {},
    "/add/runs/x/stop": {},
    "/claims/x/note": {"note": "n", "by": "b", "version": "v"},
    "/theme": {"theme": "dark"},
}


@pytest.mark.parametrize(("path", "fields"), CHANGES.items())
def test_no_change_without_a_token(writing: TestClient, path: str, fields: dict[str, str]) -> None:
    right = token(writing)
    for wrong in ({}, {"token": ""}, {"token": "0" * 64}, {"token": right[:-1]}, {"token": "é"}):
        assert writing.post(path, data=fields | wrong).status_code == 403
    assert writing.post(path, data=fields, headers={"X-Counterclaim-Token": "no"}).status_code == 403
    assert face(writing).jobs.all() == []


def test_a_token_is_of_its_own_session(writing: TestClient) -> None:
    right = token(writing)
    writing.cookies.clear()
    assert writing.post("/theme", data={"theme": "dark", "token": right}).status_code == 403
    other = token(writing)
    assert other != right
    assert writing.post("/theme", data={"theme": "dark", "token": right}).status_code == 403
    assert writing.post("/theme", data={"theme": "dark", "token": other}, follow_redirects=False).status_code == 303


def test_the_cookie_is_not_the_token_and_no_script_may_read_it(writing: TestClient) -> None:
    answer = writing.get("/add")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    session = cookie.partition("=")[2].partition(";")[0]
    assert session not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"origin": f"https://127.0.0.1:{PORT}"},
        {"origin": f"http://localhost:{PORT}"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": OWN, "sec-fetch-site": "cross-site"},
    ],
)
def test_a_page_of_another_site_changes_nothing_even_with_the_token(writing: TestClient, headers: dict[str, str]) -> None:
    assert writing.post("/theme", data={"theme": "dark", "token": token(writing)}, headers=headers).status_code == 403


@pytest.mark.parametrize("headers", [{}, {"origin": OWN}, {"origin": OWN, "sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}])
def test_our_own_page_may(writing: TestClient, headers: dict[str, str]) -> None:
    answer = writing.post("/theme", data={"theme": "dark", "token": token(writing)}, headers=headers, follow_redirects=False)
    assert answer.status_code == 303
    assert 'data-theme="dark"' in writing.get("/").text


@pytest.mark.parametrize("back", ["//evil.example", "http://evil.example", "/\\evil.example", "javascript:alert(1)", "", "/a\nb"])
def test_nobody_is_led_away(writing: TestClient, back: str) -> None:
    answer = writing.post("/theme", data={"theme": "dark", "token": token(writing), "back": back}, follow_redirects=False)
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST"])
def test_looking_is_all_that_a_page_of_the_record_allows(looking: TestClient, method: str) -> None:
    assert looking.request(method, "/claims").status_code == 405


def test_what_the_browser_stopped_is_remembered(writing: TestClient) -> None:
    assert writing.post("/csp", content=b'{"csp-report": {}}', headers={"content-type": "application/csp-report"}).status_code == 204
    assert face(writing).violations == ['{"csp-report": {}}']


def test_a_page_without_an_error_names_no_inline_script_or_style(looking: TestClient) -> None:
    for path in ("/", "/add", "/reports", "/findings", "/claims"):
        page = looking.get(path).text
        assert not re.search(r"\son\w+=|style=|<style|<script(?![^>]*src=\"/static/)", page)

"""Every page as HTML, JSON and CSV: what it shows, what can be asked of it, and what it says when there is nothing."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections import defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema
import lxml.html
import msgspec
import pytest
from starlette.testclient import TestClient

from counterclaim.core.claim import Control
from counterclaim.core.mention import Mention
from counterclaim.core.voice import Voice
from counterclaim.record import Record
from counterclaim.store import Filter
from counterclaim.web import answers
from counterclaim.web.pages import PAGES
from tests.web.asking import PLAIN, TABLES, client, crawled, sort_of

LISTS = tuple(page.path for page in PAGES if "{" not in page.path and page.path != "/source")


def suffixed(path: str, suffix: str) -> str:
    name, mark, query = path.partition("?")
    return f"{'/overview' if name == '/' else name}{suffix}{mark}{query}"


def tree(page: str) -> Any:
    return lxml.html.document_fromstring(page)


@pytest.fixture(scope="module")
def everything(looking: TestClient) -> dict[str, str]:
    """A few pages of every sort that the route table has, by address."""
    return crawled(looking, 4)


def test_every_page_has_one_heading_landmarks_and_a_way_past_them(everything: dict[str, str]) -> None:
    for path, text in everything.items():
        page = tree(text)
        assert len(page.xpath("//h1")) == 1, path
        assert len(page.xpath("//main[@id='main']")) == 1
        assert page.xpath("//body/*[1][self::a][@href='#main']")
        assert page.xpath("//html[@lang='en']")
        for found in page.xpath("//table"):
            assert len(found.xpath("caption")) == 1, path
        for field in page.xpath("//input[not(@type='hidden')] | //select | //textarea"):
            assert page.xpath(f"//label[@for='{field.get('id')}']"), (path, field.get("name"))
        names = page.xpath("//@id")
        assert len(names) == len(set(names)), path


@pytest.mark.parametrize("path", [page.path for page in PAGES if page.in_navigation])
def test_the_navigation_marks_where_one_is(looking: TestClient, path: str) -> None:
    [here] = tree(looking.get(path).text).xpath("//nav[@aria-label='Pages']//a[@aria-current='page']")
    assert here.get("href") == path


@pytest.mark.parametrize(("path", "room"), [("/versions", "/stories"), ("/source?q=Harrow+Wire", "/sources"), ("/refused", "/reports")])
def test_the_navigation_marks_the_room_of_a_page_without_a_name_there(looking: TestClient, path: str, room: str) -> None:
    assert tree(looking.get(path).text).xpath("//nav[@aria-label='Pages']//a[@aria-current]/@href") == [room]


def test_every_page_is_json_as_it_is_described(looking: TestClient, everything: dict[str, str]) -> None:
    described = looking.get("/openapi.json").json()
    for path in everything:
        got = looking.get(path, headers={"accept": "application/json"})
        assert got.headers["content-type"] == "application/json"
        assert got.json() == looking.get(suffixed(path, ".json")).json()
        at = "/overview.json" if path == "/" else f"{sort_of(path)}.json"
        schema = described["paths"][at]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.validate(got.json(), {**schema, "components": described["components"]})


def test_the_description_names_every_page_and_its_questions(looking: TestClient) -> None:
    described = looking.get("/openapi.json").json()
    assert len(described["paths"]) == len(PAGES)
    asked = {one["name"] for one in described["paths"]["/claims.json"]["get"]["parameters"]}
    assert asked == {"page", "per", "report", "kind", "act", "voice", "place", "party", "since", "until", "q", "standing"}
    assert all(one["description"] for path in described["paths"].values() for one in path["get"]["parameters"])


def test_every_link_leads_somewhere(looking: TestClient, everything: dict[str, str]) -> None:
    led = {at.partition("#")[0]: at for text in everything.values() for at in tree(text).xpath("//a[not(ancestor-or-self::*[@hidden])]/@href") if at[0] == "/"}
    # One of a few hundred like it is enough, but for every page there is one.
    by_sort: defaultdict[str, list[str]] = defaultdict(list)
    for at in led:
        by_sort["file" if at.partition("?")[0].endswith((".json", ".csv")) else sort_of(at)].append(at)
    for some in by_sort.values():
        for at in some[:: len(some) // 8 + 1]:
            assert looking.get(at).status_code == 200, at


@pytest.mark.parametrize("path", PLAIN)
def test_a_table_is_the_same_rows_in_every_form(looking: TestClient, path: str) -> None:
    rows = looking.get(suffixed(path, ".json")).json()["rows"]
    answer = looking.get(suffixed(path, ".csv"))
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    lines = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert len(lines) == len(rows)
    shown = tree(looking.get(path).text).xpath("//main//table[last()]/tbody/tr")
    assert len(shown) == len(rows)


def test_what_is_no_table_is_no_csv(looking: TestClient) -> None:
    assert looking.get("/overview.csv").status_code == 404


def test_the_same_question_has_the_same_bytes(demo: Path) -> None:
    paths = ["/overview.json", *(suffixed(path, form) for path in TABLES for form in (".json", ".csv"))]
    with client(demo) as one, client(demo) as other:
        assert [one.get(path).content for path in paths] == [other.get(path).content for path in reversed(paths)][::-1]


def test_the_overview_counts_what_the_lists_hold(looking: TestClient) -> None:
    shown = looking.get("/overview.json").json()
    for tally in (*shown["tallies"], *shown["standings"]):
        assert looking.get(tally["at"], headers={"accept": "application/json"}).json()["window"]["total"] == tally["number"]
    assert {row["standing"] for row in shown["disputed"]} == {"disputed"}
    assert {row["kind"] for row in shown["offered"]} == {"offer"}


def test_an_empty_record_says_how_to_begin(writing: TestClient) -> None:
    assert "/add" in tree(writing.get("/").text).xpath("//section[@class='welcome']//a/@href")
    for path in LISTS:
        assert writing.get(path).status_code == 200, path


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("standing=disputed", lambda row: row["standing"] == "disputed"),
        ("kind=control", lambda row: row["kind"] == "control"),
        ("place=MASISI", lambda row: "masisi" in row["place"].casefold()),
        ("party=lwambo", lambda row: "lwambo" in json.dumps(row).casefold()),
        ("q=kibua+shelling", lambda row: "kibua" in json.dumps(row).casefold() and "shelling" in json.dumps(row).casefold()),
    ],
)
def test_findings_are_filtered(looking: TestClient, query: str, holds: Any) -> None:
    every = looking.get("/findings.json?per=1000").json()["rows"]
    rows = looking.get(f"/findings.json?per=1000&{query}").json()["rows"]
    assert 0 < len(rows) < len(every)
    assert all(holds(row) for row in rows)


def test_claims_are_filtered_as_the_record_filters_them(looking: TestClient, demo: Path) -> None:
    rows = looking.get("/claims.json?kind=casualties&place=Kibua&since=2025-06-10&per=500").json()["rows"]
    with Record.open(demo) as record:
        wanted = [claim.key for claim in record.claims(Filter(kind="casualties", place="Kibua", since=dt.date(2025, 6, 10)))]
    assert [row["key"] for row in rows] == wanted != []


def test_claims_by_standing(looking: TestClient) -> None:
    rows = looking.get("/claims.json?standing=disputed").json()["rows"]
    assert rows
    assert all("disputed" in row["standing"] for row in rows)


def test_the_state_is_in_the_address(looking: TestClient) -> None:
    page = tree(looking.get("/claims?kind=control&place=Kibua").text)
    assert page.xpath("//select[@name='kind']/option[@selected]/@value") == ["control"]
    assert page.xpath("//input[@name='place']/@value") == ["Kibua"]
    assert "/claims.csv?kind=control&place=Kibua" in page.xpath("//nav[@class='downloads']//a/@href")
    assert "/claims?place=Kibua" in page.xpath("//ul[@class='chosen']//a/@href")


def test_a_list_goes_on_page_by_page(looking: TestClient) -> None:
    every = [row["key"] for row in looking.get("/claims.json?per=1000").json()["rows"]]
    got: list[str] = []
    at = "/claims?per=40"
    while at:
        page = tree(looking.get(at).text)
        got += [row["key"] for row in looking.get(suffixed(at, ".json")).json()["rows"]]
        at = next(iter(page.xpath("//nav[@class='pages']//a[@rel='next']/@href")), "")
    assert got == every


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "per=0", "per=1000000", "since=yesterday", "act=shouts", "standing=nice", f"q={'x' * 300}", "page=99999999999999999999"]
)
def test_what_cannot_be_asked_is_said(looking: TestClient, query: str) -> None:
    answer = looking.get(f"/claims?{query}")
    assert answer.status_code == 422
    assert tree(answer.text).xpath("//*[@role='alert']")


def test_a_page_beyond_the_end_is_empty(looking: TestClient) -> None:
    assert looking.get("/claims.json?page=900").json()["rows"] == []
    assert looking.get("/claims?page=900").status_code == 200


def test_html_never_holds_more_rows_than_it_may(looking: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST_ROWS", 20)
    assert len(tree(looking.get("/claims?per=900").text).xpath("//main//tbody/tr")) == 20
    assert len(looking.get("/claims.json?per=900").json()["rows"]) > 20


@pytest.mark.parametrize(
    "path", ["/nothing", "/reports/none", "/findings/none", "/claims/none", "/actors/none", "/places/none", "/source?q=none", "/add/runs/none"]
)
def test_what_is_not_there_is_said_in_the_style_of_the_page(looking: TestClient, path: str) -> None:
    answer = looking.get(path)
    assert answer.status_code == 404
    assert tree(answer.text).xpath("//nav[@aria-label='Pages']")
    as_json = looking.get(path, headers={"accept": "application/json"})
    assert (as_json.status_code, as_json.json()["status"]) == (404, 404)


def test_the_reading_view_shows_the_whole_text_and_every_claim(looking: TestClient, demo: Path) -> None:
    with Record.open(demo) as record:
        for report in record.store.reports():
            page = tree(looking.get(f"/reports/{quote(report.id, safe='')}").text)
            for mark in page.xpath("//a[@class='ref'] | //span[@class='kind']"):
                mark.drop_tree()
            shown = "".join("".join(part.itertext()) for part in page.xpath("//div[@class='words']"))
            assert "".join(shown.split()) == "".join(report.text.split()), report.id
            claims = record.claims(Filter(report=report.id))
            assert len(page.xpath("//li[contains(@class, 'card')]")) == len(claims)
            assert {f"t-{claim.key}" for claim in claims} <= set(page.xpath("//span[@class='anchor']/@id"))


def test_unsafe_quotations_are_marked(attacked: TestClient) -> None:
    row = attacked.get("/claims.json").json()["rows"][0]
    assert not row["quotable"]
    for at in (row["at"], row["at_text"].partition("#")[0], "/claims"):
        assert "do not quote verbatim" in attacked.get(at).text


def test_a_finding_gives_every_sentence_it_rests_on(looking: TestClient) -> None:
    for row in looking.get("/findings.json?standing=disputed").json()["rows"]:
        page = looking.get(row["at"], headers={"accept": "application/json"}).json()
        named = [key for one in row["positions"] for key in one["claims"]]
        assert [claim["key"] for one in page["positions"] for claim in one["claims"]] == named
        shown = tree(looking.get(row["at"]).text)
        for one in page["positions"]:
            for claim in one["claims"]:
                assert claim["quote"] in {"".join(quoted.itertext()).strip() for quoted in shown.xpath("//blockquote")}
                assert claim["at_text"] in shown.xpath("//blockquote//a/@href")


def test_a_claim_gives_its_derivation(looking: TestClient, demo: Path) -> None:
    with Record.open(demo) as record:
        claim = next(one for one in record.claims() if len(one.chain) > 1 and one.kind == "control")
    page = looking.get(f"/claims/{claim.key}", headers={"accept": "application/json"}).json()
    assert page["because"] == claim.because
    assert [voice["cue"] for voice in page["chain"]] == [voice.cue for voice in claim.chain]
    assert page["claim"]["quote"] == claim.evidence.quote
    assert page["events"][0]["what"] == "read in the report"
    assert page["links"]


def test_a_place_that_only_follows_from_a_set_of_places_has_a_page(looking: TestClient) -> None:
    listed = {row["at"] for row in looking.get("/places.json?per=1000").json()["rows"]}
    follows = {at for at in tree(looking.get("/board?per=500").text).xpath("//a/@href") if at.startswith("/places/")} - listed
    assert follows
    for at in follows:
        place = looking.get(f"{at}.json").json()["place"]
        assert (place["words"], place["precision"], place["within"]) == ([], "district", "Panjshir, AF")
        assert "what is said of it follows from claims about a set of places" in looking.get(at).text
    assert looking.get("/places/unit%3AXX.1").status_code == 404


def test_search_finds_words_in_reports_and_claims(looking: TestClient) -> None:
    found = looking.get("/search.json?q=pharmacy").json()
    assert found["hits"]
    assert all("pharmacy" in row["quote"].casefold() for row in found["rows"])
    narrowed = looking.get("/search.json?q=market&kind=casualties&actor=Lwambo&standing=disputed").json()
    assert narrowed["rows"]
    assert all(row["kind"] == "casualties" and "disputed" in row["standing"] for row in narrowed["rows"])
    assert len({row["key"] for row in narrowed["rows"]}) == len(narrowed["rows"])
    assert not looking.get("/search.json").json()["asked"]


@pytest.mark.parametrize("words", ['"', "AND", "NEAR(", "*", "'", "\x00", "🜁", "a" * 200])
def test_any_words_may_be_searched(looking: TestClient, words: str) -> None:
    assert looking.get("/search", params={"q": words}).status_code == 200


def test_long_names_lead_to_their_pages_and_only_filters_can_be_cleared(tmp_path: Path) -> None:
    from tests.store.factories import make_claim, make_link, make_report, received

    long = "The Provisional Council of the Upper Valley " * 9
    with Record.open(tmp_path / "r.db", create=True) as record:
        report = msgspec.structs.replace(make_report("r" * 400), outlet=long)
        claim = make_claim(report, proposition=Control(place=(Mention(long),), holder=(Mention(long),)), voices=(Voice(long), Voice(long)))
        record.store.add(received(report), [claim], [make_link(report.id, long, long)])
    with client(tmp_path / "r.db") as asking:
        for name in ("reports", "claims", "actors", "places", "sources", "findings"):
            page = tree(asking.get(f"/{name}?per=5").text)
            assert not page.xpath("//a[@class='clear']"), name
            for at in page.xpath("//main//a/@href"):
                assert asking.get(at).status_code == 200, at
        assert tree(asking.get("/claims?kind=control").text).xpath("//a[@class='clear']")
        for query in (f"/claims?place={quote(long)}", f"/review?report={'r' * 400}", f"/claims?report={'r' * 400}"):
            assert asking.get(query).status_code == 200


def test_a_report_whose_id_has_every_sign_is_found(tmp_path: Path) -> None:
    from tests.store.factories import TEXT, make_report, received

    names = ["a/b", "a.json", "a", "q?x=1#y", "ü é", "a//b", "x/.json"]
    with Record.open(tmp_path / "r.db", create=True) as record:
        for name in names:
            record.store.add(received(make_report(name, TEXT + name)), [], [])
    with client(tmp_path / "r.db") as asking:
        rows = {row["id"]: row["at"] for row in asking.get("/reports.json").json()["rows"]}
        assert set(rows) == set(names)
        for name, at in rows.items():
            got = asking.get(at, headers={"accept": "application/json"})
            assert (got.status_code, got.json().get("report", got.json()).get("id")) == (200, name), got.text
            other = asking.get(f"{at}.json", headers={"accept": "application/json"})
            assert other.json()["report"]["id"] in {name, f"{name}.json"}, (name, other.text)

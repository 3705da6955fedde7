from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import PurePosixPath
from typing import Any

import lxml.html
import msgspec
import pytest

from counterclaim.core.span import Evidence
from counterclaim.publish.bundle import file_name, marked
from counterclaim.publish.escaping import link, text
from counterclaim.publish.formats import write
from counterclaim.publish.material import Material
from tests.publish.factories import demo, material
from tests.reconcile.factories import claim, control, report

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"' &amp; \x1b[31m ‮ javascript:"


class Tags(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def tags(page: bytes) -> list[tuple[str, dict[str, str | None]]]:
    parser = Tags()
    parser.feed(page.decode())
    return parser.found


def pages(found: Material) -> dict[str, bytes]:
    return write(found, "html").files


def hostile() -> Material:
    told = msgspec.structs.replace(
        report("r1", HOSTILE * 3, outlet=HOSTILE, published="2025-06-11"), id=f"../../{HOSTILE}", title=HOSTILE, url="javascript:alert(3)"
    )
    one = claim(control(HOSTILE, HOSTILE, "captured"), HOSTILE, report=told.id, days="2025-06-10")
    return material([msgspec.structs.replace(one, evidence=Evidence(0, len(HOSTILE), HOSTILE))], [told])


@pytest.mark.parametrize("made", [demo, hostile])
def test_pages_hold_no_script_nothing_fetched_and_a_policy(made: Any) -> None:
    for path, page in pages(made()).items():
        for tag, attributes in tags(page):
            assert tag not in ("script", "img", "iframe", "object", "embed", "form", "link", "base", "svg"), path
            assert not [name for name in attributes if name.startswith("on") or name in ("style", "src", "srcset")], path
            assert not (attributes.get("href") or "").lower().startswith(("javascript:", "data:", "file:", "//")), path
        policies = [one["content"] or "" for tag, one in tags(page) if tag == "meta" and one.get("http-equiv") == "Content-Security-Policy"]
        assert policies
        assert policies[0].startswith("default-src 'none'; style-src 'sha256-")


def test_every_link_leads_to_a_page_and_a_place_of_the_bundle() -> None:
    found = pages(demo())
    ids = {path: {one["id"] for _, one in tags(page) if "id" in one} for path, page in found.items()}
    count = 0
    for path, target, anchor in _links(found):
        assert target in found, (path, target)
        assert not anchor or anchor in ids[target], (path, target, anchor)
        count += 1
    assert count > 1000


def _links(found: dict[str, bytes]) -> Iterator[tuple[str, str, str]]:
    for path, page in found.items():
        for tag, attributes in tags(page):
            href = attributes.get("href") or ""
            if tag == "a" and not href.startswith("http"):
                name, _, anchor = href.partition("#")
                parts: list[str] = []
                for part in (*PurePosixPath(path).parent.parts, *PurePosixPath(name).parts) if name else PurePosixPath(path).parts:
                    parts = parts[:-1] if part == ".." else [*parts, part]
                yield path, "/".join(parts), anchor


def test_a_browsers_parser_reads_the_words_as_they_are() -> None:
    found = pages(demo())
    for one in demo().reports:
        tree = lxml.html.document_fromstring(found[f"reports/{file_name(one.id)}"])
        for number in tree.xpath("//pre//sup"):
            number.drop_tree()
        assert tree.xpath("string(//pre)").strip() == one.text.strip()


def test_marks_quote_the_sentences_of_the_claims() -> None:
    sentences = "One. Two. Three."
    claims = [msgspec.structs.replace(claim(control("A", "b")), evidence=Evidence(*span, "")) for span in ((0, 4), (5, 9), (5, 16), (90, 95))]
    assert marked(sentences, claims) == (
        '<mark>One.</mark><sup><a href="#c1">1</a></sup> <mark>Two.</mark><sup><a href="#c2">2</a></sup><mark> Three.</mark><sup><a href="#c3">3</a></sup>'
    )


def test_a_page_name_stays_in_its_folder() -> None:
    assert file_name("../../etc/passwd").startswith("etc-passwd-")
    assert file_name("a/b") != file_name("a-b")
    assert file_name("…").startswith("report-")


@pytest.mark.parametrize(
    ("url", "is_link"),
    [
        ("https://x.example/a?b=1&c=2", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ('https://x.example/"onclick="x', False),
        (None, False),
    ],
)
def test_only_web_addresses_are_links(url: str | None, is_link: bool) -> None:
    assert link(url, "here").startswith("<a ") is is_link


def test_escaping() -> None:
    assert text("<b a=\"1\" c='2'>\x00\u202e&") == "&lt;b a=&quot;1&quot; c=&#x27;2&#x27;&gt;\ufffd\ufffd&amp;"

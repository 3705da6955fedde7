"""Sources become reports with their bytes, or refusals with a reason."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
from pathlib import Path
from typing import BinaryIO

import pytest

from counterclaim.core.report import Received, Refusal
from counterclaim.core.when import Published
from counterclaim.read import Options, Source, received, sources
from counterclaim.read.options import MOST_CHARACTERS
from tests.read.factories import ENGLISH, reason, report, results, said, web_page

HEADER = "Title: Army leaves Bara\nOutlet: Harrow Wire\nPublished: 2023-05-24\nUrl: https://harrow.example/1\nNote: A note.\n\n"


def test_a_text_is_stored_with_what_its_header_says() -> None:
    found = report("wires/day1.txt", HEADER + ENGLISH + "\n")
    assert found.id == "wires/day1"
    assert found.text == f"Army leaves Bara\n\n{ENGLISH}"
    assert (found.title, found.outlet, found.url) == ("Army leaves Bara", "Harrow Wire", "https://harrow.example/1")
    assert found.published == Published(dt.date(2023, 5, 24), "given")
    assert found.source == "wires/day1.txt"


def test_the_bytes_are_kept_and_hashed() -> None:
    data = (HEADER + ENGLISH).encode("utf-16")
    (result,) = results("a.txt", data)
    assert isinstance(result, Received)
    assert result.raw == data
    assert result.report.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("The army left.", "Army leaves Bara\n\nThe army left."),
        ("Army leaves Bara\n\nThe army left.", "Army leaves Bara\n\nThe army left."),
        ("ARMY  LEAVES BARA\nThe army left.", "ARMY  LEAVES BARA\nThe army left."),
        # The title opens a longer sentence: it is not the headline that stands there.
        ("Army leaves Bara, rebels say.", "Army leaves Bara\n\nArmy leaves Bara, rebels say."),
    ],
)
def test_a_title_opens_the_text_once(body: str, text: str) -> None:
    assert report("a.txt", f"Title: Army leaves Bara\n\n{body}").text == text


def test_a_text_without_header_is_kept() -> None:
    text = "Bara, 24 May\n  - item one\n\n\n  - item two\tend"
    found = report("a.txt", text)
    assert found.text == text
    assert (found.title, found.outlet, found.published) == (None, None, Published())


def test_line_ends_and_control_characters_are_normalised() -> None:
    assert report("a.txt", b"The army\x00said\r\nit left\rBara.\x0c\x1bEnd\tof it.").text == "The army said\nit left\nBara.  End\tof it."


def test_markdown_is_read_plain() -> None:
    found = report("a.md", "Title: What each side says\n\n# What each side says\n\nThe army **left** Bara.\n\n* one\n* two\n")
    assert found.text == "What each side says\n\nThe army left Bara.\n\n* one\n* two"


@pytest.mark.parametrize(
    ("path", "data"), [("a.txt", HEADER + ENGLISH), ("a.json", said(id="a", text=ENGLISH, outlet="X", published="2001-01-01")), ("a.html", web_page(""))]
)
def test_options_win(path: str, data: str) -> None:
    found = report(path, data, Options(published=dt.date(2024, 1, 2), outlet="The Nile Standard"))
    assert found.outlet == "The Nile Standard"
    assert found.published == Published(dt.date(2024, 1, 2), "given")


def test_a_page_is_dated_by_its_metadata() -> None:
    found = report("a.html", web_page("", '<title>Army leaves Bara</title><meta property="article:published_time" content="2023-05-24T10:00:00Z">'))
    assert found.published == Published(dt.date(2023, 5, 24), "metadata")
    assert found.text.startswith("Army leaves Bara\n\nThe army said")


def test_an_object_keeps_its_text_exactly() -> None:
    text = "  Bara \u00a0 “fell”…\n\n\tThe army’s “new” 🙂 line.  \n"
    found = report(
        "a.json", said(id="sd-1", text=text, title="Bara  falls", outlet="Wire", published="20230524", url="https://x.example/a", claims=[{"id": 1}])
    )
    assert found.text == text
    assert (found.id, found.title, found.outlet, found.url) == ("sd-1", "Bara falls", "Wire", "https://x.example/a")
    assert found.published == Published(dt.date(2023, 5, 24), "given")


def test_what_an_object_may_not_hold_is_replaced_one_for_one() -> None:
    text = "a\r\nb\rc\x00d\ud800e"
    found = report("a.json", json.dumps({"id": "a", "text": text}))
    assert found.text == "a \nb\nc d\ufffde"
    assert len(found.text) == len(text)


def test_a_list_gives_a_report_an_object_and_refuses_only_the_bad() -> None:
    good, nameless, bad = results("day.json", json.dumps([{"id": "x", "text": ENGLISH}, {"text": "The army left."}, {"id": "y"}]))
    assert isinstance(good, Received)
    assert isinstance(nameless, Received)
    assert isinstance(bad, Refusal)
    assert (good.report.id, nameless.report.id, bad.source) == ("x", "day-2", "day.json item 3")
    assert json.loads(good.raw) == {"id": "x", "text": ENGLISH}


def test_an_object_without_id_is_named_after_its_file() -> None:
    assert report("wires/day1.json", said(text="The army left.")).id == "wires/day1"


def test_bad_lines_are_refused_and_the_rest_goes_on() -> None:
    lines = [said(id="a", text=ENGLISH), '{"id": "b", "text', "", said(id="c", text="It left."), "[1]", '{"id": "d", "text": "cut o']
    found = results("wires/day.jsonl", "\n".join(lines))
    assert [item.report.id if isinstance(item, Received) else item.source for item in found] == [
        "a",
        "wires/day.jsonl:2",
        "c",
        "wires/day.jsonl:5",
        "wires/day.jsonl:6",
    ]
    assert [item.report.source for item in found if isinstance(item, Received)] == ["wires/day.jsonl:1", "wires/day.jsonl:4"]


def test_very_many_refusals_are_counted_in_one() -> None:
    found = results("a.jsonl", "[]\n" * 1_500 + said(text="It left."))
    refused = [item for item in found if isinstance(item, Refusal)]
    assert len(refused) == 1_001
    assert refused[-1].source == "a.jsonl"
    assert "500 more of it" in refused[-1].reason
    assert "a.jsonl:1500" in refused[-1].reason
    assert isinstance(found[-2], Received)


def test_an_id_cannot_stand_for_two_texts() -> None:
    lines = [said(id="a", text="It left."), said(id="a", text="It stayed."), said(id="a", text="It left.", outlet="Wire")]
    first, second, third = results("a.jsonl", "\n".join(lines))
    assert isinstance(first, Received)
    assert isinstance(second, Refusal)
    assert isinstance(third, Received)
    assert (second.source, "'a'" in second.reason) == ("a.jsonl:2", True)


def test_lines_are_read_one_at_a_time() -> None:
    class Lines(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise AssertionError("the whole file was asked for")

    data = ("\n".join(said(id=str(n), text="It left.") for n in range(50))).encode()
    stream = Lines(data)
    reports = received(Source("a.jsonl", "a.jsonl", lambda: stream))
    assert isinstance(next(reports), Received)
    assert stream.tell() < 100
    assert len(list(reports)) == 49


def test_a_line_that_is_too_long_is_passed_over() -> None:
    lines = [said(id="a", text="It left."), said(id="b", text="x" * 300), said(id="c", text="It left.")]
    found = results("a.jsonl", "\r\n".join(lines), Options(largest=100))
    assert [type(item) for item in found] == [Received, Refusal, Received]


@pytest.mark.parametrize("largest", [len(said(id="a", text="x" * 50)), len(said(id="a", text="x" * 50)) - 1])
def test_the_largest_line_is_measured_without_its_end(largest: int) -> None:
    line = said(id="a", text="x" * 50)
    kinds = {type(item) for item in results("a.jsonl", line, Options(largest=largest))}
    assert kinds == ({Received} if largest == len(line) else {Refusal})


@pytest.mark.parametrize(
    ("path", "data", "why"),
    [
        ("a.txt", "", "no text"),
        ("a.md", " \n\t\n", "no text"),
        ("a.html", "", "no text"),
        ("a.html", "<!-- nothing -->", "no text"),
        ("a.html", "<html><body><script>alert(1)</script></body></html>", "no article"),
        ("a.json", "", "no text"),
        ("a.jsonl", "\n\n", "no text"),
        ("-", "", "no text"),
        ("a.json", said(id="a", text=" \n"), "no text"),
        ("a.txt", HEADER, "no text below its header"),
        ("a.json", "[]", "an empty list"),
        ("a.json", "5", "Expected `object`"),
        ("a.json", '{"id": "a", "text": "b"}\n{"id": "c", "text": "d"}', "must end in .jsonl"),
        ("a.json", b'{"id": "a", "text": "caf\xe9"}', "not UTF-8"),
        ("a.jsonl", said(id="a", text="b").encode("utf-16"), "not UTF-8"),
        ("a.json", "[" * 100_000, "nested too deep"),
        ("a.json", '{"text": "a", "claims": ' + "[" * 100_000, "nested too deep"),
        ("a.odt", "The army left.", "what can be read is"),
        ("", "The army left.", "no suffix"),
    ],
)
def test_what_is_no_report_is_refused_with_a_reason(path: str, data: str | bytes, why: str) -> None:
    assert why in reason(path, data)


@pytest.mark.parametrize("path", ["a.txt", "a.md", "a.html", "a.json", "-"])
def test_more_than_the_largest_size_is_refused(path: str) -> None:
    assert "larger than 100 bytes" in reason(path, "The army left. " * 10, Options(largest=100))


def test_a_text_of_twenty_million_characters_is_the_longest() -> None:
    assert len(report("a.txt", "x" * MOST_CHARACTERS).text) == MOST_CHARACTERS
    assert "20,000,001 characters" in reason("a.txt", "x" * (MOST_CHARACTERS + 1))


def test_a_text_in_another_language_is_refused() -> None:
    assert reason("a.json", said(id="a", text="El ejército dijo que sus tropas habían tomado la ciudad. " * 5)).startswith("not English (")


def test_a_file_that_cannot_be_opened_or_read_is_refused() -> None:
    def closed() -> BinaryIO:
        raise PermissionError(13, "Permission denied")

    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    for opening, why in ((closed, "Permission denied"), (lambda: Broken(), "Input/output error")):
        (result,) = received(Source("a.txt", "a.txt", opening))
        assert isinstance(result, Refusal)
        assert why in result.reason


def test_a_source_known_to_be_unreadable_is_not_opened() -> None:
    def opened() -> BinaryIO:
        raise AssertionError("opened")

    assert list(received(Source("a.txt", "a.txt", opened, "because"))) == [Refusal("a.txt", "because")]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (said(id="a", text="It left."), "It left."),
        (json.dumps({"id": "a", "text": "It left."}, indent=1), "It left."),
        ("\ufeff" + said(id="a", text="It left."), "It left."),
        (json.dumps([{"id": "a", "text": "It left."}]), "It left."),
        ("[Update] The army left.", "[Update] The army left."),
        ("{sic} The army left.", "{sic} The army left."),
        ("<3 from Bara.", "<3 from Bara."),
        ("Title: Bara\n\nIt left.", "Bara\n\nIt left."),
        ("# Not a heading here", "# Not a heading here"),
    ],
)
def test_standard_input_is_told_by_how_it_begins(data: str, text: str) -> None:
    assert report("-", data).text == text


def test_a_page_on_standard_input_is_read_as_one() -> None:
    assert report("-", "\n" + web_page("<p>The last words.</p>")).text.endswith("The last words.")


def test_lines_on_standard_input_are_read_as_such_even_when_the_first_is_broken() -> None:
    found = results("-", '{"id": "a", "te\n' + said(id="b", text="It left.") + "\n" + said(text="It stayed."))
    assert [type(item) for item in found] == [Refusal, Received, Received]


def test_standard_input_is_named_after_its_text() -> None:
    id_ = "stdin-" + hashlib.sha256(b"The army left.").hexdigest()[:8]
    assert report("-", "The army left.").id == report("-", said(text="The army left.")).id == id_


def test_gold_is_read_like_any_object(tmp_path: Path) -> None:
    (tmp_path / "g.json").write_text(said(id="g", source="s", licence="l", outlet=None, published=None, text=ENGLISH, claims=[{"kind": "control"}]))
    (result,) = [item for source in sources([tmp_path]) for item in received(source)]
    assert isinstance(result, Received)
    assert (result.report.id, result.report.outlet, result.report.published) == ("g", None, Published())

from __future__ import annotations

import pytest

from counterclaim.core.link import Link
from counterclaim.errors import InputRefused
from counterclaim.store.reading import Change, body, change, ids, link_key, reading
from tests.store.factories import make_claim, make_link, make_report, received

# Old bodies, new bodies, keys a person withdrew, what changes, why.
CHANGES: list[tuple[dict[str, str], dict[str, str], set[str], Change, str]] = [
    ({}, {"b": "1", "a": "2"}, set(), Change((), ("b", "a")), "all is new, in the order given"),
    ({"a": "1"}, {"a": "1"}, set(), Change((), ()), "nothing changes"),
    ({"b": "1", "a": "1"}, {}, set(), Change(("a", "b"), ()), "all is gone"),
    ({"a": "1"}, {"a": "2"}, set(), Change(("a",), ("a",)), "another body under the same key"),
    ({}, {"a": "1", "b": "1"}, {"a"}, Change((), ("b",)), "what a person withdrew stays away"),
]


@pytest.mark.parametrize(("old", "new", "withdrawn", "expected"), [row[:4] for row in CHANGES], ids=[row[4] for row in CHANGES])
def test_change(old: dict[str, str], new: dict[str, str], withdrawn: set[str], expected: Change) -> None:
    assert change(old, new, withdrawn) == expected


def test_a_reading_is_bodies_by_key() -> None:
    claim, link = make_claim(), make_link()
    read = reading(received(), [claim], [link])
    assert read.report == received().report
    assert list(read.claims) == [claim.key]
    assert list(read.links) == [link_key(link)]
    assert read.links[link_key(link)] == body(link, Link, "a link")


def test_a_body_is_canonical() -> None:
    assert body(make_link(), Link, "a link").startswith('{"because":"made for a test","kind":"actor","report":"r1",')


def test_what_cannot_be_written_is_refused_by_name() -> None:
    with pytest.raises(InputRefused, match="the link: cannot be kept"):
        body(make_link(words="torn \ud83d"), Link, "the link")


def test_a_link_with_another_score_is_another_link() -> None:
    assert link_key(make_link(score=0.1)) != link_key(make_link(score=0.2))


def test_ids_grow_with_the_hash_of_the_text() -> None:
    assert [len(name) for name in ids(make_report())] == [2, 11, 19, 35, 67]
    assert len(ids(make_report(text="torn \ud83d"))) == 5

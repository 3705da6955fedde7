from __future__ import annotations

import pytest

from counterclaim.store import Filter, Hit, Store
from counterclaim.store.search import matching
from tests.store.factories import TEXT, make_claim, make_report, received, sentence

# What somebody types, the query it becomes, why.
QUERIES = [
    ("two bridges", '"two" "bridges"', "every word"),
    ('took "two bridges" down', '"took" "two bridges" "down"', "a phrase"),
    ('"two bridges', '"two" "bridges"', "a quotation mark without its partner"),
    ("arvad OR NOT kesh*", '"arvad" "OR" "NOT" "kesh*"', "no word or sign is an operator"),
    ("", '""', "nothing"),
    ("a\x00b", '"a" "b"', "a NUL would end the query"),
    ("\ud83d", '"?"', "half of a surrogate pair"),
]


@pytest.mark.parametrize(("text", "query"), [row[:2] for row in QUERIES], ids=[row[2] for row in QUERIES])
def test_matching(text: str, query: str) -> None:
    assert matching(text) == query


ODD = ['"', '""', "'", "(", "a AND", "NEAR(a b)", "title:arvad", "^arvad", "-", "{x}", "*", "\x00", "\ud83d", "a" * 5000, "und " * 5000, "🫨", ";--"]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_no_text_is_a_syntax_error(store: Store, text: str) -> None:
    store.add(received(), [make_claim()], [])
    list(store.search(text))
    list(store.claims(Filter(words=text)))
    list(store.claims(Filter(voice=text, party=text, place=text)))


def test_a_hit_shows_where_and_which_claims(store: Store) -> None:
    claims = [make_claim(span=sentence(n)) for n in range(3)]
    store.add(received(make_report(title="Fighting spreads")), [claims[n] for n in (2, 0, 1)], [])
    assert list(store.search("attacked bridge")) == [Hit("r1", "Fighting spreads", TEXT, (claims[2].key,))]
    assert [hit.claims for hit in store.search("fighting")] == [()]
    assert list(store.search("absent")) == []
    assert list(store.search("?!")) == []


def test_a_long_text_is_shown_around_the_words(store: Store) -> None:
    store.add(received(make_report(text="word " * 200 + "bridges " + "word " * 200)), [], [])
    (hit,) = store.search("bridges")
    assert "bridges" in hit.excerpt
    assert len(hit.excerpt) < 300
    assert hit.excerpt.startswith("…")


def test_the_best_come_first_and_no_more_than_asked_for(store: Store) -> None:
    for name, text in (("b", "Kesh and much else besides in a longer text."), ("c", "Kesh and Kesh."), ("a", "Kesh and Kesh.")):
        store.add(received(make_report(name, text)), [], [])
    assert [hit.report for hit in store.search("kesh")] == ["a", "c", "b"]
    assert [hit.report for hit in store.search("kesh", 2)] == ["a", "c"]


def test_what_is_withdrawn_or_replaced_is_no_longer_found(store: Store) -> None:
    claim = make_claim()
    store.add(received(make_report(title="Old headline")), [claim], [])
    store.withdraw(claim.key, "misread")
    assert [hit.claims for hit in store.search("arvad")] == [()]
    assert list(store.claims(Filter(words="arvad"))) == []
    store.add(received(make_report(title="New headline")), [], [])
    assert list(store.search("old")) == []

"""Claims and findings in a few words."""

from __future__ import annotations

import datetime as dt

import pytest

from counterclaim.core.finding import Finding
from counterclaim.web.wording import address, days, finding_days, range_words, title


def finding(question: dict[str, str | None], low: float | None = None, high: float | None = None) -> Finding:
    return Finding(key="k", question=question, standing="claimed", positions=(), verification="none", because="", low=low, high=high)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ({"kind": "control", "place": "Paryan", "as_of": "2021-09-05"}, "Control of Paryan"),
        ({"kind": "control", "place": None}, "Control of unnamed"),
        ({"kind": "attack", "actor": "M23", "target": None, "place": "Kibua"}, "Attack by M23 in Kibua"),
        ({"kind": "attack", "actor": None, "target": None, "place": None}, "Attack"),
        ({"kind": "casualties", "who": None, "harm": "killed", "place": "Kesh"}, "Killed in Kesh"),
        ({"kind": "aid", "donor": None, "goods": "flour", "stage": "sent"}, "Aid: flour, sent"),
        ({"kind": "agreement", "type": "ceasefire", "parties": "A, B"}, "Ceasefire agreement between A, B"),
        ({"kind": "control", "place": "[x]{y}"}, "Control of [x]{y}"),
        ({"kind": "attack", "actor": "[ by {target}]", "target": "T", "place": None}, "Attack by [ by {target}] on T"),
        ({"kind": "unheard-of", "place": "P", "day": "2024-01-01"}, "Unheard-of · P"),
    ],
)
def test_a_title(question: dict[str, str | None], words: str) -> None:
    assert title(finding(question)) == words


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ({"as_of": "2024-01-01"}, "2024-01-01"),
        ({"from": "a", "to": "a"}, "a"),
        ({"from": "a", "to": None}, "a to …"),
        ({"from": None, "to": "b"}, "… to b"),
        ({}, ""),
    ],
)
def test_days_of_a_finding(question: dict[str, str | None], words: str) -> None:
    assert finding_days(finding(question)) == words


def test_days() -> None:
    one, two = dt.date(2024, 3, 4), dt.date(2024, 3, 5)
    assert [days(one, one), days(one, two), days(None, two), days(one, None), days(None, None)] == [
        "2024-03-04",
        "2024-03-04 to 2024-03-05",
        "by 2024-03-05",
        "since 2024-03-04",
        "",
    ]


@pytest.mark.parametrize(
    ("low", "high", "words"), [(9, 14, "9 to 14"), (9, 9, "9"), (9, None, "9 to ?"), (None, 9, "? to 9"), (None, None, ""), (1.5, 2.0, "1.5 to 2")]
)
def test_a_range(low: float | None, high: float | None, words: str) -> None:
    assert range_words(finding({}, low, high)) == words


def test_an_address_keeps_each_part_one_segment() -> None:
    assert address("reports", "a/b ?#%é") == "/reports/a%2Fb%20%3F%23%25%C3%A9"

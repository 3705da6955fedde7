"""Names to toponyms: which words of a text name places."""

from __future__ import annotations

from functools import cache

import pytest

from counterclaim.core.mention import Name
from counterclaim.core.span import Span
from counterclaim.knowledge.gazetteer import Gazetteer
from counterclaim.resolve.toponyms import toponyms


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer()


def found(text: str, **names: str) -> list[str]:
    """The toponyms of a text in which these words were read as names of these kinds (blanks written as underlines)."""
    read = []
    for words, kind in names.items():
        start = text.index(words.replace("_", " "))
        read.append(Name(Span(start, start + len(words)), kind))
    return [span.of(text) for span in toponyms(text, sorted(read, key=lambda n: n.span), gazetteer().named)]


@pytest.mark.parametrize(
    ("text", "names", "expected", "why"),
    [
        ("He fled to Irbid, Jordan, in March.", {"Irbid": "Location"}, ["Irbid", "Jordan"], "a country in no name is one all the same"),
        ("Police in Aleppo said so.", {"Aleppo": "Location"}, ["Aleppo"], "a place"),
        ("The Laurel County Detention Center was full.", {"Laurel_County_Detention_Center": "Organization"}, ["Laurel County"], "where a body is"),
        ("The University of Missouri said so.", {"University_of_Missouri": "Organization"}, ["Missouri"], "after the last of"),
        ("The State Department said so.", {"State_Department": "Organization"}, [], "an office, not a state"),
        ("They fought in the East.", {"East": "Location"}, [], "a direction alone"),
        ("A Georgian minister resigned.", {"Georgian": "NORP"}, ["Georgian"], "a people"),
        ("A Sunni preacher was held.", {"Sunni": "NORP"}, [], "a faith is of no place"),
        ("Shells fell on Jammu and Kashmir.", {"Jammu": "Location", "Kashmir": "Location"}, ["Jammu and Kashmir"], "one unit's name"),
        ("Georgia skated well. Her coach praised Georgia Smith.", {"Georgia_Smith": "Person", "Georgia": "Location"}, [], "a given name elsewhere"),
        ("KABUL, Afghanistan (AP) — All was quiet.", {}, ["KABUL", "Afghanistan"], "a dateline"),
        ("Rebels took Raqqa.", {"Raqqa": "Person"}, ["Raqqa"], "taken for a person, and took says it is a place"),
        ("Kigali rejected the report.", {"Kigali": "Organization"}, ["Kigali"], "a capital that speaks"),
    ],
)
def test_toponyms(text: str, names: dict[str, str], expected: list[str], why: str) -> None:
    assert found(text, **names) == expected, why


def test_none_lies_inside_another() -> None:
    text = "The Laurel County Detention Center in Laurel County, Kentucky."
    spans = toponyms(text, [Name(Span(4, 34), "Organization"), Name(Span(38, 51), "Location")], gazetteer().named)
    assert all(not a.meets(b) for i, a in enumerate(spans) for b in spans[i + 1 :])

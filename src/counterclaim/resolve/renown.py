"""How well a place is known: which are meant by their name alone, wherever a report is set.

What it captures: countries and provinces; towns of very many people; a place much larger than all others of its name.
What it does not: places known for what happened in them.
Example: "Paris" with nothing beside it is the French one; "Lindau" may be any of four.
"""

from __future__ import annotations

from counterclaim.core.place import Place
from counterclaim.resolve.candidates import WIDE, Columns

# A place with more people than this may be named anywhere; under another name, one with more than that.
TOWN = 100_000
LARGE = 500_000
# How many times the people of the next place of its name a place must have to be meant without another word.
_STANDS_OUT = 8


def is_known(place: Place) -> bool:
    """Whether a place may be named anywhere without another word: a country, a province, a large town, a row of our own table."""
    return place.level < WIDE or place.population >= LARGE or place.key.startswith("region:")


def stands_out(columns: Columns) -> bool:
    """Whether one place of a name is so much larger than the others that it is meant where nothing speaks for another."""
    people = [f.place.population for f in columns.found]
    best = people.index(max(people))
    others = [n for n, first in zip(people, columns.first.tolist(), strict=True) if first != columns.first[best]]
    return people[best] >= _STANDS_OUT * max(others, default=0)

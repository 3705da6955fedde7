"""A place name no gazetteer has to the places of the report's country that are spelled like it.

What it captures: romanisations that differ by vowels, doubled letters, articles and the letters for one sound ("Rokha", "Rukhah"; "Deir
Ezzor", "Dayr az Zawr"). What is found is a suggestion with a score, never as sure as a name a gazetteer has.
What it does not: names of other countries than the report's, where chance likenesses are many; countries that write Latin letters, whose
names are not romanised.
"""

from __future__ import annotations

from counterclaim.core.place import Place
from counterclaim.knowledge.gazetteer import Gazetteer
from counterclaim.knowledge.places import bare
from counterclaim.resolve.spellings import likeness


def similar(name: str, country: str, gazetteer: Gazetteer) -> list[tuple[Place, float, str]]:
    """Places of the country that are spelled like the name, each with its likeness (0 to 1) and the reason; the likest first."""
    found = []
    for place in gazetteer.sounding(name, country):
        like = likeness(bare(name), bare(place.name), "place")
        if like.same:
            found.append((place, like.score, like.because))
    return sorted(found, key=lambda x: (-x[1], -x[0].population, x[0].key))

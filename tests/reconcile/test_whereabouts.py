from __future__ import annotations

import pytest

from counterclaim.core.claim import Attack, Claim, Offer
from counterclaim.core.link import Candidate, Link, Located
from counterclaim.reconcile.context import context
from counterclaim.reconcile.whereabouts import Relation, Where, Whereabouts, built, distance, relation
from tests.reconcile.factories import claim, killed, m

PROVINCE = Located("province", "AF", "Panjshir")
DISTRICT = Located("district", "AF", "Panjshir", "Khinj")
TOWN = Located("exact", "AF", "Panjshir", "Khinj", 35.43, 70.04)


def at(name: str, located: Located | None) -> Where:
    return Where(name, name, name, located)


@pytest.mark.parametrize(
    ("one", "other", "expected", "why"),
    [
        (at("a", TOWN), at("a", None), "same", "one key"),
        (at("a", TOWN), at("b", None), "apart", "a place that lies nowhere known"),
        (at("a", TOWN), at("b", PROVINCE), "within", "a town and its province"),
        (at("a", DISTRICT), at("b", PROVINCE), "within", "a district and its province"),
        (at("a", TOWN), at("b", Located("province", "AF", "Kapisa")), "apart", "another province"),
        (at("a", TOWN), at("b", Located("country", "AF")), "country", "a country holds too much to tell anything"),
        (at("a", TOWN), at("b", Located("exact", "AF", "Panjshir", "Khinj", 35.45, 70.04)), "near", "two kilometres"),
        (at("a", TOWN), at("b", Located("exact", "AF", "Panjshir", "Khinj", 35.6, 70.04)), "apart", "two towns of one district"),
        (at("a", DISTRICT), at("b", Located("district", "AF", "Panjshir")), "apart", "a district without its name"),
        (at("a", Located("unknown")), at("b", TOWN), "apart", "nothing known"),
    ],
)
def test_relation(one: Where, other: Where, expected: Relation, why: str) -> None:
    assert (relation(one, other), relation(other, one)) == (expected, expected), why


def test_distance_is_the_one_on_the_globe() -> None:
    paris, london = Located("exact", lat=48.8566, lon=2.3522), Located("exact", lat=51.5074, lon=-0.1278)
    assert distance(paris, london) == pytest.approx(343.6, abs=1)
    assert distance(paris, Located("exact")) is None


KIBUA = claim(killed("people", None, "Kibua"), report="r9")


@pytest.mark.parametrize(
    ("made", "named", "why"),
    [
        (claim(Attack(target=m("the market of Kibua"))), ["Kibua"], "what is hit is called after it"),
        (claim(Attack(target=m("Kibua's market"))), ["Kibua"], "with a possessive"),
        (claim(Attack(target=m("Kibua market"))), ["Kibua"], "as a compound"),
        (claim(Attack(target=m("the market of Elsewhere"))), [], "no place at hand has the name"),
        (claim(Attack(target=m("the people of Kibua"))), [], "people are elsewhere too"),
        (claim(Attack(target=m("the market"), place=m("Sake"))), ["Sake"], "the slot goes first"),
        (claim(Attack(place=m("hills near Kibua"))), [], "beside a place is another place"),
        (claim(Attack(place=m("the city"))), [], "a description"),
        (claim(Offer(by=m("A"), to=m("Kibua"))), [], "whom an offer is made to is no place"),
    ],
)
def test_places(made: Claim, named: list[str], why: str) -> None:
    assert [place.name for place in Whereabouts(context([made, KIBUA], (), ()), ()).places(made)] == named, why


def test_a_link_says_where_a_description_lies() -> None:
    made = claim(Attack(place=m("the city")))
    link = Link("r1", "the city", "place", Candidate("Khinj", "geonames:1", 1.0, TOWN), "made up")
    assert Whereabouts(context([made], (), [link]), [link]).places(made) == (Where("place:geonames:1", "Khinj", "geonames:1", TOWN),)


def test_built_things_are_told_in_the_singular() -> None:
    assert built("two hospitals and a School") == {"hospital", "school"}

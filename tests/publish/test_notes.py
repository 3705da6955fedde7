"""What the paragraph beside an event says: constructions, each with the words they become."""

from __future__ import annotations

import pytest

from counterclaim.core.claim import Attack, Casualties, Fighting, Movement, Proposition
from counterclaim.publish.events import happenings
from counterclaim.publish.material import Material
from counterclaim.publish.notes import notes, told_of
from counterclaim.publish.view import View
from tests.publish.factories import figure, material, shelling, view
from tests.reconcile.factories import claim, control, m, report


@pytest.mark.parametrize(
    ("proposition", "words"),
    [
        (Attack(actor=m("rebels"), target=m("the post"), means="ambush"), "rebels attacked the post (ambush)"),
        (Attack(actor=m("rebels")), "rebels attacked a target nobody names"),
        (Attack(target=m("the post", "the bridge")), "an attack on the post and the bridge"),
        (Attack(means="shelling"), "an attack (shelling)"),
        (Fighting(sides=m("army", "rebels")), "fighting between army and rebels"),
        (Fighting(sides=m("army")), "fighting that involved army"),
        (Fighting(), "fighting"),
        (control("Kibua", "army", "captured"), "army took Kibua"),
        (control("Kibua", "army", "lost"), "army lost Kibua"),
        (control("Kibua", "army", "left"), "army left Kibua"),
        (control("Kibua", "army", "besieged"), "army besieged Kibua"),
        (Movement(actor=m("rebels"), action="withdraw", from_=m("Sake"), to=m("Goma")), "rebels withdrew from Sake to Goma"),
        (Movement(), "somebody moved"),
        (Casualties(who=m("men"), harm=("killed",), count=figure(9)), ""),
        (Casualties(harm=("killed", "wounded"), count=figure(1000, words="1,000 or more")), "1,000 or more killed or wounded"),
        (Casualties(who=m("the front"), harm=("losses",), count=figure(None, words="heavy")), "heavy losses (the front)"),
        (Casualties(named=m("Fahim Dashty"), harm=("killed",)), "Fahim Dashty killed"),
    ],
)
def test_what_a_claim_tells_in_a_clause(proposition: Proposition, words: str) -> None:
    assert told_of(View(Material()), claim(proposition)) == words


def paragraphs(found: Material) -> list[str]:
    made = view(found)
    return [notes(made, event, None, "acled") for event in happenings(made)[0]]


@pytest.mark.parametrize(
    ("days", "opening"),
    [
        ("2025-06-10", "On 10 June 2025, at Kibua: "),
        ("2025-06-09/2025-06-10", "From 9 to 10 June 2025, at Kibua: "),
        ("/2025-06-10", "By 10 June 2025, at Kibua: "),
    ],
)
def test_the_opening_says_how_far_the_day_is_known(days: str, opening: str) -> None:
    (told,) = paragraphs(material([claim(control("Kibua", "army", "captured"), "Ada", days=days)], [report("r1")]))
    assert told.startswith(opening)


def test_one_way_of_attack_is_one_account_however_its_targets_are_worded() -> None:
    claims = [
        claim(Attack(target=m(words), means="shelling", place=m("Kibua")), name, days="2025-06-10", sentence=number)
        for number, (words, name) in enumerate((("the market", "Ada"), ("market", "Ben")))
    ]
    (told,) = paragraphs(material(claims, [report("r1")]))
    assert "an attack on market (shelling), as told by Ada and Ben." in told


def test_a_long_list_of_voices_is_counted() -> None:
    (told,) = paragraphs(shelling(counts=[(name, figure(9)) for name in ("Ada", "Ben", "Cyr", "Dan", "Eve", "Fay")]))
    assert "Killed: 9 by Ada, Ben, Cyr, Dan and 2 more voices." in told


def test_who_denies_and_what_could_not_be_verified_stand_in_it() -> None:
    (told,) = paragraphs(shelling(counts=[("Harrow", figure(9))], denied_by="the rebels"))
    assert "Disputed: that the rebels attacked the market (shelling), denied by the rebels" in told
    assert "Not verified" not in told

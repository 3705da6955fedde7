from __future__ import annotations

import pytest

from counterclaim.core.claim import Casualties, Control, Movement, Offer, Proposition, Talks, Term
from counterclaim.core.mention import Mention
from counterclaim.core.voice import Voice
from counterclaim.store.names import fold, names
from tests.store.factories import make_claim

# Text, how it is folded, why.
FOLDED = [
    ("Rebels", " rebels ", "case is no matter"),
    ("  the  Arvad\nFront ", " the arvad front ", "nor is space"),
    ("Dašt-e Karîm", " dast e karim ", "nor are accents and hyphens"),
    ("the army’s", " the army s ", "nor is the kind of apostrophe"),
    ("STRASSE straße", " strasse strasse ", "case in the wide sense"),
    ("№ 5", " no 5 ", "signs that stand for letters are those letters"),
    ("", "", "nothing is nothing"),
    ("—!?", "", "nor are marks alone anything"),
]


@pytest.mark.parametrize(("text", "folded"), [row[:2] for row in FOLDED], ids=[row[2] for row in FOLDED])
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def mention(words: str) -> tuple[Mention, ...]:
    return (Mention(words),)


# Proposition, its parties, its places, why.
NAMED: list[tuple[Proposition, set[str], set[str], str]] = [
    (Control(place=mention("Arvad"), holder=mention("Rebels"), except_=mention("the port")), {"rebels"}, {"arvad", "the port"}, "an exception is a place"),
    (Movement(actor=mention("Rebels"), to=mention("Kesh"), from_=mention("Arvad")), {"rebels"}, {"kesh", "arvad"}, "one moves to a place"),
    (Offer(by=mention("Rebels"), to=mention("the army")), {"rebels", "the army"}, set(), "one offers to a party"),
    (
        Offer(asks=(Term("leave", party=Mention("the army"), places=mention("Kesh")),)),
        {"the army"},
        {"kesh"},
        "terms name parties and places of their own",
    ),
    (Casualties(who=mention("civilians"), named=mention("Tamar Oz"), by=mention("Rebels")), {"civilians", "tamar oz", "rebels"}, set(), "people"),
    (Talks(participants=(Mention("A B"), Mention("..."))), {"a b"}, set(), "marks alone are no name"),
]


@pytest.mark.parametrize(("proposition", "parties", "places"), [row[:3] for row in NAMED], ids=[row[3] for row in NAMED])
def test_parties_and_places_of_a_proposition(proposition: Proposition, parties: set[str], places: set[str]) -> None:
    found = names(make_claim(proposition=proposition, voices=(Voice(None),)))
    assert found == {("party", f" {name} ") for name in parties} | {("place", f" {name} ") for name in places}


def test_voices_are_found_by_name_words_and_whom_they_speak_for() -> None:
    voices = (Voice("Kesh Wire"), Voice("Col. Oz", words="a colonel", speaks_for="the army", addressee="reporters"))
    found = names(make_claim(proposition=Talks(), voices=voices))
    assert found == {("voice", f" {name} ") for name in ("kesh wire", "col oz", "a colonel", "the army")}

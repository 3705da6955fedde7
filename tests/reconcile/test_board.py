"""The control board: what each claimant says of each place, and what it last said by a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.core.board import Board, Cell
from counterclaim.core.claim import Claim, Control, Statement
from counterclaim.core.codec import claim_key
from counterclaim.core.link import Link
from counterclaim.core.mention import Mention
from counterclaim.core.report import Report
from counterclaim.core.voice import Act
from counterclaim.knowledge.gazetteer import Gazetteer
from counterclaim.reconcile.board import board
from counterclaim.reconcile.boardviews import claimants, days, on, places
from counterclaim.reconcile.context import context
from counterclaim.resolve.sets import expanded
from tests.golden.records import demo
from tests.reading import pipeline
from tests.reconcile.factories import claim, control, date, link, m, report, voice

DAY = "2021-09-05"
TALIBAN = voice("Bilal Karimi", "Taliban")
FRONT = voice("Fahim Dashty", "NRF")
ALL_BUT = Control(place=m("every district of Panjshir"), holder=m("Taliban"), change="holds", except_=m("Bazarak"))
HELD = claim(control("Paryan", "Taliban"), TALIBAN, days=DAY)


def made(claims: Iterable[Claim], derived: Iterable[Claim] = (), reports: Iterable[Report] = (), links: Iterable[Link] = ()) -> Board:
    return board(context(claims, reports, links), list(derived))


def follows(source: Claim, *units: str) -> list[Claim]:
    """A claim for each unit of the set that the source is about, as a gazetteer derives them."""
    assert isinstance(source.proposition, Control)
    words = source.proposition.place[0].words
    told = [msgspec.structs.replace(source.proposition, place=(Mention(words, name=unit, key=f"unit:{unit}"),), except_=()) for unit in units]
    ones = [msgspec.structs.replace(source, key="", proposition=one, derived_from=source.key) for one in told]
    return [msgspec.structs.replace(one, key=claim_key(one)) for one in ones]


def at(board: Board, place: str) -> list[Cell]:
    return [cell for cell in board.cells if cell.place.shown == place]


def row(cell: Cell) -> tuple[str | None, str, tuple[str, ...], str]:
    marks = [mark for mark, is_so in (("concedes", cell.concedes), ("open", cell.open), ("withdrawn", cell.withdrawn)) if is_so]
    return cell.claimant.shown, cell.says, cell.holders, " ".join([cell.basis, *marks])


@pytest.mark.parametrize(
    ("one", "says", "holders", "basis", "why"),
    [
        (HELD, "holds", ("Taliban",), "said", "said outright"),
        (claim(control("Paryan", "Taliban", "captured"), TALIBAN, days=DAY), "holds", ("Taliban",), "said", "to capture is to hold"),
        (claim(control("Paryan", "Taliban", "left"), FRONT, days=DAY), "does-not-hold", ("Taliban",), "said", "who left does not hold"),
        (claim(control("Paryan", "NRF", "lost"), FRONT, days=DAY), "does-not-hold", ("NRF",), "conceded concedes", "a side lost its own"),
        (claim(control("Paryan", "Taliban"), FRONT, days=DAY), "holds", ("Taliban",), "said", "to name another is no concession of who never contended"),
        (claim(control("Paryan", "Taliban"), FRONT, act="denies", days=DAY), "does-not-hold", ("Taliban",), "denied", "a denial"),
        (claim(control("Paryan", "NRF", "lost"), FRONT, act="denies", days=DAY), "holds", ("NRF",), "denied", "who denies a loss holds"),
        (claim(control("Paryan", "NRF"), FRONT, act="denies", days=DAY), "does-not-hold", ("NRF",), "denied", "to deny that one holds it gives nothing away"),
        (claim(Control(place=m("Paryan"), not_holder=m("Taliban")), FRONT, days=DAY), "does-not-hold", ("Taliban",), "said", "out of their hands"),
        (claim(control("Paryan", "Taliban", "contested"), days=DAY), "contested", ("Taliban",), "said", "contested is neither"),
        (claim(control("Paryan", "Taliban", "besieged"), TALIBAN, days=DAY), "besieged", ("Taliban",), "said", "to besiege one's own prize concedes nothing"),
        (claim(control("Paryan", "Taliban", "besieged"), TALIBAN, act="denies", days=DAY), "besieged", ("Taliban",), "denied open", "no siege, no holder"),
        (claim(control("Paryan", "Taliban"), FRONT, act="doubts", days=DAY), "holds", ("Taliban",), "said open", "a doubt tells what it doubts"),
        (claim(control("Paryan", "NRF", "lost"), act="cannot-verify", days=DAY), "does-not-hold", ("NRF",), "said open", "what cannot be verified"),
        (claim(Control(place=m("Paryan"), change="captured"), TALIBAN, days=DAY), "holds", (), "said", "nobody named as holder, and nobody made up"),
    ],
)
def test_one_claim(one: Claim, says: str, holders: tuple[str, ...], basis: str, why: str) -> None:
    [cell] = made([one]).cells
    assert (row(cell)[1:], why) == ((says, holders, basis), why)
    assert (cell.claims, cell.origins, cell.reports, cell.disputed_by) == ((one.key,), 1, 1, ())
    assert (cell.first, cell.last) == (date(DAY), date(DAY))


@pytest.mark.parametrize(
    ("when", "reports", "stretch"),
    [
        (DAY, (), (DAY, DAY)),
        ("2021-09-01/2021-09-04", (), ("2021-09-01", "2021-09-04")),
        ("/2021-09-05", (), (None, DAY)),
        ("2021-09-04/", (), ("2021-09-04", None)),
        ("2021-09-04/", (report(published="2021-09-06"),), ("2021-09-04", "2021-09-06")),
        (None, (report(published="2021-09-06"),), ("2021-09-06", "2021-09-06")),
        (None, (), (None, None)),
    ],
)
def test_days_are_as_told(when: str | None, reports: tuple[Report, ...], stretch: tuple[str | None, str | None]) -> None:
    [cell] = made([claim(control("Paryan", "Taliban"), TALIBAN, days=when)], reports=reports).cells
    assert (cell.first, cell.last) == (date(stretch[0]), date(stretch[1]))


def test_an_exception_is_a_cell_of_its_own() -> None:
    one = claim(ALL_BUT, TALIBAN, days=DAY)
    found = made([one])
    assert [row(cell) for cell in at(found, "Bazarak")] == [("Taliban", "does-not-hold", ("Taliban",), "excepted concedes")]
    assert at(found, "Bazarak")[0].told == "Taliban do not hold Bazarak (excepted from every district of Panjshir)"
    assert [row(cell) for cell in at(found, "Panjshir")] == [("Taliban", "holds", ("Taliban",), "said")]


def test_derived_cells_stand_beside_what_was_said() -> None:
    every, left = claim(ALL_BUT, TALIBAN, days=DAY), claim(control("Paryan", "Taliban", "left"), FRONT, days=DAY, sentence=1)
    found = made([every, left], follows(every, "Paryan", "Shutul"), links=[link("Paryan", "Paryan", key="unit:Paryan", kind="place")])
    assert [row(cell) for cell in at(found, "Paryan")] == [
        ("NRF", "does-not-hold", ("Taliban",), "said"),
        ("Taliban", "holds", ("Taliban",), "derived"),
    ]
    front, taliban = at(found, "Paryan")
    assert (front.disputed_by, taliban.disputed_by) == ((taliban.claimant.id,), (front.claimant.id,))
    [shutul] = at(found, "Shutul")
    assert (shutul.claims, shutul.place.key, shutul.disputed_by) == ((every.key,), "unit:Shutul", ())
    assert shutul.told == "Taliban hold Shutul (follows from “every district of Panjshir”)"


def test_what_is_derived_stands_back_from_its_claimants_own_word() -> None:
    every, own = claim(ALL_BUT, TALIBAN, days=DAY), claim(control("Paryan", "Taliban", "left"), TALIBAN, days=DAY, sentence=1)
    front = claim(control("Paryan", "Taliban", "left"), FRONT, days=DAY, sentence=2)
    found = made([every, own, front], follows(every, "Paryan"), links=[link("Paryan", "Paryan", key="unit:Paryan", kind="place")])
    assert sorted((cell.basis, cell.disputed_by) for cell in at(found, "Paryan")) == [("conceded", ()), ("derived", ()), ("said", ())]


@pytest.mark.parametrize(
    ("source", "is_at_hand", "why"),
    [
        (claim(ALL_BUT, FRONT, act="denies", days=DAY), True, "to deny that all are held denies none of them"),
        (claim(ALL_BUT, FRONT, act="doubts", days=DAY), True, "a doubt about all"),
        (claim(Control(place=m("the whole of Panjshir"), not_holder=m("Taliban")), FRONT, days=DAY), True, "not all is not none"),
        (claim(Control(place=m("the whole of Panjshir"), change="captured"), days=DAY), True, "nobody in particular holds it"),
        (claim(ALL_BUT, TALIBAN, days=DAY, modality="planned"), True, "a plan"),
        (claim(ALL_BUT, TALIBAN, days=DAY), False, "its source is not at hand"),
    ],
)
def test_nothing_is_derived(source: Claim, is_at_hand: bool, why: str) -> None:
    assert at(made([source] if is_at_hand else [HELD], follows(source, "Shutul")), "Shutul") == [], why


def test_a_district_is_told_apart_from_a_town_of_its_name() -> None:
    every, town = claim(ALL_BUT, TALIBAN, days=DAY), claim(control("Khinj", "Taliban"), TALIBAN, days=DAY, sentence=1)
    found = made([every, town], follows(every, "Khinj"), links=[link("Khinj", "Khinj", key="town:1", kind="place")])
    assert {cell.place.shown: cell.basis for cell in found.cells if "Khinj" in cell.place.shown} == {"Khinj": "said", "Khinj [unit:Khinj]": "derived"}


def test_a_unit_that_follows_twice_from_one_claim_is_told_once_whatever_the_order() -> None:
    every = claim(ALL_BUT, TALIBAN, days=DAY)
    whole = msgspec.structs.replace(every, proposition=Control(place=m("all of Panjshir"), holder=m("Taliban"), change="holds"))
    twice = [*follows(every, "Shutul"), *follows(whole, "Shutul")]
    found = made([every], twice)
    assert [cell.claims for cell in at(found, "Shutul")] == [(every.key,)]
    assert made([every], twice[::-1]) == found


def test_what_was_taken_back_is_marked_and_disputes_nothing() -> None:
    back = claim(Statement(content=("this",)), TALIBAN, act="denies", days=DAY, refutes=HELD.key, sentence=1)
    front = claim(control("Paryan", "NRF"), FRONT, days=DAY, sentence=2)
    every = claim(ALL_BUT, TALIBAN, days=DAY, sentence=3)
    back_too = claim(Statement(content=("that",)), TALIBAN, act="denies", days=DAY, refutes=every.key, sentence=4)
    found = made([HELD, back, front, every, back_too], follows(every, "Shutul"))
    assert [row(cell)[3] for cell in at(found, "Paryan")] == ["said", "said withdrawn"]
    assert [cell.disputed_by for cell in at(found, "Paryan")] == [(), ()]
    assert [row(cell)[3] for cell in at(found, "Shutul")] == ["derived withdrawn"]


def test_a_denial_by_reference_is_of_the_place_and_the_days_it_refutes() -> None:
    denial = claim(Statement(content=("this",)), FRONT, act="denies", days="2021-09-07", refutes=HELD.key, sentence=1)
    front, taliban = made([HELD, denial]).cells
    assert row(front) == ("NRF", "does-not-hold", ("Taliban",), "denied")
    assert (front.last, front.told) == (date(DAY), "denies that Taliban hold Paryan")
    assert (front.disputed_by, taliban.disputed_by) == ((taliban.claimant.id,), (front.claimant.id,))


def test_a_doubt_by_reference_denies_nothing() -> None:
    doubt = claim(Statement(content=("this",)), FRONT, act="doubts", days=DAY, refutes=HELD.key, sentence=1)
    assert row(made([HELD, doubt]).cells[0]) == ("NRF", "holds", ("Taliban",), "said open")


def test_a_claim_says_a_thing_of_a_place_once() -> None:
    one = claim(control("Paryan", "NRF"), FRONT, days=DAY, refutes=HELD.key, sentence=1)
    assert [row(cell)[3] for cell in made([HELD, one]).cells] == ["said", "said"]


@pytest.mark.parametrize(
    ("days", "other", "is_disputed"),
    [
        (DAY, DAY, True),
        (DAY, "2021-09-06", False),
        ("2021-09-01/2021-09-05", "2021-09-05/2021-09-09", True),
        ("2021-09-01/2021-09-30", "/2021-09-05", True),
        ("2021-09-04", "/2021-09-05", False),
        (None, None, True),
        (DAY, None, False),
    ],
)
def test_disputes_are_of_common_days(days: str | None, other: str | None, is_disputed: bool) -> None:
    cells = made([claim(control("Paryan", "Taliban"), TALIBAN, days=days), claim(control("Paryan", "NRF"), FRONT, days=other)]).cells
    assert [bool(cell.disputed_by) for cell in cells] == [is_disputed, is_disputed]


def test_what_one_claimant_says_in_several_reports_is_one_cell() -> None:
    again = claim(control("Paryan", "Taliban"), voice("Zabihullah Mujahid", "Taliban"), report="r2", outlet="Weekly", days=DAY)
    [cell] = made([HELD, again]).cells
    assert (cell.claims, cell.origins, cell.reports) == (tuple(sorted((HELD.key, again.key))), 1, 2)


def test_a_place_without_a_name_stays_in_its_report() -> None:
    found = made([claim(control("the city", "RSF"), days=DAY), claim(control("the city", "SAF"), days=DAY, report="r2", outlet="Weekly")])
    assert [(place.shown, place.report) for place in places(found)] == [("city", "r1"), ("city", "r2")]
    assert not any(cell.disputed_by for cell in found.cells)


def test_order_is_place_day_claimant_with_the_undated_last() -> None:
    told = [("Shutul", "2021-09-04", TALIBAN), ("Paryan", None, FRONT), ("Paryan", DAY, TALIBAN), ("Paryan", DAY, FRONT), ("Paryan", "2021-09-04", TALIBAN)]
    cells = made([claim(control(place, "Taliban"), by, days=day) for place, day, by in told]).cells
    assert [(cell.place.shown, cell.first and cell.first.day, cell.claimant.shown) for cell in cells] == [
        ("Paryan", 4, "Taliban"),
        ("Paryan", 5, "NRF"),
        ("Paryan", 5, "Taliban"),
        ("Paryan", None, "NRF"),
        ("Shutul", 4, "Taliban"),
    ]


def last(board: Board, day: str, place: str = "Paryan") -> list[tuple[str | None, str, str, int]]:
    words = {ground.shown: words for ground, words in on(board, dt.date.fromisoformat(day)).items()}
    return [(word.cell.claimant.shown, word.cell.says, word.cell.basis, word.age) for word in words.get(place, [])]


MIND_CHANGED = [
    HELD,
    claim(control("Paryan", "Taliban", "lost"), TALIBAN, days="2021-09-08", sentence=1),
    claim(control("Paryan", "NRF"), FRONT, days="2021-09-06/2021-09-07", sentence=2),
    claim(control("Paryan", "ISKP"), "UN", sentence=3),
]


@pytest.mark.parametrize(
    ("day", "words", "why"),
    [
        ("2021-09-04", [], "nobody had spoken"),
        ("2021-09-05", [("Taliban", "holds", "said", 0)], "the day itself"),
        ("2021-09-06", [("NRF", "holds", "said", 0), ("Taliban", "holds", "said", 1)], "one in its stretch, the other a day old"),
        ("2021-09-08", [("Taliban", "does-not-hold", "conceded", 0), ("NRF", "holds", "said", 1)], "its own word is not carried past a contrary one"),
        ("2021-09-18", [("Taliban", "does-not-hold", "conceded", 10), ("NRF", "holds", "said", 11)], "the age is told; the undated is no day's"),
    ],
)
def test_on_a_day_is_what_was_last_claimed(day: str, words: list[tuple[str | None, str, str, int]], why: str) -> None:
    assert (last(made(MIND_CHANGED), day), why) == (words, why)


def test_what_is_derived_or_doubted_ends_no_word() -> None:
    every = claim(ALL_BUT, TALIBAN, days="2021-09-07")
    early = claim(ALL_BUT, TALIBAN, days="2021-09-03", sentence=1)
    doubt = claim(control("Paryan", "NRF"), TALIBAN, act="doubts", days="2021-09-06", sentence=2)
    links = [link("Paryan", "Paryan", key="unit:Paryan", kind="place")]
    found = made([HELD, every, early, doubt], [*follows(every, "Paryan"), *follows(early, "Paryan")], links=links)
    assert last(found, "2021-09-08") == [("Taliban", "holds", "derived", 1), ("Taliban", "holds", "said", 2), ("Taliban", "holds", "said", 3)]
    assert last(found, "2021-09-05") == [("Taliban", "holds", "said", 0)], "the older derived one is past"
    assert last(found, "2021-09-04") == [("Taliban", "holds", "derived", 1)]


def test_what_was_taken_back_is_nobodys_last_word() -> None:
    back = claim(Statement(content=("this",)), TALIBAN, act="denies", days="2021-09-06", refutes=HELD.key, sentence=1)
    assert last(made([HELD, back]), "2021-09-07") == []


def test_views_list_what_is_there() -> None:
    found = made(MIND_CHANGED)
    assert [day.day for day in days(found)] == [5, 6, 7, 8]
    assert [place.shown for place in places(found)] == ["Paryan"]
    assert [one.shown for one in claimants(found)] == ["NRF", "Taliban", "UN"]


def test_a_demo_report() -> None:
    """The example of the reference page: two districts given away, the other five of the gazetteer's seven derived."""
    reading = pipeline("trained").read(demo()["pj-agency-0906"].report)
    derived = list(expanded(reading.claims, reading.links, Gazetteer()))
    cells = [cell for cell in board(context(reading.claims, [reading.report], reading.links), derived).cells if cell.claimant.shown == "Taliban"]
    by_basis = {basis: [cell for cell in cells if cell.basis == basis] for basis in ("excepted", "derived")}
    assert [(cell.place.shown, cell.says, cell.concedes) for cell in by_basis["excepted"]] == [
        ("Bāzārak", "does-not-hold", True),
        ("Rukhah", "does-not-hold", True),
    ]
    assert len(by_basis["derived"]) == 5
    assert {(cell.says, cell.holders, cell.last) for cell in by_basis["derived"]} == {("holds", ("Taliban",), dt.date(2021, 9, 5))}


_TOLD: list[tuple[Act, str | None, str]] = [("asserts", DAY, "r1"), ("denies", "/2021-09-06", "r2"), ("doubts", None, "r3")]
_CLAIMS = [
    claim(proposition, by, act=act, days=when, report=name, sentence=sentence)
    for sentence, proposition in enumerate(
        (control("Paryan", "Taliban"), control("Paryan", "NRF", "lost"), control("Paryan", "NRF", "besieged"), control("the city", "NRF"), ALL_BUT)
    )
    for by in (TALIBAN, FRONT)
    for act, when, name in _TOLD
]
_REPORTS = [report("r1", outlet="Daily", published="2021-09-06"), report("r2", outlet="Weekly"), report("r3", published="2021-09-07")]
_LINKS = [link("Paryan", "Paryan", key="unit:Paryan", kind="place", report="r1")]


@st.composite
def _records(draw: st.DrawFn) -> tuple[list[Claim], list[Claim]]:
    """Claims, some of which refute others, and what follows from some of them."""
    claims = draw(st.lists(st.sampled_from(_CLAIMS), max_size=8, unique_by=lambda one: one.key))
    for sentence in range(draw(st.integers(0, 3)) if claims else 0):
        act: Act = draw(st.sampled_from(("denies", "doubts", "asserts")))
        by, about = draw(st.sampled_from((TALIBAN, FRONT))), draw(st.sampled_from(claims))
        claims.append(claim(Statement(content=("this",)), by, act=act, refutes=about.key, sentence=10 + sentence))
    sources = [one for one in claims if one.proposition == ALL_BUT]
    return claims, [one for source in sources for one in follows(source, "Paryan", "Shutul")]


@settings(max_examples=80, deadline=None)
@given(_records(), st.randoms(use_true_random=False))
def test_the_order_of_what_comes_in_changes_nothing(record: tuple[list[Claim], list[Claim]], random: Random) -> None:
    claims, derived = record
    shuffled, others = claims[:], derived[:]
    random.shuffle(shuffled)
    random.shuffle(others)
    assert made(shuffled, others, _REPORTS[::-1], _LINKS) == made(claims, derived, _REPORTS, _LINKS)


@settings(max_examples=80, deadline=None)
@given(_records())
def test_every_cell_rests_on_claims_at_hand(record: tuple[list[Claim], list[Claim]]) -> None:
    claims, derived = record
    found = made(claims, derived, _REPORTS, _LINKS)
    keys, parties = {one.key for one in claims}, {cell.claimant.id for cell in found.cells}
    for cell in found.cells:
        assert cell.claims
        assert set(cell.claims) <= keys
        assert 1 <= cell.origins <= len(cell.claims)
        assert set(cell.disputed_by) <= parties - {cell.claimant.id}
        assert not (cell.disputed_by and (cell.open or cell.withdrawn))


@settings(max_examples=80, deadline=None)
@given(_records(), st.dates(dt.date(2021, 9, 1), dt.date(2021, 9, 10)))
def test_a_day_shows_nothing_that_is_not_on_the_board(record: tuple[list[Claim], list[Claim]], day: dt.date) -> None:
    found = made(*record, _REPORTS, _LINKS)
    for ground, words in on(found, day).items():
        assert words
        for word in words:
            assert word.cell in found.cells
            assert word.cell.place == ground
            assert word.age >= 0
            assert word.cell.first is None or word.cell.first <= day

"""What holds of all tolls, whatever the claims and the house."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.core.claim import Casualties, Claim, Harm, Statement
from counterclaim.core.figure import Figure
from counterclaim.core.toll import Reckoning, Row
from counterclaim.knowledge.houses import House, houses
from counterclaim.reconcile import findings
from counterclaim.reconcile.context import context
from counterclaim.reconcile.tolls import tolls
from counterclaim.reconcile.totals import moved, total
from tests.reconcile.factories import claim, m, report

REPORTS = [report("r1", outlet="Daily"), report("r2", outlet="Weekly")]
_HARMS: list[tuple[Harm, ...]] = [("killed",), ("wounded",), ("killed", "wounded"), ("killed", "wounded", "captured"), ("losses",)]
_BOUND = st.none() | st.sampled_from([0, 2, 9, 14, 850, 1000])


@st.composite
def told(draw: st.DrawFn, harms: list[tuple[Harm, ...]] = _HARMS) -> Claim:
    low, high = draw(_BOUND), draw(_BOUND)
    count = draw(st.none() | st.just(Figure(low, high, draw(st.sampled_from(["some", "dozens", "many", "tens of thousands"])))))
    proposition = Casualties(who=m("people"), harm=draw(st.sampled_from(harms)), count=count, place=m(draw(st.sampled_from(["Kibua", "Walikale"]))))
    return claim(
        proposition,
        *draw(st.lists(st.sampled_from(["Lwambo", "UN", "FARDC"]), max_size=1)),
        report=draw(st.sampled_from(["r1", "r2"])),
        act=draw(st.sampled_from(["asserts", "asserts", "asserts", "confirms", "denies", "doubts", "cannot-verify"])),
        days=draw(st.sampled_from(["2025-06-10", "2025-06-10", "2025-06-12"])),
        sentence=draw(st.integers(0, 3)),
    )


_TAKEN_BACK = [claim(Statement(content=(f"withdraws the figure of {number} dead",)), report="r2") for number in (9, 14)]
# A key names one claim.
claims = st.tuples(st.lists(told(), min_size=1, max_size=7, unique_by=lambda one: one.key), st.lists(st.sampled_from(_TAKEN_BACK), max_size=1)).map(
    lambda drawn: [*drawn[0], *drawn[1]]
)
any_house = st.sampled_from(list(houses().values()))


def _of(said: list[Claim], by: House) -> list[Reckoning]:
    return tolls(context(said, REPORTS), by)


def _least(row: Row) -> float:
    """The number a claim tells: its lower bound, else its upper."""
    return row.low if row.low is not None else row.high if row.high is not None else 0


@settings(max_examples=150, deadline=None)
@given(claims, any_house)
def test_low_best_and_high_are_in_order(said: list[Claim], by: House) -> None:
    for one in _of(said, by):
        known = [number for number in one.numbers if number is not None]
        assert known == sorted(known)


@settings(max_examples=60, deadline=None)
@given(claims.flatmap(lambda said: st.tuples(st.just(said), st.permutations(said))), any_house)
def test_the_order_of_the_claims_changes_nothing(orders: tuple[list[Claim], list[Claim]], by: House) -> None:
    one, other = orders
    assert _of(one, by) == tolls(context(other, REPORTS[::-1]), by)


@settings(max_examples=150, deadline=None)
@given(claims, any_house)
def test_no_house_invents_a_death(said: list[Claim], by: House) -> None:
    """The low number is no greater than the least that a claim taken tells, and none is there where no claim is taken."""
    for one in _of(said, by):
        taken = [row for row in one.rows if row.taken]
        if not taken:
            assert one.numbers == (None, None, None)
        elif one.low is not None:
            assert one.low <= min(map(_least, taken))
            assert all(row.high is None or one.low <= row.high for row in taken)
        if one.best is not None:
            assert any(one.best in (row.low, row.high, 0) for row in taken)


@settings(max_examples=150, deadline=None)
@given(st.lists(told([("killed",)]), min_size=1, max_size=4), told([("killed", "wounded"), ("losses",)]), any_house)
def test_a_union_raises_no_floor(said: list[Claim], union: Claim, by: House) -> None:
    before = {one.key: one for one in _of(said, by) if one.harm == "killed"}
    for after in _of([*said, union], by):
        if after.harm != "killed" or after.low is None:
            continue
        was = before[after.key].low if after.key in before else None
        assert after.low == 0 or (was is not None and after.low <= was)


@settings(max_examples=100, deadline=None)
@given(claims)
def test_the_widest_tolls_have_the_numbers_of_the_findings(said: list[Claim]) -> None:
    by_key = {one.key: one for one in _of(said, houses()["widest"])}
    for finding in findings(said, REPORTS):
        if finding.question["kind"] == "casualties":
            assert (by_key[finding.key].low, by_key[finding.key].high) == (finding.low, finding.high)


@settings(max_examples=100, deadline=None)
@given(claims, any_house)
def test_every_claim_of_a_matter_has_one_row_with_a_reason(said: list[Claim], by: House) -> None:
    keys = {one.key for one in said}
    found = _of(said, by)
    assert len({one.key for one in found}) == len(found)
    for one in found:
        told_of = [row.claim for row in one.rows]
        assert len(told_of) == len(set(told_of))
        assert set(told_of) <= keys
        assert all(row.because for row in one.rows)
        assert one.because


@settings(max_examples=60, deadline=None)
@given(claims, any_house, any_house)
def test_what_does_not_move_is_the_same(said: list[Claim], by: House, other: House) -> None:
    a, b = _of(said, by), _of(said, other)
    changed = {one.key for one in moved(a, b)}
    after = {one.key: one for one in b}
    assert all(one.numbers == after[one.key].numbers for one in a if one.key not in changed)
    assert {one.key for one in moved(b, a)} == changed


@settings(max_examples=60, deadline=None)
@given(claims, any_house)
def test_a_total_holds_each_toll_once_or_says_why_not(said: list[Claim], by: House) -> None:
    found = _of(said, by)
    added = total(found)
    killed = [one.key for one in found if one.harm == "killed"]
    assert sorted([*added.counted, *(left.key for left in added.left_out)]) == sorted(killed)
    assert all(left.because for left in added.left_out)
    counted = [one for one in found if one.key in added.counted]
    if added.low is not None:
        assert added.low == sum(one.low or 0 for one in counted)

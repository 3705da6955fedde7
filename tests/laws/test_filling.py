"""What fills a slot is written so that a person who sends it back unchanged changes nothing."""

from __future__ import annotations

from functools import partial
from typing import Any

import msgspec
from hypothesis import assume, given
from hypothesis import strategies as st

from counterclaim.core.claim import Claim, Term
from counterclaim.core.figure import Figure
from counterclaim.core.mention import Mention
from counterclaim.reconcile.filling import Words, fillers, one_line, written
from tests.strategies import claims


@given(claims())
def test_what_is_written_fills_the_slot_as_it_was(claim: Claim) -> None:
    for name, value in zip(claim.proposition.__struct_encode_fields__, _values(claim), strict=True):
        figure = value if isinstance(value, Figure) else None
        words = Words(partial(_always, figure), lambda *_: None)
        assert fillers(claim.kind, {name: written(value)}, words) == {name: _without_places(value)}


def _always(figure: Figure | None, _: str) -> Figure | None:
    return figure


_signs = st.text("a=; \n", min_size=1, max_size=8).filter(str.strip)


@given(st.lists(st.builds(Mention, words=_signs, name=st.none() | _signs), max_size=3), st.lists(_signs, max_size=3))
def test_the_marks_may_be_part_of_the_words(names: list[Mention], acts: list[str]) -> None:
    words = Words(lambda _: None, lambda *_: None)
    terms = tuple(Term(act, None, tuple(names)) for act in acts)
    given_ = {"by": written(tuple(names)), "asks": written(terms)}
    assert fillers("offer", given_, words) == {"by": _without_places(tuple(names)), "asks": _without_places(terms)}


def _values(claim: Claim) -> list[object]:
    return [getattr(claim.proposition, field) for field in claim.proposition.__struct_fields__]


def _without_places(value: object) -> Any:
    """The value with blanks for breaks, without what no words can say: where a name stands and under which key."""
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(_without_places(one) for one in value))
    if isinstance(value, Mention):
        assume(one_line(value.words))
        return Mention(one_line(value.words), name=one_line(value.name or "") or None)
    if isinstance(value, Term):
        assume(one_line(value.act))
        # What is to be done is never called so; the words say who and where.
        assume(not one_line(value.act).casefold().startswith(("who", "where")))
        where = tuple(_without_places(one) for one in value.places)
        return msgspec.structs.replace(value, act=one_line(value.act), party=_without_places(value.party), places=where)
    if isinstance(value, Figure):
        assume(value.words.strip())
        return value
    if isinstance(value, str):
        assume(value.strip())
        return one_line(value)
    return value

"""Claims of one sentence beside one another: unions stay unions, one event is told once."""

from __future__ import annotations

from counterclaim.core.claim import Casualties, Claim, Harm
from counterclaim.core.figure import Figure
from counterclaim.core.mention import Mention
from counterclaim.core.span import Evidence, Span
from counterclaim.core.voice import Voice
from counterclaim.extract.claims import united
from tests.extract.scenes import scene

TEXT = "Shelling killed and injured 23 people in the town, and two dogs."


def casualties(harm: Harm, *, words: str = "23", number: int = 23, key: str = "a") -> Claim:
    people = Mention("people", span=Span(TEXT.index("people"), TEXT.index("people") + 6))
    return Claim(
        key=key,
        report="r",
        evidence=Evidence(0, len(TEXT), TEXT),
        chain=(Voice(name="Wire"),),
        act="asserts",
        hedges=(),
        said=None,
        when=None,
        proposition=Casualties(who=(people,), harm=(harm,), count=Figure(number, number, words)),
        score=0.6,
        because="test",
    )


def test_one_figure_over_two_harms_is_one_unsplit_union() -> None:
    (both,) = united(scene(TEXT), [casualties("killed"), casualties("wounded", key="b")])
    assert isinstance(both.proposition, Casualties)
    assert set(both.proposition.harm) == {"killed", "wounded"}


def test_two_figures_are_two_claims() -> None:
    assert len(united(scene(TEXT), [casualties("killed"), casualties("wounded", words="two", number=2, key="b")])) == 2

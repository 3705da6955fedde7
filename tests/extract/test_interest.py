"""Whom a claim serves: from the voice's side and what is said of it."""

from __future__ import annotations

import pytest

from counterclaim.core.claim import Casualties, Claim, Control, Proposition
from counterclaim.core.mention import Mention
from counterclaim.core.span import Evidence
from counterclaim.core.voice import Act, SourceType, Voice
from counterclaim.extract.interest import interest

ARMY = (Mention("the Arvadi army"),)
REBELS = (Mention("Kesh Front"),)
TOWN = (Mention("Arvad"),)


def claim(said: Proposition, *, speaks_for: str | None = "Arvadi army", act: Act = "asserts", source_type: SourceType | None = None) -> Claim:
    voices = (Voice(name="Wire"), Voice(name="Colonel Rahmani", speaks_for=speaks_for, source_type=source_type))
    return Claim(
        key="k", report="r", evidence=Evidence(0, 1, "x"), chain=voices, act=act, hedges=(), said=None, when=None, proposition=said, score=0.5, because="test"
    )


@pytest.mark.parametrize(
    ("said", "act", "value"),
    [
        pytest.param(Control(place=TOWN, holder=ARMY, change="captured"), "asserts", "own-gain", id="own capture"),
        pytest.param(Control(place=TOWN, holder=ARMY, change="lost"), "asserts", "against-interest", id="own loss of a place"),
        pytest.param(Control(place=TOWN, holder=REBELS, change="holds"), "asserts", "against-interest", id="the other side holds it"),
        pytest.param(Control(place=TOWN, holder=REBELS, change="captured"), "denies", "own-gain", id="denies the other side's capture"),
        pytest.param(Control(place=TOWN, change="captured"), "asserts", "unknown", id="nobody named"),
        pytest.param(Casualties(who=ARMY, harm=("killed",)), "confirms", "against-interest", id="admits own dead"),
        pytest.param(Casualties(who=(Mention("our men"),), harm=("killed",)), "confirms", "against-interest", id="our men are its own"),
    ],
)
def test_value(said: Proposition, act: Act, value: str) -> None:
    found = interest(claim(said, act=act))
    assert found is not None
    assert found.value == value
    assert found.because


def test_what_anothers_gain_means_to_a_voice_of_no_known_side_is_unknown() -> None:
    found = interest(claim(Control(place=TOWN, holder=REBELS, change="captured"), speaks_for=None))
    assert found is not None
    assert found.value == "unknown"


def test_who_admits_a_loss_admits_his_own() -> None:
    admitted = interest(claim(Control(place=TOWN, change="lost"), speaks_for=None, act="confirms"))
    told = interest(claim(Control(place=TOWN, change="lost"), speaks_for=None))
    assert admitted is not None
    assert told is not None
    assert (admitted.value, told.value) == ("against-interest", "unknown")


def test_a_division_called_its_own_is_its_own() -> None:
    found = interest(claim(Control(place=TOWN, holder=(Mention("Troops of its First Division"),), change="left")))
    assert found is not None
    assert found.value == "against-interest"


def test_medical_and_other_bystanders_are_neutral() -> None:
    found = interest(claim(Casualties(who=REBELS, harm=("killed",)), speaks_for=None, source_type="medical"))
    assert found is not None
    assert found.value == "neutral"


def test_narration_has_no_interest() -> None:
    alone = Claim(
        key="k",
        report="r",
        evidence=Evidence(0, 1, "x"),
        chain=(Voice(name="Wire"),),
        act="asserts",
        hedges=(),
        said=None,
        when=None,
        proposition=Control(holder=ARMY),
        score=0.5,
        because="test",
    )
    assert interest(alone) is None

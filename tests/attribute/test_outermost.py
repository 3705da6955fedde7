"""Acts of speech by the tags of the engine."""

from __future__ import annotations

from counterclaim.core.claim import Attack, Casualties, Control
from tests.reading import reading


def test_whoever_is_reminded_did_not_say_it() -> None:
    text = "Reminded that the bishop had accused the army of the killings, the spokesman said the army was in its barracks."
    found = reading(text, reader="trained", outlet="Wire")
    assert all("spokesman" not in (c.chain[-1].name or "") for c in found.claims if isinstance(c.proposition, Attack | Casualties))


def test_allegations_are_theirs_who_make_them() -> None:
    text = "Civilians need not fear, the minister said in response to allegations by the rebels that the army had shelled the market."
    found = reading(text, reader="trained", outlet="Wire")
    (shelled,) = [c for c in found.claims if isinstance(c.proposition, Attack)]
    assert "rebels" in (shelled.chain[-1].name or "")


def test_a_denial_does_not_reach_into_the_quotation_after_it() -> None:
    text = "The army denied the strike. “We hit a depot in Din,” its spokesman Olan Tress said."
    found = reading(text, reader="trained", outlet="Wire")
    assert all(c.act != "denies" for c in found.claims if "depot" in c.evidence.quote)


def test_what_is_told_to_anybody_who_calls_is_theirs_who_tell() -> None:
    text = "The Taliban tell anybody who calls that Paryan is theirs. The front says the opposite."
    (claim,) = (c for c in reading(text, reader="trained", outlet="Wire").claims if isinstance(c.proposition, Control))
    assert claim.chain[-1].name == "Taliban"
    assert isinstance(claim.proposition, Control)
    assert [mention.words for mention in claim.proposition.holder] == ["Taliban"]

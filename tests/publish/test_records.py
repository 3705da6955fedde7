from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from jsonschema import Draft202012Validator

from counterclaim.core.claim import KINDS, Claim, Proposition
from counterclaim.core.codec import claim_key, decode
from counterclaim.core.figure import Figure
from counterclaim.core.finding import Answered, Finding, Position, Standing, SumCheck
from counterclaim.core.link import Candidate, Link, LinkKind
from counterclaim.core.span import Evidence, Span
from counterclaim.core.voice import Voice
from counterclaim.core.when import When
from counterclaim.publish import claim_lines, finding_lines, schema_text

SCHEMA = Path(__file__).parents[2] / "docs" / "record.schema.json"
TALIBAN = {"words": "the group’s militant fighters", "span": {"start": 3, "end": 9}}
VALIDATOR = Draft202012Validator(json.loads(schema_text()), format_checker=Draft202012Validator.FORMAT_CHECKER)

PROPOSITIONS: dict[str, dict[str, Any]] = {
    "control": {"place": [{"words": "Panjshir"}], "holder": [TALIBAN], "change": "captured", "except": [{"words": "Bazarak"}]},
    "movement": {"actor": [TALIBAN], "action": "advance", "to": [{"words": "Rokha"}], "from": [{"words": "Paryan"}]},
    "fighting": {"sides": [TALIBAN], "place": [{"words": "the valley"}], "intensity": "heavy"},
    "attack": {"actor": [TALIBAN], "target": [{"words": "the market at Kibua"}], "means": "shelling", "place": [{"words": "Kibua"}]},
    "casualties": {"who": [TALIBAN], "harm": ["killed", "wounded"], "count": {"low": 1000, "high": None, "words": "At least 1,000"}},
    "offer": {
        "by": [{"words": "Massoud"}],
        "to": [TALIBAN],
        "asks": [{"act": "leave", "party": TALIBAN, "places": [{"words": "Panjshir"}]}],
        "undertakings": [{"act": "stop fighting"}],
        "sequence": "condition-first",
    },
    "answer": {"by": [TALIBAN], "to": [{"words": "Massoud"}], "value": "none"},
    "demand": {"by": [{"words": "scholars"}], "to": [TALIBAN], "acts": ["stop the war"], "places": [{"words": "Panjshir"}]},
    "pledge": {"by": [TALIBAN], "to": [{"words": "the UN"}], "acts": ["guarantee safety"]},
    "talks": {"participants": [TALIBAN], "place": [{"words": "Kabul"}], "topic": ["aid"]},
    "agreement": {"parties": [TALIBAN], "type": "ceasefire", "terms": ["not to attack"]},
    "violation": {"by": [TALIBAN], "of": ["the truce"], "place": [{"words": "Panjshir"}]},
    "aid": {
        "donor": [{"words": "WHO"}],
        "goods": ["supplies"],
        "amount": {"low": 26, "high": 26, "words": "26", "unit": "tonnes"},
        "stage": "sent",
        "mode": "air",
    },
    "need": {"who": [{"words": "Afghans"}], "count": {"low": 18000000, "high": 18000000, "words": "18 million"}, "need": ["aid"], "driver": ["drought"]},
    "verification": {"by": [{"words": "CNN"}], "value": "not-verified", "about": ["the toll"]},
    "protest": {"actor": [{"words": "women"}], "place": [{"words": "Kabul"}], "count": {"low": None, "high": None, "words": "dozens"}},
    "statement": {"content": ["it was a good day"]},
}
LINKS = [
    Link("r1", "the group’s militant fighters", "actor", Candidate("Taliban", "q1", 0.9), "antecedent"),
    Link("r1", "Panjshir", "place", Candidate("Panjshir", "g1", 1.0), "gazetteer"),
    Link("r1", "Bazarak", "place", None, "two of that name"),
    Link("r2", "Rokha", "place", Candidate("Rukhah", "g2", 1.0), "of another report"),
]


def made(kind: str, **changes: Any) -> Claim:
    proposition: Proposition = msgspec.convert({"kind": kind, **PROPOSITIONS[kind]}, Proposition)
    day = msgspec.convert({"from": None, "to": "2021-09-05", "precision": "before", "words": "previously"}, When)
    voice = Voice("Belal Kareemi", speaks_for="Taliban", role="spokesman", cue="told", manner="indirect", span=Span(0, 5), content=(Span(6, 20),))
    claim = Claim(
        key="",
        report="r1",
        evidence=Evidence(0, 20, "x" * 20),
        chain=(Voice("CNN"), voice),
        act="asserts",
        hedges=("reportedly",),
        said=day,
        when=day,
        proposition=proposition,
        score=0.93,
        because="made up",
    )
    claim = msgspec.structs.replace(claim, **changes)
    return msgspec.structs.replace(claim, key=claim_key(claim))


def finding(standing: Standing, **changes: Any) -> Finding:
    position = Position("Taliban", "Taliban hold Paryan", "own-gain", ("c1",), 1, 3)
    whole = Finding(key="f1", question={"kind": "control", "place": None}, standing=standing, positions=(position,), verification="none", because="made up")
    return msgspec.structs.replace(whole, **changes)


def line(claim: Claim, links: list[Link] = LINKS) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(next(iter(claim_lines([claim], links))))
    return written


def test_the_schema_that_is_checked_in_is_ours() -> None:
    """After a change of the record, write it anew: python -c 'from counterclaim.publish import schema_text; print(schema_text(), end="")'"""
    assert SCHEMA.read_text(encoding="utf-8") == schema_text()


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(json.loads(schema_text()))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_valid(kind: str) -> None:
    VALIDATOR.validate(line(made(kind)))


@pytest.mark.parametrize("standing", get_args(Standing))
def test_every_standing_is_valid(standing: Standing) -> None:
    VALIDATOR.validate(json.loads(next(iter(finding_lines([finding(standing)])))))


def test_a_finding_with_all_it_may_carry_is_valid() -> None:
    full = finding(
        "claimed",
        low=9,
        high=12.5,
        rule="widest-range",
        formulations=("asks: leave",),
        terms=({"role": "ask", "act": "leave", "party": None, "places": None, "state": "open"},),
        answers=(Answered("Taliban", "none", "2021-09-05", ("c1",)),),
        sum_check=SumCheck("c1", ("c2", "c3"), "disagrees", "made up"),
    )
    VALIDATOR.validate(json.loads(next(iter(finding_lines([full])))))


@pytest.mark.parametrize(
    ("slot", "value", "why"),
    [
        ("evidence", None, "no evidence"),
        ("act", "insinuates", "no such act"),
        ("proposition", {"kind": "rumour"}, "no such kind"),
        ("proposition", {"kind": "control", "change": "liberated"}, "no such change"),
        ("proposition", {"kind": "control", "place": ["Paryan"]}, "a name without words"),
        ("proposition", {"kind": "casualties", "count": {"low": "many", "high": None, "words": "many"}}, "a bound that is no number"),
        ("when", {"from": "yesterday", "to": None, "precision": "day", "words": "yesterday"}, "a day that is no day"),
        ("chain", "CNN", "a chain that is no list"),
    ],
)
def test_a_wrong_claim_is_not_valid(slot: str, value: Any, why: str) -> None:
    wrong = {**line(made("control")), slot: value}
    assert not VALIDATOR.is_valid(wrong), why


@pytest.mark.parametrize(
    ("slot", "value"), [("standing", "likely"), ("positions", [{"party": "Taliban"}]), ("because", None), ("question", "who holds Paryan?")]
)
def test_a_wrong_finding_is_not_valid(slot: str, value: Any) -> None:
    assert not VALIDATOR.is_valid({**msgspec.to_builtins(finding("claimed")), slot: value})


@pytest.mark.parametrize("slot", ["key", "report", "evidence", "chain", "act", "hedges", "said", "when", "proposition", "score", "because"])
def test_what_a_claim_must_have(slot: str) -> None:
    written = line(made("control"))
    del written[slot]
    assert not VALIDATOR.is_valid(written)


def test_a_claim_as_the_record_describes_it() -> None:
    assert line(made("control")) == {
        "key": made("control").key,
        "report": "r1",
        "evidence": {"start": 0, "end": 20, "quote": "x" * 20},
        "chain": [
            {"name": "CNN"},
            {
                "name": "Belal Kareemi",
                "speaks_for": "Taliban",
                "role": "spokesman",
                "cue": "told",
                "manner": "indirect",
                "span": {"start": 0, "end": 5},
                "content": [{"start": 6, "end": 20}],
            },
        ],
        "act": "asserts",
        "hedges": ["reportedly"],
        "said": {"from": None, "to": "2021-09-05", "precision": "before", "words": "previously"},
        "when": {"from": None, "to": "2021-09-05", "precision": "before", "words": "previously"},
        "proposition": {
            "kind": "control",
            "change": "captured",
            "place": [{"words": "Panjshir", "name": "Panjshir", "key": "g1"}],
            "except": [{"words": "Bazarak", "name": None, "key": None}],
            "holder": [{"words": "the group’s militant fighters", "name": "Taliban", "key": "q1"}],
        },
        "score": 0.93,
        "because": "made up",
    }


@pytest.mark.parametrize(
    ("kind", "slot", "named"),
    [
        ("movement", "to", [None]),
        ("movement", "from", [None]),
        ("offer", "to", ["Taliban"]),
        ("answer", "by", ["Taliban"]),
        ("demand", "places", ["Panjshir"]),
        ("violation", "place", ["Panjshir"]),
    ],
)
def test_slots_are_named_by_what_they_hold(kind: str, slot: str, named: list[str | None]) -> None:
    assert [one["name"] for one in line(made(kind))["proposition"][slot]] == named


def test_terms_are_named() -> None:
    ask = line(made("offer"))["proposition"]["asks"][0]
    assert (ask["party"]["name"], ask["places"][0]["key"]) == ("Taliban", "g1")


@pytest.mark.parametrize(("kind", "name"), [("place", "Kibua market"), ("actor", "Kibua market")])
def test_a_target_may_be_a_place(kind: LinkKind, name: str) -> None:
    target = Link("r1", "the market at Kibua", kind, Candidate(name, "g3", 1.0), "made up")
    assert line(made("attack"), [target])["proposition"]["target"][0]["name"] == name


@pytest.mark.parametrize(
    ("targets", "name"),
    [
        ((("Taliban", "q1"), ("Taliban", "q1")), "Taliban"),
        ((("Taliban", "q1"), ("NRF", "q2")), None),
        ((("Taliban", "q1"), None), None),
        ((None, ("NRF", "q2")), None),
    ],
)
def test_links_that_disagree_name_nothing(targets: tuple[tuple[str, str] | None, ...], name: str | None) -> None:
    links = [Link("r1", TALIBAN["words"], "actor", Candidate(*one, 1.0) if one else None, "made up") for one in targets]  # type: ignore[arg-type]
    assert line(made("control"), links)["proposition"]["holder"][0]["name"] == name


def test_a_range_is_written_whole() -> None:
    written = json.loads(next(iter(finding_lines([finding("claimed", low=1000, rule="widest-range")]))))
    assert (written["low"], written["best"], written["high"]) == (1000, None, None)
    assert "low" not in json.loads(next(iter(finding_lines([finding("claimed")]))))


def test_lines_are_sorted_utf8_and_ended() -> None:
    lines = [*claim_lines([made("control")], LINKS), *finding_lines([finding("claimed", low=1, rule="widest-range")])]
    for written in lines:
        assert written.endswith(b"}\n")
        assert written.count(b"\n") == 1
        again = json.dumps(json.loads(written), ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
        assert written.decode() == again
    assert "group’s" in lines[0].decode()


def test_same_input_same_bytes() -> None:
    claims = [made(kind) for kind in KINDS]
    assert list(claim_lines(claims, LINKS)) == list(claim_lines(claims, LINKS[::-1]))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_lines_are_read_back(kind: str) -> None:
    claim = made(kind)
    back = decode(next(iter(claim_lines([claim]))), Claim)
    assert (back.key, back.evidence, back.chain, back.kind) == (claim.key, claim.evidence, claim.chain, kind)
    assert decode(next(iter(finding_lines([finding("claimed")]))), Finding) == finding("claimed")


def test_figures_keep_their_words() -> None:
    assert made("casualties").proposition.count == Figure(1000, None, "At least 1,000")  # type: ignore[union-attr]
    assert line(made("casualties"))["proposition"]["count"] == {"low": 1000, "high": None, "words": "At least 1,000", "unit": None}

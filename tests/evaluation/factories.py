"""A made-up report, gold claims about it and claims predicted for it."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

TEXT = "The League took Arvad on Monday. Three guards were killed and wounded. The League said it would leave Kesh if the Guard lifts the siege."
TOOK, HURT, OFFER = (sentence + "." for sentence in TEXT[:-1].split(". "))


def gold_claim(evidence: str, kind: str, slots: Json, **more: Any) -> Json:
    return {
        "evidence": evidence,
        "start": TEXT.index(evidence),
        "chain": [["Daily"]],
        "act": ["asserts"],
        "kind": kind,
        "slots": slots,
        "when": None,
        "required": True,
        **more,
    }


def claim(evidence: str, kind: str, slots: Json, **more: Any) -> Json:
    start = TEXT.index(evidence)
    return {
        "report": "r1",
        "evidence": {"start": start, "end": start + len(evidence), "quote": evidence},
        "chain": [{"name": "Daily"}],
        "act": "asserts",
        "when": None,
        "proposition": {"kind": kind, **slots},
        **more,
    }


def gold_file(*claims: Json, bans: tuple[Json, ...] = (), text: str = TEXT, **more: Any) -> Json:
    return {"id": "r1", "text": text, "outlet": "Daily", "published": "2031-05-06", "claims": list(claims), "must_not": list(bans), **more}


CONTROL = gold_claim(TOOK, "control", {"place": [["Arvad"]], "holder": [["League"]], "change": ["captured"]}, when=["2031-05-05", "2031-05-05"])
HARM = gold_claim(HURT, "casualties", {"who": [["guards"]], "harm": ["killed", "wounded"], "count": {"low": 3, "high": 3}})
DEAL = gold_claim(
    OFFER,
    "offer",
    {"by": [["League"]], "to": [["Guard"]], "asks": [["lift the siege"]], "undertakings": [["leave Kesh"]]},
    chain=[["Daily"], ["League", "The League"]],
    act=["proposes", "promises"],
)

SAID_CONTROL = claim(
    TOOK, "control", {"place": [{"words": "Arvad"}], "holder": [{"words": "The League"}], "change": "captured"}, when={"from": "2031-05-05", "to": "2031-05-05"}
)
SAID_HARM = claim(HURT, "casualties", {"who": [{"words": "guards"}], "harm": ["killed", "wounded"], "count": {"low": 3, "high": 3}})
SAID_DEAL = claim(
    OFFER,
    "offer",
    {
        "by": [{"words": "it", "name": "League"}],
        "to": [{"words": "the Guard"}],
        "asks": [{"act": "lifts the siege", "party": {"words": "the Guard"}}],
        "undertakings": [{"act": "leave", "places": [{"words": "Kesh"}]}],
    },
    chain=[{"name": "Daily"}, {"name": "League"}],
    act="proposes",
)

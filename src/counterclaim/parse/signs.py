"""Turn a candidate of a pronoun into the signs that speak for and against it, their weighed sum, and the reason to show.

What it captures: how far back it stands, what it does there and what the pronoun does, how the report speaks of it, what
kind of thing it is. What each sign weighs is in the word lists.

What it does not: whether it agrees or is barred, which is settled before; what makes sense in the world.

Example: the subject of the sentence before, a person with a name, for "he" → "before", "parallel", "named", "topic".
"""

from __future__ import annotations

import math
from functools import cache

from counterclaim.knowledge.lexicon import mapped, table, words
from counterclaim.parse.entities import Entity, Mention, Pronoun
from counterclaim.parse.kinds import A_BODY, A_PARTY, A_PLACE, A_THING, BODY, PLACE, WILLED
from counterclaim.parse.memory import Memory
from counterclaim.parse.nouns import is_document


def signs(memory: Memory, p: Pronoun, e: Entity, m: Mention, rank: int) -> dict[str, float]:
    """What speaks for and against a candidate, seen from its nearest mention."""
    back = memory.number - m.sentence
    verb = memory.sentence.tokens[p.clause].lemma.lower() if p.role == "subject" else ""
    return {
        "bias": 1,
        # How far back, in sentences, in other candidates, and across a paragraph.
        "same": back == 0,
        "before": back == 1,
        "far": back >= 3,
        "rank": min(rank, 4),
        "paragraph": m.line != memory.sentence.line,
        # What the nearest mention does.
        "parallel": m.role == p.role and m.role in ("subject", "object", "possessor"),
        "indirect": m.role in ("oblique", "other"),
        "part": m.role == "part",
        "joined": m.is_member,
        "again": m.form == p.form,
        # How the report speaks of it.
        "count": min(3.0, math.log2(1 + e.count)),
        "named": bool(e.name),
        "new": e.determiner in ("a", "an"),
        "several": e.number == "many",
        "body": e.kinds == A_BODY,
        "party": e.kinds == A_PARTY,
        "place": e.kinds == A_PLACE,
        "thing": e.kinds == A_THING,
        "unsure": len(e.kinds) > 1 and e.kinds != A_PARTY,
        # What the pronoun does: only who has a will speaks and acts; a place is where, not what.
        "says": verb in mapped("cues", "verbs") and bool(e.kinds & WILLED),
        "acts": verb not in ("", "have", "be") and memory.clauses.has_object(p.clause) and BODY in e.kinds,
        "where": PLACE in e.kinds and m.role == "oblique",
        "tells": is_document(e) and e.determiner in ("a", "an") and verb in words("antecedents", "nouns", "content_verbs"),
    }


def score(form: str, features: dict[str, float]) -> float:
    """The weighed sum of a candidate's signs for a pronoun."""
    return sum(weight * features[sign] for sign, weight in _weights("he" if form == "she" else form).items())


@cache
def _weights(form: str) -> dict[str, float]:
    """How much each sign weighs for a pronoun."""
    found: dict[str, float] = table("antecedents")["weights"][form]
    return found


def because(features: dict[str, float]) -> str:
    """The reason for a person to read: the strongest sign there is."""
    told = (
        ("own", "subject of its own clause"),
        ("around", "subject of the clause around it"),
        ("ahead", "subject of the clause that follows"),
        ("again", "meant by the same pronoun before"),
    )
    said = next((reason for name, reason in told if features.get(name)), None)
    if said is not None:
        return said
    where = "this sentence" if features["same"] else "the sentence before" if features["before"] else "the sentences before"
    return f"subject of {where}" if features.get("topic") else f"nearest that fits in {where}"

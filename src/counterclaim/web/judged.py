"""Claims as people judged them, for lists and for one: what the record finds, with what was corrected, added or rejected in its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from heapq import merge

import msgspec

from counterclaim.core.claim import Claim
from counterclaim.core.judgement import Judgement, State
from counterclaim.errors import JudgementRefused
from counterclaim.reconcile.decisions import standing_judgements
from counterclaim.reconcile.judging import added_claim
from counterclaim.store import Filter
from counterclaim.web.routes import Asked

EVERY = Filter()


def claims(asked: Asked, wanted: Filter = EVERY) -> Iterator[Claim]:
    """The claims that count and meet the filter, in the order of their reports, read no further than they are asked for."""
    held = asked.held
    touched = held.keep("claims people touched", lambda: _touched(asked))
    # What the state at hand has not is rejected, unless it came later.
    may_be_new = asked.is_behind
    keys = (key for key in asked.store.keys(wanted) if key not in touched and (may_be_new or key in held.claims))
    read = (held.claims.get(key) or asked.store.claim(key) for key in keys)
    return merge(read, sorted(_meeting(asked, touched, wanted), key=_in_order), key=_in_order)


def judged(asked: Asked, key: str) -> tuple[Claim, State, tuple[Judgement, ...]]:
    """A claim as it counts, a rejected one as it was read; what became of it; and the judgements about it that stand. Raises NotFound."""
    about = list(asked.store.judgements(key))
    standing = tuple(standing_judgements([*about, *(other for one in about for other in asked.store.judgements(one.key))]))
    decisions = [one.decision for one in standing if one.decision in ("accept", "reject", "correct")]
    found = asked.held.claims.get(key)
    if found is None:
        return asked.store.claim(key), "rejected" if decisions[:1] == ["reject"] else "unreviewed", standing
    state: State = "added" if asked.store.home(key) is None else "corrected" if "correct" in decisions else "accepted" if decisions else "unreviewed"
    return found, state, standing


def _touched(asked: Asked) -> Mapping[str, Claim | None]:
    """The claims that somebody corrected, added or rejected, as they count; nothing for those that do not."""
    keys: set[str] = set()
    for one in standing_judgements(asked.store.judgements()):
        if one.decision in ("correct", "reject"):
            keys.add(one.about)
        elif one.decision == "add":
            with suppress(JudgementRefused):
                keys.add(added_claim(one).key)
    return {key: asked.held.claims.get(key) for key in keys}


def _meeting(asked: Asked, touched: Mapping[str, Claim | None], wanted: Filter) -> list[Claim]:
    """Those of the claims touched that meet the filter: it is held against what they say now."""
    report = (wanted.report or "").strip()
    found = [one for one in touched.values() if one is not None and report in ("", one.report)]
    if not found or msgspec.structs.replace(wanted, report=None) == EVERY:
        return found

    def met() -> tuple[set[str]]:
        reports = sorted({one.report for one in found})
        texts = [text for name in reports if (text := asked.store.find(name)) is not None]
        return (asked.store.matching(found, texts, (link for name in reports for link in asked.held.links_of.get(name, ())), wanted),)

    (keys,) = asked.held.lately("claims people touched that meet", wanted, met)
    return [one for one in found if one.key in keys]


def _in_order(claim: Claim) -> tuple[str, int, int, str]:
    return claim.report, claim.evidence.start, claim.evidence.end, claim.key

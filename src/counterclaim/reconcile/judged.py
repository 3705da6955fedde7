"""The claims of a report, as read, and a person's judgements to the claims that count, with the state of each.

What it captures: a rejected claim counts for nothing; a corrected one counts as corrected, under its own key; an added one counts; what
was judged in an older reading counts for the one claim that now says the same at these words. The later judgement goes before the earlier.
What it does not: guess. A judgement that fits no claim, or several, is adrift: it changes nothing, and is listed with the reason.
Example: a claim read as "control: holder Taliban", corrected to the NRF and accepted by somebody else, counts as the NRF's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from counterclaim.core.claim import KEY_SLOTS, Claim, Proposition
from counterclaim.core.folding import folded
from counterclaim.core.judgement import Adrift, Anchor, Judgement, Reviewed, State
from counterclaim.core.link import Candidate, Link, LinkKind
from counterclaim.core.report import Report
from counterclaim.core.voice import Act, origin
from counterclaim.errors import JudgementRefused
from counterclaim.reconcile.decisions import standing_judgements
from counterclaim.reconcile.filling import named
from counterclaim.reconcile.judging import added_claim, anchor, corrected, corrections, told, worded

# What is decided about claims; the others are about actors, stories, terms and judgements.
ABOUT_CLAIMS = frozenset(("accept", "correct", "reject", "add", "grade", "comment"))
NO_CLAIM = "no claim of this kind at these words any more"


class Judged(NamedTuple):
    """The claims of a report that count, by key; every claim with its state; the judgements adrift; and whom names given by a person mean."""

    claims: tuple[Claim, ...]
    reviewed: tuple[Reviewed, ...]
    adrift: tuple[Adrift, ...]
    links: tuple[Link, ...]


class _Said(NamedTuple):
    """What two claims are compared by."""

    kind: str
    act: Act | None
    voice: str | None
    said: Proposition | None


def about_claims(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements about claims that stand, the latest first."""
    return [one for one in standing_judgements(judgements) if one.decision in ABOUT_CLAIMS]


def judged(read: Iterable[Claim], judgements: Sequence[Judgement], report: Report | None = None) -> Judged:
    """What the claims of one report come to by the judgements about them that stand, the latest first. An added claim must quote the report."""
    claims = {claim.key: claim for claim in read}
    about: defaultdict[str, list[Judgement]] = defaultdict(list)
    moved: defaultdict[str, list[str]] = defaultdict(list)
    adrift: list[Adrift] = []
    added: dict[str, Claim] = {}
    for one in judgements:
        if one.decision == "add":
            try:
                new = _quoting(added_claim(one), report)
            except JudgementRefused as error:
                adrift.append(Adrift(one, str(error)))
                continue
            twin = _fitting(anchor(new), claims.values(), [_said(new)])[1]
            if new.key not in claims and len(twin) != 1:
                added.setdefault(new.key, new)
            about[new.key if new.key in claims or len(twin) != 1 else twin[0].key].append(one)
    claims |= added
    for one in judgements:
        if one.decision == "add":
            continue
        if one.about in claims:
            about[one.about].append(one)
        elif (found := _again(one, claims.values())) and isinstance(found, Claim):
            about[found.key].append(one)
            moved[found.key].append(one.key)
        elif isinstance(found, Adrift):
            adrift.append(found)
    reviewed = []
    for key in sorted(claims):
        decided = sorted(about[key], key=lambda one: (one.moment, one.key), reverse=True)
        state, counts, unfit = _reviewed(claims[key], decided, is_added=key in added)
        adrift += unfit
        reviewed.append(Reviewed(claim=claims[key], state=state, effective=counts, judgements=tuple(decided), moved=tuple(sorted(moved[key]))))
    counting = tuple(one.effective for one in reviewed if one.effective is not None)
    links = tuple(_links(one for one in reviewed if one.state in ("corrected", "added")))
    return Judged(counting, tuple(reviewed), tuple(sorted(adrift, key=lambda one: (one.judgement.moment, one.judgement.key))), links)


def _quoting(claim: Claim, report: Report | None) -> Claim:
    """The claim added. Raises JudgementRefused where its evidence is not what the report says there."""
    at = claim.evidence
    if report is not None and (claim.report != report.id or at.start < 0 or at.span.of(report.text) != at.quote):
        raise JudgementRefused(f"it adds a claim that quotes {at.quote!r}, which report {report.id} does not say at {at.start}-{at.end}; undo it and add anew")
    return claim


def named_anew(links: Iterable[Link], theirs: Sequence[Link]) -> list[Link]:
    """The links of a report, with those of a person in the place of the reader's for the same words."""
    told = {(link.words, link.kind) for link in theirs}
    return [*(link for link in links if (link.words, link.kind) not in told), *theirs]


def _reviewed(claim: Claim, decided: Sequence[Judgement], *, is_added: bool) -> tuple[State, Claim | None, list[Adrift]]:
    """The state of a claim, what it counts as, and the corrections that cannot be applied to it."""
    unfit: list[Adrift] = []
    now, why = claim, []
    for one in reversed(decided):
        if one.decision == "correct":
            try:
                after = corrected(now, corrections(one))
            except JudgementRefused as error:
                unfit.append(Adrift(one, str(error), (claim.key,)))
                continue
            if after != now:
                why.append(f"corrected by {one.by} on {one.at.date().isoformat()}: {told(one)}")
            now = after
    told_unfit = {one.judgement.key for one in unfit}
    last = next((one.decision for one in decided if one.decision in ("accept", "reject", "correct", "add") and one.key not in told_unfit), None)
    if last == "reject":
        return "rejected", None, unfit
    if why:
        now = msgspec.structs.replace(now, because="; ".join((claim.because, *why)))
    if is_added:
        return "added", now, unfit
    if why:
        return "corrected", now, unfit
    return "accepted" if last else "unreviewed", now, unfit


def _again(judgement: Judgement, claims: Iterable[Claim]) -> Claim | Adrift:
    """The one claim that a judgement about another reading is about now, or why there is none."""
    if not judgement.anchor:
        return Adrift(judgement, "it was made before the words judged were kept with it, and no claim has its key any more")
    at = judgement.anchor
    meant = [_Said(at.kind, at.act, at.voice, at.said)]
    near, same = _fitting(at, claims, [*meant, *_as_corrected(judgement, at)])
    keys = tuple(claim.key for claim in near)
    if len(same) == 1:
        return same[0]
    if same:
        return Adrift(judgement, f"{len(same)} claims at these words say it now; judge the one that is meant", keys)
    return Adrift(judgement, f"the reader now says {' or '.join(_now(claim) for claim in near)}" if near else NO_CLAIM, keys)


def _fitting(at: Anchor, claims: Iterable[Claim], meant: Sequence[_Said]) -> tuple[list[Claim], list[Claim]]:
    """The claims of the kind at these words (half of the shorter stretch, or more), and those of them that say what was meant."""
    near = sorted((claim for claim in claims if claim.kind == at.kind and _shared(at, claim)), key=lambda claim: claim.key)
    return near, [claim for claim in near if any(_agree(one, _said(claim)) for one in meant)]


def _shared(at: Anchor, claim: Claim) -> bool:
    both = min(at.end, claim.evidence.end) - max(at.start, claim.evidence.start)
    return both * 2 >= min(at.end - at.start, claim.evidence.end - claim.evidence.start) and both > 0


def _said(claim: Claim) -> _Said:
    return _Said(claim.kind, claim.act, origin(claim.chain).name if claim.chain else None, claim.proposition)


def _as_corrected(judgement: Judgement, at: Anchor) -> list[_Said]:
    """What a correction made of the claim: a reader that now says so itself agrees with the person."""
    if judgement.decision != "correct" or at.said is None:
        return []
    try:
        changes = corrections(judgement)
        plain = msgspec.to_builtins(at.said)
        for change in changes:
            if change.slot in at.said.__struct_encode_fields__:
                plain[change.slot] = change.now
        act = next((one.now for one in changes if one.slot == "act"), at.act)
        voices = next((one.now for one in changes if one.slot == "chain"), None)
        voice = (voices[-1]["name"] if voices else None) if any(one.slot == "chain" for one in changes) else at.voice
        return [_Said(at.kind, act, voice, msgspec.convert({slot: value for slot, value in plain.items() if value is not None}, Proposition))]
    except (JudgementRefused, msgspec.ValidationError):
        return []


def _agree(one: _Said, other: _Said) -> bool:
    """Whether two claims of a kind say the same: act, origin and key slots alike, and no other slot filled by both in two ways."""
    if one.said is None or other.said is None or (one.act, folded(one.voice or "")) != (other.act, folded(other.voice or "")):
        return False
    own, theirs = _filled(one.said), _filled(other.said)
    needed = set(KEY_SLOTS.get(one.kind, ()))
    return all(own.get(slot) == theirs.get(slot) for slot in own.keys() | theirs.keys() if slot in needed or (slot in own and slot in theirs))


def _filled(said: Proposition) -> dict[str, object]:
    """The filled slots, by what their words come to."""
    slots = ((name, getattr(said, field)) for name, field in zip(said.__struct_encode_fields__, said.__struct_fields__, strict=True))
    return {name: _alike(value) for name, value in slots if value not in ((), None)}


def _alike(value: object) -> object:
    if isinstance(value, tuple):
        return frozenset(_alike(one) for one in value)
    low, high = getattr(value, "low", None), getattr(value, "high", None)
    if (low, high) != (None, None):
        return (low, high, getattr(value, "unit", None))
    return folded(str(getattr(value, "words", None) or getattr(value, "act", None) or value))


def _now(claim: Claim) -> str:
    said = claim.proposition
    slots = ((name, getattr(said, field)) for name, field in zip(said.__struct_encode_fields__, said.__struct_fields__, strict=True))
    filled = ", ".join(f"{name} {worded(msgspec.to_builtins(value))}" for name, value in slots if value not in ((), None))
    return f"“{filled}” ({claim.act}, {(origin(claim.chain).name if claim.chain else None) or 'an unnamed source'})"


def _links(reviewed: Iterable[Reviewed]) -> Iterable[Link]:
    """Whom the names that a person gave mean: a link a person made, for the whole report. Of several for the same words the first by name."""
    found: dict[tuple[str, LinkKind], Link] = {}
    for one in reviewed:
        claim = one.effective or one.claim
        who = next((each.by for each in one.judgements if each.decision in ("correct", "add")), "a person")
        said = claim.proposition
        for name, field in zip(said.__struct_encode_fields__, said.__struct_fields__, strict=True):
            for mention, kind in named(claim.kind, name, getattr(said, field)):
                if mention.name:
                    key = mention.key or f"judged:{folded(mention.name)}"
                    link = Link(claim.report, mention.words, kind, Candidate(mention.name, key, 1.0), f"{who} says so")
                    other = found.get((mention.words, kind))
                    if other is None or other.target is None or mention.name < other.target.name:
                        found[mention.words, kind] = link
    return [found[where] for where in sorted(found)]

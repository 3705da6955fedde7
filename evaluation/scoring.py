"""The gold score: predicted claims against the gold file of their report. Pure functions on parsed JSON.

What counts as right is the gold format's definition; `score` gives its figures under its names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from typing import Any, NamedTuple

from counterclaim.core.claim import KEY_SLOTS
from evaluation.slots import Hits, fillers_said, hits, is_banned, listed
from evaluation.wording import same_name

Json = dict[str, Any]

# A predicted evidence may be this many characters longer than gold's; a whole page is evidence of nothing.
LONGER = 600
OFFER_TERMS = (("offer", "asks"), ("offer", "undertakings"))


class Pair(NamedTuple):
    """A gold claim and a predicted one that tell of the same thing, and what is right about it."""

    gold: int
    predicted: int
    slots: dict[str, Hits]
    voice: bool
    chain: bool
    act: bool
    key: bool
    dated: bool

    @property
    def record(self) -> bool:
        """Whether the kind, the key slots, the origin and the act are all right."""
        return self.voice and self.act and self.key

    @property
    def likeness(self) -> float:
        """How well the two fit; the best fits are paired first."""
        right = sum(found.right for found in self.slots.values())
        most = sum(max(found.said, found.wanted) for found in self.slots.values()) or 1
        return self.key + right / most + 0.5 * self.voice + 0.25 * self.act


@dataclass(slots=True)
class Tally:
    """What the figures are made of; tallies of several reports or kinds add up."""

    gold: int = 0
    said: int = 0
    paired: int = 0
    record: int = 0
    voice: int = 0
    chain: int = 0
    act: int = 0
    dated: int = 0
    dates: int = 0
    slot_right: int = 0
    slot_said: int = 0
    slot_wanted: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


@dataclass(slots=True)
class Outcome:
    """One report scored: tallies by kind, slot fillers by (kind, slot), and the claims behind them.

    `pairs` are of required gold claims alone; `missed` are those of them that nobody said, `extra` the predicted
    claims nobody asked for, `forbidden` the bans with the claims that fall under them.
    """

    id: str
    kinds: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    slots: dict[tuple[str, str], Hits] = field(default_factory=dict)
    pairs: list[Pair] = field(default_factory=list)
    missed: list[Json] = field(default_factory=list)
    extra: list[Json] = field(default_factory=list)
    forbidden: list[tuple[Json, Json]] = field(default_factory=list)
    misquoted: int = 0

    def count(self, kind: str, slot: str, found: Hits) -> None:
        """Add the fillers of one slot."""
        tally, before = self.kinds[kind], self.slots.get((kind, slot), Hits())
        tally.slot_right += found.right
        tally.slot_said += found.said
        tally.slot_wanted += found.wanted
        self.slots[kind, slot] = Hits(*(a + b for a, b in zip(before, found, strict=True)))


def score(golds: Iterable[Json], predicted: Iterable[Json]) -> Json:
    """Return the figures of the predicted claims, of whatever reports, against these gold files."""
    return figures(outcomes(golds, predicted))


def outcomes(golds: Iterable[Json], predicted: Iterable[Json]) -> list[Outcome]:
    """Each gold file scored against the predicted claims of its report."""
    by_report: dict[str, list[Json]] = defaultdict(list)
    for claim in predicted:
        by_report[claim["report"]].append(claim)
    return [outcome(gold, by_report.get(gold["id"], [])) for gold in golds]


def outcome(gold: Json, claims: Sequence[Json]) -> Outcome:
    """One report: its gold file against the claims predicted for it."""
    result = Outcome(gold["id"], misquoted=sum(_is_misquoted(gold["text"], claim) for claim in claims))
    paired = pairs(gold["claims"], claims)
    of_gold, of_claims = {pair.gold for pair in paired}, {pair.predicted for pair in paired}
    excused = {pair.predicted for pair in paired if _is_optional(gold["claims"][pair.gold])}
    for pair in paired:
        if pair.predicted not in excused:
            result.pairs.append(pair)
            _add_pair(result, gold["claims"][pair.gold], pair)
    for i, wanted in enumerate(gold["claims"]):
        if _is_optional(wanted):
            continue
        result.kinds[wanted["kind"]].gold += 1
        if i not in of_gold:
            result.missed.append(wanted)
            for slot, fillers in wanted["slots"].items():
                result.count(wanted["kind"], slot, Hits(wanted=hits(slot, None, fillers).wanted))
    for i, claim in enumerate(claims):
        if i in excused:
            continue
        kind = claim["proposition"]["kind"]
        result.kinds[kind].said += 1
        if i not in of_claims:
            result.extra.append(claim)
            for slot, fillers in claim["proposition"].items():
                if slot != "kind" and fillers:
                    result.count(kind, slot, Hits(said=fillers_said(fillers)))
    result.forbidden = [(ban, claim) for ban in gold.get("must_not", []) for claim in claims if is_forbidden(claim, ban)]
    return result


def pairs(golds: Sequence[Json], claims: Sequence[Json]) -> list[Pair]:
    """Pair the gold and predicted claims one to one, the best fits first; a required gold claim goes before an optional one."""
    possible = [_compared(g, p, gold, claim) for g, gold in enumerate(golds) for p, claim in enumerate(claims) if _may_pair(gold, claim)]
    possible.sort(key=lambda pair: (-pair.likeness, _is_optional(golds[pair.gold]), pair.gold, pair.predicted))
    chosen: list[Pair] = []
    of_gold: set[int] = set()
    of_claims: set[int] = set()
    for pair in possible:
        if pair.gold not in of_gold and pair.predicted not in of_claims:
            of_gold.add(pair.gold)
            of_claims.add(pair.predicted)
            chosen.append(pair)
    return chosen


def is_forbidden(claim: Json, ban: Json) -> bool:
    """Whether the claim records what a careful reader must not: all that the ban names must hold of it. A ban without slots forbids nothing."""
    start, end = _ends(claim)
    if claim["proposition"]["kind"] != ban["kind"]:
        return False
    if "start" in ban and (end <= ban["start"] or start >= ban["start"] + len(ban.get("evidence", " "))):
        return False
    if ban.get("act") and claim.get("act") not in listed(ban["act"]):
        return False
    if ban.get("chain") and not same_origin(claim.get("chain") or [], ban["chain"]):
        return False
    slots: Mapping[str, Any] = ban.get("slots") or {}
    return bool(slots) and all(is_banned(slot, claim["proposition"].get(slot), fillers) for slot, fillers in slots.items())


def same_origin(chain: Sequence[Json], gold: Sequence[Sequence[str | None]]) -> bool:
    """Whether the innermost voice is an accepted one. An accepted null is a nameless voice, or the outlet's own where it stands alone."""
    innermost: Json = chain[-1] if chain else {}
    accepted = gold[-1] if gold else [None]
    if None in accepted and (not innermost.get("name") if len(gold) > 1 else len(chain) <= 1):
        return True
    said = [innermost.get("name"), innermost.get("words")]
    if not innermost.get("name"):
        said.append(innermost.get("speaks_for"))
    return _any_same(said, accepted)


def same_chain(chain: Sequence[Json], gold: Sequence[Sequence[str | None]]) -> bool:
    """Whether every voice after the outlet is right, in order, and none is too many."""
    said, wanted = chain[1:], gold[1:]
    return len(said) == len(wanted) and all(
        (None in accepted and not voice.get("name")) or _any_same([voice.get("name"), voice.get("words")], accepted)
        for voice, accepted in zip(said, wanted, strict=True)
    )


def figures(results: Sequence[Outcome]) -> Json:
    """Return the figures over all these reports, in percent, and those of each kind."""
    kinds: dict[str, Tally] = defaultdict(Tally)
    for result in results:
        for kind, tally in result.kinds.items():
            kinds[kind] += tally
    return {
        "reports": len(results),
        **_row(sum(kinds.values(), Tally())),
        "must_not": sum(len(result.forbidden) for result in results),
        "misquoted": sum(result.misquoted for result in results),
        "kinds": {kind: _row(tally) for kind, tally in sorted(kinds.items())},
    }


def slot_figures(results: Iterable[Outcome], wanted: Iterable[tuple[str, str]] = OFFER_TERMS) -> dict[str, float]:
    """Precision, recall and F1 over the fillers of these (kind, slot)s alone: by default the terms of offers."""
    wanted = tuple(wanted)
    found = [result.slots.get(slot, Hits()) for result in results for slot in wanted]
    return f1(sum(h.right for h in found), sum(h.said for h in found), sum(h.wanted for h in found))


def f1(right: int, said: int, wanted: int) -> dict[str, float]:
    """Precision, recall and F1 in percent, to one decimal."""
    precision, recall = right / said if said else 0.0, right / wanted if wanted else 0.0
    both = 200 * precision * recall / (precision + recall) if right else 0.0
    return {"p": round(100 * precision, 1), "r": round(100 * recall, 1), "f1": round(both, 1)}


def _row(tally: Tally) -> Json:
    def share(right: int, of: int) -> float:
        return round(100 * right / of, 1) if of else 0.0

    return {
        "found": f1(tally.paired, tally.said, tally.gold),
        "record": f1(tally.record, tally.said, tally.gold),
        "slots": f1(tally.slot_right, tally.slot_said, tally.slot_wanted),
        "voice": share(tally.voice, tally.paired),
        "chain": share(tally.chain, tally.paired),
        "act": share(tally.act, tally.paired),
        "when": share(tally.dated, tally.dates),
        "gold": tally.gold,
        "said": tally.said,
    }


def _may_pair(gold: Json, claim: Json) -> bool:
    """Whether kind and place in the text allow the two to tell of the same thing."""
    if claim["proposition"]["kind"] != gold["kind"]:
        return False
    (start, end), at = _ends(claim), int(gold["start"])
    long = len(gold["evidence"])
    shared = min(end, at + long) - max(start, at)
    return shared >= min(end - start, long) / 2 and end - start <= long + LONGER


def _compared(g: int, p: int, gold: Json, claim: Json) -> Pair:
    chain: Sequence[Json] = claim.get("chain") or []
    found = {slot: hits(slot, claim["proposition"].get(slot), fillers) for slot, fillers in gold["slots"].items()}
    voice = same_origin(chain, gold["chain"])
    when: Json = claim.get("when") or {}
    return Pair(
        gold=g,
        predicted=p,
        slots=found,
        voice=voice,
        chain=voice and same_chain(chain, gold["chain"]),
        act=claim.get("act") in listed(gold["act"]),
        key=all(found[slot].is_whole for slot in KEY_SLOTS[gold["kind"]] if slot in found),
        dated=bool(gold.get("when")) and [when.get("from"), when.get("to")] == list(gold["when"]),
    )


def _add_pair(result: Outcome, gold: Json, pair: Pair) -> None:
    tally = result.kinds[gold["kind"]]
    tally.paired += 1
    tally.record += pair.record
    tally.voice += pair.voice
    tally.chain += pair.chain
    tally.act += pair.act
    tally.dated += pair.dated
    tally.dates += bool(gold.get("when"))
    for slot, found in pair.slots.items():
        result.count(gold["kind"], slot, found)


def _any_same(said: Iterable[str | None], accepted: Iterable[str | None]) -> bool:
    names = [name for name in accepted if name]
    return any(same_name(voice, name) for voice in said if voice for name in names)


def _ends(claim: Json) -> tuple[int, int]:
    return claim["evidence"]["start"], claim["evidence"]["end"]


def _is_optional(gold: Json) -> bool:
    return gold.get("required") is False


def _is_misquoted(text: str, claim: Json) -> bool:
    start, end = _ends(claim)
    quote: str = claim["evidence"]["quote"]
    return text[start:end] != quote

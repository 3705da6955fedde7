"""Claims to stories: attacks, fighting, changes of control, movements and their casualties gathered into events across reports.

What it captures: claims of one place and day, of a place and the unit that holds it, of two points close by, of one named victim; the
harm told in the sentence of an attack; a report's one event told throughout it; a denial with what it denies. Two sides that blame each
other for one attack are in one story.
What it does not: join a count over a war, a long time or a country (`totals_told`) with an event; join claims that contradict each other on day, place, attacker, taker or loser, thing hit, way of attack or, by four
times or more, on the count; part two attacks of one day in one place between which nothing that was read tells.
Example: nine dead by one report, at least 14 by another two days later, and each side blaming the other, for one shelling: one story.

Cost: near linear. A claim is compared with a bounded number of others (`blocks`), and clusters by what they say as a whole, not pair by
pair, so that 100,000 reports with a million claims make some tens of millions of comparisons at most.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from counterclaim.core.claim import Claim
from counterclaim.core.judgement import Judgement
from counterclaim.core.lineage import Kinship
from counterclaim.core.link import Link
from counterclaim.core.report import Report
from counterclaim.core.story import Story
from counterclaim.reconcile.context import Context, context
from counterclaim.reconcile.decisions import pairs as decided_pairs
from counterclaim.reconcile.stories.blocks import pairs
from counterclaim.reconcile.stories.clusters import Clusters
from counterclaim.reconcile.stories.events import Event, events
from counterclaim.reconcile.stories.likeness import ENOUGH, Pair, score
from counterclaim.reconcile.stories.telling import story
from counterclaim.reconcile.totals_told import totals_told
from counterclaim.reconcile.whereabouts import Whereabouts

__all__ = ["stories", "stories_on"]


def stories(
    claims: Iterable[Claim],
    reports: Iterable[Report] = (),
    links: Iterable[Link] = (),
    judgements: Iterable[Judgement] = (),
    kinships: Iterable[Kinship] = (),
) -> list[Story]:
    """The stories these claims tell, in the order of their days and keys; the order of what comes in changes nothing.

    A claim stands in one story or, where it tells no event, in none. A judgement `merge` or `split` about one claim, with the key of
    another as its value, goes before every rule, the later before the earlier; withdrawn, it was never there. `kinships` say which
    reports were taken from which.
    """
    links = tuple(links)
    at_hand = context(claims, reports, links)
    return stories_on(at_hand, Whereabouts(at_hand, links), judgements, kinships)


def stories_on(at_hand: Context, whereabouts: Whereabouts, judgements: Iterable[Judgement] = (), kinships: Iterable[Kinship] = ()) -> list[Story]:
    """The stories that the claims at hand tell, as `stories` gives them: for those who have the context of everything already."""
    decided = decided_pairs(judgements)
    told = list(events(at_hand, whereabouts, frozenset(claim for one in decided if one.is_merge for claim in (one.a, one.b))))
    # A count of a whole war is of no event, and would part one from its own toll.
    totals = totals_told(at_hand, whereabouts.countries)
    kin = [one for one in kinships if one.relation in ("copy", "version", "rewrite", "lift")]
    related = {frozenset((one.a, one.b)) for one in kin}
    clusters = Clusters(told, at_hand.names)
    clusters.decide(decided)
    scored: list[Pair] = []
    for a, b in pairs(told):
        if (told[a].key in totals) != (told[b].key in totals) and not _are_periods(told[a], told[b]):
            continue
        value, because = score(told[a], told[b], are_kin=frozenset((told[a].claim.report, told[b].claim.report)) in related)
        if value >= ENOUGH and clusters.can_meet(a, b):
            scored.append(Pair(value, a, b, because))
    clusters.merge(scored)
    roots = _roots(kin)
    found = [story(at_hand, told, cluster, roots) for cluster in clusters.all()]
    return sorted(found, key=lambda one: (str(one.last or ""), str(one.first or ""), one.key))


def _are_periods(one: Event, other: Event) -> bool:
    """Whether both are of a long time; those join only where it is the very same."""
    return bool(one.window and other.window and one.window.is_period and other.window.is_period)


def _roots(kin: Iterable[Kinship]) -> Mapping[str, str]:
    """For each copied or rewritten report the report at the head of its line."""
    parents: dict[str, str] = {}
    for one in sorted(kin, key=lambda one: (-one.score, one.a, one.b)):
        if one.source is not None and one.relation in ("copy", "version", "rewrite"):
            parents.setdefault(one.b if one.source == one.a else one.a, one.source)
    roots: dict[str, str] = {}
    for report in parents:
        seen, top = {report}, report
        # Two reports may each be called the other's source; the line then ends where it would close.
        while top in parents and parents[top] not in seen:
            top = parents[top]
            seen.add(top)
        roots[report] = top
    return roots

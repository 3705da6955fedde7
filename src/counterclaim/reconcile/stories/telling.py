"""Clusters of events to stories: days, place, actors, figures, reports and origins, with the claims each rests on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from counterclaim.core.claim import Casualties, Claim, Harm
from counterclaim.core.codec import key
from counterclaim.core.story import Part, Role, Spot, Story, Toll
from counterclaim.reconcile.context import Context
from counterclaim.reconcile.origins import is_narration
from counterclaim.reconcile.ranges import Bounds, bounds, widest
from counterclaim.reconcile.stories.clusters import Cluster
from counterclaim.reconcile.stories.events import Event


def story(context: Context, events: Sequence[Event], cluster: Cluster, roots: Mapping[str, str]) -> Story:
    """The story of a cluster. `roots` gives for a copied or rewritten report the one it was taken from."""
    members = sorted((events[i] for i in cluster.members), key=lambda event: event.key)
    claims = tuple(event.key for event in members)
    reports = tuple(sorted({event.claim.report for event in members}))
    window = cluster.profile.window
    joins = tuple(sorted(cluster.joins, key=lambda join: (-join.score, join.a, join.b)))
    return Story(
        key=key("story", claims),
        kinds=tuple(sorted({event.claim.kind for event in members})),
        first=window.first if window and window.is_exact else None,
        last=window.last if window else None,
        place=_spot(members, {where.id for where in cluster.profile.places}),
        actors=_parts(members),
        figures=_tolls(context, members),
        claims=claims,
        reports=reports,
        origins=tuple(sorted({_origin(context, event.claim, roots) for event in members})),
        joins=joins,
        because=_because(claims, reports, joins),
        judged=tuple(sorted(cluster.judged)),
    )


def _because(claims: Sequence[str], reports: Sequence[str], joins: Sequence[object]) -> str:
    if not joins:
        return "one claim, and none at hand tells the same event"
    told = f"{len(claims)} claims of {len(reports)} reports" if len(reports) > 1 else f"{len(claims)} claims of one report"
    return f"{told} tell of it; each is joined by what is written at its join, and none contradicts the others on day, place, actors or figures"


def _spot(members: Iterable[Event], allowed: set[str]) -> Spot | None:
    """The place: of those that all claims allow the narrowest, and of these the one told most often."""
    told = Counter(where for event in members for where in event.places if where.id in allowed)
    if not told:
        return None
    where = min(told, key=lambda one: (-one.level, -told[one], one.id))
    at = where.at
    return Spot(where.name, where.key, at.lat if at else None, at.lon if at else None, at.precision if at else "unknown")


def _parts(members: Iterable[Event]) -> tuple[Part, ...]:
    said: defaultdict[tuple[Role, str], list[str]] = defaultdict(list)
    denied: defaultdict[tuple[Role, str], list[str]] = defaultdict(list)
    shown: dict[str, tuple[str, str | None]] = {}
    for event in members:
        for role, name in event.players:
            (denied if event.claim.act in ("denies", "doubts") else said)[role, name.id].append(event.key)
            shown[name.id] = name.shown, name.link
    found = [Part(role, shown[who][0], tuple(said.get((role, who), ())), shown[who][1], tuple(denied.get((role, who), ()))) for role, who in {**said, **denied}]
    return tuple(sorted(found, key=lambda part: (part.role, part.name, part.key or "")))


def _tolls(context: Context, members: Iterable[Event]) -> tuple[Toll, ...]:
    """The widest range of each harm; what was taken back counts for nothing, and a toll of some ("four children") only where none is of all."""
    counts: defaultdict[Harm, list[tuple[bool, Bounds, str]]] = defaultdict(list)
    for event in members:
        if event.key in context.withdrawn or event.claim.act not in ("asserts", "confirms"):
            continue
        proposition = event.claim.proposition
        if not isinstance(proposition, Casualties):
            continue
        count = bounds(proposition.count)
        is_part = event.claim.counting is not None or any(one.who for one in event.harmed)
        for harm in proposition.harm:
            counts[harm].append((is_part, count if len(proposition.harm) == 1 else Bounds(0, count.high), event.key))
    found: list[Toll] = []
    for harm, told in sorted(counts.items()):
        whole = [one for one in told if not one[0]] or told
        span = widest(count for _, count, _ in whole)
        found.append(Toll(harm, span.low, span.high, tuple(sorted(claim for _, _, claim in whole))))
    return tuple(found)


def _origin(context: Context, claim: Claim, roots: Mapping[str, str]) -> str:
    """Who the claim comes from in the end; what a copied report tells itself comes from the report it was copied from."""
    root = roots.get(claim.report, claim.report)
    if root != claim.report and is_narration(claim):
        source = context.reports.get(root)
        return context.names.of(root, source.outlet, "actor").id if source and source.outlet else f"report:{root}"
    found = context.origins.of(claim)
    return f"report:{root}" if found.startswith("report:") else found

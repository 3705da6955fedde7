"""A record's claims to what an export of events must know of them: which do not stand, which count more than an event, and the tolls of each event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from counterclaim.core.link import Link
from counterclaim.core.story import Story, Version
from counterclaim.core.toll import Reckoning
from counterclaim.knowledge.houses import houses
from counterclaim.reconcile.context import Context
from counterclaim.reconcile.taken_back import taken_back
from counterclaim.reconcile.tolls import of_stories
from counterclaim.reconcile.totals_told import countries, totals_told


class Exported(NamedTuple):
    """What exports of events need beside the claims and stories.

    Keys of claims that were withdrawn; claims that a later version replaces, with what replaces them; claims that count more than an event,
    with the reason; and by the name of each house the tolls of each story, by its key.
    """

    withdrawn: frozenset[str]
    replaced: dict[str, str]
    totals: dict[str, str]
    tolls: dict[str, dict[str, tuple[Reckoning, ...]]]


def exported(context: Context, stories: Sequence[Story], versions: Iterable[Version] = (), links: Iterable[Link] = ()) -> Exported:
    """What exports of events need beside the claims and stories themselves."""
    gone = taken_back(context, versions)
    totals = totals_told(context, countries(links))
    aside = {
        **totals,
        **dict.fromkeys(gone.replaced, "replaced: a later version of the report says it otherwise"),
        **dict.fromkeys(gone.withdrawn, "withdrawn"),
    }
    return Exported(gone.withdrawn, gone.replaced, totals, {name: of_stories(context, house, stories, aside) for name, house in houses().items()})

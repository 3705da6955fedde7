"""Claims to the promise ledger: offers, demands, pledges and agreements, each in all its wordings, with what came of its terms.

What it captures: wordings of one maker to one side, with acts or places in common and no month between two, are one promise, and all are
kept; each term with its wordings and the places that later ones add; replies, and silences with their day; an agreement tied to the
offer it answers; what a side is said to have done later, as evidence for or against a term, with the claim and the reason.
What it does not: a verdict. A term is met or broken where a person judged so; else it is open where nothing bears on it, and unknown
where something does, whatever both sides say. Silence is no refusal. To leave an ask undone breaks nothing that was promised.
Example: an offer in three wordings in two days, each asking for one more town, told by two reports; no answer by the night of the second.

Cost: near linear. Wordings are compared with a few told before them by the same maker about the same thing; answers and conduct are
looked up by side and day, a bounded number for each term.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import get_args

from counterclaim.core.claim import Claim
from counterclaim.core.judgement import Judgement
from counterclaim.core.link import Link
from counterclaim.core.promise import Promise, State, Tie
from counterclaim.core.report import Report
from counterclaim.reconcile.context import Context, context
from counterclaim.reconcile.decisions import standing_judgements
from counterclaim.reconcile.promises.answers import answers
from counterclaim.reconcile.promises.conduct import Deeds, violations
from counterclaim.reconcile.promises.gathering import gathered, words
from counterclaim.reconcile.promises.ledger import Desk, kind_of, promise, promise_key
from counterclaim.reconcile.promises.wordings import Telling, tellings
from counterclaim.reconcile.whereabouts import Whereabouts

__all__ = ["promises", "promises_on"]

# An agreement that comes later than this after the last wording of an offer is about something else by then.
_ANSWERS_WITHIN = dt.timedelta(days=92)


def promises(claims: Iterable[Claim], reports: Iterable[Report] = (), links: Iterable[Link] = (), judgements: Iterable[Judgement] = ()) -> list[Promise]:
    """The promises these claims tell of, in the order of their days and keys; the order of what comes in changes nothing.

    A judgement `grade` or `correct` about the key of a term, or of any of its wordings, with a state as its value, sets the state; the
    latest counts, and one that was withdrawn was never there.
    """
    links = tuple(links)
    at_hand = context(claims, reports, links)
    return promises_on(at_hand, Whereabouts(at_hand, links), judgements)


def promises_on(at_hand: Context, whereabouts: Whereabouts, judgements: Iterable[Judgement] = ()) -> list[Promise]:
    """The promises that the claims at hand tell of, as `promises` gives them: for those who have the context of everything already."""
    told = list(tellings(at_hand, whereabouts))
    groups = gathered(told)
    states = set(get_args(State))
    judged: dict[str, Judgement] = {}
    for judgement in standing_judgements(judgements):
        if judgement.decision in ("grade", "correct") and judgement.value in states:
            judged.setdefault(judgement.about, judgement)
    desk = Desk(at_hand, Deeds(at_hand, whereabouts), violations(at_hand), judged, frozenset((one.claim.report, one.claim.evidence.start) for one in told))
    answered, ties = answers(at_hand, groups), _ties(groups)
    found = [promise(desk, group, answered.get(i, ((), ())), ties.get(i, ())) for i, group in enumerate(groups)]
    return sorted(found, key=lambda one: (str(one.first or ""), one.key))


def _ties(groups: Sequence[Sequence[Telling]]) -> dict[int, tuple[Tie, ...]]:
    """Agreements tied to the last offer or demand between two of their parties that was made before them."""
    between: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for i, group in enumerate(groups):
        if kind_of(group) in ("offer", "demand"):
            for pair in sorted({(min(by, to), max(by, to)) for telling in group for by in telling.by for to in telling.to}):
                between[pair].append(i)
    found: defaultdict[int, set[tuple[str, str, str]]] = defaultdict(set)
    for i, group in enumerate(groups):
        # "Agreed by then" may be older than any offer.
        if kind_of(group) != "agreement" or not any(telling.is_dated for telling in group) or (day := _last(group)) is None:
            continue
        parties = sorted({name for telling in group for name in telling.by})
        offers = {j for n, one in enumerate(parties) for other in parties[n + 1 :] for j in between.get((one, other), ())}
        before = [(first, j) for j in offers if (first := _first(groups[j])) and first <= day <= (_last(groups[j]) or first) + _ANSWERS_WITHIN]
        if not before:
            continue
        offer = max(before, key=lambda one: (one[0], promise_key(groups[one[1]])))[1]
        shared = frozenset[str]().union(*(words(telling) for telling in group)) & frozenset[str]().union(*(words(telling) for telling in groups[offer]))
        because = f"between the same sides, made on or after the day of the {kind_of(groups[offer])}{', with words in common' if shared else ''}"
        found[i].add((promise_key(groups[offer]), "answers", because))
        found[offer].add((promise_key(group), "answered-by", because))
    return {
        i: tuple(Tie(other, "answers" if relation == "answers" else "answered-by", because) for other, relation, because in sorted(ties))
        for i, ties in found.items()
    }


def _first(group: Iterable[Telling]) -> dt.date | None:
    return min((telling.day for telling in group if telling.day), default=None)


def _last(group: Iterable[Telling]) -> dt.date | None:
    return max((telling.day for telling in group if telling.day), default=None)

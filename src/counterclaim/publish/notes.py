"""An event to the paragraph a coder writes beside it: what is told, by whom, who disputes it, what is not verified, and how the number was made.

What it captures: each account with those who give it; each denial; each figure with its voices; checks that failed; what was withdrawn.
What it does not: weigh accounts, or leave one out because another is likelier.
Example: "On 10 June 2025, at Kibua: market was attacked (shelling), as told by Josué Lwambo. Killed: 9 by Harrow Wire; 26 by …"
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from counterclaim.core.claim import Attack, Casualties, Claim, Control, Fighting, Mentions, Movement
from counterclaim.core.voice import Act
from counterclaim.publish.collapse import Collapsed, Told, collapsed, groups, told
from counterclaim.publish.events import Happening
from counterclaim.publish.view import View
from counterclaim.publish.words import counted, span

# Voices named for one account; more make a list nobody reads. The number of the rest is told.
_VOICES = 4
_HARMS = ("killed", "wounded", "captured", "missing", "displaced")
_MOVED = {"advance": "advanced", "withdraw": "withdrew", "deploy": "deployed", "flee": "fled", "enter": "went in", "return": "returned"}
_NOTHING = Collapsed(None, None, None, "no number is told")
_TURNED: dict[Act, str] = {"denies": "denied", "doubts": "doubted"}
_CONTROL = {
    "captured": "{} took {}",
    "lost": "{} lost {}",
    "left": "{} left {}",
    "besieged": "{} besieged {}",
    "contested": "{} and others fought over {}",
}


def notes(view: View, event: Happening, number: Collapsed | None, house: str) -> str:
    """The paragraph. `number` is what `house` made of the killed; made here where none is given."""
    story = event.story
    number = number or collapsed(groups(view, story, house), house)
    figures = {harm: told(view, story, harm) for harm in _HARMS}
    when = f"{'On' if story.first == story.last else 'From'} {span(story.first, story.last)}" if story.first else f"By {span(None, story.last)[3:]}"
    said = [f"{what}, as told by {_listed(by)}" for what, by in _accounts(view, event.claims)]
    sentences = [f"{when}, {f'at {view.place_name(story)}' if story.place else 'place not told'}{': ' if said else ''}{'; '.join(said)}."]
    sentences += [f"{harm.capitalize()}: {'; '.join(_figure(one) for one in figures[harm])}." for harm in _HARMS if figures.get(harm)]
    sentences += [f"Disputed: {'; '.join(against)}." for against in [_against(view, event)] if against]
    sentences += [f"Conceded: {'; '.join(reasons)}." for reasons in [_reasons(view, event, "conceded")] if reasons]
    sentences += [f"Not verified: {'; '.join(checks)}." for checks in [_unverified(view, event)] if checks]
    if number != _NOTHING:
        sentences.append(f"Fatalities here: {_number(number)} ({number.because}; house rule {house}).")
    sentences.append(f"{counted(len(story.reports), 'report')}, {counted(len(story.origins), 'independent origin')}.")
    return " ".join(sentences)


def _accounts(view: View, claims: Iterable[Claim]) -> list[tuple[str, list[str]]]:
    """What is told besides numbers, each account once with those who give it, the most told first."""
    by: defaultdict[str, set[str]] = defaultdict(set)
    attacks: defaultdict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for claim in claims:
        if isinstance(one := claim.proposition, Attack):
            # One way of attack by one party is one account, however its targets are worded.
            targets = [_article(view.name(claim, mention)) for mention in one.target] or [""]
            for target in targets:
                attacks[_names(view, claim, one.actor), one.means or ""][target].add(view.says(claim))
        elif what := told_of(view, claim):
            by[what].add(view.says(claim))
    for (actor, means), by_target in attacks.items():
        named = sorted(target for target in by_target if target)
        by[_attack(actor, _listed(named, "target"), means)] |= set().union(*by_target.values())
    return [(what, sorted(voices)) for what, voices in sorted(by.items(), key=lambda one: (-len(one[1]), one[0]))]


def _attack(actor: str, targets: str, means: str) -> str:
    way = f" ({means})" if means else ""
    return f"{actor} attacked {targets or 'a target nobody names'}{way}" if actor else f"an attack{f' on {targets}' if targets else ''}{way}"


def _article(name: str) -> str:
    """A target without the article that tells nothing apart: "the market" and "market" are one."""
    return re.sub(r"^(?:the|a|an)\s+", "", name, flags=re.IGNORECASE)


def told_of(view: View, claim: Claim) -> str:
    """What a claim tells of an event, in a clause; empty for figures of one harm, which are told apart."""
    proposition = claim.proposition
    if isinstance(proposition, Attack):
        return _attack(_names(view, claim, proposition.actor), _names(view, claim, proposition.target), proposition.means or "")
    if isinstance(proposition, Fighting):
        sides = _names(view, claim, proposition.sides)
        return f"fighting{f' that involved {sides}' if len(proposition.sides) == 1 else f' between {sides}' if sides else ''}"
    if isinstance(proposition, Control) and proposition.change in _CONTROL:
        return _CONTROL[proposition.change].format(_names(view, claim, proposition.holder) or "somebody", _names(view, claim, proposition.place) or "a place")
    if isinstance(proposition, Movement):
        to, from_ = _names(view, claim, proposition.to), _names(view, claim, proposition.from_)
        moved = _MOVED.get(proposition.action or "", "moved")
        return f"{_names(view, claim, proposition.actor) or 'somebody'} {moved}{f' from {from_}' if from_ else ''}{f' to {to}' if to else ''}"
    if isinstance(proposition, Casualties):
        who, harms = _names(view, claim, proposition.named or proposition.who), " or ".join(proposition.harm)
        if proposition.named:
            return f"{who} {harms}"
        # A count of several harms, and losses of no known sort, are no figure of one harm: they are told as they stand.
        if len(proposition.harm) > 1 or proposition.harm == ("losses",):
            return " ".join(filter(None, (proposition.count.words if proposition.count else "", harms, f"({who})" if who else "")))
    return ""


def _names(view: View, claim: Claim, mentions: Mentions) -> str:
    names = list(dict.fromkeys(view.name(claim, mention) for mention in mentions))
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def _figure(figure: Told) -> str:
    return f"{figure.shown} by {_listed(figure.by)}{figure.told_by}"


def _number(number: Collapsed) -> str:
    """The one number; the range where the house gives no one number."""
    if number.best is not None:
        return f"{number.best:,}"
    low, high = (f"{one:,}" if one is not None else "" for one in (number.low, number.high))
    return f"{low} to {high}" if low and high else f"{low} or more" if low else f"up to {high}" if high else "no number"


def _against(view: View, event: Happening) -> list[str]:
    """Who denies or doubts what, and why findings the event stands in are disputed."""
    by: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for claim in event.against:
        by[told_of(view, claim) or "it", _TURNED[claim.act]].add(view.says(claim))
    found = [f"that {what}, {how} by {_listed(sorted(voices))}" for (what, how), voices in sorted(by.items())]
    return found + _reasons(view, event, "disputed")


def _reasons(view: View, event: Happening, standing: str) -> list[str]:
    return sorted({one.because for one in view.findings(claim.key for claim in event.claims) if one.standing == standing})


def _unverified(view: View, event: Happening) -> list[str]:
    return sorted({re.sub(r", and nothing else .*$", "", one.because) for one in view.findings(c.key for c in event.claims) if one.standing == "not-verified"})


def _listed(names: Sequence[str], noun: str = "voice") -> str:
    shown = [*names[:_VOICES], *([f"{counted(len(names) - _VOICES, f'more {noun}')}"] if len(names) > _VOICES else [])]
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else "".join(shown)

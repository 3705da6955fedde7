"""Tie the names of one report together: acronyms introduced in brackets, surnames, short forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from counterclaim.core.claim import Claim
from counterclaim.core.codec import key
from counterclaim.core.link import Candidate, Link, LinkKind
from counterclaim.core.mention import Mention, Name
from counterclaim.resolve.folding import fold, mentions_of

_ACRONYM = re.compile(
    r"\b((?:[A-Z][\w’'-]*|of|for|the|and|in|de|du|des|la)(?:[ -](?:[A-Z][\w’'-]*|of|for|the|and|in|de|du|des|la)){1,9})\s*\(([A-Z][A-Za-z.&-]{1,9})\)"
)
_PLACE_SLOTS = frozenset(("place", "to", "from_", "except_", "places"))


def links(report: str, text: str, names: Sequence[Name], claims: Iterable[Claim]) -> Iterator[Link]:
    """One link for every wording of the report's claims and voices whose name the report itself makes plain."""
    actors = _canonical(text, names)
    places = {fold(n.span.of(text)): n.span.of(text) for n in names if n.kind in ("Location", "Facility")}
    done: set[tuple[str, str]] = set()
    for claim in claims:
        for slot, mention in mentions_of(claim):
            kind: LinkKind = "place" if slot in _PLACE_SLOTS else "actor"
            if (mention.words, kind) in done:
                continue
            done.add((mention.words, kind))
            link = _link(report, mention, kind, places if kind == "place" else actors)
            if link is not None:
                yield link


def _canonical(text: str, names: Sequence[Name]) -> dict[str, str]:
    """Folded wording → fullest name: acronyms from brackets, surnames of people named in full."""
    found = {fold(n.span.of(text)): n.span.of(text) for n in names if n.kind in ("Person", "Organization", "NORP", "Miscellaneous", "Location")}
    for m in _ACRONYM.finditer(text):
        full, short = m.group(1), m.group(2)
        initials = [w[0] for w in re.split(r"[\s-]+", full) if w[0].isupper()]
        letters = [c for c in short if c.isupper()]
        # The bracket abbreviates the end of the run of capitalised words before it.
        for n in range(len(initials)):
            if initials[n] == letters[0] and len(initials) - n >= min(2, len(letters)):
                parts = re.split(r"\s+", full)
                capital = [i for i, w in enumerate(parts) if w[0].isupper()]
                spelled = " ".join(parts[capital[min(n, len(capital) - 1)] :])
                found[fold(short)] = spelled
                found[fold(spelled)] = spelled
                break
    surnames: dict[str, set[str]] = {}
    for name in names:
        words = name.span.of(text).split()
        if name.kind == "Person" and len(words) > 1:
            surnames.setdefault(fold(words[-1]), set()).add(name.span.of(text))
    for surname, people in surnames.items():
        if len({fold(p) for p in people}) == 1:
            found[surname] = sorted(people)[0]
    return found


def _link(report: str, mention: Mention, kind: LinkKind, known: dict[str, str]) -> Link | None:
    folded = fold(mention.words)
    if folded in known:
        name = known[folded]
        return Link(
            report,
            mention.words,
            kind,
            Candidate(name, key(kind, fold(name)), 0.8),
            "a name of the report" if name == mention.words else f"short for {name} in the report",
        )
    inside = sorted({name for wording, name in known.items() if f" {wording} " in f" {folded} " and len(wording) > 2})
    fullest = [n for n in inside if not any(fold(n) != fold(o) and f" {fold(n)} " in f" {fold(o)} " for o in inside)]
    if len(fullest) == 1:
        return Link(report, mention.words, kind, Candidate(fullest[0], key(kind, fold(fullest[0])), 0.6), f"the one name in the words: {fullest[0]}")
    if fullest:
        candidates = tuple(Candidate(n, key(kind, fold(n)), round(1 / len(fullest), 2)) for n in fullest)
        return Link(report, mention.words, kind, None, "several names in the words", candidates)
    return None

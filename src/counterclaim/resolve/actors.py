"""Actors in claims to links: who the words in a slot or the name of a voice mean, within one report.

What it captures: a name of the report's cast (`resolve/cast.py`); a phrase around one name ("Taliban fighters", "Gen. Ahmad Massoud");
a description or a hostile name that refers back to somebody, or to the one opponent of whoever says it (`parse/antecedents.py`);
a body that the table has under these words ("the Sudanese army").
What it does not: bodies that every country has, where the passage does not say whose ("the State Department" in a report on Qatar): they
stay open with a flag; descriptions of nobody in particular.
Example: "the Taliban fighters" are the Taliban; "a Taliban co-founder" is somebody of theirs, a name of its own below theirs.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from counterclaim.core.claim import Claim
from counterclaim.core.folding import folded
from counterclaim.core.link import Candidate, Link
from counterclaim.core.mention import Mention, Name, Reference
from counterclaim.core.span import Span
from counterclaim.knowledge.actors import actors_named
from counterclaim.knowledge.lexicon import table, words
from counterclaim.resolve.cast import Cast, Member
from counterclaim.resolve.folding import is_place, mentions_of
from counterclaim.resolve.standing import Standing

# How far around an institution's name its country must stand, in characters: a paragraph or two.
_NEAR = 400
_STATES = frozenset(("state", "government"))
_WORD = re.compile(r"[^\W\d_][\w’'.-]*")
_PREPOSITIONS = frozenset("of for in from at on with by against to".split())


class Setting:
    """One report with its cast, and what in it refers back to whom."""

    def __init__(
        self,
        text: str,
        names: Sequence[Name],
        references: Sequence[Reference],
        countries: Mapping[str, int],
        nearby: Sequence[tuple[Span, str]],
        year: int | None,
    ) -> None:
        """`countries` counts how many names of the report lie in each; `nearby` are the stretches that name a country or a place of one, with its code."""
        self.text = text
        self.cast = Cast(text, names, countries, year)
        self.back = {r.span: r for r in references}
        self._back = sorted(self.back.items())
        self._nearby = sorted(nearby)
        self._passages: dict[str, frozenset[str]] = {}
        self._longest = max((len(name.split()) for name in self.cast.names()), default=0)
        self._order = {name: k for k, name in enumerate(self.cast.names())}
        self._fighting = Standing(text, [name for name in self.cast.names() if (member := self.cast.of(name)) is not None and _is_group(member)])

    def links(self, report: str, claims: Iterable[Claim]) -> Iterator[Link]:
        """One link for every wording in the actor slots and voices of the claims that means somebody, or may mean one of several."""
        done: dict[str, Link] = {}
        for claim in claims:
            for slot, mention in mentions_of(claim):
                if is_place(claim, slot):
                    continue
                link = self.link(report, mention, is_voice=slot == "voice")
                if link is None:
                    continue
                before = done.get(mention.words)
                if before is not None and before.target is not None and link.target is not None and before.target.key != link.target.key:
                    # The same words, in two mouths or at two places, for two actors: nobody's.
                    link = Link(report, mention.words, "actor", None, "the words mean several in this report", (before.target, link.target))
                if before is None or before.target != link.target:
                    done[mention.words] = link
        yield from done.values()

    def link(self, report: str, mention: Mention, *, is_voice: bool = False) -> Link | None:
        """Who a mention means, or may mean; nothing where nobody in particular is meant. In a voice "the Taliban's spokesman" is the Taliban."""
        wording = mention.words
        if self._is_institution(wording):
            return self._institution(report, mention)
        member = self.cast.of(wording) or self.cast.of(_untitled(wording))
        if member is not None:
            return _to(report, wording, member, 0.9 if member.known else 0.8, member.because)
        inside = self._inside(wording)
        rows = actors_named(wording)
        # The army of a state is a body of its own; the fighters and authorities of a group are the group.
        if len(rows) == 1 and not any(_is_group(member) for _, member in inside):
            return Link(report, wording, "actor", Candidate(rows[0].name, rows[0].key, 0.8), f"{rows[0].name} in our table of actors")
        if inside:
            return self._around(report, wording, inside, is_voice=is_voice)
        return self._referred(report, mention, is_voice=is_voice)

    def _inside(self, wording: str) -> list[tuple[str, Member]]:
        """The names of the cast in the words, none inside another, in their order; each with the folded name."""
        plain = folded(wording)
        parts, fold = plain.split(), f" {plain} "
        runs = {" ".join(parts[i:j]) for i in range(len(parts)) for j in range(i + 1, min(i + self._longest, len(parts)) + 1)}
        found = sorted((name for name in runs if len(name) > 1 and name in self._order), key=self._order.__getitem__)
        outer = [name for name in found if not any(name != other and f" {name} " in f" {other} " for other in found)]
        out = []
        for name in sorted(outer, key=lambda n: fold.index(f" {n} ")):
            member = self.cast.of(name)
            if member is not None:
                out.append((name, member))
        return out

    def _around(self, report: str, wording: str, inside: Sequence[tuple[str, Member]], *, is_voice: bool) -> Link:
        """The link of a phrase that holds names: one of them, somebody of theirs, or several."""
        fold = folded(wording)
        people = [(name, member) for name, member in inside if member.kind == "person"]
        if people and fold.endswith(people[-1][0]) and not _PREPOSITIONS & set(fold.removesuffix(people[-1][0]).split()):
            return _to(report, wording, people[-1][1], 0.8, f"the person named in the words: {people[-1][1].name}")
        distinct = {member.key: (name, member) for name, member in inside}
        if len(distinct) > 1:
            heads = [(name, member) for name, member in inside if not _PREPOSITIONS & set(fold.split(name)[0].split())]
            if len({member.key for _, member in heads}) != 1:
                share = round(1 / len(distinct), 2)
                return Link(report, wording, "actor", None, "several names in the words", tuple(Candidate(m.name, m.key, share) for _, m in distinct.values()))
            distinct = {member.key: (name, member) for name, member in heads}
        [(name, member)] = distinct.values()
        return self._of(report, wording, name, member, is_voice=is_voice)

    def _of(self, report: str, wording: str, name: str, member: Member, *, is_voice: bool) -> Link:
        """A phrase with one name in it: the named themselves, or somebody of theirs."""
        noun = _head(folded(wording), name)
        is_state = member.known is not None and member.known.kind in _STATES
        theirs = words("actors", "members", "state" if is_state else "nouns")
        if noun is None or (is_voice and noun in words("actors", "speakers", "nouns")) or (noun in theirs and member.kind == "group"):
            return _to(report, wording, member, 0.7, f"the one name in the words: {member.name}" if noun is None else f"the {noun} of {member.name}")
        shown = re.sub(r"(?i)^(?:the|an?|its|their|other|some|several|senior)\s+", "", wording)
        return Link(
            report,
            wording,
            "actor",
            Candidate(shown, f"{member.key}#{noun}", 0.6),
            f"somebody or something of {member.name}, not {member.name} itself ({noun})",
        )

    def _referred(self, report: str, mention: Mention, *, is_voice: bool) -> Link | None:
        """The link of a description or pronoun: who it refers back to, or the candidates while they are several."""
        if mention.span is None:
            return None
        span = mention.span
        reference = self.back.get(span) or self._within(span)
        if reference is None:
            return None
        if reference.antecedent is None:
            known = [m for at in reference.candidates if (m := self._named_in(at.of(self.text))) is not None]
            return self._open(report, mention, known, "the words may refer back to several")
        member = self._named_in(reference.antecedent.of(self.text))
        if member is None:
            return None
        rivals = self._rivals(reference.antecedent, span) if _is_fighting(mention.words) else []
        if len({m.key for m in rivals} | {member.key}) > 1:
            # "The militants" in a sentence on two armed groups: the nearer name is no reason.
            return self._open(report, mention, [member, *rivals], "two armed groups are named nearby, and the words fit both")
        noun = _own_noun(mention.words)
        is_same = noun is None or noun in words("actors", "members", "nouns") or (is_voice and noun in words("actors", "speakers", "nouns"))
        if not is_same and (reference.span != span or mention.words.split()[0].lower() in _OWNERS):
            # "Its spokesmen" and "half of the country's people" are not the group and the country themselves.
            return Link(report, mention.words, "actor", Candidate(f"{member.name} {noun}", f"{member.key}#{noun}", 0.5), f"somebody of {member.name} ({noun})")
        return _to(report, mention.words, member, 0.6, f"the words refer back ({reference.because})" if reference.because else "the words refer back")

    def _within(self, span: Span) -> Reference | None:
        """The first reference that lies in a stretch."""
        for k in range(bisect_left(self._back, span.start, key=lambda one: one[0].start), len(self._back)):
            at, reference = self._back[k]
            if at.start >= span.end:
                return None
            if span.holds(at):
                return reference
        return None

    def _open(self, report: str, mention: Mention, known: Sequence[Member], because: str) -> Link | None:
        several = {m.key: m for m in known}
        if len(several) < 2:
            return None
        share = round(1 / len(several), 2)
        return Link(report, mention.words, "actor", None, because, tuple(Candidate(m.name, m.key, share) for m in several.values()))

    def _rivals(self, antecedent: Span, mention: Span) -> list[Member]:
        """The groups named between an antecedent and what refers back to it, or in the sentence around either, that are no state's and no outlet's."""
        start = max(self.text.rfind(". ", 0, min(antecedent.start, mention.start)), self.text.rfind("\n", 0, min(antecedent.start, mention.start))) + 1
        return [m for name in self._fighting.named(start, max(antecedent.end, mention.end)) if (m := self.cast.of(name)) is not None]

    def _named_in(self, wording: str) -> Member | None:
        member = self.cast.of(wording) or self.cast.of(_untitled(wording))
        if member is not None:
            return member
        keys = {m.key: m for _, m in self._inside(wording)}
        return next(iter(keys.values())) if len(keys) == 1 else None

    def _is_institution(self, wording: str) -> bool:
        return folded(wording) in table("actors")["institutions"]["names"]

    def _institution(self, report: str, mention: Mention) -> Link | None:
        """A body that every country has: linked where the passage names one country, else left open, and flagged where the table would name another's."""
        fold = folded(mention.words)
        near = self._countries(mention.words)
        rows = actors_named(mention.words)
        at_home = [row for row in rows if row.country in near]
        if len(at_home) == 1 and len(near) == 1:
            return Link(
                report, mention.words, "actor", Candidate(at_home[0].name, at_home[0].key, 0.7), f"the passage names {at_home[0].country} and no other country"
            )
        if rows:
            listed = tuple(Candidate(row.name, row.key, 0.5) for row in rows)
            flag = f"the words are the name of {rows[0].name}; the passage names {', '.join(sorted(near)) or 'no country'}: whose body is meant is not said"
            return Link(report, mention.words, "actor", None, "a body that every country has, and the passage does not say whose", listed, flag)
        if len(near) == 1:
            [code] = near
            return Link(
                report,
                mention.words,
                "actor",
                Candidate(f"{mention.words} ({code})", f"institution:{code}.{'_'.join(fold.split())}", 0.5),
                f"the passage names {code} and no other country",
            )
        return Link(report, mention.words, "actor", None, "a body that every country has, and the passage does not say whose", ()) if near else None

    def _countries(self, wording: str) -> frozenset[str]:
        """The countries that the passages name in which these words stand."""
        if wording not in self._passages:
            near: set[str] = set()
            for at in [m.start() for m in re.finditer(re.escape(wording), self.text)] or [0]:
                first = bisect_left(self._nearby, at - _NEAR, key=lambda one: one[0].start)
                near.update(code for _, code in self._nearby[first : bisect_right(self._nearby, at + _NEAR, key=lambda one: one[0].start)])
            self._passages[wording] = frozenset(near)
        return self._passages[wording]


def _is_group(member: Member) -> bool:
    """Whether somebody of the cast is a body that fights or governs without being a state."""
    return member.kind == "group" and member.known is not None and member.known.kind in _FIGHTING


def _is_fighting(wording: str) -> bool:
    """Whether a description is of people under arms, as any armed group's may be called."""
    return bool(set(folded(wording).split()) & words("actors", "members", "nouns"))


_FIGHTING = frozenset(("armed-group", "militia", "coalition", "wing", "criminal-group", "party", "armed-forces", "private-military"))
_OWNERS = frozenset("its their his her our".split())


def _to(report: str, wording: str, member: Member, score: float, because: str) -> Link:
    if member.maybe:
        listed = tuple(Candidate(row.name, row.key, round(1 / len(member.maybe), 2)) for row in member.maybe)
        if len(member.maybe) > 1:
            return Link(report, wording, "actor", Candidate(member.name, member.key, score), f"{because}; our table has {len(listed)} of this name", listed)
    return Link(report, wording, "actor", Candidate(member.name, member.key, score), because)


def _untitled(wording: str) -> str:
    parts = wording.split()
    while len(parts) > 1 and (folded(parts[0]) in words("spellings", "person", "titles") or parts[0].lower() in ("the", "a", "an")):
        parts.pop(0)
    return " ".join(parts)


def _head(fold: str, name: str) -> str | None:
    """The noun that a phrase with a name is about: the last word before the first preposition after the name, or before the "of" that leads to it; none for the name alone."""
    before, _, after = fold.partition(name)
    led = before.split()
    while led and led[-1] in words("spellings", "person", "titles"):
        led.pop()
    if led and led[-1] in _PREPOSITIONS:
        nouns = [word for word in led[:-1] if word not in _PREPOSITIONS]
        return nouns[-1] if nouns else None
    kept: list[str] = []
    for word in after.split():
        if word in _PREPOSITIONS or word in ("and", "or", "who", "that"):
            break
        kept.append(word)
    return kept[-1] if kept else None


def _own_noun(wording: str) -> str | None:
    parts = folded(wording).split()
    return parts[-1] if len(parts) > 1 else None

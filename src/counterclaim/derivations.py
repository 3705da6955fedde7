"""Keys of findings, claims, promises and stories to their derivations: step by step, down to the sentences of the reports.

Nothing is worked out here that the record does not hold; a derivation only lays open what a finding rests on, and by which rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from counterclaim.core.claim import Claim
from counterclaim.core.derivation import Derivation
from counterclaim.core.finding import Finding, Position
from counterclaim.core.judgement import Judgement, Reviewed
from counterclaim.core.link import Link
from counterclaim.core.promise import Promise
from counterclaim.core.story import Story
from counterclaim.publish.words import acted, chain, counted, dated, day, question_words, slots, span
from counterclaim.reconcile.judging import told
from counterclaim.reconcile.origins import Origins


class Judged(Protocol):
    """What people decided about the claims of a record."""

    def find(self, key: str) -> Sequence[Reviewed]:
        """The claims whose key begins so, with what became of them."""

    def links(self, report: str) -> Sequence[Link]:
        """The links of a report, a person's in the place of the reader's."""


class Derivations:
    """Derivations out of one record.

    `origins` tells which claims have one origin, `judged` what people decided about them, and `derived` are the claims that follow from others.
    """

    def __init__(self, origins: Origins, judged: Judged, derived: Iterable[Claim] = ()) -> None:
        self._origins = origins
        self._judged = judged
        self._derived = {claim.key: claim for claim in derived}

    def of_finding(self, finding: Finding) -> Derivation:
        """A finding: its standing by rule, its positions, the sum that was checked, and the answers."""
        parts = [self._position(position) for position in finding.positions]
        if check := finding.sum_check:
            told = self._claims((check.total, *check.parts))
            parts.append(Derivation(what="sum", says=check.result, because=check.because, parts=tuple(self.of_claim(claim) for claim in told)))
        parts += [
            Derivation(
                what="answer",
                says=f"{answer.by or 'somebody'}: {answer.value}{f' as of {answer.as_of}' if answer.as_of else ''}",
                parts=tuple(self.of_claim(claim) for claim in self._claims(answer.claims)),
            )
            for answer in finding.answers
        ]
        reason = finding.because if finding.rule is None else f"{finding.because}; range by the rule {finding.rule}"
        return Derivation(what="finding", key=finding.key, says=f"{finding.standing}: {question_words(finding)}", because=reason, parts=tuple(parts))

    def of_claim(self, claim: Claim, *, follow: bool = True) -> Derivation:
        """A claim: its sentence, the rule that read it, what people decided about it, what its words were linked to, and the claim it refutes."""
        links = [link for link in self._judged.links(claim.report) if link.target is not None and link.words in _named(claim)]
        parts = [_judgement(one) for found in self._judged.find(claim.key) if found.claim.key == claim.key for one in reversed(found.judgements)]
        parts += [self._link(link) for link in links]
        if follow and claim.refutes and (refuted := self._claim(claim.refutes)) is not None:
            parts.append(Derivation(what="refutes", says=refuted.evidence.quote, parts=(self.of_claim(refuted, follow=False),)))
        if claim.derived_from and (source := self._claim(claim.derived_from)) is not None:
            parts.append(Derivation(what="follows from", says=source.evidence.quote, parts=(self.of_claim(source, follow=False),)))
        return Derivation(
            what="claim",
            key=claim.key,
            says=f"{chain(claim)} {acted(claim)}: {claim.kind}, {slots(claim)}{dated(claim)}",
            because=f"{claim.because}; score {claim.score:.2f}",
            report=claim.report,
            evidence=claim.evidence,
            parts=tuple(parts),
        )

    def of_promise(self, promise: Promise) -> Derivation:
        """A promise: its wordings, each term with its state and what bears on it, the answers and the silences."""
        parts = [Derivation(what="wording", says=one.words, parts=self._leaves([one.claim])) for one in promise.wordings]
        for term in promise.terms:
            conduct = [
                Derivation(what=f"evidence {one.bears}", says=one.because, because=str(one.day or "undated"), parts=self._leaves([one.claim]))
                for one in term.conduct
            ]
            parts.append(
                Derivation(
                    what=term.role,
                    key=term.key,
                    says=f"{term.party.name if term.party else 'somebody'}: {term.act}",
                    because=f"{term.state}: {term.because}",
                    parts=tuple(conduct),
                )
            )
        parts += [
            Derivation(what="answer", says=f"{one.by or 'somebody'}: {one.value} {one.day or ''}".strip(), parts=self._leaves(one.claims))
            for one in promise.answers
        ]
        parts += [
            Derivation(what="silence", says=f"no answer by {one.by or 'anybody'} up to {one.day or 'an unknown day'}", parts=self._leaves(one.claims))
            for one in promise.silences
        ]
        sides = " and ".join(party.name for party in promise.by) or "somebody"
        whom = f" to {' and '.join(party.name for party in promise.to)}" if promise.to else ""
        return Derivation(what=promise.kind, key=promise.key, says=f"{sides}{whom}", because=promise.because, parts=tuple(parts))

    def of_story(self, story: Story) -> Derivation:
        """A story: the claims that tell of one event, and why each pair was joined."""
        joins = tuple(Derivation(what="joined", says=join.because, parts=self._leaves([join.a, join.b])) for join in story.joins)
        told = tuple(Derivation(what="told", says=claim.evidence.quote, parts=(self.of_claim(claim),)) for claim in self._claims(story.claims))
        return Derivation(what="story", key=story.key, says=_title(story), because=story.because, parts=(*told, *joins))

    def _position(self, position: Position) -> Derivation:
        claims = self._claims(position.claims)
        groups: defaultdict[str, list[Claim]] = defaultdict(list)
        for key, origin in self._origins.grouped(claims).items():
            groups[origin] += [claim for claim in claims if claim.key == key]
        parts = [
            Derivation(what="origin", says=f"origin {i} of {len(groups)}", because=_one_origin(told), parts=tuple(self.of_claim(claim) for claim in told))
            for i, (_, told) in enumerate(sorted(groups.items()), start=1)
        ]
        says = f"{position.party or 'an unnamed source'}: {position.says}"
        return Derivation(
            what="position", says=says, because=f"{counted(position.reports, 'report')}, {counted(position.origins, 'origin')}", parts=tuple(parts)
        )

    def _link(self, link: Link) -> Derivation:
        target = link.target
        flag = f" ({link.flag})" if link.flag else ""
        return Derivation(what="name", says=f"“{link.words}” is {target.name if target else 'open'}{flag}", because=link.because)

    def _leaves(self, keys: Iterable[str]) -> tuple[Derivation, ...]:
        return tuple(self.of_claim(claim) for claim in self._claims(keys))

    def _claims(self, keys: Iterable[str]) -> list[Claim]:
        return [claim for key in keys if (claim := self._claim(key)) is not None]

    def _claim(self, key: str) -> Claim | None:
        if key in self._derived:
            return self._derived[key]
        return next((found.effective or found.claim for found in self._judged.find(key) if found.claim.key == key), None)


def _judgement(judgement: Judgement) -> Derivation:
    """What a person decided, and when."""
    value = told(judgement)
    return Derivation(what=judgement.decision, key=judgement.key, says=f"by {judgement.by}, {day(judgement.at.date())}{f': {value}' if value else ''}")


def _one_origin(claims: list[Claim]) -> str:
    reports = {claim.report for claim in claims}
    if len(reports) == 1:
        return "told in one report"
    return f"one voice or side, or copies of one text, in {len(reports)} reports"


def _title(story: Story) -> str:
    where = story.place.name if story.place else "an unknown place"
    return f"{' and '.join(story.kinds)} in {where}, {span(story.first, story.last) or 'undated'}"


def _named(claim: Claim) -> set[str]:
    """The words of a claim that a link may be of."""
    voices = {words for voice in claim.chain for words in (voice.name, voice.words, voice.speaks_for) if words}
    return voices | set(_mentions(claim.proposition))


def _mentions(value: object) -> Iterator[str]:
    words = getattr(value, "words", None)
    if isinstance(words, str):
        yield words
    for name in getattr(value, "__struct_fields__", ()):
        part = getattr(value, name)
        for one in part if isinstance(part, tuple) else (part,):
            if hasattr(one, "__struct_fields__"):
                yield from _mentions(one)

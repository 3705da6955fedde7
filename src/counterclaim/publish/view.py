"""The values of a record, looked up the ways exports need: a claim's voice in words, a place's units, the findings a claim stands in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from counterclaim.core.actor import Actor
from counterclaim.core.claim import Claim
from counterclaim.core.finding import Finding
from counterclaim.core.link import Candidate, LinkKind, Located
from counterclaim.core.mention import Mention
from counterclaim.core.report import Report
from counterclaim.core.story import Story
from counterclaim.core.toll import Reckoning
from counterclaim.core.voice import Voice
from counterclaim.knowledge.actors import actors
from counterclaim.publish.material import Material
from counterclaim.publish.records import Targets, targets

UNNAMED = "an unnamed source"


class View:
    """A record as exports see it. It reads the material and changes nothing; everything it lists is in the order of keys."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.claims = {claim.key: claim for claim in sorted(material.claims, key=lambda one: (one.report, one.evidence.start, one.key))}
        self.reports: dict[str, Report] = {report.id: report for report in sorted(material.reports, key=lambda one: one.id)}

    def is_standing(self, key: str) -> bool:
        """Whether a claim stands: neither taken back nor told otherwise by a later version of its report."""
        return key not in self.material.withdrawn and key not in self.material.replaced

    def tolls(self, story: str, house: str) -> tuple[Reckoning, ...]:
        """The tolls of a story by the rule of a house; empty where it has none."""
        return self.material.tolls.get(house, {}).get(story, ())

    @cached_property
    def targets(self) -> Targets:
        """What words of a report name."""
        return targets(self.material.links)

    @cached_property
    def places(self) -> dict[str, Candidate]:
        """The linked places by their keys."""
        found = sorted((link.target for link in self.material.links if link.kind == "place" and link.target), key=lambda one: (one.key, one.name, -one.score))
        return {one.key: one for one in reversed(found)}

    @cached_property
    def place_names(self) -> frozenset[str]:
        """What linked places are called, by their names and by the words of the reports."""
        linked = [link for link in self.material.links if link.kind == "place" and link.target]
        return frozenset(name for link in linked for name in (link.words, link.target.name if link.target else link.words))

    @cached_property
    def persons(self) -> frozenset[str]:
        """The names of persons: of those named as harmed, and of voices who speak for somebody else."""
        found = {self.name(claim, one, "actor") for claim in self.claims.values() for one in getattr(claim.proposition, "named", ())}
        spoken = {voice.name for claim in self.claims.values() for voice in claim.chain[1:] if voice.name and voice.speaks_for not in (None, voice.name)}
        return frozenset(found | spoken)

    def place_name(self, story: Story) -> str | None:
        """What the place of a story is called, without what the record tells its namesakes by."""
        spot = story.place
        linked = self.places.get(spot.key) if spot and spot.key else None
        return linked.name if linked and spot and spot.name.startswith(linked.name) else spot.name if spot else None

    @cached_property
    def linked_actors(self) -> frozenset[str]:
        """The keys of the actors that words of the reports are linked to."""
        return frozenset(link.target.key for link in self.material.links if link.kind == "actor" and link.target)

    @cached_property
    def findings_of(self) -> dict[str, tuple[Finding, ...]]:
        """The findings a claim stands in, by its key."""
        found: defaultdict[str, dict[str, Finding]] = defaultdict(dict)
        for finding in sorted(self.material.findings, key=lambda one: one.key):
            for position in finding.positions:
                for claim in position.claims:
                    found[claim][finding.key] = finding
        return {claim: tuple(of.values()) for claim, of in found.items()}

    @cached_property
    def actors(self) -> dict[str, Actor]:
        """The actors of the packaged table, by the key their links have."""
        return {actor.key: actor for actor in actors()}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each claim in its report, from 1 on, in the order of the text."""
        so_far: defaultdict[str, int] = defaultdict(int)
        found: dict[str, int] = {}
        for claim in self.claims.values():
            so_far[claim.report] += 1
            found[claim.key] = so_far[claim.report]
        return found

    def claims_in(self, report: str) -> list[Claim]:
        """The claims of a report, in the order of the text."""
        return self._by_report.get(report, [])

    @cached_property
    def _by_report(self) -> dict[str, list[Claim]]:
        found: defaultdict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims.values():
            found[claim.report].append(claim)
        return dict(found)

    def actor_of(self, key: str | None) -> Actor | None:
        """The actor of the table behind a link's key; none for who is not in it and for its parts ("Taliban posts")."""
        return self.actors.get(key) if key else None

    def findings(self, claims: Iterable[str]) -> list[Finding]:
        """The findings that rest on any of the claims, in the order of their keys."""
        found = {finding.key: finding for claim in claims for finding in self.findings_of.get(claim, ())}
        return [found[key] for key in sorted(found)]

    def target(self, report: str, words: str, *kinds: LinkKind) -> Candidate | None:
        """What words of a report name; none where that is open."""
        return next((found for kind in kinds if (found := self.targets.get((report, words, kind)))), None)

    def name(self, claim: Claim, mention: Mention, *kinds: LinkKind) -> str:
        """What a mention of a claim is called: the name of what it is linked to, else its words."""
        found = self.target(claim.report, mention.words, *(kinds or ("actor", "place")))
        return found.name if found else mention.name or mention.words

    def at(self, key: str | None) -> Located | None:
        """Where a linked place lies."""
        found = self.places.get(key) if key else None
        return found.at if found else None

    def place_of(self, claim: Claim) -> Candidate | None:
        """The one place of a claim that is linked; none where it has none, or several."""
        proposition = claim.proposition
        mentions = [mention for slot in ("place", "to") for mention in getattr(proposition, slot, ()) if isinstance(mention, Mention)]
        found = {one.key: one for mention in mentions if (one := self.target(claim.report, mention.words, "place"))}
        return next(iter(found.values())) if len(found) == 1 else None

    def outlet(self, claim: Claim) -> str:
        """Who published the claim's report."""
        report = self.reports.get(claim.report)
        return (report.outlet if report else None) or (claim.chain[0].name if claim.chain else None) or "an unnamed outlet"

    def says(self, claim: Claim) -> str:
        """Whose word the claim is: its innermost voice, with the side it speaks for; the outlet where it tells the claim itself."""
        if len(claim.chain) < 2:
            return self.outlet(claim)
        return self.voice(claim, claim.chain[-1])

    def voice(self, claim: Claim, voice: Voice) -> str:
        """A voice in words: "Bilal Karimi (Taliban)"."""
        name = voice.name or UNNAMED
        if voice.name and (found := self.target(claim.report, voice.name, "actor")):
            name = found.name
        side = voice.speaks_for
        return f"{name} ({side})" if side and side != name else name

    def chain(self, claim: Claim) -> str:
        """All voices from the outlet to the origin: `CNN < UN < Taliban`."""
        return " < ".join([self.outlet(claim), *(self.voice(claim, voice) for voice in claim.chain[1:])])

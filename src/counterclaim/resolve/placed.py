"""Places in the slots of claims to links: the toponyms of the report resolved together, then tied to the words that hold them.

What it captures: the toponym in a phrase ("all districts of Panjshir province"); the smallest place where a phrase names it with what it
lies in ("Rokha, Panjshir"); a description that refers back to a place ("the valley").
What it does not: two places in one phrase, none in the other ("between Kabul and Kandahar"): both stay candidates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from counterclaim.core.claim import Claim
from counterclaim.core.folding import folded
from counterclaim.core.link import Candidate, Link
from counterclaim.core.mention import Mention, Name, Reference
from counterclaim.core.nearby import Nearby
from counterclaim.core.place import Place, is_open_set
from counterclaim.core.span import Span
from counterclaim.knowledge.gazetteer import Gazetteer
from counterclaim.knowledge.lexicon import words
from counterclaim.knowledge.places import classes, level_of, levels_of
from counterclaim.resolve.folding import is_place, mentions_of
from counterclaim.resolve.located import located
from counterclaim.resolve.places import Resolver
from counterclaim.resolve.toponyms import toponyms
from counterclaim.resolve.weighing import Resolution

_ARTICLE = re.compile(r"(?i)^(?:the|an?|all|most|every|each|in|at|near)\s+")
_EXCEPT = re.compile(r"(?is)\b(?:except|excepting|excluding|apart from|besides|with the exception)\b.*$")
_WORD = re.compile(r"[^\W\d_]{2,}")
_CAPITALS = re.compile(r"[A-Z][\w’'-]*(?: (?:al-|[A-Z])[\w’'-]*)*")
# Words before a place that take a part of it, or what is beside it.
_PART_OF = re.compile(
    r"(?i)\b(?:(?:north|south)?-?(?:north|south|east|west)(?:ern)?|central|upper|lower|(?:most|much|parts?|half|some|outskirts|suburbs|countryside) of|near|outside|around)"
    r"\s+(?:the\s+)?$"
)
# Characters between a description and what it refers back to, beyond which it is no longer the sentence before.
_FAR = 250


class _Named:
    """The toponyms of one report and what in it refers back to what, by where they stand."""

    def __init__(self, resolutions: Sequence[Resolution], references: Sequence[Reference]) -> None:
        self.resolutions = resolutions
        self.back = Nearby((back, (back[0],)) for back in {r.span: r.antecedent for r in references if r.antecedent is not None}.items())
        self.places: dict[str, Place] | None = None
        """The places named, and what they lie in, by key: put together when a description first asks for them."""
        self._at = Nearby((r, (r.span,)) for r in resolutions)

    def at(self, span: Span) -> list[Resolution]:
        """The toponyms that meet a stretch, in order."""
        return [r for r in self._at.of(span) if span.meets(r.span)]


class Placer:
    """Links the places of one report at a time; holds the gazetteer and the resolver."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.resolver = Resolver(gazetteer)

    def resolutions(self, text: str, names: Sequence[Name], claims: Iterable[Claim] = ()) -> list[Resolution]:
        """Every toponym of the report with what it names; what fills a place slot of a claim is one, whatever it was taken for."""
        spans = toponyms(text, names, lambda name: self.resolver.candidates.of(name).found)
        named = Nearby((s, (s,)) for s in spans)
        slots = {m.span for c in claims for slot, m in mentions_of(c) if is_place(c, slot) and m.span is not None}
        filled = [slot for slot in slots if not any(slot.meets(s) for s in named.of(slot))]
        for span in filled:
            run = _CAPITALS.search(text, span.start, span.end)
            if run:
                spans.append(Span(*run.span()))
        return self.resolver(text, sorted(set(spans)))

    def links(self, report: str, found: Sequence[Resolution], claims: Iterable[Claim], references: Sequence[Reference]) -> Iterator[Link]:
        """A link for every wording in a place slot that holds a toponym or refers back to one; `found` are the report's resolutions."""
        named = _Named(found, references)
        done: set[str] = set()
        for claim in claims:
            for slot, mention in mentions_of(claim):
                # "Two villages near Goma" are not Goma, and nobody says which they are.
                if is_place(claim, slot) and mention.words not in done and mention.span is not None and not is_open_set(mention.words):
                    link = self._link(report, mention, mention.span, named)
                    if link is not None:
                        done.add(mention.words)
                        yield link

    def _link(self, report: str, mention: Mention, span: Span, found: _Named) -> Link | None:
        named = found.at(span)
        inside = [r for r in named if not r.is_people]
        if inside:
            return self._tied(report, mention, span, self._innermost(inside), [r.span for r in named])
        where = next((there for here, there in found.back.of(span) if span.holds(here)), None)
        if where is None:
            return None
        if span.start - where.end > _FAR and len(rivals := self._alike(mention.words, found)) > 1:
            # What a description means changes within a page: from afar the nearest name is no reason among several.
            share = round(1 / len(rivals), 2)
            listed = tuple(Candidate(place.name, place.key, share, located(place, self.gazetteer)) for place in rivals)
            return Link(report, mention.words, "place", None, "the report names several places that the words may refer back to", listed)
        meant = self._innermost([r for r in found.at(where) if not r.is_people])
        return self._told(report, mention, [self._of_kind(mention.words, r) for r in meant], "", "the words refer back; ") if meant else None

    def _tied(self, report: str, mention: Mention, span: Span, chosen: Sequence[Resolution], named: Sequence[Span]) -> Link:
        """The link of words that hold toponyms: the place itself, a part of it, or a thing of its own that is called after it."""
        part = _PART_OF.search(mention.words[: max(0, chosen[0].span.start - span.start)]) if len(chosen) == 1 else None
        which = part.group().strip().lower() if part else ""
        if len(chosen) == 1 and not chosen[0].is_feature and not which and _holds_more(mention.words, span, named):
            chosen = [chosen[0]._replace(feature=_ARTICLE.sub("", mention.words))]
        return self._told(report, mention, chosen, which, "")

    def _told(self, report: str, mention: Mention, chosen: Sequence[Resolution], part: str, before: str) -> Link:
        """The link of words that mean these places: open where they are several, or where the one is."""
        if len(chosen) > 1:
            unknown, known = [r for r in chosen if not r.candidates], [r for r in chosen if r.place is not None]
            if len(unknown) == 1 and len(known) == 1 and len(chosen) == 2:
                [holder] = [r.place.name for r in known if r.place is not None]
                return Link(report, mention.words, "place", None, f"{before}{unknown[0].because}; the words say it lies in {holder}")
            listed = tuple(self._candidate(r, *r.candidates[0], "") for r in chosen if r.candidates)
            return Link(report, mention.words, "place", None, f"{before}several places in the words", listed)
        [one] = chosen
        candidates = tuple(self._candidate(one, place, share, part) for place, share in one.candidates)
        target, others = (None, candidates) if one.place is None else (candidates[0], candidates[1:])
        return Link(report, mention.words, "place", target, before + one.because, others)

    def _alike(self, wording: str, found: _Named) -> list[Place]:
        """The places of a report that are what a description says: "the province" may be any that it names, or names something in."""
        if found.places is None:
            named = [r.place for r in found.resolutions if r.place is not None and not r.is_people]
            found.places = {place.key: place for one in {p.key: p for p in named}.values() for place in (one, *self.gazetteer.parents(one))}
        wanted = levels_of(tuple(re.findall(r"\w+", wording.lower())))
        return [place for _, place in sorted(found.places.items()) if level_of(place) in wanted]

    def _of_kind(self, wording: str, one: Resolution) -> Resolution:
        """What a description refers back to, as the kind of thing it says: "the valley" in a report on Panjshir is the Panjshir Valley."""
        noun = next((word for word in reversed(re.findall(r"\w+", wording.lower())) if word in words("places", "features", "nouns")), None)
        if noun is None or one.place is None or level_of(one.place) is None:
            return one
        named = [f.place for f in self.resolver.candidates.named(folded(f"{one.place.name} {noun}")) if f.place.country == one.place.country]
        if len(named) == 1:
            return one._replace(place=named[0], candidates=((named[0], one.candidates[0][1]),), feature=None)
        return one._replace(feature=f"{noun} of {one.place.name}")

    def _innermost(self, inside: Sequence[Resolution]) -> list[Resolution]:
        """The resolutions without those that only say where another lies."""
        holders = {parent.key for r in inside if r.place is not None for parent in self.gazetteer.parents(r.place)}
        kept = {r.place.key if r.place else str(r.span): r for r in inside if r.place is None or r.place.key not in holders}
        return list(kept.values())

    def _candidate(self, one: Resolution, place: Place, share: float, part: str) -> Candidate:
        """A place with its share; a part of it ("western Tigray") or a feature called after it ("Kabul airport") is a place of its own, at the same spot."""
        at = located(place, self.gazetteer, is_feature=one.is_feature or bool(part))
        apart = "-".join(folded(f"{part} {one.feature or ''}").split())
        name = " ".join(word for word in (part, one.feature or place.name) if word)
        return Candidate(name, f"{place.key}#{apart}" if apart else place.key, round(share, 2), at)


def _holds_more(wording: str, span: Span, named: Sequence[Span]) -> bool:
    """Whether the words beside the toponyms name something of its own: "Mosul University" and "Kabul airport" do, "Unity State" does not."""
    plain = _ARTICLE.sub(lambda article: " " * len(article.group()), _EXCEPT.sub("", wording))
    beside = [m.group() for m in _WORD.finditer(plain) if not any(s.start <= span.start + m.start() < s.end for s in named)]
    nouns = words("places", "features", "nouns")
    return any(word.lower() in nouns or (word[0].isupper() and word.lower() not in classes()) for word in beside)

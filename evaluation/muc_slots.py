"""Find what may fill the slots of a template: phrases, organisations, days and places of a report, each with its features.

What it captures: candidates and what speaks for them. Which of them are written, `evaluation.muc_templates` decides.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping, Sequence
from functools import cached_property

import msgspec

from counterclaim.core.span import Span
from evaluation.muc_features import Features, View
from evaluation.muc_phrases import Group, Phrase, groups
from evaluation.muc_scoring import words
from evaluation.muc_status import status_features

TYPES = ("ATTACK", "BOMBING", "KIDNAPPING", "ARSON", "ROBBERY", "FORCED WORK STOPPAGE")
ANY = "any"
NONE = "none"
ROLES = ("hum", "phys", "instr", "perp_ind", "perp_org")
# What is filled from a value model of its own: of a group (by its role), or of the whole template.
GROUP_VALUES = {"hum_type": "hum", "hum_effect": "hum", "phys_type": "phys", "phys_effect": "phys", "perp_conf": "perp_org"}
TEMPLATE_VALUES = ("perp_cat", "stage")
MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
_BRACKETED = re.compile(r"[\[(]([A-Z-]{2,8})[\])]")


class Book(msgspec.Struct, frozen=True, dict=True):
    """The tables alone, which candidates are looked up in before any model is asked."""

    organisations: tuple[tuple[str, ...], ...]
    places: dict[str, str]
    heads: dict[str, tuple[str, ...]]

    @cached_property
    def aliases(self) -> dict[str, int]:
        """Each name of an organisation, and the row it stands in."""
        return {name: i for i, row in enumerate(self.organisations) for name in row}

    @cached_property
    def _longest(self) -> int:
        return max((len(name.split()) for name in self.aliases), default=0)

    @cached_property
    def _head_sets(self) -> dict[str, frozenset[str]]:
        return {role: frozenset(heads) for role, heads in self.heads.items()}

    def candidates(self, view: View, role: str) -> list[Group]:
        """The groups of phrases that may fill a role."""
        if role == "perp_org":
            return self._organisations(view)
        heads = self._head_sets[role]
        kept = [
            phrase
            for phrase in view.phrases
            if (phrase.kind == "Person" and role in ("hum", "perp_ind")) or (not phrase.kind and words(phrase.words) and words(phrase.words)[-1] in heads)
        ]
        return groups(kept)

    def _organisations(self, view: View) -> list[Group]:
        """The organisations of a report: known names, names and phrases that end like one, and those together that mean the same."""
        found: dict[str, list[Phrase]] = {}
        brief: dict[str, str] = {}
        for i, sentence in enumerate(view.seen.sentences):
            tokens = sentence.tokens
            at = 0
            while at < len(tokens):
                for length in range(min(self._longest, len(tokens) - at), 0, -1):
                    name = " ".join(token.text.upper() for token in tokens[at : at + length])
                    if name in self.aliases:
                        inside = range(at, at + length)
                        top = next((t for t in inside if tokens[t].head not in inside), at + length - 1)
                        span = Span(tokens[at].start, tokens[at + length - 1].end)
                        found.setdefault(f"#{self.aliases[name]}", []).append(Phrase(name, i, top, span, "Organization"))
                        at += length - 1
                        break
                at += 1
        taken = [(phrase.sentence, phrase.span) for row in found.values() for phrase in row]
        heads = self._head_sets["perp_org"]
        for phrase in view.phrases:
            parts = words(phrase.words)
            if phrase.kind not in ("", "Organization") or not parts or any(s == phrase.sentence and span.meets(phrase.span) for s, span in taken):
                continue
            if parts[-1] in heads or phrase.kind:
                found.setdefault(" ".join(parts), []).append(phrase)
                after = view.seen.text[phrase.span.end : phrase.span.end + 12].split()
                if phrase.kind and after and (short := _BRACKETED.match(after[0])):
                    brief[short[1]] = " ".join(parts)
        for brief_name, full in brief.items():
            if brief_name in found and full in found and brief_name != full:
                found[full] += found.pop(brief_name)
        return [Group(max((p.words for p in row), key=len), tuple(row)) for row in _merged(found)]

    def names(self, group: Group) -> tuple[str, ...]:
        """All names of an organisation: those of its row that the report uses first, then the others."""
        row = next((self.aliases[phrase.words] for phrase in group.phrases if phrase.words in self.aliases), None)
        if row is None:
            return tuple(sorted({phrase.words for phrase in group.phrases}, key=lambda name: (-len(name), name)))[:3]
        used = {phrase.words for phrase in group.phrases}
        return tuple(sorted(self.organisations[row], key=lambda name: (name not in used, -len(name))))


def _merged(found: Mapping[str, list[Phrase]]) -> list[list[Phrase]]:
    """Phrases of one organisation together: a phrase that is the end of one longer name only goes with it ("army", "Salvadoran Army")."""
    sets = {name: words(row[0].words) for name, row in found.items()}
    kept: dict[str, list[Phrase]] = {name: list(row) for name, row in found.items()}
    for name in sorted(found, key=lambda name: len(sets[name])):
        longer = [
            other
            for other in kept
            if other != name and len(sets[other]) > len(sets[name]) and sets[other][-1] == sets[name][-1] and set(sets[name]) <= set(sets[other])
        ]
        if len(longer) == 1:
            kept[longer[0]] += kept.pop(name)
    return list(kept.values())


def report_features(view: View, sentence: Mapping[str, Sequence[float]]) -> Features:
    """The features of a report: its own, and how likely its likeliest sentences tell of an incident, of any type and of each."""
    found: Features = dict(view.whole)
    for kind, raw in sentence.items():
        row = sorted(raw, reverse=True) + [0.001] * 3
        for i in range(3):
            found[f"{kind} {i}"] = odds(row[i])
        found[f"{kind} first"] = odds(max(raw[:3], default=0.001))
        found[f"{kind} or"] = odds(1 - math.prod(1 - p for p in raw))
    found["length"] = math.log(1 + len(view.seen.sentences))
    return found


def group_features(view: View, group: Group, base: Features, kind: str, sentence: Mapping[str, Sequence[float]]) -> Features:
    """The features of a group as a filler in a template of this incident type."""
    found = dict(base)
    for name, value in base.items():
        if name.startswith(("gov=", "head=", "last=", "in ", "kind=", "s=")):
            found[f"{kind[0]}:{name}"] = value
    found[f"type={kind}"] = 1.0
    for which in (ANY, kind):
        if which in sentence:
            found[f"p {which if which == ANY else 'type'}"] = odds(max(sentence[which][phrase.sentence] for phrase in group.phrases)) / 2
    return found


def organisation_features(view: View, book: Book, group: Group, rivals: Sequence[Group], told: Sequence[float]) -> Features:
    """What else tells of an organisation: which one it is, the words beside it where the incident is told, and how it stands beside the others."""
    row = next((book.aliases[phrase.words] for phrase in group.phrases if phrase.words in book.aliases), None)
    found: Features = {f"org={group.words if row is None else book.organisations[row][0]}": 1.0}
    found["known"] = float(row is not None)
    counts = sorted((len(other.phrases) for other in rivals), reverse=True)
    found["rank"] = float(min(3, counts.index(len(group.phrases))))
    found["alone"] = float(len(rivals) == 1)
    mine = max(told[phrase.sentence] for phrase in group.phrases)
    found["most told"] = float(mine >= max(told[phrase.sentence] for other in rivals for phrase in other.phrases))
    found[f"order={min(3, sorted(min(p.span.start for p in other.phrases) for other in rivals).index(min(p.span.start for p in group.phrases)))}"] = 1.0
    return found | status_features(view, group, told)


def template_features(view: View, kind: str, told: Sequence[float]) -> Features:
    """The features of a template as a whole: its type, and the words of the report, those of the sentences that tell of it apart."""
    found = {name: value for name, value in view.whole.items() if name.startswith("w=")}
    found[f"type={kind}"] = 1.0
    for i, sentence in enumerate(view.seen.sentences):
        if told[i] < 0.2:
            continue
        for token in sentence.tokens:
            if token.upos in ("VERB", "NOUN", "PROPN", "ADJ"):
                found[f"t={token.lemma.lower()}"] = max(found.get(f"t={token.lemma.lower()}", 0.0), told[i])
    return found


def days(view: View, kind: str, told: Sequence[float]) -> dict[str, Features]:
    """The days a report names, as MUC writes them, with their features; the day of the report itself among them."""
    found: dict[str, Features] = {}
    if view.day is not None:
        found[day(view.day)] = {"report": 1.0}
    for span, when in view.seen.dates:
        if when.start is None or when.end is None or (when.end - when.start).days > 10:
            continue
        name = day(when.start) if when.start == when.end else f"{day(when.start)} - {day(when.end)}"
        i = next((i for i, s in enumerate(view.seen.sentences) if s.span.meets(span)), None)
        features = found.setdefault(name, {})
        features[f"precision={when.precision}"] = 1.0
        features["count"] = features.get("count", 0.0) + 0.3
        if not any(c.isdigit() for c in when.words):
            features["words=" + when.words.lower().split()[-1].split("\n")[-1]] = 1.0
        else:
            features["digits"] = 1.0
        if view.day is not None:
            age = (view.day - when.start).days
            features[f"age={'later' if age < 0 else '0' if age == 0 else '1' if age == 1 else '2-7' if age < 8 else '8-60' if age < 61 else 'old'}"] = 1.0
        if i is not None:
            features["told"] = max(features.get("told", -5.0), odds(told[i]))
            features[f"at={min(i, 4)}"] = 1.0
            for claim in view.claims[i]:
                name_ = type(claim.proposition).__name__.lower()
                features[f"c={name_}"] = 1.0
                if claim.when is not None and claim.when.start == when.start:
                    features[f"when of {name_}"] = 1.0
    best = max((features.get("told", -5.0) for features in found.values()), default=-5.0)
    for features in found.values():
        if features.get("told", -5.0) == best:
            features["best"] = 1.0
        features["among"] = math.log(len(found))
        features["report told"] = features.get("report", 0.0) * best
    return found


def places(view: View, book: Book, country: str, told: Sequence[float]) -> dict[str, Features]:
    """The places a report names, in full as MUC writes them, with their features; the country alone among them."""
    found: dict[str, Features] = {country: {"country": 1.0}}
    slots = [
        (mention.span, type(claim.proposition).__name__.lower())
        for claim in view.seen.claims
        for mention in getattr(claim.proposition, "place", ())
        if mention.span is not None
    ]
    for name in view.seen.names:
        if name.kind not in ("Location", "Facility"):
            continue
        said = " ".join(view.seen.text[name.span.start : name.span.end].split()).upper()
        full = book.places.get(said) or book.places.get(re.sub(r" (DEPARTMENT|CITY|PROVINCE|NEIGHBORHOOD|MUNICIPALITY)$", "", said))
        known = full is not None
        if full is None:
            full = f"{country}: {said} ({'CITY' if len(said.split()) < 4 else 'AREA'})"
        i = next((i for i, s in enumerate(view.seen.sentences) if s.span.meets(name.span)), None)
        features = found.setdefault(full, {})
        features["known"] = float(known)
        features[f"depth={full.count(':')}"] = 1.0
        features["same"] = float(full.split(":")[0] == country)
        features["count"] = features.get("count", 0.0) + 0.2
        if i is None or (name.span.start < 60 and i == 0):
            features["dateline"] = 1.0
        if i is not None:
            features["told"] = max(features.get("told", -5.0), odds(told[i]))
            tokens = view.seen.sentences[i].tokens
            at = view.seen.sentences[i].at(name.span.start)
            if at:
                features[f"left={tokens[at - 1].lemma.lower()}"] = 1.0
        for span, kind in slots:
            if span.meets(name.span):
                features[f"in {kind}"] = 1.0
    best = max((features.get("told", -5.0) for full, features in found.items() if ":" in full), default=-5.0)
    deepest = max(full.count(":") for full in found)
    for full, features in found.items():
        if features.get("told", -5.0) == best:
            features["best"] = 1.0
        features[f"others={min(3, len(found) - 1)} {full.count(':')}"] = 1.0
        features["deepest"] = float(full.count(":") == deepest)
        if any(other != full and other.startswith(full.split(" (")[0]) for other in found):
            features["holds others"] = 1.0
    return found


def day(of: dt.date) -> str:
    """A day as MUC writes it."""
    return f"{of.day:02} {MONTHS[of.month - 1]} {of.year % 100:02}"


def odds(p: float) -> float:
    """The logarithm of the odds, kept within reach."""
    p = min(0.999, max(0.001, p))
    return math.log(p / (1 - p))

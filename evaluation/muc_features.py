"""Describe what the product read in a report by named features: the whole report, its sentences, and the phrases that may fill a slot.

A feature is a short name with a number; the lexical ones hold single words in lower case. Everything is drawn from the record
(claims and the places of their slots) and the trees and names it stands on.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from counterclaim.core.claim import Attack, Casualties, Claim, Fighting
from counterclaim.core.mention import Mention
from counterclaim.core.span import Span
from counterclaim.core.syntax import Sentence
from evaluation.muc_phrases import Group, Phrase, number
from evaluation.muc_reading import Seen
from evaluation.muc_scoring import words

# Words that say nothing of what a report is about.
_EMPTY = frozenset("PUNCT DET AUX PRON PART CCONJ SCONJ NUM SYM X ADP".split())
_INSIDE = frozenset({"flat", "compound", "goeswith", "fixed"})  # relations inside a name or a compound
_BESIDE = frozenset({"conj", "appos"})  # relations between phrases that fill the same place
_LEFT = frozenset({"amod", "compound", "nummod", "nmod:poss", "flat", "nmod:desc", "nmod:unmarked"})
_SPACE = re.compile(r"\s+")
_DETERMINERS = frozenset("the a an this that these those his her its their our my some any another several".split())
_DATELINE = 0.3  # the part of a report that counts as its beginning
Features = dict[str, float]


class View:
    """One report with what is looked up again and again: the tree of each sentence, names by word, claims by sentence."""

    def __init__(self, seen: Seen) -> None:
        self.seen = seen
        self.day = dt.date.fromisoformat(seen.published) if seen.published else None

    @cached_property
    def claims(self) -> list[list[Claim]]:
        """The claims of each sentence."""
        found: list[list[Claim]] = [[] for _ in self.seen.sentences]
        for claim in self.seen.claims:
            for i, sentence in enumerate(self.seen.sentences):
                if sentence.span.meets(claim.evidence.span):
                    found[i].append(claim)
        return found

    @cached_property
    def phrases(self) -> list[Phrase]:
        """The names and the noun phrases of the report, in order."""
        return [phrase for i in range(len(self.seen.sentences)) for phrase in self._phrases(i)]

    @cached_property
    def sentences(self) -> list[Features]:
        """The features of each sentence."""
        return [self._sentence(i) for i in range(len(self.seen.sentences))]

    @cached_property
    def whole(self) -> Features:
        """The features of the report as a whole: its words, each as often as its logarithm says, and its claims, each as sure as the surest."""
        counts = Counter(f"w={token.lemma.lower()}" for s in self.seen.sentences for token in s.tokens if token.upos not in _EMPTY)
        raw = {name: 1 + math.log(count) for name, count in counts.items()}
        length = math.sqrt(sum(value * value for value in raw.values())) or 1.0
        found = {name: 4 * value / length for name, value in raw.items()}
        best: defaultdict[str, float] = defaultdict(float)
        for claim in self.seen.claims:
            is_early = claim.evidence.start < _DATELINE * len(self.seen.text)
            for name in self._claim(claim):
                best[name] = max(best[name], claim.score)
                if is_early:
                    best[f"early {name}"] = max(best[f"early {name}"], claim.score)
        return found | best

    def phrase(self, phrase: Phrase) -> Features:
        """The features of a phrase where it stands: what governs it, the words around, and the slots of claims it fills."""
        sentence = self.seen.sentences[phrase.sentence]
        tokens, found = sentence.tokens, {}
        at = phrase.head
        for _ in range(4):
            if tokens[at].rel.split(":")[0] in _BESIDE | _INSIDE and tokens[at].head >= 0:
                found[f"via={tokens[at].rel.split(':')[0]}"] = 1.0
                at = tokens[at].head
        rel, up = tokens[at].rel, tokens[at].head
        case = next((tokens[c].lemma.lower() for c in sentence.children[at] if tokens[c].rel == "case"), "")
        found[f"rel={rel} {case}"] = 1.0
        for step in ("gov", "gov2"):
            if up < 0:
                break
            lemma = tokens[up].lemma.lower()
            found[f"{step}={lemma}"] = 1.0
            if step == "gov":
                found[f"gov={lemma} {rel} {case}"] = 1.0
            up = tokens[up].head
        first, last = sentence.at(phrase.span.start), sentence.at(phrase.span.end - 1)
        if first is not None and last is not None:
            for i in range(max(0, first - 3), first):
                found[f"left={tokens[i].lemma.lower()}"] = 1.0
            for i in range(last + 1, min(len(tokens), last + 4)):
                found[f"right={tokens[i].lemma.lower()}"] = 1.0
        for token in tokens:
            if token.upos in ("VERB", "NOUN"):
                found[f"s={token.lemma.lower()}"] = 0.5
        for claim in self.claims[phrase.sentence]:
            for name in self._slots(claim, phrase.span):
                found[name] = max(found.get(name, 0.0), 0.5 + claim.score / 2)
        for trigger in self.seen.triggers[phrase.sentence] if self.seen.triggers else ():
            for role in trigger.roles:
                if role.word == phrase.head:
                    name = f"head {trigger.kind}.{role.slot}"
                    found[name] = max(found.get(name, 0.0), role.score)
        return found

    def group(self, group: Group) -> Features:
        """The features of a group: those of its phrases, the surest each, its own words, where it first stands and how often."""
        found: Features = {}
        for phrase in group.phrases:
            for name, value in self.phrase(phrase).items():
                found[name] = max(found.get(name, 0.0), value)
        parts = [part.lower() for part in words(group.words)]
        if group.is_person:
            found["person"] = 1.0
            for part in words(group.title):
                found[f"title={part.lower()}"] = 1.0
        elif parts:
            sentence = self.seen.sentences[group.phrases[0].sentence]
            found[f"head={sentence.tokens[group.phrases[0].head].lemma.lower()}"] = 1.0
            found[f"last={parts[-1]}"] = 1.0
            found |= {f"part={part}": 1.0 for part in parts[:-1]}
        for kind in {phrase.kind for phrase in group.phrases if phrase.kind}:
            found[f"kind={kind}"] = 1.0
        found[f"many={group.phrases[0].many if group.phrases[0].many in ('1', 'PLURAL') else 'n'}"] = 1.0
        place = min(phrase.sentence for phrase in group.phrases)
        found[f"first={min(place, 6)}"] = 1.0
        found["mentions"] = math.log(len(group.phrases))
        return found

    def _sentence(self, i: int) -> Features:
        sentence = self.seen.sentences[i]
        tokens, found = sentence.tokens, {}
        for token in tokens:
            if token.upos in _EMPTY:
                continue
            lemma = token.lemma.lower()
            found[f"w={lemma}"] = 1.0
            if token.head >= 0 and token.rel.split(":")[0] in ("nsubj", "obj", "obl", "nmod", "conj"):
                found[f"d={tokens[token.head].lemma.lower()} {token.rel} {lemma}"] = 1.0
        for claim in self.claims[i]:
            for name in self._claim(claim):
                found[name] = max(found.get(name, 0.0), 0.5 + claim.score / 2)
        for mentioned in self.seen.names:
            if sentence.span.meets(mentioned.span):
                found[f"n={mentioned.kind}"] = 1.0
        found[f"at={min(i, 8)}"] = 1.0
        return found

    def _claim(self, claim: Claim) -> Iterator[str]:
        """What a claim says, by kind, value, act, time and the last words of its slots."""
        said = claim.proposition
        kind = type(said).__name__.lower()
        yield f"c={kind}"
        yield f"c={kind} {claim.act}"
        if claim.modality != "actual":
            yield f"c={kind} {claim.modality}"
        if isinstance(said, Attack | Casualties | Fighting):
            yield f"c={kind} {self.age(claim)}"
            yield f"c={kind} by {claim.chain[-1].source_type or claim.chain[-1].manner}"
        if isinstance(said, Attack):
            yield f"c=attack by {said.means}"
        if isinstance(said, Casualties):
            for harm in said.harm:
                yield f"c={harm}"
        for slot, mentions in _slots(said):
            for mention in mentions:
                if parts := words(mention.words):
                    yield f"c={kind}.{slot} {parts[-1].lower()}"

    def age(self, claim: Claim) -> str:
        """How long before the report a claim's matter was, roughly."""
        if claim.when is None or claim.when.start is None or self.day is None:
            return "undated"
        days = (self.day - claim.when.start).days
        return "later" if days < 0 else "fresh" if days <= 3 else "week" if days <= 10 else "two months" if days <= 62 else "old"

    @staticmethod
    def _slots(claim: Claim, span: Span) -> Iterator[str]:
        said = claim.proposition
        kind = type(said).__name__.lower()
        for slot, mentions in _slots(said):
            if any(mention.span is not None and mention.span.meets(span) for mention in mentions):
                yield f"in {kind}.{slot}"
                if isinstance(said, Attack):
                    yield f"in {said.means}.{slot}"
                if isinstance(said, Casualties):
                    yield from (f"in {harm}.{slot}" for harm in said.harm)
                if claim.act != "asserts" or claim.hedges:
                    yield f"in {kind}.{slot} {claim.act} {'hedged' if claim.hedges else ''}"

    def _phrases(self, i: int) -> Iterator[Phrase]:
        sentence = self.seen.sentences[i]
        tokens = sentence.tokens
        taken: set[int] = set()
        for name in self.seen.names:
            if not sentence.span.holds(name.span):
                continue
            first, last = sentence.at(name.span.start), sentence.at(name.span.end - 1)
            if first is None or last is None:
                continue
            inside = range(first, last + 1)
            top = next((t for t in inside if tokens[t].head not in inside), last)
            if name.kind == "Person":
                taken |= set(inside)
            yield Phrase(_text(self.seen.text, name.span), i, top, name.span, name.kind, self._title(sentence, first, last, top))
        for top, token in enumerate(tokens):
            if top in taken or token.upos not in ("NOUN", "PROPN") or token.rel.split(":")[0] in _INSIDE:
                continue
            first = last = top
            for child in sentence.children[top]:
                if tokens[child].rel in _LEFT or tokens[child].rel.split(":")[0] in _INSIDE:
                    below = [t for t in sentence.subtree(child) if t not in taken]
                    if not below:
                        continue
                    if child < top:
                        first = min(first, below[0])
                    elif tokens[child].rel.split(":")[0] in _INSIDE and child - last <= 2:
                        last = max(last, child)
            first = next((t for t in range(top, first - 1, -1) if t - 1 in taken or t == first), top)
            span = Span(tokens[first].start, tokens[last].end)
            said = _text(self.seen.text, span)
            yield Phrase(_bare(said), i, top, span, "", "", self._counted(i, tokens[top].span) or _many(sentence, top))

    def _counted(self, i: int, span: Span) -> str | None:
        """The figure a claim gives for these people, in digits; none without a claim, or with one that says a range."""
        for claim in self.claims[i]:
            said = claim.proposition
            if not isinstance(said, Casualties) or said.count is None or said.count.low is None or said.count.low != said.count.high:
                continue
            if any(mention.span is not None and mention.span.end == span.end for mention in said.who):
                return str(int(said.count.low))
        return None

    def _title(self, sentence: Sentence, first: int, last: int, top: int) -> str:
        """The description beside a name: the words before it in its own phrase, or what stands in apposition."""
        tokens = sentence.tokens
        begin = first
        while begin > 0 and tokens[begin - 1].upos in ("NOUN", "PROPN", "ADJ", "NUM") and tokens[begin - 1].rel != "conj":
            begin -= 1
        if begin < first:
            return _bare(_text(self.seen.text, Span(tokens[begin].start, tokens[first - 1].end)))
        for child in sentence.children[top]:
            if tokens[child].rel == "appos" and tokens[child].upos == "NOUN" and child > last:
                left = [t for t in sentence.children[child] if tokens[t].rel in _LEFT and t < child]
                return _bare(_text(self.seen.text, Span(tokens[min(left, default=child)].start, tokens[child].end)))
        return ""


def _slots(said: object) -> Iterator[tuple[str, Iterable[Mention]]]:
    for slot in getattr(said, "__struct_fields__", ()):
        value = getattr(said, slot)
        if isinstance(value, tuple) and value and isinstance(value[0], Mention):
            yield slot, value


def _many(sentence: Sentence, top: int) -> str:
    """How many, as MUC writes it: a figure, `1`, or `PLURAL`."""
    tokens = sentence.tokens
    for child in sentence.children[top]:
        if tokens[child].rel == "nummod":
            return number(tokens[child].text) or "PLURAL"
    is_plural = tokens[top].xpos in ("NNS", "NNPS") or tokens[top].lemma.lower() in ("people", "police")
    return "PLURAL" if is_plural else "1"


def _text(text: str, span: Span) -> str:
    return _SPACE.sub(" ", text[span.start : span.end]).upper()


def _bare(said: str) -> str:
    parts = said.split(" ")
    while len(parts) > 1 and (parts[0].lower() in _DETERMINERS or number(parts[0]) is not None):
        parts = parts[1:]
    return " ".join(parts)

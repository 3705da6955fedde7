"""The plain reference parser: tags from lists, then a shallow dependency tree by position. Needs no model.

It finds noun phrases, verb groups and prepositional phrases from left to right and attaches them by the commonest
case. The trained engine answers the same questions better through the same door (`plugins.Parser`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from counterclaim.core.mention import Name
from counterclaim.core.report import UNREAD, Line
from counterclaim.core.syntax import Sentence, Tagged, Token, Trigger
from counterclaim.knowledge.lexicon import mapped, words
from counterclaim.parse.lemmas import irregular, lemma
from counterclaim.parse.names import names_by_rule
from counterclaim.parse.sentences import Tokens, dateline, sentences
from counterclaim.parse.tags import BE, HAVE, tags

_NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM"))
_INSIDE = frozenset(("DET", "ADJ", "NUM", "NOUN", "PROPN"))
_QUOTES = frozenset("“”\"«»``''")


@dataclass(frozen=True)
class RuleParsed:
    """Sentences and names of one report, by rule."""

    sentences: tuple[Sentence, ...]
    names: tuple[Name, ...]
    tagged: tuple[tuple[Tagged, ...], ...] = ()
    triggers: tuple[tuple[Trigger, ...], ...] = ()


def parse(text: str, lines: Iterable[Line]) -> RuleParsed:
    """Sentences with a shallow tree, and names."""
    cut: list[tuple[int, Tokens]] = []
    for number, line in enumerate(lines):
        if line.kind not in UNREAD:
            cut.extend((number, spans) for spans in sentences(text, dateline(text, line.span.start, line.span.end), line.span.end))
    seen = frozenset(text[a:b] for _, spans in cut for i, (a, b) in enumerate(spans) if i and text[a].isupper() and not text[a:b].isupper())
    found = [Sentence(_tree(text, spans, seen), number) for number, spans in cut if spans]
    return RuleParsed(tuple(found), tuple(names_by_rule(found)))


def _tree(text: str, spans: Tokens, seen: frozenset[str]) -> tuple[Token, ...]:
    words = [text[a:b] for a, b in spans]
    upos = tags(words, seen)
    heads, rels = _Attach(words, upos).run()
    tokens = []
    for (a, b), word, tag, head, rel in zip(spans, words, upos, heads, rels, strict=True):
        tokens.append(Token(a, b, word, lemma(word, tag), tag, _penn(word, tag), head, rel))
    return tuple(tokens)


def _penn(word: str, tag: str) -> str:
    lower = word.lower()
    if tag == "VERB" or tag == "AUX":
        if lower in irregular():
            return irregular()[lower][1]
        return "VBG" if lower.endswith("ing") else "VBD" if lower.endswith("ed") else "VBZ" if lower.endswith("s") else "VB"
    if tag == "NOUN":
        return "NNS" if (lower.endswith("s") and not lower.endswith("ss")) or lemma(lower, "NNS") != lower else "NN"
    return {"PROPN": "NNP", "NUM": "CD", "ADJ": "JJ", "ADV": "RB", "DET": "DT", "ADP": "IN", "SCONJ": "IN", "CCONJ": "CC", "PRON": "PRP", "PUNCT": "."}.get(
        tag, tag
    )


@dataclass
class _Attach:
    """One pass over the words of a sentence, attaching each phrase as its head is met."""

    words: list[str]
    upos: list[str]
    heads: list[int] = field(default_factory=list)
    rels: list[str] = field(default_factory=list)

    def run(self) -> tuple[list[int], list[str]]:
        n = len(self.words)
        self.heads, self.rels = [-2] * n, ["dep"] * n
        phrases = self._noun_phrases()
        verbs = self._verb_groups()
        self._attach(phrases, verbs)
        self._leftovers()
        return self.heads, self.rels

    def _link(self, child: int, head: int, rel: str) -> None:
        if self.heads[child] == -2 and child != head:
            self.heads[child], self.rels[child] = head, rel

    def _noun_phrases(self) -> dict[int, int]:
        """Attach the words inside noun phrases; returns head → first index of the phrase."""
        found: dict[int, int] = {}
        i, n = 0, len(self.words)
        while i < n:
            if self.upos[i] == "PRON":
                found[i] = i
                i += 1
                continue
            if self.upos[i] not in _INSIDE:
                i += 1
                continue
            start = i
            while i < n and (
                self.upos[i] in _INSIDE
                or (self.words[i] == "-" and i + 1 < n and self.upos[i + 1] in _INSIDE and i > start)
                or (self.words[i] in _QUOTES and i > start and i + 1 < n and self.upos[i + 1] in _INSIDE and self.upos[i - 1] in ("DET", "ADJ"))
            ):
                if self.upos[i] == "DET" and i > start and self.upos[i - 1] in _NOMINAL:
                    break
                i += 1
            head = next((k for k in range(i - 1, start - 1, -1) if self.upos[k] in ("NOUN", "PROPN", "NUM")), None)
            if head is None:
                head = i - 1
                if self.upos[head] == "DET":
                    self.upos[head] = "PRON"
            for k in range(start, i):
                if k != head:
                    rel = {"DET": "det", "ADJ": "amod", "NUM": "nummod", "PUNCT": "punct"}.get(self.upos[k], "compound")
                    self._link(k, head, rel)
            found[head] = start
            # A possessor attaches to the phrase it stands before: "the group ’s fighters".
            if i < n and self.upos[i] == "PART" and self.words[i].lower() in ("'s", "’s", "'", "’"):
                self._link(i, head, "case")
                self.rels[head] = "nmod:poss?"
                i += 1
        owners = [h for h in found if self.rels[h] == "nmod:poss?"]
        for owner in owners:
            owned = next((h for h in sorted(found) if h > owner and found[h] <= owner + 2), None)
            self.rels[owner] = "dep"
            if owned is not None:
                self._link(owner, owned, "nmod:poss")
        return {h: s for h, s in found.items() if self.heads[h] == -2}

    def _verb_groups(self) -> list[int]:
        """Attach auxiliaries, negation and adverbs to their verb; returns the heads of clauses in order."""
        found: list[int] = []
        pending: list[int] = []
        for i, tag in enumerate(self.upos):
            if tag == "AUX" or (tag == "PART" and self.words[i].lower() in ("not", "n't", "n’t")) or (tag == "ADV" and pending):
                pending.append(i)
            elif tag == "VERB":
                be = any(self.words[k].lower() in BE for k in pending) and not self.words[i].lower().endswith("ing")
                for k in pending:
                    rel = "advmod" if self.upos[k] in ("ADV", "PART") else "aux:pass" if be and self.words[k].lower() in BE else "aux"
                    self._link(k, i, rel)
                pending = []
                found.append(i)
            elif pending and tag in (*_NOMINAL, "ADJ", "ADP", "DET"):
                if self.words[pending[-1]].lower() in BE or any(self.words[k].lower() in BE | HAVE for k in pending):
                    # A copula: kept as the clause's verb ("is ready", "are still under the control of").
                    main = next(k for k in pending if self.upos[k] == "AUX") if any(self.upos[k] == "AUX" for k in pending) else None
                    if main is not None:
                        last = [k for k in pending if self.upos[k] == "AUX"][-1]
                        for k in pending:
                            self._link(k, last, "advmod" if self.upos[k] in ("ADV", "PART") else "aux") if k != last else None
                        found.append(last)
                pending = []
        return sorted(found)

    def _attach(self, phrases: dict[int, int], verbs: list[int]) -> None:
        cues = mapped("cues", "verbs")
        verb_of: int | None = None  # the verb whose clause we are in
        subject: int | None = None  # a phrase waiting for its verb
        last_phrase: int | None = None
        marker: str | None = None  # subordinating word waiting for its verb
        marker_at: int | None = None
        has_object: set[int] = set()
        case: int | None = None
        joined: str | None = None
        is_verb = set(verbs)
        starts = {start: head for head, start in phrases.items()}
        i = 0
        while i < len(self.words):
            word, tag = self.words[i].lower(), self.upos[i]
            if tag == "ADP":
                if case is not None:
                    self._link(i, case, "fixed")
                else:
                    case = i
            elif tag == "CCONJ" or word in (",", ";"):
                joined = word if tag == "CCONJ" or joined is None else joined
            elif tag == "SCONJ" or (word in ("who", "which", "that", "whom", "what") and tag in ("PRON", "DET", "SCONJ")):
                marker, marker_at = word, i
                if (tag == "PRON" and word in ("who", "which")) or (
                    word == "that" and last_phrase == i - 1 and not (verb_of is not None and lemma(self.words[verb_of], "VERB") in cues)
                ):
                    marker = "who"
            if i in starts and case is not None and starts[i] not in is_verb:
                head = starts[i]
                self._link(case, head, "case")
                # "Of" belongs to the noun before it; so does "for" after a word for somebody who speaks.
                of = self.words[case].lower() == "of" or (
                    self.words[case].lower() == "for" and last_phrase is not None and self.words[last_phrase].lower() in words("cues", "roles", "speaks")
                )
                target, rel = (last_phrase, "nmod") if of and last_phrase is not None else (verb_of, "obl") if verb_of is not None else (last_phrase, "nmod")
                if target is None:
                    self.rels[head] = "obl?"
                    subject_pp = head
                    self._waiting.append(subject_pp)
                else:
                    self._link(head, target, rel)
                case, last_phrase, joined = None, head, None
                i = head + 1
                continue
            if i in starts:
                head = starts[i]
                if (
                    joined
                    and last_phrase is not None
                    and self.heads[last_phrase] != -2
                    and (joined == "and" or joined == "or")
                    and not self._verb_soon(head, is_verb)
                ):
                    self._link(head, last_phrase, "conj")
                    joined = None
                elif joined and joined in ("and", "or") and subject is not None and self.heads[subject] == -2 and not (marker_at or -1) > subject:
                    self._link(head, subject, "conj")
                    joined = None
                    last_phrase = head
                    i = head + 1
                    continue
                elif verb_of is not None and verb_of not in has_object and not self._verb_soon(head, is_verb) and marker is None and joined is None:
                    passive = any(self.heads[k] == verb_of and self.rels[k] == "aux:pass" for k in range(max(0, verb_of - 5), verb_of))
                    inverted = lemma(self.words[verb_of], "VERB") in cues and self._after_speech(verb_of)
                    self._link(head, verb_of, "nsubj" if inverted else "obl" if passive else "obj")
                    has_object.add(verb_of)
                elif joined == "," and last_phrase is not None and not self._verb_soon(head, is_verb) and self.words[head + 1 : head + 2] != ["and"]:
                    self._link(head, last_phrase, "appos")
                else:
                    subject = head
                last_phrase = head
                i = head + 1
                continue
            if i in is_verb:
                rel, target = self._clause(i, verb_of, subject, last_phrase, marker, joined, cues)
                if target is not None and target != i:
                    self._link(i, target, rel)
                if marker_at is not None and rel in ("ccomp", "advcl"):
                    self._link(marker_at, i, "mark")
                elif marker_at is not None and rel == "acl:relcl":
                    self._link(marker_at, i, "nsubj")
                if subject is not None and self.heads[subject] == -2:
                    passive = any(self.heads[k] == i and self.rels[k] == "aux:pass" for k in range(max(0, i - 5), i))
                    self._link(subject, i, "nsubj:pass" if passive else "nsubj")
                for waiting in self._waiting:
                    self._link(waiting, i, "obl")
                self._waiting = []
                verb_of, subject, marker, marker_at, joined, case = i, None, None, None, None, None
                last_phrase = last_phrase if rel == "acl:relcl" else None
            i += 1

    _waiting: list[int] = field(default_factory=list)

    def _after_speech(self, verb: int) -> bool:
        """Whether what was said stands before the verb, so that its subject follows it ("…," said the army)."""
        return verb == 0 or self.words[verb - 1] in _QUOTES or self.words[verb - 1] == ","

    def _verb_soon(self, at: int, is_verb: set[int]) -> bool:
        """Whether a verb follows this phrase before anything that would end its clause."""
        for k in range(at + 1, min(at + 12, len(self.words))):
            if k in is_verb:
                return not self.words[k].lower().endswith("ing") or self.upos[k - 1] == "AUX"
            if self.upos[k] in ("SCONJ", "CCONJ") or self.words[k] in ".;:,":
                return False
        return False

    def _clause(
        self, i: int, verb_of: int | None, subject: int | None, last: int | None, marker: str | None, joined: str | None, cues: dict[str, str]
    ) -> tuple[str, int | None]:
        """How the clause of verb i hangs on what came before."""
        if verb_of is None:
            return "root", None
        own = lemma(self.words[i], "VERB")
        before = lemma(self.words[verb_of], "VERB")
        if self.words[i - 1].lower() == "to" and self.upos[i - 1] == "PART":
            self._link(i - 1, i, "mark")
            return "xcomp", verb_of
        if marker == "who" and last is not None:
            return "acl:relcl", last
        if before in cues and (marker == "that" or (marker is None and joined is None and subject is not None)):
            return "ccomp", verb_of
        if own in cues and marker is None and any(w in _QUOTES or w == "," for w in self.words[max(0, i - 8) : i]) and self._finite_root(verb_of):
            return "parataxis", self._root_of(verb_of)
        if marker is not None and marker != "that":
            return "advcl", verb_of
        if marker == "that":
            return "ccomp", verb_of
        if joined in ("and", "or", "but", ",") or subject is not None:
            return "conj", verb_of
        if last is not None and not self.words[i].lower().endswith("s"):
            return "acl", last
        return "conj", verb_of

    def _root_of(self, i: int) -> int:
        for _ in self.words:
            if self.heads[i] < 0:
                return i
            i = self.heads[i]
        return i

    def _finite_root(self, i: int) -> bool:
        return self.heads[self._root_of(i)] == -2

    def _leftovers(self) -> None:
        """Give every word left a head, so that the result is always a tree."""
        free = [i for i, h in enumerate(self.heads) if h == -2]
        verbs = [i for i in free if self.upos[i] in ("VERB", "AUX")]
        nouns = [i for i in free if self.upos[i] in _NOMINAL]
        root = (verbs or nouns or free or [0])[0]
        self.heads[root], self.rels[root] = -1, "root"
        for i in free:
            if i != root:
                self.heads[i] = root
                self.rels[i] = (
                    "punct"
                    if self.upos[i] == "PUNCT"
                    else "advmod"
                    if self.upos[i] == "ADV"
                    else "cc"
                    if self.upos[i] == "CCONJ"
                    else self.rels[i].rstrip("?") or "dep"
                )
        for i in range(len(self.words)):
            seen = {i}
            k = i
            while (k := self.heads[k]) >= 0:
                if k in seen:
                    self.heads[i], self.rels[i] = root if i != root else -1, "dep" if i != root else "root"
                    break
                seen.add(k)

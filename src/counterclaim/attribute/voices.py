"""Turn the words of a source into a voice: its name, whom it speaks for, its role, medium and type."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import msgspec

from counterclaim.core.mention import Name, Reference
from counterclaim.core.nearby import Nearby
from counterclaim.core.span import Span
from counterclaim.core.syntax import Sentence
from counterclaim.core.voice import Manner, SourceType, Voice
from counterclaim.knowledge.lexicon import table, words

_TRIM = frozenset(("DET", "PUNCT", "ADP", "CCONJ", "SCONJ", "ADV"))


_LEADS = frozenset("lead head command".split())
_ISSUED = frozenset("statement report letter communique communiqué message post tweet video release".split())


_BEFORE_MEDIUM = ("in a", "in an", "on a", "at a", "on", "by", "a", "its", "his", "her", "via")


@cache
def _media() -> tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]:
    """Each medium with its signs, and each sign with the phrases by which it is one."""

    def phrases(sign: str) -> tuple[str, ...]:
        return (*(f" {lead} {sign}" for lead in _BEFORE_MEDIUM), *((f" {sign} ",) if sign in ("tweeted", "posted") else ()))

    return tuple((str(medium), tuple((sign, phrases(sign)) for sign in signs)) for medium, signs in table("cues")["media"].items())


class Namer:
    """Names the voices of one report from its proper names and back-references."""

    def __init__(self, text: str, names: Sequence[Name], references: Sequence[Reference]) -> None:
        self._text = text
        self._names = Nearby((n, (n.span,)) for n in names)
        self._back = {r.span: r.antecedent for r in references if r.antecedent is not None}

    def voice(self, sentence: Sentence, head: int | None, *, cue: str, manner: Manner, context: Sentence) -> Voice:
        """The voice whose phrase has this head; an absent head is an unnamed source."""
        medium = self._medium(context)
        if head is None:
            return Voice(name=None, cue=cue, manner=manner, medium=medium, source_type="unnamed")
        issued = self._issuer(sentence, head)
        if issued is not None:
            # "A statement by the ministry": the ministry speaks, the statement is the medium.
            spoken = self.voice(sentence, issued, cue=cue, manner=manner, context=context)
            return msgspec.structs.replace(spoken, medium=spoken.medium or sentence.tokens[head].lemma.lower())
        span, core = self._phrase(sentence, head)
        source_words = span.of(self._text)
        back = self._back.get(span) or self._back.get(sentence.tokens[head].span)
        person = self._name_in(span, "Person")
        roles = [k for k in core if sentence.tokens[k].lemma.lower() in words("cues", "roles", "speaks")]
        # "Colonel X, an army spokesman": of two, what he speaks as.
        role = next((k for k in roles if sentence.tokens[k].lemma.lower().startswith("spokes")), roles[0] if roles else None)
        name = back.of(self._text) if back is not None else person.span.of(self._text) if person else self._bare(sentence, core)
        return Voice(
            name=name,
            words=source_words,
            speaks_for=self._speaks_for(sentence, head, span, role, name),
            role=sentence.tokens[role].text if role is not None else None,
            cue=cue,
            manner=manner,
            medium=medium,
            source_type=self._type(sentence, core, has_name=person is not None or any(sentence.tokens[k].upos == "PROPN" for k in core)),
            span=span,
        )

    def _issuer(self, sentence: Sentence, head: int) -> int | None:
        """The phrase that says whose a statement, report or post is."""
        if sentence.tokens[head].lemma.lower() not in _ISSUED:
            return None
        for c in sentence.children[head]:
            case = {sentence.tokens[k].lemma for k in sentence.children[c] if sentence.tokens[k].rel == "case"}
            if sentence.tokens[c].rel == "nmod:poss" or (
                sentence.tokens[c].rel == "nmod"
                and case & {"by", "from", "of"}
                and sentence.tokens[c].upos in ("PROPN", "NOUN")
                and (sentence.tokens[c].upos == "PROPN" or "of" not in case)
            ):
                return c
        return None

    def is_place(self, sentence: Sentence, head: int) -> bool:
        """Whether the word at this head lies in the name of a place."""
        return any(n.kind in ("Location", "Facility") and n.span.holds(sentence.tokens[head].span) for n in self._names.of(sentence.tokens[head].span))

    def _phrase(self, sentence: Sentence, head: int) -> tuple[Span, list[int]]:
        # "According to" and whatever else leads the phrase in is no part of a name.
        led = {k for c in sentence.children[head] if sentence.tokens[c].rel == "case" and c < head for k in sentence.subtree(c)}
        core = [
            k
            for k in sentence.subtree(head, frozenset(("acl:relcl", "acl", "parataxis", "advcl", "conj", "cc", "punct", "cop", "nsubj", "aux")))
            if k not in led and (k == head or sentence.tokens[k].upos != "PUNCT")
        ]
        run = [k for k in core if k <= head or all(j in core or sentence.tokens[j].upos == "PUNCT" for j in range(head, k))]
        return Span(sentence.tokens[run[0]].start, sentence.tokens[run[-1]].end), run

    def _bare(self, sentence: Sentence, core: Sequence[int]) -> str:
        kept = list(core)
        # "The National Resistance Front (NRF)": the short form in brackets is another name.
        bracket = next((k for k in kept[1:] if sentence.tokens[k - 1].text == "("), None)
        if bracket is not None:
            kept = [k for k in kept if k < bracket]
        while len(kept) > 1 and sentence.tokens[kept[0]].upos in _TRIM:
            kept.pop(0)
        while len(kept) > 1 and sentence.tokens[kept[-1]].upos == "PART":
            kept.pop()
        return self._text[sentence.tokens[kept[0]].start : sentence.tokens[kept[-1]].end]

    def _name_in(self, span: Span, kind: str) -> Name | None:
        inside = [n for n in self._names.of(span) if n.kind == kind and span.holds(n.span)]
        return inside[0] if inside else None

    def _speaks_for(self, sentence: Sentence, head: int, span: Span, role: int | None, name: str | None) -> str | None:
        if role is None:
            return self._led(sentence, head)
        for n in self._names.of(span):
            if n.kind in ("Organization", "NORP", "Miscellaneous", "Location") and span.holds(n.span) and n.span.of(self._text) != name:
                # "Its spokesman in Masisi" speaks in Masisi, not for it.
                if n.kind == "Location" and self._text[max(0, n.span.start - 5) : n.span.start].lower().endswith((" in ", " at ", "near ", "from ")):
                    continue
                return n.span.of(self._text)
        for k in sentence.children[role]:
            token = sentence.tokens[k]
            if token.rel == "nmod:poss" and token.upos == "PRON":
                owner = self._back.get(token.span)
                if owner is not None:
                    return owner.of(self._text)
            if token.rel == "nmod" and any(sentence.tokens[c].lemma in ("of", "for") for c in sentence.children[k]):
                _, core = self._phrase(sentence, k)
                return self._bare(sentence, [c for c in core if sentence.tokens[c].rel != "case"])
            # A lieutenant colonel speaks for no lieutenant.
            if token.rel == "compound" and token.upos in ("NOUN", "PROPN") and token.text.lower() not in words("antecedents", "nouns", "ranks"):
                return token.text
        return None

    def _led(self, sentence: Sentence, head: int) -> str | None:
        """The body that a clause beside the name says he speaks for or leads: "who speaks for the Taliban", "who leads the front"."""
        tokens = sentence.tokens
        for clause in sentence.children[head]:
            if not tokens[clause].rel.startswith("acl"):
                continue
            for c in sentence.children[clause]:
                cases = {tokens[k].lemma for k in sentence.children[c] if tokens[k].rel == "case"}
                speaks = tokens[clause].lemma == "speak" and tokens[c].rel.startswith("obl") and "for" in cases
                leads = tokens[clause].lemma in _LEADS and tokens[c].rel == "obj"
                if speaks or leads:
                    span, core = self._phrase(sentence, c)
                    back = self._back.get(span) or self._back.get(tokens[c].span)
                    if back is None and tokens[c].upos == "PRON":
                        return None
                    return back.of(self._text) if back is not None else self._bare(sentence, _without_where(sentence, c, core))
        return None

    def _medium(self, sentence: Sentence) -> str | None:
        text = " " + sentence.span.of(self._text).lower() + " "
        return next((medium for medium, signs in _media() if any(sign in text and any(phrase in text for phrase in phrases) for sign, phrases in signs)), None)

    def _type(self, sentence: Sentence, core: Sequence[int], *, has_name: bool) -> SourceType | None:
        found = {sentence.tokens[k].text.lower() for k in core} | {sentence.tokens[k].lemma.lower() for k in core}
        for kind in ("un", "witness", "medical", "ngo", "expert", "official", "belligerent", "media", "document"):
            if found & words("cues", "types", kind):
                return kind
        return None if has_name else "unnamed"


def _without_where(sentence: Sentence, head: int, core: Sequence[int]) -> list[int]:
    """The words of a phrase without what leads it in and where it is: "for the M23 in Masisi" is the M23."""
    tokens = sentence.tokens
    where = {
        k
        for c in sentence.children[head]
        if tokens[c].rel == "nmod" and any(tokens[j].rel == "case" and tokens[j].lemma in ("in", "at", "near", "from", "on") for j in sentence.children[c])
        for k in sentence.subtree(c)
    }
    return [k for k in core if k not in where and not (tokens[k].rel == "case" and tokens[k].head == head)]

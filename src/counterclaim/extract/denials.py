"""A denial that only points back to a claim that denies what was said before it, in its own sentence or the one before.

What it captures: verbs of denying whose object is "it", "this" or a charge ("The army denied it", "dismissed the claim"); what is said
of a claim beside it ("a claim the army rejected", "which the army denied", "a figure disputed by the ministry"); "no such offer",
"no such attack", where the thing was told before.
What it does not: denials that say what they deny (read as claims of their own); a charge further back; what the denier claims himself.
Example: "The army accused the rebels of breaking the truce. The rebels denied it." → the rebels deny that they broke the truce.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from counterclaim.core.claim import Attack, Casualties, Claim, Violation
from counterclaim.core.codec import claim_key
from counterclaim.core.mention import Mention
from counterclaim.core.nearby import Nearby
from counterclaim.core.span import Span, evidence
from counterclaim.core.syntax import Sentence
from counterclaim.core.voice import Act, Attribution, Chain, Voice
from counterclaim.core.when import When
from counterclaim.extract.timing import beside_cue
from counterclaim.knowledge.lexicon import mapped, words

_BARE = frozenset("it this that these those".split())
_POINTING = frozenset("the this that these those such all any both a an".split())
# "A figure that the ministry disputes" leaves who holds the town alone.
_COUNTS = frozenset("figure toll number".split())
_BLAME = frozenset("blame accusation charge allegation".split())
_CHARGING = frozenset("accuse blame suspect charge".split())
_ASSERTED = frozenset(("asserts", "confirms"))
# What is said by doing: an appeal is not denied, it is answered.
_UNDENIABLE = frozenset("statement answer demand offer pledge verification need".split())

Speaker = Callable[[Span], tuple[Chain, Act, tuple[str, ...]]]


def denials(
    text: str, sentences: Sequence[Sentence], dates: Sequence[tuple[Span, When]], found: Sequence[Attribution], speaker: Speaker, claims: Sequence[Claim]
) -> Iterator[Claim]:
    """The denials of a report that only point back, each with what it refutes; `claims` are those read so far."""
    by_sentence: dict[Span, list[Claim]] = {}
    for claim in claims:
        by_sentence.setdefault(claim.evidence.span, []).append(claim)
    denying = Nearby((a, (a.cue,)) for a in found if a.act == "denies")
    cues, times = Nearby((a, (a.cue,)) for a in found), Nearby((pair, (pair[0],)) for pair in dates)
    for number, sentence in enumerate(sentences):
        before = by_sentence.get(sentences[number - 1].span, []) if number else []
        here = by_sentence.get(sentence.span, [])
        when = next((when for _, when in beside_cue(sentence, times.of(sentence.span), cues.of(sentence.span))), None)
        for act in (a for a in denying.of(sentence.span) if sentence.span.holds(a.cue)):
            at = _points_back(sentence, act)
            if at is None:
                continue
            chain, _, hedges = speaker(act.content[0])
            beside = [claim for claim in _deniable(here, chain[-1].name) if _stands_before(claim, sentence.tokens[at].start)]
            said = beside if beside or _is_aside(sentence, at) else _deniable(before, chain[-1].name)
            if sentence.tokens[at].lemma.lower() in _COUNTS:
                said = [claim for claim in said if claim.kind == "casualties"]
            because = f"'{act.cue.of(text)}' of what {'stands before it' if beside else 'the sentence before says'}"
            if chain[-1].name is not None and _is_charged(sentence, sentences[number - 1] if number and not beside else None, at):
                said = list(_laid(said, chain[-1]))
            yield from _denied(text, sentence, when, said, (chain, hedges), because)
        for at, kinds in _no_such(sentence):
            said = [claim for claim in before if claim.kind in kinds and claim.act != "denies"]
            chain, _, hedges = speaker(sentence.tokens[at].span)
            yield from _denied(text, sentence, when, said, (chain, hedges), f"no such {sentence.tokens[at].lemma}")


def _is_aside(sentence: Sentence, at: int) -> bool:
    """Whether the word is about its own sentence alone: "which", "something", "a claim"; "the claim" may be of the sentence before."""
    below = {sentence.tokens[c].text.lower() for c in sentence.children[at]}
    return sentence.tokens[at].text.lower() in {"which", *words("cues", "told", "bare")} or bool(below & {"a", "an"})


def _deniable(claims: Sequence[Claim], denier: str | None) -> list[Claim]:
    """What others than the denier assert, and one can deny."""
    return [claim for claim in claims if claim.act in _ASSERTED and claim.kind not in _UNDENIABLE and claim.chain[-1].name != denier]


def _denied(text: str, sentence: Sentence, when: When | None, said: Sequence[Claim], speech: tuple[Chain, tuple[str, ...]], because: str) -> Iterator[Claim]:
    """What was said, denied by this voice, unless it is nobody's or the one who said it."""
    for claim in said:
        chain = tuple(v for k, v in enumerate(speech[0]) if k in (0, len(speech[0]) - 1) or v.name != claim.chain[-1].name)
        if len(chain) < 2 or chain[-1].name is None or chain[-1].name == claim.chain[-1].name:
            continue
        denied = msgspec.structs.replace(
            claim,
            evidence=evidence(text, sentence.span),
            chain=chain,
            act="denies",
            hedges=speech[1],
            said=when,
            refutes=claim.key,
            because=f"{because} ({claim.because})",
        )
        yield msgspec.structs.replace(denied, key=claim_key(denied))


def _is_charged(sentence: Sentence, before: Sentence | None, at: int) -> bool:
    """Whether what is denied is a charge: its noun says so, or somebody is accused or blamed in the sentence that it points back to."""
    within = before if before is not None else sentence
    return sentence.tokens[at].lemma.lower() in _BLAME or any(t.upos == "VERB" and t.lemma in _CHARGING for t in within.tokens)


def _laid(said: Sequence[Claim], denier: Voice) -> Iterator[Claim]:
    """Of what is said the deeds that are laid on the denier, who denies having done them, and not that people were killed."""
    whom = (Mention(denier.name or "", span=denier.span),)
    for claim in said:
        match claim.proposition:
            case Attack(actor=()):
                yield msgspec.structs.replace(claim, proposition=msgspec.structs.replace(claim.proposition, actor=whom))
            case Violation(by=()):
                yield msgspec.structs.replace(claim, proposition=msgspec.structs.replace(claim.proposition, by=whom))
            case Casualties(by=by) if all(_is_no_doer(m, denier.name or "") for m in by):
                continue
            case _:
                yield claim


def _is_no_doer(mention: Mention, denier: str) -> bool:
    """Whether what harmed somebody is a thing or a deed, and not the denier's: "shells near Velm", "a bombing", but not "army shells"."""
    if denier.casefold() in mention.words.casefold():
        return False
    said = {form for word in mention.words.lower().split() for form in (word, word.removesuffix("s"))}
    return bool(said & (words("kinds", "attack", "instruments") | words("kinds", "attack", "nouns")))


def _points_back(sentence: Sentence, act: Attribution) -> int | None:
    """The word that alone names what is denied: "it", "the charge", the "claim" or "which" that a clause beside it is about; none where it is said."""
    tokens = sentence.tokens
    # Wherever the parser hangs it, what is denied is no more than "a claim": ", a claim the rebels dismissed".
    said = [k for k, token in enumerate(tokens) if any(span.meets(token.span) for span in act.content) and token.text.lower() != "which"]
    named = [k for k in said if tokens[k].lemma.lower() in words("cues", "told", "nouns")]
    if len(named) == 1 and len(said) > 1 and all(k in named or tokens[k].text.lower() in _POINTING for k in said):
        return named[0]
    for i, token in enumerate(tokens):
        if not act.cue.meets(token.span):
            continue
        if token.rel in ("acl", "acl:relcl") and 0 <= token.head < i and _is_charge(sentence, token.head, range(token.head + 1, i + 1)):
            return token.head
        if mapped("cues", "verbs").get(token.lemma) != "denies":
            continue
        for c in sentence.children[i]:
            if tokens[c].rel not in ("obj", "nsubj:pass"):
                continue
            if tokens[c].text.lower() in _BARE and tokens[c].upos in ("PRON", "DET"):
                return c
            if any(tokens[k].rel != "punct" for k in sentence.children[c]) and _is_charge(sentence, c):
                return c
        if (which := _which(sentence, i)) is not None:
            return which
    return None


def _which(sentence: Sentence, verb: int) -> int | None:
    """The "which" behind a comma whose clause has nothing else for the verb to deny: ", which the army denied"; none for another clause."""
    tokens = sentence.tokens
    below = [c for c in sentence.children[verb] if tokens[c].text.lower() != "which"]
    if tokens[verb].rel not in ("acl:relcl", "advcl:relcl", "parataxis", "conj") or any(tokens[c].rel in ("obj", "ccomp", "xcomp") for c in below):
        return None
    subject = next((c for c in below if tokens[c].rel == "nsubj"), None)
    first = min(sentence.subtree(subject)) if subject is not None else 0
    return first - 1 if first > 1 and tokens[first - 1].text.lower() == "which" and tokens[first - 2].text == "," else None


def _is_charge(sentence: Sentence, head: int, without: Sequence[int] = ()) -> bool:
    """Whether a word stands for something told before ("the claim", "this figure", "something"), and says nothing of it itself."""
    tokens = sentence.tokens
    if tokens[head].text.lower() in words("cues", "told", "bare"):
        return True
    below = [k for k in sentence.children[head] if tokens[k].rel != "punct" and k not in without]
    return tokens[head].lemma.lower() in words("cues", "told", "nouns") and all(tokens[k].text.lower() in _POINTING or tokens[k].rel == "cc" for k in below)


def _stands_before(claim: Claim, at: int) -> bool:
    """Whether all that a claim names stands before this place."""
    slots = (getattr(claim.proposition, slot) for slot in claim.proposition.__struct_fields__)
    spans = [m.span for value in slots if isinstance(value, tuple) for m in value if isinstance(m, Mention) and m.span is not None]
    inside = [c for c in claim.chain[-1].content if len(claim.chain) > 1]
    return bool(spans) and all(s.start < at for s in spans) and (not inside or any(c.start < at for c in inside))


def _no_such(sentence: Sentence) -> Iterator[tuple[int, frozenset[str]]]:
    """The nouns of which there is none such ("no such offer was received"), each with the kinds of claims that tell of one."""
    tokens = sentence.tokens
    for i, token in enumerate(tokens):
        below = {tokens[c].text.lower() for c in sentence.children[i]}
        kinds = frozenset(kind for kind, nouns in _KINDS.items() if token.lemma.lower() in nouns)
        if kinds and {"no", "such"} <= below:
            yield i, kinds


# The nouns by which a report points back to what it told, by the kinds that tell it.
_KINDS = {
    "offer": frozenset("offer proposal promise guarantee undertaking".split()),
    "pledge": frozenset("promise pledge guarantee undertaking threat".split()),
    "demand": frozenset("demand request call appeal ultimatum".split()),
    "agreement": frozenset("agreement deal accord truce ceasefire pact arrangement".split()),
    "talks": frozenset("talks talk meeting contact negotiation".split()),
    "attack": frozenset("attack strike raid shelling bombing airstrike ambush incident".split()),
    "fighting": frozenset("fighting clash battle incident".split()),
    "violation": frozenset("violation breach incident".split()),
    "aid": frozenset("delivery convoy shipment aid".split()),
}

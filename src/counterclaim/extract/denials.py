"""A denial that only points back ("The army denied it") to a claim that denies what the sentence before says.

What it captures: verbs of denying whose object is "it", "this", "that" or a charge, after a sentence in which somebody else
claims something.
What it does not: denials that say what they deny (read as claims of their own); a charge further back; what the denier claims himself.
Example: "The army accused the rebels of breaking the truce. The rebels denied it." → the rebels deny that they broke the truce.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import msgspec

from counterclaim.core.claim import Claim
from counterclaim.core.codec import claim_key
from counterclaim.core.nearby import Nearby
from counterclaim.core.span import Span, evidence
from counterclaim.core.syntax import Sentence
from counterclaim.core.voice import Act, Attribution, Chain
from counterclaim.core.when import When
from counterclaim.extract.timing import beside_cue
from counterclaim.knowledge.lexicon import mapped

_BARE = frozenset("it this that these those".split())
_CHARGES = frozenset("charge accusation allegation claim report assertion".split())
_POINTING = frozenset("the this that these those such all any both".split())
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
    for before, sentence in pairwise(sentences):
        said = [claim for claim in by_sentence.get(before.span, ()) if claim.act in _ASSERTED and claim.kind not in _UNDENIABLE]
        if not said:
            continue
        for act in (a for a in denying.of(sentence.span) if sentence.span.holds(a.cue) and _points_back(sentence, a)):
            chain, _, hedges = speaker(act.content[0])
            for claim in said:
                if len(chain) < 2 or chain[-1].name is None or chain[-1].name == claim.chain[-1].name:
                    continue
                denied = msgspec.structs.replace(
                    claim,
                    evidence=evidence(text, sentence.span),
                    chain=chain,
                    act="denies",
                    hedges=hedges,
                    said=next((when for _, when in beside_cue(sentence, times.of(sentence.span), cues.of(sentence.span))), None),
                    refutes=claim.key,
                    because=f"'{act.cue.of(text)}' of what the sentence before says ({claim.because})",
                )
                yield msgspec.structs.replace(denied, key=claim_key(denied))


def _points_back(sentence: Sentence, act: Attribution) -> bool:
    """Whether what is denied is named only by "it" or "the charge"."""
    tokens = sentence.tokens
    for i, token in enumerate(tokens):
        if not act.cue.meets(token.span) or mapped("cues", "verbs").get(token.lemma) != "denies":
            continue
        for c in sentence.children[i]:
            if tokens[c].rel not in ("obj", "nsubj:pass"):
                continue
            if tokens[c].text.lower() in _BARE and tokens[c].upos in ("PRON", "DET"):
                return True
            below = [k for k in sentence.children[c] if tokens[k].rel != "punct"]
            if tokens[c].lemma.lower() in _CHARGES and all(tokens[k].text.lower() in _POINTING for k in below) and below:
                return True
    return False

"""Something signed, reached or announced by the parties to it.

What it captures: "signed a ceasefire", "agreed to a truce", "a deal between A and B was reached", "agreed to exchange
prisoners"; its type and its terms.
What it does not: agreements that are sought, near, collapsed or refused; one side's readiness (an offer).
Example: "The two commanders signed a truce in the border town."
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from counterclaim.core.claim import Agreement, AgreementType
from counterclaim.extract.frames import Draft, Frame, Scene, frame, triggers
from counterclaim.knowledge.lexicon import words

_TYPES: tuple[AgreementType, ...] = ("ceasefire", "exchange", "withdrawal", "access", "peace")
_FAILED = frozenset("collapse fail break seek want demand propose reject refuse discuss delay expire urge call".split())
# Verbs that say of a deal named as their subject that it exists: "a truce took effect".
_STANDS = frozenset("take enter come begin hold start".split())


def find(scene: Scene) -> Iterator[Draft]:
    """Drafts of agreements in one sentence."""
    sentence, tokens = scene.sentence, scene.sentence.tokens
    nouns = frozenset().union(words("kinds", "agreement", "common"), *(words("kinds", "agreement", t) for t in _TYPES if t != "peace"))
    for i in triggers(sentence, words("kinds", "agreement", "verbs"), "VERB"):
        found = frame(sentence, i)
        things = found.subjects if found.is_passive else (*found.objects, *found.at("to", "on", "upon", "into"))
        deals = [h for h in things if tokens[h].lemma.lower() in nouns]
        clause = next((c for c in sentence.children[i] if tokens[c].rel == "xcomp"), None) if tokens[i].lemma == "agree" else None
        if (not deals and clause is None) or found.is_negated or found.modality != "actual":
            continue
        parties = found.agents if found.is_passive else found.subjects
        # "The group agreed to talks" is an answer; an agreement has two sides, in one plural phrase at least.
        if tokens[i].lemma in ("agree", "accept") and not _are_several(scene, [*parties, *found.at("with")]):
            continue
        yield _draft(scene, i, found, parties, deals, clause, f"agreement: '{tokens[i].lemma}' with what is agreed")
    for i in triggers(sentence, nouns, "NOUN"):
        found = frame(sentence, i)
        between = found.at("between", "among")
        head = tokens[i].head
        above = frame(sentence, head) if head >= 0 and tokens[head].upos == "VERB" else None
        if not between or above is None or above.is_negated or above.modality != "actual" or tokens[head].lemma not in _STANDS:
            continue
        yield _draft(scene, i, found, between, [i], None, f"agreement: '{tokens[i].text.lower()}' between its parties")


def _are_several(scene: Scene, parties: Sequence[int]) -> bool:
    tokens = scene.sentence.tokens
    return len(parties) > 1 or any(tokens[p].xpos in ("NNS", "NNPS") or tokens[p].lemma in ("both", "they") or scene.joined(p) for p in parties)


def _draft(scene: Scene, i: int, found: Frame, parties: Sequence[int], deals: Sequence[int], clause: int | None, because: str) -> Draft:
    inner = [h for d in deals for h in frame(scene.sentence, d).at("between", "with", "among")]
    partners = [h for h in (*found.at("with"), *inner) if not scene.is_date(h)]
    terms = [clause] if clause is not None else [c for d in deals for c in scene.sentence.children[d] if scene.sentence.tokens[c].rel == "acl"]
    return Draft(
        trigger=scene.sentence.tokens[i].span,
        proposition=Agreement(
            parties=scene.mentions(list(dict.fromkeys([*parties, *partners]))),
            type=_type(scene, [*deals, *terms]),
            terms=tuple(scene.words(t, deed=True) for t in terms),
        ),
        because=because,
        score=0.5,
        when=scene.when_near(i),
    )


def _type(scene: Scene, heads: Sequence[int]) -> AgreementType | None:
    """The type that a word of the phrase names, the most specific first."""
    below = {scene.sentence.tokens[k].lemma.lower() for h in heads for k in scene.sentence.subtree(h)}
    return next((t for t in _TYPES if below & words("kinds", "agreement", t)), None)

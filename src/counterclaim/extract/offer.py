"""Something undertaken in return for something asked.

What it captures: readiness with a condition ("ready to talk as soon as …", "would stop if …"), offers and proposals with
"in return", each side of the bargain as terms.
What it does not: appeals without a return (a demand), promises without a condition (a pledge).
Example: "The group said it would release the prisoners if the siege was lifted."
"""

from __future__ import annotations

from collections.abc import Iterator

from counterclaim.core.claim import Offer, Term
from counterclaim.core.span import Span
from counterclaim.extract.frames import Draft, Scene, frame, triggers

_READY = frozenset("ready willing prepared".split())
_CONDITION = frozenset("if once provided".split())
_WOULD = frozenset("will would ’ll".split())


def find(scene: Scene) -> Iterator[Draft]:
    """Drafts of offers in one sentence."""
    sentence, tokens = scene.sentence, scene.sentence.tokens
    condition = _condition(scene)
    if condition is None:
        return
    for i, token in enumerate(tokens):
        offers = token.lemma.lower() in _READY or (
            token.upos == "VERB" and any(tokens[c].text.lower() in _WOULD and tokens[c].rel.startswith("aux") for c in sentence.children[i]) and i != condition
        )
        if not offers or condition in (i,) or (token.upos == "VERB" and frame(sentence, i).is_negated):
            continue
        found = frame(sentence, i)
        by = found.subjects or _subject_above(scene, i)
        asked = frame(sentence, condition)
        if not by or not asked.subjects:
            continue
        ask = _clause(scene, condition)
        own = _clause(scene, i, without=condition)
        yield Draft(
            trigger=token.span,
            proposition=Offer(
                by=scene.mentions(by),
                to=scene.mentions(asked.subjects),
                asks=(Term(ask, party=scene.mention(asked.subjects[0])),),
                undertakings=(Term(own, party=scene.mention(by[0])),),
                sequence="condition-first",
            ),
            because=f"offer: '{token.text.lower()}' with the condition '{ask[:40]}'",
            score=0.5,
            act="proposes",
        )
        return


def _subject_above(scene: Scene, i: int) -> tuple[int, ...]:
    for above in scene.sentence.ancestors(i):
        found = frame(scene.sentence, above).subjects
        if found:
            return found
    return ()


def _condition(scene: Scene) -> int | None:
    """The verb of a conditional clause that asks something of somebody."""
    tokens = scene.sentence.tokens
    for i in triggers(scene.sentence, frozenset(t.lemma.lower() for t in tokens), "VERB"):
        for c in scene.sentence.children[i]:
            if tokens[c].rel == "mark" and (
                tokens[c].text.lower() in _CONDITION or "as soon as" in Span(max(0, tokens[c].start - 12), tokens[c].end).of(scene.text).lower()
            ):
                return i
    return None


def _clause(scene: Scene, i: int, without: int | None = None) -> str:
    tokens = scene.sentence.tokens
    left_out = set(scene.sentence.subtree(without)) if without is not None else set()
    kept = [
        k
        for k in scene.sentence.subtree(i)
        if k not in left_out
        and not (tokens[k].rel == "mark" and tokens[k].head == i)
        and not (tokens[k].head == i and tokens[k].rel.startswith(("nsubj", "punct")))
    ]
    run = [k for k in kept if k >= i] or [i]
    return Span(tokens[run[0]].start, tokens[run[-1]].end).of(scene.text)

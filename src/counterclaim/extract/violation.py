"""A breach of an agreement, of law or of rights.

What it captures: "broke the truce", "violated the ceasefire", "a violation of international law by A", under accusation too.
What it does not: attacks that nobody calls a breach; agreements that are kept.
Example: "The army accused the front of violating the truce near the dam."
"""

from __future__ import annotations

from collections.abc import Iterator

from counterclaim.core.claim import Violation
from counterclaim.core.when import When
from counterclaim.extract.frames import Draft, Scene, frame, triggers
from counterclaim.knowledge.lexicon import words

_ACCUSE = frozenset("accuse blame suspect".split())


def find(scene: Scene) -> Iterator[Draft]:
    """Drafts of violations in one sentence."""
    sentence, tokens = scene.sentence, scene.sentence.tokens
    if any(t.text == "?" for t in tokens):
        return
    for i in triggers(sentence, words("kinds", "violation", "verbs"), "VERB"):
        found = frame(sentence, i)
        broken = [h for h in (found.subjects if found.is_passive else found.objects) if tokens[h].lemma.lower() in words("kinds", "violation", "of")]
        if not broken or found.is_negated or found.modality != "actual":
            continue
        by = found.agents if found.is_passive else found.subjects
        head = tokens[i].head
        if head >= 0 and tokens[head].lemma in _ACCUSE:
            by = frame(sentence, head).objects or by
        yield _draft(scene, i, by, broken, f"violation: '{tokens[i].lemma}' with what is broken")
    for i in triggers(sentence, words("kinds", "violation", "nouns"), "NOUN"):
        found = frame(sentence, i)
        compound = [c for c in sentence.children[i] if tokens[c].rel == "compound" and tokens[c].lemma.lower() in words("kinds", "violation", "of")]
        broken = [*found.at("of"), *compound]
        head = tokens[i].head
        above = frame(sentence, head) if head >= 0 and tokens[head].upos == "VERB" else None
        if not broken or (above is not None and (above.is_negated or above.modality != "actual")):
            continue
        by = found.agents or (above.subjects if above is not None and tokens[head].lemma in ("commit", "carry") else ())
        yield _draft(scene, i, by, broken, f"violation: noun '{tokens[i].lemma}' of what is broken")


def _draft(scene: Scene, i: int, by: tuple[int, ...], broken: list[int], because: str) -> Draft:
    return Draft(
        trigger=scene.sentence.tokens[i].span,
        proposition=Violation(
            by=scene.mentions(by),
            of=tuple(_broken(scene, h) for h in broken),
            place=scene.mentions([h for h in frame(scene.sentence, i).at("in", "at", "near", "along") if scene.is_place(h)]),
        ),
        because=because,
        score=0.5,
        when=_when(scene, i, broken),
    )


def _when(scene: Scene, i: int, broken: list[int]) -> When | None:
    """When it was broken; "the ceasefire of 20 May" says when that was made."""
    within = [scene.sentence.tokens[k].span for h in broken for k in scene.sentence.subtree(h)]
    found = scene.when_near(i)
    return None if any(when == found and any(span.meets(own) for own in within) for span, when in scene.dates) else found


def _broken(scene: Scene, head: int) -> str:
    """What is broken, without the means by which: "the truce with drone attacks" is the truce."""
    sentence = scene.sentence
    means = frozenset(
        c
        for c in sentence.children[head]
        if c > head and any(sentence.tokens[k].lemma in ("with", "by") and sentence.tokens[k].rel == "case" for k in sentence.children[c])
    )
    return scene.mention(head, means).words

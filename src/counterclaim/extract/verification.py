"""Somebody checked, or could not check, what others say.

What it captures: verify, confirm and their like under "could not", "has not been able to", "it was not possible to", "independently",
and of "neither" and "none"; who, what, result.
What it does not: a party that confirms its own deed or loss (an assertion).
Example: "The agency could not independently verify the number of casualties."
"""

from __future__ import annotations

from collections.abc import Iterator

from counterclaim.core.claim import Verification
from counterclaim.core.span import Span
from counterclaim.extract.frames import Draft, Scene, frame, triggers
from counterclaim.knowledge.lexicon import words


def find(scene: Scene) -> Iterator[Draft]:
    """Drafts of verification claims in one sentence."""
    sentence, tokens = scene.sentence, scene.sentence.tokens
    for i in triggers(sentence, words("kinds", "verification", "verbs"), "VERB"):
        found = frame(sentence, i)
        independent = any(t.lemma == "independently" for t in tokens)
        negated = found.is_negated or any(_is_of_none(scene, h) for h in found.subjects)
        at, subjects = i, found.subjects
        for above in sentence.ancestors(i):
            # "It was not possible to verify": who could not is left unsaid.
            if tokens[at].rel not in ("xcomp", "csubj"):
                break
            higher = frame(sentence, above)
            negated = negated or higher.is_negated or tokens[above].lemma in ("unable", "impossible")
            subjects = subjects or higher.subjects
            at = above
        if not (independent or negated) or (negated and found.modality == "conditional"):
            continue
        about = found.subjects if found.is_passive else found.objects
        by = found.agents if found.is_passive else subjects
        kept = [sentence.subtree(h) for h in about]
        yield Draft(
            trigger=tokens[i].span,
            proposition=Verification(
                by=scene.mentions(by),
                value="not-verified" if negated else "verified",
                about=tuple(Span(tokens[k[0]].start, tokens[k[-1]].end).of(scene.text) for k in kept),
            ),
            because=f"verification: '{tokens[i].lemma}'{' under negation' if negated else ''}{' independently' if independent else ''}",
            score=0.7,
            act="cannot-verify" if negated else "asserts",
            when=scene.when_near(i),
        )


def _is_of_none(scene: Scene, head: int) -> bool:
    """Whether a phrase names none of the things: "neither side's figures", "none of these figures"."""
    return any(scene.sentence.tokens[k].text.lower() in ("neither", "none", "no") for k in scene.sentence.subtree(head) if k <= head)

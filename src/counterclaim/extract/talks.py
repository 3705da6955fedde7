"""A meeting or negotiation that took place.

What it captures: "met with", "held talks with", "talks between".
What it does not: readiness to talk, planned or refused talks.
Example: "The envoy met with the group's leaders in the capital."
"""

from __future__ import annotations

from collections.abc import Iterator

from counterclaim.core.claim import Talks
from counterclaim.extract.frames import Draft, Scene, frame, triggers


def find(scene: Scene) -> Iterator[Draft]:
    """Drafts of talks in one sentence."""
    sentence, tokens = scene.sentence, scene.sentence.tokens
    for i in triggers(sentence, frozenset(("meet", "negotiate", "hold")), "VERB"):
        found = frame(sentence, i)
        if found.is_negated or found.modality != "actual" or not found.subjects or found.is_passive:
            continue
        partners: list[int] = [h for h in found.at("with") if not scene.is_date(h)]
        if tokens[i].lemma == "meet":
            partners += [h for h in found.objects if tokens[h].upos in ("PROPN", "NOUN")]
        if tokens[i].lemma == "hold":
            meeting = [h for h in found.objects if tokens[h].lemma.lower() in ("talk", "talks", "meeting", "negotiation")]
            if not meeting:
                continue
            partners += [h for m in meeting for h in frame(sentence, m).at("with")]
        if not partners:
            continue
        yield Draft(
            trigger=tokens[i].span,
            proposition=Talks(
                participants=scene.mentions([*found.subjects, *partners]), place=scene.mentions([h for h in found.at("in", "at") if scene.is_place(h)])
            ),
            because=f"talks: '{tokens[i].lemma}' with its partners",
            score=0.5,
            when=scene.when_near(i),
        )

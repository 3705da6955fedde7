"""A promise or threat of one's own future acts.

What it captures: promise, pledge, vow, undertake, guarantee, threaten with what is to be done; the performer is the origin.
What it does not: promises with a condition for the other side (an offer), predictions.
Example: "The movement promised that aid workers would be safe."
"""

from __future__ import annotations

from collections.abc import Iterator

from counterclaim.core.claim import Pledge
from counterclaim.core.span import Span
from counterclaim.extract.frames import Draft, Scene, frame, triggers
from counterclaim.knowledge.lexicon import words


def find(scene: Scene) -> Iterator[Draft]:
    """Drafts of pledges in one sentence."""
    sentence, tokens = scene.sentence, scene.sentence.tokens
    for i in triggers(sentence, words("cues", "verbs", "promises"), "VERB"):
        found = frame(sentence, i)
        what = next((c for c in sentence.children[i] if tokens[c].rel in ("xcomp", "ccomp")), None) or (found.objects[0] if found.objects else None)
        if what is None or not found.subjects or found.is_negated or found.is_passive or found.modality in ("hypothetical", "conditional"):
            continue
        kept = [k for k in sentence.subtree(what) if not (tokens[k].rel == "mark" and tokens[k].head == what)]
        by = scene.mentions(found.subjects)
        if not by:
            continue
        yield Draft(
            trigger=tokens[i].span,
            proposition=Pledge(
                by=by,
                to=scene.mentions([h for h in found.at("to") if not scene.is_date(h)]),
                acts=(Span(tokens[kept[0]].start, tokens[kept[-1]].end).of(scene.text),),
            ),
            because=f"pledge: '{tokens[i].lemma}' with what is promised",
            score=0.5,
            act="promises",
            performer=by[0],
        )

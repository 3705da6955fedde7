"""An appeal or ultimatum with no return offered.

What it captures: demand, urge, call on, appeal to, order somebody to do something; the performer is the origin.
What it does not: offers with a return; calls for what nobody is asked to do.
Example: "The UN urged both sides to stop the fighting."
"""

from __future__ import annotations

from collections.abc import Iterator

from counterclaim.core.claim import Demand
from counterclaim.core.span import Span
from counterclaim.extract.frames import Draft, Scene, frame, triggers

_VERBS = frozenset("demand urge call appeal order request implore insist".split())


def find(scene: Scene) -> Iterator[Draft]:
    """Drafts of demands in one sentence."""
    sentence, tokens = scene.sentence, scene.sentence.tokens
    for i in triggers(sentence, _VERBS, "VERB"):
        found = frame(sentence, i)
        if not found.subjects or found.is_negated or found.is_passive or found.modality == "hypothetical":
            continue
        clause = next((c for c in sentence.children[i] if tokens[c].rel in ("xcomp", "ccomp", "advcl")), None)
        asked = [h for h in (*found.objects, *found.at("on", "upon", "to")) if not scene.is_date(h)]
        if clause is None and tokens[i].lemma in ("call", "order", "request", "insist") and not found.at("for"):
            continue
        if clause is not None:
            kept = sentence.subtree(clause)
            acts = Span(tokens[kept[0]].start, tokens[kept[-1]].end).of(scene.text)
            if tokens[i].lemma in ("demand", "insist"):
                asked = list(frame(sentence, clause).subjects) or asked
        else:
            wanted = found.at("for") or found.objects
            if not wanted:
                continue
            asked = [h for h in asked if h not in wanted]
            kept = sentence.subtree(wanted[0])
            acts = Span(tokens[kept[0]].start, tokens[kept[-1]].end).of(scene.text)
            acts = acts.removeprefix("for ")
        by = scene.mentions(found.subjects)
        if not by:
            continue
        yield Draft(
            trigger=tokens[i].span,
            proposition=Demand(by=by, to=scene.mentions(asked[:2]), acts=(acts.removeprefix("to "),)),
            because=f"demand: '{tokens[i].lemma}' with what is asked",
            score=0.5,
            act="demands",
            performer=by[0],
        )

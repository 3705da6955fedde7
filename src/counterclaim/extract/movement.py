"""Forces or people going somewhere: advance, withdraw, deploy, flee, enter, return.

What it captures: verbs of movement with forces or people as subject, where to and where from.
What it does not: movements that are asked for, conditions or plans; figurative advances.
Example: "Rebel fighters are advancing towards the capital."
"""

from __future__ import annotations

from collections.abc import Iterator

from counterclaim.core.claim import Action, Movement
from counterclaim.extract.frames import Draft, Scene, frame, triggers
from counterclaim.knowledge.lexicon import words

_ACTIONS: tuple[Action, ...] = ("advance", "withdraw", "deploy", "flee", "enter", "return")


def find(scene: Scene) -> Iterator[Draft]:
    """Drafts of movement claims in one sentence."""
    tokens = scene.sentence.tokens
    table = {verb: action for action in _ACTIONS for verb in words("kinds", "movement", action)}
    for i in triggers(scene.sentence, frozenset(table), "VERB"):
        found = frame(scene.sentence, i)
        action = table[tokens[i].lemma]
        actors = found.subjects
        if action in ("withdraw", "deploy") and found.objects and tokens[found.objects[0]].text.lower() in words("kinds", "forces", "nouns"):
            actors = found.subjects or found.objects
        if found.is_passive and action not in ("deploy", "withdraw"):
            continue
        if not actors or found.is_negated or found.modality != "actual":
            continue
        to = [h for h in found.at("to", "into", "towards", "toward", "on", "in", "at") if not scene.is_date(h)]
        if action in ("enter", "flee"):
            to = [*(h for h in found.objects if action == "enter"), *to]
        origin = [*found.at("from"), *(found.objects if action == "flee" else ())]
        yield Draft(
            trigger=tokens[i].span,
            proposition=Movement(actor=scene.mentions(actors), action=action, to=scene.mentions(to), from_=scene.mentions(origin)),
            because=f"movement.{action}: nsubj of '{tokens[i].lemma}'",
            score=0.5,
            when=scene.when_near(i),
        )

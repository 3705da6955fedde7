"""One-sided violence: attacks, bombings, shelling, raids, kidnappings.

What it captures: verbs of attack with their target; light verbs ("carried out an attack on", "opened fire on"); event
nouns with "by" and "on" ("shelling of the market by the army").
What it does not: two-sided fighting, attacks that are planned, threatened or figurative.
Example: "Gunmen attacked a market in the town."
"""

from __future__ import annotations

from collections.abc import Iterator

from counterclaim.core.claim import Attack
from counterclaim.extract.frames import Draft, Frame, Scene, frame, triggers
from counterclaim.knowledge.lexicon import mapped, words

_DEEDS = frozenset("attack bombing explosion blast strike airstrike shelling clash fighting".split())
_LIGHT = frozenset("carry launch conduct mount stage commit open".split())


def find(scene: Scene) -> Iterator[Draft]:
    """Drafts of attack claims in one sentence."""
    sentence, tokens = scene.sentence, scene.sentence.tokens
    verbs = words("kinds", "attack", "verbs") | words("kinds", "casualties", "killed") - {"die"}
    seen: set[int] = set()
    for i in triggers(sentence, verbs, "VERB"):
        found = frame(sentence, i)
        targets = found.subjects if found.is_passive else found.objects
        actors = found.agents if found.is_passive else found.subjects
        if not targets or found.is_negated or found.modality != "actual":
            continue
        if tokens[i].lemma in words("kinds", "casualties", "killed") and not actors:
            continue
        # "The blast killed nine", "the war has killed thousands": what people die of attacks nobody.
        if any(tokens[a].lemma in _DEEDS | words("totals", "wars") for a in actors):
            continue
        seen.add(i)
        yield _draft(
            scene, i, found, actors, targets, f"attack: {'nsubj:pass' if found.is_passive else 'nsubj+obj'} of '{tokens[i].lemma}'", 0.55 if actors else 0.45
        )
    for i in triggers(sentence, words("kinds", "attack", "nouns"), "NOUN"):
        found = frame(sentence, i)
        head = tokens[i].head
        above = frame(sentence, head) if head >= 0 and tokens[head].upos == "VERB" else None
        targets = tuple(h for h in found.at("on", "against", "of") if not scene.is_date(h))
        actors = tuple(a for a in found.agents if not scene.is_date(a))
        if above is not None and above.modality == "actual" and not above.is_negated and tokens[head].lemma in _LIGHT:
            actors = actors or (above.agents if above.is_passive else above.subjects)
        elif not (targets or actors) or (above is not None and (above.modality != "actual" or above.is_negated)):
            continue
        if targets or actors:
            yield _draft(scene, i, found, actors, targets, f"attack: noun '{tokens[i].lemma}' with its complements", 0.45)


def _draft(scene: Scene, i: int, found: Frame, actors: tuple[int, ...], targets: tuple[int, ...], because: str, score: float) -> Draft:
    tokens, token = scene.sentence.tokens, scene.sentence.tokens[i]
    # "Shells struck the market": what is fired says how, and not who.
    tools = [a for a in actors if tokens[a].lemma.lower() in words("kinds", "attack", "instruments")]
    by_tool = next((mapped("kinds", "attack", "fired").get(tokens[a].lemma.lower()) for a in tools), None)
    places = [h for h in found.at("in", "at", "near", "outside", "across") if scene.is_place(h) and not scene.is_date(h)]
    return Draft(
        trigger=token.span,
        proposition=Attack(
            actor=scene.mentions([a for a in actors if a not in tools]),
            target=scene.mentions(targets),
            means=by_tool or mapped("kinds", "attack", "means").get(token.lemma.lower()) or mapped("kinds", "attack", "means").get(token.text.lower()),
            place=scene.mentions(places),
        ),
        because=because,
        score=score,
        when=scene.when_near(i),
    )

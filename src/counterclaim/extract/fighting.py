"""Two-sided violence: fighting, clashes, battles.

What it captures: "A clashed with B", "fighting between A and B", "heavy fighting was reported in".
What it does not: one-sided attacks, fights against hunger or corruption, calls to stop fighting.
Example: "Clashes broke out between the army and rebels in the valley."
"""

from __future__ import annotations

from collections.abc import Iterator

from counterclaim.core.claim import Fighting
from counterclaim.extract.frames import Draft, Scene, frame, triggers
from counterclaim.knowledge.lexicon import words

_PLACES = ("in", "at", "near", "around", "outside", "across", "inside")
_INTENSE = frozenset("heavy fierce intense deadly sporadic renewed fresh bloody ongoing".split())
_FIGURATIVE = frozenset("corruption hunger poverty disease terrorism covid climate malaria inflation crime".split())
_STOPS = frozenset("stop end cease halt avoid prevent".split())


def find(scene: Scene) -> Iterator[Draft]:
    """Drafts of fighting claims in one sentence."""
    sentence, tokens = scene.sentence, scene.sentence.tokens
    for i in triggers(sentence, words("kinds", "fighting", "verbs"), "VERB"):
        found = frame(sentence, i)
        against = [h for h in (*found.objects, *found.at("with", "against")) if not scene.is_date(h)]
        if found.is_negated or found.modality != "actual" or not found.subjects or any(tokens[h].lemma.lower() in _FIGURATIVE for h in against):
            continue
        yield Draft(
            trigger=tokens[i].span,
            proposition=Fighting(sides=scene.mentions([*found.subjects, *against]), place=scene.mentions([h for h in found.at(*_PLACES) if scene.is_place(h)])),
            because=f"fighting: nsubj and 'with/against' of '{tokens[i].lemma}'",
            score=0.5 if against else 0.35,
            when=scene.when_near(i),
        )
    for i in triggers(sentence, words("kinds", "fighting", "nouns"), "NOUN"):
        found = frame(sentence, i)
        head = tokens[i].head
        above = frame(sentence, head) if head >= 0 and tokens[head].upos == "VERB" else None
        if above is not None and (above.is_negated or above.modality != "actual" or tokens[head].lemma in _STOPS):
            continue
        sides = [h for h in found.at("between", "with", "against", "among") if not scene.is_date(h)]
        places = [h for h in (*found.at(*_PLACES), *(above.at(*_PLACES) if above else ())) if scene.is_place(h) and not scene.is_date(h)]
        if any(tokens[h].lemma.lower() in _FIGURATIVE for h in sides) or any(
            tokens[c].rel == "compound" and tokens[c].lemma.lower() in _FIGURATIVE for c in sentence.children[i]
        ):
            continue
        if not sides and not places and not (above is not None and tokens[i].rel.startswith("nsubj")):
            continue
        intensity = next((tokens[c].text.lower() for c in sentence.children[i] if tokens[c].rel == "amod" and tokens[c].text.lower() in _INTENSE), None)
        yield Draft(
            trigger=tokens[i].span,
            proposition=Fighting(sides=scene.mentions(sides), place=scene.mentions(places), intensity=intensity),
            because=f"fighting: noun '{tokens[i].lemma}' with its sides or place",
            score=0.5,
            when=scene.when_near(i),
        )

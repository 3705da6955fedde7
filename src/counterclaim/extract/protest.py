"""Demonstrations and riots.

What it captures: people that protest, demonstrate, rally or riot; protests that are held, erupt or are said to have taken place.
What it does not: protests that are planned, called for or banned; words of protest.
Example: "Hundreds of traders demonstrated in the port."
"""

from __future__ import annotations

from collections.abc import Iterator

from counterclaim.core.claim import Protest
from counterclaim.extract.frames import Draft, Scene, frame, triggers
from counterclaim.knowledge.lexicon import words

_PLACES = ("in", "at", "near", "outside", "across", "through")
# "Rally" and "march" are protests when people, not prices or armies, do them.
_DOUBTFUL = frozenset(("rally", "march"))
_HELD = frozenset("hold stage organise organize erupt break take join spread follow continue gather".split())


def find(scene: Scene) -> Iterator[Draft]:
    """Drafts of protests in one sentence."""
    sentence, tokens = scene.sentence, scene.sentence.tokens
    for i in triggers(sentence, words("kinds", "protest", "verbs"), "VERB"):
        found = frame(sentence, i)
        # "Demonstrated a missile": shown, not held.
        if not found.subjects or found.is_negated or found.modality != "actual" or (found.objects and tokens[i].lemma == "demonstrate"):
            continue
        people = any(tokens[s].lemma.lower() in words("kinds", "people", "nouns") or scene.figure_of(s) is not None for s in found.subjects)
        soldiers = any(tokens[s].lemma.lower() in words("kinds", "forces", "nouns") for s in found.subjects)
        if tokens[i].lemma in _DOUBTFUL and (soldiers or not people):
            continue
        yield _draft(scene, i, found.subjects, found.at(*_PLACES), f"protest: nsubj of '{tokens[i].lemma}'")
    for i in triggers(sentence, words("kinds", "protest", "nouns"), "NOUN"):
        found = frame(sentence, i)
        head = tokens[i].head
        above = frame(sentence, head) if head >= 0 and tokens[head].upos == "VERB" else None
        if above is not None and (above.is_negated or above.modality != "actual"):
            continue
        staged = above is not None and tokens[head].lemma in _HELD
        actors = found.agents or (above.subjects if above is not None and staged and tokens[i].rel == "obj" else ())
        places = (*found.at(*_PLACES), *(above.at(*_PLACES) if above is not None else ()))
        if not actors and not (staged and tokens[i].rel.startswith("nsubj")):
            continue
        yield _draft(scene, i, actors, places, f"protest: noun '{tokens[i].lemma}' held or made by somebody")


def _draft(scene: Scene, i: int, actors: tuple[int, ...], places: tuple[int, ...], because: str) -> Draft:
    return Draft(
        trigger=scene.sentence.tokens[i].span,
        proposition=Protest(
            actor=scene.mentions(actors),
            place=scene.mentions([h for h in places if scene.is_place(h) and not scene.is_date(h)]),
            count=next((f for a in actors if (f := scene.figure_of(a)) is not None), None),
        ),
        because=because,
        score=0.45,
        when=scene.when_near(i),
    )

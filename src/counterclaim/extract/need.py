"""People in want of relief.

What it captures: "N people need …", "are in need of", "face hunger".
What it does not: needs of things, political needs ("need to talk").
Example: "Two million people in the valley need food."
"""

from __future__ import annotations

from collections.abc import Iterator

from counterclaim.core.claim import Need
from counterclaim.extract.frames import Draft, Scene, frame, triggers
from counterclaim.knowledge.lexicon import words


def find(scene: Scene) -> Iterator[Draft]:
    """Drafts of need claims in one sentence."""
    tokens = scene.sentence.tokens
    for i in triggers(scene.sentence, frozenset(("need", "require", "face", "lack")), "VERB"):
        found = frame(scene.sentence, i)
        yield from _goods(scene, i)
        who = [h for h in found.subjects if tokens[h].text.lower() in words("kinds", "people", "nouns") or scene.figure_of(h) is not None]
        if not who or not found.objects or found.is_negated or found.modality != "actual":
            continue
        people, count = scene.counted(who[0])
        yield Draft(
            trigger=tokens[i].span,
            proposition=Need(
                who=(people,),
                count=count,
                need=tuple(m.words for m in scene.mentions(found.objects)),
                place=scene.mentions([h for h in found.at("in", "across") if scene.is_place(h)]),
            ),
            because=f"need: people as nsubj of '{tokens[i].lemma}'",
            score=0.5,
            when=scene.when_near(i),
        )


def _goods(scene: Scene, i: int) -> Iterator[Draft]:
    """What a camp or a clinic needs so much of: "requires 300 doses of vaccine". The count is of the goods, in their unit."""
    tokens, found = scene.sentence.tokens, frame(scene.sentence, i)
    subjects = [h for h in found.subjects if tokens[h].text.lower() not in words("kinds", "people", "nouns") and scene.figure_of(h) is None]
    wanted = [(h, f) for h in found.objects for span, f in scene.figures if span.meets(tokens[h].span) and f.unit in _UNITS]
    if not subjects or not wanted or found.is_negated or found.modality != "actual":
        return
    head, figure = wanted[0]
    goods = [c for c in scene.sentence.children[head] if c > head and tokens[c].rel == "nmod"]
    yield Draft(
        trigger=tokens[i].span,
        proposition=Need(count=figure, need=tuple(m.words for m in scene.mentions(goods)), place=scene.mentions(subjects[:1])),
        because=f"need: goods as obj of '{tokens[i].lemma}'",
        score=0.5,
        when=scene.when_near(i),
    )


_UNITS = frozenset("t kg g lb litre bag box tent dose bed truck".split())

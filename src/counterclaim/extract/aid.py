"""Relief given, sent or blocked.

What it captures: donors that send, bring, deliver or pledge goods or an amount; planes and shipments that arrive.
What it does not: military aid by name, aid that is merely needed or asked for.
Example: "The charity flew 40 tonnes of flour to the camp."
"""

from __future__ import annotations

from collections.abc import Iterator

from counterclaim.core.claim import Aid, Stage
from counterclaim.core.mention import Mention
from counterclaim.extract.frames import Draft, Scene, frame, triggers
from counterclaim.knowledge.lexicon import words

_STAGES: tuple[Stage, ...] = ("sent", "arrived", "distributed", "pledged", "blocked")


def find(scene: Scene) -> Iterator[Draft]:
    """Drafts of aid claims in one sentence."""
    sentence, tokens = scene.sentence, scene.sentence.tokens
    goods, carriers = words("kinds", "aid", "goods"), words("kinds", "aid", "carriers")
    if not any(t.text.lower() in goods for t in tokens):
        return
    table = {verb: stage for stage in _STAGES for verb in words("kinds", "aid", stage)}
    for i in triggers(sentence, frozenset(table), "VERB"):
        found = frame(sentence, i)
        below = [tokens[k] for k in sentence.subtree(i)]
        if not any(t.text.lower() in goods | carriers for t in below) or found.is_negated or found.modality != "actual":
            continue
        start, end = min(t.start for t in below), max(t.end for t in below)
        figure = next(
            (
                f
                for span, f in scene.figures
                if start <= span.start < end and f.unit in ("t", "kg", "truck", "box", "dose", "bed", "flight", "USD", "EUR", "GBP", "tent", "bag", "litre")
            ),
            None,
        )
        donors: tuple[Mention, ...] = ()
        for s in found.subjects if not found.is_passive else found.agents:
            if tokens[s].text.lower() in carriers | goods:
                donors = scene.mentions(
                    [
                        c
                        for c in sentence.children[s]
                        if tokens[c].rel in ("nmod", "compound", "amod", "nmod:poss") and (scene.is_place(c) or tokens[c].upos == "PROPN")
                    ]
                )
            else:
                donors = scene.mentions([s])
        named = tuple(t.text for t in below if t.text.lower() in goods and t.upos == "NOUN")
        if figure is None and not donors:
            continue
        yield Draft(
            trigger=tokens[i].span,
            proposition=Aid(
                donor=donors,
                goods=_goods(scene, i),
                amount=figure,
                place=scene.mentions([h for h in found.at("in", "to", "into", "at") if scene.is_place(h)]),
                stage=table[tokens[i].lemma],
            ),
            because=f"aid.{table[tokens[i].lemma]}: '{tokens[i].lemma}' with {', '.join(named) or 'a carrier'}",
            score=0.55 if figure else 0.35,
            when=scene.when_near(i),
        )


def _goods(scene: Scene, i: int) -> tuple[str, ...]:
    tokens = scene.sentence.tokens
    heads = [k for k in scene.sentence.subtree(i) if tokens[k].text.lower() in words("kinds", "aid", "goods") and tokens[k].rel not in ("compound", "amod")]
    return tuple(dict.fromkeys(scene.mention(h).words for h in heads))

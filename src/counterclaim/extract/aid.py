"""Relief given, sent or blocked.

What it captures: donors that send, bring, deliver or pledge goods or an amount; planes and shipments that arrive; lists of what a
delivery was made of, each amount a claim of its own whose donor and stage the list leaves open.
What it does not: military aid by name, aid that is merely needed or asked for.
Example: "The charity flew 40 tonnes of flour to the camp."
"""

from __future__ import annotations

from collections.abc import Iterator

from counterclaim.core.claim import Aid, Stage
from counterclaim.core.figure import Figure
from counterclaim.core.mention import Mention
from counterclaim.extract.frames import Draft, Scene, frame, triggers
from counterclaim.knowledge.lexicon import words

# Verbs whose object lists what a delivery is made of.
_LISTING = frozenset("list include comprise contain consist carry itemise itemize total".split())
# A list has at least so many amounts; one amount is no list.
_LEAST = 2
_UNITS = ("t", "kg", "g", "lb", "litre", "bag", "box", "tent", "dose", "bed", "truck", "USD", "EUR", "GBP")
_STAGES: tuple[Stage, ...] = ("sent", "arrived", "distributed", "pledged", "blocked")


def find(scene: Scene) -> Iterator[Draft]:
    """Drafts of aid claims in one sentence."""
    sentence, tokens = scene.sentence, scene.sentence.tokens
    goods, carriers = words("kinds", "aid", "goods"), words("kinds", "aid", "carriers")
    if not any(t.text.lower() in goods for t in tokens):
        return
    yield from _listed(scene)
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


def _listed(scene: Scene) -> Iterator[Draft]:
    """It listed 40 tonnes of flour, 24 of beans and 12 of oil: each amount with its goods."""
    sentence, tokens = scene.sentence, scene.sentence.tokens
    for i in triggers(sentence, _LISTING, "VERB"):
        for head, figure in listed(scene, i):
            yield Draft(
                trigger=tokens[i].span,
                proposition=Aid(donor=(), goods=_of(scene, head), amount=figure),
                because=f"aid: an amount in the list of '{tokens[i].lemma}'",
                score=0.5,
                when=scene.when_near(i),
            )


def listed(scene: Scene, i: int) -> list[tuple[int, Figure]]:
    """The amounts that a verb lists, each by its head word; none where it lists fewer than two, or nothing that is given as aid."""
    if not any(t.text.lower() in words("kinds", "aid", "goods") for t in scene.sentence.tokens):
        return []
    found = frame(scene.sentence, i)
    if scene.sentence.tokens[i].lemma not in _LISTING or found.is_negated or found.modality != "actual":
        return []
    heads = found.objects or found.at("of")
    # Wherever the parser hangs the later amounts, they stand in the phrase of the first.
    below = [k for h in heads[:1] for k in scene.sentence.subtree(h, frozenset(("acl:relcl", "acl", "parataxis")))]
    amounts = [(k, figure) for k in below if scene.sentence.tokens[k].upos == "NOUN" and (figure := _measured(scene, k)) is not None]
    return amounts if len(amounts) >= _LEAST else []


def _measured(scene: Scene, head: int) -> Figure | None:
    """The amount in a unit of mass, volume, money or pieces that this phrase is."""
    figure = next((f for span, f in scene.figures if span.meets(scene.sentence.tokens[head].span)), None)
    return figure if figure is not None and figure.unit in _UNITS else None


def _of(scene: Scene, head: int) -> tuple[str, ...]:
    """What an amount is an amount of: "8 tonnes of soap and medicines"."""
    tokens = scene.sentence.tokens
    below = [c for c in scene.sentence.children[head] if tokens[c].rel == "nmod"]
    goods = [k for c in below for k in (c, *scene.joined(c)) if _measured(scene, k) is None]
    return tuple(dict.fromkeys(scene.mention(k).words for k in goods))

"""Relief given, sent or blocked.

What it captures: donors that send, bring, deliver or pledge goods or an amount; planes and shipments that arrive; lists of what a
delivery was made of, each amount a claim of its own whose donor and stage the list leaves open; relief that was held up (`holding.py`).
What it does not: military aid by name, aid that is merely needed or asked for.
Example: "The charity flew 40 tonnes of flour to the camp."
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from counterclaim.core.claim import Aid, Claim, Counting, Stage
from counterclaim.core.codec import claim_key
from counterclaim.core.figure import Figure
from counterclaim.core.mention import Mention
from counterclaim.core.span import Span
from counterclaim.extract.frames import Draft, Scene, frame, triggers
from counterclaim.extract.holding import holder, stage_of, withholders
from counterclaim.knowledge.lexicon import words

# Verbs whose object lists what a delivery is made of.
_LISTING = frozenset("list include comprise contain consist carry itemise itemize total".split())
# A list has at least so many amounts; one amount is no list.
_LEAST = 2
_UNITS = ("t", "kg", "g", "lb", "litre", "bag", "box", "tent", "dose", "bed", "truck", "USD", "EUR", "GBP")
_CARRIERS = ("truck", "flight")
_STAGES: tuple[Stage, ...] = ("sent", "arrived", "distributed", "pledged", "blocked")


def find(scene: Scene) -> Iterator[Draft]:
    """Drafts of aid claims in one sentence."""
    sentence, tokens = scene.sentence, scene.sentence.tokens
    goods, carriers = words("kinds", "aid", "goods"), words("kinds", "aid", "carriers")
    if not any(t.text.lower() in goods for t in tokens):
        return
    yield from _listed(scene)
    yield from _held(scene)
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
        held = withholders(scene, i)
        donors = tuple(m for m in donors if not any(m.span is not None and m.span.holds(tokens[h].span) for h in held))
        stage = stage_of(scene, i, table[tokens[i].lemma])
        if figure is None and not donors:
            continue
        yield Draft(
            trigger=tokens[i].span,
            proposition=Aid(
                donor=donors,
                goods=_goods(scene, i),
                amount=figure,
                place=scene.mentions([h for h in found.at("in", "to", "into", "at") if scene.is_place(h)]),
                stage=stage,
            ),
            because=f"aid.{stage}: '{tokens[i].lemma}' with {', '.join(named) or 'a carrier'}",
            score=0.55 if figure else 0.35,
            when=scene.when_near(i),
        )


def _held(scene: Scene) -> Iterator[Draft]:
    """What was held up: "trucks with 25 tonnes of medicine were denied entry", "refused to let 12 trucks of flour through"."""
    sentence, tokens = scene.sentence, scene.sentence.tokens
    for i, token in enumerate(tokens):
        if token.upos not in ("VERB", "ADJ") or holder(scene, i) != i or token.lemma in words("kinds", "aid", "blocked"):
            continue
        found = frame(sentence, i)
        held = found.subjects if found.is_passive or not found.objects else found.objects
        amounts = [(k, f) for h in held for k in sentence.subtree(h) if (f := _measured(scene, k)) is not None and tokens[k].upos == "NOUN"]
        # The load says more than the trucks that carry it.
        amounts.sort(key=lambda pair: (pair[1].unit in _CARRIERS, pair[0]))
        if not amounts:
            continue
        head, figure = amounts[0]
        places = [h for h in found.at("in", "to", "into", "at") if scene.is_place(h)]
        places += [h for o in sentence.children[i] if tokens[o].rel in ("xcomp", "obj") for h in frame(sentence, o).at("to", "into") if scene.is_place(h)]
        yield Draft(
            trigger=token.span,
            proposition=Aid(donor=(), goods=_of(scene, head), amount=figure, place=scene.mentions(places), stage="blocked"),
            because=f"aid.blocked: '{token.lemma}' over what was carried",
            score=0.55,
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
                # What a delivery includes need not be all of it.
                counting="part" if tokens[i].lemma == "include" else None,
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


# What leads in parts of an amount told before it: all of them, or some.
_ALL_PARTS = re.compile(r":|\b(?:comprising|consisting of|made up of|composed of|namely)\b", re.IGNORECASE)
_SOME_PARTS = re.compile(r"\b(?:including|among (?:it|them)|of which|of that)\b", re.IGNORECASE)


def divided(scene: Scene, told: Sequence[Claim]) -> list[Claim]:
    """The claims of a sentence, an amount of aid told with its parts split into the whole and a claim for each of them.

    "60 tonnes of food, including 25 of flour": 25 are some of the 60, and marked so; after a colon the parts are all there is.
    """
    out: list[Claim] = []
    for claim in told:
        said = claim.proposition
        at = next((span for span, f in scene.figures if f == said.amount), None) if isinstance(said, Aid) and said.amount is not None else None
        if not isinstance(said, Aid) or at is None:
            out.append(claim)
            continue
        parts = _parts(scene, at)
        of_parts = {words for _, goods, _ in parts for words in goods}
        goods = tuple(words for words in said.goods if words not in of_parts) or said.goods
        whole = msgspec.structs.replace(claim, proposition=msgspec.structs.replace(said, goods=goods))
        out.append(msgspec.structs.replace(whole, key=claim_key(whole)))
        for figure, goods, counting in parts:
            part = msgspec.structs.replace(
                claim,
                key="",
                counting=counting,
                proposition=msgspec.structs.replace(said, goods=goods, amount=figure),
                because=f"aid: a part of '{said.amount.words if said.amount else ''}' ({claim.because})",
            )
            out.append(msgspec.structs.replace(part, key=claim_key(part)))
    known = {c.key: c for c in out}
    return list(known.values())


def _parts(scene: Scene, at: Span) -> list[tuple[Figure, tuple[str, ...], Counting | None]]:
    """The amounts told after this one as its parts, with their goods."""
    tokens = scene.sentence.tokens
    found: list[tuple[Figure, tuple[str, ...], Counting | None]] = []
    for span, figure in scene.figures:
        if span.start <= at.end or figure.unit not in _UNITS or figure.is_vague:
            continue
        lead = scene.text[at.end : span.start]
        counting: Counting | None = "part" if _SOME_PARTS.search(lead) else None
        if counting is None and not _ALL_PARTS.search(lead):
            continue
        head = next((k for k, token in enumerate(tokens) if token.upos == "NOUN" and span.meets(token.span)), None)
        if head is not None and (goods := _of(scene, head)):
            found.append((figure, goods, counting))
    return found if len(found) > 1 or any(counting for _, _, counting in found) else []

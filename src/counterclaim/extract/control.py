"""Who holds, takes or loses a place.

What it captures: capture, seize, retake, evacuate, besiege and their like, active and passive; "under the control of",
"controls"; sets of places with their exceptions, kept as a set; a bare name that fell, where a side admits it.
What it does not: control over anything that is not a place; hopes and plans to capture.
Example: "Rebels captured all districts of the province except the capital."
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from counterclaim.core.claim import Change, Control
from counterclaim.core.mention import Mention
from counterclaim.core.span import Span
from counterclaim.extract.frames import Draft, Frame, Scene, frame, triggers
from counterclaim.knowledge.lexicon import words

_LIGHT = frozenset("take seize gain regain retake win lose have keep hold maintain assume wrest".split())
_CHANGES: tuple[Change, ...] = ("captured", "lost", "left", "besieged", "holds")


def find(scene: Scene) -> Iterator[Draft]:
    """Drafts of control claims in one sentence."""
    sentence = scene.sentence
    table = {verb: change for change in _CHANGES for verb in words("kinds", "control", change)}
    for i in triggers(sentence, frozenset(table), "VERB"):
        found = frame(sentence, i)
        change = table[sentence.tokens[i].lemma]
        # "Control" and "hold" need a place beside them more than the others do: one controls anger, holds talks.
        places = [h for h in (found.subjects if found.is_passive else found.objects) if _placelike(scene, h)]
        if not places or (found.is_negated and change != "holds") or found.modality != "actual":
            continue
        holders = found.agents if found.is_passive else found.subjects
        if found.is_negated:
            # "The army no longer controls the town", "neither side holds it".
            if holders:
                yield Draft(
                    trigger=sentence.tokens[i].span,
                    proposition=Control(place=scene.mentions(places), not_holder=scene.mentions(holders)),
                    because=f"control: '{sentence.tokens[i].lemma}' under negation",
                    score=0.6,
                    when=scene.when_near(i),
                )
            continue
        except_ = _exceptions(scene, found, places)
        taken = {m.words for m in except_}
        yield Draft(
            trigger=sentence.tokens[i].span,
            proposition=Control(
                place=tuple(_whole(m) for m in scene.mentions(places) if m.words not in taken), holder=scene.mentions(holders), change=change, except_=except_
            ),
            because=f"control.{change}: {'nsubj:pass' if found.is_passive else 'nsubj+obj'} of '{sentence.tokens[i].lemma}'",
            score=0.6 if holders else 0.45,
            when=scene.when_near(i),
        )
    yield from _fell(scene)
    yield from _under_control(scene)


_EXCEPT = frozenset("except excepting excluding exception apart besides save".split())
_BUT = re.compile(r"\s*,?\s+(?:except|excepting|excluding|apart from|besides|with the exception|save)\b.*$", re.IGNORECASE | re.DOTALL)


def _whole(place: Mention) -> Mention:
    """The set without its exceptions: "all of X except Y" is all of X."""
    words = _BUT.sub("", place.words)
    return Mention(words, span=None if place.span is None else Span(place.span.start, place.span.start + len(words))) if words else place


def _placelike(scene: Scene, head: int) -> bool:
    token = scene.sentence.tokens[head]
    if token.lemma.lower() in words("kinds", "people", "nouns") or token.text.lower() in words("kinds", "people", "nouns"):
        return False
    return token.text.lower() in words("kinds", "control", "place_nouns") or (token.upos == "PROPN" and scene.is_place(head)) or scene.is_place(head)


def _exceptions(scene: Scene, found: Frame, places: list[int]) -> tuple[Mention, ...]:
    """The phrases after "except", "with the exception of", "apart from"."""
    tokens = scene.sentence.tokens
    for i, token in enumerate(tokens):
        if i <= found.trigger or token.lemma not in _EXCEPT:
            continue
        # What "except" stands before is excepted whatever it was read as; further on only places are.
        own = {k for k in range(i + 1, len(tokens)) if tokens[k].upos == "PROPN" and tokens[i].head == k and tokens[i].rel in ("case", "cc")}
        own |= {k for k in range(i + 1, len(tokens)) if tokens[k].upos == "PROPN" and tokens[k].rel == "conj" and tokens[k].head in own}
        heads = [k for k in range(i + 1, len(tokens)) if tokens[k].upos in ("PROPN", "NOUN") and (k in own or scene.is_place(k) or _placelike(scene, k))]
        kept = []
        for k in heads:
            if tokens[k].rel in ("compound", "flat", "nmod:poss"):
                continue
            kept.append(k)
        found_places = scene.mentions(kept[:4])
        # "Bazarak and Rokha districts": the bare noun says what they are, it is no third place.
        named = tuple(m for m in found_places if m.words.lower() not in words("kinds", "control", "place_nouns"))
        return named or found_places
    return ()


def _fell(scene: Scene) -> Iterator[Draft]:
    """The city fell (to the rebels)."""
    for i in triggers(scene.sentence, frozenset(("fall",)), "VERB"):
        found = frame(scene.sentence, i)
        places = [h for h in found.subjects if _placelike(scene, h) or _is_conceded(scene, i, h)]
        if not places or found.is_negated or found.modality != "actual":
            continue
        takers = [h for h in found.at("to") if not scene.is_date(h)]
        yield Draft(
            trigger=scene.sentence.tokens[i].span,
            proposition=Control(place=scene.mentions(places), holder=scene.mentions(takers), change="captured"),
            because="control.captured: a place as nsubj of 'fall'",
            score=0.6,
            when=scene.when_near(i),
        )


def _is_conceded(scene: Scene, i: int, head: int) -> bool:
    """Whether a bare name is said to have fallen by a side that admits it ("Kastel fell, the ministry acknowledged"): a place is lost so, and no person."""
    token = scene.sentence.tokens[head]
    is_bare = token.upos == "PROPN" and not any(scene.sentence.tokens[c].rel != "punct" for c in scene.sentence.children[head])
    cue = scene.sentence.tokens[i].span
    owned = [a for a in scene.attributions if a.act == "confirms" and any(c.holds(cue) for c in a.content)]
    return is_bare and any(a.voice.source_type in ("official", "belligerent") for a in owned)


def _under_control(scene: Scene) -> Iterator[Draft]:
    """Is under the control of X; took control of Y; outside the control of X."""
    tokens = scene.sentence.tokens
    for i in triggers(scene.sentence, frozenset(("control",)), "NOUN"):
        if any(tokens[c].rel == "cop" for c in scene.sentence.children[i]):
            yield from _in_control(scene, i)
            continue
        cases = {tokens[c].text.lower() for c in scene.sentence.children[i] if tokens[c].rel == "case"}
        owners = [c for c in scene.sentence.children[i] if tokens[c].rel in ("nmod", "nmod:poss", "compound")]
        head = tokens[i].head
        if head < 0:
            continue
        above = frame(scene.sentence, head)
        negated = "outside" in cases or above.is_negated
        if cases & {"under", "outside", "in"} and owners:
            places = [h for h in (*above.subjects, *((head,) if tokens[head].upos in ("NOUN", "PROPN") else ())) if _placelike(scene, h)]
            if places:
                yield Draft(
                    trigger=tokens[i].span,
                    proposition=Control(
                        place=scene.mentions(places),
                        holder=() if negated else scene.mentions(owners),
                        not_holder=scene.mentions(owners) if negated else (),
                        change=None if negated else "holds",
                    ),
                    because=f"control.holds: '{min(cases)} the control of'",
                    score=0.6,
                    when=scene.when_near(i),
                )
        elif tokens[i].rel == "obj" and tokens[head].lemma in _LIGHT and above.modality == "actual" and not above.is_negated:
            places = [c for c in owners if _placelike(scene, c)]
            if places:
                change: Change = (
                    "lost" if tokens[head].lemma == "lose" else "holds" if tokens[head].lemma in ("have", "keep", "hold", "maintain") else "captured"
                )
                yield Draft(
                    trigger=tokens[i].span,
                    proposition=Control(place=scene.mentions(places), holder=scene.mentions(above.subjects), change=change),
                    because=f"control.{change}: '{tokens[head].lemma} control of'",
                    score=0.65,
                    when=scene.when_near(head),
                )


def _in_control(scene: Scene, i: int) -> Iterator[Draft]:
    """The army is (back) in control of the town; its men are in control there."""
    tokens, below = scene.sentence.tokens, scene.sentence.children[i]
    found = frame(scene.sentence, i)
    is_in = any(tokens[c].rel == "case" and tokens[c].text.lower() == "in" for c in below)
    if not is_in or not found.subjects or found.is_negated or found.modality != "actual":
        return
    places = scene.mentions([c for c in below if c > i and tokens[c].rel in ("nmod", "obl") and _placelike(scene, c)])
    if not places and any(tokens[c].text.lower() == "there" for c in below):
        # "There" is the place named last in the sentence.
        named = [n for n in scene.names if n.kind in ("Location", "Facility") and n.span.end <= tokens[i].start] or [
            n
            for n in scene.names
            if n.span.end <= tokens[i].start and not any(n.span.meets(tokens[k].span) for k in range(len(tokens)) if tokens[k].rel.startswith("nsubj"))
        ]
        places = tuple(Mention(n.span.of(scene.text), span=n.span) for n in named[-1:])
    if places:
        yield Draft(
            trigger=tokens[i].span,
            proposition=Control(place=places, holder=scene.mentions(found.subjects), change="holds"),
            because="control.holds: 'in control' of a place",
            score=0.65,
            when=scene.when_near(i),
        )

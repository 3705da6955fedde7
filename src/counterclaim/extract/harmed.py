"""Who is harmed: the phrase that names people as whom, how many and where; and phrases that name nobody.

What it captures: "two herders near the village of Tarn" as two herders, near the village; "a family of five" as five; "nobody", "no soldiers"
and "none of its soldiers" as none; "whom" as those it points at.
What it does not: animals and things, which are nobody ("the commander's dog", "200 sheep").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from counterclaim.core.figure import Figure
from counterclaim.core.mention import Mention
from counterclaim.core.span import Span
from counterclaim.extract.frames import Scene
from counterclaim.knowledge.lexicon import words

_COUNTING = frozenset("head heads herd herds flock flocks dozens scores hundreds thousands tens millions number".split())
_BESIDES = re.compile(r"(?:more|further|additional|extra)\s+(?=\w)", re.IGNORECASE)
_WHERE = frozenset("in at near outside inside around across from".split())
_BODIES = frozenset("family group crew band gang party team patrol unit squad".split())
_NOBODY = frozenset(("nobody", "no-one", "noone"))
# One word for many: "the family was killed" is no single death.
_MANY = frozenset(
    "people population police army military force militia group crowd family staff personnel crew team unit number majority minority rest half couple public "
    "community band gang column convoy patrol brigade battalion garrison".split()
)
_ANY = frozenset(("no", "every", "any", "each"))


def counts_none(scene: Scene, head: int) -> bool:
    """Whether the phrase counts nobody ("no civilians", "none of the crew"): such harm is told, with a count of 0."""
    figure = scene.figure_of(head)
    none = scene.sentence.tokens[head].lemma.lower() in ("none", *_NOBODY) or any(
        scene.sentence.tokens[c].text.lower() == "no" for c in scene.sentence.children[head]
    )
    return none or (figure is not None and figure.high == 0)


def is_nobody(scene: Scene, head: int) -> bool:
    """Whether the phrase is of animals or things: "the commander's dog", "200 sheep", "any hope of a truce"."""
    token = scene.sentence.tokens[head]
    spared = words("kinds", "casualties", "spared", "animals") | words("kinds", "casualties", "spared", "things")
    if token.text.lower() in _COUNTING:
        # "Sixty head of cattle", "hundreds of sheep".
        return any(is_nobody(scene, c) for c in scene.sentence.children[head] if c > head and scene.sentence.tokens[c].rel == "nmod")
    return token.upos != "PROPN" and bool(spared & {token.lemma.lower(), token.text.lower()})


def are_divided(scene: Scene, at: int, head: int) -> bool:
    """Whether the phrase only says of whom the harmed are, beside the subject of the harm: "of the 18 people wounded, four have died"."""
    tokens = scene.sentence.tokens
    if tokens[head].head != at or tokens[head].rel.split(":")[0] not in ("obl", "nsubj"):
        return False
    is_of = any(tokens[c].rel == "case" and tokens[c].text.lower() == "of" for c in scene.sentence.children[head])
    return is_of and any(c != head and tokens[c].rel.startswith("nsubj") for c in scene.sentence.children[at])


def whom(scene: Scene, head: int) -> tuple[Mention, Figure | None]:
    """Whom the phrase names, without where they were ("people in the village of Tarn") and without "no", and the figure that counts them."""
    mention, figure = scene.counted(head, frozenset(whereabouts(scene, head)))
    meant = _meant(scene, head)
    if meant is not None:
        mention = scene.counted(meant, frozenset(whereabouts(scene, meant)))[0]
    if figure is None and mention.span is not None and mention.words[:3].lower() == "no ":
        span = Span(mention.span.start + 3, mention.span.end)
        return Mention(span.of(scene.text), span=span), Figure(0, 0, "no")
    more = _BESIDES.match(mention.words) if figure is not None else None
    if more is not None and mention.span is not None:
        # "Two more bodies" are bodies.
        span = Span(mention.span.start + more.end(), mention.span.end)
        mention = Mention(span.of(scene.text), span=span)
    return mention, figure if figure is not None else _members(scene, head)


def _meant(scene: Scene, head: int) -> int | None:
    """The noun that a phrase of "whom" points at: the soldiers, of "six of whom were wounded"."""
    tokens = scene.sentence.tokens
    inside = {tokens[k].text.lower() for k in (head, *(c for c in scene.sentence.children[head] if tokens[c].rel == "nmod"))}
    if not inside & {"whom", "who"}:
        return None
    clause = next((k for k in scene.sentence.ancestors(head) if tokens[k].rel == "acl:relcl"), None)
    return tokens[clause].head if clause is not None and tokens[clause].head >= 0 else None


def whereabouts(scene: Scene, head: int) -> list[int]:
    """The heads of the places that a phrase of people, or of their toll, holds: "two herders near the village of Tarn"."""
    tokens = scene.sentence.tokens
    found = []
    for c in scene.sentence.children[head]:
        cases = {tokens[k].text.lower() for k in scene.sentence.children[c] if tokens[k].rel == "case"}
        if c > head and tokens[c].rel in ("nmod", "obl") and cases & _WHERE and not scene.is_date(c):
            named = scene.is_place(c) or tokens[c].text.lower() in words("kinds", "control", "place_nouns")
            found += [c] if named else []
    return found


def places(scene: Scene, heads: Sequence[int]) -> tuple[Mention, ...]:
    """The places that these phrases of people hold; of "the villages of Marsk and Lesk" each of the two."""
    tokens = scene.sentence.tokens
    found: list[int] = []
    for c in (c for h in heads for c in whereabouts(scene, h)):
        each = [k for k in scene.sentence.children[c] if tokens[k].rel == "nmod" and tokens[k].upos == "PROPN"] if tokens[c].xpos == "NNS" else []
        found += each[:1] or [scene_of(scene, c)]
    return scene.mentions(found)


def _members(scene: Scene, head: int) -> Figure | None:
    """How many a body of people holds by its own words: "a family of five"."""
    tokens = scene.sentence.tokens
    if tokens[head].lemma.lower() not in _BODIES:
        return None
    below = [c for c in scene.sentence.children[head] if c > head and tokens[c].upos == "NUM" and tokens[c].rel.startswith("nmod")]
    return next((figure for c in below for span, figure in scene.figures if span.meets(tokens[c].span) and figure.unit is None), None)


def is_pronoun_of_none(scene: Scene, head: int) -> bool:
    """Whether the phrase is "nobody" or "no one", and so names no group."""
    return scene.sentence.tokens[head].text.lower() in _NOBODY or (
        scene.sentence.tokens[head].text.lower() == "one" and any(scene.sentence.tokens[c].text.lower() == "no" for c in scene.sentence.children[head])
    )


def number(scene: Scene, head: int, mention: Mention) -> Figure:
    """How many a phrase without a figure counts: one for a name or a singular person, else no bound at all ("residents")."""
    tokens = scene.sentence.tokens
    token, below = tokens[head], {tokens[c].text.lower() for c in scene.sentence.children[head]}
    singular = token.upos == "NOUN" and token.xpos == "NN" and token.lemma.lower() not in _MANY and not below & _ANY
    if "no" in below or is_pronoun_of_none(scene, head):
        return Figure(0, 0, mention.words)
    if scene.is_person(head) or token.lemma == "one" or singular or (below & {"a", "an"} and token.lemma.lower() not in _MANY):
        return Figure(1, 1, mention.words)
    return Figure(None, None, mention.words)


def scene_of(scene: Scene, head: int) -> int:
    """The place of what is named in its stead: "in the shelling of the village of Tarn" is in the village."""
    tokens = scene.sentence.tokens
    if tokens[head].lemma.lower() in words("kinds", "attack", "nouns") | words("kinds", "fighting", "nouns"):
        return next((c for c in scene.sentence.children[head] if tokens[c].rel == "nmod" and scene.is_place(c)), head)
    return head

"""Who is quoted does not take part in what he tells, as long as what he tells has a subject of its own.

What it captures: "Shells fell on the market and killed nine people, the doctor said": the doctor harms nobody.
What it does not: take out who stands inside of what is said ("the army said its men had left"), who does what has no subject of its own
("the army admitted killing nine people"), or whose saying is the deed (promises, offers, answers, agreements).
"""

from __future__ import annotations

import msgspec

from counterclaim.core.claim import Attack, Casualties, Control, Fighting, Movement, Protest, Violation
from counterclaim.core.mention import Mention
from counterclaim.core.voice import Chain
from counterclaim.extract.frames import PASSIVE_SUBJECTS, SUBJECTS, Draft, Scene

_DEEDS = (Attack, Casualties, Control, Fighting, Movement, Protest, Violation)


def without_speaker(scene: Scene, draft: Draft, chain: Chain) -> Draft:
    """The draft without the words that name its last voice, where they stand outside of what is said."""
    voice = chain[-1]
    at = scene.sentence.at(draft.trigger.start)
    content = next((c for c in voice.content if c.holds(draft.trigger)), None)
    if len(chain) < 2 or voice.span is None or content is None or at is None or not isinstance(draft.proposition, _DEEDS):
        return draft
    if not any(content.holds(scene.sentence.tokens[subject].span) for subject in _subjects(scene, at)):
        return draft
    own = voice.span

    def inside(filler: object) -> bool:
        return not isinstance(filler, Mention) or filler.span is None or content.meets(filler.span) or not own.holds(filler.span)

    said = draft.proposition
    slots = {slot: value for slot in said.__struct_fields__ if isinstance(value := getattr(said, slot), tuple)}
    changed = {slot: kept for slot, value in slots.items() if (kept := tuple(one for one in value if inside(one))) != value}
    return msgspec.structs.replace(draft, proposition=msgspec.structs.replace(said, **changed)) if changed else draft


def _subjects(scene: Scene, at: int) -> list[int]:
    """The subjects of a word and of those it is joined to. The tree may hang who is quoted on the last verb he tells, as its subject."""
    tokens = scene.sentence.tokens
    joined = [at]
    while tokens[joined[-1]].rel == "conj":
        joined.append(tokens[joined[-1]].head)
    return [k for k, token in enumerate(tokens) if token.head in joined and token.rel in SUBJECTS | PASSIVE_SUBJECTS]

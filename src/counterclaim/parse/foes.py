"""Turn what a party calls its foe ("the enemy", "the terrorists") into the one other party in sight, or leave it open.

What it captures: a foe's name in the words of somebody whose side is known, quoted or told, when one other party has been
spoken of.

What it does not: a foe's name in the reporter's own words, or with several parties in sight: both stay open.

Example: "“The enemy fled,” an NRF officer said", after the Taliban were spoken of → The enemy: Taliban.
"""

from __future__ import annotations

from counterclaim.core.mention import Reference
from counterclaim.parse.entities import Entity
from counterclaim.parse.kinds import BODY, WILLED
from counterclaim.parse.memory import Memory
from counterclaim.parse.nominals import Nominal
from counterclaim.parse.speech import teller


def foe(memory: Memory, n: Nominal) -> tuple[Entity, Reference]:
    """What a party calls its foe: the one other party in sight, when it is plain whose words these are."""
    whose = teller(memory, n.head)
    found: dict[str, Entity] = {}
    if whose is not None and whose.party:
        for mention in memory.backwards():
            entity = mention.entity
            is_side = BODY in entity.kinds and not entity.members and entity.party
            if is_side and entity.party != whose.party:
                found.setdefault(entity.party, entity)
    spans = tuple(each.naming for each in reversed(found.values()))
    enemy = memory.new(n)
    enemy.kinds, enemy.number = WILLED, "either"
    if len(spans) == 1:
        return enemy, Reference(n.phrase, spans[0], (), "the one party that the speaker's side faces")
    return enemy, Reference(n.phrase, None, spans, "a foe's name: whom it means depends on who speaks")

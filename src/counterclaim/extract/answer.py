"""A reply to an offer, demand or call; silence is an answer of its own.

What it captures: accepted, rejected, welcomed, agreed to; "no response", "has not responded", "declined to comment".
What it does not: answers to questions that are no offers.
Example: "The ministry has not replied to the rebels' proposal."
"""

from __future__ import annotations

from collections.abc import Iterator

from counterclaim.core.claim import Answer, AnswerValue
from counterclaim.extract.frames import Draft, Scene, frame, triggers

_VALUES: dict[str, AnswerValue] = {
    "accept": "accepts",
    "reject": "rejects",
    "refuse": "rejects",
    "welcome": "supports",
    "endorse": "supports",
    "support": "supports",
}
_PROPOSALS = frozenset(
    "offer proposal call demand plan ceasefire truce talks talk deal request appeal agreement initiative ultimatum negotiation decision".split()
)


def find(scene: Scene) -> Iterator[Draft]:
    """Drafts of answers in one sentence."""
    tokens = scene.sentence.tokens
    for i in triggers(scene.sentence, frozenset(_VALUES), "VERB"):
        found = frame(scene.sentence, i)
        matter = [h for h in found.objects if tokens[h].lemma.lower() in _PROPOSALS]
        if not matter or not found.subjects or found.modality != "actual" or found.is_negated:
            continue
        owners = [c for h in matter for c in _made_by(scene, h)]
        value = _VALUES[tokens[i].lemma]
        yield Draft(
            trigger=tokens[i].span,
            proposition=Answer(by=scene.mentions(found.subjects), to=scene.mentions(owners), value=value),
            because=f"answer.{value}: '{tokens[i].lemma}' with a proposal as obj",
            score=0.5,
            when=scene.when_near(i),
        )
    for i in triggers(scene.sentence, frozenset(("response", "reply", "comment", "respond")), "NOUN", "VERB"):
        found = frame(scene.sentence, i)
        head = tokens[i].head
        refused = head >= 0 and tokens[head].lemma in ("decline", "refuse", "fail")
        silent = found.is_negated or refused or any(tokens[c].text.lower() == "no" for c in scene.sentence.children[i])
        by = found.subjects if tokens[i].upos == "VERB" else found.at("from", "by")
        if refused and not by:
            by = frame(scene.sentence, head).subjects
        if silent and by:
            yield Draft(
                trigger=tokens[i].span,
                proposition=Answer(by=scene.mentions(by), to=scene.mentions([h for h in found.at("to") if not scene.is_date(h)]), value="none"),
                because=f"answer.none: no '{tokens[i].lemma}'",
                score=0.6,
                when=scene.when_near(i),
            )


def _made_by(scene: Scene, proposal: int) -> Iterator[int]:
    """Whose proposal it is: "the rebels' offer", "an offer from the rebels", "the offer made by the rebels"."""
    tokens, children = scene.sentence.tokens, scene.sentence.children
    for c in children[proposal]:
        led = {tokens[k].text.lower() for k in children[c] if tokens[k].rel == "case"}
        if tokens[c].rel == "nmod:poss" or (tokens[c].rel == "nmod" and led & {"from", "by"}):
            yield c
        elif tokens[c].rel == "acl":
            yield from (k for k in children[c] if tokens[k].rel in ("obl:agent", "obl") and {tokens[j].text.lower() for j in children[k]} & {"by"})

"""Whether relief got where it was bound: turned back, denied entry, stuck, looted, or still to come.

What it captures: verbs of holding up over what is carried or over its carrier ("turned back a convoy carrying 40 tonnes", "300 tonnes are
stuck", "were denied entry", "refused to let 12 trucks through"); arrivals that were none ("never arrived", "have yet to reach").
What it does not: who is to blame; relief that was held up and let through later, told in another sentence.
Example: "Three trucks with 25 tonnes of medicine were denied entry." → blocked.
"""

from __future__ import annotations

from collections.abc import Iterator

from counterclaim.core.claim import Stage
from counterclaim.extract.frames import Scene, frame

_HOLDING = frozenset(
    "block stop halt detain impound seize confiscate loot steal hijack plunder ransack burn destroy strand bar prevent intercept obstruct divert stick stall delay suspend".split()
)
# Said of goods or carriers in the passive, or with a word for where; "the depot holds 40 tonnes" is a stock.
_KEPT = frozenset(("hold", "keep", "wait", "sit", "idle", "languish"))
_BACK = frozenset(("back", "away", "around"))
_WITHHELD = frozenset("entry entrance access passage permission clearance crossing permit transit".split())
_LETTING = frozenset("let allow permit admit clear".split())
_REFUSING = frozenset(("refuse", "decline", "deny"))
_COMING = frozenset("arrive reach enter land get deliver distribute come unload cross".split())
_FAILING = frozenset(("fail", "struggle", "have"))
# What is only wanted is not given.
NEEDING = frozenset("need require lack want seek request".split())


def holder(scene: Scene, i: int) -> int | None:
    """The verb by which what the word at i tells of was held up; none where it was not."""
    return next((v for v in _verbs(scene, i) if _holds_up(scene, v)), None)


def withholders(scene: Scene, i: int) -> frozenset[int]:
    """Who held it up or let it through, and so gave nothing: the subjects of that verb, or of the refusal above it."""
    verb = next((v for v in _verbs(scene, i) if scene.sentence.tokens[v].lemma.lower() in _LETTING), None) or holder(scene, i)
    if verb is None:
        return frozenset()
    if frame(scene.sentence, verb).is_passive:
        return frozenset(frame(scene.sentence, verb).agents)
    return frozenset(s for v in (verb, *_above(scene, verb)) for s in frame(scene.sentence, v).subjects)


def stage_of(scene: Scene, i: int, stage: Stage | None) -> Stage | None:
    """The stage of relief told of at i: blocked where it was held up; sent, and no more, where it did not come."""
    if holder(scene, i) is not None:
        return "blocked"
    if stage in ("arrived", "distributed") and any(_came_not(scene, v) for v in _verbs(scene, i)):
        return "sent"
    return stage


def _verbs(scene: Scene, i: int) -> Iterator[int]:
    """The verb at i and those whose clause it stands in, through what is carried and what carries it; a reporting verb is past the clause."""
    tokens = scene.sentence.tokens
    yield i
    at = i
    while (head := tokens[at].head) >= 0:
        if tokens[at].rel in ("ccomp", "parataxis", "conj", "advcl"):
            return
        yield head
        at = head


def _above(scene: Scene, verb: int) -> list[int]:
    tokens = scene.sentence.tokens
    head = tokens[verb].head
    return [head] if head >= 0 and tokens[verb].rel == "xcomp" else []


def _holds_up(scene: Scene, v: int) -> bool:
    tokens = scene.sentence.tokens
    token, below = tokens[v], scene.sentence.children[v]
    if token.upos not in ("VERB", "ADJ"):
        return False
    found = frame(scene.sentence, v)
    lemma = token.lemma.lower()
    if lemma in _LETTING:
        refused = any(tokens[a].lemma in _REFUSING and not frame(scene.sentence, a).is_negated for a in _above(scene, v))
        return refused or (found.is_negated and found.modality == "actual")
    if found.is_negated or found.modality != "actual":
        return False
    if lemma in _HOLDING or token.text.lower() == "stuck":
        return True
    if lemma in _KEPT:
        return (found.is_passive or lemma not in ("hold", "keep")) and any(
            case in ("at", "outside", "near", "by", "in", "on", "up") for case, _ in found.obliques
        )
    if lemma == "turn":
        return any(tokens[c].text.lower() in _BACK for c in below)
    if lemma in _REFUSING:
        return any(tokens[c].lemma.lower() in _WITHHELD and tokens[c].rel in ("obj", "xcomp", "iobj", "obl", "nsubj:pass") for c in below)
    return False


def _came_not(scene: Scene, v: int) -> bool:
    """Whether this verb says that nothing came: "never arrived", "have yet to reach"."""
    tokens = scene.sentence.tokens
    if tokens[v].upos not in ("VERB", "AUX"):
        return False
    if tokens[v].lemma in _COMING and frame(scene.sentence, v).is_negated:
        return True
    below = scene.sentence.children[v]
    yet = any(tokens[c].text.lower() == "yet" for c in below) or tokens[v].lemma == "fail"
    return tokens[v].lemma in _FAILING and yet and any(tokens[c].rel == "xcomp" and tokens[c].lemma in _COMING for c in below)

"""How likely a drafted claim is right: one calibrated score over what rules and learned heads say of it.

What it captures: the heads' certainty of the trigger and of the key slots' fillers, whether a rule read the same, what the
frame and the voice look like. The weights are fitted on readings by engines that had not seen the report
(`training/judge.py`), so that 0.9 means about nine in ten right in kind, key slots, origin and act.
What it does not: compare claims across sentences or reports.
Source of the method: logistic calibration (Platt 1999) over stacked readers (Wolpert 1992).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

import msgspec

from counterclaim.core.claim import KEY_SLOTS, Claim
from counterclaim.core.span import Span
from counterclaim.core.syntax import Sentence, Trigger
from counterclaim.core.voice import Attribution, Chain
from counterclaim.extract.frames import Draft, Scene, frame
from counterclaim.extract.harmed import counts_none
from counterclaim.extract.holding import holder
from counterclaim.knowledge.lexicon import mapped, words

# Kinds that tell of something done; said under negation, as a plan or in an if-clause they did not happen.
EVENTS = frozenset("control movement fighting attack casualties talks aid protest violation agreement".split())
# Kinds that are acts of speech themselves.
_SPEECH = frozenset("offer demand pledge answer".split())
_FLOOR = 0.02  # the probability of a trigger the heads did not look at


# A trigger that a rule reads too and the heads are this sure of (as a logit; 0.8) is told whatever its slots: rare kinds have too
# few readings for the judge to trust them.
AGREED = 1.39


class Candidate(msgspec.Struct, frozen=True):
    """A draft with where it comes from: a rule, or the heads (`learned`); `both` when the other reads the same trigger too."""

    kind: str
    draft: Draft
    trigger: Trigger | None = None
    learned: bool = False
    both: bool = False


class Judge(msgspec.Struct, frozen=True):
    """Two logistic models over the same named features, and from where on a claim is told.

    `right` says how likely a draft is right in kind, key slots, origin and act: that is a claim's score. `there` says how
    likely a claim of its kind stands in the sentence at all, whatever its slots. A claim is told when either is high enough:
    one whose slots are doubtful but whose event is plain is of use to whoever looks for what was missed, and its score says so.
    """

    right: dict[str, float]
    there: dict[str, float]
    least_right: float
    least_there: float

    def __call__(self, found: Mapping[str, float]) -> tuple[float, bool]:
        """How likely a claim with these features is right, 0 to 1, and whether to tell it."""
        right = _chance(self.right, found)
        agreed = "both" in found and found.get("trigger", 0.0) >= AGREED
        return right, agreed or right >= self.least_right or _chance(self.there, found) >= self.least_there


def _chance(weights: Mapping[str, float], found: Mapping[str, float]) -> float:
    total = sum(weights.get(name, 0.0) * value for name, value in found.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


# Nouns whose "of" phrase did not happen ("the absence of an agreement"), and verbs that stop, seek or only name their object.
_UNREAL_NOUNS = frozenset(
    "absence lack failure refusal hope prospect threat risk possibility plan call demand attempt need fear prevention end avoidance danger warning".split()
)
_PREVENTING = frozenset(
    "prevent avert foil thwart avoid stop halt end cease seek want demand urge plan threaten fear consider propose reject refuse rule discuss".split()
)
# Verbs that carry a noun of action: what holds of them holds of the action ("will launch an attack", "go on the offensive").
_CARRYING = frozenset("launch carry conduct stage mount hold reach sign resume begin start commit make go take undertake conclude".split())


def is_unreal(scene: Scene, kind: str, at: Span) -> bool:
    """Whether the trigger of an event stands under negation, in a plan, a condition or an absence; a count of nobody is told all the same."""
    if kind not in EVENTS:
        return False
    sentence = scene.sentence
    i = sentence.at(at.start)
    if i is None:
        return False
    token = sentence.tokens[i]
    if kind == "aid" and holder(scene, i) is not None:
        # "Refused to let trucks through", "were denied entry": that nothing was let through is what is told.
        return False
    # A word of denying tells of no deed.
    if mapped("cues", "verbs").get(token.lemma) in ("denies", "doubts"):
        return True
    below = {sentence.tokens[c].text.lower() for c in sentence.children[i]}
    if kind == "casualties" and _asks_how_many(sentence, i):
        return True
    # "It is not yet a war", "I should be dead": a noun or adjective that is the predicate is said as a verb would be.
    if token.upos == "VERB" or any(sentence.tokens[c].rel == "cop" for c in sentence.children[i]):
        found = frame(sentence, i)
        if found.is_negated:
            return not (kind == "casualties" and any(counts_none(scene, s) for s in (*found.subjects, *found.objects)))
        return found.modality != "actual"
    if token.upos != "NOUN":
        return False
    if kind == "casualties":
        # "Could not verify the number of casualties" counts nobody.
        checked = any(sentence.tokens[k].lemma in words("kinds", "verification", "verbs") for k in sentence.ancestors(i))
        return "any" in below or (checked and scene.figure_of(i) is None)
    if "without" in below or "no" in below:
        return True
    if token.head < 0:
        return False
    head = sentence.tokens[token.head]
    if head.upos == "NOUN" and token.rel == "nmod" and head.lemma.lower() in _UNREAL_NOUNS:
        return True
    if head.upos == "VERB" and token.rel in ("obj", "obl", "nsubj:pass", "xcomp"):
        above = frame(sentence, token.head)
        if token.rel in ("obj", "nsubj:pass") and head.lemma in _PREVENTING:
            return True
        return head.lemma in _CARRYING and (above.is_negated or above.modality != "actual")
    return False


def _asks_how_many(sentence: Sentence, i: int) -> bool:
    """Whether the harmed are only asked for: "without saying how many of them were dead"."""
    tokens, below = sentence.tokens, sorted(sentence.subtree(i))
    return any(tokens[a].text.lower() == "how" and tokens[b].text.lower() == "many" for a, b in pairwise(below) if b == a + 1 and a < i)


def features(scene: Scene, claim: Claim, candidate: Candidate) -> dict[str, float]:
    """What is known of a typed draft, as numbers by name."""
    kind, trigger = candidate.kind, candidate.trigger
    certain = _logit(trigger.score if trigger is not None else _FLOOR)
    found = {"one": 1.0, f"kind {kind}": 1.0, "trigger": certain, f"trigger {kind}": certain}
    source = "both" if candidate.both else "learned" if candidate.learned else "rule"
    found[source] = 1.0
    if candidate.both:
        found["both, learned" if candidate.learned else "both, rule"] = 1.0
    found[f"{kind} by {'heads' if candidate.learned else 'rule'}{' and both' if candidate.both else ''}"] = 1.0
    weakest, spare = 1.0, 0.0
    if trigger is not None:
        for slot in KEY_SLOTS[kind]:
            scores = [r.score for r in trigger.roles if r.slot == slot]
            used = [s for s in scores if s >= 0.4]
            weakest = min([weakest, *used])
            spare = max([spare, *(s for s in scores if s < 0.4)])
    found |= {"weakest role": _logit(weakest), "spare role": spare}
    for slot in KEY_SLOTS[kind]:
        if getattr(claim.proposition, slot, None) in ((), None):
            found[f"no {slot} of {kind}"] = 1.0
    rivals = [t.score for t in scene.triggers if t.kind == kind and scene.sentence.tokens[t.word].span != candidate.draft.trigger]
    found["rival"] = max(rivals, default=0.0)
    return found | _voiced(claim.chain, claim.act) | _sentence(scene)


def stated(scene: Scene, a: Attribution, content: Sequence[Span], chain: Chain, *, taken: bool) -> dict[str, float]:
    """What is known of a statement: how sure the heads are of its cue, and whether typed claims already say its content."""
    tokens = scene.sentence.tokens
    said: dict[str, float] = {}
    here = [t.score for t in scene.triggers if t.kind == "statement" and tokens[t.word].span.meets(a.cue)]
    inside = [t.score for t in scene.triggers if t.kind == "statement" and any(c.meets(tokens[t.word].span) for c in content)]
    score = max(here, default=0.0) if here or scene.sentence.span.holds(a.cue) else max(inside, default=0.0)
    typed = max((t.score for t in scene.triggers if t.kind != "statement" and any(c.meets(tokens[t.word].span) for c in content)), default=0.0)
    heads = {
        k for k, t in enumerate(tokens) if any(c.meets(t.span) for c in content) and (t.head < 0 or not any(c.meets(tokens[t.head].span) for c in content))
    }
    for t in scene.triggers:
        # What a typed claim says of the content's own verb, a statement only says again.
        if t.kind != "statement" and t.word in heads:
            found_at_root = f"{t.kind if t.kind in _SPEECH else 'typed'} at the root"
            said[found_at_root] = max(said.get(found_at_root, 0.0), t.score)
        elif t.kind in _SPEECH and any(c.meets(tokens[t.word].span) for c in content):
            said[f"{t.kind} inside"] = max(said.get(f"{t.kind} inside", 0.0), t.score)
    certain = _logit(max(score, _FLOOR))
    found = said | {"one": 1.0, "kind statement": 1.0, "trigger": certain, "trigger statement": certain, "typed inside": typed}
    found["taken"] = float(taken)
    found["carried"] = float(a.carried)
    found["length"] = math.log(1 + sum(c.end - c.start for c in content))
    return found | _voiced(chain, a.act) | _sentence(scene)


def _voiced(chain: Chain, act: str) -> dict[str, float]:
    depth = len(chain) - 1
    found = {f"depth {min(depth, 2)}": 1.0, f"act {act}": 1.0}
    if depth and chain[-1].name is None:
        found["unnamed"] = 1.0
    return found


def _sentence(scene: Scene) -> dict[str, float]:
    tokens = scene.sentence.tokens
    return {"long": len(tokens) / 30, "asks": float(any(t.text == "?" for t in tokens[-2:]))}


def _logit(p: float) -> float:
    p = min(max(p, 0.005), 0.995)
    return math.log(p / (1 - p))

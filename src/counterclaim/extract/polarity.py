"""Whether the words around a claim turn it round: what is called false is denied, whoever reports it.

What it captures: "it is false that …", "it is not true that …", "reports that … are false", "rejected claims that …".
What it does not: irony, quotation marks of distance ("the so-called attack"), a denial in another sentence (`denials.py`).
Example: "It is not true that 11 workers were killed, the ministry said" → the ministry denies that 11 workers were killed.
"""

from __future__ import annotations

from counterclaim.core.span import Span
from counterclaim.extract.frames import Scene, frame
from counterclaim.knowledge.lexicon import mapped

_FALSE = frozenset("false untrue fabricated baseless unfounded wrong fake incorrect".split())
_TOLD = frozenset("report claim allegation accusation suggestion rumour rumor statement assertion story account charge".split())
_ABOVE = frozenset(("csubj", "csubj:outer", "ccomp", "nsubj", "nsubj:pass", "acl", "acl:relcl", "obj", "advcl", "xcomp"))


def is_called_false(scene: Scene, at: Span) -> bool:
    """Whether the words at this place are said to be untrue in their own sentence."""
    tokens = scene.sentence.tokens
    i = scene.sentence.at(at.start)
    while i is not None and (head := tokens[i].head) >= 0:
        lemma = tokens[head].lemma.lower()
        if tokens[i].rel in _ABOVE and (lemma in _FALSE or lemma == "true") and any(tokens[c].rel == "cop" for c in scene.sentence.children[head]):
            return (lemma in _FALSE) != frame(scene.sentence, head).is_negated
        i = head
    return False


def is_of_rejected_report(scene: Scene, at: Span) -> bool:
    """Whether the words at this place are what a rejected report says: "rejected a claim that it had killed 40 civilians"."""
    tokens = scene.sentence.tokens
    i = scene.sentence.at(at.start)
    while i is not None and (noun := tokens[i].head) >= 0:
        verb = tokens[noun].head
        told = tokens[noun].lemma.lower() in _TOLD and tokens[i].rel in ("acl", "acl:relcl", "ccomp", "appos")
        if told and verb >= 0 and tokens[noun].rel in ("obj", "nsubj:pass") and mapped("cues", "verbs").get(tokens[verb].lemma) == "denies":
            return not frame(scene.sentence, verb).is_negated
        i = noun
    return False

"""Whether the words around a claim turn it round: what is called false is denied, whoever reports it.

What it captures: "it is false that …", "it is not true that …", "reports that … are false", "rejected claims that …", "denied having
offered …"; a part in a deed denied or claimed ("denied involvement in the raid": the denier did not do it; "no group claimed the
attack": nobody is said to have done it); whom a charge is laid on ("blamed the army for the deaths of 9 farmers").
What it does not: irony, quotation marks of distance ("the so-called attack"), a denial in another sentence (`denials.py`).
Example: "It is not true that 11 workers were killed, the ministry said" → the ministry denies that 11 workers were killed.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from counterclaim.core.claim import Attack, Casualties, Proposition, Verification, Violation
from counterclaim.core.mention import Mention
from counterclaim.core.span import Span
from counterclaim.core.voice import Chain
from counterclaim.extract.frames import SUBJECTS, Scene, frame
from counterclaim.knowledge.lexicon import mapped, words

_ABOVE = frozenset(("csubj", "csubj:outer", "ccomp", "nsubj", "nsubj:pass", "acl", "acl:relcl", "obj", "advcl", "xcomp"))
# Verbs that deny a deed; an offer that is rejected or dismissed was made all the same.
_UNDONE = frozenset("deny refute rebut disavow repudiate".split())
_CHARGING = frozenset("blame accuse suspect charge".split())


def is_called_false(scene: Scene, at: Span) -> bool:
    """Whether the words at this place are said to be untrue in their own sentence."""
    tokens, untrue = scene.sentence.tokens, words("cues", "untrue", "words")
    i = scene.sentence.at(at.start)
    while i is not None and (head := tokens[i].head) >= 0:
        lemma = tokens[head].lemma.lower()
        if tokens[i].rel in _ABOVE and (lemma in untrue or lemma == "true") and any(tokens[c].rel == "cop" for c in scene.sentence.children[head]):
            return (lemma in untrue) != frame(scene.sentence, head).is_negated
        i = head
    return False


def is_of_rejected_report(scene: Scene, at: Span) -> bool:
    """Whether the words at this place are what a rejected report says: "rejected a claim that it had killed 40 civilians"."""
    tokens = scene.sentence.tokens
    i = scene.sentence.at(at.start)
    while i is not None and (noun := tokens[i].head) >= 0:
        verb = tokens[noun].head
        told = tokens[noun].lemma.lower() in words("cues", "told", "nouns") and tokens[i].rel in ("acl", "acl:relcl", "ccomp", "appos")
        if told and verb >= 0 and tokens[noun].rel in ("obj", "nsubj:pass") and mapped("cues", "verbs").get(tokens[verb].lemma) == "denies":
            return not frame(scene.sentence, verb).is_negated
        i = noun
    return False


def is_denied_deed(scene: Scene, at: Span) -> bool:
    """Whether the verb at this place is what somebody denies having done: "denied that it had offered a truce", "denied rejecting it"."""
    tokens = scene.sentence.tokens
    i = scene.sentence.at(at.start)
    # A verb joined to the denied one may as well be joined to the denying: "denied that its men looted and vowed to protect people".
    while i is not None and tokens[i].upos in ("VERB", "AUX") and tokens[i].rel in ("ccomp", "xcomp") and (head := tokens[i].head) >= 0:
        if tokens[head].lemma in _UNDONE:
            return not frame(scene.sentence, head).is_negated
        i = head
    return False


def is_presupposed(scene: Scene, at: Span, said: Proposition) -> bool:
    """Whether somebody denies only his part in what harmed people, which is told by the report: "denied a role in a bombing that killed 7"."""
    if not isinstance(said, Casualties):
        return False
    tokens = scene.sentence.tokens
    part = next((k for k in _above(scene, at) if tokens[k].lemma.lower() in words("cues", "part", "nouns")), None)
    return part is not None and tokens[part].rel == "obj" and mapped("cues", "verbs").get(tokens[tokens[part].head].lemma) == "denies"


def is_unclaimed(scene: Scene, at: Span, chain: Chain) -> bool:
    """Whether nobody is said to own up to the deed at this place: "no group claimed responsibility for the attack" tells of an attack."""
    tokens = scene.sentence.tokens
    is_nobody = len(chain) > 1 and _is_nobody(Mention(chain[-1].words or chain[-1].name or "?"))
    return is_nobody and any(tokens[k].lemma.lower() in words("cues", "part", "nouns") for k in _above(scene, at))


def is_answer_to_charge(scene: Scene, at: Span) -> bool:
    """Whether the verb at this place rejects something told ("rejected the blame"), which is a denial, and no answer to a proposal."""
    tokens = scene.sentence.tokens
    i = scene.sentence.at(at.start)
    if i is None or mapped("cues", "verbs").get(tokens[i].lemma) != "denies":
        return False
    matter = [c for c in scene.sentence.children[i] if tokens[c].rel in ("obj", "nsubj:pass")]
    beside = [tokens[i].head] if tokens[i].rel in ("acl", "acl:relcl") and tokens[i].head >= 0 else []
    return any(tokens[k].lemma.lower() in words("cues", "told", "nouns") for k in (*matter, *beside))


def laid(scene: Scene, at: Span, said: Proposition, chain: Chain) -> Proposition:
    """What is said of a deed, with whom it is laid on: whoever denies a part in it, or is blamed for it; nobody where nobody claims it."""
    if isinstance(said, Verification):
        # "The figures given by the two sides could not be verified": they gave them, and did not check.
        return msgspec.structs.replace(said, by=tuple(m for m in said.by if not any(m.words in about for about in said.about)))
    if isinstance(said, Attack) and said.actor and all(_is_nobody(m) for m in said.actor):
        return msgspec.structs.replace(said, actor=())
    if isinstance(said, Attack) and not said.actor and (by := _partaker(scene, at, chain) or _charged(scene, at)) is not None:
        return msgspec.structs.replace(said, actor=(by,))
    if isinstance(said, Violation) and not said.by and (by := _partaker(scene, at, chain)) is not None:
        return msgspec.structs.replace(said, by=(by,))
    if isinstance(said, Casualties) and (not said.by or all(_is_deed(scene, m) for m in said.by)) and (whom := _charged(scene, at)) is not None:
        return msgspec.structs.replace(said, by=(whom,))
    return said


def _partaker(scene: Scene, at: Span, chain: Chain) -> Mention | None:
    """Whoever denies or is said to have a part in the deed at this place: "denied involvement in the raid"; none where that is not said."""
    tokens = scene.sentence.tokens
    part = next((k for k in _above(scene, at) if tokens[k].lemma.lower() in words("cues", "part", "nouns") | words("cues", "part", "words")), None)
    if part is None:
        return None
    verb = part if tokens[part].lemma.lower() in words("cues", "part", "words") else tokens[part].head
    if verb < 0 or (tokens[part].upos == "NOUN" and (tokens[part].rel != "obj" or mapped("cues", "verbs").get(tokens[verb].lemma) != "denies")):
        return None
    subject = next((c for c in scene.sentence.children[verb] if tokens[c].rel in SUBJECTS or tokens[c].rel == "nsubj:pass"), None)
    mention = scene.mention(subject) if subject is not None else None
    if mention is None or tokens[subject or 0].upos == "PRON":
        # "The rebels denied that they had been involved": whoever denies it.
        return Mention(chain[-1].name, span=chain[-1].span) if len(chain) > 1 and chain[-1].name is not None else mention
    return None if _is_nobody(mention) else mention


def _charged(scene: Scene, at: Span) -> Mention | None:
    """Whoever is blamed for what stands at this place; none where nobody is."""
    tokens = scene.sentence.tokens
    below = scene.sentence.at(at.start)
    for above in _above(scene, at):
        if tokens[above].lemma in _CHARGING and tokens[above].upos == "VERB" and below is not None and tokens[below].rel.startswith("obl"):
            passive = [c for c in scene.sentence.children[above] if tokens[c].rel == "nsubj:pass"]
            whom = passive or [c for c in scene.sentence.children[above] if tokens[c].rel == "obj"]
            return scene.mention(whom[0]) if whom else None
        below = above
    return None


def _above(scene: Scene, at: Span) -> Iterator[int]:
    i = scene.sentence.at(at.start)
    return iter(scene.sentence.ancestors(i)) if i is not None else iter(())


def _is_nobody(mention: Mention) -> bool:
    return mention.words.split()[0].lower() in ("no", "nobody", "none", "neither")


def _is_deed(scene: Scene, mention: Mention) -> bool:
    """Whether what is said to have killed is a deed and no doer: "a bombing that killed 14"."""
    head = scene.sentence.at(mention.span.end - 1) if mention.span is not None else None
    return head is not None and scene.sentence.tokens[head].lemma.lower() in words("kinds", "attack", "nouns")

"""Something undertaken in return for something asked.

What it captures: readiness with a condition ("ready to talk as soon as …", "would stop if …"), offers and proposals with
"in return", each side of the bargain as terms.
What it does not: appeals without a return (a demand), promises without a condition (a pledge).
Example: "The group said it would release the prisoners if the siege was lifted."
"""

from __future__ import annotations

from collections.abc import Iterator

from counterclaim.core.claim import Offer, Term
from counterclaim.core.span import Span
from counterclaim.extract.frames import Draft, Scene, frame

_READY = frozenset("ready willing prepared".split())
_CONDITION = frozenset("if once provided".split())
_WOULD = frozenset("will would ’ll 'll".split())
_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_SIDES = frozenset("side party faction".split())
_ALL = frozenset("all both two the".split())
# Deeds that end when their doers end them.
_DEEDS = frozenset(
    "attack offensive assault movement move operation bombardment shelling strike raid siege blockade advance hostility fighting withdrawal arrest".split()
)


def find(scene: Scene) -> Iterator[Draft]:
    """Drafts of offers in one sentence."""
    sentence, tokens = scene.sentence, scene.sentence.tokens
    condition = _condition(scene)
    if condition is None:
        return
    under = set(sentence.subtree(condition))
    for i, token in enumerate(tokens):
        if i in under or not (token.lemma.lower() in _READY or _is_promised(scene, i)) or (token.upos == "VERB" and frame(sentence, i).is_negated):
            continue
        found = frame(sentence, i)
        by = found.subjects or _subject_above(scene, i)
        asked = frame(sentence, condition)
        if not by or not asked.subjects:
            continue
        party = _party(scene, asked.subjects[0])
        ask = _clause(scene, condition, with_subject=party != asked.subjects[0])
        terms = _joined(scene, i)
        # "Would withdraw if the army opened the road and released …": a finite verb behind the condition is asked, whatever it hangs on.
        more = [k for k in terms[1:] if k > condition and tokens[k].xpos in _FINITE]
        # "All sides could meet" is offered by whoever says so.
        is_own = not _is_everybody(scene, by[0])
        yield Draft(
            trigger=token.span,
            proposition=Offer(
                by=scene.mentions(by) if is_own else (),
                to=scene.mentions([party] if party is not None and party != asked.subjects[0] else asked.subjects) if party is not None else (),
                asks=tuple(Term(words, party=scene.mention(party) if party is not None else None) for words in (ask, *(_clause(scene, k) for k in more))),
                undertakings=tuple(Term(_clause(scene, k, without=condition), party=scene.mention(by[0])) for k in terms if k not in more),
                sequence="condition-first",
            ),
            because=f"offer: '{token.text.lower()}' with the condition '{ask[:40]}'",
            score=0.5,
            act="proposes",
        )
        return


def _is_promised(scene: Scene, i: int) -> bool:
    """Whether this verb is to come: will, would; "could" where all sides are to do it."""
    tokens, below = scene.sentence.tokens, scene.sentence.children[i]
    helpers = {tokens[c].text.lower() for c in below if tokens[c].rel.startswith("aux")}
    could = "could" in helpers and any(tokens[c].rel == "nsubj" and _is_everybody(scene, c) for c in below)
    return tokens[i].upos == "VERB" and (bool(helpers & _WOULD) or could)


def _joined(scene: Scene, i: int) -> list[int]:
    """The verb with those joined to it that have no subject of their own: each is a term."""
    tokens = scene.sentence.tokens
    more = [
        c
        for c in scene.sentence.children[i]
        if tokens[c].rel == "conj" and tokens[c].upos == "VERB" and not any(tokens[k].rel.startswith("nsubj") for k in scene.sentence.children[c])
    ]
    return [i, *more] if tokens[i].upos == "VERB" else [i]


def _is_everybody(scene: Scene, head: int) -> bool:
    tokens = scene.sentence.tokens
    return tokens[head].lemma.lower() in _SIDES and any(tokens[c].text.lower() in _ALL for c in scene.sentence.children[head])


def _party(scene: Scene, subject: int) -> int | None:
    """Who is to do what is asked: the subject, the side whose deeds the subject is ("Taliban attacks have stopped"), or nobody ("that is done")."""
    tokens = scene.sentence.tokens
    token = tokens[subject]
    if token.upos == "PRON" and token.text.lower() in ("that", "this", "it"):
        return None
    if token.upos != "NOUN" or token.lemma.lower() not in _DEEDS:
        return subject
    return next(
        (c for c in scene.sentence.children[subject] if tokens[c].rel in ("compound", "nmod:poss", "amod") and tokens[c].upos in ("PROPN", "NOUN", "PRON")),
        None,
    )


def _subject_above(scene: Scene, i: int) -> tuple[int, ...]:
    for above in scene.sentence.ancestors(i):
        found = frame(scene.sentence, above).subjects
        if found:
            return found
    return ()


def _condition(scene: Scene) -> int | None:
    """The head of a conditional clause that asks something of somebody: its verb, or what it says the subject is to be."""
    tokens = scene.sentence.tokens
    for i, token in enumerate(tokens):
        below = scene.sentence.children[i]
        if token.upos != "VERB" and not any(tokens[c].rel == "cop" for c in below):
            continue
        for c in below:
            if tokens[c].rel == "mark" and (
                tokens[c].text.lower() in _CONDITION or "as soon as" in Span(max(0, tokens[c].start - 12), tokens[c].end).of(scene.text).lower()
            ):
                return i
    return None


def _clause(scene: Scene, i: int, without: int | None = None, *, with_subject: bool = False) -> str:
    """The words of a clause from its verb on, without what is put in ("he said"), without other verbs joined to it and without a clause of its own."""
    tokens, sentence = scene.sentence.tokens, scene.sentence
    is_verb = tokens[i].upos == "VERB"
    left_out: set[int] = set()
    if without is not None:
        # "As soon as" hangs on "soon", which goes with it.
        above = tokens[without].head
        left_out = set(sentence.subtree(above if above >= 0 and tokens[above].lemma.lower() == "soon" else without))
    for c in sentence.children[i]:
        is_said = tokens[c].rel in ("parataxis", "ccomp", "conj") and any(a.cue.meets(tokens[c].span) for a in scene.attributions)
        is_next = without is not None and is_verb and c in _joined(scene, i)[1:]
        if is_said or is_next or tokens[c].rel == "parataxis":
            left_out.update(sentence.subtree(c))
    heads = ("punct",) if with_subject else ("nsubj", "punct", "aux") if is_verb else ("nsubj", "punct")
    kept = [
        k
        for k in sentence.subtree(i)
        if k not in left_out
        and not (tokens[k].rel in ("mark", "cc") and tokens[k].head == i)
        and not (tokens[k].head == i and tokens[k].rel.startswith(heads) and not tokens[k].rel.startswith("aux:pass"))
    ]
    subjects = {k for c in sentence.children[i] if tokens[c].rel.startswith("nsubj") for k in sentence.subtree(c)} if not with_subject else set()
    first = i if (is_verb or without is not None) and not with_subject else min((k for k in kept if k not in subjects), default=i)
    run = [first]
    for k in range(first + 1, len(tokens)):
        if k in left_out or (k not in kept and tokens[k].rel != "punct"):
            break
        run.append(k)
    while len(run) > 1 and tokens[run[-1]].upos in ("PUNCT", "CCONJ"):
        run.pop()
    return Span(tokens[run[0]].start, tokens[run[-1]].end).of(scene.text)

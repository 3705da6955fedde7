"""How the count of a claim stands to others: parts of a larger count, more besides it, and running totals.

What it captures: "another five" and "two more" are more besides those told of. "Bringing the toll this month to 47", "since 2021", "so far"
and what a war has cost are running totals, of many days. Of "climbed from 41 to 57" 57 is told; "has passed 100" is 100 and up. Parts are
found in `parts.py`, and laid beside their whole here.
What it does not: tell whether a toll that rose counts an event anew: "the toll from the raid rose to 19" is that event's own count.
Example: "Shelling killed five people, bringing the toll this month to 47." → five killed; 47 in all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from counterclaim.core.claim import Casualties, Claim, Counting, Harm
from counterclaim.core.codec import claim_key
from counterclaim.core.figure import Figure
from counterclaim.core.mention import Mention
from counterclaim.core.span import Span
from counterclaim.extract.frames import Scene, frame
from counterclaim.extract.parts import HARMED, OF_NOUNS, Group, beside, is_of, is_pronoun, part, parts_of, standing_at, starts
from counterclaim.knowledge.lexicon import words

_FURTHER = re.compile(r"\b(?:another|a further|an additional|an? extra)\s+$|\b(?:further|additional|more)\s*$", re.IGNORECASE)
_MORE = re.compile(r"\s+(?:more|others? besides|further|additional)\b", re.IGNORECASE)
# Wars are longer than any day of theirs.
_LONG = frozenset("war wars conflict insurgency uprising rebellion occupation genocide".split())
_PERIOD = re.compile(
    r"\b(?:so far\b|to date\b|in all\b|in total\b|altogether\b|since (?!then\b)(?:the\b|its\b|early\b|late\b|mid\b|last\b|january|february|march|april|may\b|june|july|"
    r"august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|\d|fighting|war\b|it (?:began|started))"
    r"|(?:in|during|over) (?:the|its|this|\w+ years? of|\w+ months? of) (?:\w+ )?(?:war|conflict|insurgency|uprising|rebellion)\b)",
    re.IGNORECASE,
)
_PASSING = frozenset("pass exceed top surpass".split())
# What takes a toll to a new number.
_TAKING = frozenset("bring raise take push lift".split())
_TOLL = frozenset("toll tally number total count figure".split())
_CHANGING = frozenset("rise climb increase grow go jump fall drop raise lower revise cut reduce bring take push lift correct".split())


def counted(scene: Scene, told: Sequence[Claim]) -> list[Claim]:
    """The claims of a sentence, casualty counts marked by how they stand to others, parts read where the text calls them so."""
    found = [c for c in told if not isinstance(c.proposition, Casualties)]
    if len(found) == len(told):
        return found
    tolls = [made for c in told if isinstance(c.proposition, Casualties) and (made := _toll(scene, c)) is not None]
    tolls += _untold(scene, tolls)
    taken: list[Group] = []
    parts: list[Claim] = []
    for whole in sorted(tolls, key=lambda c: -starts(scene, c)):
        groups = [g for g in parts_of(scene, whole) if not any(g.at.meets(other.at) for other in taken)]
        taken += groups
        parts += [part(scene, whole, g) for g in groups]
    others = beside(scene, tolls, taken)
    # Whatever else was read off the number of a part is that part misread.
    kept = [c for c in (*found, *tolls) if not (is_of(scene, c, taken) or (taken and is_pronoun(c)))]
    return [*kept, *{c.key: c for c in (*parts, *others)}.values()]


def _toll(scene: Scene, claim: Claim) -> Claim | None:
    """The claim with its mark; none where it tells the number a toll had before ("from 41 to 57")."""
    said = claim.proposition
    if not isinstance(said, Casualties):
        return claim
    changed = _changed(scene)
    if changed is not None and said.count is not None:
        before, after = changed
        if said.count == before:
            return None
        if said.count.is_vague and _is_of_toll(scene, said):
            said = msgspec.structs.replace(said, count=after)
    at = standing_at(scene, said.count)
    if at is not None and said.count is not None and said.count.low is not None and said.count.low == said.count.high and _is_passed(scene, at):
        said = msgspec.structs.replace(said, count=msgspec.structs.replace(said.count, high=None))
    taken = _taken_to(scene)
    if taken is not None and said.count is not None and said.count.is_vague:
        toll, figure, harm = taken
        within = {scene.sentence.tokens[k].start for k in scene.sentence.subtree(toll)}
        if harm in said.harm and any(m.span is not None and any(m.span.start <= start < m.span.end for start in within) for m in said.who):
            said = msgspec.structs.replace(said, count=figure)
    mark = _mark(scene, said)
    # A running total is of no one day, whatever day stands near it.
    when = None if mark == "sum" and claim.when is not None and claim.when.precision == "day" else claim.when
    made = msgspec.structs.replace(claim, proposition=said, counting=mark, when=when)
    return msgspec.structs.replace(made, key=claim_key(made))


def _is_passed(scene: Scene, at: Span) -> bool:
    """Whether a toll has passed this number: "has passed 100" is 100 and up."""
    tokens = scene.sentence.tokens
    i = scene.sentence.at(at.start)
    while i is not None and tokens[i].upos != "VERB" and tokens[i].head >= 0:
        i = tokens[i].head
    return i is not None and tokens[i].lemma in _PASSING and any(tokens[k].lemma.lower() in _TOLL for c in frame(scene.sentence, i).subjects for k in (c,))


def _untold(scene: Scene, tolls: Sequence[Claim]) -> list[Claim]:
    """The toll that a number is taken to, where no claim tells it: it is told by who tells the event beside it."""
    taken = _taken_to(scene)
    base = next((c for c in tolls if isinstance(c.proposition, Casualties)), None)
    if taken is None or base is None or not isinstance(base.proposition, Casualties):
        return []
    _, figure, harm = taken
    if any(isinstance(c.proposition, Casualties) and c.proposition.count == figure for c in tolls):
        return []
    said = msgspec.structs.replace(base.proposition, who=(), named=(), harm=(harm,), count=figure, by=())
    made = msgspec.structs.replace(base, key="", proposition=said, counting=_mark(scene, said), because=f"casualties.{harm}: a toll taken to '{figure.words}'")
    made = msgspec.structs.replace(made, when=None if made.counting == "sum" else made.when)
    return [msgspec.structs.replace(made, key=claim_key(made))]


def _mark(scene: Scene, said: Casualties) -> Counting | None:
    at = standing_at(scene, said.count)
    if at is not None and (_FURTHER.search(scene.text[scene.sentence.span.start : at.start]) or _MORE.match(scene.text[at.end : at.end + 20])):
        return "further"
    if any(m.span is not None and (_head_word(scene, m) in _LONG) for m in said.by):
        return "sum"
    if at is not None and (_is_new_toll(scene, at) or _in_period(scene, at)):
        return "sum"
    return None


def _in_period(scene: Scene, at: Span) -> bool:
    """Whether the count is of all that happened in a longer time: the verb that counts has been going on ("have been killed since April")."""
    tokens = scene.sentence.tokens
    i = scene.sentence.at(at.start)
    if i is None:
        return False
    verb = next((k for k in (i, *scene.sentence.ancestors(i)) if tokens[k].upos == "VERB"), None)
    if verb is None:
        return False
    perfect = any(tokens[c].rel.startswith("aux") and tokens[c].text.lower() in ("has", "have", "’ve", "'ve") for c in scene.sentence.children[verb])
    below = scene.sentence.subtree(verb)
    stretch = scene.text[min(tokens[k].start for k in below) : max(tokens[k].end for k in below)]
    return perfect and _PERIOD.search(stretch) is not None


def _is_new_toll(scene: Scene, at: Span) -> bool:
    """Whether the number is where a toll is taken to beside an event of its own: "killed five people, bringing the toll this month to 47".

    The toll of an event ("from the raid") is that event's own count, and no running total.
    """
    tokens = scene.sentence.tokens
    for i, token in enumerate(tokens):
        if token.upos != "VERB" or token.lemma not in _TAKING or token.xpos != "VBG" or token.start > at.start:
            continue
        below = scene.sentence.subtree(i)
        if not any(tokens[k].span.meets(at) for k in below):
            continue
        toll = next((k for k in below if tokens[k].lemma.lower() in _TOLL), None)
        if toll is None:
            continue
        return not any(tokens[k].lemma.lower() in _events() for k in below if k != toll)
    return False


def _events() -> frozenset[str]:
    """What has a toll of its own: "the toll from the raid"."""
    return words("kinds", "attack", "nouns") | words("kinds", "fighting", "nouns") | {"raid", "blast", "explosion", "attack", "strike", "collapse", "crash"}


def _taken_to(scene: Scene) -> tuple[int, Figure, Harm] | None:
    """The word for a toll, the number it is taken to, and the harm it counts: "bringing to 61 the number of people killed since March"."""
    tokens = scene.sentence.tokens
    for i, token in enumerate(tokens):
        if token.upos != "VERB" or token.lemma not in _TAKING or token.xpos != "VBG":
            continue
        below = scene.sentence.subtree(i)
        toll = next((k for k in below if tokens[k].lemma.lower() in _TOLL), None)
        to = [
            (span, f)
            for span, f in scene.figures
            if f.unit is None and any(span.meets(tokens[k].span) for k in below) and re.search(r"\bto\s+$", scene.text[token.end : span.start], re.IGNORECASE)
        ]
        if toll is None or len(to) != 1:
            continue
        said = [tokens[k].text.lower() for k in scene.sentence.subtree(toll)]
        harm = next((OF_NOUNS[word] for word in said if word in OF_NOUNS), "killed" if "toll" in said else None)
        if harm is not None:
            return toll, to[0][1], harm
    return None


def _changed(scene: Scene) -> tuple[Figure, Figure] | None:
    """The number a toll had, and the one it has now: "climbed from 41 to 57"."""
    tokens = scene.sentence.tokens
    if not any(t.lemma in _CHANGING for t in tokens) or not any(t.lemma.lower() in _TOLL for t in tokens):
        return None
    for (first, before), (second, after) in pairwise(sorted(scene.figures, key=lambda pair: pair[0])):
        lead = scene.text[scene.sentence.span.start : first.start].rstrip().lower()
        if lead.endswith("from") and scene.text[first.end : second.start].strip().lower() == "to":
            return before, after
        if before.words.lower().startswith("from ") and scene.text[first.end : second.start].strip().lower() == "to":
            return before, after
    return None


def _is_of_toll(scene: Scene, said: Casualties) -> bool:
    return said.count is not None and (said.count.words.lower() in _TOLL | HARMED or not any(m.span for m in said.who))


def _head_word(scene: Scene, mention: Mention) -> str:
    if mention.span is None:
        return ""
    inside = [k for k, t in enumerate(scene.sentence.tokens) if mention.span.holds(t.span)]
    head = next((k for k in inside if scene.sentence.tokens[k].head not in inside), None)
    return scene.sentence.tokens[head].lemma.lower() if head is not None else ""

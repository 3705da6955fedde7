"""Describe how surely an organisation is held to have done it: who says so and how, beside each of its mentions.

What it captures: cue words and authorities before and after a mention, the voice, act and hedges of the claims that stand there, and
whether the organisation is their actor or says them itself, each weighed by how likely the sentence tells of the incident.
What it does not: who is an authority in the eyes of MUC, beyond a list of words. Tried without gain on the folds of the training
reports: one model of the credit of every (organisation, status) with thresholds on it, and a status without a sure organisation.
"""

from __future__ import annotations

from collections.abc import Sequence

from counterclaim.core.claim import Attack, Casualties
from evaluation.muc_features import Features, View
from evaluation.muc_phrases import Group
from evaluation.muc_scoring import words

# Words that say how surely an incident is laid to somebody, by the status they speak for; the models weigh them.
_CUES = frozenset(
    "accuse accusation blame attribute charge suspect suspected presume presumed presumably allege alleged allegedly claim responsibility credit admit "
    "acknowledge confess deny denial reject probably possible possibly possibility may might could apparently believe think link involve involvement "
    "responsible implicate condemn repudiate report state source authority police army military spokesman communique perpetrate carry commit "
    "investigate investigation evidence prove confirm identify author blame".split()
)


_AUTHORITIES = frozenset("official authority police army military minister president general colonel government coprefa force command intelligence".split())


def status_features(view: View, group: Group, told: Sequence[float]) -> Features:
    """How surely an organisation is held to have done it: who says so, in which act, with which hedges and cues, where it stands in the claims."""
    found: Features = {}

    def add(name: str, value: float) -> None:
        found[name] = max(found.get(name, 0.0), value)

    for phrase in group.phrases:
        near = 0.3 + 0.7 * told[phrase.sentence]
        for token in view.seen.sentences[phrase.sentence].tokens:
            lemma = token.lemma.lower()
            if lemma in _CUES:
                add(f"cue={lemma}", near)
                add(f"cue {'<' if token.start < phrase.span.start else '>'} {lemma}", near)
            if lemma in _AUTHORITIES:
                add(f"cue {'<' if token.start < phrase.span.start else '>'} authority", near)
            if token.upos in ("VERB", "ADJ", "ADV", "NOUN"):
                add(f"near={lemma}", near / 2)
        for name, value in view.phrase(phrase).items():
            if name.startswith(("gov=", "in ", "rel=", "head ", "left=")):
                add(f"at {name}", value * near)
        for claim in view.claims[phrase.sentence]:
            said = claim.proposition
            if isinstance(said, Attack | Casualties):
                voice = claim.chain[-1]
                add(f"voice={voice.source_type or voice.manner}", near)
                add(f"cue of voice={(voice.cue or 'none').lower().split()[-1]}", near)
                add(f"act={claim.act}", near)
                if voice.span is not None and voice.span.meets(phrase.span):
                    add("says it", near)
                    add(f"says it {claim.act}", near)
                for hedge in claim.hedges:
                    add(f"hedge={hedge.lower()}", near)
                is_actor = any(m.span is not None and m.span.meets(phrase.span) for m in getattr(said, "actor", ()) + getattr(said, "by", ()))
                if is_actor:
                    add(f"actor by {voice.source_type or voice.manner}", 1.0)
                    add(f"actor {claim.act}", 1.0)
                    add(f"actor {'hedged' if claim.hedges else 'plain'}", 1.0)
    for i, sentence in enumerate(view.seen.sentences):
        for token in sentence.tokens:
            if token.lemma.lower() in _CUES and told[i] > 0.1:
                add(f"report cue={token.lemma.lower()}", told[i])
    last = [part.lower() for part in words(group.words)][-1:]
    found |= {f"name={part}": 1.0 for part in last}
    return found


def lean(features: Features) -> Features:
    """What tells of the status of an organisation, out of all that is known of it."""
    kept = ("cue", "near=", "voice=", "act=", "says", "hedge=", "actor ", "report cue=", "name=", "type=")
    return {name: value for name, value in features.items() if name.startswith(kept)}

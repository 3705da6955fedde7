"""Harm to people: killed, wounded, captured, surrendered, missing, trapped, displaced, losses.

What it captures: active and passive verbs of harm with whom and how many; "20 dead"; "the death of"; "heavy losses";
"either killed, surrendered, or captured" as one unsplit union; named victims.
What it does not: deaths of animals and things, figures of speech, harm that is feared or hypothetical; it never splits a union.
How a number stands to others ("three of them children", "bringing the toll to 47") is read in `counting.py`.
Example: "At least 20 civilians were killed and 30 wounded."
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import get_args

from counterclaim.core.claim import Casualties, Harm
from counterclaim.core.figure import Figure
from counterclaim.core.mention import Mention
from counterclaim.extract.frames import Draft, Scene, frame, triggers
from counterclaim.extract.harmed import are_divided, counts_none, is_nobody, is_pronoun_of_none, number, places, scene_of, whom
from counterclaim.knowledge.lexicon import table, words

_HARMS: tuple[Harm, ...] = ("killed", "wounded", "captured", "surrendered", "displaced", "trapped")
_ALL: tuple[Harm, ...] = get_args(Harm)
_QUANTIFIERS = frozenset("all most some many none both several half".split())
_INTRANSITIVE = frozenset(("die", "surrender", "flee"))


def find(scene: Scene) -> Iterator[Draft]:
    """Drafts of casualty claims in one sentence."""
    sentence, tokens = scene.sentence, scene.sentence.tokens
    verbs = {verb: harm for harm in _HARMS for verb in words("kinds", "casualties", harm)}
    done: set[int] = set()
    for i in triggers(sentence, frozenset(verbs), "VERB", "ADJ"):
        if i in done or (tokens[i].upos == "ADJ" and tokens[i].xpos not in ("VBN", "VBD") and not tokens[i].text.endswith("ed")):
            continue
        found = frame(sentence, i)
        if found.modality != "actual" or (found.is_negated and not _zero(scene, found.subjects)):
            continue
        union = [
            i,
            *(
                c
                for c in sentence.children[i]
                if tokens[c].rel == "conj"
                and tokens[c].lemma in verbs
                and not any(tokens[k].rel.startswith("nsubj") or tokens[k].rel == "obj" for k in sentence.children[c])
            ),
        ]
        patients = found.subjects if found.is_passive or tokens[i].lemma in _INTRANSITIVE else found.objects
        agents = found.agents if found.is_passive else () if tokens[i].lemma in _INTRANSITIVE else found.subjects
        patients = tuple(p for p in patients if _people(scene, p) and not (tells(scene, p, i) or are_divided(scene, i, p)))
        if not patients:
            continue
        done.update(union)
        harms = joined_harms(scene, i) or (verbs[tokens[i].lemma],)
        for patient in patients:
            for each in (patient, *(k for k in scene.joined(patient) if not (_has_other_harm(scene, k, harms) or tells(scene, k, i) or is_nobody(scene, k)))):
                yield drafted(
                    scene, i, each, harms, agents, f"casualties.{'+'.join(harms)}: {'nsubj:pass' if found.is_passive else 'obj'} of '{tokens[i].lemma}'"
                )
    yield from _adjectives(scene)
    yield from _nouns(scene)
    yield from _put_at(scene)
    yield from _risen_to(scene)


def _has_other_harm(scene: Scene, head: int, harms: tuple[Harm, ...]) -> bool:
    """Whether a joined phrase brings a harm of its own: "705 people killed and 5,287 wounded"."""
    own = (harm_of(scene, k) for k in (head, *(c for c in scene.sentence.children[head] if c > head)))
    return any(harm is not None and harm not in harms for harm in own)


def tells(scene: Scene, head: int, i: int) -> bool:
    """Whether this phrase is who tells of the harm at i, and so is none of the harmed: "nine were killed, Ilse Brannet, a spokeswoman, said"."""
    tokens = scene.sentence.tokens
    return any(a.source is not None and a.source.meets(tokens[head].span) and any(c.holds(tokens[i].span) for c in a.content) for a in scene.attributions)


@cache
def names_of(harm: str) -> frozenset[str]:
    """The words that name this harm whatever stands around them."""
    lists = table("kinds")["casualties"]
    return frozenset(" ".join(of.get(harm, "") for of in (lists, lists["nouns"], lists["adjectives"])).split()) - {"death", "deaths"}


def harm_of(scene: Scene, i: int) -> Harm | None:
    """The harm that the word at i names by itself, or through what it leads to ("forced to surrender")."""
    tokens = scene.sentence.tokens
    for k in (i, *(c for c in scene.sentence.children[i] if tokens[c].rel == "xcomp")):
        words_here = {tokens[k].lemma.lower(), tokens[k].text.lower()}
        found: Harm | None = next((h for h in _ALL if words_here & names_of(h)), None)
        if found is not None:
            return found
    return None


def joined_harms(scene: Scene, i: int) -> tuple[Harm, ...]:
    """The harms that one figure or one phrase counts together with the harm at i: "killed, wounded or captured", an unsplit union.

    A harm with a figure or a patient of its own ("five killed and 12 wounded") is not joined.
    """
    sentence, tokens = scene.sentence, scene.sentence.tokens
    first = i
    while tokens[first].rel == "conj" and harm_of(scene, tokens[first].head) is not None:
        first = tokens[first].head
    row, todo = [], [first]
    while todo:
        at = todo.pop()
        row.append(at)
        todo.extend(c for c in sentence.children[at] if tokens[c].rel == "conj" and harm_of(scene, c) is not None)
    row.sort()

    def has(k: int, *rels: str) -> bool:
        return any(tokens[c].rel in rels for c in sentence.children[k])

    group = [row[0]]
    for before, after in pairwise(row):
        counted = any(tokens[before].end <= span.start < tokens[after].start for span, _ in scene.figures)
        # A later harm with a subject of its own is a clause of its own ("… abducted and their driver shot dead").
        own = has(after, "nsubj", "nsubj:pass") or (has(after, "obj") and any(has(k, "obj", "nsubj:pass") for k in group))
        apart = counted or own
        if apart and i in group:
            break
        group = [after] if apart else [*group, after]
    found = [harm_of(scene, k) for k in group] if i in group else []
    return tuple(h for h in _ALL if h in found)


def _zero(scene: Scene, subjects: tuple[int, ...]) -> bool:
    return any(counts_none(scene, s) for s in subjects)


def _people(scene: Scene, head: int) -> bool:
    token = scene.sentence.tokens[head]
    if is_nobody(scene, head):
        return False
    if token.text.lower() in words("kinds", "people", "nouns") or token.lemma.lower() in words("kinds", "people", "nouns") or token.upos in ("NUM", "PRON"):
        return True
    if token.lemma.lower() in _QUANTIFIERS:
        return any(_people(scene, c) for c in scene.sentence.children[head] if scene.sentence.tokens[c].rel == "nmod")
    if token.lemma.lower() in words("cues", "roles", "speaks"):
        return True
    if token.upos == "PROPN":
        return any(n.kind == "Person" and n.span.meets(token.span) for n in scene.names)
    return (
        scene.figure_of(head) is not None
        and not scene.is_place(head)
        and token.text.lower() not in words("kinds", "control", "place_nouns")
        and token.text.lower().endswith(("s", "ple", "men"))
    )


def drafted(scene: Scene, i: int, head: int, harms: tuple[Harm, ...], agents: tuple[int, ...], because: str) -> Draft:
    """The draft for the harmed phrase with this head: counted by its figure, by its name, or by "a"."""
    mention, figure = whom(scene, head)
    named: tuple[Mention, ...] = (mention,) if figure is None and scene.is_person(head) else ()
    return Draft(
        trigger=scene.sentence.tokens[i].span,
        proposition=Casualties(
            who=() if is_pronoun_of_none(scene, head) else (mention,),
            harm=harms,
            count=figure or number(scene, head, mention),
            named=named,
            by=scene.mentions(agents),
            place=_places(scene, i) or places(scene, [head]) or places(scene, agents),
        ),
        because=because,
        score=0.6 if figure is not None else 0.45,
        when=scene.when_near(i),
    )


def _places(scene: Scene, i: int) -> tuple[Mention, ...]:
    heads = [h for h in frame(scene.sentence, i).at("in", "at", "near", "outside", "across") if scene.is_place(h) and not scene.is_date(h)]
    if not heads:
        # "Killed a policeman and wounded two others in Tarn": both were in Tarn.
        after = [c for c in scene.sentence.children[i] if scene.sentence.tokens[c].rel == "conj" and scene.sentence.tokens[c].upos == "VERB"]
        shared = [c for c in after if not any(scene.sentence.tokens[k].rel.startswith("nsubj") for k in scene.sentence.children[c])]
        return next((found for c in shared if (found := _places(scene, c))), ())
    return scene.mentions([scene_of(scene, h) for h in heads])


def _adjectives(scene: Scene) -> Iterator[Draft]:
    """Left 20 people dead; 30 wounded; the wounded."""
    tokens = scene.sentence.tokens
    table: dict[str, Harm] = {
        "dead": "killed",
        "wounded": "wounded",
        "injured": "wounded",
        "missing": "missing",
        "displaced": "displaced",
        "homeless": "displaced",
    }
    for i, token in enumerate(tokens):
        harm = table.get(token.text.lower())
        if harm is None:
            continue
        before = [
            (span, f)
            for span, f in scene.figures
            if 0 <= token.start - span.end <= 25 and not any(t.upos in ("VERB", "AUX") and span.end <= t.start < token.start for t in tokens)
        ]
        figure = max(before, key=lambda pair: pair[0].end)[1] if before else None
        if figure is None:
            continue
        between = next((k for k in range(i - 1, -1, -1) if tokens[k].text.lower() in words("kinds", "people", "nouns")), None)
        if _counts_nobody(scene, i, figure):
            continue
        near = between is not None and token.start - tokens[between].end < 12
        who = (Mention(tokens[between].text, span=tokens[between].span),) if near and between is not None else ()
        if any(t.lemma in ("leave", "be") and t.start < token.start for t in tokens) or token.upos != "VERB":
            yield Draft(
                trigger=token.span,
                proposition=Casualties(who=who, harm=joined_harms(scene, i) or (harm,), count=figure),
                because=f"casualties.{harm}: a figure before '{token.text.lower()}'",
                score=0.5,
                when=scene.when_near(i),
            )


def _counts_nobody(scene: Scene, i: int, figure: Figure) -> bool:
    """Whether what the figure before "dead" counts is animals or things: "some 3,000 cattle are dead"."""
    tokens = scene.sentence.tokens
    end = max(span.end for span, each in scene.figures if each is figure)
    return any(tokens[k].start >= end and is_nobody(scene, k) for k in range(i))


def _nouns(scene: Scene) -> Iterator[Draft]:
    """Suffered heavy losses; no casualties; 12 deaths."""
    tokens = scene.sentence.tokens
    table: dict[str, Harm] = {"death": "killed", "fatality": "killed", "loss": "losses", "casualty": "losses"}
    for i in triggers(scene.sentence, frozenset(table), "NOUN"):
        figure = next((f for span, f in scene.figures if 0 <= tokens[i].start - span.end <= 12), None)
        head = tokens[i].head
        above = frame(scene.sentence, head) if head >= 0 and tokens[head].upos == "VERB" else None
        sufferers = above.subjects if above is not None and tokens[head].lemma in ("suffer", "sustain", "take") else ()
        if figure is None and not sufferers:
            continue
        if above is not None and above.modality != "actual":
            continue
        yield Draft(
            trigger=tokens[i].span,
            proposition=Casualties(who=scene.mentions(sufferers), harm=(table[tokens[i].lemma.lower()],), count=figure),
            because=f"casualties.{table[tokens[i].lemma.lower()]}: noun '{tokens[i].lemma}'",
            score=0.5,
            when=scene.when_near(i),
        )


_COUNTED: dict[str, Harm] = {"loss": "losses", "casualty": "losses", "toll": "killed", "dead": "killed", "death": "killed", "fatality": "killed"}


def _put_at(scene: Scene) -> Iterator[Draft]:
    """Put the enemy's losses at 40; put the losses at 1,000 or more killed or captured: the harms behind the number say what was lost."""
    sentence, tokens = scene.sentence, scene.sentence.tokens
    for i in triggers(sentence, words("cues", "measuring", "verbs"), "VERB"):
        found = frame(sentence, i)
        counted = [*found.objects, *(c for h in found.objects if tokens[h].lemma.lower() == "number" for c in sentence.children[h] if tokens[c].rel == "nmod")]
        lost = next((h for h in counted if tokens[h].lemma.lower() in _COUNTED), None)
        if lost is None or found.is_negated or found.modality != "actual":
            continue
        after = [(s, f) for s, f in scene.figures if s.start > tokens[lost].start and scene.text[: s.start].rstrip().endswith(" at")]
        if not after:
            continue
        span, figure = after[0]
        behind = next((k for k, token in enumerate(tokens) if token.start >= span.end and harm_of(scene, k) is not None), None)
        harms = joined_harms(scene, behind) if behind is not None else ()
        owners = [
            c
            for c in sentence.children[lost]
            if tokens[c].rel in ("nmod:poss", "compound", "amod", "nmod")
            and (
                tokens[c].upos == "PROPN"
                or _people(scene, c)
                or tokens[c].rel == "nmod:poss"
                or tokens[c].lemma.lower() in words("kinds", "casualties", "sides", "nouns")
            )
        ]
        yield Draft(
            trigger=tokens[behind if harms and behind is not None else lost].span,
            proposition=Casualties(who=scene.mentions(owners), harm=harms or (_COUNTED[tokens[lost].lemma.lower()],), count=figure),
            because=f"casualties: '{tokens[lost].text}' put at a number",
            score=0.6,
            when=scene.when_near(lost) or scene.when_near(i),
        )


_RISING = frozenset("rise climb increase grow go jump reach stand fall drop".split())


def _risen_to(scene: Scene) -> Iterator[Draft]:
    """The toll had risen to eight; the number of wounded stands at 40."""
    tokens = scene.sentence.tokens
    for i in triggers(scene.sentence, _RISING, "VERB"):
        found = frame(scene.sentence, i)
        toll = next((s for s in found.subjects if tokens[s].lemma.lower() in ("toll", "number")), None)
        if toll is None or found.is_negated or found.modality != "actual":
            continue
        below = {tokens[k].text.lower() for k in scene.sentence.subtree(toll)}
        harm = next((harm for harm in _HARMS if below & names_of(harm)), "killed" if tokens[toll].lemma.lower() == "toll" else None)
        heads = [*found.at("to", "at"), *(found.objects if tokens[i].lemma == "reach" else ())]
        figure = next((f for h in heads for span, f in scene.figures if span.meets(tokens[h].span) and f.unit is None), None)
        if harm is None or figure is None:
            continue
        yield Draft(
            trigger=tokens[toll].span,
            proposition=Casualties(harm=(harm,), count=figure, place=places(scene, [toll])),
            because=f"casualties.{harm}: the toll '{tokens[i].lemma}' to a number",
            score=0.6,
            when=scene.when_near(toll),
        )

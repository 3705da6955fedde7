"""The parts of a count: groups that a text calls some of those it counted before.

What it captures: "12 people, three of them children", "including", "among them", "of whom", "with five among the dead", a list that makes
the sum of what stands before it ("two people, a child and a girl of six"); the same in the sentence after ("Five of them were children",
"The dead included two nurses"). "Six of them critically" counts six of the wounded, and nobody called critically. A row that makes no sum
("two soldiers, a driver and three children") is of others, each counted for itself.
What it does not: parts without a number ("mostly women", "half of them"); parts further off than the next sentence.
Example: "Shelling killed 12 people, three of them children." → 12 killed; 3 children killed, as a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import msgspec

from counterclaim.core.claim import Casualties, Claim, Harm
from counterclaim.core.codec import claim_key
from counterclaim.core.figure import Figure
from counterclaim.core.mention import Mention
from counterclaim.core.span import Span, evidence
from counterclaim.extract.casualties import harm_of
from counterclaim.extract.frames import Scene
from counterclaim.extract.harmed import whereabouts

THEM = frozenset("them whom these those".split())
HARMED = frozenset("dead wounded injured killed victims casualties missing captured".split())
_INCLUDING = frozenset(("including", "among", "amongst", "include", "includes", "included"))
_BEING = frozenset("was were is are being".split())
_ARTICLES = frozenset(("a", "an"))
# Words that may stand between a number and what it counts.
_MIDDLE = frozenset(("ADJ", "NOUN", "PROPN", "PUNCT", "ADV"))
# A group of people has its noun within so many words of its number.
_REACH = 4
OF_NOUNS: dict[str, Harm] = {"dead": "killed", "killed": "killed", "deaths": "killed", "fatalities": "killed", "wounded": "wounded", "injured": "wounded"}
# Whom others may be some of: "ten people, two women and a child" may tell parts or others.
_ANYBODY = frozenset("people persons civilians others residents villagers casualties".split())


class Group(msgspec.Struct, frozen=True):
    """A counted group that the text calls a part: where it stands, how many, and its own noun if it has one ("critically" is none)."""

    at: Span
    figure: Figure
    noun: int | None


def is_pronoun(claim: Claim) -> bool:
    """Whether the claim counts nothing but "them", where their parts are told."""
    said = claim.proposition
    return isinstance(said, Casualties) and said.count is not None and said.count.is_vague and said.count.words.lower() in THEM


def beside(scene: Scene, tolls: Sequence[Claim], taken: Sequence[Group]) -> list[Claim]:
    """The groups of a row that begins with a counted one and makes no sum of it: "two soldiers, a driver and three children"."""
    tokens = scene.sentence.tokens
    found = []
    for claim in tolls:
        said = claim.proposition
        first = said.who[0].span if isinstance(said, Casualties) and len(said.who) == 1 else None
        if not isinstance(said, Casualties) or first is None or starts(scene, claim) < 0 or {w.lower() for w in said.who[0].words.split()} & _ANYBODY:
            continue
        i = next((k for k, token in enumerate(tokens) if token.start >= first.end), None)
        if i is None or tokens[i].text != ",":
            continue
        groups = list(_list(scene, i + 1))
        row = scene.text[first.end : groups[-1].at.end] if len(groups) > 1 else ""
        if not re.search(r"\band\b", row) or any(g.at.meets(t.at) for g in groups for t in taken) or any(is_of(scene, c, groups) for c in tolls):
            continue
        # Beside one another, not some of one another.
        found += [
            msgspec.structs.replace(
                part(scene, claim, g), counting=None, because=f"casualties: beside '{said.count.words if said.count else ''}' ({claim.because})"
            )
            for g in groups
        ]
    return found


def across(scenes: Sequence[Scene], claims: Sequence[Claim]) -> list[Claim]:
    """The claims of a report, with the parts that a sentence tells of a count in the sentence before ("Five of them were children")."""
    by_sentence: dict[Span, list[Claim]] = {}
    for claim in claims:
        by_sentence.setdefault(claim.evidence.span, []).append(claim)
    out = list(claims)
    for before, scene in pairwise(scenes):
        here = by_sentence.get(scene.sentence.span, [])
        wholes = [c for c in by_sentence.get(before.sentence.span, []) if c.counting is None and _size(c) is not None]
        groups = _opening(scene) if wholes else []
        harms = {h for c in wholes if isinstance(c.proposition, Casualties) for h in c.proposition.harm}
        named = _named_harm(scene)
        wholes = [c for c in wholes if named is None or (isinstance(c.proposition, Casualties) and c.proposition.harm == (named,))]
        if not groups or len(wholes) != 1 or (named is None and len(harms) != 1):
            continue
        whole = wholes[0]
        groups = [g for g in groups if _fits(g.figure, whole)]
        old = {c.key for c in here if is_of(scene, c, groups)}
        out = [c for c in out if c.key not in old]
        voices = next((c for c in here if c.kind in ("casualties", "statement")), None)
        for group in groups:
            made = part(scene, whole, group)
            said = msgspec.structs.replace(
                made, key="", evidence=evidence(scene.text, scene.sentence.span), chain=(voices or made).chain, act=(voices or made).act, refutes=None
            )
            out.append(msgspec.structs.replace(said, key=claim_key(said)))
    return out


def parts_of(scene: Scene, whole: Claim) -> list[Group]:
    """The groups that the text calls parts of this claim's count."""
    start = starts(scene, whole)
    if start < 0 or _size(whole) is None:
        return []
    tokens = scene.sentence.tokens
    following = [g for g in _called(scene) if g.at.start > start and _fits(g.figure, whole)]
    nearest = [
        g
        for g in following
        if not any(start < span.start < g.at.start and f.unit is None and not any(o.at.meets(span) for o in following) for span, f in scene.figures)
    ]
    if nearest:
        return nearest
    size = whole.proposition.count if isinstance(whole.proposition, Casualties) else None
    if size is None or size.low is None or size.low != size.high:
        return []
    for i, token in enumerate(tokens):
        if token.start > start and token.text in (",", ":", "–", "—", "-", "("):
            groups = list(_list(scene, i + 1))
            if len(groups) > 1 and sum(g.figure.low or 0 for g in groups) == size.low and all(_fits(g.figure, whole) for g in groups):
                return groups
    return []


def _called(scene: Scene) -> list[Group]:
    """The groups of a sentence that it calls parts of something counted."""
    tokens = scene.sentence.tokens
    found: list[Group] = []
    for i, token in enumerate(tokens):
        word = token.text.lower()
        after = tokens[i + 1].text.lower() if i + 1 < len(tokens) else ""
        if word == "of" and after in THEM:
            before = _number_before(scene, i)
            if before is not None:
                # Six of them critically, three of them children.
                span, figure = before
                noun = _noun(scene, i + 2)
                if not _has_harm(scene, i + 2, noun):
                    found.append(Group(Span(span.start, tokens[noun if noun is not None else i + 1].end), figure, noun))
            elif after == "whom":
                found += list(_list(scene, i + 2)) or _bare(scene, i + 2)
        elif word in ("among", "amongst") and after in THEM and (group := _group_before(scene, i)) is not None:
            # Five women among them.
            found.append(group)
        elif word in _INCLUDING and not _is_denied(scene, i) and not (word in ("among", "amongst") and after not in THEM):
            found += _list(scene, i + (2 if word in ("among", "amongst") else 1))
        elif word == "with" and (behind := _among(scene, i)) is not None:
            found += [g for g in _list(scene, i + 1) if g.at.end <= behind]
    return [g for k, g in enumerate(found) if not any(g.at.meets(o.at) for o in found[:k])]


def _is_denied(scene: Scene, i: int) -> bool:
    """Whether the words before say not: "does not include the 27 deaths in the village"."""
    return any(token.text.lower() in ("not", "n't", "n’t", "without") for token in scene.sentence.tokens[max(0, i - 2) : i])


def _bare(scene: Scene, i: int) -> list[Group]:
    """A number alone: "of whom eight were in a critical condition" counts eight of them."""
    tokens = scene.sentence.tokens
    found = next(((span, f) for span, f in scene.figures if i < len(tokens) and span.holds(tokens[i].span) and f.unit is None and not f.is_vague), None)
    return [Group(found[0], found[1], None)] if found is not None and not _has_harm(scene, i + 1, None) else []


def _group_before(scene: Scene, i: int) -> Group | None:
    """The counted group that ends before this word, in its own phrase: "five women" of "five women among them"."""
    tokens = scene.sentence.tokens
    for k in range(i - 1, max(-1, i - 1 - _REACH), -1):
        if tokens[k].upos == "PUNCT":
            return None
        if any(span.holds(tokens[k].span) and f.unit is None for span, f in scene.figures) or tokens[k].text.lower() in _ARTICLES:
            group = next(_list(scene, k), None)
            return group if group is not None and group.noun == i - 1 else None
    return None


def _among(scene: Scene, i: int) -> int | None:
    """Where "among the dead" stands after this word: "with 12 children among the dead"."""
    tokens = scene.sentence.tokens
    for k in range(i + 1, min(i + 12, len(tokens) - 1)):
        if tokens[k].text.lower() in ("among", "amongst") and {tokens[j].text.lower() for j in range(k + 1, min(k + 3, len(tokens)))} & (HARMED | THEM):
            return tokens[k].start
    return None


def _opening(scene: Scene) -> list[Group]:
    """The parts that a sentence opens with, of a count told before it: "Five of them were", "Among the dead were", "The dead included"."""
    tokens = scene.sentence.tokens
    lower = [t.text.lower() for t in tokens[:8]]
    if len(lower) < 3:
        return []
    if "of" in lower[:4] and (i := lower.index("of")) + 1 < len(lower):
        pointed = lower[i + 1] in THEM or (lower[i + 1] == "the" and i + 2 < len(lower) and lower[i + 2] in HARMED)
        before = _number_before(scene, i) if pointed else None
        if before is not None:
            start = i + (3 if lower[i + 1] == "the" else 2)
            noun = _noun(scene, start)
            return (
                [Group(Span(before[0].start, tokens[noun if noun is not None else start - 1].end), before[1], noun)]
                if not _has_harm(scene, start, noun)
                else []
            )
    if lower[0] in ("among", "amongst") and (set(lower[1:3]) & (HARMED | THEM)):
        being = next((k for k in range(2, min(5, len(tokens))) if lower[k] in _BEING), None)
        return list(_list(scene, being + 1)) if being is not None else []
    if lower[0] in ("the", "those", "its") and set(lower[1:3]) & HARMED:
        including = next((k for k in range(1, min(5, len(tokens))) if lower[k] in _INCLUDING), None)
        return list(_list(scene, including + 1)) if including is not None else []
    return []


def _named_harm(scene: Scene) -> Harm | None:
    """The harm that the opening words name ("among the dead")."""
    return next((OF_NOUNS[t.text.lower()] for t in scene.sentence.tokens[:5] if t.text.lower() in OF_NOUNS), None)


def _list(scene: Scene, i: int) -> Iterator[Group]:
    """The counted groups of a list that begins at this word: "two women, a midwife and four children"; it ends where anything else stands."""
    tokens = scene.sentence.tokens
    while i < len(tokens):
        token = tokens[i]
        word = token.text.lower()
        if word in (",", "and", "at", "least", "the", "her", "his", "their", "as", "well") or word in _BEING or word in ("about", "some", "around"):
            i += 1
            continue
        figure = next(((span, f) for span, f in scene.figures if span.holds(token.span) and f.unit is None), None)
        if figure is None and word not in (*_ARTICLES, "one"):
            return
        begin = figure[0].start if figure else token.start
        past = next((k for k in range(i, len(tokens)) if tokens[k].start >= figure[0].end), len(tokens)) if figure else i + 1
        noun = _noun(scene, past)
        # "…, including three children, a doctor said": who tells of it is none of them.
        if noun is None or any(a.source is not None and a.source.meets(tokens[noun].span) for a in scene.attributions):
            return
        count = figure[1] if figure else Figure(1, 1, Span(token.start, tokens[noun].end).of(scene.text))
        yield Group(Span(begin, tokens[noun].end), count, noun)
        i = noun + 1
        # What says more of the group: "a girl of six", "two nurses from the town".
        while i < len(tokens) and tokens[i].text.lower() in ("of", "from", "aged") and i + 1 < len(tokens):
            i += 1
            while i < len(tokens) and tokens[i].upos in ("NUM", "NOUN", "PROPN", "DET", "ADJ"):
                i += 1


def _noun(scene: Scene, i: int) -> int | None:
    """The noun of people that follows within reach, as the head of its phrase: "children", "aid workers"."""
    tokens = scene.sentence.tokens
    found = None
    for k in range(i, min(i + _REACH + 1, len(tokens))):
        if tokens[k].text.lower() in (*_BEING, *_ARTICLES) and found is None:
            continue
        if tokens[k].upos not in _MIDDLE or tokens[k].text in (",", ".", ";", ":", ")", "("):
            break
        if scene.is_date(k) or harm_of(scene, k) is not None:
            break
        if tokens[k].upos in ("NOUN", "PROPN"):
            found = k
        elif found is not None:
            break
        elif tokens[k].upos == "ADV" and tokens[k].text.lower().endswith("ly") and k == i:
            return None
    return found


def _has_harm(scene: Scene, i: int, noun: int | None) -> bool:
    """Whether what follows tells of another harm: "eight of whom died" counts the dead among the wounded."""
    tokens = scene.sentence.tokens
    end = noun if noun is not None else min(i + _REACH, len(tokens) - 1)
    return any(tokens[k].upos == "VERB" and harm_of(scene, k) is not None for k in range(i, end + 1))


def _number_before(scene: Scene, i: int) -> tuple[Span, Figure] | None:
    """The number that ends before this word ("six" of "six of them")."""
    tokens = scene.sentence.tokens
    if i == 0:
        return None
    found = next(((span, f) for span, f in scene.figures if span.holds(tokens[i - 1].span) and f.unit is None and not f.is_vague), None)
    if found is not None:
        return found
    return (tokens[i - 1].span, Figure(1, 1, tokens[i - 1].text)) if tokens[i - 1].text.lower() == "one" else None


def part(scene: Scene, whole: Claim, group: Group) -> Claim:
    """The claim of a part: what the whole says, of so many of them."""
    said = whole.proposition
    if not isinstance(said, Casualties):
        return whole
    mention = _people(scene, group)
    made = msgspec.structs.replace(said, who=(mention,) if mention else said.who, count=group.figure, named=())
    claim = msgspec.structs.replace(
        whole, key="", proposition=made, counting="part", because=f"casualties: a part of '{said.count.words if said.count else ''}' ({whole.because})"
    )
    return msgspec.structs.replace(claim, key=claim_key(claim))


def _people(scene: Scene, group: Group) -> Mention | None:
    if group.noun is None:
        return None
    mention = scene.mention(group.noun, frozenset(whereabouts(scene, group.noun)))
    span = mention.span
    if span is None:
        return mention
    counted_by = next((s for s, f in scene.figures if f is group.figure), None)
    start = counted_by.end if counted_by is not None and span.meets(counted_by) else span.start
    first = next((t for t in scene.sentence.tokens if t.start >= start and (t.upos != "PUNCT")), None)
    end = next((t.start for t in scene.sentence.tokens if start < t.start < span.end and t.text.lower() in ("among", "amongst")), span.end)
    at = Span(first.start if first is not None and first.start < end else start, end)
    at = Span(at.start, at.start + len(at.of(scene.text).rstrip()))
    return Mention(at.of(scene.text), span=at)


def _size(claim: Claim) -> Figure | None:
    """The count of a casualty claim of one harm; none where it has none."""
    said = claim.proposition
    return said.count if isinstance(said, Casualties) and said.count is not None and said.count.high != 0 else None


def _fits(part: Figure, whole: Claim) -> bool:
    """Whether so many can be a part: fewer than all."""
    size = _size(whole)
    if size is None or part.low is None or part.unit is not None:
        return False
    most = size.high if size.high is not None else None
    return most is None or part.low < most


def standing_at(scene: Scene, figure: Figure | None) -> Span | None:
    """Where a figure stands in the sentence."""
    return next((span for span, f in scene.figures if f is figure or f == figure), None) if figure is not None else None


def starts(scene: Scene, claim: Claim) -> int:
    """Where a claim's count stands; -1 where it is nowhere in the sentence."""
    at = standing_at(scene, _size(claim))
    return at.start if at is not None else -1


def is_of(scene: Scene, claim: Claim, groups: Iterable[Group]) -> bool:
    """Whether the claim was read off the number or the noun of one of these groups."""
    said = claim.proposition
    figure = getattr(said, "count", None)
    who: Sequence[Mention] = getattr(said, "who", ())
    at = standing_at(scene, figure) if isinstance(figure, Figure) else None
    for group in groups:
        if at is not None and group.at.meets(at):
            return True
        if isinstance(said, Casualties) and at is None and any(m.span is not None and group.at.meets(m.span) for m in who):
            return True
    return False

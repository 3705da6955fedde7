"""Turn parsed, attributed sentences into claims: every kind's drafts, each given its voices, act and evidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import msgspec

from counterclaim.core.claim import Claim, Statement
from counterclaim.core.codec import claim_key
from counterclaim.core.span import Span, evidence
from counterclaim.core.syntax import Sentence
from counterclaim.core.voice import Act, Attribution, Chain, Voice
from counterclaim.extract import aid, answer, attack, casualties, control, demand, fighting, movement, need, offer, pledge, talks, verification
from counterclaim.extract.frames import Draft, Scene

# Every kind but `statement`, which takes what the others leave.
KINDS: tuple[Callable[[Scene], Iterator[Draft]], ...] = (
    control.find,
    movement.find,
    fighting.find,
    attack.find,
    casualties.find,
    offer.find,
    answer.find,
    demand.find,
    pledge.find,
    talks.find,
    aid.find,
    need.find,
    verification.find,
)
# Acts of speech that are the claim itself: nothing is left for a statement to say.
_OWN_ACTS = frozenset(("demands", "promises", "cannot-verify"))
# A statement shorter than this is a cue's object ("a report"), not something said.
_SHORTEST = 12

# (stretch) → (chain, act, hedges)
Speaker = Callable[[Span], tuple[Chain, Act, tuple[str, ...]]]


def claims(report: str, scene: Scene, speaker: Speaker) -> Iterator[Claim]:
    """The claims of one sentence, typed ones first, then statements for attributed words that gave none."""
    covered: list[tuple[Span, str | None]] = []
    keys: set[str] = set()
    typed: list[Claim] = []
    for find in KINDS:
        for draft in find(scene):
            claim = _claim(report, scene, speaker, draft)
            if claim.key in keys:
                continue
            keys.add(claim.key)
            covered.append((draft.trigger, claim.chain[-1].name))
            typed.append(claim)
    yield from (c for c in typed if not any(_says_more(other, c) for other in typed if other is not c))
    yield from _statements(report, scene, speaker, covered)


def _says_more(other: Claim, claim: Claim) -> bool:
    """Whether the other claim of the sentence says all this one does and more: two triggers of one event ("arrived, bringing")."""
    if other.kind != claim.kind or other.act != claim.act or [v.name for v in other.chain] != [v.name for v in claim.chain]:
        return False
    own, theirs = _filled(claim), _filled(other)
    return own != theirs and own.items() <= theirs.items()


def _filled(claim: Claim) -> dict[str, str]:
    slots = ((slot, getattr(claim.proposition, slot)) for slot in claim.proposition.__struct_fields__)
    return {slot: repr([getattr(v, "words", v) for v in value] if isinstance(value, tuple) else value) for slot, value in slots if value not in ((), None)}


def _claim(report: str, scene: Scene, speaker: Speaker, draft: Draft) -> Claim:
    chain, act, hedges = speaker(draft.trigger)
    when, said = draft.when, None
    inner = [c for c in chain[-1].content if c.holds(draft.trigger)] if len(chain) > 1 else []
    if inner:
        said = next((w for span, w in scene.dates if scene.sentence.span.holds(span) and not any(c.holds(span) for c in chain[-1].content)), None)
        if when is said and draft.act is None:
            when = next((w for span, w in scene.dates if any(c.holds(span) for c in inner)), None)
    if draft.act is not None:
        act = draft.act
        if draft.performer is not None and not _speaks(chain, draft.performer.words):
            chain = (*chain, Voice(name=draft.performer.words, words=draft.performer.words, manner="indirect"))
    return _keyed(
        Claim(
            key="",
            report=report,
            evidence=evidence(scene.text, scene.sentence.span),
            chain=chain,
            act=act,
            hedges=hedges,
            said=said,
            when=when,
            proposition=draft.proposition,
            score=round(draft.score, 3),
            because=draft.because,
            modality=draft.modality,
        )
    )


def _speaks(chain: Chain, words: str) -> bool:
    last = chain[-1].name or ""
    return bool(last) and len(chain) > 1 and (last.split()[-1].casefold() in words.casefold() or words.casefold() in (chain[-1].words or "").casefold())


def _keyed(claim: Claim) -> Claim:
    return msgspec.structs.replace(claim, key=claim_key(claim))


def _statements(report: str, scene: Scene, speaker: Speaker, covered: Sequence[tuple[Span, str | None]]) -> Iterator[Claim]:
    here = [a for a in scene.attributions if any(c.meets(scene.sentence.span) for c in a.content)]
    for a in here:
        content = [Span(max(c.start, scene.sentence.span.start), min(c.end, scene.sentence.span.end)) for c in a.content if c.meets(scene.sentence.span)]
        if any(span.holds(trigger) for span in content for trigger, _ in covered) or a.act in _OWN_ACTS:
            continue
        if any(_inside(other, content, scene.sentence) for other in here if other is not a):
            continue
        words = _trimmed(scene.text, max((span for span in content), key=lambda s: s.end - s.start))
        if words.end - words.start < _SHORTEST:
            continue
        chain, act, hedges = speaker(Span(words.start, words.start + 1))
        yield _keyed(
            Claim(
                key="",
                report=report,
                evidence=evidence(scene.text, scene.sentence.span),
                chain=chain,
                act=act,
                hedges=hedges,
                said=None,
                when=None,
                proposition=Statement(content=(words.of(scene.text),)),
                score=0.5,
                because=f"statement: content of '{a.cue.of(scene.text)}'",
            )
        )


_EDGES = re.compile(r"(?:that\b|[\s“”\"‘’,.;:–—-])+", re.IGNORECASE)


def _trimmed(text: str, span: Span) -> Span:
    """The words without "that" before them and marks around them."""
    lead = _EDGES.match(text, span.start, span.end)
    start = lead.end() if lead and lead.end() < span.end else span.start
    end = span.end
    while end > start and text[end - 1] in '“”",.;: ':
        end -= 1
    return Span(start, end)


def _inside(other: Attribution, content: Sequence[Span], sentence: Sentence) -> bool:
    """Whether another act of speech lies inside this content and will give the statement itself."""
    return any(span.holds(other.cue) for span in content) and any(c.meets(sentence.span) for c in other.content)

"""Turn parsed, attributed sentences into claims: every kind's drafts, each given its voices, act and evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from counterclaim.core.claim import KEY_SLOTS, Answer, Casualties, Claim, Control, Demand, Offer, Pledge
from counterclaim.core.codec import claim_key
from counterclaim.core.mention import Mention
from counterclaim.core.span import Span, evidence
from counterclaim.core.voice import Act, Chain, Voice
from counterclaim.core.when import When
from counterclaim.extract import (
    agreement,
    aid,
    answer,
    attack,
    casualties,
    control,
    demand,
    fighting,
    heads,
    movement,
    need,
    offer,
    pledge,
    protest,
    statement,
    talks,
    verification,
    violation,
)
from counterclaim.extract.counting import counted
from counterclaim.extract.frames import Draft, Scene, standing_in_time
from counterclaim.extract.judging import Candidate, Judge, features, is_unreal, stated
from counterclaim.extract.outside import without_speaker
from counterclaim.extract.polarity import is_answer_to_charge, is_called_false, is_denied_deed, is_of_rejected_report, is_presupposed, is_unclaimed, laid
from counterclaim.extract.timing import beside_cue

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
    agreement.find,
    violation.find,
    aid.find,
    need.find,
    verification.find,
    protest.find,
)
NAMES = tuple(find.__module__.rpartition(".")[2] for find in KINDS)
# (stretch) → (chain, act, hedges)
Speaker = Callable[[Span], tuple[Chain, Act, tuple[str, ...]]]


def claims(report: str, scene: Scene, speaker: Speaker, judge: Judge | None = None) -> Iterator[Claim]:
    """The claims of one sentence, typed ones first, then statements for attributed words that gave none.

    Without a judge (the plain reader) the rules' drafts stand as they are. With one, rules and learned heads lay their
    drafts side by side, and those that the judge thinks likely enough are kept with the judge's score.
    """
    drafted: Iterable[tuple[Claim, Span]]
    if judge is None:
        drafted = ((_claim(report, scene, speaker, draft), draft.trigger) for find in KINDS for draft in find(scene))
    else:
        drafted = weighed(report, scene, speaker, judge)
    typed: dict[str, tuple[Claim, Span]] = {}
    for claim, at in drafted:
        typed.setdefault(claim.key, (claim, at))
    told = united(scene, [claim for claim, _ in typed.values()])
    if judge is not None:
        told = single(scene, list(typed.values()), told)
    told = aid.divided(scene, counted(scene, told))
    yield from (c for c in told if not any(_says_more(other, c) for other in told if other is not c))
    yield from _statements(report, scene, speaker, [at for _, at in typed.values()], judge)


def united(scene: Scene, told: Sequence[Claim]) -> list[Claim]:
    """The same claims; harms that one figure counts together ("killed or wounded 23 people") as one unsplit union."""
    out: list[Claim] = []
    for claim in told:
        said = claim.proposition
        twin = next(
            (k for k, o in enumerate(out) if isinstance(said, Casualties) and isinstance(o.proposition, Casualties) and _counted_as_one(scene, o, claim)), None
        )
        if twin is None or not isinstance(said, Casualties):
            out.append(claim)
            continue
        other = out[twin].proposition
        if isinstance(other, Casualties):
            best = max(out[twin], claim, key=lambda c: c.score)
            both = msgspec.structs.replace(other, harm=tuple(dict.fromkeys((*other.harm, *said.harm))), place=other.place or said.place, by=other.by or said.by)
            out[twin] = _keyed(msgspec.structs.replace(best, proposition=both))
    return out


def _counted_as_one(scene: Scene, a: Claim, b: Claim) -> bool:
    """Whether two casualty claims of a sentence count the same people by the same words of the text, in other harms."""
    left, right = a.proposition, b.proposition
    if not isinstance(left, Casualties) or not isinstance(right, Casualties) or left.count is None or left.count.is_vague:
        return False
    if sum(figure == left.count for _, figure in scene.figures) != 1:
        return False
    same_people = [m.span for m in left.who] == [m.span for m in right.who] and bool(left.who)
    return same_people and left.count == right.count and left.harm != right.harm and a.act == b.act and [v.name for v in a.chain] == [v.name for v in b.chain]


def single(scene: Scene, drafted: Sequence[tuple[Claim, Span]], told: Sequence[Claim]) -> list[Claim]:
    """The claims without doubles of one event: two triggers of a kind of which one hangs on the other ("carried out an attack")."""
    word = {claim.key: scene.sentence.at(at.start) for claim, at in drafted}
    heads = [t.head for t in scene.sentence.tokens]

    def is_double(claim: Claim) -> bool:
        if isinstance(claim.proposition, Casualties) and len(claim.proposition.harm) > 1:
            # Every harm of a union triggers it; it is told once, by its likeliest reading.
            return any(
                isinstance(o.proposition, Casualties) and set(o.proposition.harm) == set(claim.proposition.harm) and (o.score, o.key) > (claim.score, claim.key)
                for o in told
            )
        own = word.get(claim.key)
        if own is None or claim.kind in ("casualties", "statement"):
            return False
        for other in told:
            at = word.get(other.key)
            if at is None or at == own or other.kind != claim.kind or (other.score, other.key) <= (claim.score, claim.key):
                continue
            if _bargains_twice(claim, other):
                return True
            tied = heads[at] == own or (heads[own] == at and scene.sentence.tokens[own].rel not in ("conj", "advcl", "parataxis", "acl:relcl"))
            if tied and _agree(claim, other):
                return True
        return False

    return [claim for claim in told if not is_double(claim)]


def _bargains_twice(claim: Claim, other: Claim) -> bool:
    """Whether two offers of a sentence ask or undertake the same in the same words: one bargain read off two words."""
    own, theirs = claim.proposition, other.proposition
    if not isinstance(own, Offer) or not isinstance(theirs, Offer):
        return False
    return any({t.act for t in mine} & {t.act for t in its} for mine, its in ((own.asks, theirs.asks), (own.undertakings, theirs.undertakings)))


def weighed(report: str, scene: Scene, speaker: Speaker, judge: Judge) -> Iterator[tuple[Claim, Span]]:
    """The typed claims of this sentence that the judge would tell, scored, each with its trigger; of two readings of one trigger the likelier."""
    for at, options in candidates(report, scene, speaker):
        scored = [[(claim, *judge(found)) for claim, found in option] for option in options]
        for claim, score, told in max(scored, key=lambda option: sum(score for _, score, _ in option) / len(option)):
            if told:
                yield msgspec.structs.replace(claim, score=round(score, 3)), at


def candidates(report: str, scene: Scene, speaker: Speaker) -> Iterator[tuple[Span, list[list[tuple[Claim, dict[str, float]]]]]]:
    """For every trigger (of one kind) the readings there are of it, each a list of claims with their features: the rules', the heads', or both."""
    found: dict[tuple[str, Span], dict[str, list[Candidate]]] = {}
    for kind, find in zip(NAMES, KINDS, strict=True):
        for draft in find(scene):
            found.setdefault((kind, draft.trigger), {}).setdefault("rule", []).append(Candidate(kind, draft))
    by_word = {(t.kind, scene.sentence.tokens[t.word].span): t for t in scene.triggers}
    for trigger, draft in heads.find(scene):
        found.setdefault((trigger.kind, draft.trigger), {}).setdefault("head", []).append(Candidate(trigger.kind, draft, trigger, learned=True))
    for (kind, at), options in sorted(found.items(), key=lambda item: (item[0][1], item[0][0])):
        trigger_here = by_word.get((kind, at))
        rows = []
        for option in options.values():
            read = [(_claim(report, scene, speaker, c.draft), msgspec.structs.replace(c, trigger=trigger_here, both=len(options) > 1)) for c in option]
            rows.append([(claim, features(scene, claim, c)) for claim, c in read])
        if is_unreal(scene, kind, at):
            # Under negation nothing was done, but for who does not hold a place, which is told.
            rows = [row for row in rows if all(isinstance(c.proposition, Control) and c.proposition.not_holder and not c.proposition.holder for c, _ in row)]
        if rows and not (kind == "answer" and is_answer_to_charge(scene, at)):
            yield at, rows


def _agree(claim: Claim, other: Claim) -> bool:
    """Whether no slot of the two is filled by different words."""
    own, theirs = _filled(claim), _filled(other)
    return all(own[slot] == theirs[slot] for slot in own.keys() & theirs.keys() if slot in KEY_SLOTS.get(claim.kind, ()))


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
    draft = without_speaker(scene, draft, chain)
    if draft.act is None and act in ("asserts", "confirms") and is_called_false(scene, draft.trigger):
        act = "denies"
    elif draft.act is None and is_of_rejected_report(scene, draft.trigger):
        # Whoever the report is by, it is the one who rejects it that speaks here.
        act, chain = "denies", chain[:-1] if len(chain) > 2 and chain[-1].name is None else chain
    elif is_unclaimed(scene, draft.trigger, chain):
        chain = chain[:-1]
    elif act == "denies" and len(chain) > 1 and is_presupposed(scene, draft.trigger, draft.proposition):
        act, chain = "asserts", chain[:-1]
    when, said = draft.when, None
    inner = [c for c in chain[-1].content if c.holds(draft.trigger)] if len(chain) > 1 else []
    if inner:
        said = next((w for _, w in beside_cue(scene.sentence, scene.dates, scene.attributions)), None)
        if when is None and draft.act is None and chain[-1].name is None:
            # "Clashes were reported on Monday": what nobody is named for saying is dated by when it was said.
            when = said
    if when is None and isinstance(draft.proposition, Demand | Pledge | Offer | Answer):
        when = scene.when_spoken(draft.trigger)
    said_by = draft.proposition
    if isinstance(said_by, Demand | Pledge | Offer) and not said_by.by and len(chain) > 1 and chain[-1].name is not None:
        # "All parties must show restraint", in somebody's words, is what that voice demands.
        draft = msgspec.structs.replace(draft, proposition=msgspec.structs.replace(said_by, by=(Mention(chain[-1].name, span=chain[-1].span),)))
    draft = msgspec.structs.replace(draft, proposition=laid(scene, draft.trigger, draft.proposition, chain))
    if draft.act is not None and is_denied_deed(scene, draft.trigger):
        act = "denies"
    elif draft.act is not None:
        act = draft.act
        if draft.performer is not None and not _speaks(chain, draft.performer.words):
            chain = (*chain, Voice(name=draft.performer.words, words=draft.performer.words, manner="indirect"))
    modality = draft.modality if draft.modality != "actual" else standing_in_time(scene, draft.trigger)
    return msgspec.structs.replace(_made(report, scene, draft, (chain, act, hedges), said=said, when=when), modality=modality)


def _made(report: str, scene: Scene, draft: Draft, speech: tuple[Chain, Act, tuple[str, ...]], *, said: When | None, when: When | None) -> Claim:
    """The claim of a draft, once it is known who says it and when; its sentence is the evidence."""
    chain, act, hedges = speech
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
            counting=draft.counting,
        )
    )


def _speaks(chain: Chain, words: str) -> bool:
    last = chain[-1].name or ""
    return bool(last) and len(chain) > 1 and (last.split()[-1].casefold() in words.casefold() or words.casefold() in (chain[-1].words or "").casefold())


def _keyed(claim: Claim) -> Claim:
    return msgspec.structs.replace(claim, key=claim_key(claim))


def _statements(report: str, scene: Scene, speaker: Speaker, covered: Sequence[Span], judge: Judge | None) -> Iterator[Claim]:
    """What is said and not yet told: without a judge all that no typed claim covers, with one what it thinks likely enough."""
    for claim, found, taken in statements(report, scene, speaker, covered):
        if judge is None:
            if not taken:
                yield claim
            continue
        score, told = judge(found)
        if told:
            yield msgspec.structs.replace(claim, score=round(score, 3))


def statements(report: str, scene: Scene, speaker: Speaker, covered: Sequence[Span]) -> Iterator[tuple[Claim, dict[str, float], bool]]:
    """Every statement of the sentence as a claim with its features, and whether typed claims may say it already."""
    for said in statement.find(scene, covered):
        chain, act, hedges = speaker(said.draft.trigger)
        outside = next((w for span, w in scene.dates if scene.sentence.span.holds(span) and not any(c.meets(span) for c in said.content)), None)
        claim = _made(report, scene, said.draft, (chain, act, hedges), said=outside, when=outside)
        yield claim, stated(scene, said.attribution, said.content, chain, taken=said.taken), said.taken

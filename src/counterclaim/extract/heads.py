"""What the learned claim heads read in a sentence → drafts, in the same form as the rules' (`claims.py` lays the two together).

What it captures: triggers the constructions do not list, and roles that stand far from them.
What it does not: who speaks (attribution's), fillers outside the sentence, statements (whose content attribution gives).
Example: "The garrison's surrender of the bridge cost it forty men."
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, get_args

from counterclaim.core import claim as kinds
from counterclaim.core.claim import (
    Agreement,
    Aid,
    Answer,
    Attack,
    Casualties,
    Control,
    Demand,
    Fighting,
    Harm,
    Movement,
    Need,
    Offer,
    Pledge,
    Proposition,
    Protest,
    Talks,
    Term,
    Verification,
    Violation,
)
from counterclaim.core.figure import Figure
from counterclaim.core.mention import Mention
from counterclaim.core.syntax import Trigger
from counterclaim.core.voice import Act
from counterclaim.extract.aid import listed
from counterclaim.extract.casualties import harm_of, joined_harms, tells
from counterclaim.extract.frames import Draft, Scene, frame
from counterclaim.extract.harmed import are_divided, is_nobody, is_pronoun_of_none, number, places, whom
from counterclaim.extract.holding import NEEDING, stage_of, withholders
from counterclaim.knowledge.lexicon import mapped, words

# A word fills a role from this probability on.
ROLE = 0.4
# A fixed slot takes its likeliest value from this probability on.
VALUE = 0.3
# Roles that are no further apart are about as likely.
_ALIKE = 0.15
_PLACES = frozenset(("place", "places", "to", "from"))
# The act of a kind that is itself an act of speech.
ACTS: dict[str, Act] = {"offer": "proposes", "demand": "demands", "pledge": "promises"}


class _Filled:
    """A trigger's slots, read off its roles and values."""

    def __init__(self, scene: Scene, trigger: Trigger) -> None:
        self.scene, self.trigger = scene, trigger

    def heads(self, slot: str) -> list[int]:
        """The words that fill the slot, as the text has them."""
        return [r.word for r in self.trigger.roles if r.slot == slot and r.score >= ROLE]

    def phrases(self, slot: str) -> list[int]:
        """The heads of the phrases that fill it: a part of a name stands for the name, a describing noun for what it describes."""
        tokens = self.scene.sentence.tokens
        found: list[int] = []
        for word in map(self.scene.top, self.heads(slot)):
            above = tokens[word].head
            # "Syrian" of "our Syrian partners" is meant as the partners, "Israeli" of "the Israeli strike" as itself.
            if tokens[word].rel in ("amod", "compound") and above >= 0 and above != self.trigger.word and tokens[above].upos in ("NOUN", "PROPN"):
                word = above
            if word not in found:
                found.append(word)
        # "Village chief Ramon Tolosa", "insurgents, the Allied Front": one filler, told by its first or its proper name.
        return [w for w in found if not (tokens[w].rel in ("nmod:desc", "appos", "flat") and tokens[w].head in found)]

    def mentions(self, slot: str) -> tuple[Mention, ...]:
        others = frozenset(self.scene.top(r.word) for r in self.trigger.roles if r.slot != slot and r.score >= ROLE)
        place = slot in _PLACES
        heads = self.phrases(slot)
        if slot == "donor":
            heads = [h for h in heads if self.scene.sentence.tokens[h].lemma.lower() not in words("kinds", "aid", "carriers")]
        if place:
            # "Lost only two": a bare number is no place.
            heads = [h for h in heads if self.scene.sentence.tokens[h].upos != "NUM" or self.scene.sentence.children[h] or self.scene.is_place(h)]
        if slot == "actor":
            heads = [h for h in heads if self.scene.sentence.tokens[h].lemma.lower() not in words("kinds", "attack", "instruments")]
        found = [self._place(h) if place else self.scene.mention(h, (others - {h}) | self.scene.places_below(h)) for h in heads]
        return tuple(m for k, m in enumerate(found) if m.words and m not in found[:k] and not any(o is not m and _inside(m, o) for o in found))

    def _place(self, head: int) -> Mention:
        """The place a phrase names: "the blast at the dam" happened at the dam."""
        tokens = self.scene.sentence.tokens
        if tokens[head].lemma.lower() in words("kinds", "attack", "nouns") | words("kinds", "fighting", "nouns"):
            inner = [c for c in self.scene.sentence.children[head] if tokens[c].rel == "nmod" and self.scene.is_place(c)]
            if inner:
                return self.scene.mention(inner[0])
        return self.scene.mention(head)

    def known(self, *path: str, slot: str, allowed: Any = None) -> Any:
        """What the word lists say the trigger's word means for this slot, else its likeliest learned value."""
        token = self.scene.sentence.tokens[self.trigger.word]
        meanings = mapped("kinds", *path)
        found = meanings.get(token.lemma.lower()) or meanings.get(token.text.lower())
        return found if found is not None and (allowed is None or found in get_args(allowed)) else self.value(slot, allowed)

    def texts(self, slot: str) -> tuple[str, ...]:
        heads = self.heads(slot)
        deed = slot in ("acts", "asks", "undertakings", "terms")
        # A bargain's two sides stand in one clause: what is asked is no part of what is undertaken.
        others = frozenset(self.heads("asks")) if slot == "undertakings" else frozenset()
        if slot == "goods":
            # "Supplies to Kashebere from the Desk" are supplies.
            others = frozenset((*self.heads("place"), *self.heads("donor")))
        found = [self.scene.words(head, others | frozenset(h for h in heads if h > head), deed=deed) for head in heads]
        return tuple(dict.fromkeys(words for words in found if not any(words != other and words in other for other in found)))

    def value(self, slot: str, allowed: Any = None, least: float = VALUE) -> Any:
        values = get_args(allowed) if allowed is not None else None
        for name, score in self.trigger.values:
            own, _, value = name.partition("=")
            if own == slot and score >= least and (values is None or value in values):
                return value
        return None

    def figure(self, slot: str) -> Figure | None:
        """The figure that the likeliest word of this role ends; of several about as likely the first, as a whole is told before its parts."""
        tokens = self.scene.sentence.tokens
        roles = [r for r in self.trigger.roles if r.slot == slot and r.score >= ROLE]
        best = max((r.score for r in roles), default=0.0)
        for role in sorted(roles, key=lambda r: (r.score < best - _ALIKE, r.word if r.score >= best - _ALIKE else -r.score, r.word)):
            for span, figure in self.scene.figures:
                if span.meets(tokens[role.word].span):
                    return figure
        return None


def _inside(inner: Mention, outer: Mention) -> bool:
    return inner.span is not None and outer.span is not None and inner.span != outer.span and outer.span.holds(inner.span)


def find(scene: Scene) -> Iterator[tuple[Trigger, Draft]]:
    """Every trigger of the sentence but statements', with the drafts it gives."""
    for trigger in scene.triggers:
        # A list of amounts is read one by one, by rule.
        if trigger.kind == "statement" or _is_bare_pronoun(scene, trigger.word) or (trigger.kind == "aid" and listed(scene, trigger.word)):
            continue
        filled = _Filled(scene, trigger)
        for said in _propositions(filled):
            act = ACTS.get(trigger.kind)
            performed = act is not None
            if isinstance(said, Answer) and said.value not in ("accepts", "none"):
                act, performed = "asserts", True
            by: Sequence[Mention] = getattr(said, "by", ()) if performed else ()
            if isinstance(said, Verification) and said.value == "not-verified":
                act = "cannot-verify"
            yield (
                trigger,
                Draft(
                    trigger=scene.sentence.tokens[trigger.word].span,
                    proposition=said,
                    because=f"{trigger.kind}: learned from '{scene.sentence.tokens[trigger.word].text}'",
                    score=trigger.score,
                    act=act,
                    performer=by[0] if by else None,
                    when=scene.when_near(trigger.word),
                ),
            )


def _is_bare_pronoun(scene: Scene, word: int) -> bool:
    """Whether the word is a pronoun that nothing is said with: not "the town is theirs"."""
    tokens = scene.sentence.tokens
    return tokens[word].upos == "PRON" and not any(tokens[c].rel == "cop" for c in scene.sentence.children[word])


def _propositions(f: _Filled) -> Iterator[Proposition]:
    match f.trigger.kind:
        case "control":
            if f.scene.sentence.tokens[f.trigger.word].lemma != "surrender" or frame(f.scene.sentence, f.trigger.word).objects:
                yield _control(f)
        case "movement":
            yield Movement(
                actor=f.mentions("actor"), action=f.known("movement", slot="action", allowed=kinds.Action), to=f.mentions("to"), from_=f.mentions("from")
            )
        case "fighting":
            yield Fighting(sides=f.mentions("sides"), place=f.mentions("place"), intensity=f.value("intensity"))
        case "attack":
            yield Attack(
                actor=f.mentions("actor"),
                target=f.mentions("target"),
                means=f.value("means", least=0.5) or f.known("attack", "means", slot="means"),
                place=f.mentions("place"),
            )
        case "casualties":
            yield from _casualties(f)
        case "offer":
            yield Offer(
                by=_makers(f.mentions("by")),
                to=f.mentions("to"),
                asks=tuple(Term(words) for words in f.texts("asks")),
                undertakings=tuple(Term(words) for words in f.texts("undertakings")),
                sequence=f.value("sequence", kinds.Sequence),
            )
        case "answer" if f.value("value", kinds.AnswerValue) == "none" or not _is_negated(f):
            yield Answer(by=f.mentions("by"), to=f.mentions("to"), value=f.value("value", kinds.AnswerValue))
        case "demand":
            yield Demand(by=f.mentions("by"), to=f.mentions("to"), acts=f.texts("acts"), places=f.mentions("places"))
        case "pledge":
            yield Pledge(by=f.mentions("by"), to=f.mentions("to"), acts=f.texts("acts"))
        case "talks":
            yield Talks(participants=f.mentions("participants"), place=f.mentions("place"), topic=f.texts("topic"))
        case "agreement":
            yield from _agreement(f)
        case "violation":
            yield Violation(by=f.mentions("by"), of=f.texts("of"), place=f.mentions("place"))
        case "aid" if f.scene.sentence.tokens[f.trigger.word].lemma not in NEEDING:
            held = withholders(f.scene, f.trigger.word)
            tokens = f.scene.sentence.tokens
            yield Aid(
                donor=tuple(m for m in f.mentions("donor") if not any(m.span is not None and m.span.holds(tokens[h].span) for h in held)),
                goods=f.texts("goods"),
                amount=f.figure("amount"),
                place=f.mentions("place"),
                stage=stage_of(f.scene, f.trigger.word, f.value("stage", kinds.Stage)),
                mode=_mode(f),
            )
        case "need":
            yield _need(f)
        case "verification":
            yield Verification(by=f.mentions("by"), value=f.value("value", kinds.VerificationValue), about=f.texts("about"))
        case "protest":
            yield Protest(actor=f.mentions("actor"), place=f.mentions("place"), count=f.figure("count"))


def _mode(f: _Filled) -> str | None:
    """How aid travels, where a word of the sentence says so."""
    mode = f.value("mode", least=0.6)
    told = {token.lemma.lower() for token in f.scene.sentence.tokens}
    return mode if mode in told or any(means == mode and word in told for word, means in mapped("kinds", "aid", "modes").items()) else None


def _need(f: _Filled) -> Need:
    """A need: the count is of people, or of what is needed where nobody is counted; what is needed is told without its amount."""
    tokens = f.scene.sentence.tokens
    amounts = [(span, figure) for span, figure in f.scene.figures if figure.unit is not None and any(span.meets(tokens[k].span) for k in f.heads("need"))]
    wanted = f.texts("need")
    for _, figure in amounts:
        wanted = tuple(words for words in wanted if words != figure.words)
        wanted = tuple(words.removeprefix(f"{figure.words} of ") if words.startswith(f"{figure.words} of ") else words for words in wanted)
    # A bare measure is no need: "12 tonnes" of what is told beside it.
    count = f.figure("count") or (amounts[0][1] if len(amounts) == 1 else None)
    return Need(who=_uncounted(f, count), count=count, need=tuple(dict.fromkeys(wanted)), driver=f.texts("driver"), place=f.mentions("place"))


def _uncounted(f: _Filled, count: Figure | None) -> tuple[Mention, ...]:
    """Who is in need, without their number: "2,300 families" and "2,500 families" are one matter."""
    heads = f.phrases("who")
    if count is None or len(heads) != 1:
        return f.mentions("who")
    mention, figure = f.scene.counted(heads[0])
    return (mention,) if figure == count else f.mentions("who")


_SPARING = frozenset("survive escape miss spare rescue free release exchange swap return evacuate save".split())


def _is_spared(f: _Filled) -> bool:
    """Whether the trigger stands with a verb by which nobody is harmed: "six survived the shelling", "freed 60 prisoners"."""
    tokens = f.scene.sentence.tokens
    at = f.trigger.word
    if harm_of(f.scene, at) is not None and tokens[at].upos == "VERB":
        return False
    return tokens[at].lemma in _SPARING or (tokens[at].rel in ("obj", "nsubj:pass", "obl", "nmod") and tokens[max(tokens[at].head, 0)].lemma in _SPARING)


def _is_of_dying(scene: Scene, at: int) -> bool:
    """Whether the word is what somebody died of: "died of their wounds" tells of no wounded."""
    tokens = scene.sentence.tokens
    above = tokens[at].head
    return tokens[at].upos == "NOUN" and tokens[at].rel in ("obl", "nmod") and above >= 0 and tokens[above].lemma in ("die", "succumb", "death")


def _only_describes(scene: Scene, at: int) -> bool:
    """Whether the word only says who they are to whom another harm was done: "twelve displaced people died"."""
    tokens = scene.sentence.tokens
    noun = tokens[at].head
    if tokens[at].rel != "amod" or noun < 0 or tokens[noun].rel not in ("nsubj", "nsubj:pass", "obj"):
        return False
    verb = tokens[noun].head
    return verb >= 0 and tokens[verb].upos == "VERB" and harm_of(scene, verb) not in (None, harm_of(scene, at))


def _is_negated(f: _Filled) -> bool:
    """Whether the trigger is a verb under negation: "had not rejected the proposal" is no rejection."""
    return f.scene.sentence.tokens[f.trigger.word].upos == "VERB" and frame(f.scene.sentence, f.trigger.word).is_negated


_EVERYBODY = re.compile(r"(?:all|both|the two) (?:the )?(?:sides|parties)$", re.IGNORECASE)


def _makers(by: Sequence[Mention]) -> tuple[Mention, ...]:
    """Who makes an offer: what all sides are to do is offered by the one who says so."""
    return tuple(m for m in by if not _EVERYBODY.match(m.words)) or tuple(by)


# A place that is "clear" or "free" is rid of whoever is named with it.
_RID = frozenset(("clear", "free", "rid"))


def _control(f: _Filled) -> Control:
    token = f.scene.sentence.tokens[f.trigger.word]
    left: kinds.Change = "left"
    change: kinds.Change | None = left if token.lemma.lower() in words("kinds", "leaving", "left") else f.known("control", slot="change", allowed=kinds.Change)
    holder, not_holder = f.mentions("holder"), f.mentions("not_holder")
    no_longer = token.text.lower() == "longer" and f.trigger.word > 0 and f.scene.sentence.tokens[f.trigger.word - 1].text.lower() == "no"
    if no_longer or (token.lemma.lower() in _RID and token.upos == "ADJ"):
        change, holder, not_holder = None, (), not_holder or holder
    return Control(place=f.mentions("place"), holder=holder, not_holder=not_holder, change=change, except_=f.mentions("except"))


def _agreement(f: _Filled) -> Iterator[Agreement]:
    """An agreement has two sides: one party that "agreed to measures" has answered somebody, unless what it agreed to has a type."""
    tokens = f.scene.sentence.tokens
    kind = f.value("type", kinds.AgreementType)
    heads = f.phrases("parties")
    alone = len(heads) == 1 and tokens[heads[0]].xpos not in ("NNS", "NNPS") and not f.scene.joined(heads[0])
    if not (alone and kind is None and tokens[f.trigger.word].lemma in ("agree", "accept")):
        yield Agreement(parties=f.mentions("parties"), type=kind, terms=f.texts("terms"))


def _casualties(f: _Filled) -> Iterator[Casualties]:
    """One claim for every phrase that is harmed, with its own figure; one for a figure that counts nobody named."""
    # Only words that the text joins make a union; what the heads find likely besides is no second harm.
    harms = joined_harms(f.scene, f.trigger.word)
    likeliest: Harm | None = harm_of(f.scene, f.trigger.word) or f.value("harm", Harm)
    if not harms and likeliest is not None:
        harms = (likeliest,)
    if not harms or _is_spared(f) or _is_of_dying(f.scene, f.trigger.word) or _only_describes(f.scene, f.trigger.word):
        return
    scene, tokens = f.scene, f.scene.sentence.tokens
    by, place = f.mentions("by"), f.mentions("place")
    spare = [figure for word in f.heads("count") for span, figure in scene.figures if span.meets(tokens[word].span)]
    named = f.phrases("named")
    # "705 killed and 5,287 wounded": the wounded are another count, and none of the killed.
    heads = [h for h in f.phrases("who") if h not in named and not (tokens[h].rel == "conj" and harm_of(scene, h) not in (None, *harms))] or named
    heads = [h for h in heads if tokens[h].rel != "conj" or not tells(scene, h, f.trigger.word)]
    if heads and all(is_nobody(scene, h) for h in heads):
        return
    # "Of the 18 people wounded, four have died": the 18 are those that the four are of.
    heads = [h for h in heads if not (is_nobody(scene, h) or are_divided(scene, f.trigger.word, h))]
    given: list[tuple[int, Mention, Figure | None]] = []
    for head in heads:
        mention, figure = whom(scene, head)
        place = place or places(scene, [head]) or places(scene, f.phrases("by"))
        if any(_inside(mention, other) for _, other, _ in given):
            continue
        given.append((head, mention, figure))
    if len(given) == 1 and spare and given[0][2] not in spare:
        # "Five policemen were killed and 12 wounded": the trigger's own figure counts the phrase it shares with another.
        given = [(given[0][0], given[0][1], spare.pop(0))]
    for figure in [g for _, _, g in given if g is not None]:
        if figure in spare:
            spare.remove(figure)
    for head, mention, figure in given:
        names: tuple[Mention, ...] = ()
        if figure is None and spare:
            figure = spare.pop(0)
        if figure is None:
            names = (mention,) if scene.is_person(head) else ()
            figure = number(scene, head, mention)
        who = () if is_pronoun_of_none(scene, head) else (mention,)
        yield Casualties(who=who, harm=harms, count=figure, named=names, by=by, place=place)
    told = frame(scene.sentence, f.trigger.word)
    done_to = told.subjects if told.is_passive else told.objects
    if not given and tokens[f.trigger.word].upos == "VERB" and done_to and all(is_nobody(scene, h) for h in done_to):
        # "Killed the peace bill".
        return
    if not given:
        count = spare[0] if spare else Figure(None, None, tokens[f.trigger.word].text)
        yield Casualties(harm=harms, count=count, by=by, place=place)

"""Turn a verb or noun of a sentence into a frame: who does it, to whom, where, and whether it is said to have happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from counterclaim.core.claim import Counting, Modality, Proposition
from counterclaim.core.figure import Figure
from counterclaim.core.mention import Mention, Name, Reference
from counterclaim.core.span import Span
from counterclaim.core.syntax import Sentence, Trigger
from counterclaim.core.voice import Act, Attribution
from counterclaim.core.when import When
from counterclaim.extract.timing import beside_cue, since_begun

SUBJECTS = frozenset(("nsubj", "csubj", "nsubj:outer"))
PASSIVE_SUBJECTS = frozenset(("nsubj:pass", "csubj:pass"))
# Branches that say more about a phrase than its name.
_EXTRA = frozenset(
    ("acl:relcl", "acl", "appos", "parataxis", "conj", "cc", "punct", "advcl", "cop", "nsubj", "nsubj:pass", "obl", "aux", "advmod", "mark", "dep", "ccomp")
)
_NEGATIONS = frozenset("not n't n’t never no".split())
_NOTHING = frozenset(("nothing", "nobody"))
_FUTURE = frozenset("will would shall ’ll 'll".split())
_POSSIBLE = frozenset("may might could can should must".split())
# Verbs whose complement is not said to have happened.
_SIDES = frozenset("we us ours they them theirs it".split())
_SELVES = frozenset("he she i me".split())
_ASKING = frozenset("who whom what which whoever that".split())
_UNREAL = frozenset(
    "want plan hope intend seek try attempt threaten promise vow pledge agree offer refuse fail ask urge call demand expect order prepare allow propose promise decide aim need vow fear warn ready able willing likely consider discuss contemplate mull weigh".split()
)


# Prepositions that lead in a place whatever follows, and those that do before the name of one.
_BESIDE = frozenset("near outside around along across beside".split())
_WITHIN = frozenset("in at on from inside".split())
# What counts time counts nobody.
_TIMES = frozenset("minute hour day week month year".split())
# Nouns that count what stands after their "of".
_NUMBERS = frozenset("dozens hundreds thousands scores tens millions dozen hundred thousand million score number".split())


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A claim before it knows who says it: what is said, the words that say so (`trigger`), and the rule that read it.

    `act` is set where the kind itself is an act (an offer is proposed); `by` where the performer is the origin.
    """

    trigger: Span
    proposition: Proposition
    because: str
    score: float
    act: Act | None = None
    performer: Mention | None = None
    modality: Modality = "actual"
    when: When | None = None
    counting: Counting | None = None


@dataclass(frozen=True)
class Scene:
    """One sentence with all that is known around it; `attributions` are the acts of speech with their cue or a part of their content in it."""

    text: str
    sentence: Sentence
    names: Sequence[Name]
    figures: Sequence[tuple[Span, Figure]]
    dates: Sequence[tuple[Span, When]]
    attributions: Sequence[Attribution]
    back: dict[Span, Span] = field(default_factory=dict)
    references: Sequence[Reference] = ()
    triggers: Sequence[Trigger] = ()

    def mention(self, head: int, without: frozenset[int] = frozenset()) -> Mention:
        """The phrase of this head as a mention: its words without relative clauses and appositions, and without these branches."""
        tokens = self.sentence.tokens
        left_out = {k for other in without if head in self.sentence.ancestors(other) for k in self.sentence.subtree(other)}
        kept = [k for k in self.sentence.subtree(head, _EXTRA) if k not in left_out and (k == head or not (tokens[k].rel == "case" and tokens[k].head == head))]
        # The phrase is the unbroken run around its head.
        run = [head]
        for k in range(head - 1, -1, -1):
            if k not in kept and not (tokens[k].upos == "PUNCT" and k - 1 in kept and tokens[k].text in '-“"'):
                break
            run.insert(0, k)
        for k in range(head + 1, len(tokens)):
            if k not in kept and not (tokens[k].upos == "PUNCT" and k + 1 in kept and tokens[k].text in "-’"):
                break
            run.append(k)
        while len(run) > 1 and tokens[run[0]].upos in ("PUNCT", "ADP", "CCONJ") and run[0] != head:
            run.pop(0)
        span = Span(tokens[run[0]].start, tokens[run[-1]].end)
        words = span.of(self.text)
        if tokens[head].upos == "PRON":
            antecedent = self.back.get(span) or self.back.get(tokens[head].span)
            spoken = self._speaker(tokens[head].text.lower(), tokens[head].span)
            if spoken is not None or antecedent is not None:
                return Mention(spoken or (antecedent.of(self.text) if antecedent else words), span=span)
        return Mention(words, span=span)

    def _speaker(self, pronoun: str, at: Span) -> str | None:
        """Whom "we" and "they" mean inside somebody's words: the side of whoever says them."""
        if pronoun not in _SIDES | _SELVES:
            return None
        above = [a for a in self.attributions if a.voice.name is not None and any(c.holds(at) for c in a.content)]
        if not above:
            return None
        inner = min(above, key=lambda a: min(c.end - c.start for c in a.content if c.holds(at)))
        voice = inner.voice
        # "They" after another noun of the content is more likely that noun; "we" is always the speaker's side.
        start = min(c.start for c in inner.content if c.holds(at))
        if pronoun not in ("we", "us", "ours", "theirs", "i", "me") and any(
            start <= t.start < at.start and t.upos in ("NOUN", "PROPN") for t in self.sentence.tokens
        ):
            return None
        is_person = any(n.kind == "Person" and voice.span is not None and voice.span.holds(n.span) for n in self.names)
        if pronoun in _SELVES:
            return voice.name if is_person or pronoun in ("i", "me") else None
        if voice.speaks_for is not None:
            return voice.speaks_for
        return None if is_person and pronoun not in ("we", "us", "ours") else voice.name

    def counted(self, head: int, without: frozenset[int] = frozenset()) -> tuple[Mention, Figure | None]:
        """The phrase without its figure and without these branches, and the figure: "At least 17 people" → people, 17 and up."""
        mention, figure = self.mention(head, without), self.figure_of(head)
        if figure is None or mention.span is None:
            return mention, figure
        end = next((span.end for span, each in self.figures if each is figure and span.start < mention.span.end), None)
        if end is None or end >= mention.span.end:
            return mention, figure
        led = next((t for t in self.sentence.tokens if t.start >= end), None)
        if led is not None and led.upos == "ADP" and led.text.lower() != "of":
            # "A couple in their sixties" is the couple.
            return mention, figure
        first = next((t for t in self.sentence.tokens if t.start >= end and t.upos not in ("ADP", "DET", "PUNCT")), None)
        if first is None or first.start >= mention.span.end or end <= mention.span.start:
            return mention, figure
        span = Span(first.start, mention.span.end)
        return Mention(span.of(self.text), span=span), figure

    def mentions(self, heads: Sequence[int]) -> tuple[Mention, ...]:
        """Mentions of several phrases; phrases joined to them by "and" count for themselves."""
        out: list[Mention] = []
        for head in heads:
            for each in (head, *self.joined(head)):
                # "Who held which district" asks, it does not say.
                if self.sentence.tokens[each].text.lower() in _ASKING or any(
                    self.sentence.tokens[c].text.lower() == "which" for c in self.sentence.children[each]
                ):
                    continue
                mention = self.mention(each)
                if mention not in out:
                    out.append(mention)
        return tuple(out)

    def places_below(self, head: int) -> frozenset[int]:
        """Branches of a phrase that say where ("gunmen near the mine"): what is left without them is who or what."""
        tokens = self.sentence.tokens
        found = []
        for c in self.sentence.children[head]:
            if tokens[c].rel not in ("nmod", "nmod:unmarked", "obl") or c < head:
                continue
            cases = {tokens[k].text.lower() for k in self.sentence.children[c] if tokens[k].rel == "case"}
            if cases & _BESIDE or (cases & _WITHIN and any(n.kind in ("Location", "Facility") and n.span.meets(tokens[c].span) for n in self.names)):
                found.append(c)
        return frozenset(found)

    def top(self, word: int) -> int:
        """The head of the name or phrase that this word is a part of ("Aviv" of Tel Aviv, "Syrian" of our Syrian partners)."""
        tokens = self.sentence.tokens
        while (above := tokens[word].head) >= 0:
            within = tokens[word].upos == tokens[above].upos == "PROPN" and abs(above - word) == 1
            within = within or any(n.span.holds(tokens[word].span) and n.span.holds(tokens[above].span) for n in self.names)
            if tokens[word].rel not in ("flat", "goeswith") and not (within and tokens[word].rel in ("compound", "nmod", "amod", "nmod:desc")):
                break
            word = above
        return word

    def words(self, head: int, without: frozenset[int] = frozenset(), *, deed: bool = False) -> str:
        """All that hangs below this head as the text has it: the words of a clause or of a thing said to be done.

        Marks and prepositions that lead it in, punctuation at its ends, and branches headed by `without` are left out;
        of a `deed` also who is to do it ("the army will leave" → leave).
        """
        tokens = self.sentence.tokens
        left_out = {k for other in without if other != head for k in self.sentence.subtree(other)}
        if deed:
            doers = [
                c for c in self.sentence.children[head] if c < head and tokens[c].rel.startswith(("nsubj", "aux", "csubj")) and tokens[c].rel != "nsubj:pass"
            ]
            left_out.update(k for c in doers for k in self.sentence.subtree(c))
        kept = [k for k in self.sentence.subtree(head) if k not in left_out]
        run = [head]
        for k in reversed([k for k in kept if k < head]):
            if run[0] - k > 1 and any(tokens[j].upos != "PUNCT" for j in range(k + 1, run[0])):
                break
            run.insert(0, k)
        for k in [k for k in kept if k > head]:
            if k - run[-1] > 1 and any(tokens[j].upos != "PUNCT" for j in range(run[-1] + 1, k)):
                break
            run.append(k)
        while len(run) > 1 and run[0] != head and (tokens[run[0]].upos in ("PUNCT", "CCONJ") or tokens[run[0]].rel in ("mark", "case", "cc")):
            run.pop(0)
        while len(run) > 1 and run[-1] != head and (tokens[run[-1]].upos in ("PUNCT", "CCONJ") or tokens[run[-1]].rel == "cc"):
            run.pop()
        return Span(tokens[run[0]].start, tokens[run[-1]].end).of(self.text)

    def joined(self, head: int) -> list[int]:
        """The phrases joined to this one by "and" or a comma."""
        return [
            c
            for c in self.sentence.children[head]
            if self.sentence.tokens[c].rel == "conj" and self.sentence.tokens[c].upos in ("NOUN", "PROPN", "PRON", "NUM")
        ]

    def figure_of(self, head: int) -> Figure | None:
        """The figure that counts this phrase."""
        tokens = self.sentence.tokens
        below = [tokens[k].span for k in self.sentence.subtree(head, frozenset(("acl:relcl", "acl", "conj", "appos", "nmod", "obl", "parataxis", "cc")))]
        # By its own words, not by all between them: "a child, a girl of six, was" may hold a comma behind the six.
        own = next((figure for span, figure in self.figures if figure.unit not in _TIMES and any(span.meets(s) for s in below)), None)
        if own is not None and own.unit in ("share", "percent"):
            # "Half of the population – 18 million people": the count says more than the share.
            wide = [tokens[k] for k in self.sentence.subtree(head)]
            counts = [f for span, f in self.figures if wide[0].start <= span.start < wide[-1].end and f.unit is None and f is not own]
            return counts[0] if counts else own
        if own is not None:
            return own
        # The number may head the phrase with the counted after "of" ("dozens of fighters").
        above = tokens[head].head
        if above >= 0 and tokens[head].rel in ("nmod", "nmod:unmarked") and tokens[above].text.lower() in _NUMBERS:
            return next((figure for span, figure in self.figures if span.meets(tokens[above].span)), None)
        return None

    def is_place(self, head: int) -> bool:
        """Whether the phrase names a place: it holds the name of one."""
        mention = self.mention(head)
        return mention.span is not None and any(n.kind in ("Location", "Facility") and mention.span.meets(n.span) for n in self.names)

    def is_person(self, head: int) -> bool:
        """Whether the word stands in the name of a person."""
        token = self.sentence.tokens[head]
        return token.upos == "PROPN" and any(n.kind == "Person" and n.span.meets(token.span) for n in self.names)

    def is_date(self, head: int) -> bool:
        """Whether the word stands in a time expression."""
        return any(span.meets(self.sentence.tokens[head].span) for span, _ in self.dates)

    def when_near(self, i: int) -> When | None:
        """The time of the event at token i: the expression in its clause, else the nearest one of the sentence."""
        # "Accused on Wednesday of murdering": the day is the accusation's.
        said = {
            span for span, _ in beside_cue(self.sentence, self.dates, [act for act in self.attributions if not act.cue.holds(self.sentence.tokens[i].span)])
        }
        here = [(span, when) for span, when in self.dates if self.sentence.span.holds(span) and span not in said]
        if not here:
            return None
        own = {self.sentence.tokens[k].start for k in self.sentence.subtree(i)}
        inside = [(span, when) for span, when in here if any(span.start <= s < span.end for s in own)]
        at = self.sentence.tokens[i].start
        span, when = min(inside or here, key=lambda x: abs(x[0].start - at))
        return since_begun(self.sentence, i, span, when)

    def when_spoken(self, at: Span) -> When | None:
        """When an act of speech at this word was performed: a time of the sentence that stands in no clause of what is said."""
        i = self.sentence.at(at.start)
        if i is None:
            return None
        tokens = self.sentence.tokens
        said = {k for c in self.sentence.children[i] if tokens[c].rel in ("ccomp", "xcomp", "advcl") for k in self.sentence.subtree(c)}
        inside = [tokens[k].span for k in said]
        return next((when for span, when in self.dates if self.sentence.span.holds(span) and not any(span.meets(s) for s in inside)), None)


@dataclass(frozen=True)
class Frame:
    """What stands around a trigger: heads of phrases, by role."""

    trigger: int
    subjects: tuple[int, ...]
    objects: tuple[int, ...]
    agents: tuple[int, ...]
    obliques: tuple[tuple[str, int], ...]
    is_passive: bool
    is_negated: bool
    modality: Modality

    def at(self, *prepositions: str) -> tuple[int, ...]:
        """The phrases led in by one of these prepositions."""
        return tuple(head for case, head in self.obliques if case in prepositions)


def frame(sentence: Sentence, i: int) -> Frame:
    """The frame of the verb (or event noun) at index i."""
    tokens = sentence.tokens
    children = sentence.children[i]
    passive = any(tokens[c].rel in ("aux:pass", *PASSIVE_SUBJECTS) for c in children) or (tokens[i].rel in ("acl", "amod") and tokens[i].xpos == "VBN")
    subjects = [c for c in children if tokens[c].rel in SUBJECTS or tokens[c].rel in PASSIVE_SUBJECTS]
    if not subjects and tokens[i].rel in ("conj", "xcomp", "advcl") and tokens[i].upos == "VERB":
        subjects = _shared(sentence, i)
    if tokens[i].rel in ("acl", "acl:relcl") and tokens[i].head >= 0 and (not subjects or tokens[subjects[0]].lemma in ("who", "which", "that")):
        subjects = [tokens[i].head]
    objects = [c for c in children if tokens[c].rel in ("obj", "iobj")]
    obliques: list[tuple[str, int]] = []
    agents: list[int] = []
    for c in children:
        if tokens[c].rel.split(":")[0] in ("obl", "nmod"):
            case = next((tokens[k].text.lower() for k in sentence.children[c] if tokens[k].rel == "case"), "")
            if case == "by" and (passive or tokens[i].upos != "VERB"):
                agents.append(c)
            else:
                obliques.append((case, c))
            if tokens[c].rel == "nmod:poss" and tokens[i].upos != "VERB":
                agents.append(c)
    return Frame(i, tuple(subjects), tuple(objects), tuple(agents), tuple(obliques), passive, _negated(sentence, i), _modality(sentence, i))


# "Accused soldiers of killing": whoever is accused did it, not the accuser.
_ACCUSING = frozenset("accuse blame suspect charge".split())


def _shared(sentence: Sentence, i: int) -> list[int]:
    for above in sentence.ancestors(i):
        if sentence.tokens[above].lemma in _ACCUSING:
            below = sentence.children[above]
            passive = [c for c in below if sentence.tokens[c].rel in PASSIVE_SUBJECTS]
            return passive or [c for c in below if sentence.tokens[c].rel in ("obj", "iobj")]
        found = [c for c in sentence.children[above] if sentence.tokens[c].rel in SUBJECTS | PASSIVE_SUBJECTS]
        if found:
            return found
        if sentence.tokens[above].rel not in ("conj", "xcomp", "advcl"):
            return []
    return []


def _negated(sentence: Sentence, i: int) -> bool:
    tokens = sentence.tokens
    for c in sentence.children[i]:
        if tokens[c].text.lower() in _NEGATIONS and tokens[c].rel in ("advmod", "det"):
            return True
        if tokens[c].text.lower() == "without" and tokens[c].rel in ("mark", "case"):
            return True
        # "No longer controls": the parser hangs "no" on "longer".
        if tokens[c].text.lower() == "longer" and c > 0 and tokens[c - 1].text.lower() == "no":
            return True
        if tokens[c].rel in SUBJECTS | PASSIVE_SUBJECTS and "neither" in {tokens[k].text.lower() for k in (c, *sentence.children[c])}:
            return True
        if tokens[c].rel in SUBJECTS | PASSIVE_SUBJECTS | {"obj"} and tokens[c].text.lower() in _NOTHING:
            return True
        if tokens[c].rel in SUBJECTS | PASSIVE_SUBJECTS | {"obj"} and any(tokens[k].text.lower() == "no" for k in sentence.children[c]):
            return True
    return False


def _modality(sentence: Sentence, i: int) -> Modality:
    tokens = sentence.tokens
    for c in sentence.children[i]:
        lower = tokens[c].text.lower()
        if tokens[c].rel.startswith("aux") and lower in _FUTURE:
            return "planned"
        if tokens[c].rel.startswith("aux") and lower in _POSSIBLE:
            return "hypothetical"
        if tokens[c].rel == "mark" and lower in ("if", "unless", "whether"):
            return "conditional"
        # "As soon as they withdraw", "once it ends", "until they leave": a condition in the present, history in the past.
        if tokens[c].rel in ("mark", "advmod") and tokens[i].xpos in ("VB", "VBP", "VBZ"):
            soon = lower == "as" and any(tokens[k].text.lower() == "soon" for k in range(max(0, c - 2), c))
            if soon or lower in ("once", "until"):
                return "conditional"
        if tokens[c].rel == "mark" and lower == "to" and tokens[i].upos == "VERB":
            head = tokens[i].head
            # "Claimed to have taken the town": a perfect infinitive tells of what is done.
            if any(tokens[k].rel == "aux" and tokens[k].lemma == "have" for k in sentence.children[i]):
                continue
            if head < 0 or tokens[head].lemma not in ("manage", "continue", "begin", "start", "appear", "seem", "help"):
                return "planned"
    head = tokens[i].head
    if head >= 0:
        # One calls for something or to do it; "anybody who calls that …" is a telling misread by the parser.
        if tokens[i].rel in ("xcomp", "ccomp") and tokens[head].lemma in _UNREAL and (tokens[head].lemma, tokens[i].rel) != ("call", "ccomp"):
            return "planned"
        if tokens[i].rel == "conj" and tokens[head].upos == "VERB" and not any(tokens[c].rel in SUBJECTS for c in sentence.children[i]):
            return _modality(sentence, head)
    if any(tokens[k].text == "?" for k in range(max(0, len(tokens) - 2), len(tokens))):
        return "hypothetical"
    return "actual"


_HABIT = frozenset("often regularly frequently routinely usually habitually daily weekly nightly always generally traditionally".split())

_BEFORE = frozenset("earlier previously formerly once before long".split())


def standing_in_time(scene: Scene, at: Span) -> Modality:
    """Whether a deed is told as a habit ("regularly shells"), as background before the story ("had seized in 2014"), or as having happened."""
    sentence = scene.sentence
    i = sentence.at(at.start)
    if i is None:
        return "actual"
    verb = i if sentence.tokens[i].upos == "VERB" else next((k for k in sentence.ancestors(i) if sentence.tokens[k].upos == "VERB"), i)
    below = [sentence.tokens[c] for c in sentence.children[verb]]
    if any(t.rel == "advmod" and t.text.lower() in _HABIT for t in below) or (sentence.tokens[verb].rel == "xcomp" and _used_to(sentence, verb)):
        return "habitual"
    perfect = any(t.rel.startswith("aux") and t.text.lower() in ("had", "’d", "'d") for t in below)
    aside = sentence.tokens[verb].rel in ("acl:relcl", "advcl")
    if perfect and verb == i and (aside or any(t.rel == "advmod" and t.text.lower() in _BEFORE for t in below)):
        return "past-background"
    return "actual"


def _used_to(sentence: Sentence, verb: int) -> bool:
    return sentence.tokens[sentence.tokens[verb].head].text.lower() == "used"


def triggers(sentence: Sentence, lemmas: frozenset[str], *upos: str) -> Iterator[int]:
    """The words of the sentence with one of these lemmas and tags, in order."""
    for i, token in enumerate(sentence.tokens):
        if token.upos in upos and token.lemma.lower() in lemmas:
            yield i

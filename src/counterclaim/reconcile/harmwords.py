"""A count of the harmed in plain English: who, how many, what was done to them, and how the number stands to others.

Example: "12 people were killed", "a baker was killed", "nobody was wounded", "none of its soldiers were killed", "three children were
killed, as part of a greater count".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from counterclaim.core.claim import Casualties, Counting, Harm
from counterclaim.core.figure import Figure
from counterclaim.reconcile.names import Name, fold
from counterclaim.reconcile.positions import listed
from counterclaim.reconcile.ranges import VAGUE, Bounds, bounds

# Words that say no more of the harmed than that they are people.
_ANYBODY = frozenset(
    "people persons person dead bodies body those others other another more further additional extra victims casualties fatalities lives one two three four five six seven eight nine ten eleven twelve dozen dozens scores hundreds several many some".split()
)
# Words for the harmed that say their harm: "14 wounded people were wounded" says it twice.
_HARMED: dict[str, frozenset[Harm]] = {
    "wounded": frozenset({"wounded"}),
    "injured": frozenset({"wounded"}),
    "dead": frozenset({"killed"}),
    "killed": frozenset({"killed"}),
    "displaced": frozenset({"displaced"}),
    "missing": frozenset({"missing"}),
    "captured": frozenset({"captured"}),
    "trapped": frozenset({"trapped"}),
}
_ARTICLE = re.compile(r"(?:an?|the|one)\s+", re.IGNORECASE)
_OF = frozenset("dozens scores tens hundreds thousands millions handful number majority".split())
_OWNED = re.compile(r"(?:its|their|his|her|our|the|those|these)\s", re.IGNORECASE)
_MEMBERS = re.compile(r"^(?:an? )?(?:family|group|crew|band|gang|party|team|patrol|unit|squad) of ")
_UNTOLD = frozenset(
    "dozens dozen scores tens hundreds thousands millions several many some few numerous heavy number handful countless untold most all half both".split()
)


def is_anybody(words: str) -> bool:
    """Whether the words say no more than that they are people: "nine", "the dead", "bodies"."""
    return all(word in _ANYBODY or word.isdigit() for word in fold(words))


def is_person(proposition: Casualties, who: Sequence[Name]) -> bool:
    """Whether the claim is of one person by name: "one Fahim Dashty" is not said, and a count adds nothing."""
    return bool(proposition.named) and len(who) == 1 and bounds(proposition.count) in {VAGUE, Bounds(1, 1)}


def says(proposition: Casualties, who: Sequence[Name], harms: Sequence[Harm], counting: Counting | None = None) -> str:
    """What a claim says of harm, in a sentence: "12 people were killed, as part of a greater count"."""
    people = _called(proposition, who, harms)
    subject, is_one = _subject(proposition, people, len(who))
    if is_person(proposition, who):
        subject, is_one = listed(who), True
    more = {"part": ", as part of a greater count", "further": ", besides those told of", "sum": " in all"}.get(counting or "", "")
    if not harms or "losses" in harms:
        count = proposition.count.words if proposition.count else ""
        return f"{people} suffered losses{f' ({count})' if count and _is_number(proposition.count) else ''}{more}"
    done = f"{', '.join(harms[:-1])} or {harms[-1]}" if len(harms) > 1 else harms[0]
    return f"{subject} {'was' if is_one else 'were'} {done}{more}"


def _called(proposition: Casualties, who: Sequence[Name], harms: Sequence[Harm]) -> str:
    """What the harmed are called: a counted group by the words of the claim, else as it is named; without what only says their harm."""
    if not who or all(is_anybody(name.shown) for name in who):
        return "people"
    said = [mention.words for mention in proposition.who]
    is_counted = proposition.count is not None and _is_number(proposition.count) and proposition.count.words not in said and "losses" not in harms
    # Twenty "Yemenis" are no twenty Yemen.
    words = said[0] if is_counted and len(said) == 1 and len(who) == 1 else listed(who)
    rest = words.split()
    if rest and rest[0].lower() == "the" and len(rest) == 2 and rest[1].lower() in _HARMED:
        rest = rest[1:]
    while rest and not _HARMED.get(rest[0].lower(), frozenset()).isdisjoint(harms):
        rest = rest[1:]
    return " ".join(rest) or "people"


def _subject(proposition: Casualties, people: str, names: int) -> tuple[str, bool]:
    """The counted people as the subject of a sentence, and whether it is singular: "a baker", "nobody", "no soldiers", "12 people"."""
    count = proposition.count
    words = " ".join(count.words.split()) if count else ""
    if count is not None and count.high == 0:
        return _nobody(people, words)
    is_one = count is not None and count.low == count.high == 1
    if not words or not _is_number(count):
        return people, is_one
    if _MEMBERS.search(people.casefold()) and people.casefold().endswith(f" of {words.casefold()}"):
        return f"a {people}" if names == 1 and not _ARTICLE.match(people) else people, True
    if words in {mention.words for mention in (*proposition.who, *proposition.named)} and not is_anybody(words):
        # Nobody wrote a number: "a baker" is one by its article, and is not "a baker baker".
        bare = _ARTICLE.sub("", people, count=1)
        own = words if words.casefold().endswith(bare.casefold()) else people
        return (f"{own[0].lower()}{own[1:]}" if _ARTICLE.match(own) else own), is_one
    if people.casefold().startswith(words.casefold()) or (is_one and _ARTICLE.match(people)):
        # "A couple in their sixties", "one of them a captain": the words of the people hold the count.
        return (f"{people[0].lower()}{people[1:]}" if _ARTICLE.match(people) else people), is_one
    if _ARTICLE.sub("", words, count=1).casefold() == _ARTICLE.sub("", people, count=1).casefold():
        return words, is_one
    joined = "of " if _OWNED.match(people) or words.casefold().split()[-1] in _OF else ""
    return f"{words} {joined}{people}", is_one and not people.endswith("s")


def _nobody(people: str, words: str) -> tuple[str, bool]:
    """Nobody at all, or none of a group."""
    group = re.sub(r"^(?:no|none of|not one|not a single)\s+", "", people, flags=re.IGNORECASE)
    if group == "people":
        return "nobody", True
    return (f"none of {group}", False) if _OWNED.match(group) else (f"no {group}", not group.endswith(("s", "men", "people", "children", "police")))


def _is_number(count: Figure | None) -> bool:
    """Whether the words of a count say how many, if vaguely ("dozens"); those of one that was only named ("residents") do not."""
    if count is None:
        return False
    return not bounds(count).is_vague or not _UNTOLD.isdisjoint(fold(count.words)) or any(char.isdigit() for char in count.words)

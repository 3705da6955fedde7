"""Hypothesis strategies: texts as reports have them, and core values of every kind."""

from __future__ import annotations

import datetime as dt
from typing import Any, get_args, get_type_hints

import msgspec
from hypothesis import strategies as st

from counterclaim.core.claim import KINDS, Claim, Term
from counterclaim.core.codec import claim_key
from counterclaim.core.figure import Figure
from counterclaim.core.mention import Mention
from counterclaim.core.span import Span, evidence
from counterclaim.core.voice import Voice
from counterclaim.core.when import When

_PIECES = [
    "The army", "rebels", "said", "on Sunday", "that", "killed", "at least 20", "people", ".", ",", "“", "”", "\"", "in Goma", "\n", "\n\n", "Mr. Griffiths", "U.S.", "the group’s", "denied", "if",
    "1,000", "3 September", "according to", "police", "…", "(NRF)", "has not been able to", "verify", "withdraw", "all districts", "except", "!", "?", "•", "don't", "NO", "—", "he", "promised", "aid",
]  # fmt: skip
prose = st.lists(st.sampled_from(_PIECES), max_size=60).map(" ".join)
wild = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
odd = st.sampled_from(
    [
        "\u202eturned\u202c words",
        "a\u00adb",
        "word" * 3000,
        "🙂" * 40,
        "..." * 200,
        "مرحبا بالعالم",
        "\t \n \n",
        "((((((",
        "\x07bell",
        "x" * 60,
        "“" * 50,
        "1" * 400,
    ]
)
texts = st.one_of(prose, wild, odd, st.tuples(prose, wild).map("".join))

words = st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=20)
spans = st.tuples(st.integers(0, 500), st.integers(0, 500)).map(lambda x: Span(min(x), max(x)))
days = st.none() | st.dates(dt.date(1980, 1, 1), dt.date(2035, 12, 31))
whens = st.none() | st.builds(When, start=days, end=days, precision=st.sampled_from(["day", "week", "before", "unknown"]), words=words)
numbers = st.none() | st.integers(0, 10**9)
figures = st.builds(Figure, low=numbers, high=numbers, words=words, unit=st.none() | st.sampled_from(["t", "USD", "per day"]))
mentions = st.builds(Mention, words=words, name=st.none() | words, key=st.none() | words, span=st.none() | spans)
terms = st.builds(Term, act=words, party=st.none() | mentions, places=st.lists(mentions, max_size=2).map(tuple))
voices = st.builds(
    Voice,
    name=st.none() | words,
    words=st.none() | words,
    speaks_for=st.none() | words,
    cue=st.none() | words,
    manner=st.sampled_from([None, "direct", "indirect", "mixed", "narration"]),
)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    """A claim with its content key."""
    text = draw(st.text(min_size=1, max_size=40))
    kind = draw(st.sampled_from(sorted(KINDS)))
    claim = Claim(
        key="",
        report=draw(words),
        evidence=evidence(text, Span(0, len(text))),
        chain=tuple(draw(st.lists(voices, min_size=1, max_size=3))),
        act=draw(st.sampled_from(["asserts", "denies", "cannot-verify", "promises"])),
        hedges=tuple(draw(st.lists(words, max_size=2))),
        said=draw(whens),
        when=draw(whens),
        proposition=draw(_proposition(kind)),
        score=draw(st.floats(0, 1)),
        because=draw(words),
    )
    return msgspec.structs.replace(claim, key=claim_key(claim))


def _proposition(kind: str) -> st.SearchStrategy[Any]:
    cls = KINDS[kind]
    slots: dict[str, st.SearchStrategy[Any]] = {}
    for slot, hint in get_type_hints(cls).items():
        if slot.startswith("_"):
            continue
        arguments = get_args(hint)
        if Mention in arguments:
            slots[slot] = st.lists(mentions, max_size=2).map(tuple)
        elif Term in arguments:
            slots[slot] = st.lists(terms, max_size=2).map(tuple)
        elif Figure in arguments:
            slots[slot] = st.none() | figures
        elif arguments and str in arguments:
            slots[slot] = st.lists(words, max_size=2).map(tuple) if Ellipsis in arguments else st.none() | words
        elif Ellipsis in arguments:
            slots[slot] = st.lists(st.sampled_from(get_args(arguments[0])), max_size=2).map(tuple)
        else:
            choices = [value for argument in arguments for value in get_args(argument)]
            slots[slot] = st.none() | st.sampled_from(choices)
    return st.builds(cls, **slots)

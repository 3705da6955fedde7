"""A sentence of the trained reader with triggers put in by hand, as the claim heads would give them."""

from __future__ import annotations

import msgspec

from counterclaim.core.report import Report
from counterclaim.core.syntax import Role, Trigger
from counterclaim.extract.frames import Scene
from counterclaim.pipeline import scenes
from tests.reading import pipeline


def scene(text: str, *triggers: Trigger) -> Scene:
    """The first sentence of the text, with these triggers in place of the heads' own."""
    found = next(iter(scenes(pipeline("trained").attributed(Report(id="case", text=text)))))
    return Scene(**{name: getattr(found, name) for name in Scene.__dataclass_fields__ if name != "triggers"}, triggers=triggers)


def at(text: str, word: str) -> int:
    """The number of this word in the sentence."""
    return next(i for i, t in enumerate(scene(text).sentence.tokens) if t.text == word)


def trigger(text: str, kind: str, word: str, *roles: tuple[str, str], values: tuple[str, ...] = (), score: float = 0.9) -> Trigger:
    """A trigger at this word, its roles given as (slot, word)."""
    filled = tuple(Role(slot, at(text, filler), 0.9) for slot, filler in roles)
    return Trigger(at(text, word), kind, score, filled, tuple((value, 0.9) for value in values))


def plain(value: object) -> object:
    """A proposition as plain data."""
    return msgspec.to_builtins(value)

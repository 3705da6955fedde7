"""Things that stand at stretches of a text, looked up by where they stand: what is near a sentence, without going through a whole report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from counterclaim.core.span import Span

T = TypeVar("T")

# Characters that are looked up together: a sentence or two. A shorter stretch costs room, a longer one time; both grow slowly.
_STRETCH = 256


class Nearby(Generic[T]):
    """Things kept by the stretches they stand at."""

    def __init__(self, placed: Iterable[tuple[T, Iterable[Span]]]) -> None:
        """Each thing with its spans."""
        self._things: list[T] = []
        self._at: dict[int, list[int]] = {}
        for number, (thing, spans) in enumerate(placed):
            self._things.append(thing)
            for stretch in {stretch for span in spans for stretch in _stretches(span)}:
                self._at.setdefault(stretch, []).append(number)

    def of(self, span: Span) -> list[T]:
        """Everything that meets this span, in the order it was given, and some of what stands close by: whoever asks looks at the spans."""
        stretches = _stretches(span)
        if len(stretches) == 1:
            return [self._things[number] for number in self._at.get(stretches[0], ())]
        return [self._things[number] for number in sorted({number for stretch in stretches for number in self._at.get(stretch, ())})]


def _stretches(span: Span) -> range:
    return range(span.start // _STRETCH, max(span.end - 1, span.start) // _STRETCH + 1)

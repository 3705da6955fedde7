"""Compare one slot of a predicted proposition with the same slot of a gold claim or of a ban."""

from __future__ import annotations

from typing import Any, NamedTuple

from evaluation.wording import plain, same_name, same_text

CHOICES = frozenset(["action", "change", "harm", "intensity", "means", "mode", "sequence", "stage", "type", "value"])
FIGURES = frozenset(("amount", "count"))
TEXTS = frozenset(["about", "acts", "asks", "content", "driver", "goods", "need", "of", "terms", "topic", "undertakings"])


class Hits(NamedTuple):
    """How many fillers of a slot are right, how many were said, how many were wanted."""

    right: int = 0
    said: int = 0
    wanted: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether all that was wanted was said, and no more."""
        return self.right == self.wanted and self.said <= self.wanted


def hits(slot: str, predicted: Any, gold: Any) -> Hits:
    """Compare the predicted fillers of this slot with the gold ones."""
    if slot in FIGURES:
        return _figure_hits(predicted, gold)
    if slot in CHOICES:
        said, wanted = choices(predicted), choices(gold)
        return Hits(int(bool(said) and said <= wanted), int(bool(said)), int(bool(wanted)))
    same = same_text if slot in TEXTS else same_name
    left = [found for found in map(wordings, listed(predicted)) if found]
    said_in_all, right = len(left), 0
    wanted_fillers = listed(gold)
    for filler in wanted_fillers:
        accepted = [_string(name) for name in listed(filler)]
        for i, said_names in enumerate(left):
            if any(same(name, other) for name in said_names for other in accepted):
                right += 1
                del left[i]
                break
    return Hits(right, said_in_all, len(wanted_fillers))


def is_banned(slot: str, predicted: Any, ban: Any) -> bool:
    """Whether the slot's filling falls under the ban: an empty ban forbids any, and a union is not one of its parts."""
    if slot in CHOICES:
        said = choices(predicted)
        return not listed(ban) or (bool(said) and said <= choices(ban))
    found = hits(slot, predicted, ban)
    return found.right == found.wanted


def fillers_said(predicted: Any) -> int:
    """How many fillers a slot of a claim nobody asked for counts as; an empty slot counts none."""
    return (len(listed(predicted)) or 1) if predicted else 0


def wordings(filler: Any) -> list[str]:
    """Return the ways a predicted filler may be read: its canonical name, its words, and for a term its act with party and places."""
    if isinstance(filler, list):
        return [name for part in filler for name in wordings(part)]
    if not isinstance(filler, dict):
        return [_string(filler)] if filler else []
    found = [_string(filler[field]) for field in ("name", "words", "act") if filler.get(field)]
    if "act" in filler:
        party = " ".join(wordings(filler.get("party"))[:1])
        places = " ".join(name for place in filler.get("places") or [] for name in wordings(place)[:1])
        found.append(f"{party} {filler['act']} {places}")
    return found


def listed(value: Any) -> list[Any]:
    """Return the value as a list: none is empty, one thing is a list of one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def choices(value: Any) -> set[str]:
    """Return the short words of a slot with a fixed vocabulary."""
    return {plain(_string(choice)) for choice in listed(value)}


def _figure_hits(predicted: Any, gold: Any) -> Hits:
    accepted = [figure for figure in listed(gold) if isinstance(figure, dict)]
    if not accepted:
        return Hits()
    said = predicted[0] if isinstance(predicted, list) and predicted else predicted
    if not isinstance(said, dict):
        return Hits(wanted=1)
    bounds = said.get("low"), said.get("high")
    return Hits(int(any(bounds == (figure.get("low"), figure.get("high")) for figure in accepted)), 1, 1)


def _string(value: Any) -> str:
    return str(value or "")

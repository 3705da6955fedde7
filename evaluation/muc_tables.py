"""Turn keys into the tables of names that candidates are looked up in: organisations, places, and the last words of what fills a role."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from evaluation.muc_scoring import Template, words
from evaluation.muc_slots import Book

Keys = Mapping[str, Sequence[Template]]
# The slots whose wordings mark what fills a role.
MARKS = {"hum": ("hum_name", "hum_desc"), "phys": ("phys_id",), "instr": ("instr_id",), "perp_ind": ("perp_ind",), "perp_org": ("perp_org",)}
_KNOWN = 3  # a long name goes with an abbreviation when so many reports have them together
_LONGEST = 8  # a wording of more words describes rather than names
_GLOSS = re.compile(r"\s*\(.*?\)")


def book_of(keys: Keys) -> Book:
    """All tables of these keys."""
    return Book(_organisations(keys), _place_table(keys), _heads(keys))


def _organisations(keys: Keys) -> tuple[tuple[str, ...], ...]:
    """The names of each organisation in a row: an abbreviation goes with the long names it is given beside, other names stand alone."""
    together: defaultdict[str, Counter[str]] = defaultdict(Counter)
    names: Counter[str] = Counter()
    for row in keys.values():
        for fill in {fill for key in row for fill in key.fills("perp_org")}:
            alts = [name for name in map(_plain, fill.alts) if len(name.split()) <= _LONGEST]
            names.update(alts)
            for short in (alt for alt in alts if _is_short(alt)):
                together[short].update(alt for alt in alts if not _is_short(alt))
    rows, taken = [], set()
    for short, longs in sorted(together.items()):
        mine = [name for name, count in longs.most_common() if count >= _KNOWN and name not in taken][:3]
        taken |= {short, *mine}
        rows.append((short, *mine))
    rows += [(name,) for name in sorted(names) if name not in taken]
    return tuple(rows)


def _plain(name: str) -> str:
    parts = name.upper().split()
    return " ".join(parts[1:] if parts[:1] == ["THE"] and len(parts) > 1 else parts)


def _is_short(name: str) -> bool:
    return " " not in name and "-" not in name and len(name) <= 5 and name not in ("ARMY", "NAVY")


def _place_table(keys: Keys) -> dict[str, str]:
    """The full form of each place, by its name: the form most keys have."""
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in keys.values():
        for alt in {alt for key in row for fill in key.fills("location") for alt in fill.alts}:
            parts = [part.strip() for part in alt.split(":")]
            for i, part in enumerate(parts):
                forms[_GLOSS.sub("", part)][": ".join(parts[: i + 1])] += 1
    return {name: found.most_common(1)[0][0] for name, found in sorted(forms.items()) if name}


def _heads(keys: Keys) -> dict[str, tuple[str, ...]]:
    found = {}
    for role, slots in MARKS.items():
        counts: Counter[str] = Counter()
        for row in keys.values():
            counts.update(
                {words(alt)[-1] for key in row for slot in slots if slot != "hum_name" for fill in key.fills(slot) for alt in fill.alts if words(alt)}
            )
        found[role] = tuple(sorted(counts))
    return found


def key_type(key: Template) -> str:
    """The incident type of a key."""
    return key.fills("type")[0].alts[0]


def wanted(keys: Keys, slots: Sequence[str]) -> int:
    """How many fills of these slots the keys ask for."""
    return sum(not fill.optional for row in keys.values() for key in row if not key.optional for slot in slots for fill in key.fills(slot))

"""Write MUC-4 templates from what the product read in a report, with the maps that say what MUC asks for.

What it captures: a template for each incident type that is likely enough, and in each slot the phrases of the report that are:
victims and targets, weapons, perpetrators and their organisations, how surely they are held to have done it, day and place.
What it does not: tell two incidents of one type in one report apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from counterclaim.core.span import Span
from evaluation.muc_features import Features, View
from evaluation.muc_learning import Weights, chance, chances, logit
from evaluation.muc_phrases import Group
from evaluation.muc_scoring import HARMS, Fill, Template
from evaluation.muc_slots import (
    ANY,
    NONE,
    ROLES,
    TEMPLATE_VALUES,
    TYPES,
    Book,
    days,
    group_features,
    organisation_features,
    places,
    report_features,
    template_features,
)
from evaluation.muc_status import lean
from evaluation.muc_victims import Person, harm_features, harms, many
from evaluation.muc_words import phrasing


class Maps(msgspec.Struct, frozen=True):
    """What was learned from keys: models by what they tell, names as MUC writes them, and the thresholds to fill by.

    `organisations` has all names of one organisation in a row; `places` the full form of a place by its name; `heads` the last
    words of phrases that fill a role.
    """

    sentence: dict[str, Weights]
    report: dict[str, Weights]
    phrasing: Weights
    roles: dict[str, Weights]
    values: dict[str, dict[str, Weights]]
    instruments: dict[str, Weights]
    date: Weights
    place: Weights
    country: dict[str, Weights]
    organisations: tuple[tuple[str, ...], ...]
    places: dict[str, str]
    heads: dict[str, tuple[str, ...]]
    thresholds: dict[str, float]
    victims: Weights


# The effects and numbers that are written, by the template and the group they are written of.
Harmed = dict[tuple[str, Span], list[tuple[str, str]]]


class Writer:
    """Writes the templates of reports with one set of maps."""

    def __init__(self, maps: Maps) -> None:
        self.maps = maps
        self.book = Book(maps.organisations, maps.places, maps.heads)

    def templates(self, view: View) -> list[Template]:
        """The templates of a report; none where it is not likely to tell of an incident MUC asks for."""
        told = {kind: [chance(model, features) for features in view.sentences] for kind, model in self.maps.sentence.items()}
        about = report_features(view, told)
        likely = {kind: chance(model, about) for kind, model in self.maps.report.items()}
        likely[ANY] = (likely[ANY] + chance(self.maps.phrasing, phrasing(view))) / 2
        kinds = chosen(likely, self.maps.thresholds)
        people = {kind: list(self._likely(view, "hum", kind, told)) for kind in kinds}
        harmed = self._harmed(
            view, likely, [Person(kind, *row, likely[kind], chances(self.maps.values["hum_effect"], row[1])) for kind in kinds for row in people[kind]]
        )
        return [self._template(view, kind, likely[kind], told, people[kind], harmed) for kind in kinds]

    def _harmed(self, view: View, likely: Mapping[str, float], people: Sequence[Person]) -> Harmed:
        """Who is dead or hurt: for each effect and number that is likely enough, the likeliest group."""
        found: Harmed = {}
        rows = harms(people)
        for (effect, number), features in harm_features(view, likely, rows).items():
            if chance(self.maps.victims, features) >= self.maps.thresholds["victims"]:
                best = rows[effect, number][0][1]
                found.setdefault((best.kind, best.group.phrases[0].span), []).append((effect, number))
        return found

    def _template(
        self,
        view: View,
        kind: str,
        likely: float,
        told: Mapping[str, Sequence[float]],
        people: Sequence[tuple[Group, Features, float]],
        harmed: Harmed,
    ) -> Template:
        """The template of one incident type."""
        slots: defaultdict[str, list[Fill]] = defaultdict(list)
        slots["type"].append(Fill((kind,)))
        near = told.get(kind, told[ANY])
        about = template_features(view, kind, near)
        for slot in TEMPLATE_VALUES:
            value, sure = _best(chances(self.maps.values[slot], about))
            if value != NONE and sure >= self.maps.thresholds.get(slot, 0.0):
                slots[slot].append(Fill((value,)))
        for value, model in self.maps.instruments.items():
            if likely * chance(model, about) >= self.maps.thresholds["instr_type"]:
                slots["instr_type"].append(Fill((value,), ("-",)))
        candidates_ = days(view, kind, told[ANY])
        if candidates_:
            best = max(candidates_, key=lambda name: logit(self.maps.date, candidates_[name]))
            slots["date"].append(Fill((f"- {best}" if "report" in candidates_[best] else best,)))
        country, _ = _best(chances(self.maps.country, view.whole))
        spots = places(view, self.book, country, told[ANY])
        slots["location"].append(Fill((max(spots, key=lambda full: logit(self.maps.place, spots[full])),)))
        said = {pair for pairs_ in harmed.values() for pair in pairs_}
        for role in ROLES:
            rows = people if role == "hum" else list(self._likely(view, role, kind, told))
            for group, features, sure in leading(rows) if role == "perp_org" else rows:
                if role == "hum":
                    mine = harmed.get((kind, group.phrases[0].span), [])
                    self._fill_person(slots, group, features, sure * likely, mine[0][0] if mine else None, said)
                else:
                    self._fill(slots, role, group, features, sure * likely)
        return Template({slot: tuple(fills) for slot, fills in slots.items()})

    def _likely(self, view: View, role: str, kind: str, told: Mapping[str, Sequence[float]]) -> Iterator[tuple[Group, Features, float]]:
        candidates = self.book.candidates(view, role)
        for group in candidates:
            features = group_features(view, group, view.group(group), kind, told)
            if role == "perp_org":
                features |= organisation_features(view, self.book, group, candidates, told[ANY])
            yield group, features, chance(self.maps.roles[role], features)

    def _fill(self, slots: defaultdict[str, list[Fill]], role: str, group: Group, features: Features, sure: float) -> None:
        thresholds, values = self.maps.thresholds, self.maps.values
        if role == "instr":
            if sure >= thresholds["instr_id"]:
                slots["instr_id"].append(Fill((group.words,)))
        elif role == "perp_ind":
            if sure >= thresholds[role]:
                slots[role].append(Fill((group.words,)))
        elif role == "perp_org":
            if sure >= thresholds["perp_org"]:
                # Every key that names an organisation says how surely, so every organisation gets its likeliest status.
                named = self.book.names(group)
                slots["perp_org"].append(Fill(named))
                slots["perp_conf"].append(Fill((_best(chances(values["perp_conf"], lean(features)))[0],), named))
        elif role == "phys" and sure >= thresholds["phys"]:
            ref = (group.words,)
            slots["phys_id"].append(Fill(ref))
            slots["phys_type"].append(Fill((_best(chances(values["phys_type"], features))[0],), ref))
            slots["phys_num"].append(Fill((group.phrases[0].many,), ref))
            effect, held = _best(chances(values["phys_effect"], features))
            if effect != NONE and sure * held >= thresholds["phys_effect"]:
                slots["phys_effect"].append(Fill((effect,), ref))

    def _fill_person(
        self, slots: defaultdict[str, list[Fill]], group: Group, features: Features, sure: float, harm: str | None, said: set[tuple[str, str]]
    ) -> None:
        """Fill the slots of one person or group of people; a harm that nobody is likely enough to have come to is left out."""
        thresholds, values = self.maps.thresholds, self.maps.values
        if sure < thresholds["hum"] and harm is None:
            return
        ref = (group.words,)
        slots["hum_name" if group.is_person else "hum_desc"].append(Fill(ref))
        if group.is_person and group.title:
            slots["hum_desc"].append(Fill((group.title,), ref))
        slots["hum_type"].append(Fill((_best(chances(values["hum_type"], features))[0],), ref))
        slots["hum_num"].append(Fill((many(group),), ref))
        effect, held = _best(chances(values["hum_effect"], features))
        if harm is None and effect != NONE and sure * held >= thresholds["hum_effect"] and (effect not in HARMS or (effect, many(group)) in said):
            harm = effect
        if harm is not None:
            slots["hum_effect"].append(Fill((harm,), ref))


# A second organisation is named only when it is as likely as not: nine keys in ten name one or none.
_RIVAL = 0.5


def leading(rows: Sequence[tuple[Group, Features, float]]) -> list[tuple[Group, Features, float]]:
    """The likeliest of these, and the others that are as likely as not."""
    best = max((sure for _, _, sure in rows), default=0.0)
    return [row for row in rows if row[2] >= min(best, _RIVAL)]


def chosen(likely: Mapping[str, float], thresholds: Mapping[str, float]) -> list[str]:
    """The incident types to write: those likely enough; where the report is about an incident and no type is, the likeliest."""
    found = [kind for kind in TYPES if likely[kind] >= thresholds["type"]]
    if likely[ANY] < thresholds[ANY]:
        return []
    return found or [max(TYPES, key=lambda kind: likely[kind])]


def load(file: Path) -> Maps:
    """The maps kept in this file."""
    return msgspec.json.decode(file.read_bytes(), type=Maps)


def _best(shares: Mapping[str, float]) -> tuple[str, float]:
    value = max(shares, key=lambda name: shares[name])
    return value, shares[value]

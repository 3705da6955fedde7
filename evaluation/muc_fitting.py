"""Learn the maps of `evaluation.muc_templates` from reports with their keys.

Every model that rests on another is fitted on what the other says of reports it has not seen (five folds of reports), tables are
made without the fold they are looked up in, and every threshold is the best one on such figures; what is kept is fitted on all.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec
import numpy as np

from evaluation.muc_features import Features, View
from evaluation.muc_learning import FOLDS, Table, Weights, best_threshold, fold
from evaluation.muc_phrases import Group
from evaluation.muc_scoring import Fill, Template, alike, likeness, victims, words
from evaluation.muc_slots import (
    ANY,
    GROUP_VALUES,
    NONE,
    ROLES,
    TEMPLATE_VALUES,
    TYPES,
    Book,
    group_features,
    organisation_features,
    report_features,
)
from evaluation.muc_status import lean
from evaluation.muc_tables import MARKS, Keys, book_of, key_type, wanted
from evaluation.muc_templates import Maps, chosen, leading
from evaluation.muc_victims import Person, harm_features, harms
from evaluation.muc_wholes import RARE, Told, fit_countries, fit_dates, fit_instruments, fit_spots, fit_template_values
from evaluation.muc_words import fit_phrasing

# Ridge penalties: chosen on the folds of the training reports; higher where features are many and examples few.
PENALTY = {"sentence": 10.0, "report": 6.0, "role": 8.0, "harm": 10.0, "value": 3.0}
_SENTENCE_TYPES = ("ATTACK", "BOMBING", "KIDNAPPING", "ARSON")
_DOUBTED = ("hum_effect", "phys_effect")  # values that are left out where they are not likely enough; the others are always given
_DIGITS = re.compile(r"\D")


class Case(msgspec.Struct, frozen=True):
    """A group that might fill a role in a template of one type: which report, what it is, whether it does, and how likely the template is."""

    report: str
    kind: str
    group: Group
    features: Features
    names: tuple[str, ...]
    is_filler: bool
    is_taught: bool
    likely: float


def fit_maps(views: Sequence[View], keys: Keys) -> Maps:
    """The maps learned from these reports and their keys."""
    books = [book_of({id_: row for id_, row in keys.items() if fold(id_) != held}) for held in range(FOLDS)]
    book = book_of(keys)
    sentence, told = _sentences(views, keys)
    report, phrased, likely, thresholds = _reports(views, keys, told)
    roles: dict[str, Weights] = {}
    values: dict[str, dict[str, Weights]] = {}
    harm: Weights = {}
    for role in ROLES:
        cases = list(_cases(role, views, keys, books, told, likely, thresholds))
        roles[role], people = _role(role, cases, keys, values, thresholds)
        if people:
            harm = _victims(views, likely, people, keys, thresholds)
    for slot in TEMPLATE_VALUES:
        values[slot] = fit_template_values(slot, views, keys, told)
    instruments = fit_instruments(views, keys, told, likely, thresholds)
    date = fit_dates(views, keys, told)
    country = fit_countries(views, keys)
    place = fit_spots(views, keys, books, told)
    return Maps(sentence, report, phrased, roles, values, instruments, date, place, country, book.organisations, book.places, book.heads, thresholds, harm)


def _sentences(views: Sequence[View], keys: Keys) -> tuple[dict[str, Weights], list[dict[str, list[float]]]]:
    """Models of whether a sentence tells of an incident, by type, and what they say of each sentence of a report they have not seen."""
    ids = [view.seen.id for view in views for _ in view.sentences]
    examples = [features for view in views for features in view.sentences]
    table = Table(examples)
    models: dict[str, Weights] = {}
    told: list[dict[str, list[float]]] = [{} for _ in views]
    for kind in (ANY, *_SENTENCE_TYPES):
        labels = [label for view in views for label in _told(view, [key for key in keys[view.seen.id] if kind in (ANY, key_type(key))])]
        models[kind] = table.weights(table.fit(np.asarray(labels, float), PENALTY["sentence"]))
        scores = iter(table.crossed(ids, labels, PENALTY["sentence"]))
        for view, row in zip(views, told, strict=True):
            row[kind] = [next(scores) for _ in view.sentences]
    return models, told


def _told(view: View, keys: Sequence[Template]) -> list[float]:
    """For each sentence whether it holds a phrase that fills a slot of these keys."""
    wordings = {alt for key in keys for marks in MARKS.values() if marks != ("perp_org",) for slot in marks for fill in key.fills(slot) for alt in fill.alts}
    held = {phrase.sentence for phrase in view.phrases if any(alike(phrase.words, wording) == 1 for wording in wordings)}
    return [float(i in held) for i in range(len(view.sentences))]


def _reports(views: Sequence[View], keys: Keys, told: Told) -> tuple[dict[str, Weights], Weights, list[dict[str, float]], dict[str, float]]:
    """Models of what a report has, by type and by its wording alone, how likely it is by both, and the thresholds of templates."""
    ids = [view.seen.id for view in views]
    abouts = [report_features(view, row) for view, row in zip(views, told, strict=True)]
    models: dict[str, Weights] = {}
    likely: list[dict[str, float]] = [{} for _ in views]
    thresholds: dict[str, float] = {}
    scored: list[tuple[float, float]] = []
    table = Table(abouts)
    for kind in (ANY, *TYPES):
        labels = [float(any(kind in (ANY, key_type(key)) for key in keys[id_])) for id_ in ids]
        models[kind] = table.weights(table.fit(np.asarray(labels, float), PENALTY["report"]))
        sure = table.crossed(ids, labels, PENALTY["report"])
        if kind == ANY:
            phrased, by_words = fit_phrasing(views, labels)
            sure = [(one + other) / 2 for one, other in zip(sure, by_words, strict=True)]
        for row, p in zip(likely, sure, strict=True):
            row[kind] = p
        if kind == ANY:
            thresholds[ANY] = best_threshold(zip(sure, labels, strict=True), sum(labels))
        else:
            scored += zip(sure, labels, strict=True)
    thresholds["type"] = best_threshold(scored, sum(not key.optional for row in keys.values() for key in row))
    _say(f"reports {thresholds}")
    return models, phrased, likely, thresholds


def _cases(
    role: str, views: Sequence[View], keys: Keys, books: Sequence[Book], told: Told, likely: Sequence[Mapping[str, float]], thresholds: Mapping[str, float]
) -> Iterable[Case]:
    for view, row, chance_of in zip(views, told, likely, strict=True):
        id_ = view.seen.id
        taught = {key_type(key) for key in keys[id_]}
        kinds = [kind for kind in TYPES if kind in taught or kind in chosen(chance_of, thresholds)]
        if not kinds:
            continue
        book = books[fold(id_)]
        candidates = book.candidates(view, role)
        for group in candidates:
            base = view.group(group)
            names = book.names(group) if role == "perp_org" else (group.words,)
            for kind in kinds:
                features = group_features(view, group, base, kind, row)
                if role == "perp_org":
                    features |= organisation_features(view, book, group, candidates, row[ANY])
                fills = _fills(role, names, group, [key for key in keys[id_] if key_type(key) == kind])
                yield Case(id_, kind, group, features, names, bool(fills), kind in taught, chance_of[kind] if kind in chosen(chance_of, thresholds) else 0.0)


def _fills(role: str, names: Sequence[str], group: Group, keys: Sequence[Template]) -> list[tuple[Template, Fill]]:
    """The fills of these keys that a group is. A description that only goes with a name is not filled by the description."""
    found = []
    for key in keys:
        for slot in MARKS[role]:
            if role == "hum" and (slot == "hum_name") != group.is_person:
                continue
            for fill in key.fills(slot):
                if slot == "hum_desc" and fill.ref and not any(alike(ref, alt) == 1 for ref in fill.ref for alt in fill.alts):
                    continue
                if role == "hum" and _is_other(group, fill, key):
                    continue
                if any(alike(name, alt) == 1 or (group.is_person and set(words(name)) <= set(words(alt))) for name in names for alt in fill.alts):
                    found.append((key, fill))
    return found


def _is_other(group: Group, fill: Fill, key: Template) -> bool:
    """Whether the group has one figure and the fill another."""
    if group.is_person or not group.phrases[0].many.isdigit():
        return False
    said = [number for number in key.fills("hum_num") if set(number.ref) & set(fill.alts)]
    digits = {_DIGITS.sub("", alt) for number in said for alt in number.alts} - {""}
    return bool(digits) and group.phrases[0].many not in digits


def _role(
    role: str, cases: Sequence[Case], keys: Keys, values: dict[str, dict[str, Weights]], thresholds: dict[str, float]
) -> tuple[Weights, dict[str, list[Person]]]:
    """The model of a role; beside it go the models of the values that belong to it, and the thresholds. For `hum`, the people of each report."""
    people: defaultdict[str, list[Person]] = defaultdict(list)
    reports = [case.report for case in cases]
    examples = [case.features for case in cases]
    labels = [float(case.is_filler) for case in cases]
    taught = [case.is_taught for case in cases]
    table = whole = Table(examples)
    sure = table.crossed(reports, labels, PENALTY["role"], taught)
    if role == "perp_org":
        sure = _leading(cases, sure)
    scored = [(p * case.likely, float(case.is_filler)) for p, case in zip(sure, cases, strict=True) if p * case.likely]
    slot = {"instr": "instr_id"}.get(role, role)
    thresholds[slot] = best_threshold(scored, wanted(keys, MARKS[role]))
    for slot in (slot for slot, owner in GROUP_VALUES.items() if owner == role):
        said = [_value(slot, case, keys) if case.is_filler else NONE for case in cases]
        counts = Counter(value for value, case in zip(said, cases, strict=True) if case.is_filler)
        of = [case.is_filler and counts[value] >= RARE for value, case in zip(said, cases, strict=True)]
        table = Table([lean(features) for features in examples]) if slot == "perp_conf" else table
        values[slot] = table.values(said, PENALTY["value"], of)
        if slot not in _DOUBTED:
            continue
        shares = table.crossed_values(reports, said, PENALTY["value"], of)
        best = [max(row.items(), key=lambda pair: pair[1]) for row in shares]
        rows = [(p * case.likely * held, case, value) for p, case, (value, held) in zip(sure, cases, best, strict=True) if p * case.likely and value != NONE]
        earned = [(p, _credit(slot, case, value, keys)) for p, case, value in rows]
        thresholds[slot] = best_threshold(earned, wanted(keys, (slot,)))
        if slot == "hum_effect":
            for case, p, row in zip(cases, sure, shares, strict=True):
                if case.likely:
                    people[case.report].append(Person(case.kind, case.group, case.features, p, case.likely, row))
    _say(f"{role}: {len(cases)} cases, {sum(labels):.0f} fillers; " + str({k: v for k, v in thresholds.items() if k.startswith(role[:4])}))
    return whole.weights(whole.fit(np.asarray(labels, float), PENALTY["role"], np.flatnonzero(np.asarray(taught, bool)))), people


def _leading(cases: Sequence[Case], sure: Sequence[float]) -> list[float]:
    """The probabilities, and 0 for those that `leading` leaves out."""
    by: defaultdict[tuple[str, str], list[tuple[Group, Features, float]]] = defaultdict(list)
    for case, p in zip(cases, sure, strict=True):
        by[case.report, case.kind].append((case.group, case.features, p))
    floor = {template: min(p for _, _, p in leading(rows)) for template, rows in by.items()}
    return [p if p >= floor[case.report, case.kind] else 0.0 for case, p in zip(cases, sure, strict=True)]


def _victims(
    views: Sequence[View], likely: Sequence[Mapping[str, float]], people: Mapping[str, Sequence[Person]], keys: Keys, thresholds: dict[str, float]
) -> Weights:
    """The model of whether a report has so many dead or hurt."""
    gold = {id_: victims(row) for id_, row in keys.items()}
    reports, examples, labels = [], [], []
    for view, chance_of in zip(views, likely, strict=True):
        id_ = view.seen.id
        may = {(effect, number) for effect, number, _ in gold[id_]}
        for pair, features in harm_features(view, chance_of, harms(people.get(id_, ()))).items():
            reports.append(id_)
            examples.append(features)
            labels.append(float(pair in may))
    table = Table(examples)
    scored = zip(table.crossed(reports, labels, PENALTY["harm"]), labels, strict=True)
    thresholds["victims"] = best_threshold(scored, sum(len({(e, n) for e, n, optional in row if not optional}) for row in gold.values()))
    return table.weights(table.fit(np.asarray(labels, float), PENALTY["harm"]), floor=0.0)


def _value(slot: str, case: Case, keys: Keys) -> str:
    """The value a key gives to what the group fills; none where it gives none."""
    for key, fill in _fills(GROUP_VALUES[slot], case.names, case.group, [key for key in keys[case.report] if key_type(key) == case.kind]):
        for value in key.fills(slot):
            if any(alike(ref, alt) == 1 for ref in value.ref for alt in fill.alts):
                return value.alts[0]
    return NONE


def _credit(slot: str, case: Case, value: str, keys: Keys) -> float:
    if not case.is_filler:
        return 0.0
    said = Fill((value,), case.names)
    return max((likeness(slot, fill, said) for key in keys[case.report] if key_type(key) == case.kind for fill in key.fills(slot)), default=0.0)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)

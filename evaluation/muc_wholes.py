"""Learn from keys what a template holds once: its category and stage, the kinds of weapons, the day, the country and the place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from evaluation.muc_features import View
from evaluation.muc_learning import Table, Weights, best_threshold, fit, fit_values, fold
from evaluation.muc_scoring import Fill, Template, likeness
from evaluation.muc_slots import ANY, NONE, TYPES, Book, days, places, template_features
from evaluation.muc_tables import Keys, key_type, wanted
from evaluation.muc_templates import chosen

Told = Sequence[Mapping[str, Sequence[float]]]
RARE = 4  # a value of a slot seen in fewer templates is not learned
_PENALTY, _CHOICE_PENALTY = 3.0, 1.0  # ridge penalties, chosen on the folds of the training reports


def fit_template_values(slot: str, views: Sequence[View], keys: Keys, told: Told) -> dict[str, Weights]:
    """A model for each value of a slot that a template has once."""
    examples, labels = [], []
    for view, row in zip(views, told, strict=True):
        for kind, mine in _of_type(keys[view.seen.id]).items():
            examples.append(template_features(view, kind, row.get(kind, row[ANY])))
            labels.append(next((fill.alts[0] for fill in mine[0].fills(slot)), NONE))
    counts = Counter(labels)
    inside = [i for i, label in enumerate(labels) if counts[label] >= RARE]
    return fit_values([examples[i] for i in inside], [labels[i] for i in inside], penalty=_PENALTY)


def fit_instruments(views: Sequence[View], keys: Keys, told: Told, likely: Sequence[Mapping[str, float]], thresholds: dict[str, float]) -> dict[str, Weights]:
    """A model for each kind of weapon: whether a template has it."""
    reports, examples, sets, taught, shares = [], [], [], [], []
    for view, row, chance_of in zip(views, told, likely, strict=True):
        by = _of_type(keys[view.seen.id])
        for kind in TYPES:
            is_chosen = kind in chosen(chance_of, thresholds)
            if kind in by or is_chosen:
                reports.append(view.seen.id)
                examples.append(template_features(view, kind, row.get(kind, row[ANY])))
                sets.append({fill.alts[0] for key in by.get(kind, ()) for fill in key.fills("instr_type")})
                taught.append(kind in by)
                shares.append(chance_of[kind] if is_chosen else 0.0)
    counts = Counter(value for row, use in zip(sets, taught, strict=True) if use for value in row)
    models, scored = {}, []
    table = Table(examples)
    for value in sorted(value for value, count in counts.items() if count >= RARE):
        labels = [float(value in row) for row in sets]
        sure = table.crossed(reports, labels, _PENALTY, taught)
        scored += [(p * share, label) for p, share, label in zip(sure, shares, labels, strict=True) if share]
        models[value] = table.weights(table.fit(np.asarray(labels, float), _PENALTY, np.flatnonzero(np.asarray(taught, bool))))
    thresholds["instr_type"] = best_threshold(scored, wanted(keys, ("instr_type",)))
    return models


def fit_dates(views: Sequence[View], keys: Keys, told: Told) -> Weights:
    """The model of which day is meant."""
    examples, labels = [], []
    for view, row in zip(views, told, strict=True):
        for kind, mine in _of_type(keys[view.seen.id]).items():
            fills = mine[0].fills("date")
            for name, features in days(view, kind, row[ANY]).items() if fills else ():
                examples.append(features)
                labels.append(float(likeness("date", fills[0], Fill((name,))) == 1))
    return fit(examples, labels, penalty=_CHOICE_PENALTY)


def fit_countries(views: Sequence[View], keys: Keys) -> dict[str, Weights]:
    """A model for each country."""
    rows = [(view.whole, fill.alts[0].split(":")[0].strip()) for view in views for key in keys[view.seen.id][:1] for fill in key.fills("location")[:1]]
    counts = Counter(country for _, country in rows)
    rows = [(features, country) for features, country in rows if counts[country] >= RARE]
    return fit_values([features for features, _ in rows], [country for _, country in rows], penalty=_CHOICE_PENALTY)


def fit_spots(views: Sequence[View], keys: Keys, books: Sequence[Book], told: Told) -> Weights:
    """The model of which place is meant."""
    examples, labels = [], []
    for view, row in zip(views, told, strict=True):
        for mine in _of_type(keys[view.seen.id]).values():
            fills = mine[0].fills("location")
            if not fills:
                continue
            country = fills[0].alts[0].split(":")[0].strip()
            for full, features in places(view, books[fold(view.seen.id)], country, row[ANY]).items():
                examples.append(features)
                labels.append(float(likeness("location", fills[0], Fill((full,))) == 1))
    return fit(examples, labels, penalty=_CHOICE_PENALTY)


def _of_type(keys: Sequence[Template]) -> dict[str, list[Template]]:
    found: defaultdict[str, list[Template]] = defaultdict(list)
    for key in keys:
        found[key_type(key)].append(key)
    return found

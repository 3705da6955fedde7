"""Many fingerprints to the pairs worth aligning: those that may be kin, all of them and few others.

Aligning two reports sentence by sentence takes long, and nearly all pairs that share a few rare facts turn out to be no kin. So for all
pairs of one report at once the most is worked out that `kinship` could give them: by their facts and runs as they are, by the longest
run of sentences that could align, in the same order in both. What stays below `POSSIBLE` so is no kin; the rest is for `kinship` to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from counterclaim.reconcile.lineage.alignment import ENOUGH, FACTS, FOR_WORDS, THRESHOLD, WORDS
from counterclaim.reconcile.lineage.facts import Print, in_order
from counterclaim.reconcile.lineage.kinship import BIAS, COPY, GROUNDS, LEAST, MANY, POSSIBLE

Numbers = NDArray[np.int64]
Shares = NDArray[np.float64]
Marks = NDArray[np.bool_]

# A fact or run that more reports than this have makes no pair of them worth comparing.
_FEW = 30
# Rare facts that two reports must share to be compared; a rare run is enough by itself.
_ANCHORS = 3
# Sums of fractions differ in their last digits by the order they are added in, and scores are rounded to three: a pair is let through for that.
_SLACK = 0.001
# Pairs of sentences, and reports with all theirs, compared at once: more take more memory and no less time.
_CELLS, _AT_ONCE = 60_000, 24


class Rows(NamedTuple):
    """Numbers of several things, one after another: those of the first, then those of the second. `sizes` is how many each has."""

    starts: Numbers
    sizes: Numbers
    items: Numbers

    def of(self, which: int) -> Numbers:
        """The numbers of one."""
        return self.items[self.starts[which] : self.starts[which] + self.sizes[which]]

    def some(self, which: Numbers) -> tuple[Numbers, Numbers]:
        """The numbers of these, and for each which of them it is of, from 0."""
        sizes = self.sizes[which]
        return self.items[stretches(self.starts[which], sizes)], np.repeat(np.arange(len(which)), sizes)


def rows(sizes: Iterable[int], items: Numbers) -> Rows:
    """These numbers as those of several things, so many of each."""
    many = np.fromiter(sizes, np.int64)
    return Rows(np.cumsum(many) - many, many, items)


class Tables(NamedTuple):
    """What reports hold, in numbers: sentences, shared runs and facts by report, facts and stems by sentence.

    `lengths` is how many runs each has, `is_figure` which facts are figures, `figures` how many of these each has.
    """

    sentences: Rows
    runs: Rows
    lengths: Numbers
    facts: Rows
    told: Rows
    stems: Rows
    is_figure: Marks
    figures: Numbers


def tables(prints: Sequence[Print]) -> Tables:
    """The tables of these reports."""
    facts, stems = _Numbered(), _Numbered()
    sentences = [sentence for one in prints for sentence in one.sentences]
    by_report = facts.rows(in_order(one) for one in prints)
    told = facts.rows(dict.fromkeys(sentence.facts) for sentence in sentences)
    is_figure = np.array([fact[0] == "#" for fact in facts.known], np.bool_)
    so_far = np.concatenate([[0], np.cumsum(is_figure[by_report.items])])
    return Tables(
        sentences=rows((len(one.sentences) for one in prints), np.arange(len(sentences))),
        runs=_runs(prints),
        lengths=np.fromiter((len(one.runs) for one in prints), np.int64),
        facts=by_report,
        told=told,
        stems=stems.rows(sentence.stems for sentence in sentences),
        is_figure=is_figure,
        figures=so_far[by_report.starts + by_report.sizes] - so_far[by_report.starts],
    )


def _runs(prints: Sequence[Print]) -> Rows:
    """The runs of each that another has too: most are of one report alone."""
    told = np.concatenate([np.zeros(0, np.int64), *(one.runs for one in prints)])
    _, which, many = np.unique(told, return_inverse=True, return_counts=True)
    is_shared = many > 1
    names, kept = (np.cumsum(is_shared) - 1)[which.reshape(-1)], is_shared[which.reshape(-1)]
    of = np.repeat(np.arange(len(prints)), [len(one.runs) for one in prints])
    return rows(np.bincount(of[kept], minlength=len(prints)), names[kept])


class _Numbered:
    """Words to numbers, from 0."""

    def __init__(self) -> None:
        self._next = count()
        self.known: dict[str, int] = {}

    def rows(self, lists: Iterable[Iterable[str]]) -> Rows:
        """The numbers of the words of each list."""
        known, numbered = self.known, self._next
        found = [[known[word] if word in known else known.setdefault(word, next(numbered)) for word in words] for words in lists]
        return rows(map(len, found), np.fromiter(chain.from_iterable(found), np.int64))


def stretches(starts: Numbers, sizes: Numbers) -> Numbers:
    """The numbers from each start on, so many of each."""
    before = np.cumsum(sizes) - sizes
    return np.repeat(starts - before, sizes) + np.arange(sizes.sum())


def candidates(of: Tables) -> Numbers:
    """Pairs of reports that share a run of words that few have, or several facts that few have: each as `first * reports + second`, in order."""
    runs, facts = _meetings(of.runs), _meetings(of.facts)
    facts.sort()
    reach = _ANCHORS - 1
    often = facts[reach:][facts[reach:] == facts[: max(0, len(facts) - reach)]]
    return np.union1d(runs, often)


def _meetings(held: Rows) -> Numbers:
    """The pairs of things that share a number which few have, once for each that they share."""
    size = len(held.sizes)
    holders = np.repeat(np.arange(size), held.sizes)[np.argsort(held.items, kind="stable")]
    shares = np.bincount(held.items)
    starts = np.cumsum(shares) - shares
    met = [np.zeros(0, np.int64)]
    for many in range(2, _FEW + 1):
        together = holders[starts[shares == many][:, None] + np.arange(many)]
        first, second = np.triu_indices(many, 1)
        met.append((together[:, first] * size + together[:, second]).reshape(-1))
    return np.concatenate(met)


def worth_aligning(of: Tables, pairs: Numbers) -> Numbers:
    """Those of the pairs that may be kin. Pairs are as `candidates` gives them, and in order."""
    size = len(of.sentences.sizes)
    room = _Room(of)
    return np.concatenate([np.zeros(0, np.int64), *(some[room.may_be_kin(some // size, some % size)] for some in _batches(of, pairs) if len(some))])


def _batches(of: Tables, pairs: Numbers) -> list[Numbers]:
    """The pairs in order, a few reports with all theirs at a time."""
    first, second = np.divmod(pairs, max(1, len(of.sentences.sizes)))
    cells = np.cumsum(of.sentences.sizes[first] * of.sentences.sizes[second])
    reports = np.cumsum(np.diff(first, prepend=-1) > 0)
    return np.split(pairs, np.flatnonzero((np.diff(cells // _CELLS) > 0) | (np.diff(reports // _AT_ONCE) > 0)) + 1)


class _Most(NamedTuple):
    """What is measured of several pairs, as `kinship.Grounds`, and at most: what is not known yet is as high as it may be."""

    facts: Shares
    contained: Shares
    numbers: Shares
    order: Shares
    run: Shares
    share: Shares


class _Cells(NamedTuple):
    """Every sentence of one report with every sentence of another, pair by pair: which pair each is of, and the two sentences.

    `row` and `column` number the sentences: a row is one sentence of the second report in its pair, a column one of the first.
    """

    pair: Numbers
    row: Numbers
    column: Numbers
    own: Numbers
    other: Numbers


class _Room:
    """Room to mark in what some reports hold, while others are compared with them."""

    def __init__(self, of: Tables) -> None:
        self._of = of
        self._width = max(rows.items.max(initial=0) for rows in (of.runs, of.told, of.stems)) + 1
        self._is_held = np.zeros((_AT_ONCE + 1) * self._width, np.bool_)
        # Where the holders of a number begin, and how many they are.
        self._first, self._many = (np.zeros((_AT_ONCE + 1) * self._width, np.int32) for _ in range(2))

    def may_be_kin(self, first: Numbers, second: Numbers) -> Marks:
        """Whether the two reports of each pair may be kin."""
        of = self._of
        shorter = np.minimum(of.lengths[first], of.lengths[second])
        is_copy = self._shared(of.runs, first, second) / np.maximum(shorter, 1) >= COPY - _SLACK
        most, has_enough = self._by_facts(first, second)
        is_kin = has_enough & ~is_copy & _is_possible(most)
        left = np.flatnonzero(is_kin)
        if len(left):
            is_kin[left] = self._by_sentences(first[left], second[left], _some(most, left))
        return is_kin | is_copy

    def _shared(self, held: Rows, first: Numbers, second: Numbers, only: Marks | None = None) -> Numbers:
        """How many numbers the two of each pair have in common; of those marked in `only`, where it is given."""
        ones, which = np.unique(first, return_inverse=True)
        items, one = held.some(ones)
        own = one * self._width + items if only is None else (one * self._width + items)[only[items]]
        self._is_held[own] = True
        items, pair = held.some(second)
        shared = np.bincount(pair[self._is_held[which[pair] * self._width + items]], minlength=len(first))
        self._is_held[own] = False
        return shared

    def _by_facts(self, first: Numbers, second: Numbers) -> tuple[_Most, Marks]:
        """What the facts of each pair come to, and whether they are enough to tell a rewrite by."""
        of, sizes, figures = self._of, self._of.facts.sizes, self._of.figures
        shared, numbers = self._shared(of.facts, first, second), self._shared(of.facts, first, second, of.is_figure)
        fewer = np.minimum(sizes[first], sizes[second])
        most = _Most(
            facts=shared / np.maximum(sizes[first] + sizes[second] - shared, 1),
            contained=shared / np.maximum(fewer, 1),
            numbers=numbers / np.maximum(figures[first] + figures[second] - numbers, 1),
            order=(shared > 1).astype(np.float64),
            run=np.minimum(np.minimum(of.sentences.sizes[first], of.sentences.sizes[second]), MANY) / MANY,
            share=np.full(len(first), FACTS + WORDS - THRESHOLD),
        )
        return most, fewer >= LEAST

    def _by_sentences(self, first: Numbers, second: Numbers, most: _Most) -> Marks:
        """Whether enough sentences of each pair are alike, in the same order, for the two to be kin."""
        cells, pairs = self._cells(first, second), len(first)
        gain = self._likeness(cells, first, second) - THRESHOLD
        alike = np.flatnonzero(gain > -_SLACK)
        row, column, pair = cells.row[alike], cells.column[alike], cells.pair[alike]
        by_row = np.zeros(cells.row[-1] + 1)
        np.maximum.at(by_row, row, gain[alike])
        rows, columns = (np.bincount(pair[np.unique(of, return_index=True)[1]], minlength=pairs) for of in (row, column))
        share = np.bincount(cells.pair[np.unique(cells.row, return_index=True)[1]], by_row, pairs)
        shorter = np.minimum(self._of.sentences.sizes[first], self._of.sentences.sizes[second])
        most = most._replace(run=np.minimum(np.minimum(rows, columns), MANY) / MANY, share=share / shorter)
        is_kin = _is_possible(most)
        left = np.flatnonzero(is_kin)
        if len(left):
            in_order = _longest(pair, row, column, left)
            is_kin[left] = _is_possible(_some(most, left)._replace(run=np.minimum(in_order, MANY) / MANY))
        return is_kin

    def _cells(self, first: Numbers, second: Numbers) -> _Cells:
        told = self._of.sentences
        across, down = told.sizes[first], told.sizes[second]
        pair = np.repeat(np.arange(len(first)), across * down)
        at = np.arange(len(pair)) - (np.cumsum(across * down) - across * down)[pair]
        row, column = np.divmod(at, across[pair])
        rows, columns = np.cumsum(down) - down, np.cumsum(across) - across
        return _Cells(pair, row + rows[pair], column + columns[pair], told.starts[first][pair] + column, told.starts[second][pair] + row)

    def _likeness(self, cells: _Cells, first: Numbers, second: Numbers) -> Shares:
        """How alike the two sentences of each cell are, as `alignment` has it."""
        told, stems = self._of.told, self._of.stems
        facts, words = self._in_common(told, first, second), self._in_common(stems, first, second)
        fewer = np.maximum(np.minimum(told.sizes[cells.own], told.sizes[cells.other]), 1)
        product = np.maximum(stems.sizes[cells.own] * stems.sizes[cells.other], 1)
        alike: Shares = FACTS * (facts / fewer * np.minimum(1.0, facts / ENOUGH)) + WORDS * np.minimum(1.0, FOR_WORDS * words / np.sqrt(product))
        return alike

    def _in_common(self, held: Rows, first: Numbers, second: Numbers) -> Numbers:
        """How many numbers the two sentences of each cell have in common."""
        told, width = self._of.sentences, self._width
        ones, which = np.unique(first, return_inverse=True)
        sentences, one = told.some(ones)
        items, at = held.some(sentences)
        keys = one[at] * width + items
        order = np.argsort(keys, kind="stable")
        holders = (sentences - told.starts[ones][one])[at][order]
        known, begin, many = np.unique(keys[order], return_index=True, return_counts=True)
        self._first[known], self._many[known] = begin, many
        sentences, pair = told.some(second)
        across, down = told.sizes[first], told.sizes[second]
        rows = (np.cumsum(across * down) - across * down - told.starts[second] * across)[pair] + sentences * across[pair]
        items, at = held.some(sentences)
        keys = which[pair[at]] * width + items
        is_held = self._many[keys] > 0
        keys, at = keys[is_held], at[is_held]
        times = self._many[keys].astype(np.int64)
        cells = np.repeat(rows[at], times) + holders[stretches(self._first[keys], times)]
        self._many[known] = 0
        return np.bincount(cells, minlength=int((across * down).sum()))


def _is_possible(most: _Most) -> Marks:
    """Whether a pair of which no more than this is measured may be kin: `kinship.Grounds.score`, for many."""
    total = BIAS + sum(weight * (getattr(most, name) - mean) / spread for name, (mean, spread, weight) in GROUNDS.items())
    marks: Marks = 1 / (1 + np.exp(-np.clip(total, -30.0, 30.0))) >= POSSIBLE - _SLACK
    return marks


def _some(most: _Most, which: Numbers) -> _Most:
    return _Most(*(part[which] for part in most))


def _longest(pair: Numbers, row: Numbers, column: Numbers, wanted: Numbers) -> Numbers:
    """For each wanted pair the most cells of these of which each is further down and to the right than the one before."""
    own = np.isin(pair, wanted)
    which = np.searchsorted(wanted, pair[own])
    # Rows and columns are numbered through; here those of each pair begin with its first that has a cell.
    lowest = np.zeros((2, len(wanted)), np.int64)
    for part, numbers in zip(lowest, (row[own], column[own]), strict=True):
        part[:] = numbers.max(initial=0)
        np.minimum.at(part, which, numbers)
    down, across = row[own] - lowest[0][which], column[own] - lowest[1][which]
    marks = np.zeros((down.max(initial=0) + 1, len(wanted), across.max(initial=0) + 1), np.bool_)
    marks[down, which, across] = True
    longest = np.zeros((len(wanted), marks.shape[2] + 1), np.int64)
    for line in marks:
        longest[:, 1:] = np.maximum(longest[:, 1:], longest[:, :-1] + line)
        np.maximum.accumulate(longest, axis=1, out=longest)
    return longest[:, -1]

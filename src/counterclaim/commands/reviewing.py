"""How far a review has come, as tables for a terminal. Text from reports is hostile: shown as plain characters only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.table import Table
from rich.text import Text

from counterclaim.core.judgement import STATES, Adrift, Judgement, Review, Reviewed
from counterclaim.core.span import Span
from counterclaim.publish.words import acted, chain, counted, dated, day, slots
from counterclaim.reconcile.judging import told
from counterclaim.terminal import visible

_STATES = {"accepted": "green", "corrected": "yellow", "rejected": "red", "added": "cyan", "unreviewed": "dim"}
# Enough of a key to tell claims of one record apart, short enough to type.
SHORT = 10


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold", show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def progress_rows(found: Sequence[Review]) -> Table:
    """A row a report, with how many claims are in each state, and one for all."""
    whole = sum(len(one.reviewed) for one in found)
    done = whole - sum(one.count("unreviewed") for one in found)
    table = _table(f"{done} of {counted(whole, 'claim')} reviewed; silent: sentences that gave no claim", "report", *STATES, "adrift", "silent")
    table.columns[0].no_wrap = True
    for one in found:
        table.add_row(visible(one.report), *(Text(str(one.count(state))) for state in STATES), Text(str(len(one.adrift))), Text(str(len(one.silent))))
    if len(found) > 1:
        sums = [sum(one.count(state) for one in found) for state in STATES]
        astray, silent = sum(len(one.adrift) for one in found), sum(len(one.silent) for one in found)
        table.add_row(Text("all", "bold"), *(Text(str(number), "bold") for number in (*sums, astray, silent)))
    return table


def reviewed_rows(reviewed: Iterable[Reviewed]) -> Table:
    """A row a claim: the beginning of its key, its state, what it says as it counts, and what people said about it."""
    table = _table("claims", "key", "state", "what is said", "judgements")
    for one in reviewed:
        claim = one.effective or one.claim
        table.add_row(
            Text(one.claim.key[:SHORT]),
            Text(one.state, _STATES[one.state]),
            visible(f"{chain(claim)} {acted(claim)}: {claim.kind}, {slots(claim)}{dated(claim)}"),
            visible("\n".join(_told(judgement, moved=judgement.key in one.moved) for judgement in one.judgements)),
        )
    return table


def _told(judgement: Judgement, *, moved: bool) -> str:
    value = told(judgement)
    return f"{judgement.decision}{f' {value}' if value else ''} ({judgement.by}, {day(judgement.at.date())}{', of an older reading' if moved else ''})"


def adrift_rows(adrift: Iterable[Adrift]) -> Table:
    """A row a judgement that fits no claim, with the words it was about and the reason."""
    table = _table("judgements that no longer fit", "key", "judgement", "about", "why it does not fit")
    for one in adrift:
        at = one.judgement.anchor
        table.add_row(
            Text(one.judgement.key[:SHORT]),
            visible(_told(one.judgement, moved=False)),
            visible(f"{at.report} {at.kind}: “{at.quote}”" if at else one.judgement.about),
            visible("; now: ".join((one.reason, *([", ".join(key[:SHORT] for key in one.now)] if one.now else [])))),
        )
    return table


def silent_rows(spans: Iterable[Span], text: str) -> Table:
    """A row a sentence that gave no claim."""
    table = _table("sentences that gave no claim", "at", "words")
    for span in spans:
        table.add_row(Text(f"{span.start}-{span.end}"), visible(span.of(text)))
    return table

"""The record as plain tables, for CSV and Parquet: claims, positions, board, promises, event reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from counterclaim.core.figure import Figure
from counterclaim.core.mention import Mention
from counterclaim.core.promise import Party
from counterclaim.publish import eventreport
from counterclaim.publish.cells import Column, Rows, Value
from counterclaim.publish.view import View
from counterclaim.publish.words import asked, slots

TableName = Literal["claims", "positions", "board", "promises", "eventreport"]

LOST = (
    "one table at a time: `--table` chooses among claims, positions (findings), board, promises and eventreport",
    "the filled slots of a claim beyond place, first party and number, but as words in `says`",
    "the voices of a chain as a structure: `chain` writes them in a row, with origin, role and source type apart",
    "candidates of a link that stayed open, and the reasons of links",
    "where in the report each slot's words stand; the sentence has its offsets",
)

_CLAIMS = (
    Column("claim", "text", "key of the claim"),
    Column("report", "text", "id of its report"),
    Column("outlet", "text", "who published it"),
    Column("published", "day", "the day it was published"),
    Column("url", "text", "its address"),
    Column("kind", "text", "kind of the claim"),
    Column("act", "text", "what the innermost voice does: asserts, denies, promises, …"),
    Column("modality", "text", "actual, planned, conditional, hypothetical, past-background, habitual"),
    Column("says", "text", "its filled slots in words"),
    Column("origin", "text", "whose word it is in the end"),
    Column("origin_type", "text", "official, belligerent, witness, medical, …"),
    Column("speaks_for", "text", "the side the origin speaks for"),
    Column("chain", "text", "all voices from the outlet to the origin"),
    Column("parties", "list", "the actors in its slots"),
    Column("place", "text", "its place, as linked"),
    Column("place_key", "text", "key of the place in its gazetteer"),
    Column("latitude", "number", "WGS 84"),
    Column("longitude", "number", "WGS 84"),
    Column("from", "day", "first day of what is claimed"),
    Column("to", "day", "last day"),
    Column("time_words", "text", "the report's words for the time"),
    Column("dated", "text", "what the day rests on where the claim's own words give none: said, report, event"),
    Column("low", "number", "least number, where the claim has one"),
    Column("high", "number", "greatest number"),
    Column("number_words", "text", "the report's words for the number"),
    Column("unit", "text", "the number's unit"),
    Column("counting", "text", "how the number stands to others: part, further, sum, former; empty where it counts for itself"),
    Column("hedges", "list", "words that hedge it"),
    Column("refutes", "text", "key or words of what it refutes"),
    Column("interest", "text", "whether the origin's side gains by it"),
    Column("quotable", "flag", "whether the sentence can be quoted for it by itself"),
    Column("withdrawn", "flag", "whether it was taken back"),
    Column("replaced_by", "text", "key of the claim of a later version of the report that stands in its place"),
    Column("total", "text", "why it counts more than one event: over a war, over more than a month, over a country; empty for a count of an event"),
    Column("standings", "list", "standings of the findings it stands in"),
    Column("score", "number", "how sure the reader is, 0 to 1"),
    Column("because", "text", "what it was read by"),
    Column("sentence", "text", "the words it rests on"),
    Column("start", "integer", "where they start in the stored text"),
    Column("end", "integer", "where they end"),
)
_POSITIONS = (
    Column("finding", "text", "key of the finding"),
    Column("kind", "text", "kind of its question"),
    Column("question", "text", "the question in words"),
    Column("standing", "text", "claimed, conceded, corroborated, disputed, verified, not-verified, withdrawn"),
    Column("because", "text", "the rule that gave it, in words"),
    Column("verification", "text", "what checks came to"),
    Column("low", "number", "least number over the claims; empty where open"),
    Column("best", "number", "only where a rule chose one"),
    Column("high", "number", "greatest number; empty where open"),
    Column("party", "text", "who takes this position"),
    Column("says", "text", "the position"),
    Column("interest", "text", "whether the party gains by it"),
    Column("origins", "integer", "its independent origins"),
    Column("reports", "integer", "its reports"),
    Column("claims", "list", "keys of its claims"),
)
_BOARD = (
    Column("place", "text", "the place"),
    Column("place_key", "text", "its key"),
    Column("claimant", "text", "whose word it is"),
    Column("from", "day", "first day, as told"),
    Column("to", "day", "last day, as told"),
    Column("says", "text", "holds, does-not-hold, contested, besieged"),
    Column("holders", "list", "of whom"),
    Column("change", "text", "as claimed"),
    Column("basis", "text", "said, conceded, denied, excepted, derived"),
    Column("told", "text", "the cell in words"),
    Column("concedes", "flag", "gives its own side's place away"),
    Column("open", "flag", "who holds the place stays open"),
    Column("withdrawn", "flag", "taken back"),
    Column("disputed", "flag", "another claimant says otherwise for a day of it"),
    Column("origins", "integer", "its independent origins"),
    Column("reports", "integer", "its reports"),
    Column("claims", "list", "keys of its claims"),
)
_PROMISES = (
    Column("promise", "text", "key of the promise"),
    Column("kind", "text", "offer, demand, pledge, agreement"),
    Column("by", "list", "who makes it"),
    Column("to", "list", "to whom"),
    Column("from", "day", "day of the first wording"),
    Column("to_day", "day", "day of the last"),
    Column("wordings", "integer", "how many there are"),
    Column("term", "text", "key of the term"),
    Column("role", "text", "ask, undertaking, agreed"),
    Column("who", "text", "who is to do it"),
    Column("act", "text", "what is to be done"),
    Column("places", "list", "where"),
    Column("state", "text", "open, met, broken, unknown"),
    Column("because", "text", "why"),
    Column("answers", "list", "answers, each with who and what"),
    Column("silences", "list", "who had not answered, and by which day"),
    Column("claims", "list", "keys of the claims of its wordings"),
)


def rows(view: View, table: TableName = "claims") -> Rows:
    """One of the tables, its rows in an order that depends on the record alone."""
    return _TABLES[table](view)


def columns(table: TableName) -> tuple[Column, ...]:
    """The columns of a table."""
    return {"claims": _CLAIMS, "positions": _POSITIONS, "board": _BOARD, "promises": _PROMISES, "eventreport": eventreport.COLUMNS}[table]


def claims(view: View) -> Rows:
    """One row a claim, in the order of the text."""
    made = []
    for claim in view.claims.values():
        report, place, figure = view.reports.get(claim.report), view.place_of(claim), _figure(claim.proposition)
        origin = claim.chain[-1] if len(claim.chain) > 1 else None
        mentions = [one for slot in claim.proposition.__struct_fields__ for one in _mentions(getattr(claim.proposition, slot)) if slot not in _PLACES]
        made.append(
            (
                claim.key,
                claim.report,
                view.outlet(claim),
                report.published.day if report else None,
                report.url if report else None,
                claim.kind,
                claim.act,
                claim.modality,
                slots(claim),
                view.says(claim),
                origin.source_type if origin else "media",
                origin.speaks_for if origin else None,
                view.chain(claim),
                tuple(dict.fromkeys(view.name(claim, one, "actor") for one in mentions)),
                place.name if place else None,
                place.key if place else None,
                place.at.lat if place and place.at else None,
                place.at.lon if place and place.at else None,
                claim.when.start if claim.when else None,
                claim.when.end if claim.when else None,
                claim.when.words if claim.when else None,
                claim.dated,
                figure.low if figure else None,
                figure.high if figure else None,
                figure.words if figure else None,
                figure.unit if figure else None,
                claim.counting,
                claim.hedges,
                claim.refutes,
                claim.interest.value if claim.interest else None,
                claim.quotable,
                claim.key in view.material.withdrawn,
                view.material.replaced.get(claim.key),
                view.material.totals.get(claim.key),
                tuple(sorted({one.standing for one in view.findings([claim.key])})),
                claim.score,
                claim.because,
                claim.evidence.quote,
                claim.evidence.start,
                claim.evidence.end,
            )
        )
    return Rows(_CLAIMS, tuple(made))


def positions(view: View) -> Rows:
    """One row for each position of each finding."""
    made: list[tuple[Value, ...]] = []
    for finding in sorted(view.material.findings, key=lambda one: (one.question["kind"] or "", one.key)):
        head = (finding.key, finding.question["kind"], asked(finding), finding.standing, finding.because, finding.verification)
        numbers = (finding.low, finding.best, finding.high)
        made += [(*head, *numbers, one.party, one.says, one.interest, one.origins, one.reports, one.claims) for one in finding.positions]
    return Rows(_POSITIONS, tuple(made))


def board(view: View) -> Rows:
    """One row a cell, as the board has them."""
    made = tuple(
        (
            one.place.shown,
            one.place.key,
            one.claimant.shown,
            one.first,
            one.last,
            one.says,
            one.holders,
            one.change,
            one.basis,
            one.told,
            one.concedes,
            one.open,
            one.withdrawn,
            bool(one.disputed_by),
            one.origins,
            one.reports,
            one.claims,
        )
        for one in view.material.cells
    )
    return Rows(_BOARD, made)


def promises(view: View) -> Rows:
    """One row for each term of each promise; a promise without terms has one row."""
    made: list[tuple[Value, ...]] = []
    for one in sorted(view.material.promises, key=lambda promise: (str(promise.first or "9999"), promise.key)):
        head = (one.key, one.kind, _parties(one.by), _parties(one.to), one.first, one.last, len(one.wordings))
        answers = tuple(f"{reply.by or 'somebody'}: {reply.value}" for reply in one.answers)
        silences = tuple(f"{still.by or 'somebody'}{f' by {still.day}' if still.day else ''}" for still in one.silences)
        tail = (answers, silences, tuple(dict.fromkeys(wording.claim for wording in one.wordings)))
        terms: list[tuple[Value, ...]] = [
            (term.key, term.role, term.party.name if term.party else None, term.act, term.places, term.state, term.because) for term in one.terms
        ]
        made += [(*head, *term, *tail) for term in terms or [(None, None, None, None, (), None, one.because)]]
    return Rows(_PROMISES, tuple(made))


_TABLES: dict[TableName, Callable[[View], Rows]] = {
    "claims": claims,
    "positions": positions,
    "board": board,
    "promises": promises,
    "eventreport": eventreport.rows,
}
_PLACES = frozenset({"place", "places", "except_"})


def _mentions(value: object) -> list[Mention]:
    return [one for one in value if isinstance(one, Mention)] if isinstance(value, tuple) else []


def _figure(proposition: object) -> Figure | None:
    found = getattr(proposition, "count", None) or getattr(proposition, "amount", None)
    return found if isinstance(found, Figure) else None


def _parties(parties: tuple[Party, ...]) -> tuple[str, ...]:
    return tuple(party.name for party in parties)

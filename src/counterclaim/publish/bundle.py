"""A record to a folder of plain pages that open from disk: reports with their claims marked, findings, events, the board, promises.

What it captures: every report's text with each claim's sentence marked and numbered, every finding with its positions and the way to the sentences.
What it does not: search, sort or draw a map (that needs a script); let the record be changed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from counterclaim.core.claim import Claim
from counterclaim.core.codec import key
from counterclaim.core.finding import Finding
from counterclaim.core.report import Report
from counterclaim.publish.collapse import told
from counterclaim.publish.escaping import link, page, text
from counterclaim.publish.events import parts, total
from counterclaim.publish.view import View
from counterclaim.publish.words import acted, asked, counted, day, range_words, slots, span, when

LOST = (
    "search, sorting, the map and the timeline: the pages are plain",
    "candidates of links that stayed open, kinship of reports, and the derivation of each finding (`counterclaim why`)",
    "decisions of people and the log of the record",
    "machine-readable values: every other format is for those",
)
_STYLE = (
    "body{font:16px/1.5 Georgia,serif;margin:0 auto;max-width:62rem;padding:1rem;color:#1b1b1b;background:#fff}nav,small,th,.k{font-family:system-ui,sans-serif}"
    "nav{padding:.5rem 0;border-bottom:1px solid #999}h1{line-height:1.2}pre.t{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}"
    "mark{background:#fff1b8;color:inherit}table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ccc;padding:.3rem .5rem;text-align:left;"
    "vertical-align:top;overflow-wrap:break-word}td:last-child{overflow-wrap:anywhere}.k{font-size:.85em;border:1px solid #666;border-radius:.3em;padding:0 .3em}blockquote{margin:.3rem 0 .3rem 1rem;"
    "color:#333}li:target,section:target{outline:2px solid #06c}small{color:#444}@media (prefers-color-scheme:dark){body{background:#161616;color:#eee}"
    "mark{background:#5c4a00}a{color:#8ab4f8}small,blockquote{color:#bbb}}"
)
_UNSAFE = re.compile(r"[^a-z0-9-]+")


def files(view: View, head: dict[str, Any]) -> dict[str, bytes]:
    """Every page by its path."""
    made = {
        "index.html": _index(view, head),
        "findings.html": _findings(view),
        "events.html": _events(view),
        "board.html": _board(view),
        "promises.html": _promises(view),
    }
    return made | {f"reports/{file_name(report.id)}": _report(view, report) for report in view.reports.values()}


def file_name(report: str) -> str:
    """A name for a report's page that every file system takes, and no two reports share."""
    return f"{_UNSAFE.sub('-', report.casefold())[:60].strip('-') or 'report'}-{key('page', report)[:8]}.html"


def _index(view: View, head: dict[str, Any]) -> bytes:
    standing = Counter(one.standing for one in view.material.findings)
    counts = [
        counted(len(view.reports), "report"),
        counted(len(view.claims), "claim"),
        f"{counted(len(view.material.findings), 'finding')} ({', '.join(f'{number} {name}' for name, number in sorted(standing.items()))})",
        counted(len(view.material.stories), "event"),
    ]
    rows = [
        (
            f'<a href="reports/{file_name(one.id)}">{text(one.title or one.id)}</a>',
            text(one.outlet or "unnamed outlet"),
            text(f"{day(one.published.day)} ({one.published.basis})" if one.published.day else "undated"),
            text(len(view.claims_in(one.id))),
        )
        for one in view.reports.values()
    ]
    lost = "".join(f"<li>{text(one)}</li>" for one in head["lost"])
    redacted = "<p>Names of private persons were left out.</p>" if view.material.is_redacted else ""
    body = (
        f"<p>{text(', '.join(counts))}. Every line says how its matter stands; nothing is decided here.</p>{redacted}"
        f"<h2>Reports</h2>{_table(('report', 'outlet', 'published', 'claims'), rows)}"
        f"<h2>Lost in this export</h2><ul>{lost}</ul><p><small>{text(head['by'])}</small></p>"
    )
    return page("The record", body, _STYLE)


def _report(view: View, report: Report) -> bytes:
    claims = view.claims_in(report.id)
    published = f"{day(report.published.day)} ({report.published.basis})" if report.published.day else "undated"
    head = f"<p>{text(report.outlet or 'unnamed outlet')}, {text(published)}{', ' + link(report.url, report.url) if report.url else ''}</p>"
    listed = "".join(_claim(view, number, claim) for number, claim in enumerate(claims, 1))
    body = f'{head}<pre class="t">{marked(report.text, claims)}</pre><h2>Claims</h2><ol>{listed}</ol>'
    return page(report.title or report.id, body, _STYLE, root="../")


def marked(stored: str, claims: Sequence[Claim]) -> str:
    """A report's text with the sentences of its claims marked, each with the numbers of its claims behind it."""
    inside = [(max(0, claim.evidence.start), min(len(stored), claim.evidence.end), number) for number, claim in enumerate(claims, 1)]
    inside = [one for one in inside if one[0] < one[1]]
    edges = sorted({0, len(stored), *(edge for start, end, _ in inside for edge in (start, end))})
    out = []
    for start, end in pairwise(edges):
        piece = text(stored[start:end])
        out.append(f"<mark>{piece}</mark>" if any(a <= start and end <= b for a, b, _ in inside) else piece)
        ends = [number for _, b, number in inside if b == end]
        ways = ", ".join(f'<a href="#c{number}">{number}</a>' for number in ends)
        out.append(f"<sup>{ways}</sup>" if ways else "")
    return "".join(out)


def _claim(view: View, number: int, claim: Claim) -> str:
    withdrawn = "" if view.is_standing(claim.key) else f" <span class=k>{'withdrawn' if claim.key in view.material.withdrawn else 'replaced'}</span>"
    found = "; ".join(f'<a href="../findings.html#{text(one.key)}">{text(one.standing)}</a>' for one in view.findings([claim.key]))
    told_when = f", {when(claim.when)}" if claim.when else ""
    return (
        f'<li id="c{number}"><span class=k>{text(claim.kind)}</span> {text(view.chain(claim))} <i>{text(acted(claim))}</i>: {text(slots(claim))}{text(told_when)}'
        f"{withdrawn} <small>{found}</small><blockquote>{text(claim.evidence.quote)}</blockquote></li>"
    )


def _findings(view: View) -> bytes:
    ordered = sorted(view.material.findings, key=lambda one: (one.question["kind"] or "", asked(one), one.key))
    return page("Findings", "".join(_finding(view, one) for one in ordered) or "<p>None.</p>", _STYLE)


def _finding(view: View, finding: Finding) -> str:
    rows = [
        (
            text(one.party or "an unnamed source"),
            text(one.says),
            text(f"{counted(one.reports, 'report')}, {counted(one.origins, 'origin')}"),
            _ways(view, one.claims),
        )
        for one in finding.positions
    ]
    number = range_words(finding)
    return (
        f'<section id="{text(finding.key)}"><h2>{text(asked(finding))}</h2><p><span class=k>{text(finding.standing)}</span> {text(finding.because)}'
        f"{f'; {text(number)}' if number else ''}</p>{_table(('who', 'says', 'on', 'sentences'), rows)}</section>"
    )


def _ways(view: View, keys: Iterable[str]) -> str:
    """Links to the claims on the pages of their reports."""
    found = []
    for name in keys:
        if claim := view.claims.get(name):
            number = view.numbers[name]
            found.append(f'<a href="reports/{file_name(claim.report)}#c{number}">{text(claim.report)} {number}</a>')
    return ", ".join(found)


def _events(view: View) -> bytes:
    rows = []
    for story in sorted(view.material.stories, key=lambda one: (str(one.last or "9999"), one.key)):
        who = "; ".join(f"{one.role}: {one.name}" for one in parts(view, story, "attacker", "target", "side", "taker", "loser", "mover", "harmed"))
        killed = "; ".join(f"{one.shown} by {', '.join(one.by)}{one.told_by}" for one in told(view, story))
        rows.append(
            (
                text(span(story.first, story.last) or "undated"),
                text(story.place.name if story.place else ""),
                text(f"{', '.join(story.kinds)}{' (a total, and no event)' if total(view, story) else ''}"),
                text(who),
                text(killed),
                text(f"{counted(len(story.reports), 'report')}, {counted(len(story.origins), 'origin')}"),
                _ways(view, story.claims),
            )
        )
    return page("Events", _table(("day", "place", "kinds", "who, by somebody's word", "killed", "on", "sentences"), rows), _STYLE)


def _board(view: View) -> bytes:
    rows = [
        (
            text(one.place.shown),
            text(span(one.first, one.last) or "undated"),
            text(one.claimant.shown or "an unnamed source"),
            text(one.told),
            text(
                ", ".join(
                    filter(None, (one.basis, "conceded" if one.concedes else "", "disputed" if one.disputed_by else "", "withdrawn" if one.withdrawn else ""))
                )
            ),
            _ways(view, one.claims),
        )
        for one in view.material.cells
    ]
    return page("Board", _table(("place", "days", "by the word of", "told", "how", "sentences"), rows), _STYLE)


def _promises(view: View) -> bytes:
    made = []
    for one in sorted(view.material.promises, key=lambda promise: (str(promise.first or "9999"), promise.key)):
        parties = f"{', '.join(party.name for party in one.by) or 'somebody'}{' to ' + ', '.join(party.name for party in one.to) if one.to else ''}"
        terms = [
            (text(t.role), text(t.party.name if t.party else ""), text(t.act), text(", ".join(t.places)), text(t.state), text(t.because)) for t in one.terms
        ]
        said = "".join(f"<blockquote>{text(wording.words)} {_ways(view, [wording.claim])}</blockquote>" for wording in one.wordings)
        answers = "".join(
            f"<p>{text(reply.by or 'somebody')}: {text(reply.value)}{text(f', {day(reply.day)}' if reply.day else '')}</p>" for reply in one.answers
        )
        silent = "".join(
            f"<p>{text(still.by or 'somebody')} had not answered{text(f' by {day(still.day)}' if still.day else '')}</p>" for still in one.silences
        )
        title = f"{one.kind}: {parties}, {span(one.first, one.last) or 'undated'}"
        table = _table(("term", "who", "what", "where", "state", "why"), terms) if terms else ""
        made.append(f'<section id="{text(one.key)}"><h2>{text(title)}</h2>{said}{table}{answers}{silent}</section>')
    return page("Promises", "".join(made) or "<p>None.</p>", _STYLE)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; its cells are HTML already."""
    columns = "".join(f"<th scope=col>{text(name)}</th>" for name in head)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in rows)
    return f"<table><thead><tr>{columns}</tr></thead>\n<tbody>{body}</tbody></table>"

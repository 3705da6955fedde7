"""Record values as rich tables for the command line. Text from reports is hostile: shown as plain characters only."""

from __future__ import annotations

import importlib.metadata
import platform
import sqlite3
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from counterclaim.config import Settings
from counterclaim.core.actor import Known
from counterclaim.core.claim import Claim
from counterclaim.core.finding import Finding
from counterclaim.core.link import Link
from counterclaim.core.report import Report
from counterclaim.errors import CounterclaimError
from counterclaim.gazetteers import Installed
from counterclaim.publish.words import chain, counted, question_words, range_words, slots
from counterclaim.read.gazetteers import Tally
from counterclaim.record import Step
from counterclaim.store import Store

_CONTROL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(8234, 8239), *range(8294, 8298)), "�")
_COLOURS = {
    "control": "cyan",
    "casualties": "red",
    "attack": "red",
    "fighting": "red",
    "offer": "green",
    "pledge": "green",
    "demand": "yellow",
    "answer": "yellow",
    "verification": "magenta",
    "aid": "blue",
    "need": "blue",
}
_STANDINGS = {"disputed": "red", "conceded": "yellow", "not-verified": "magenta", "verified": "green", "corroborated": "green", "withdrawn": "dim"}
# Rows of one demo table: a first look, not a report.
_DEMO_ROWS = 8


def plain(words: str) -> str:
    """The words without characters a terminal would obey, and without rich's markup."""
    return words.translate(_CONTROL).replace("[", r"\[")


def visible(words: str, style: str = "") -> Text:
    """The words as text of a terminal, without characters it would obey."""
    return Text(words.translate(_CONTROL), style=style)


def claim_rows(claims: Iterable[Claim]) -> Table:
    """A table of claims."""
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for column in ("kind", "act", "voices", "what is said", "report"):
        table.add_column(column, overflow="fold")
    for claim in claims:
        table.add_row(
            visible(claim.kind, _COLOURS.get(claim.kind, "")), visible(claim.act), visible(chain(claim)), visible(slots(claim)), visible(claim.report, "dim")
        )
    return table


def finding_rows(findings: Iterable[Finding]) -> Table:
    """A table of findings."""
    table = Table(box=None, pad_edge=False, header_style="bold", show_lines=False)
    for column in ("standing", "question", "positions", "range"):
        table.add_column(column, overflow="fold")
    for f in findings:
        table.add_row(
            visible(f.standing, _STANDINGS.get(f.standing, "")), visible(question_words(f)), visible("\n".join(_position(f))), visible(range_words(f))
        )
    return table


def _position(finding: Finding) -> list[str]:
    return [f"{p.party or 'unnamed'}: {p.says} ({counted(p.reports, 'report')}, {counted(p.origins, 'origin')})" for p in finding.positions]


def report_view(report: Report, claims: Sequence[Claim]) -> RenderableType:
    """A report's text, sentence by sentence, with the claims each sentence carries beside it."""
    table = Table(box=None, pad_edge=False, show_header=False, expand=True)
    table.add_column(ratio=3, overflow="fold")
    table.add_column(ratio=2, overflow="fold")
    by_span: dict[tuple[int, int], list[Claim]] = {}
    for claim in claims:
        by_span.setdefault((claim.evidence.start, claim.evidence.end), []).append(claim)
    at = 0
    for (start, end), of_sentence in sorted(by_span.items()):
        if start > at:
            table.add_row(visible(report.text[at:start].strip("\n"), "dim"), "")
        beside = Text()
        for claim in of_sentence:
            beside.append(f"{claim.kind} ", _COLOURS.get(claim.kind, "bold"))
            beside.append(f"{claim.act} ".translate(_CONTROL), "italic")
            beside.append(f"{chain(claim)}\n".translate(_CONTROL), "bold")
            beside.append(f"  {slots(claim)}\n".translate(_CONTROL))
        table.add_row(visible(report.text[max(at, start) : end]), beside)
        at = max(at, end)
    if at < len(report.text):
        table.add_row(visible(report.text[at:].strip("\n"), "dim"), "")
    head = f"{report.outlet or 'unnamed outlet'} · {report.published.day or 'no date'} ({report.published.basis}) · {len(claims)} claims"
    return Panel(Group(visible(head, "bold"), Text(), table), title=visible(report.id), title_align="left")


def demo_tables(findings: Sequence[Finding], claims: Mapping[str, Claim]) -> list[RenderableType]:
    """What is disputed, offered and unverified, each with the sentences it rests on."""
    out: list[RenderableType] = []
    for title, chosen in (
        ("Disputed or conceded", [f for f in findings if f.standing in ("disputed", "conceded")]),
        ("Offered", [f for f in findings if f.question.get("kind") == "offer"]),
        ("Not verified", [f for f in findings if f.standing == "not-verified" or f.question.get("kind") == "verification"]),
    ):
        table = Table(title=f"{title} ({len(chosen)})", title_justify="left", title_style="bold", show_lines=True, expand=True)
        table.add_column("standing", no_wrap=True)
        table.add_column("question and positions", ratio=2, overflow="fold")
        table.add_column("the words", ratio=3, overflow="fold")
        for f in chosen[:_DEMO_ROWS]:
            quotes = [claims[k] for p in f.positions for k in p.claims if k in claims][:3]
            words = "\n".join(f"{c.report}: {c.evidence.quote}" for c in quotes)
            answered = [f"{a.by or 'unnamed'} answers: {a.value}" + (f" as of {a.as_of}" if a.as_of else "") for a in f.answers]
            table.add_row(
                visible(f.standing, _STANDINGS.get(f.standing, "")), visible("\n".join([question_words(f), *_position(f), *answered])), visible(words)
            )
        if not chosen:
            table.add_row("", "nothing", "")
        if len(chosen) > _DEMO_ROWS:
            table.caption = f"and {len(chosen) - _DEMO_ROWS} more: counterclaim findings --record demo.db"
        out.append(table)
    return out


def refusal_table(refused: Iterable[Step]) -> Table:
    """What could not be read, and why."""
    table = Table(title="refused", title_justify="left", box=None, pad_edge=False)
    table.add_column("source", overflow="fold")
    table.add_column("why", overflow="fold")
    for step in refused:
        table.add_row(visible(step.name), visible(step.reason or ""))
    return table


def actor_rows(actors: Iterable[Known]) -> Table:
    """A table of actors with their names and ties."""
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for column in ("actor", "called", "ties", "reports", "joined or possible"):
        table.add_column(column, overflow="fold")
    for actor in sorted(actors, key=lambda a: (-len(a.reports), a.name)):
        ties = sorted({f"{tie.relation} {tie.to}" if tie.relation == "speaks for" else tie.to for tie in actor.ties})
        notes = [f"joined: {why}" for _, why in actor.merged] + [f"possible: {why}" for _, why in actor.maybe]
        called = [name for name in actor.names if name != actor.name]
        table.add_row(
            visible(actor.name), visible(" · ".join(called)), visible("; ".join(ties)), visible(str(len(actor.reports))), visible("; ".join(notes), "dim")
        )
    return table


def open_rows(links: Iterable[Link]) -> Table:
    """A table of words that stay open or are flagged."""
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for column in ("words", "may mean", "report", "why"):
        table.add_column(column, overflow="fold")
    for link in links:
        maybe = " · ".join(c.name for c in link.candidates) or (link.target.name if link.target else "")
        table.add_row(visible(link.words), visible(maybe, "yellow"), visible(link.report), visible(link.flag or link.because, "red" if link.flag else "dim"))
    return table


def place_rows(links: Iterable[Link]) -> Table:
    """A table of wordings and the places they name, one row for the same words meaning the same."""
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for column in ("words", "place", "in", "known to", "score", "reports", "why"):
        table.add_column(column, overflow="fold")
    rows: dict[tuple[str, str, str], list[Link]] = {}
    for link in links:
        rows.setdefault((link.words, link.target.key if link.target else "", link.because), []).append(link)
    for (words, _, because), same in sorted(rows.items()):
        target = same[0].target
        at = target.at if target else None
        where = ", ".join(part for part in ((at.district, at.province, at.country) if at else ()) if part and target and part != target.name)
        maybe = "open: " + " · ".join(c.name for c in same[0].candidates) if same[0].candidates else "open"
        table.add_row(
            visible(words),
            visible(target.name) if target else visible(maybe, "yellow"),
            visible(where),
            visible(at.precision if at else ""),
            visible(f"{target.score:.2f}" if target else ""),
            visible(str(len({link.report for link in same}))),
            visible(because, "dim"),
        )
    return table


def gazetteer_rows(gazetteers: Iterable[Installed]) -> Table:
    """A table of imported gazetteers."""
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for column in ("name", "places", "size", "what it is", "licence"):
        table.add_column(column, overflow="fold")
    for each in gazetteers:
        places = f"{each.places:,}" if each.places is not None else ""
        made = each.made or "" if each.is_whole else "half imported: the same import command goes on, `remove` deletes it"
        table.add_row(visible(each.name), visible(places), visible(f"{each.bytes / 1e6:,.1f} MB"), visible(made), visible(each.licence or "", "dim"))
    return table


def tally_words(tally: Tally) -> str:
    """What an import kept and what it passed over, on one line."""
    kept = [f"{tally.places:,} places", *([f"{tally.names:,} other names"] if tally.names else [])]
    kept += [f"{tally.matched:,} of them units with their P-codes that the package knows"] if tally.matched else []
    passed = (
        (tally.malformed, "malformed rows"),
        (tally.outside, "rows of other countries"),
        (tally.scripts, "names in other scripts"),
        (tally.codes, "codes"),
    )
    over = ", ".join(f"{count:,} {what}" for count, what in passed if count)
    return ", ".join(kept) + (f" (passed over: {over})" if over else "")


def malformed_table(tally: Tally) -> Table:
    """The first malformed rows of a file, and why each is."""
    table = Table(title=f"malformed rows, the first {len(tally.named)} of {tally.malformed:,}", title_justify="left", box=None, pad_edge=False)
    table.add_column("line", justify="right")
    table.add_column("why", overflow="fold")
    for bad in tally.named:
        table.add_row(visible(f"{bad.line:,}"), visible(bad.reason))
    return table


def doctor_table(settings_file: Path, settings: Settings, record: Path) -> tuple[Table, bool]:
    """The state of the installation, and whether everything is well."""
    table = Table(box=None, pad_edge=False, show_header=False)
    sound = True

    def row(name: str, value: str, ok: bool = True) -> None:
        nonlocal sound
        sound = sound and ok
        table.add_row(visible("ok" if ok else "!!", "green" if ok else "red"), visible(name), visible(value))

    row("counterclaim", importlib.metadata.version("counterclaim"))
    row("Python", f"{platform.python_version()} ({sys.executable})", sys.version_info >= (3, 11))
    fts = sqlite3.connect(":memory:").execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0]
    row("SQLite", f"{sqlite3.sqlite_version}, full-text search {'there' if fts else 'missing: install a Python whose SQLite has FTS5'}", bool(fts))
    for library in ("msgspec", "trafilatura", "onnxruntime"):
        try:
            row(library, importlib.metadata.version(library))
        except importlib.metadata.PackageNotFoundError:
            row(library, "missing: pip install counterclaim again", ok=False)
    row("settings", f"{settings_file} ({'read' if settings_file.is_file() else 'none, defaults hold'}); reader {settings.reader}")
    if record.exists():
        try:
            with Store.open(record, create=False, readonly=True) as store:
                counts = store.counts()
                row("record", f"{record}: {counts.reports} reports, {counts.claims} claims")
        except CounterclaimError as error:
            row("record", str(error), ok=False)
    else:
        row("record", f"none at {record} yet; counterclaim read makes it")
    return table, sound

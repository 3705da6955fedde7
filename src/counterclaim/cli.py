"""The command line: the only place that prints."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, cast, get_args

import msgspec
import typer

import counterclaim.commands.bulk
import counterclaim.commands.exporting
import counterclaim.commands.findings
import counterclaim.commands.gazetteer
import counterclaim.commands.judging
import counterclaim.commands.tolls
import counterclaim.commands.watching  # noqa: F401 - a module of commands adds its own to the application
from counterclaim import __version__, config
from counterclaim.commands.bars import ReadingBar
from counterclaim.commands.shared import Json, RecordPath, app, day, err, one_of, out, print_lines, warn_of_doubts
from counterclaim.core.claim import KINDS
from counterclaim.core.codec import encode
from counterclaim.core.voice import Act
from counterclaim.errors import CounterclaimError, InputRefused, NotFound, SettingsError
from counterclaim.publish.records import claim_lines
from counterclaim.read import Options, Source, sources
from counterclaim.read.columns import mapping
from counterclaim.read.fetching import Fetcher
from counterclaim.read.located import located
from counterclaim.read.sources import READABLE
from counterclaim.record import Record, Step, default_path
from counterclaim.store import Filter
from counterclaim.terminal import (
    actor_rows,
    claim_rows,
    demo_tables,
    doctor_table,
    open_rows,
    place_rows,
    plain,
    refusal_table,
    report_view,
)
from counterclaim.web.app import LOOPBACK, Serving


def _act(value: str | None) -> Act | None:
    if value is not None and value not in get_args(Act):
        raise SettingsError(f"--act {value!r}: acts are {', '.join(get_args(Act))}")
    return cast("Act | None", value)


def _columns(words: str | None) -> tuple[tuple[str, str], ...]:
    try:
        return mapping(words) if words is not None else ()
    except ValueError as error:
        raise SettingsError(f"--map {words!r}: {error}") from error


def _settings(reader: str | None) -> config.Settings:
    found = config.load()
    if reader is None:
        return found
    if reader not in ("rules", "trained"):
        raise SettingsError(f"--reader {reader!r}: readers are rules, trained")
    return msgspec.structs.replace(found, reader=reader)


@app.command(
    epilog="**Examples:** `counterclaim read page.html` · `counterclaim read folder/ wires.jsonl --record yemen.db` · `cat post.txt | counterclaim read - --published 2023-05-02`"
)
def read(
    source: Annotated[
        list[str], typer.Argument(help="Files or folders (pages, texts, PDF, tables, feeds, archives), addresses of the web, or `-` for standard input.")
    ],
    record: RecordPath = None,
    published: Annotated[str | None, typer.Option(help="The day all these reports were published (YYYY-MM-DD), where they do not say or say wrongly.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Who published all these reports.")] = None,
    columns: Annotated[
        str | None, typer.Option("--map", help="Which column of a table, or field of an object, holds what: `text=body,title=headline,published=date`.")
    ] = None,
    reader: Annotated[str | None, typer.Option(help="`trained` (the engine) or `rules` (the plain reference, needs no model).")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be read and refused; change nothing.")] = False,
) -> None:
    """Read reports into the record. Reading the same report again changes nothing; a stopped run goes on where it stopped."""
    settings = _settings(reader)
    options = Options(published=day(published, "--published"), outlet=outlet, largest=settings.largest, columns=_columns(columns))
    fetcher = Fetcher(largest=settings.largest)
    found = list(sources(source, lambda url: located(url, fetcher)))
    if dry_run:
        for each in found:
            would = f"would refuse {each.name}: {each.refused}" if each.refused else f"would {'fetch' if each.fetch else 'read'} {each.name}"
            out.print(plain(would), soft_wrap=True)
        return
    if not found:
        raise InputRefused(", ".join(source), f"nothing to read here; readable are {' '.join(READABLE)}")
    path = record or default_path()
    try:
        with Record.open(path, settings=settings, create=True) as opened:
            warn_of_doubts(opened)
            _summary(_read_all(opened, found, options), opened.store.path)
    except KeyboardInterrupt:
        err.print(plain(f"stopped; what was read is kept in {path}. The same command goes on where this one stopped."), soft_wrap=True, highlight=False)
        raise typer.Exit(130) from None


def _read_all(opened: Record, found: Sequence[Source], options: Options) -> list[Step]:
    """Read every source, with a bar for all of them and one for the report at hand where it is long."""
    steps: list[Step] = []
    with ReadingBar(err) as bar:
        for done, each in enumerate(found):
            bar.source(each.name, done, len(found))
            for step in opened.read([each], options, bar.report):
                steps.append(step)
                bar.end()
    return steps


def _summary(steps: list[Step], path: Path) -> None:
    count = {k: sum(s.outcome == k for s in steps) for k in ("new", "reread", "unchanged", "refused")}
    claims = sum(s.claims for s in steps if s.outcome in ("new", "reread"))
    out.print(
        f"{count['new']} new reports, {count['reread']} read anew, {count['unchanged']} unchanged, {count['refused']} refused; {claims} claims added to {plain(str(path))}",
        soft_wrap=True,
        highlight=False,
    )
    refused = [s for s in steps if s.outcome == "refused"]
    if refused:
        err.print(refusal_table(refused))
        if len(refused) == len(steps):
            raise typer.Exit(InputRefused.exit_code)


@app.command(epilog="**Example:** `counterclaim show pj-wire-0904`")
def show(report: Annotated[str, typer.Argument(help="The id of a report (`counterclaim reports` lists them).")], record: RecordPath = None) -> None:
    """Show a report's text with its claims beside it."""
    with Record.open(record) as opened:
        found = opened.store.report(report)
        out.print(report_view(found, opened.claims(Filter(report=report))))


@app.command(epilog="**Example:** `counterclaim reports --record yemen.db`")
def reports(record: RecordPath = None, as_json: Json = False) -> None:
    """List the reports of the record."""
    with Record.open(record) as opened:
        for found in opened.store.reports():
            if as_json:
                shown = ("id", "title", "outlet", "published", "url", "reader")
                print_lines([encode({name: getattr(found, name) for name in shown}) + b"\n"])
            else:
                out.print(
                    plain(f"{found.id}  {found.published.day or 'no date'}  {found.outlet or 'no outlet'}  {found.title or ''}"),
                    soft_wrap=True,
                    highlight=False,
                )


@app.command(epilog="**Examples:** `counterclaim claims --kind control --place Paryan` · `counterclaim claims --voice Taliban --json`")
def claims(
    record: RecordPath = None,
    report: Annotated[str | None, typer.Option(help="Only of this report.")] = None,
    kind: Annotated[str | None, typer.Option(help="Only of this kind (control, casualties, offer, …).")] = None,
    act: Annotated[str | None, typer.Option(help="Only with this act (asserts, denies, promises, …).")] = None,
    voice: Annotated[str | None, typer.Option(help="Only where somebody of this name speaks.")] = None,
    place: Annotated[str | None, typer.Option(help="Only about this place.")] = None,
    party: Annotated[str | None, typer.Option(help="Only about this party.")] = None,
    since: Annotated[str | None, typer.Option(help="Only of this day (YYYY-MM-DD) and later.")] = None,
    until: Annotated[str | None, typer.Option(help="Only of this day and earlier.")] = None,
    words: Annotated[str | None, typer.Option(help="Only where the sentence holds these words.")] = None,
    derived: Annotated[
        bool, typer.Option("--derived", help="Only what follows from claims about sets of places (“all districts of X except Y”) by the gazetteer.")
    ] = False,
    as_json: Json = False,
) -> None:
    """List claims: who says what, where it stands."""
    kind = one_of(kind, "--kind", KINDS)
    wanted = Filter(
        report=report, kind=kind, act=_act(act), voice=voice, place=place, party=party, since=day(since, "--since"), until=day(until, "--until"), words=words
    )
    with Record.open(record) as opened:
        found = opened.derived(wanted) if derived else opened.claims(wanted)
        if as_json:
            print_lines(claim_lines(found, opened.links()))
        elif found:
            out.print(claim_rows(found))
        else:
            err.print("no claims meet this; `counterclaim claims` without options lists all")


@app.command(epilog="**Examples:** `counterclaim actors` · `counterclaim actors NRF` · `counterclaim actors --open`")
def actors(
    name: Annotated[str | None, typer.Argument(help="Only actors with this in one of their names.", show_default=False)] = None,
    record: RecordPath = None,
    left_open: Annotated[bool, typer.Option("--open", help="The words that stay open or are flagged, with who they may mean.")] = False,
    as_json: Json = False,
) -> None:
    """List the actors of the record: all names they are called by, whom they speak for, in which reports."""
    wanted = (name or "").casefold()
    with Record.open(record) as opened:
        known = opened.registry()
        if left_open:
            links = [link for link in known.links if link.kind == "actor" and (link.target is None or link.flag) and wanted in link.words.casefold()]
            if as_json:
                print_lines(encode(link) + b"\n" for link in links)
            elif links:
                out.print(open_rows(links))
            else:
                err.print("no words stay open")
            return
        found = [actor for actor in known.actors if any(wanted in each.casefold() for each in (actor.name, *actor.names))]
        if as_json:
            print_lines(encode(actor) + b"\n" for actor in found)
        elif found:
            out.print(actor_rows(found))
        else:
            err.print("no actors meet this; `counterclaim actors` without options lists all")


@app.command(epilog="**Examples:** `counterclaim places` · `counterclaim places Rokha` · `counterclaim places --open --json`")
def places(
    name: Annotated[str | None, typer.Argument(help="Only words or places with this in their name.", show_default=False)] = None,
    record: RecordPath = None,
    left_open: Annotated[bool, typer.Option("--open", help="Only those that stay open, with what they may be.")] = False,
    as_json: Json = False,
) -> None:
    """List the places of the record: the words, which place they name, how closely it is known, and why."""
    with Record.open(record) as opened:
        found = [link for link in opened.links() if link.kind == "place" and (link.target is None or not left_open)]
        wanted = (name or "").casefold()
        found = [link for link in found if wanted in link.words.casefold() or (link.target is not None and wanted in link.target.name.casefold())]
        if as_json:
            print_lines(encode(link) + b"\n" for link in found)
        elif found:
            out.print(place_rows(found))
        else:
            err.print("no places meet this; `counterclaim places` without options lists all")


@app.command(epilog="**Example:** `counterclaim verify --record yemen.db`")
def verify(record: RecordPath = None) -> None:
    """Check the record: the hash chain, the derived tables, every quotation against its text, every kept file."""
    with Record.open(record) as opened:
        problems = list(opened.store.verify())
        for problem in problems:
            err.print(plain(str(problem.thing) + ": " + problem.found), soft_wrap=True)
        if problems:
            raise typer.Exit(5)
        counts = opened.store.counts()
        out.print(f"sound: {counts.events} events, {counts.reports} reports, {counts.claims} claims", highlight=False)


@app.command(epilog="**Example:** `counterclaim demo`, then `counterclaim show pj-wire-0904 --record demo.db`")
def demo(
    record: Annotated[Path, typer.Option("--record", "-r", help="Where to keep the demo record.")] = Path("demo.db"),
    reader: Annotated[str | None, typer.Option(help="`trained` or `rules`.")] = None,
) -> None:
    """Read the demo reports (written for this project) and print what is disputed, offered and unverified."""
    folder = _examples()
    settings = _settings(reader)
    with Record.open(record, settings=settings, create=True) as opened:
        with err.status("reading the demo reports"):
            steps = list(opened.read(sources([folder / "reports"]), Options()))
        for table in demo_tables(opened.findings(), {c.key: c for c in opened.claims()}):
            out.print(table)
        _summary(steps, opened.store.path)
        out.print(
            f"next: counterclaim show pj-wire-0904 --record {plain(str(record))}   counterclaim findings --record {plain(str(record))}",
            soft_wrap=True,
            highlight=False,
        )


def _examples() -> Path:
    here = Path(__file__).resolve()
    for folder in (here.parent / "examples", here.parents[2] / "examples"):
        if (folder / "reports").is_dir():
            return folder
    raise NotFound("the demo reports are not installed with this copy; clone the repository and run ./run demo")


@app.command(epilog="**Example:** `counterclaim serve --record yemen.db --port 8000`")
def serve(
    record: RecordPath = None,
    port: Annotated[int, typer.Option(help="The port on this machine; 0 takes a free one.", min=0, max=65535)] = 8345,
    host: Annotated[str, typer.Option(help="127.0.0.1, localhost or ::1; others are refused, as the pages have no accounts.")] = LOOPBACK,
) -> None:
    """Open the record in the browser, for this machine only. Ctrl-C stops it."""
    try:
        serving = Serving(record or default_path(), config.load(), host=host, port=port)
    except OSError as error:
        raise SettingsError(f"--port {port}: {error.strerror}; name another port, or 0 for a free one") from error
    out.print(f"serving on {serving.address} (Ctrl-C stops)", highlight=False)
    with contextlib.suppress(KeyboardInterrupt):
        serving.run()


@app.command(epilog="**Example:** `counterclaim doctor`")
def doctor(record: RecordPath = None) -> None:
    """Say what is installed, which reader would be used, and whether the record can be opened."""
    table, sound = doctor_table(config.settings_file(), config.load(), record or default_path())
    out.print(table)
    if not sound:
        raise typer.Exit(1)


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False) -> None:
    if version:
        out.print(f"counterclaim {__version__}", highlight=False)
        raise typer.Exit


def main(argv: list[str] | None = None) -> Any:
    """Run the command line; errors raised on purpose become one line and their exit code."""
    try:
        return app(args=argv)
    except CounterclaimError as error:
        err.print(plain(f"counterclaim: {error}"), style="red", soft_wrap=True, highlight=False)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)

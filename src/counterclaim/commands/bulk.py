"""Commands that read very many reports at once, and put what was read into a record."""

from __future__ import annotations

import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from counterclaim import bulk as many
from counterclaim import config
from counterclaim.bulk.run import is_whole, with_processes, with_spark
from counterclaim.bulk.shards import SIZE
from counterclaim.commands.shared import RecordPath, app, day, err, out
from counterclaim.errors import NotFound
from counterclaim.read import Options
from counterclaim.record import Record, Step
from counterclaim.terminal import plain, refusal_table


class On(StrEnum):
    """Where reports are read."""

    processes = "processes"
    spark = "spark"


class Format(StrEnum):
    """How shards are written."""

    jsonl = "jsonl"
    packed = "jsonl.gz"
    parquet = "parquet"


@app.command(
    epilog="**Examples:** `counterclaim bulk archive/ read/` · `counterclaim bulk wires.jsonl read/ --processes 8 --format parquet` · `counterclaim bulk archive/ read/ --on spark --master local[4]`, then `counterclaim import read/`"
)
def bulk(
    source: Annotated[list[str], typer.Argument(metavar="IN...", help="Files or folders, as for `counterclaim read`.")],
    to: Annotated[Path, typer.Argument(metavar="OUT", help="The folder for what is read; made if need be.")],
    processes: Annotated[int | None, typer.Option(min=0, help="How many processes; 0 is one a core. By default as the settings say, else one a core.")] = None,
    on: Annotated[On, typer.Option(help="`processes` of this machine, or `spark` (extra `[spark]`, Java 17).")] = On.processes,
    master: Annotated[str | None, typer.Option(help="The Spark master (`local[4]`, `spark://host:7077`), where Spark's own settings do not say.")] = None,
    format: Annotated[Format, typer.Option(help="How to write: `jsonl`, `jsonl.gz` (a fifth of the size), or `parquet` (extra `[parquet]`).")] = Format.jsonl,  # noqa: A002 - the option's word
    published: Annotated[str | None, typer.Option(help="The day all these reports were published (YYYY-MM-DD), where they do not say or say wrongly.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Who published all these reports.")] = None,
    shard: Annotated[int, typer.Option(min=1, help="Reports in a shard: what a stopped run loses, what a process takes at a time.")] = SIZE,
    fresh: Annotated[bool, typer.Option("--fresh", help="Replace what the folder holds.")] = False,
) -> None:
    """Read very many reports into a folder of shards. A stopped run goes on where it stopped; `counterclaim import` puts the result into a record."""
    settings = config.load()
    if processes is not None:
        settings = msgspec.structs.replace(settings, processes=processes)
    options = Options(published=day(published, "--published"), outlet=outlet, largest=settings.largest)
    engine = with_spark(master) if on is On.spark else with_processes(settings.processes)
    began, last = time.monotonic(), None
    bar = Progress(SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=err, transient=True)
    with bar:
        task = bar.add_task("starting", total=None)
        try:
            for last in many.bulk(source, to, settings=settings, options=options, format=format.value, size=shard, fresh=fresh, engine=engine):
                tally = last.tally
                bar.update(task, description=f"{tally.reports:,} reports, {tally.claims:,} claims", completed=last.sources, total=last.of)
        except KeyboardInterrupt:
            err.print(f"stopped; finished shards are kept in {plain(str(to))}. The same command goes on where this one stopped.", soft_wrap=True)
            raise typer.Exit(130) from None
    if last is None:
        raise NotFound(f"{', '.join(source)}: nothing to read here")
    tally, seconds = last.tally, time.monotonic() - began
    skipped = f", {last.skipped} finished before" if last.skipped else ""
    out.print(
        f"{tally.reports} reports with {tally.claims} claims, {tally.refused} refused, in {last.shards} shards{skipped}; {tally.words / seconds:,.0f} words a second; {plain(str(to))}",
        soft_wrap=True,
        highlight=False,
    )


@app.command("import", epilog="**Example:** `counterclaim import read/ --record yemen.db`")
def import_(
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="The folder that `counterclaim bulk` made.")],
    record: RecordPath = None,
) -> None:
    """Put what `counterclaim bulk` read into the record, then bring the findings up to date. Importing again changes nothing."""
    steps: list[Step] = []
    next(many.rows(folder))  # before a record is made for nothing
    if folder.is_dir() and not is_whole(folder):
        err.print(f"{plain(str(folder))} is not finished; what is there is imported, and the rest can be later", soft_wrap=True)
    with Record.open(record, settings=config.load(), create=True) as opened:
        bar = Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=err, transient=True)
        try:
            with bar:
                task = bar.add_task("importing")
                for step in many.put_into(opened, folder):
                    steps.append(step)
                    bar.update(task, description=f"{len(steps):,} rows")
                opened.refresh(lambda done, of: bar.update(task, description=f"findings {done:,} of {of:,}"))
        except KeyboardInterrupt:
            err.print(f"stopped; what was imported is kept in {opened.store.path}. The same command goes on where this one stopped.", soft_wrap=True)
            raise typer.Exit(130) from None
        count = {k: sum(s.outcome == k for s in steps) for k in ("new", "reread", "unchanged", "refused")}
        claims = sum(s.claims for s in steps if s.outcome in ("new", "reread"))
        out.print(
            f"{count['new']} new reports, {count['reread']} read anew, {count['unchanged']} unchanged, {count['refused']} refused; {claims} claims added to {plain(str(opened.store.path))}",
            soft_wrap=True,
            highlight=False,
        )
    if refused := [step for step in steps if step.outcome == "refused"]:
        err.print(refusal_table(refused))

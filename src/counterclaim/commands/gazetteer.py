"""Commands that import, list and remove gazetteers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from counterclaim import gazetteers
from counterclaim.commands.shared import app, err, out
from counterclaim.terminal import gazetteer_rows, malformed_table, plain, tally_words

gazetteer = typer.Typer(name="gazetteer", help="Import, list and remove gazetteers: places and their names beside those of the package.", no_args_is_help=True)
app.add_typer(gazetteer)


@gazetteer.command(
    "import",
    epilog="**Examples:** `counterclaim gazetteer import allCountries.zip` · `counterclaim gazetteer import allCountries.zip --alternates alternateNamesV2.zip --countries YE,SA --name yemen` · `counterclaim gazetteer import afg_adminboundaries.xlsx --dry-run`",
)
def import_gazetteer(
    file: Annotated[
        Path, typer.Argument(help="A dump of GeoNames (allCountries, one country, cities…; .txt or .zip) or an OCHA table of units (.csv, .xlsx, .geojson).")
    ],
    name: Annotated[str | None, typer.Option(help="What to call it; by default after the file.", show_default=False)] = None,
    alternates: Annotated[Path | None, typer.Option(help="GeoNames' alternateNamesV2 (.txt or .zip), for names marked by language.")] = None,
    countries: Annotated[str | None, typer.Option(help="Only places of these countries, by two letters (AF,PK).")] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin anew, and replace a gazetteer of this name.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and check the file; write nothing.")] = False,
) -> None:
    """Import a gazetteer from a file you have downloaded. A stopped import goes on where it stopped; nothing goes on the network."""
    only = [code.strip().upper() for code in countries.split(",")] if countries else []
    steps = gazetteers.import_(file, name, alternates=alternates, countries=only, fresh=fresh, dry_run=dry_run)
    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=err,
        transient=True,
    )
    step, doing, task = None, "", bar.add_task("opening", total=None)
    with bar:
        try:
            for step in steps:
                if step.doing != doing:
                    # A bar that has had a length keeps it; what does not say how long it is gets one of its own.
                    bar.remove_task(task)
                    doing, task = step.doing, bar.add_task("", total=step.whole or None)
                bar.update(task, description=_doing(step), completed=step.at)
        except KeyboardInterrupt:
            err.print("stopped; what was imported is kept. The same command goes on where this one stopped." if step and not dry_run else "stopped")
            raise typer.Exit(130) from None
    if step is not None:
        tally = step.tally
        out.print(plain(f"{'would import' if dry_run else 'imported'} {tally_words(tally)} as {step.name!r}"), soft_wrap=True, highlight=False)
        if tally.malformed:
            err.print(malformed_table(tally))


def _doing(step: gazetteers.Progress) -> str:
    return {"places": f"places {step.tally.places:,}", "names": f"other names {step.tally.names:,}", "index": "making the index", "done": "done"}[step.doing]


@gazetteer.command("list", epilog="**Example:** `counterclaim gazetteer list`")
def list_gazetteers() -> None:
    """List the gazetteers you have imported, and those whose import was not finished."""
    if found := gazetteers.installed():
        out.print(gazetteer_rows(found))
    else:
        err.print("no gazetteer is imported; `counterclaim gazetteer import FILE` makes one, and the package has its own")


@gazetteer.command("remove", epilog="**Example:** `counterclaim gazetteer remove yemen`")
def remove_gazetteer(name: Annotated[str, typer.Argument(help="Its name (`counterclaim gazetteer list` shows it).")]) -> None:
    """Delete an imported gazetteer. Records that were read with it stay as they are."""
    gazetteers.remove(name)
    out.print(plain(f"removed {name!r}"), highlight=False)

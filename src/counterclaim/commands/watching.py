"""The command that watches feeds and reads what they announce."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from counterclaim import config
from counterclaim.commands.shared import RecordPath, app, err, out, warn_of_doubts
from counterclaim.errors import SettingsError
from counterclaim.read import Options
from counterclaim.read.fetching import Fetcher
from counterclaim.record import Record, Step, default_path
from counterclaim.terminal import plain, refusal_table

if TYPE_CHECKING:
    from counterclaim.read.watched import Watched

SHORTEST = 60
"""Seconds between two rounds, at least: news does not come faster, and servers are other people's."""

_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


def seconds(words: str) -> int:
    """Return the seconds of `90s`, `15m`, `2h` or `1d`. Raises SettingsError for anything else, and for less than a minute."""
    found = re.fullmatch(r"(\d{1,6})([smhd])", words.strip(), re.ASCII)
    if found is None or (length := int(found[1]) * _SECONDS[found[2]]) < SHORTEST:
        raise SettingsError(f"--every {words!r}: expected a number with s, m, h or d, such as 15m, and a minute at least")
    return length


@app.command(
    epilog="**Examples:** `counterclaim watch feeds.opml --every 30m` · `counterclaim watch https://news.example/rss --once --record yemen.db`",
)
def watch(
    feeds: Annotated[list[str], typer.Argument(help="Lists of feeds (.opml), or addresses of feeds.")],
    record: RecordPath = None,
    every: Annotated[str, typer.Option(help="How long to wait between two rounds: 15m, 2h, 1d.")] = "15m",
    once: Annotated[bool, typer.Option("--once", help="Go round once and stop.")] = False,
    outlet: Annotated[str | None, typer.Option(help="Who published all these reports, where neither feed nor page says it well.")] = None,
) -> None:
    """Fetch what feeds announce and read it into the record, round after round. Ctrl-C stops; the same command goes on where it stopped.

    robots.txt is respected, addresses of private networks are refused, and each page is fetched once.
    """
    # Loaded here: every other command starts without the parser of feeds.
    from counterclaim.read.watched import Watched, feeds_named

    pause, settings = seconds(every), config.load()
    path = record or default_path()
    watched = Watched(feeds_named(feeds), path.with_name(f"{path.name}.feeds.json"))
    fetcher, options = Fetcher(largest=settings.largest), Options(outlet=outlet, largest=settings.largest)
    with Record.open(path, settings=settings, create=True) as opened:
        warn_of_doubts(opened)
        try:
            while True:
                _round(opened, watched, fetcher, options)
                if once:
                    return
                err.print(f"next round in {every}; Ctrl-C stops", highlight=False)
                time.sleep(pause)
                # What hosts ask of robots may change while a watch runs for weeks.
                fetcher = Fetcher(largest=settings.largest)
        except KeyboardInterrupt:
            err.print(plain(f"stopped; what was read is kept in {path}. The same command goes on where this one stopped."), soft_wrap=True, highlight=False)
            raise typer.Exit(130) from None


def _round(record: Record, watched: Watched, fetcher: Fetcher, options: Options) -> None:
    """Read all that is new, and say what became of it."""
    steps: list[Step] = []
    bar = Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=err, transient=True)
    with bar:
        task = bar.add_task(f"looking at {len(watched.feeds)} feeds", total=None)
        for source in watched.round(fetcher):
            bar.update(task, description=f"{len(steps)} read or refused, now {plain(source.name)[-50:]}")
            steps.extend(record.read([source], options))
    count = {outcome: sum(step.outcome == outcome for step in steps) for outcome in ("new", "reread", "unchanged", "refused")}
    claims = sum(step.claims for step in steps if step.outcome in ("new", "reread"))
    out.print(
        f"{count['new']} new reports, {count['reread']} read anew, {count['unchanged']} unchanged, {count['refused']} refused; {claims} claims added",
        highlight=False,
    )
    if refused := [step for step in steps if step.outcome == "refused"]:
        err.print(refusal_table(refused))

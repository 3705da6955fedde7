"""How reading gets on, shown while it goes: a bar for all sources, and below it one for the report at hand where it is long."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from counterclaim.core.report import Report
from counterclaim.terminal import plain

# Characters of a report that takes longer to read than one likes to wait without a sign: about two seconds.
_LONG = 20_000
# Of a long name its end is shown.
_SHOWN = 40


class ReadingBar:
    """The bars of one command, gone when it ends. Use as a context manager."""

    def __init__(self, console: Console) -> None:
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[done]}"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        )
        self._all = self._bar.add_task("reading", total=None, done="")
        self._one = self._bar.add_task("", total=1.0, done="", visible=False)

    def __enter__(self) -> ReadingBar:
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._bar.stop()

    def source(self, name: str, done: int, of: int) -> None:
        """Say which source is read now, after how many of how many."""
        self._bar.update(self._all, description=plain(name)[-_SHOWN:], completed=done, total=of, done=f"{done}/{of}")

    def report(self, report: Report, share: float) -> None:
        """Say what share of a report is read."""
        if len(report.text) >= _LONG:
            words = f"  {plain(report.id)[-_SHOWN:]} ({len(report.text) // 1000:,} KB)"
            self._bar.update(self._one, description=words, completed=share, done=f"{share:.0%}", visible=True)

    def end(self) -> None:
        """Take the bar of the report away, as it is kept now."""
        self._bar.update(self._one, visible=False)

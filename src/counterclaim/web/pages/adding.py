"""Adding reports: the forms, and the runs of reading with their progress."""

from __future__ import annotations

from counterclaim.errors import NotFound
from counterclaim.read.sources import READABLE
from counterclaim.record import Step
from counterclaim.web.contexts import AddPage, Page, RefusalRow, RunPage, RunRow, StepRow
from counterclaim.web.jobs import Run
from counterclaim.web.routes import Asked, Nothing, PageKind, Query, window
from counterclaim.web.uploads import MOST_BYTES, MOST_FILES
from counterclaim.web.wording import address


def add(asked: Asked, _: Nothing) -> AddPage:
    """The forms, with what they take."""
    return AddPage(
        title="Add reports",
        largest=asked.desk.settings.largest,
        most_files=MOST_FILES,
        most_bytes=MOST_BYTES,
        readable=READABLE,
        runs=tuple(run_row(run) for run in asked.jobs.all()),
    )


def run(asked: Asked, _: Nothing, key: str) -> RunPage:
    """A run as far as it is. Raises NotFound for one of another start of the server."""
    found = asked.jobs.get(key)
    if found is None:
        raise NotFound(f"no run {key!r} since this server was started; what it read is in the record")
    return RunPage(title=f"Reading {found.name}", run=run_row(found), steps=tuple(step_row(step) for step in tuple(found.steps)), problem=found.problem)


def run_row(run: Run) -> RunRow:
    """A run in a list."""
    return RunRow(id=run.id, name=run.name, state=run.state, done=run.done, total=run.total, at=address("add", "runs", run.id))


def step_row(step: Step) -> StepRow:
    """What became of one report."""
    at = None if step.outcome == "refused" else address("reports", step.name)
    return StepRow(name=step.name, outcome=step.outcome, claims=step.claims, reason=step.reason, at=at)


def refused(asked: Asked, query: Query) -> Page[RefusalRow]:
    """Every source that could not be read, by name."""
    rows, shown = window([RefusalRow(source=one.source, reason=one.reason) for one in asked.store.refusals()], query)
    return Page(title="Could not be read", rows=rows, window=shown)


PAGES = (
    PageKind(
        path="/refused",
        summary="Sources that could not be read, and why",
        template="refused.html",
        context=Page[RefusalRow],
        build=refused,
        query=Query,
        is_table=True,
    ),
    PageKind(path="/add", summary="Add reports by pasting, uploading or naming a folder", template="add.html", context=AddPage, build=add),
    PageKind(path="/add/runs/{key}", summary="A run of reading", template="run.html", context=RunPage, build=run),
)

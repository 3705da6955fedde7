"""What a page is: an address, what may be asked of it, the function that makes its context, and the template that shows it.

A page family is one file in `pages/` with a tuple `PAGES` of these; `pages/__init__.py` lists the families. Nothing else has to be
touched for a new page: addresses, JSON, CSV, the OpenAPI description and the navigation follow from this table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Annotated, Any, TypeVar

import msgspec

from counterclaim.record import Record
from counterclaim.store import Store
from counterclaim.web.contexts import Context, Window
from counterclaim.web.desk import Desk
from counterclaim.web.holdings import Derived, Holdings
from counterclaim.web.jobs import Jobs

Row = TypeVar("Row")

PER = 50
"""Rows of a list on one page: some three screens, quick to make and to print."""
MOST_ROWS = 500
"""Rows of a list on one page of HTML, whatever is asked for."""
MOST_DOWNLOADED = 100_000
"""Rows of one download."""
LONGEST_NAME = 2_000
"""Characters of a name or id that may be asked for: they are as long as their sources make them, and our own links ask for them whole."""
COUNTED = 2_000
"""How far a list that is not in memory is counted: beyond it the page says "more than", as counting means reading."""


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """What may be asked of every list: which page of it, of how many rows."""

    page: Annotated[int, msgspec.Meta(ge=1, le=1_000_000, description="Which page of the list, from 1.")] = 1
    per: Annotated[int, msgspec.Meta(ge=1, le=MOST_DOWNLOADED, description="Rows a page; HTML shows 500 at the most.")] = PER


def whole(query: Row) -> Row:
    """What is asked, whichever page of it."""
    return msgspec.structs.replace(query, page=1, per=PER)  # type: ignore[type-var]


class Nothing(msgspec.Struct, frozen=True):
    """A page of which nothing can be asked but itself."""


class Asked:
    """One question to the record: the record opened in this thread, and what is derived from it when somebody needs it.

    `by` is who reviews, `needs` what is derived for the page.
    """

    def __init__(self, desk: Desk, record: Record, jobs: Jobs, by: str = "", needs: Sequence[Derived[Any]] = ()) -> None:
        self.by = by
        self.desk = desk
        self.record = record
        self.jobs = jobs
        self._needs = tuple(needs)
        self._held: Holdings | None = None

    @property
    def store(self) -> Store:
        """The store of the record."""
        return self.record.store

    @property
    def held(self) -> Holdings:
        """Findings, actors and claims of the record as it stands, or as it stood shortly before. Raises NotYet while nothing is made of them."""
        if self._held is None:
            self._held = self.desk.holdings(self.record, self._needs)
        return self._held

    def derived(self, what: Derived[Row]) -> Row:
        """What the page needs of the same state of the record as all that is held."""
        return self.held.derive(what, self.record)

    @property
    def is_behind(self) -> bool:
        """Whether what was used is older than the record."""
        return self._held is not None and self._held.head != self.store.head()


class PageKind(msgspec.Struct, frozen=True, kw_only=True):
    """A page. `build` takes an `Asked`, the query and the parts of the path; `in_navigation` is what the page is called there.

    `needs` is what takes long to derive and is made beside all pages, not while this one waits.
    """

    path: str
    summary: str
    template: str
    context: Any
    build: Callable[..., Context]
    query: type[msgspec.Struct] = Nothing
    is_table: bool = False
    needs: tuple[Derived[Any], ...] = ()
    in_navigation: str | None = None


def window(rows: Iterable[Row], query: Query) -> tuple[tuple[Row, ...], Window]:
    """The rows of the page asked for. A stream is read no further than needed to show it and to count to `COUNTED`."""
    start = (query.page - 1) * query.per
    if isinstance(rows, Sequence):
        shown, count, is_all = tuple(rows[start : start + query.per]), len(rows), True
    else:
        reach = max(start + query.per, COUNTED) + 1
        found = list(islice(rows, reach))
        shown, count, is_all = tuple(found[start : start + query.per]), len(found), len(found) < reach
        count = count if is_all else reach - 1
    return shown, Window(
        page=query.page,
        per=query.per,
        first=start + 1 if shown else 0,
        last=start + len(shown),
        at_least=count,
        total=count if is_all else None,
        has_next=count > start + query.per or not is_all,
    )

"""The day a report says it was published: from a written date, or from what a web page says of itself."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

# Day first or month first cannot be told apart, so only year first is a date. A time may follow; its zone is not
# applied: the day is the one the outlet printed.
_WRITTEN = re.compile(r"\s*(\d{4})(-?)(\d{2})\2(\d{2})(?:[T ]\s*\d{2}(?::?\d{2}.{0,30})?)?\s*", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"({'|'.join(_MONTHS)})[a-z]{{0,6}}"
_NAMED = re.compile(
    rf"\s*(?:[a-z]{{3,9}}\.?,?\s+)?(?:(\d{{1,2}})[\s-]+{_MONTH}\.?,?|{_MONTH}\.?\s+(\d{{1,2}}),?)[\s-]+(\d{{4}})(?!\d)", re.ASCII | re.IGNORECASE
)
_IN_ADDRESS = re.compile(r"/(\d{4})/(\d{2})/(\d{2})(?:/|$)", re.ASCII)
_IN_SCHEMA = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')

# Names under which the head of a page gives the day of publication; those for the last change are left out.
_NAMES = frozenset(
    {
        "article:published_time",
        "article:published",
        "citation_publication_date",
        "date",
        "date_published",
        "datepublished",
        "dc.date",
        "dc.date.issued",
        "dcterms.date",
        "dcterms.issued",
        "og:article:published_time",
        "og:published_time",
        "parsely-pub-date",
        "pubdate",
        "publication_date",
        "publish-date",
        "publish_date",
        "publishdate",
        "published_time",
        "published-date",
        "sailthru.date",
    }
)


def day_of(written: str | None) -> dt.date | None:
    """Return the day of a date written year first (2021-09-06, 20210906, with or without a time), or nothing."""
    return _day(found.group(1, 3, 4)) if written and (found := _WRITTEN.fullmatch(written)) else None


def day_written(written: str | None) -> dt.date | None:
    """Return the day of a date in one of the ways that cannot be misread: year first, or the month by its name (Mon, 6 Sep 2021 …)."""
    if day := day_of(written):
        return day
    if found := _NAMED.match(written or ""):
        day_first, month_first, month_second, day_second, year = found.groups()
        return _day((year, _MONTHS.index((month_first or month_second)[:3].lower()) + 1, day_first or day_second))
    return None


def day_of_page(tree: Any, url: str | None) -> dt.date | None:
    """Return the day of publication that a page gives in its head, its schema.org data, its `time` elements or its address.

    Dates in the words of the page are left to the stages that read words.
    """
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if name.lower() in _NAMES and (day := day_of(meta.get("content"))):
            return day
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "") and (found := _IN_SCHEMA.search(script.text or "")) and (day := day_of(found[1])):
            return day
    times = [time for time in tree.iter("time") if day_of(time.get("datetime"))]
    marked = [time for time in times if time.get("pubdate") is not None or (time.get("itemprop") or "").lower() == "datepublished"]
    # An unmarked time may be that of a related story, unless it is the only day on the page.
    if marked or len({day_of(time.get("datetime")) for time in times}) == 1:
        return day_of((marked or times)[0].get("datetime"))
    return _day(found.groups()) if url and (found := _IN_ADDRESS.search(url)) else None


def _day(parts: tuple[str | Any, ...]) -> dt.date | None:
    """Return the day of these digits, or nothing when the calendar has no such day."""
    try:
        return dt.date(*map(int, parts))
    except ValueError:
        return None

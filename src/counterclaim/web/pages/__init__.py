"""The pages, a family a file. A new family is a module with `PAGES`, named here in the place it takes in the navigation."""

from __future__ import annotations

from counterclaim.web.pages import (
    actors,
    adding,
    amounts,
    board,
    claims,
    findings,
    lineage,
    missed,
    overview,
    places,
    promises,
    reports,
    review,
    searching,
    sources,
    stories,
    timeline,
    tolls,
    why,
)
from counterclaim.web.pages import map as maps
from counterclaim.web.routes import PageKind

FAMILIES = (
    overview,
    reports,
    findings,
    board,
    maps,
    timeline,
    promises,
    tolls,
    amounts,
    stories,
    lineage,
    review,
    missed,
    claims,
    actors,
    places,
    sources,
    searching,
    adding,
    why,
)
PAGES: tuple[PageKind, ...] = tuple(page for family in FAMILIES for page in family.PAGES)
NAVIGATION: tuple[tuple[str, str], ...] = tuple((page.path, page.in_navigation) for page in PAGES if page.in_navigation)

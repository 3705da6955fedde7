"""The record to FollowTheMoney statements, JSON Lines: articles, actors, places' names and events, each value with the claim it came from.

What it captures: FollowTheMoney has no schema for a claim, and statements are its rows for "who says so": `origin` names our claim or
report, `original_value` the words of the text where the value is a linked name, `first_seen` the day of the report.
What it does not: tell a denial from an assertion in a value: what is denied is no value here, and stands in the event's notes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from counterclaim.core.codec import encode
from counterclaim.core.link import Link
from counterclaim.core.story import Role, Story
from counterclaim.publish.events import total
from counterclaim.publish.notes import told_of
from counterclaim.publish.view import View
from counterclaim.publish.words import span

DATASET = "counterclaim"
LOST = (
    "the act of a claim: only what is asserted becomes a value; denials, doubts and refusals stand in `description` as words",
    "the chain of voices: `origin` names the claim, whose chain is in our own format",
    "roles: `involved` does not say who attacked whom (`summary` does, in words)",
    "figures: an Event has no place for tolls; they stand in `description`",
    "findings, standings, promises and the board",
    "the second claim of one value, once FollowTheMoney has read the file: it keeps one statement a value, ours has a line for each claim",
    "spans, scores and reasons",
    "counts over a war, over more than a month, or over a country without a day of their own: they are totals, and no events",
    "links that stayed open: their words name nobody here",
)
# What an actor of our table is to FollowTheMoney; people and bodies of no known kind stay LegalEntity.
_SCHEMA = {
    **dict.fromkeys(("government", "armed-forces", "police", "state", "igo", "un-body"), "PublicBody"),
    **dict.fromkeys(("armed-group", "militia", "coalition", "party", "wing", "ngo", "media", "private-military", "criminal-group"), "Organization"),
}
# What FollowTheMoney calls a value's type, for the properties used here.
_TYPES = {
    "name": "name",
    "alias": "name",
    "country": "country",
    "startDate": "date",
    "endDate": "date",
    "publishedAt": "date",
    "sourceUrl": "url",
    "location": "address",
    "involved": "entity",
    "proof": "entity",
    "summary": "text",
    "description": "text",
    "notes": "text",
    "title": "string",
    "fileName": "string",
    "publisher": "string",
    "recordId": "string",
    "keywords": "string",
    "id": "id",
}
# Property, value, the words of the text, the claim or report it came from, the day of the report.
Valued = tuple[str, str, str | None, str, str | None]
_ROLES: tuple[Role, ...] = ("attacker", "target", "side", "taker", "loser", "mover", "harmed")


def lines(view: View) -> Iterator[bytes]:
    """One statement a line, by entity, property and value; the same statement from two claims is two lines."""
    rows = {row["id"] + (row["origin"] or ""): row for row in [*_articles(view), *_actors(view), *_events(view)]}
    for row in sorted(rows.values(), key=lambda one: (one["entity_id"], one["prop"] != "id", one["prop"], one["value"], one["origin"] or "")):
        yield encode(row) + b"\n"


def article_id(report: str) -> str:
    """The id of a report's Article."""
    return f"cc-report-{_hash('report', report)}"


def actor_id(key: str) -> str:
    """The id of a linked actor."""
    return f"cc-actor-{_hash('actor', key)}"


def event_id(key: str) -> str:
    """The id of a story's Event."""
    return f"cc-event-{key}"


def _articles(view: View) -> Iterator[dict[str, Any]]:
    for report in view.reports.values():
        day = report.published.day.isoformat() if report.published.day else None
        values = (
            ("fileName", report.id),
            ("title", report.title),
            ("publisher", report.outlet),
            ("publishedAt", day),
            ("sourceUrl", report.url if report.url and report.url.startswith(("http://", "https://")) else None),
        )
        yield from _entity(article_id(report.id), "Article", [(prop, value, None, f"report:{report.id}", day) for prop, value in values if value])


def _actors(view: View) -> Iterator[dict[str, Any]]:
    used: dict[str, list[Link]] = {}
    for link in sorted(view.material.links, key=lambda one: (one.report, one.words)):
        if link.kind == "actor" and link.target:
            used.setdefault(link.target.key, []).append(link)
    for key, links in sorted(used.items()):
        actor = view.actor_of(key)
        schema = _SCHEMA.get(actor.kind, "Organization") if actor else "LegalEntity"
        values: list[Valued] = []
        for link in links:
            report = view.reports.get(link.report)
            day = report.published.day.isoformat() if report and report.published.day else None
            values.append(("name", link.target.name if link.target else link.words, link.words, f"report:{link.report}", day))
        if actor and actor.country and actor.country != "XX":
            values.append(("country", actor.country.lower(), None, "table of actors", None))
        yield from _entity(actor_id(key), schema, values)


def _events(view: View) -> Iterator[dict[str, Any]]:
    for story in view.material.stories:
        if total(view, story):
            continue
        values = _values(view, story)
        if values:
            yield from _entity(event_id(story.key), "Event", values)


def _values(view: View, story: Story) -> list[Valued]:
    found: list[Valued] = []
    live = [claim for key in story.claims if (claim := view.claims.get(key)) and view.is_standing(key)]
    asserted = {claim.key for claim in live if claim.act in ("asserts", "confirms")}
    if not asserted:
        return []
    days = {claim.key: day.isoformat() for claim in live if (report := view.reports.get(claim.report)) and (day := report.published.day)}
    title = ", ".join(filter(None, (" and ".join(story.kinds), story.place.name if story.place else None, span(story.first, story.last))))
    for claim in live:
        origin, seen = f"claim:{claim.key}", days.get(claim.key)
        found.append(("proof", article_id(claim.report), None, origin, seen))
        if claim.key not in asserted:
            found.append(("description", f"{view.chain(claim)} {claim.act}: {claim.evidence.quote}", None, origin, seen))
            continue
        found.append(("name", title, None, origin, seen))
        found.append(("description", f"{view.chain(claim)}: {claim.evidence.quote}", None, origin, seen))
        if what := told_of(view, claim):
            found.append(("summary", what, None, origin, seen))
        if claim.when and claim.when.start and story.first:
            found.append(("startDate", claim.when.start.isoformat(), claim.when.words, origin, seen))
        if claim.when and claim.when.end and story.first:
            found.append(("endDate", claim.when.end.isoformat(), claim.when.words, origin, seen))
        if place := view.place_of(claim):
            found.append(("location", place.name, None, origin, seen))
            if place.at and place.at.country:
                found.append(("country", place.at.country.lower(), None, origin, seen))
    for part in story.actors:
        if part.key and part.key in view.linked_actors and part.role in _ROLES:
            found += [("involved", actor_id(part.key), part.name, f"claim:{claim}", days.get(claim)) for claim in part.claims if claim in asserted]
    return found


def _entity(name: str, schema: str, values: list[Valued]) -> Iterator[dict[str, Any]]:
    for prop, value, original, origin, day in values:
        yield _statement(name, schema, prop, " ".join(value.split()), original, origin, day)
    # FollowTheMoney keeps a row for the entity itself, whose value is a hash of its schema and statements.
    ids = sorted({_key(name, prop, " ".join(value.split())) for prop, value, _, _, _ in values})
    yield _statement(name, schema, "id", hashlib.sha1("".join([schema, *ids]).encode(), usedforsecurity=False).hexdigest(), None, None, None)


def _statement(name: str, schema: str, prop: str, value: str, original: str | None, origin: str | None, day: str | None) -> dict[str, Any]:
    return {
        "id": _key(name, prop, value),
        "entity_id": name,
        "canonical_id": name,
        "prop": prop,
        "prop_type": _TYPES[prop],
        "schema": schema,
        "value": value,
        "dataset": DATASET,
        "lang": None,
        "original_value": original if original != value else None,
        "external": False,
        "first_seen": day,
        "last_seen": day,
        "origin": origin,
    }


def _key(name: str, prop: str, value: str) -> str:
    """The id of a statement, made as FollowTheMoney makes it, so that its tools find the same one."""
    return hashlib.sha1(f"{DATASET}.{name}.{prop}.{value}".encode(), usedforsecurity=False).hexdigest()


def _hash(*parts: str) -> str:
    return hashlib.sha1(":".join(parts).encode(), usedforsecurity=False).hexdigest()[:20]

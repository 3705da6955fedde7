"""The OpenAPI description of the JSON side, made from the table of pages and the types of their contexts."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from counterclaim import __version__
from counterclaim.web.contexts import ErrorPage
from counterclaim.web.routes import PageKind


def description(pages: tuple[PageKind, ...]) -> dict[str, Any]:
    """An OpenAPI 3.1 document: every page as JSON, every table as CSV too."""
    types = [*dict.fromkeys([page.context for page in pages]), ErrorPage]
    schemas, parts = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
    by_type = dict(zip(types, schemas, strict=True))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "counterclaim",
            "version": __version__,
            "description": "The record as JSON, for this machine only. What can be looked at can be had here; a request must name the server as its host.",
        },
        "paths": {_json_path(page): {"get": _operation(page, by_type, schemas[-1])} for page in pages},
        "components": {"schemas": parts},
    }


def _json_path(page: PageKind) -> str:
    return "/overview.json" if page.path == "/" else f"{page.path}.json"


def _operation(page: PageKind, by_type: dict[Any, dict[str, Any]], error: dict[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = {"application/json": {"schema": by_type[page.context]}}
    failed = {"description": "Why not.", "content": {"application/json": {"schema": error}}}
    out: dict[str, Any] = {
        "operationId": re.sub(r"\W+", "_", page.path.strip("/") or "overview").strip("_"),
        "summary": page.summary,
        "parameters": [*_path_parameters(page), *_query_parameters(page)],
        "responses": {"200": {"description": page.summary, "content": content}, "404": failed, "422": failed},
    }
    if page.is_table:
        out["description"] = "The same rows as CSV: the same address with .csv in the place of .json."
    return out


def _path_parameters(page: PageKind) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}, "description": "Percent-encoded, as one segment."}
        for name in re.findall(r"\{(\w+)\}", page.path)
    ]


def _query_parameters(page: PageKind) -> list[dict[str, Any]]:
    (schema,), parts = msgspec.json.schema_components([page.query])
    own = parts[page.query.__name__] if "$ref" in schema else schema
    return [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": part.get("description", ""),
            "schema": {key: value for key, value in part.items() if key != "description"},
        }
        for name, part in own.get("properties", {}).items()
    ]

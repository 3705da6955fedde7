"""What each page shows, as frozen values: the template gets one, the JSON side writes it as it is, and the OpenAPI description is made from it.

A family of pages that nothing else shares with keeps its own beside it, in `pages/`.
"""

from __future__ import annotations

from counterclaim.web.contexts.adding import AddPage, RunPage, RunRow, StepRow
from counterclaim.web.contexts.claims import ClaimPage, ClaimRow, EventRow, Noted, VoiceRow
from counterclaim.web.contexts.findings import AnswerRow, FindingPage, FindingRow, FullPosition, PositionRow, StandingClaim
from counterclaim.web.contexts.names import ActorPage, ActorRow, LinkRow, PlacePage, PlaceRow, SourcePage, SourceRow
from counterclaim.web.contexts.overview import HitRow, Overview, SearchPage, Tally
from counterclaim.web.contexts.page import Context, ErrorPage, Page, Window
from counterclaim.web.contexts.reports import Card, CardFinding, RefusalRow, Related, ReportPage, ReportRow, Segment, TextLine

__all__ = [
    "ActorPage",
    "ActorRow",
    "AddPage",
    "AnswerRow",
    "Card",
    "CardFinding",
    "ClaimPage",
    "ClaimRow",
    "Context",
    "ErrorPage",
    "EventRow",
    "FindingPage",
    "FindingRow",
    "FullPosition",
    "HitRow",
    "LinkRow",
    "Noted",
    "Overview",
    "Page",
    "PlacePage",
    "PlaceRow",
    "PositionRow",
    "RefusalRow",
    "Related",
    "ReportPage",
    "ReportRow",
    "RunPage",
    "RunRow",
    "SearchPage",
    "Segment",
    "SourcePage",
    "SourceRow",
    "StandingClaim",
    "StepRow",
    "Tally",
    "TextLine",
    "VoiceRow",
    "Window",
]

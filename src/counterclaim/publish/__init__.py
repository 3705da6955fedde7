"""The record written out for others: the interchange format and, beside it, the formats of the field."""

from __future__ import annotations

from counterclaim.publish.records import claim_lines, finding_lines, schema_text

__all__ = ["claim_lines", "finding_lines", "schema_text"]

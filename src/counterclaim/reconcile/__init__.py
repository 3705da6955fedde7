"""Claims to findings: what is said about one matter laid side by side, by rules that are written down."""

from __future__ import annotations

from counterclaim.reconcile.matters import findings

__all__ = ["findings"]

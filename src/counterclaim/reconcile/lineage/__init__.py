"""Reports to their lineage: copies, rewrites and partial lifts, by the facts they tell and not by their words."""

from __future__ import annotations

from counterclaim.reconcile.lineage.forest import Known, Lineage, lineage
from counterclaim.reconcile.lineage.kinship import kinship

__all__ = ["Known", "Lineage", "kinship", "lineage"]

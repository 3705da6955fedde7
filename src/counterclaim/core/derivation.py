"""How something in the record was come to: a tree whose leaves are sentences of reports."""

from __future__ import annotations

import msgspec

from counterclaim.core.span import Evidence


class Derivation(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One step. `key` names the thing it is about, `says` what it comes to, `because` by which rule; a leaf has its report and sentence."""

    what: str
    says: str
    key: str | None = None
    because: str | None = None
    report: str | None = None
    evidence: Evidence | None = None
    parts: tuple[Derivation, ...] = ()

    def leaves(self) -> list[Derivation]:
        """The sentences it all rests on, in order; none for an orphan."""
        own = [self] if self.evidence is not None else []
        return own + [leaf for part in self.parts for leaf in part.leaves()]
